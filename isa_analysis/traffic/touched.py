"""Which HBM bytes transfers touch: unique bytes, lowest and highest address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.intervals import Box, ByteSet, box_of
from isa_analysis.traffic.linear import linear_pieces

Ints = NDArray[np.int64]


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


def touched(traffic: Traffic, which: Sequence[int]) -> Touched:
    """What the transfers numbered ``which`` touch, elements and scales."""
    return touched_by(traffic, [which])[0]


def touched_by(traffic: Traffic, groups: Sequence[Sequence[int]]) -> list[Touched]:
    """As :func:`touched`, for several groups of transfers at once."""
    index = np.fromiter((i for which in groups for i in which), np.int64)
    group = np.repeat(np.arange(len(groups)), [len(which) for which in groups])
    constant = _constant(traffic, index)
    moving = np.flatnonzero(~constant)
    boxes: list[tuple[int, int, Box]] = []
    unknown, exact = [0] * len(groups), [True] * len(groups)
    for g, i in zip(group[moving].tolist(), index[moving].tolist(), strict=True):
        found = list(_boxes(traffic, i))
        unknown[g] += None in found
        for start, box in filter(None, found):
            boxes.append((g, start, box))
            exact[g] &= box.exact
    rows = [
        part
        for kind in range(3)
        if len(mine := np.flatnonzero(constant & (traffic.transfers.kind[index] == kind)))
        for part in _rows(traffic, kind, index[mine], group[mine])
    ]
    sizes = _sizes(boxes, rows, len(groups))
    return [
        Touched(low, high, size, exact[g], unknown[g]) for g, (low, high, size) in enumerate(sizes)
    ]


def _constant(traffic: Traffic, index: Ints) -> NDArray[np.bool_]:
    t = traffic.transfers
    out = np.ones(len(index), np.bool_)
    for part in (t.offset, t.high, t.low, t.scale, t.stride):
        out &= part[index] >= 0
    return out


@dataclass(frozen=True, slots=True)
class _Rows:
    """``[a, a + length)`` for every ``a = start[i] + row``, which group ``group[i]`` touches."""

    group: Ints
    start: Ints
    row: Ints
    length: int


def _row_offsets(stride: int, rows: int, ratio: int) -> Ints:
    return np.arange(rows, dtype=np.int64) * stride // ratio


def _rows(traffic: Traffic, kind: int, index: Ints, group: Ints) -> Iterator[_Rows]:
    """The rows of transfers of one kind at constant addresses."""
    t, g = traffic.transfers, traffic.machine.kinds[kind]
    base = (t.high[index] << 32) + t.low[index]
    element = base + t.offset[index]
    scale = base + t.scale[index] + t.offset[index] // g.ratio
    for stride in np.unique(t.stride[index]).tolist():
        mine = t.stride[index] == stride
        for at, ratio, length in ((element, 1, g.element_bytes), (scale, g.ratio, g.scale_bytes)):
            if length:
                row = _row_offsets(stride, g.rows, ratio)
                yield _Rows(group[mine], at[mine], row, length)


def _boxes(traffic: Traffic, i: int) -> Iterator[tuple[int, Box] | None]:
    """What transfer ``i`` touches at moving addresses; None for a part that is not known."""
    t = traffic.transfers
    g = traffic.machine.kinds[int(t.kind[i])]
    parts = [int(part[i]) for part in (t.offset, t.high, t.low, t.scale, t.stride)]
    for piece in linear_pieces(traffic.definitions.values, parts, traffic.trips):
        if piece is None:
            yield None
            continue
        (offset, high, low, scale, stride), _ = piece
        if any(step for step, _ in (*high.dimensions, *stride.dimensions)):
            yield None  # a base that jumps by 4 GiB, or rows that spread from turn to turn
            continue
        base = (high.base << 32) + low.base
        turns = [
            (s + o, n) for (s, n), (o, _) in zip(low.dimensions, offset.dimensions, strict=True)
        ]
        yield from _box_rows(base + offset.base, turns, stride.base, g.rows, 1, g.element_bytes)
        if g.scale_bytes:
            if any(o % g.ratio for o, _ in offset.dimensions):
                yield None
                continue
            turns = [
                (s + c + o // g.ratio, n)
                for (s, n), (c, _), (o, _) in zip(
                    low.dimensions, scale.dimensions, offset.dimensions, strict=True
                )
            ]
            start = base + scale.base + offset.base // g.ratio
            yield from _box_rows(start, turns, stride.base, g.rows, g.ratio, g.scale_bytes)


def _box_rows(
    start: int, turns: list[tuple[int, int]], stride: int, rows: int, ratio: int, length: int
) -> Iterator[tuple[int, Box]]:
    if stride % ratio == 0:
        yield start, box_of([*turns, (stride // ratio, rows)], length)
    else:
        for shift in _row_offsets(stride, rows, ratio).tolist():
            yield start + shift, box_of(turns, length)


def _sizes(
    boxes: Sequence[tuple[int, int, Box]], rows: Sequence[_Rows], groups: int
) -> list[tuple[int | None, int | None, int]]:
    """Per group the lowest byte, one past the highest, and how many bytes there are."""
    ends = [int(r.start.max() + r.row[-1]) + r.length for r in rows]
    ends += [start + int(box.starts[-1]) + box.length for _, start, box in boxes]
    # Each group has an address space of its own; as many at a time as a 64-bit number holds.
    space = max(ends, default=0).bit_length()
    batch = max(1, 1 << max(0, 62 - space))
    out: list[tuple[int | None, int | None, int]] = []
    for first in range(0, groups, batch):
        last = min(first + batch, groups)
        bytes_ = ByteSet()
        for r in rows:
            now = (r.group >= first) & (r.group < last)
            bytes_.add_rows(((r.group[now] - first) << space) + r.start[now], r.row, r.length)
        for g, start, box in boxes:
            if first <= g < last:
                bytes_.add(((g - first) << space) + start + box.starts, box.length)
        starts, lasts = bytes_.ranges()
        cuts = np.searchsorted(starts, np.arange(last - first + 1) << space)
        for g in range(last - first):
            mine, shift = slice(cuts[g], cuts[g + 1]), g << space
            s, e = starts[mine], lasts[mine]
            bounds = (int(s[0]) - shift, int(e[-1]) - shift) if len(s) else (None, None)
            out.append((*bounds, int((e - s).sum())))
    return out
