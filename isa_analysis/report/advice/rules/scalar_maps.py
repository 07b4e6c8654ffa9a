"""Scalars copied to a vector row, one S_MAP_V_FP of 2 x VLEN cycles each.

The bound supposes that the values never leave vector SRAM: one vector operation instead.
"""

from __future__ import annotations

from collections.abc import Iterable

from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel


def find(context: Context) -> Iterable[Finding]:
    """One finding per kernel that maps scalars to vectors or back."""
    pc = context.sites.of("S_MAP_V_FP", "S_MAP_FP_V")
    instead = context.board.board.latency.vector_add_cycles
    saved = context.cycles(pc) - context.sites.times[pc] * instead
    return per_kernel(context, pc, saved, executions("maps between FP SRAM and vector SRAM"))


RULE = Rule(
    "scalar-maps",
    "keep row values in vector SRAM instead of mapping scalars",
    "Compute the values with vector instructions on whole rows, or broadcast with a V_*_VF.",
    "one vector operation replaces each map",
    find,
)
