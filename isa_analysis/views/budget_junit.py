"""A check as JUnit XML, which GitLab and others show beside the tests.

One test case per program and limit; an exceeded limit of severity warn is no failure.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from isa_analysis.budget.check import CheckResult, ProgramCheck
from isa_analysis.diagnostics import printable
from isa_analysis.views import budget_sentences as sentences
from isa_analysis.views.budget_text import finding_lines


def render(result: CheckResult, limits: dict[str, tuple[str, ...]]) -> str:
    """The XML document; ``limits`` are the names of all limits by entry."""
    cases: list[str] = []
    failures = errors = 0
    for p in result.programs:
        reasons = [
            line
            for i in result.incomparable
            if i.entry == p.entry and i.path in (None, p.path)
            for line in sentences.incomparable_lines(i)
        ]
        for name in limits[p.entry]:
            body, failed = _outcome(p, name)
            if not failed and reasons:
                errors += 1
                text = "\n".join([*reasons, sentences.incomparable_hint(result)])
                body = f"<error message={_attribute(reasons[0])}>{_text(text)}</error>"
            failures += failed
            cases.append(
                f"  <testcase classname={_attribute(f'{p.entry}.{p.path}')} "
                f"name={_attribute(name)} file={_attribute(p.shown)}>{body}</testcase>"
            )
    head = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="isa-budget" {head}>',
            f' <testsuite name="isa-budget" {head}>',
            *cases,
            " </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _outcome(program: ProgramCheck, limit: str) -> tuple[str, bool]:
    """The content of a test case, and whether it is a failure."""
    found = [f for f in program.findings if f.limit.name == limit]
    if not found:
        return "", False
    text = "\n".join(line for f in found for line in finding_lines(f, sentences.cause_lines(f)))
    if found[0].limit.severity == "warn":
        return f"<system-out>{_text(text)}</system-out>", False
    message = f"{sentences.finding_title(found[0])}: {sentences.finding_sentence(found[0])}"
    return f"<failure message={_attribute(message)}>{_text(text)}</failure>", True


def _text(text: str) -> str:
    """XML content; characters that XML cannot hold are made visible."""
    return escape("\n".join(printable(line) for line in text.split("\n")))


def _attribute(text: str) -> str:
    return quoteattr(printable(text))
