"""Memory operations that could run behind the computation.

The bound is ``min(memory, compute)`` cycles of the whole stage: with perfect overlap a run takes
``max(compute, memory)``. It needs the next tile's address early and a free place to put it.
"""

from __future__ import annotations

from collections.abc import Iterator

from isa_analysis.report import words
from isa_analysis.report.advice.model import Context, Finding, Rule
from isa_analysis.report.kernels import label
from isa_analysis.traffic.requests import NAMES


def find(context: Context) -> Iterator[Finding]:
    """At most one finding, at the kernel with the most memory cycles."""
    t = context.run.profile.totals
    saved = min(t.memory_cycles, t.compute_cycles)
    if not saved:
        return
    worst = max(context.run.kernels, key=lambda k: (k.cost.memory_cycles, k.key))
    pc = context.sites.of(*NAMES)
    mine = pc[context.kernel(pc) == context.keys.index(worst.key)]
    line = int(context.stage.program.line[mine[0]]) if len(mine) else 0
    yield Finding(
        label(worst.key), line, line, len(pc), saved,
        f"{t.memory_cycles:,} memory cycles wait in line with {t.compute_cycles:,} of compute; "
        f"{words.percent(worst.cost.memory_cycles, t.memory_cycles)} of them are here",
    )  # fmt: skip


RULE = Rule(
    "transfer-overlap",
    "hide memory operations under compute",
    "Issue the prefetch of the next tile before computing on this one (double buffering).",
    "every transfer finds compute to hide under, or all compute hides under transfers",
    find,
)
