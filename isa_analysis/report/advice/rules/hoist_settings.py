"""Settings of address, stride, scale and mask registers that a loop repeats.

All executions but one per entry of the loop could go: see ``advice/invariants.py``.
"""

from __future__ import annotations

from isa_analysis.report.advice.model import Context, Finding, Rule
from isa_analysis.report.advice.rules._hoist import hoisted


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    return hoisted(context, context.invariants.setting, "register settings")


RULE = Rule(
    "hoist-settings",
    "set address, stride, scale and mask registers before the loop",
    "Execute the instruction once before C_LOOP_START.",
    "a register is free to hold the value through the loop",
    find,
)
