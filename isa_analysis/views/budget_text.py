"""A check as text for the terminal and for pre-commit.

EXCEEDED no growth: total_cycles of decoder.asm
  590,400 cycles, allowed 590,336 cycles (max_increase: 0): 64 cycles too many; ...
    kernel ffn/up: +64 cycles, +64 instructions
      loop 16 x 4 (lines 20-26)
        V_ADD_VV +1 line, +64 instructions, +64 cycles (lines 22, 24)
  do: say why in the pull request
"""

from __future__ import annotations

from isa_analysis.budget.check import CheckResult, Finding
from isa_analysis.diagnostics import printable
from isa_analysis.table import render_text
from isa_analysis.views import budget_sentences as sentences
from isa_analysis.views import budget_tables as tables


def render(result: CheckResult, top: int = tables.TOP) -> str:
    """The text report of a check."""
    parts = [
        "\n".join(finding_lines(f, causes)) for f, causes in sentences.explained(result.findings)
    ]
    if result.incomparable:
        lines = ["NOT COMPARABLE with the lock"]
        lines += [
            f"  {line}" for i in result.incomparable for line in sentences.incomparable_lines(i)
        ]
        lines.append(f"  do: {sentences.incomparable_hint(result)}")
        parts.append("\n".join(lines))
    parts.append(render_text(tables.program_table(result, top)))
    several = len({p.entry for p in result.programs}) > 1
    deltas = [
        (sentences.where(p.entry, p.path, several), p.delta) for p in result.programs if p.delta
    ]
    parts += [render_text(table) for table in tables.delta_tables(deltas, top)]
    closing = sentences.summary(result)
    if result.findings:
        closing += f"\n{sentences.UPDATE_HINT}"
    return "\n\n".join([*parts, closing]) + "\n"


def finding_lines(f: Finding, causes: list[str]) -> list[str]:
    """One finding with its causes and its message."""
    head = "EXCEEDED" if f.limit.severity == "error" else "WARNING "
    out = [f"{head} {sentences.finding_title(f)}", f"  {sentences.finding_sentence(f)}"]
    out += [f"    {line}" for line in causes]
    if f.limit.message:
        out.append(f"  do: {printable(' '.join(f.limit.message.split()))}")
    return out
