"""Control of innermost loops: one C_LOOP_END per iteration.

The bound is for unrolling by 8 (or the trip count, where that is less), which leaves one C_LOOP_END
per 8 iterations.
"""

from __future__ import annotations

from isa_analysis.report.advice.model import Context, Finding, Rule, per_kernel

FACTOR = 8


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    sites, loops = context.sites, context.sites.loops
    chosen = loops.leaf & (loops.trip > 1)
    start, end, trip = loops.start[chosen], loops.end[chosen], loops.trip[chosen]
    saved = sites.times[start] * (trip - -(-trip // FACTOR)) * context.price[end]
    return per_kernel(
        context, start, saved,
        lambda n, t: f"{n:,} innermost loops, entered {t:,} times, one control instruction per "
        "iteration",
        end,
    )  # fmt: skip


RULE = Rule(
    "unrolling",
    "unroll innermost loops by 8",
    "Repeat the body and advance addresses once per 8 iterations.",
    "the remainder of the trip count is peeled off and the longer program still fits",
    find,
)
