"""Vector reductions that a matrix operation could do.

A V_RED_SUM, with the V_MUL_VV right before it that feeds it, is a dot product; M_MV forms MLEN of
them in MLEN cycles. The bound charges the replacement one cycle per sum, and one write-out per
MLEN sums.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from isa_analysis.report import words
from isa_analysis.report.advice.model import Context, Finding, Rule, per_kernel

#: How far before a reduction its product may stand.
_WINDOW = 3


def find(context: Context) -> Iterable[Finding]:
    """One finding per kernel with sums that cost more than their share of an M_MV."""
    sites = context.sites
    pc = sites.of("V_RED_SUM")
    cycles = context.cycles(pc)
    products = sites.of("V_MUL_VV")
    is_product = np.zeros(len(sites) + 1, np.bool_)
    is_product[products] = True
    source = sites.operand(pc, 1)
    fed = np.full(len(pc), -1, np.int64)
    for back in range(1, _WINDOW + 1):
        at = np.maximum(pc - back, 0)
        hit = (
            (fed < 0) & is_product[at] & (pc >= back)
            & (sites.operand(at, 0) == source) & (sites.loop[at] == sites.loop[pc])
        )  # fmt: skip
        fed[hit] = at[hit]
    cycles = cycles + np.where(fed >= 0, context.cycles(np.maximum(fed, 0)), 0)
    times = sites.times[pc]
    saved = cycles - times - times // context.mlen  # rounded down: it stays an upper bound
    paid = context.price[pc] > 0  # a sum into f0 is free and saves nothing
    pc, saved = pc[paid], saved[paid]
    return per_kernel(
        context, pc, saved,
        lambda n, t: f"{n:,} V_RED_SUM with the products that feed them, executed "
        f"{words.count(t, 'time')}",
    )  # fmt: skip


RULE = Rule(
    "reductions",
    "form sums with matrix operations",
    "Put the factors of many sums in a tile (ones for a plain sum) and use M_MV or M_MM.",
    "MLEN sums share a vector row or a tile and bringing them there costs nothing",
    find,
)
