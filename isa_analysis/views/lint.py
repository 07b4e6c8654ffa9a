"""Lint reports as text, JSON, workflow commands and SARIF; rules as documentation."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence

from isa_analysis._version import __version__
from isa_analysis.diagnostics import Diagnostic, Severity, printable
from isa_analysis.diagnostics import render as render_diagnostic
from isa_analysis.lint.findings import plural
from isa_analysis.lint.model import Finding, LintReport
from isa_analysis.lint.rules import RULES, Rule
from isa_analysis.table import Column, Table, render_text
from isa_analysis.views.annotations import Annotation, RuleText, sarif, workflow_command

FORMAT = "isa-analysis-lint"
FORMAT_VERSION = 1

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def render(reports: Sequence[LintReport]) -> str:
    """All findings with their lines, and a closing summary."""
    blocks = [_finding(f) for report in reports for f in report.findings]
    blocks.append(summary(reports))
    return "\n".join(blocks) + "\n"


def summary(reports: Sequence[LintReport]) -> str:
    """How many findings of each severity, and what is not shown."""
    counts = [
        f"{n} {severity}{'' if n == 1 else 's'}"
        for severity in _SEVERITIES
        if (n := sum(r.count(severity) for r in reports))
    ]
    files = f"{len(reports)} file{'' if len(reports) == 1 else 's'}"
    line = f"{', '.join(counts)} in {files}" if counts else f"nothing to report in {files}"
    more: dict[str, int] = {}
    for report in reports:
        for rule, n in report.omitted:
            more[rule] = more.get(rule, 0) + n
    if more:
        line += "; not shown: " + ", ".join(f"{n} more {rule}" for rule, n in sorted(more.items()))
    if hidden := sum(r.disabled for r in reports):
        line += f"; {hidden} comment{' disables' if hidden == 1 else 's disable'} rules"
    return line


def _finding(f: Finding) -> str:
    d = Diagnostic(f.path, f.line, f.column, f.rule, f.severity, f.message, f.hint, f.source)
    head, *rest = render_diagnostic(d).split("\n")
    hint = [rest.pop()] if f.hint else []
    return "\n".join([head, *rest, *(f"  {line}" for line in _details(f)), *hint])


def _details(f: Finding) -> list[str]:
    """What is behind a finding, a line each."""
    out = []
    if f.fault:
        stops = "stops the program" if f.first_fault else "would stop the program"
        before = plural(f.executed_before or 0, "instruction")
        out.append(f"fault: {f.fault} (pc {f.pc}) {stops} after {before}")
    if f.iteration:
        where = ", ".join(f"{i.iteration:,} of {i.of:,} (line {i.line})" for i in f.iteration)
        out.append(f"iteration: {where}")
    if f.values:
        out.append("registers: " + ", ".join(f"{name} = {value}" for name, value in f.values))
    if f.count > 1 and f.fault:
        out.append(f"the first of {f.count:,} instructions like it in {printable(f.kernel)}")
    elif f.kernel and f.kernel != "unmarked":
        out.append(f"in {printable(f.kernel)}")
    return out


def render_json(reports: Sequence[LintReport]) -> str:
    """One document: a list of files, one object per finding."""
    return json.dumps(document(reports), indent=1) + "\n"


def document(reports: Sequence[LintReport]) -> dict[str, object]:
    """The JSON document as plain values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "files": [
            {
                "path": r.path,
                "dialect": r.dialect,
                "errors": r.count("error"),
                "warnings": r.count("warning"),
                "notes": r.count("note"),
                "disable_comments": r.disabled,
                "omitted": dict(r.omitted),
                "unchecked_executions": r.unchecked,
            }
            for r in reports
        ],
        "findings": [_object(f) for r in reports for f in r.findings],
    }


def _object(f: Finding) -> dict[str, object]:
    return {
        "rule": f.rule,
        "severity": f.severity,
        "path": f.path,
        "line": f.line,
        "column": f.column,
        "pc": f.pc if f.pc >= 0 else None,
        "message": f.message,
        "hint": f.hint,
        "kernel": f.kernel,
        "count": f.count,
        "cycles": f.cycles,
        "fault": f"{f.fault} (pc {f.pc})" if f.fault else None,
        "first_fault": f.first_fault,
        "executed_before": f.executed_before,
        "iteration": [{"line": i.line, "iteration": i.iteration, "of": i.of} for i in f.iteration],
        "values": dict(f.values),
    }


def render_github(reports: Sequence[LintReport]) -> str:
    """One workflow command per finding, and the summary."""
    lines = [workflow_command(_annotation(f)) for r in reports for f in r.findings]
    return "\n".join([*lines, summary(reports)]) + "\n"


def render_sarif(reports: Sequence[LintReport]) -> str:
    """The SARIF log, with the documentation of the rules that it uses."""
    findings = [f for r in reports for f in r.findings]
    rules = [_rule_text(rule, findings) for rule in sorted({f.rule for f in findings})]
    return sarif([_annotation(f) for f in findings], rules)


def _annotation(f: Finding) -> Annotation:
    text = "\n".join([printable(f.message), *_details(f), *([f.hint] if f.hint else [])])
    properties: list[tuple[str, object]] = []
    if f.fault:
        properties = [
            ("executedBefore", f.executed_before),
            ("firstFault", f.first_fault),
            ("pc", f.pc),
        ]
    title = f"{f.rule} {RULES[f.rule].title}" if f.rule in RULES else f.rule
    return Annotation(f.rule, f.severity, title, text, f.path, f.line, f.column, tuple(properties))


def _rule_text(rule: str, findings: Sequence[Finding]) -> RuleText:
    if rule in RULES:
        r = RULES[rule]
        return RuleText(r.id, r.severity, r.title, r.text)
    severity = next(f.severity for f in findings if f.rule == rule)
    return RuleText(rule, severity, f"input error {rule}", "The text is no PLENA program.")


# Rules -----------------------------------------------------------------------------------------


def rule_table() -> str:
    """All rules, one per line."""
    columns = (Column("rule", "rule"), Column("severity", "severity"), Column("title", "finds"))
    rows = tuple((r.id, r.severity, r.title) for r in RULES.values())
    return render_text(Table("Rules", columns, rows)) + "\n"


def rule_text(rule: Rule) -> str:
    """The documentation of one rule."""
    body = textwrap.fill(rule.text, 88, initial_indent="  ", subsequent_indent="  ")
    comment = f"  disable it with a comment: ; isa-analysis: disable={rule.id}"
    return f"{rule.id} {rule.title} ({rule.severity})\n{body}\n{comment}\n"
