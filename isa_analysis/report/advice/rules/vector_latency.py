"""Vector operations that wait for their own latency.

The serial model charges every vector instruction its full latency. A pipelined unit accepts one
row per cycle, so independent rows cost ``latency - 1`` cycles less each. Reductions are left out:
they accumulate in one register, each waiting for the one before.
"""

from __future__ import annotations

from collections.abc import Iterable

from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel


def find(context: Context) -> Iterable[Finding]:
    """One finding per kernel whose vector instructions take more than a cycle."""
    sites = context.sites
    names = [
        m for m in sites.mnemonics
        if m.startswith("V_") and not m.startswith("V_RED_") and m != "V_TOPK"
    ]  # fmt: skip
    pc = sites.of(*names)
    saved = sites.times[pc] * (context.price[pc] - 1)
    return per_kernel(context, pc, saved, executions("vector instructions of several cycles"))


RULE = Rule(
    "vector-latency",
    "issue independent vector rows back to back",
    "Order the rows so that none needs the result of the one before, on a pipelined vector unit.",
    "all rows are independent and the unit accepts one per cycle",
    find,
)
