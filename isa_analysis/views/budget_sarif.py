"""A check as SARIF 2.1.0, which code-scanning services show at the lines."""

from __future__ import annotations

import json
from urllib.parse import quote

from isa_analysis._version import __version__
from isa_analysis.budget.check import CheckResult, Finding
from isa_analysis.views import budget_sentences as sentences

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NOT_COMPARABLE = "lock-not-comparable"


def render(result: CheckResult) -> str:
    """The SARIF log: one rule per limit that is exceeded, named as its owner named it."""
    shown = {(p.entry, p.path): p.shown for p in result.programs}
    names = sorted({f.limit.name for f in result.findings})
    rules: list[dict[str, object]] = [
        {"id": name, "shortDescription": {"text": f"cost budget: {name}"}} for name in names
    ]
    results = [_finding(f, shown[f.entry, f.path], names.index(f.limit.name))
               for f in result.findings]  # fmt: skip
    if result.incomparable:
        rules.append(
            {"id": _NOT_COMPARABLE, "shortDescription": {"text": "the lock cannot be compared"}}
        )
    for problem in result.incomparable:
        for reason in sentences.incomparable_lines(problem):
            text = f"{reason}\n{sentences.incomparable_hint(result)}"
            results.append(
                _result(_NOT_COMPARABLE, len(rules) - 1, "error", text, result.config, 1)
            )
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "isa-analysis", "version": __version__, "rules": rules}
                },
                "results": results,
            }
        ],
    }
    return json.dumps(log, indent=1, ensure_ascii=False) + "\n"


def _finding(f: Finding, path: str, rule: int) -> dict[str, object]:
    lines = [
        f"{sentences.finding_title(f)}: {sentences.finding_sentence(f)}",
        *sentences.cause_lines(f),
    ]
    if f.limit.message:
        lines.append(" ".join(f.limit.message.split()))
    level = "error" if f.limit.severity == "error" else "warning"
    return _result(f.limit.name, rule, level, "\n".join(lines), path, f.line)


def _result(
    rule: str, index: int, level: str, text: str, path: str, line: int
) -> dict[str, object]:
    return {
        "ruleId": rule,
        "ruleIndex": index,
        "level": level,
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(path)},
                    "region": {"startLine": line},
                }
            }
        ],
    }
