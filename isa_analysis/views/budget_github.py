"""A check as workflow commands, which the GitHub runner turns into annotations of the diff."""

from __future__ import annotations

from isa_analysis.budget.check import CheckResult
from isa_analysis.diagnostics import printable
from isa_analysis.views import budget_sentences as sentences


def render(result: CheckResult) -> str:
    """One command per finding and per reason why something cannot be compared, and a summary."""
    shown = {(p.entry, p.path): p.shown for p in result.programs}
    lines = []
    for f in result.findings:
        level = "error" if f.limit.severity == "error" else "warning"
        body = [sentences.finding_sentence(f), *sentences.cause_lines(f)]
        if f.limit.message:
            body.append(printable(" ".join(f.limit.message.split())))
        properties = {
            "file": shown[f.entry, f.path],
            "line": str(f.line),
            "title": sentences.finding_title(f),
        }
        lines.append(_command(level, properties, "\n".join(body)))
    for problem in result.incomparable:
        for reason in sentences.incomparable_lines(problem):
            title = {"file": result.config, "title": "lock not comparable"}
            lines.append(
                _command("error", title, f"{reason}\n{sentences.incomparable_hint(result)}")
            )
    lines.append(sentences.summary(result))
    return "\n".join(lines) + "\n"


def _command(level: str, properties: dict[str, str], message: str) -> str:
    pairs = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {pairs}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
