"""Footprints of the on-chip memories and HBM, per kernel and for the whole program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow.accesses import MEMORIES, Accesses, find_accesses
from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.footprint.collect import collect
from isa_analysis.kernels import path_of
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.touched import touched_by

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.profiling.model import Profile

#: Bytes of an FP SRAM entry (BF16) and of an INT SRAM entry.
_FP_BYTES, _INT_BYTES = 2, 4


@dataclass(frozen=True, slots=True)
class Occupied:
    """One memory's bytes. ``low`` and ``high`` (one past the end) are None when no address is
    known; ``unknown`` counts static accesses whose address depends on data (they are in none of
    the numbers); ``exact`` is False when ``unique_bytes`` is an upper bound."""

    memory: str
    low: int | None
    high: int | None
    unique_bytes: int
    capacity_bytes: int | None
    accesses: int
    unknown: int
    exact: bool

    @property
    def fits(self) -> bool | None:
        """Whether the highest byte lies inside the memory; None when that is not known."""
        if self.capacity_bytes is None or (self.unknown and self.high is None):
            return None
        return (self.high or 0) <= self.capacity_bytes

    @property
    def percent(self) -> float | None:
        """Unique bytes in percent of the capacity."""
        return 100 * self.unique_bytes / self.capacity_bytes if self.capacity_bytes else None


@dataclass(frozen=True, slots=True)
class Footprint:
    """The memories of the whole program, and of each group of kernels (by path)."""

    whole: tuple[Occupied, ...]
    kernels: tuple[tuple[tuple[str, ...], tuple[Occupied, ...]], ...]


def footprint(
    profile: Profile,
    board: LoadedBoard,
    parts: tuple[str, ...] = ("kernel",),
    accesses: Accesses | None = None,
) -> Footprint:
    """The footprint of a profile that was made with traffic, by ``parts`` of kernel names;
    ``accesses`` of the program on the board saves finding them once more."""
    program, traffic = profile.program, profile.traffic
    if program is None or traffic is None:
        raise ValueError("a footprint needs a profile made with ModelOptions(traffic=True)")
    paths = [path_of(name, parts) for name in profile.kernels]
    number: dict[tuple[str, ...], int] = {}
    group_of_kernel = np.array([number.setdefault(p, len(number)) for p in paths], np.int32)
    if accesses is None:
        accesses = find_accesses(program, traffic.definitions, sizes_of(board, program.dialect))
    kernel = _kernel_of(profile, accesses.pc)
    group = group_of_kernel[kernel] if len(kernel) else kernel
    capacity = capacities(board)
    if program.dialect == "plena-tvm":
        capacity["fpsram"] = 0  # real programs go far beyond 1024 entries; the depth is not known
    found = _on_chip(program, accesses, traffic, group, len(number), capacity, board)
    hbm_group = group_of_kernel[traffic.kernel] if len(traffic.kernel) else traffic.kernel
    members = [np.flatnonzero(hbm_group == g).tolist() for g in range(len(number))]
    everything = list(range(len(traffic.transfers)))
    hbm = [
        Occupied(
            "hbm", t.low, t.high, t.unique_bytes, capacity["hbm"], len(which), t.unknown, t.exact
        )
        for which, t in zip(
            [*members, everything], touched_by(traffic, [*members, everything]), strict=True
        )
    ]
    rows = [(path, (*found[g], hbm[g])) for path, g in number.items()]
    return Footprint((*found[-1], hbm[-1]), tuple(rows))


def capacities(board: LoadedBoard) -> dict[str, int]:
    """Bytes of each memory of ``board``."""
    b = board.board
    matrix = b.precision.matrix_sram.element_bits
    vector = b.precision.vector_sram.element_bits
    return {
        "msram": b.memory.matrix_sram_rows * b.machine.mlen * matrix // 8,
        "vsram": b.memory.vector_sram_depth * b.machine.vlen * vector // 8,
        "fpsram": b.memory.fp_sram_depth * _FP_BYTES,
        "intsram": b.memory.int_sram_depth * _INT_BYTES,
        "hbm": b.memory.capacity_bytes,
    }


def _unit_bytes(board: LoadedBoard) -> tuple[int, int, int, int]:
    precision = board.board.precision
    bits = precision.matrix_sram.element_bits, precision.vector_sram.element_bits
    return bits[0] // 8, bits[1] // 8, _FP_BYTES, _INT_BYTES


def _kernel_of(profile: Profile, pc: NDArray[np.int64]) -> NDArray[np.int32]:
    regions = profile.regions
    assert regions is not None
    return regions.kernel[np.searchsorted(regions.start, pc, side="right") - 1]


def _on_chip(
    program: Program,
    accesses: Accesses,
    traffic: Traffic,
    group: NDArray[np.int32],
    groups: int,
    capacity: dict[str, int],
    board: LoadedBoard,
) -> list[list[Occupied]]:
    """Per group, and last for the whole program, the on-chip memories."""
    trips = [loop.trip for loop in program.loops]
    memory = accesses.column("memory")
    out: list[list[Occupied]] = [[] for _ in range(groups + 1)]
    for m, unit in enumerate(_unit_bytes(board)):
        mine = np.flatnonzero(memory == m)
        part = collect(accesses, mine, group[mine], traffic.definitions.values, trips)
        number = np.bincount(group[mine], minlength=groups).tolist()
        name = MEMORIES[m]
        for g in range(groups):
            start, end = part.of_group(g)
            unknown, exact = part.unknown.get(g, 0), g not in part.inexact
            out[g].append(
                _occupied(name, start, end, unit, capacity[name], number[g], unknown, exact)
            )
        start, end = part.union()
        unknown, exact = sum(part.unknown.values()), not part.inexact
        out[-1].append(_occupied(name, start, end, unit, capacity[name], len(mine), unknown, exact))
    return out


def _occupied(
    name: str,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    unit: int,
    capacity: int,
    accesses: int,
    unknown: int,
    exact: bool,
) -> Occupied:
    return Occupied(
        name,
        int(start[0]) * unit if len(start) else None,
        int(end[-1]) * unit if len(start) else None,
        int((end - start).sum()) * unit,
        capacity or None,
        accesses,
        unknown,
        exact,
    )
