"""A check as workflow commands, which the GitHub runner turns into annotations of the diff."""

from __future__ import annotations

from isa_analysis.budget.check import CheckResult
from isa_analysis.diagnostics import printable
from isa_analysis.views import budget_sentences as sentences
from isa_analysis.views.annotations import Annotation, workflow_command


def render(result: CheckResult) -> str:
    """One command per finding and per reason why something cannot be compared, and a summary."""
    shown = {(p.entry, p.path): p.shown for p in result.programs}
    lines = []
    for f in result.findings:
        level = "error" if f.limit.severity == "error" else "warning"
        body = [sentences.finding_sentence(f), *sentences.cause_lines(f)]
        if f.limit.message:
            body.append(printable(" ".join(f.limit.message.split())))
        title, path = sentences.finding_title(f), shown[f.entry, f.path]
        lines.append(workflow_command(Annotation("", level, title, "\n".join(body), path, f.line)))
    for problem in result.incomparable:
        for reason in sentences.incomparable_lines(problem):
            text = f"{reason}\n{sentences.incomparable_hint(result)}"
            lines.append(
                workflow_command(
                    Annotation("", "error", "lock not comparable", text, result.config, 0)
                )
            )
    lines.append(sentences.summary(result))
    return "\n".join(lines) + "\n"
