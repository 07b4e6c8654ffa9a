"""Two S_ADDI_INT in a row on one register, which one could do.

``S_ADDI_INT r, s, a`` and right behind it ``S_ADDI_INT r, r, b`` are ``S_ADDI_INT r, s, a + b``
when the sum fits the immediate.
"""

from __future__ import annotations

import numpy as np

from isa_analysis.isa import DIALECTS
from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    sites = context.sites
    pc = sites.of("S_ADDI_INT")
    limit = 1 << DIALECTS[context.stage.program.dialect].immediates["narrow"]
    before, after = pc[:-1], pc[1:]
    starts = np.zeros(len(sites) + 1, np.bool_)
    starts[context.sites.regions.start] = True
    register = sites.operand(after, 0)
    same = (
        (after == before + 1)
        & ~starts[after]
        & (sites.operand(before, 0) == register)
        & (sites.operand(after, 1) == register)
        & (register != 0)
        & (sites.operand(before, 2).astype(np.int64) + sites.operand(after, 2) < limit)
    )
    pc = after[same]
    return per_kernel(context, pc, context.cycles(pc), executions("additions that continue one"))


RULE = Rule(
    "merged-adds",
    "merge consecutive S_ADDI_INT on one register",
    "Add both immediates in one instruction.",
    "",
    find,
)
