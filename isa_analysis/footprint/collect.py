"""What accesses touch in one memory, for many groups of accesses at once.

All groups share one set of ranges: each has an address space of its own in it, far from the others.
Accesses that move in the same way differ in where they begin only, so that way is worked out once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import Affine, Values
from isa_analysis.dataflow.accesses import Accesses, Shape
from isa_analysis.traffic.intervals import ByteSet, box_of
from isa_analysis.traffic.linear import linear_pieces

_HALF, _FULL = 1 << 31, 1 << 32
#: Bits of a group's address space: room for 8192 rows of a stride below 2^32.
_SPACE = 45
_MASK = (1 << _SPACE) - 1

Ints = NDArray[np.int64]
#: The dimensions of a moving access, (step, count) each, and the length of a piece.
_Motion = tuple[tuple[tuple[int, int], ...], int]


@dataclass(frozen=True, slots=True)
class Collected:
    """Disjoint ranges in ascending order, by group. ``unknown[g]`` counts the accesses of group g
    whose address depends on data (they are in no range); groups in ``inexact`` have ranges around
    what was too scattered to be listed."""

    start: Ints
    end: Ints
    unknown: dict[int, int]
    inexact: frozenset[int]

    def of_group(self, group: int) -> tuple[Ints, Ints]:
        """Starts and ends of the ranges of one group."""
        space = group << _SPACE
        cut = slice(*np.searchsorted(self.start, [space, space + _MASK + 1]))
        return self.start[cut] - space, self.end[cut] - space

    def union(self) -> tuple[Ints, Ints]:
        """Starts and ends of the ranges of all groups together."""
        units = ByteSet()
        units.add(self.start & _MASK, self.end - self.start)
        return units.ranges()


def collect(
    accesses: Accesses,
    which: Ints,
    group: NDArray[np.int32],
    values: Values,
    trips: Sequence[int],
) -> Collected:
    """What the accesses numbered ``which`` touch; ``group[i]`` is the group of ``which[i]``."""
    address, step = accesses.address[which], accesses.step[which]
    site, space = accesses.site[which], group.astype(np.int64) << _SPACE
    units = ByteSet()
    constant = (address >= 0) & (step >= 0)
    for number in np.flatnonzero(np.bincount(site[constant])).tolist():
        here = np.flatnonzero(constant & (site == number))
        shape = accesses.sites[number].shape
        for s in np.unique(step[here]).tolist():
            at = here[step[here] == s]
            box = box_of([(s, shape.rows)], shape.length)
            units.add_rows(space[at] + address[at], box.starts, box.length)
    moving = np.flatnonzero(~constant)
    keys = (space[moving], address[moving], step[moving], site[moving])
    distinct = Counter(zip(*(key.tolist() for key in keys), strict=True))
    motions: dict[_Motion, list[int]] = {}
    unknown: dict[int, int] = {}
    inexact: set[int] = set()
    for (at, a, s, number), count in distinct.items():
        shape = accesses.sites[number].shape
        pieces, known = _pieces(values, a, s, shape, trips)
        for base, dimensions in pieces:
            motions.setdefault((dimensions, shape.length), []).append(at + base)
        if not known:
            unknown[at >> _SPACE] = unknown.get(at >> _SPACE, 0) + count
    for (dimensions, length), bases in motions.items():
        box = box_of(dimensions, length)
        if not box.exact:
            inexact |= {base >> _SPACE for base in bases}
        units.add_rows(np.array(bases, np.int64), box.starts, box.length)
    return Collected(*units.ranges(), unknown, frozenset(inexact))


def _pieces(
    values: Values, address: int, step: int, shape: Shape, trips: Sequence[int]
) -> tuple[list[tuple[int, tuple[tuple[int, int], ...]]], bool]:
    """Base and dimensions of all executions of one access; whether that is all of them."""
    form = values.form(address) if address < 0 else None
    if type(form) is Affine and step >= 0:
        # The common case, without the general machinery: running pointers that never wrap.
        low = high = form.base
        dimensions = [(step, shape.rows)]
        for loop, c in form.terms:
            signed = c - _FULL if c >= _HALF else c
            reach = signed * (trips[loop] - 1)
            low, high = low + min(reach, 0), high + max(reach, 0)
            dimensions.append((signed, trips[loop]))
        if low >= 0 and high < _FULL:
            return [(form.base, tuple(dimensions))], True
    known = True
    pieces = []
    for piece in linear_pieces(values, [address, step], trips):
        if piece is None or any(s for s, _ in piece[0][1].dimensions):
            known = False
            continue
        at, distance = piece[0]
        pieces.append((at.base, (*at.dimensions, (distance.base, shape.rows))))
    return pieces, known
