"""Program x cycle model -> profile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.isa import canonical, instruction, is_known
from isa_analysis.isa.model import Category, Engine
from isa_analysis.kernels import KernelName, KernelSpans
from isa_analysis.profile.model import Cell, Cost, LoopCost
from isa_analysis.profile.regions import Regions, build_regions, loop_entries
from isa_analysis.timing.model import RowPrices

#: Instructions per pass over the stream; bounds temporaries to a few megabytes.
_BLOCK = 1 << 20

_PREFIXES: dict[str, tuple[Engine, Category]] = {
    "M_": ("matrix", "matrix"),
    "V_": ("vector", "vector"),
    "H_": ("hbm", "memory"),
    "C_": ("control", "control"),
}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The numbers of a profile, before they are given a board and a name."""

    kernels: tuple[KernelName, ...]
    calls: tuple[int, ...]
    cells: tuple[Cell, ...]
    loops: tuple[LoopCost, ...]
    guessed: int
    unpriced: tuple[int, ...]
    regions: Regions


def break_down(program: Program, prices: RowPrices, spans: KernelSpans) -> Breakdown:
    """Exact sums by kernel, opcode and loop.

    ``unpriced`` lists the instruction indices (the first of each row) that have no price.
    """
    n = len(program)
    regions = build_regions(n, program.loops, spans)
    cells, guessed = _cells(program.row, regions, prices)
    return Breakdown(
        spans.names,
        _calls(regions, spans),
        cells,
        _loops(program, regions, prices),
        guessed,
        _unpriced(program, prices),
        regions,
    )


def _unpriced(program: Program, prices: RowPrices) -> tuple[int, ...]:
    classes = [i for i, c in enumerate(prices.classes) if c.unpriced]
    rows = np.flatnonzero(np.isin(prices.of_row, classes)) if classes else np.zeros(0, np.int64)
    return tuple(sorted(int(np.argmax(program.row == r)) for r in rows.tolist()))


def _cells(
    row: NDArray[np.int32],
    regions: Regions,
    prices: RowPrices,
) -> tuple[tuple[Cell, ...], int]:
    """Counts per (kernel, multiplicity, class), turned into exact costs."""
    n_times = len(regions.multiplicities)
    pair, region_pair = np.unique(
        regions.kernel.astype(np.int64) * n_times + regions.times, return_inverse=True
    )
    classes, row_class = prices.classes, prices.of_row
    n_classes = len(classes)
    base = np.repeat(region_pair.reshape(-1).astype(np.int32), regions.size)
    counts: dict[int, int] = {}
    dense = len(pair) * n_classes <= 1 << 22
    table = np.zeros(len(pair) * n_classes if dense else 0, np.int64)
    for i in range(0, len(row), _BLOCK):
        key = base[i : i + _BLOCK].astype(np.int64) * n_classes + row_class[row[i : i + _BLOCK]]
        if dense:
            table += np.bincount(key, minlength=len(table))
        else:
            for k, c in zip(*(a.tolist() for a in np.unique(key, return_counts=True)), strict=True):
                counts[k] = counts.get(k, 0) + c
    if dense:
        used = np.flatnonzero(table)
        counts = dict(zip(used.tolist(), table[used].tolist(), strict=True))
    sums: dict[tuple[int, str], list[int]] = {}
    guessed = 0
    names = [canonical(c.spelling) for c in classes]
    pairs = [divmod(p, n_times) for p in pair.tolist()]
    for key_, static in sorted(counts.items()):
        which, cls = divmod(key_, n_classes)
        c = classes[cls]
        if not c.counted:
            continue
        kernel, times = pairs[which]
        dynamic = static * regions.multiplicities[times]
        guessed += dynamic if c.guessed else 0
        cost = sums.setdefault((kernel, names[cls]), [0, 0, 0, 0])
        cost[0] += static
        cost[1] += dynamic
        cost[3 if c.is_memory else 2] += dynamic * c.cycles
    kinds = {name: kind_of(name) for name in names}
    cells = tuple(Cell(k, m, *kinds[m], Cost(*cost)) for (k, m), cost in sums.items())
    return cells, guessed


def kind_of(mnemonic: str) -> tuple[Engine, Category]:
    """Engine and category of a mnemonic; an unknown one goes by its prefix, else it is scalar."""
    if is_known(mnemonic):
        row = instruction(mnemonic)
        return row.engine, row.category
    return _PREFIXES.get(mnemonic[:2], ("scalar", "scalar"))


def _calls(regions: Regions, spans: KernelSpans) -> tuple[int, ...]:
    calls = [0] * len(spans.names)
    at = np.searchsorted(regions.start, np.asarray(spans.start_pc, np.int64))
    times = regions.times[at].tolist() if len(regions.start) else []
    for kernel, is_call, t in zip(
        np.asarray(spans.kernel).tolist(), np.asarray(spans.is_call).tolist(), times, strict=True
    ):
        if is_call:
            calls[kernel] += regions.multiplicities[t]
    return tuple(calls)


def _loops(
    program: Program,
    regions: Regions,
    prices: RowPrices,
) -> tuple[LoopCost, ...]:
    """Costs of every loop, inside out: an outer iteration adds what its inner loops cost."""
    loops = program.loops
    if not loops:
        return ()
    # Prices go up to 10^15 cycles: sums beyond 64 bits are made of Python integers.
    most = max((c.cycles for c in prices.classes), default=0) * len(program)
    exact = np.int64 if most < 1 << 63 else object
    cycles_of = np.array([c.cycles for c in prices.classes], exact)[prices.of_row]
    counted_of = np.array([c.counted for c in prices.classes], np.int64)[prices.of_row]
    own_cycles = [0] * len(loops)
    own_count = [0] * len(loops)
    in_loop = regions.loop >= 0
    region_cycles, region_count = _region_sums(program.row, regions, cycles_of, counted_of)
    for loop, cycles, count in zip(
        regions.loop[in_loop].tolist(),
        region_cycles[in_loop].tolist(),
        region_count[in_loop].tolist(),
        strict=True,
    ):
        own_cycles[loop] += cycles
        own_count[loop] += count
    for i in range(len(loops) - 1, -1, -1):
        parent = loops[i].parent
        if parent >= 0:
            own_cycles[parent] += loops[i].trip * own_cycles[i]
            own_count[parent] += loops[i].trip * own_count[i]
    starts = np.array([loop.start for loop in loops], np.int64)
    start_row = program.row[starts]
    start_cycles = cycles_of[start_row].tolist()
    last = len(program) - 1
    first_line = program.line[starts].tolist()
    last_line = program.line[np.array([min(loop.end, last) for loop in loops])].tolist()
    region_at = np.searchsorted(regions.start, starts, side="right") - 1
    kernel = regions.kernel[region_at].tolist()
    out = []
    iterations = loop_entries(loops)
    for i, (loop, inside) in enumerate(zip(loops, iterations, strict=True)):
        entries = iterations[loop.parent] if loop.parent >= 0 else 1
        out.append(
            LoopCost(
                first_line[i], last_line[i], loop.depth, loop.trip, inside,
                inside * own_cycles[i] + entries * start_cycles[i],
                inside * own_count[i] + entries,
                own_count[i],
                kernel[i],
            )
        )  # fmt: skip
    return tuple(out)


def _region_sums(
    row: NDArray[np.int32],
    regions: Regions,
    cycles_of: NDArray[np.int64],
    counted_of: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Static sums per region of cycles and counted instructions, in blocks of whole regions."""
    cycles = np.zeros(len(regions.start), cycles_of.dtype)
    count = np.zeros(len(regions.start), np.int64)
    first = 0
    while first < len(regions.start):
        begin = int(regions.start[first])
        last = max(int(np.searchsorted(regions.start, begin + _BLOCK)), first + 1)
        end = int(regions.start[last]) if last < len(regions.start) else len(row)
        block = row[begin:end]
        offsets = regions.start[first:last] - begin
        cycles[first:last] = np.add.reduceat(cycles_of[block], offsets)
        count[first:last] = np.add.reduceat(counted_of[block], offsets)
        first = last
    return cycles, count
