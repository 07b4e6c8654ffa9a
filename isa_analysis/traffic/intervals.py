"""Unions of byte ranges: what a set of transfers touches, each byte counted once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

#: A box with more separate pieces than this is taken as one range, and the union as a bound.
_MAX_PIECES = 1 << 18
#: Merge what has been collected whenever it grows beyond this many ranges.
_MAX_PENDING = 1 << 20


@dataclass(frozen=True, slots=True)
class Box:
    """The ranges ``[start, start + length)``; not ``exact``: one range around all of them."""

    starts: NDArray[np.int64]
    length: int
    exact: bool


def box_of(dimensions: Iterable[tuple[int, int]], length: int) -> Box:
    """``[a, a + length)`` for every ``a = sum(step * k)``, ``k < count``, neighbours joined."""
    dimensions = [(step, count) for step, count in dimensions if step and count > 1]
    base = sum(step * (count - 1) for step, count in dimensions if step < 0)
    outer: list[tuple[int, int]] = []
    for step, count in sorted((abs(step), count) for step, count in dimensions):
        if step <= length and not outer:
            length += step * (count - 1)
        else:
            outer.append((step, count))
    exact = math.prod(count for _, count in outer) <= _MAX_PIECES
    if not exact:
        length += sum(step * (count - 1) for step, count in outer)
        outer = []
    starts = np.array([base], np.int64)
    for step, count in outer:
        steps = np.arange(count, dtype=np.int64) * step
        starts = (starts[:, None] + steps[None, :]).reshape(-1)
    return Box(starts, length, exact)


def joined(
    start: NDArray[np.int64], length: NDArray[np.int64] | int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The union of ``[start, start + length)``, ``start`` ascending, as disjoint ranges."""
    reach = np.maximum.accumulate(start + length)
    opens = np.ones(len(start), np.bool_)
    opens[1:] = start[1:] > reach[:-1]
    closes = np.append(np.flatnonzero(opens)[1:] - 1, len(start) - 1)
    return start[opens], reach[closes]


@dataclass(slots=True)
class ByteSet:
    """A growing union of half-open byte ranges.

    ``exact`` turns False when a box was too scattered to be listed: :meth:`size` is then an upper
    bound.
    """

    exact: bool = True
    _starts: list[NDArray[np.int64]] = field(default_factory=list)
    _ends: list[NDArray[np.int64]] = field(default_factory=list)
    _pending: int = 0

    def add(self, starts: NDArray[np.int64], lengths: NDArray[np.int64] | int) -> None:
        """Add the ranges ``[start, start + length)``."""
        self._starts.append(starts)
        self._ends.append(starts + lengths)
        self._pending += len(starts)
        if self._pending > _MAX_PENDING:
            self._compact()

    def add_rows(self, starts: NDArray[np.int64], rows: NDArray[np.int64], length: int) -> None:
        """Add ``[a, a + length)`` for every ``a = start + row``."""
        if not len(starts):
            return
        # Neighbours are joined before there are as many of them as rows.
        start, end = joined(np.sort(starts), length)
        batch = max(1, _MAX_PENDING // len(rows))
        for i in range(0, len(start), batch):
            first, size = start[i : i + batch], (end - start)[i : i + batch]
            self.add((first[None, :] + rows[:, None]).reshape(-1), np.tile(size, len(rows)))

    def add_box(self, base: int, dimensions: Iterable[tuple[int, int]], length: int) -> None:
        """Add ``[a, a + length)`` for every ``a = base + sum(step * k)``, ``k < count``."""
        box = box_of(dimensions, length)
        self.exact &= box.exact
        self.add(base + box.starts, box.length)

    def _compact(self) -> None:
        start, end = self.ranges()
        self._starts, self._ends, self._pending = [start], [end], 0

    def ranges(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The union as sorted disjoint ranges: starts and ends."""
        if not any(map(len, self._starts)):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        start, end = np.concatenate(self._starts), np.concatenate(self._ends)
        order = np.argsort(start, kind="stable")  # quick where runs are sorted, as most are
        return joined(start[order], (end - start)[order])

    def size(self) -> int:
        """Bytes in the union."""
        start, end = self.ranges()
        return int((end - start).sum())

    def bounds(self) -> tuple[int, int] | None:
        """The lowest byte and one past the highest; None when empty."""
        start, end = self.ranges()
        return (int(start[0]), int(end[-1])) if len(start) else None
