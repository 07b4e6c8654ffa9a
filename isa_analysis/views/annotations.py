"""Two formats that show findings at the lines of a file: workflow commands and SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from isa_analysis._version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: Severity -> the word for it.
_WORKFLOW = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding at a place; ``line`` and ``column`` count from 1, 0 means the whole file."""

    rule: str
    severity: str
    title: str
    text: str
    path: str
    line: int
    column: int = 0
    properties: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleText:
    """What SARIF says about a rule."""

    id: str
    severity: str
    title: str
    text: str


def workflow_command(annotation: Annotation) -> str:
    """The workflow command that GitHub runners turn into an annotation of the diff."""
    pairs = [("file", annotation.path)]
    if annotation.line:
        pairs.append(("line", str(annotation.line)))
    if annotation.column:
        pairs.append(("col", str(annotation.column)))
    pairs.append(("title", annotation.title))
    where = ",".join(f"{key}={_property(value)}" for key, value in pairs)
    return f"::{_WORKFLOW[annotation.severity]} {where}::{_data(annotation.text)}"


def sarif(annotations: Sequence[Annotation], rules: Sequence[RuleText]) -> str:
    """The SARIF log of one run; ``rules`` must hold every rule that an annotation names."""
    index = {rule.id: i for i, rule in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "isa-analysis",
                        "version": __version__,
                        "rules": [
                            {
                                "id": rule.id,
                                "shortDescription": {"text": rule.title},
                                "fullDescription": {"text": rule.text},
                                "defaultConfiguration": {"level": rule.severity},
                            }
                            for rule in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(a, index[a.rule]) for a in annotations],
            }
        ],
    }
    return json.dumps(log, indent=1) + "\n"


def _result(a: Annotation, index: int) -> dict[str, object]:
    region = {
        key: value for key, value in (("startLine", a.line), ("startColumn", a.column)) if value
    }
    place: dict[str, object] = {"artifactLocation": {"uri": quote(a.path.replace("\\", "/"))}}
    if region:
        place["region"] = region
    out: dict[str, object] = {
        "ruleId": a.rule,
        "ruleIndex": index,
        "level": a.severity,
        "message": {"text": a.text},
        "locations": [{"physicalLocation": place}],
    }
    if a.properties:
        out["properties"] = dict(a.properties)
    return out


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
