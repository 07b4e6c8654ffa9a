"""Loads from FP or INT SRAM that a loop repeats with the same result in every iteration.

All executions but one per entry of the loop could go: see ``advice/invariants.py``.
"""

from __future__ import annotations

from isa_analysis.report.advice.model import Context, Finding, Rule
from isa_analysis.report.advice.rules._hoist import hoisted


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    return hoisted(context, context.invariants.load, "scalar loads")


RULE = Rule(
    "hoist-loads",
    "load loop constants before the loop",
    "Execute the instruction once before C_LOOP_START.",
    "a register is free to hold the value through the loop",
    find,
)
