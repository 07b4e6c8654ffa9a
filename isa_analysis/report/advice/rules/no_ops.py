"""Instructions without effect: adding zero to a register in place, or a result thrown away in f0.

gp0 and f0 read as zero. A destination f0 is free in the emulator's timing and costs cycles only
under models that charge it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isa_analysis.isa import instruction, is_known
from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel
from isa_analysis.report.sites import Sites


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    sites = context.sites
    free = [m for m in sites.mnemonics if is_known(m) and instruction(m).f0_free]
    thrown = sites.of(*free)
    thrown = thrown[sites.operand(thrown, 0) == 0]
    pc = np.union1d(identities(sites), thrown)
    return per_kernel(context, pc, context.cycles(pc), executions("instructions without effect"))


def identities(sites: Sites) -> NDArray[np.int64]:
    """Instructions that add or subtract zero in place."""
    parts = []
    for names, zero in (
        (("S_ADDI_INT", "S_ADD_INT", "S_SUB_INT", "S_ADD_FP", "S_SUB_FP"), 2),
        (("V_ADD_VF", "V_SUB_VF"), 2),
    ):
        pc = sites.of(*names)
        same = (sites.operand(pc, 0) == sites.operand(pc, 1)) & (sites.operand(pc, zero) == 0)
        parts.append(pc[same])
    pc = sites.of("S_ADD_INT", "S_ADD_FP")
    parts.append(pc[(sites.operand(pc, 0) == sites.operand(pc, 2)) & (sites.operand(pc, 1) == 0)])
    reversed_ = sites.of("V_SUB_VF")
    reversed_ = reversed_[sites.operand(reversed_, 4) != 0]  # scalar - vector is no identity
    return np.setdiff1d(np.unique(np.concatenate(parts)), reversed_)


RULE = Rule(
    "no-ops",
    "drop instructions without effect",
    "Remove them.",
    "",
    find,
)
