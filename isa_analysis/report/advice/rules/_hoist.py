"""What the three rules about loop-invariant instructions share."""

from __future__ import annotations

from isa_analysis.report import words
from isa_analysis.report.advice.invariants import Sites
from isa_analysis.report.advice.model import Context, Finding, per_kernel


def hoisted(context: Context, sites: Sites, noun: str) -> list[Finding]:
    """Findings for invariant instructions: all but one execution per entry of the loop."""
    times = context.sites.times[sites.pc]
    again = times - times // sites.trip
    return per_kernel(
        context, sites.pc, again * context.price[sites.pc],
        lambda n, t: f"{n:,} {noun} with the same result in every iteration, executed "
        f"{words.count(t, 'time')}",
    )  # fmt: skip
