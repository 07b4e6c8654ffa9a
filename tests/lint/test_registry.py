"""The rules themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from isa_analysis.lint import RULES
from isa_analysis.lint.rules import selected

ROOT = Path(__file__).resolve().parents[2]


def test_identifiers_and_severities() -> None:
    by_digit = {"0": "error", "1": "warning", "2": "note"}
    for key, rule in RULES.items():
        assert key == rule.id
        assert re.fullmatch(r"L[012]\d\d", rule.id)
        assert rule.severity == by_digit[rule.id[1]]
        assert rule.text.endswith(".")
        assert not rule.title.endswith(".")
    assert list(RULES) == sorted(RULES)


def test_every_rule_is_used_and_documented() -> None:
    source = "".join(p.read_text() for p in (ROOT / "isa_analysis" / "lint").glob("*.py"))
    page = (ROOT / "docs" / "lint.md").read_text()
    for rule in RULES.values():
        assert source.count(f'"{rule.id}"') >= 2, rule.id
        assert f"| {rule.id} | {rule.title} | {rule.text} |" in page, rule.id


def test_selection() -> None:
    assert selected((), ()) == frozenset(RULES)
    assert selected(("L0",), ("L00",)) == {f"L01{n}" for n in range(6)}
    with pytest.raises(KeyError):
        selected(("L3",), ())
