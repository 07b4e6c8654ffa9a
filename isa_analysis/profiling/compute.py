"""Program x cycle model -> profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.isa import canonical, kind_of
from isa_analysis.kernels import KernelName, KernelSpans
from isa_analysis.kernels.regions import Regions, build_regions, loop_entries
from isa_analysis.profiling.model import Cell, Cost, LoopCost
from isa_analysis.records import from_columns
from isa_analysis.timing.model import RowPrices

#: Instructions per pass over the stream; bounds temporaries to a few megabytes.
_BLOCK = 1 << 19


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
    classes = prices.classes
    pair, cls, static = _counts(row, regions, prices)
    counted = np.array([c.counted for c in classes])[cls]
    pair, cls, static = pair[counted], cls[counted], static[counted]
    if not len(static):
        return (), 0
    kernel, times = np.divmod(pair, len(regions.multiplicities))
    dearest = max(1, *(c.cycles for c in classes))
    most = int(static.sum()) * max(regions.multiplicities) * dearest
    exact = np.int64 if most < 1 << 63 else object  # beyond 64 bits: Python integers
    dynamic = static * np.array(regions.multiplicities, exact)[times]
    cycles = dynamic * np.array([c.cycles for c in classes], exact)[cls]
    in_memory = np.array([c.is_memory for c in classes])[cls]
    guessed = int(dynamic[np.array([c.guessed for c in classes])[cls]].sum())

    number: dict[str, int] = {}
    name_of = np.array([number.setdefault(canonical(c.spelling), len(number)) for c in classes])
    group = kernel * len(number) + name_of[cls]
    order = np.argsort(group, kind="stable")
    begins = np.flatnonzero(np.diff(group[order], prepend=-1))
    sums = [
        np.add.reduceat(column[order], begins)
        for column in (static, dynamic, np.where(in_memory, 0, cycles), cycles * in_memory)
    ]
    first = np.argsort(order[begins])  # cells in order of first appearance
    count = len(first)
    no_bytes = np.zeros(count, np.int64)
    costs = from_columns(Cost, count, *([c[first].tolist() for c in (*sums, no_bytes, no_bytes)]))
    kernel, name = np.divmod(group[order][begins][first], len(number))
    mnemonics = list(number)
    kinds = [kind_of(mnemonic) for mnemonic in mnemonics]
    which = name.tolist()
    cells = from_columns(
        Cell,
        count,
        kernel.tolist(),
        [mnemonics[i] for i in which],
        [kinds[i][0] for i in which],
        [kinds[i][1] for i in which],
        costs,
    )
    return cells, guessed


def _counts(
    row: NDArray[np.int32], regions: Regions, prices: RowPrices
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """How many instructions there are of each (kernel x multiplicity, price class) that occurs."""
    n_classes = len(prices.classes)
    pairs = regions.kernel.astype(np.int64) * len(regions.multiplicities) + regions.times
    order = np.argsort(pairs, kind="stable")
    is_next = np.diff(pairs[order], prepend=-1) > 0
    pair = pairs[order[is_next]]
    base = np.empty(len(pairs), np.int64)  # where the counts of each region's pair begin
    base[order] = (np.cumsum(is_next) - 1) * n_classes
    class_of = prices.of_row.astype(np.int64)
    size = len(pair) * n_classes
    dense = size <= 1 << 22
    counts = np.zeros(size if dense else 0, np.int64)
    sparse: dict[int, int] = {}
    for first, last, begin, end in _blocks(regions, len(row)):
        key = np.repeat(base[first:last], regions.size[first:last])
        key += class_of[row[begin:end]]
        if dense:
            counts += np.bincount(key, minlength=size)
        else:
            for k, c in zip(*(a.tolist() for a in np.unique(key, return_counts=True)), strict=True):
                sparse[k] = sparse.get(k, 0) + c
    if dense:
        used = np.flatnonzero(counts)
        static = counts[used]
    else:
        used = np.array(sorted(sparse), np.int64)
        static = np.array([sparse[k] for k in used.tolist()], np.int64)
    which, cls = np.divmod(used, n_classes)
    return pair[which], cls, static


def _blocks(regions: Regions, n: int) -> Iterator[tuple[int, int, int, int]]:
    """Blocks of whole regions: first region, one past the last, and the same of instructions."""
    first = 0
    while first < len(regions.start):
        begin = int(regions.start[first])
        last = max(int(np.searchsorted(regions.start, begin + _BLOCK)), first + 1)
        end = int(regions.start[last]) if last < len(regions.start) else n
        yield first, last, begin, end
        first = last


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
    in_loop = regions.loop >= 0
    own_cycles, own_count = (
        _by_loop(regions.loop[in_loop], sums[in_loop], len(loops))
        for sums in _region_sums(program.row, regions, cycles_of, counted_of)
    )
    for i in range(len(loops) - 1, -1, -1):
        parent = loops[i].parent
        if parent >= 0:
            own_cycles[parent] += loops[i].trip * own_cycles[i]
            own_count[parent] += loops[i].trip * own_count[i]
    starts = np.array([loop.start for loop in loops], np.int64)
    start_row = program.row[starts]
    start_cycles = cycles_of[start_row].tolist()
    ends = np.minimum(np.array([loop.end for loop in loops], np.int64), len(program) - 1)
    first_line = program.line[starts].tolist()
    last_line = program.line[ends].tolist()
    region_at = np.searchsorted(regions.start, starts, side="right") - 1
    kernel = regions.kernel[region_at].tolist()
    iterations = loop_entries(loops)
    entries = [iterations[loop.parent] if loop.parent >= 0 else 1 for loop in loops]
    return from_columns(
        LoopCost,
        len(loops),
        first_line,
        last_line,
        [loop.depth for loop in loops],
        [loop.trip for loop in loops],
        iterations,
        [
            inside * own + outside * start
            for inside, own, outside, start in zip(
                iterations, own_cycles, entries, start_cycles, strict=True
            )
        ],
        [
            inside * own + outside
            for inside, own, outside in zip(iterations, own_count, entries, strict=True)
        ],
        own_count,
        kernel,
    )


def _by_loop(loop: NDArray[np.int32], sums: NDArray[np.int64], n_loops: int) -> list[int]:
    """Sums over regions as sums over the loops directly around them."""
    out = np.zeros(n_loops, sums.dtype)
    np.add.at(out, loop, sums)
    own: list[int] = out.tolist()
    return own


def _region_sums(
    row: NDArray[np.int32],
    regions: Regions,
    cycles_of: NDArray[np.int64],
    counted_of: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Static sums per region of cycles and counted instructions, in blocks of whole regions."""
    cycles = np.zeros(len(regions.start), cycles_of.dtype)
    count = np.zeros(len(regions.start), np.int64)
    for first, last, begin, end in _blocks(regions, len(row)):
        block = row[begin:end]
        offsets = regions.start[first:last] - begin
        cycles[first:last] = np.add.reduceat(cycles_of[block], offsets)
        count[first:last] = np.add.reduceat(counted_of[block], offsets)
    return cycles, count
