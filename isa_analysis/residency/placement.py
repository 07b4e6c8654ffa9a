"""Transfers that stay in one place over all their executions, and requests by region.

Constants are placed in columns, the others one by one. What is not in one place is *moving*; the
order of accesses follows it further and counts its requests here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import Loop
from isa_analysis.residency.block_map import BEYOND, BlockMap
from isa_analysis.residency.pieces import Box, Moving, Place, moving
from isa_analysis.residency.tree import chain_of
from isa_analysis.traffic import requests
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import REQUEST_BYTES, STORE_V


@dataclass(slots=True)
class Placement:
    """Where the transfers of ``traffic`` are, for ``regions`` regions.

    ``element`` and ``scale`` are the stretches of the block map that hold all requests of a
    transfer, -1 for one that is moving or unknown. ``counts[r]`` are the requests (read, written)
    of region r; the last entry is for no region. ``unknown`` has the executions at unknown
    addresses by transfer, ``moving_in`` the moving transfers in each loop, inner loops included.
    """

    traffic: Traffic
    loops: tuple[Loop, ...]
    blocks: BlockMap
    regions: int
    given_up: frozenset[int]
    element: NDArray[np.int64] = field(init=False)
    scale: NDArray[np.int64] = field(init=False)
    counts: list[list[int]] = field(init=False)
    unknown: dict[int, int] = field(default_factory=dict)
    moving: dict[int, Moving] = field(default_factory=dict)
    moving_in: dict[int, list[int]] = field(default_factory=dict)

    def place_all(self) -> None:
        """Place every transfer that stays in one place, and count its requests."""
        n = len(self.traffic.transfers)
        self.element = np.full(n, -1, np.int64)
        self.scale = np.full(n, -1, np.int64)
        self.counts = [[0, 0] for _ in range(self.regions + 1)]
        t = self.traffic.transfers
        constant = np.ones(n, np.bool_)
        for part in (t.offset, t.high, t.low, t.scale, t.stride):
            constant &= part >= 0
        for kind in range(3):
            self._place_constant(kind, np.flatnonzero(constant & (t.kind == kind)))
        places: dict[tuple[int, ...], Place | None] = {}
        for i in np.flatnonzero(self.element < 0).tolist():
            self._place_moving(i, places)

    def _place_constant(self, kind: int, mine: NDArray[np.int64]) -> None:
        t, g = self.traffic.transfers, self.traffic.machine.kinds[kind]
        if not len(mine):
            return
        high, offset = t.high[mine], t.offset[mine]
        base = np.where(high < BEYOND >> 32, (high << 32) + t.low[mine], BEYOND)
        reach = (g.rows - 1) * t.stride[mine]
        element = base + offset
        first = self.blocks.stretches(element // REQUEST_BYTES)
        last = self.blocks.stretches((element + reach + g.element_bytes - 1) // REQUEST_BYTES)
        whole = first == last
        at = first
        if g.scale_bytes:
            scale = base + t.scale[mine] + offset // g.ratio
            more = g.scale_bytes - 1 if self._all_scales(kind) else 0
            at = self.blocks.stretches(scale // REQUEST_BYTES)
            end = self.blocks.stretches((scale + reach // g.ratio + more) // REQUEST_BYTES)
            whole &= at == end
        self.element[mine[whole]] = first[whole]
        self.scale[mine[whole]] = at[whole]
        split = whole & (first != at)
        self._count_totals(mine[whole & ~split], first[whole & ~split])
        for i in mine[split].tolist():
            self._count_once(i, int(self.element[i]), int(self.scale[i]))

    def _count_totals(self, mine: NDArray[np.int64], stretch: NDArray[np.int64]) -> None:
        """Count all requests of the transfers ``mine``, each of which is in one stretch."""
        r = self.traffic.requests
        for i, s in zip(mine.tolist(), stretch.tolist(), strict=True):
            counts = self.counts[self.blocks.owner[s]]
            counts[0] += r.read[i]
            counts[1] += r.written[i]

    def _count_once(self, i: int, element: int, scale: int) -> None:
        """Count the requests of a constant transfer, elements and scales apart."""
        t, m = self.traffic.transfers, self.traffic.machine
        kind = int(t.kind[i])
        offset, low = t.offset[i : i + 1], t.low[i : i + 1]
        at = low + t.scale[i : i + 1] + offset // m.kinds[kind].ratio
        e, s = requests.blocks(
            m, kind, (low + offset) % REQUEST_BYTES, at % REQUEST_BYTES, t.stride[i : i + 1]
        )
        times = self.traffic.requests.times[i]
        self.count(kind, element, int(e[0]) * times, scale, int(s[0]) * times)

    def _place_moving(self, i: int, places: dict[tuple[int, ...], Place | None]) -> None:
        t = self.traffic.transfers
        chain = chain_of(self.loops, int(self.traffic.loop[i]))
        one = moving(self.traffic, i, chain)
        key = (
            int(t.kind[i]), int(t.offset[i]), int(t.high[i]), int(t.low[i]), int(t.scale[i]),
            int(t.stride[i]), int(self.traffic.loop[i]),
        )  # fmt: skip
        box = {loop: (0, self.loops[loop].trip) for loop in chain}
        if i in self.given_up:
            place: Place | None = "unknown"
        else:
            if key not in places:
                places[key] = one.place(box, self.blocks)
            place = places[key]
        if place == "unknown":
            self.unknown[i] = self.traffic.requests.times[i]
        elif place is None:
            self.moving[i] = one
            for loop in chain:
                self.moving_in.setdefault(loop, []).append(i)
        else:
            self.element[i], self.scale[i] = place
            if place[0] == place[1]:
                self._count_totals(np.array([i]), np.array([place[0]]))
            else:
                self.count_box(one, place, box, 1)

    def count(self, kind: int, element: int, elements: int, scale: int, scales: int) -> None:
        """Add blocks of elements in stretch ``element`` and of scales in ``scale``."""
        for stretch, blocks, is_scale in ((element, elements, False), (scale, scales, True)):
            counts = self.counts[self.blocks.owner[stretch]]
            if kind != STORE_V or is_scale or not self.traffic.machine.tvm:
                counts[0] += blocks
            if kind == STORE_V:
                counts[1] += blocks

    def count_box(self, one: Moving, place: tuple[int, int], box: Box, times: int) -> None:
        """Add all requests of a transfer over ``box``, ``times`` times over; they are all in
        ``place``."""
        elements, scales = one.count(box, self.traffic.machine.tvm)
        self.count(one.kind, place[0], elements * times, place[1], scales * times)

    def add_unknown(self, i: int, executions: int) -> None:
        """Note executions of transfer ``i`` at unknown addresses."""
        self.unknown[i] = self.unknown.get(i, 0) + executions

    def most_unknown(self) -> tuple[int, int]:
        """Requests read and written of all executions at unknown addresses, when rows lie across
        as many blocks as they can."""
        read = written = 0
        machine = self.traffic.machine
        for i, executions in self.unknown.items():
            kind = int(self.traffic.transfers.kind[i])
            g = machine.kinds[kind]
            elements = g.rows * _most_blocks(g.element_bytes)
            scales = g.rows * (_most_blocks(g.scale_bytes) if self._all_scales(kind) else 1)
            scales = scales if g.scale_bytes else 0
            read += executions * (scales + (0 if kind == STORE_V and machine.tvm else elements))
            written += executions * (elements + scales if kind == STORE_V else 0)
        return read, written

    def _all_scales(self, kind: int) -> bool:
        return self.traffic.machine.tvm or kind == STORE_V


def _most_blocks(length: int) -> int:
    """The most 64-byte blocks that ``length`` bytes can touch."""
    return (length + REQUEST_BYTES - 2) // REQUEST_BYTES + 1 if length else 0
