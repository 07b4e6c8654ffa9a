"""Which HBM bytes transfers touch: unique bytes, lowest and highest address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.intervals import ByteSet
from isa_analysis.traffic.linear import linear_pieces


@dataclass(frozen=True, slots=True)
class Touched:
    """``low`` and ``high`` (one past the end) are None when no address is known; ``unknown``
    counts static transfers whose addresses are not; ``exact`` is False when ``unique_bytes`` is
    an upper bound."""

    low: int | None
    high: int | None
    unique_bytes: int
    exact: bool
    unknown: int


def touched(traffic: Traffic, which: Iterable[int]) -> Touched:
    """What the transfers numbered ``which`` touch, elements and scales."""
    bytes_ = ByteSet()
    unknown = 0
    index = np.fromiter(which, np.int64)
    constant = _constant(traffic, index)
    for kind in range(3):
        mine = index[constant & (traffic.transfers.kind[index] == kind)]
        if len(mine):
            _add_constant(traffic, kind, mine, bytes_)
    for i in index[~constant].tolist():
        unknown += not _add_affine(traffic, i, bytes_)
    low, high = bytes_.bounds() or (None, None)
    return Touched(low, high, bytes_.size(), bytes_.exact, unknown)


def _constant(traffic: Traffic, index: NDArray[np.int64]) -> NDArray[np.bool_]:
    t = traffic.transfers
    out = np.ones(len(index), np.bool_)
    for part in (t.offset, t.high, t.low, t.scale, t.stride):
        out &= part[index] >= 0
    return out


def _row_offsets(stride: int, rows: int, ratio: int) -> NDArray[np.int64]:
    return np.arange(rows, dtype=np.int64) * stride // ratio


def _add_constant(traffic: Traffic, kind: int, index: NDArray[np.int64], bytes_: ByteSet) -> None:
    t, g = traffic.transfers, traffic.machine.kinds[kind]
    base = (t.high[index] << 32) + t.low[index]
    element = base + t.offset[index]
    scale = base + t.scale[index] + t.offset[index] // g.ratio
    keys = np.unique(np.stack([element, scale, t.stride[index]]), axis=1)
    for stride in np.unique(keys[2]).tolist():
        element, scale = keys[0, keys[2] == stride], keys[1, keys[2] == stride]
        for at, ratio, length in ((element, 1, g.element_bytes), (scale, g.ratio, g.scale_bytes)):
            if not length:
                continue
            rows = _row_offsets(stride, g.rows, ratio)
            if len(rows) > 1 and (np.diff(rows) <= length).all():
                bytes_.add(np.unique(at), int(rows[-1]) + length)
            else:
                bytes_.add((np.unique(at)[:, None] + rows[None, :]).reshape(-1), length)


def _add_affine(traffic: Traffic, i: int, bytes_: ByteSet) -> bool:
    """Add transfer ``i``; False when an address of it is unknown."""
    t = traffic.transfers
    g = traffic.machine.kinds[int(t.kind[i])]
    parts = [int(part[i]) for part in (t.offset, t.high, t.low, t.scale, t.stride)]
    known = True
    for piece in linear_pieces(traffic.definitions.values, parts, traffic.trips):
        if piece is None:
            known = False
            continue
        (offset, high, low, scale, stride), _ = piece
        if any(step for step, _ in (*high.dimensions, *stride.dimensions)):
            known = False  # a base that jumps by 4 GiB, or rows that spread from turn to turn
            continue
        base = (high.base << 32) + low.base
        turns = [
            (s + o, n) for (s, n), (o, _) in zip(low.dimensions, offset.dimensions, strict=True)
        ]
        _add_rows(bytes_, base + offset.base, turns, stride.base, g.rows, 1, g.element_bytes)
        if g.scale_bytes:
            if any(o % g.ratio for o, _ in offset.dimensions):
                known = False
                continue
            turns = [
                (s + c + o // g.ratio, n)
                for (s, n), (c, _), (o, _) in zip(
                    low.dimensions, scale.dimensions, offset.dimensions, strict=True
                )
            ]
            start = base + scale.base + offset.base // g.ratio
            _add_rows(bytes_, start, turns, stride.base, g.rows, g.ratio, g.scale_bytes)
    return known


def _add_rows(
    bytes_: ByteSet,
    start: int,
    turns: list[tuple[int, int]],
    stride: int,
    rows: int,
    ratio: int,
    length: int,
) -> None:
    if stride % ratio == 0:
        bytes_.add_box(start, [*turns, (stride // ratio, rows)], length)
    else:
        for shift in _row_offsets(stride, rows, ratio).tolist():
            bytes_.add_box(start + shift, turns, length)
