"""Rows set to zero by a multiplication with f0.

Write-outs replace what is in vector SRAM, they do not add to it: a fill is dead when every row is
written before it is read. The bound takes all fills as dead.
"""

from __future__ import annotations

from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    pc = context.sites.of("V_MUL_VF")
    pc = pc[context.sites.operand(pc, 2) == 0]
    return per_kernel(context, pc, context.cycles(pc), executions("fills of a row with zeros"))


RULE = Rule(
    "zero-fills",
    "drop zero fills of rows that are overwritten",
    "Remove the fill where a write-out or a vector result covers the whole row before it is read.",
    "no filled row is read, or accumulated into, before it is overwritten",
    find,
)
