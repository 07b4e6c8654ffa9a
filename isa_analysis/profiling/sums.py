"""The costs of a program by kernel and loop, where that pays worked out by a second process."""

from __future__ import annotations

from dataclasses import replace

from isa_analysis.assembly.program import Program
from isa_analysis.diagnostics import Diagnostic
from isa_analysis.forking import Codec, Promise, promise
from isa_analysis.kernels import (
    KernelName,
    KernelRules,
)
from isa_analysis.kernels.naming import name_kernels
from isa_analysis.profiling.compute import Breakdown, break_down
from isa_analysis.profiling.model import Cell, Cost, LoopCost
from isa_analysis.records import columns_of, from_columns
from isa_analysis.timing.model import RowPrices

#: The sums, without the traffic, and what is odd about the kernel markers.
Sums = tuple[Breakdown, list[Diagnostic]]


def start_sums(
    program: Program, prices: RowPrices, rules: KernelRules | None, *, apart: bool
) -> Promise[Sums]:
    """The sums of ``program``; in a second process when they are wanted ``apart``."""

    def work() -> Sums:
        spans, warnings = name_kernels(program, rules)
        return break_down(program, prices, spans), warnings

    return promise(work, large=apart, codec=_CODEC)


def _pack(sums: Sums) -> tuple[object, ...]:
    parts, warnings = sums
    costs = columns_of(Cost, [cell.cost for cell in parts.cells])
    cells = columns_of(Cell, parts.cells)[:-1]  # all but the costs
    loops = columns_of(LoopCost, parts.loops)
    names = columns_of(KernelName, parts.kernels)
    return replace(parts, kernels=(), cells=(), loops=()), warnings, names, cells, costs, loops


def _unpack(
    parts: Breakdown,
    warnings: list[Diagnostic],
    names: list[list[str]],
    cells: list[list[object]],
    costs: list[list[int]],
    loops: list[list[int]],
) -> Sums:
    count = len(costs[0])
    whole = replace(
        parts,
        kernels=from_columns(KernelName, len(names[0]), *names),
        cells=from_columns(Cell, count, *cells, from_columns(Cost, count, *costs)),
        loops=from_columns(LoopCost, len(loops[0]), *loops),
    )
    return whole, warnings


#: Tens of thousands of records: they travel as columns.
_CODEC = Codec(_pack, _unpack)
