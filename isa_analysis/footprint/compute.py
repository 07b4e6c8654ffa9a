"""Footprints of the on-chip memories and HBM, per kernel and for the whole program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow import Affine, Values
from isa_analysis.dataflow.accesses import HBM, MEMORIES, Accesses, find_accesses
from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.profiling.group import path_of
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.intervals import ByteSet
from isa_analysis.traffic.linear import linear_pieces
from isa_analysis.traffic.touched import touched

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.profiling.model import Profile

_HALF, _FULL = 1 << 31, 1 << 32
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
    profile: Profile, board: LoadedBoard, parts: tuple[str, ...] = ("kernel",)
) -> Footprint:
    """The footprint of a profile that was made with traffic, by ``parts`` of kernel names."""
    program, traffic = profile.program, profile.traffic
    if program is None or traffic is None:
        raise ValueError("a footprint needs a profile made with ModelOptions(traffic=True)")
    paths = [path_of(name, parts) for name in profile.kernels]
    number: dict[tuple[str, ...], int] = {}
    group_of_kernel = np.array([number.setdefault(p, len(number)) for p in paths], np.int32)
    accesses = find_accesses(program, traffic.definitions, sizes_of(board, program.dialect))
    kernel = _kernel_of(profile, accesses.pc)
    group = group_of_kernel[kernel] if len(kernel) else kernel
    capacity = capacities(board)
    if program.dialect == "plena-tvm":
        capacity["fpsram"] = 0  # real programs go far beyond 1024 entries; the depth is not known
    found = _on_chip(program, accesses, traffic, group, len(number), capacity, board)
    hbm_group = group_of_kernel[traffic.kernel] if len(traffic.kernel) else traffic.kernel
    rows = []
    for path, g in number.items():
        mine = np.flatnonzero(hbm_group == g).tolist()
        rows.append((path, (*found[g], _hbm(traffic, mine, capacity["hbm"]))))
    everything = list(range(len(traffic.transfers)))
    return Footprint((*found[-1], _hbm(traffic, everything, capacity["hbm"])), tuple(rows))


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


def _hbm(traffic: Traffic, which: list[int], capacity: int) -> Occupied:
    t = touched(traffic, which)
    return Occupied("hbm", t.low, t.high, t.unique_bytes, capacity, len(which), t.unknown, t.exact)


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
    for m in range(HBM):
        name = MEMORIES[m]
        mine = np.flatnonzero(memory == m)
        order = np.argsort(group[mine], kind="stable")
        mine = mine[order]
        cuts = np.searchsorted(group[mine], np.arange(groups + 1))
        union = ByteSet()
        unknown_in_all = 0
        unit = _unit_bytes(board)[m]
        for g in range(groups):
            part = mine[cuts[g] : cuts[g + 1]]
            units = ByteSet()
            unknown = _collect(accesses, part, traffic.definitions.values, trips, units)
            unknown_in_all += unknown
            start, end = units.ranges()
            union.add(start, end - start)
            union.exact &= units.exact
            out[g].append(_occupied(name, units, unit, capacity[name], len(part), unknown))
        out[-1].append(_occupied(name, union, unit, capacity[name], len(mine), unknown_in_all))
    return out


def _occupied(
    name: str, units: ByteSet, unit: int, capacity: int, accesses: int, unknown: int
) -> Occupied:
    start, end = units.ranges()
    return Occupied(
        name,
        int(start[0]) * unit if len(start) else None,
        int(end[-1]) * unit if len(start) else None,
        int((end - start).sum()) * unit,
        capacity or None,
        accesses,
        unknown,
        units.exact,
    )


def _collect(
    accesses: Accesses,
    part: NDArray[np.int64],
    values: Values,
    trips: Sequence[int],
    units: ByteSet,
) -> int:
    """Add the accesses numbered ``part`` to ``units``; returns how many have unknown addresses."""
    if not len(part):
        return 0
    address, step, site = accesses.address[part], accesses.step[part], accesses.site[part]
    constant = (address >= 0) & (step >= 0)
    for number in np.unique(site[constant]).tolist():
        here = constant & (site == number)
        shape = accesses.sites[number].shape
        for s in np.unique(step[here]).tolist():
            at = np.unique(address[here & (step == s)])
            if s <= shape.length or shape.rows == 1:
                units.add(at, s * (shape.rows - 1) + shape.length)
            else:
                rows = np.arange(shape.rows, dtype=np.int64) * s
                units.add((at[:, None] + rows[None, :]).reshape(-1), shape.length)
    unknown = 0
    moving = np.flatnonzero(~constant)
    seen: dict[tuple[int, int, int], bool] = {}
    for a, s, number in zip(
        address[moving].tolist(), step[moving].tolist(), site[moving].tolist(), strict=True
    ):
        key = (a, s, number)
        known = seen.get(key)
        if known is None:
            shape = accesses.sites[number].shape
            known = seen[key] = _moving(values, a, s, shape.rows, shape.length, trips, units)
        unknown += not known
    return unknown


def _moving(
    values: Values,
    address: int,
    step: int,
    rows: int,
    length: int,
    trips: Sequence[int],
    units: ByteSet,
) -> bool:
    """Add all executions of one access; False when part of its address is unknown."""
    form = values.form(address) if address < 0 else None
    if isinstance(form, Affine) and step >= 0:
        # The common case, without the general machinery: running pointers that never wrap.
        low = high = form.base
        dimensions = [(step, rows)]
        for loop, c in form.terms:
            signed = c - _FULL if c >= _HALF else c
            reach = signed * (trips[loop] - 1)
            low, high = low + min(reach, 0), high + max(reach, 0)
            dimensions.append((signed, trips[loop]))
        if low >= 0 and high < _FULL:
            units.add_box(form.base, dimensions, length)
            return True
    known = True
    for piece in linear_pieces(values, [address, step], trips):
        if piece is None or any(s for s, _ in piece[0][1].dimensions):
            known = False
            continue
        at, distance = piece[0]
        units.add_box(at.base, [*at.dimensions, (distance.base, rows)], length)
    return known
