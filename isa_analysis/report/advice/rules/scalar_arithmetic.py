"""Scalar floating point, one value at a time, where a vector row holds VLEN values.

The bound charges the vector instruction of the same operation once per VLEN executions of a kernel.
S_SQRT_FP has no vector counterpart and is left out, as are loads and stores.
"""

from __future__ import annotations

from collections.abc import Iterable

from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel
from isa_analysis.report.sites import whole

_COUNTERPART = {
    "S_ADD_FP": "vector_add_cycles",
    "S_SUB_FP": "vector_add_cycles",
    "S_MUL_FP": "vector_mul_cycles",
    "S_MAX_FP": "vector_max_cycles",
    "S_EXP_FP": "vector_exp_cycles",
    "S_RECI_FP": "vector_reci_cycles",
}


def find(context: Context) -> Iterable[Finding]:
    """One finding per kernel and operation group that runs at least VLEN times."""
    sites = context.sites
    vlen = context.board.board.machine.vlen
    latency = context.board.board.latency
    out: list[Finding] = []
    pc = sites.of(*_COUNTERPART)
    saved = context.cycles(pc)
    kernel = context.kernel(pc)
    for mnemonic, key in _COUNTERPART.items():
        its = sites.of(mnemonic)
        if not len(its):
            continue
        chosen = sites.op[pc] == sites.op[its[0]]
        vector = int(getattr(latency, key))
        # The replacement's cost is rounded down, so that the saving stays an upper bound.
        saved[chosen] -= sites.times[pc[chosen]] * vector // vlen
    often = {
        k for k in set(kernel.tolist()) if whole(sites.times[pc[kernel == k]]) >= vlen
    }  # fmt: skip
    for k in sorted(often):
        mine = kernel == k
        out += per_kernel(context, pc[mine], saved[mine], executions("scalar operations"))
    return out


RULE = Rule(
    "scalar-arithmetic",
    "do scalar floating point a row at a time",
    "Collect the scalars of VLEN rows in one vector row and use V_ADD, V_MUL, V_EXP, V_RECI.",
    "the scalars of VLEN rows are independent and collecting them costs nothing",
    find,
)
