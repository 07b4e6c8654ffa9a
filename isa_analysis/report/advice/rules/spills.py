"""Registers spilled to INT SRAM: stores to a fixed cell that loads read back.

Only cells at a constant address (gp0 + immediate) that are both stored and loaded count.
"""

from __future__ import annotations

import numpy as np

from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    sites = context.sites
    parts = []
    for mnemonic in ("S_ST_INT", "S_LD_INT"):
        pc = sites.of(mnemonic)
        parts.append(pc[sites.operand(pc, 1) == 0])
    stored, loaded = (sites.operand(pc, 2) for pc in parts)
    cells = np.intersect1d(stored, loaded)
    pc = np.sort(np.concatenate([p[np.isin(sites.operand(p, 2), cells)] for p in parts]))
    return per_kernel(context, pc, context.cycles(pc), executions("stores and loads of spilled "
                                                                  "registers"))  # fmt: skip


RULE = Rule(
    "spills",
    "keep spilled registers in registers",
    "Shorten live ranges or rebuild cheap values so that fewer registers are needed.",
    "every spilled value finds a register (other uses of the cells are counted too)",
    find,
)
