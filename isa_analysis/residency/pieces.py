"""Where one static transfer goes, over any box of iterations of the loops around it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import Affine
from isa_analysis.residency.block_map import BEYOND, BlockMap
from isa_analysis.traffic import requests
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import REQUEST_BYTES, STORE_V, Geometry
from isa_analysis.traffic.residues import spread

_WORD = 0xFFFF_FFFF
_HALF = 1 << 31

#: Iterations by loop: the first and how many; a single iteration has count 1.
Box = Mapping[int, tuple[int, int]]

#: Number of the stretch of the block map that all element blocks lie in, and that of the scales
#: (equal where there are no scales); "unknown" when the addresses depend on data.
Place = tuple[int, int] | Literal["unknown"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One affine alternative of a transfer's address: offset, high, low, scale and stride, which
    holds where each loop of ``conditions`` is in its first iteration (True) or in a later one
    (False). ``forms`` is None where a value depends on data."""

    conditions: Mapping[int, bool]
    forms: tuple[Affine, ...] | None

    def within(self, box: Box) -> dict[int, tuple[int, int]] | None:
        """The part of ``box`` in which the piece holds; None: no part."""
        part = dict(box)
        for loop, first in self.conditions.items():
            begin, count = part[loop]
            end = begin + count
            begin, end = (begin, min(end, 1)) if first else (max(begin, 1), end)
            if begin >= end:
                return None
            part[loop] = (begin, end - begin)
        return part


@dataclass(frozen=True, slots=True)
class Moving:
    """A static transfer whose address is followed piece by piece."""

    number: int
    kind: int
    geometry: Geometry
    all_scales: bool
    chain: tuple[int, ...]
    pieces: tuple[Piece, ...]

    def depends_on(self, loop: int, box: Box) -> bool:
        """Whether its address differs between iterations of ``loop`` inside ``box``."""
        for piece in self.pieces:
            if piece.within(box) is None:
                continue
            if loop in piece.conditions and box[loop][0] == 0:
                return True
            if piece.forms and any(v == loop for form in piece.forms for v, _ in form.terms):
                return True
        return False

    def place(self, box: Box, blocks: BlockMap) -> Place | None:
        """Where all its requests over ``box`` lie; None when not all in one place (or when that
        cannot be told without looking closer)."""
        found: set[Place | None] = set()
        for piece in self.pieces:
            part = piece.within(box)
            if part is not None:
                found.add(self._place(piece, part, blocks))
        return found.pop() if len(found) == 1 else None

    def _place(self, piece: Piece, box: Box, blocks: BlockMap) -> Place | None:
        if piece.forms is None:
            return "unknown"
        ranges = [_range(form, box) for form in piece.forms]
        if None in ranges:
            return None
        offset, high, low, scale, stride = (r for r in ranges if r is not None)
        if high[0] != high[1] or stride[0] != stride[1]:
            return None
        g = self.geometry
        base = high[0] << 32
        reach = (g.rows - 1) * stride[0]
        element = blocks.stretch((base + low[0] + offset[0]) // REQUEST_BYTES)
        last = base + low[1] + offset[1] + reach + g.element_bytes - 1
        if blocks.stretch(last // REQUEST_BYTES) != element:
            return None
        if not g.scale_bytes:
            return element, element
        first_scale = base + low[0] + scale[0] + offset[0] // g.ratio
        last_scale = base + low[1] + scale[1] + offset[1] // g.ratio + reach // g.ratio
        if self.all_scales:
            last_scale += g.scale_bytes - 1
        where = blocks.stretch(first_scale // REQUEST_BYTES)
        if blocks.stretch(last_scale // REQUEST_BYTES) != where:
            return None
        return element, where

    def stays(self, loop: int, box: Box, blocks: BlockMap) -> int:
        """A guess at how many iterations of ``loop`` it stays where the first one of ``box`` is:
        where its address, which moves by a fixed step, gets to the end of a stretch."""
        piece = next((p for p in self.pieces if p.within(box) is not None), None)
        if piece is None or piece.forms is None:
            return 1
        ranges = [_range(form, box) for form in piece.forms]
        steps = [_signed(dict(form.terms).get(loop, 0)) for form in piece.forms]
        if None in ranges:
            return 1
        offset, high, low, scale, stride = (r for r in ranges if r is not None)
        g = self.geometry
        reach, base = (g.rows - 1) * stride[0], high[0] << 32
        first, last = base + low[0] + offset[0], base + low[1] + offset[1] + reach
        ends = [(first, last + g.element_bytes - 1, steps[0] + steps[2], 1)]
        if g.scale_bytes:
            # In units of 1 / ratio bytes, where the offset counts whole.
            r = g.ratio
            first = (base + low[0] + scale[0]) * r + offset[0]
            last = (base + low[1] + scale[1]) * r + offset[1] + reach
            last += (g.scale_bytes - 1) * r if self.all_scales else 0
            ends.append((first, last, steps[0] + (steps[2] + steps[3]) * r, r))
        counts = []
        for lowest, highest, step, unit in ends:
            begin, end = blocks.bounds(lowest // unit // REQUEST_BYTES)
            if step > 0 and end is not None:
                counts.append((end * REQUEST_BYTES * unit - 1 - highest) // step + 1)
            elif step < 0:
                counts.append((lowest - begin * REQUEST_BYTES * unit) // -step + 1)
        return max(min(counts, default=1 << 62), 1)

    def single(self, box: Box) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
        """Of its execution at ``box`` (a single iteration): the blocks in the order of issue, and
        which of them hold scales. None when the address depends on data."""
        piece = next(p for p in self.pieces if p.within(box) is not None)
        if piece.forms is None:
            return None
        offset, high, low, scale, stride = (
            (f.base + sum(c * box[v][0] for v, c in f.terms)) & _WORD for f in piece.forms
        )
        g = self.geometry
        rows = np.arange(g.rows, dtype=np.int64) * stride
        element = min((high << 32) + low + offset, BEYOND) + rows
        starts, lengths = [element], [g.element_bytes]
        if g.scale_bytes:
            at = min((high << 32) + low + scale + offset // g.ratio, BEYOND) + rows // g.ratio
            starts.append(at)
            lengths.append(g.scale_bytes if self.all_scales else 1)
        start = np.stack(starts, axis=1).reshape(-1)
        length = np.array(lengths * g.rows, np.int64)
        first = start // REQUEST_BYTES
        count = (start + length - 1) // REQUEST_BYTES - first + 1
        ends = np.cumsum(count)
        block = np.repeat(first - (ends - count), count) + np.arange(int(ends[-1]))
        is_scale = np.repeat(np.arange(len(start)) % len(starts) == 1, count)
        return block, is_scale

    def count(self, box: Box, tvm: bool) -> tuple[int, int]:
        """Blocks of elements and of scales over all executions in ``box``; unknown parts of an
        address count as 0."""
        elements = scales = 0
        machine = requests.Machine((self.geometry,) * 3, tvm)
        for piece in self.pieces:
            part = piece.within(box)
            if part is None:
                continue
            states = self._residues(piece, part, machine.period)
            keys = np.array(list(states), np.int64).reshape(-1, 4)
            offset, low, scale, stride = keys.T
            element = (low + offset) % REQUEST_BYTES
            at = (low + scale + offset // self.geometry.ratio) % REQUEST_BYTES
            e, s = requests.blocks(machine, self.kind, element, at, stride)
            for times, a, b in zip(states.values(), e.tolist(), s.tolist(), strict=True):
                elements += times * a
                scales += times * b
        return elements, scales

    def _residues(self, piece: Piece, box: Box, period: int) -> dict[tuple[int, ...], int]:
        """Executions per combination of offset, low, scale and stride modulo ``period``."""
        if piece.forms is None:
            times = 1
            for _, count in box.values():
                times *= count
            return {(0, 0, 0, 0): times}
        forms = [piece.forms[k] for k in (0, 2, 3, 4)]
        states: dict[tuple[int | None, ...], int] = {tuple(f.base % period for f in forms): 1}
        for loop, (first, count) in box.items():
            steps = [dict(f.terms).get(loop, 0) for f in forms]
            if any(steps):
                states = spread(states, steps, first, count, period)
            else:
                states = {key: times * count for key, times in states.items()}
        return states  # type: ignore[return-value]


def moving(traffic: Traffic, number: int, chain: Sequence[int]) -> Moving:
    """Transfer ``number`` of ``traffic``; ``chain`` are the loops around it, outermost first."""
    t, values = traffic.transfers, traffic.definitions.values
    parts = (t.offset, t.high, t.low, t.scale, t.stride)
    pieces = []
    for choice in itertools.product(
        *(list(values.alternatives(int(part[number]))) for part in parts)
    ):
        conditions: dict[int, bool] = {}
        if any(
            conditions.setdefault(loop, first) != first
            for condition, _ in choice
            for loop, first in condition
        ):
            continue
        forms = tuple(form for _, form in choice if form is not None)
        known = len(forms) == len(parts) and all(v in chain for f in forms for v, _ in f.terms)
        pieces.append(Piece(conditions, forms if known else None))
    kind = int(t.kind[number])
    return Moving(
        number,
        kind,
        traffic.machine.kinds[kind],
        traffic.machine.tvm or kind == STORE_V,
        tuple(chain),
        tuple(pieces),
    )


def _signed(step: int) -> int:
    """A step modulo 2^32 as the smaller of the two ways round."""
    return step - (1 << 32) if step >= _HALF else step


def _range(form: Affine, box: Box) -> tuple[int, int] | None:
    """The least and the greatest value of ``form`` over ``box``; None when it wraps."""
    base, low, high = form.base, 0, 0
    for loop, step in form.terms:
        first, count = box[loop]
        base += step * first
        way = _signed(step) * (count - 1)
        low, high = low + min(way, 0), high + max(way, 0)
    base &= _WORD
    return (base + low, base + high) if base + low >= 0 and base + high <= _WORD else None
