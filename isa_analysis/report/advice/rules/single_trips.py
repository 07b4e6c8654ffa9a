"""Loops with a trip count of 1, which only add their two control instructions."""

from __future__ import annotations

from isa_analysis.report.advice.model import Context, Finding, Rule, per_kernel


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    loops = context.sites.loops
    start, end = loops.start[loops.trip == 1], loops.end[loops.trip == 1]
    return per_kernel(
        context, start, context.cycles(start) + context.cycles(end),
        lambda n, t: f"{n:,} loops of one iteration, entered {t:,} times", end,
    )  # fmt: skip


RULE = Rule(
    "single-trips",
    "drop loops that run once",
    "Remove C_LOOP_START and C_LOOP_END around the body.",
    "",
    find,
)
