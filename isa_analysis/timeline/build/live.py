"""How many bytes of the on-chip memories hold something that is still needed, kernel by kernel.

A byte is live in a kernel that reads it, and between a kernel that writes it and a later one that
reads it without an earlier write. That is decided per kernel call, not per instruction: what a
kernel both reads and writes counts as needed from before, so the figure is an upper bound. Accesses
whose addresses depend on data are not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.model import Ints

if TYPE_CHECKING:
    from isa_analysis.assembly.program import Program
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.kernels.regions import Regions
    from isa_analysis.traffic.analyse import Traffic

#: Most calls told apart; beyond, neighbours are taken together.
_CALLS = 1024
#: Most accesses followed: beyond, the counters are left out.
_ACCESSES = 4_000_000


def live_bytes(
    program: Program, board: LoadedBoard, traffic: Traffic, regions: Regions
) -> dict[str, Ints]:
    """Live bytes of the matrix and the vector memory in each of ``regions``; empty for programs
    with too many accesses."""
    from isa_analysis.dataflow.accesses import MEMORIES, find_accesses
    from isa_analysis.dataflow.machine import sizes_of
    from isa_analysis.footprint.collect import collect

    accesses = find_accesses(program, traffic.definitions, sizes_of(board, program.dialect))
    if len(accesses) > _ACCESSES or not len(regions.start):
        return {}
    calls = _calls(regions)
    call = calls[np.searchsorted(regions.start, accesses.pc, side="right") - 1]
    memory, write = accesses.column("memory"), accesses.column("write")
    trips = [loop.trip for loop in program.loops]
    precision = board.board.precision
    out = {}
    for name, bits in (
        ("msram", precision.matrix_sram.element_bits),
        ("vsram", precision.vector_sram.element_bits),
    ):
        found = []
        for writes in (0, 1):
            mine = np.flatnonzero((memory == MEMORIES.index(name)) & (write == writes))
            found.append(
                collect(
                    accesses, mine, call[mine].astype(np.int32), traffic.definitions.values, trips
                )
            )
        count = int(calls[-1]) + 1
        reads, writes_ = ([part.of_group(g) for g in range(count)] for part in found)
        out[name] = _sweep(reads, writes_)[calls] * bits // 8
    return out


def _calls(regions: Regions) -> NDArray[np.int64]:
    """The kernel call of each region: neighbours of one kernel."""
    kernel = regions.kernel
    new = np.ones(len(kernel), np.bool_)
    new[1:] = kernel[1:] != kernel[:-1]
    number: NDArray[np.int64] = np.cumsum(new) - 1
    together = int(number[-1]) // _CALLS + 1
    return number // together


_Ranges = tuple[NDArray[np.int64], NDArray[np.int64]]


def _sweep(reads: list[_Ranges], writes: list[_Ranges]) -> Ints:
    """Live units in each call, from the last to the first."""
    ends = [edge for ranges in (*reads, *writes) for edge in ranges]
    cuts = np.unique(np.concatenate(ends)) if ends else np.zeros(0, np.int64)
    out = np.zeros(len(reads), np.int64)
    if len(cuts) < 2:
        return out
    width = np.diff(cuts)
    live = np.zeros(len(width), np.bool_)
    for call in range(len(reads) - 1, -1, -1):
        read, written = (_mask(cuts, *ranges) for ranges in (reads[call], writes[call]))
        out[call] = int(width[live | read].sum())
        live = (live & ~written) | read
    return out


def _mask(cuts: Ints, starts: Ints, ends: Ints) -> NDArray[np.bool_]:
    change = np.zeros(len(cuts), np.int64)
    np.add.at(change, np.searchsorted(cuts, starts), 1)
    np.add.at(change, np.searchsorted(cuts, ends), -1)
    covered: NDArray[np.bool_] = np.cumsum(change)[:-1] > 0
    return covered
