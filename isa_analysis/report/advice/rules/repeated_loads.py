"""The same bytes prefetched more than once by a kernel.

A kernel that moves ``useful`` bytes of which ``unique`` are distinct spends the share ``1 - unique
/ useful`` of its prefetch cycles on bytes that it had before. Kernels with addresses that depend on
data are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from isa_analysis.report import words
from isa_analysis.report.advice.model import Context, Finding, Rule
from isa_analysis.report.kernels import label


def find(context: Context) -> Iterator[Finding]:
    """One finding per kernel that loads bytes again."""
    cycles: dict[int, int] = {}
    for cell in context.run.profile.cells:
        if cell.mnemonic.startswith("H_PREFETCH"):
            key = int(context.key_of_kernel[cell.kernel])
            cycles[key] = cycles.get(key, 0) + cell.cost.memory_cycles
    pc = context.sites.of("H_PREFETCH_M", "H_PREFETCH_V")
    kernel = context.kernel(pc)
    for key, (useful, unique) in sorted(context.repeats.items()):
        saved = cycles.get(key, 0) * (useful - unique) // useful if useful else 0
        mine = pc[kernel == key]
        if saved <= 0 or not len(mine):
            continue
        line = int(context.stage.program.line[mine[0]])
        yield Finding(
            label(context.keys[key]), line, line, len(mine), saved,
            f"{words.size(useful)} loaded for {words.size(unique)} of distinct bytes: each "
            f"{words.times(useful / unique)}",
        )  # fmt: skip


RULE = Rule(
    "repeated-loads",
    "load each tile once",
    "Reorder the loops so that a tile stays in SRAM until its last use.",
    "everything a kernel loads again could have stayed on chip",
    find,
)
