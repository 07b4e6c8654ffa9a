"""Exact questions about an affine value over all iterations, without visiting them.

An affine value under conditions lives on a *box*: every loop counter runs over an interval.
:func:`bounds` gives the smallest and largest value on it, :func:`first_at_least` and
:func:`first_not_multiple` the first iteration (in execution order) in which an address leaves its
memory or its alignment. The cost does not depend on trip counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow.values import WORD, Affine, Values

#: The number of a dimension that is no loop: the rows of one access.
ROWS = 1 << 62
_MODULUS = WORD + 1
#: Where no closed form applies, this many iterations are looked at, in execution order.
SCAN = 1 << 16

#: Sums beyond this wrap in any case.
_FAR = 1 << 62

#: Iteration number per dimension of a box, outermost first.
Vector = tuple[int, ...]


class Undecided(Exception):
    """Neither the closed form nor looking at the first iterations gives an answer."""


@dataclass(frozen=True, slots=True)
class Box:
    """``base + sum(coefficient * counter)`` modulo 2^32 over ``low <= counter <= high``.

    ``dims`` lists (loop, signed coefficient, low, high), outermost loop first.
    """

    base: int
    dims: tuple[tuple[int, int, int, int], ...]

    def loops(self) -> tuple[int, ...]:
        """The loop (or :data:`ROWS`) of each dimension."""
        return tuple(d[0] for d in self.dims)

    def span(self) -> tuple[int, int]:
        """Smallest and largest value of the sum before it is reduced."""
        low = high = self.base
        for _, c, first, last in self.dims:
            low += c * (first if c > 0 else last)
            high += c * (last if c > 0 else first)
        return low, high

    def lowest(self) -> Vector:
        """The first iteration."""
        return tuple(d[2] for d in self.dims)


def boxes(
    values: Values,
    value: int,
    trips: Sequence[int],
    rows: tuple[int, int] = (1, 0),
    under: Sequence[tuple[int, bool]] = (),
) -> list[Box | None]:
    """The boxes of ``value``; None for an alternative that is unknown.

    ``trips`` are the trip counts by loop. ``rows`` = (count, step) adds the rows of an access as an
    innermost dimension; ``under`` are conditions that hold besides those of the value.
    """
    out: list[Box | None] = []
    for conditions, form in values.alternatives(value):
        ranges = _ranges((*conditions, *under), trips)
        if ranges is None:
            continue
        solved = form is not None and all(v >= 0 for v, _ in form.terms)
        out.append(_box(form, ranges, trips, rows) if form is not None and solved else None)
    return out


def _ranges(
    conditions: Sequence[tuple[int, bool]], trips: Sequence[int]
) -> dict[int, tuple[int, int]] | None:
    """The interval of each conditional loop; None when one is empty."""
    ranges: dict[int, tuple[int, int]] = {}
    for loop, is_first in conditions:
        interval = (0, 0) if is_first else (1, trips[loop] - 1)
        if interval[0] > interval[1] or ranges.setdefault(loop, interval) != interval:
            return None
    return ranges


def _box(
    form: Affine, ranges: dict[int, tuple[int, int]], trips: Sequence[int], rows: tuple[int, int]
) -> Box:
    coefficients = dict(form.terms)
    dims = []
    for loop in sorted(coefficients.keys() | ranges.keys()):
        low, high = ranges.get(loop, (0, trips[loop] - 1))
        dims.append((loop, _signed(coefficients.get(loop, 0), _MODULUS), low, high))
    count, step = rows
    if count > 1:
        dims.append((ROWS, _signed(step, _MODULUS), 0, count - 1))
    return Box(form.base, tuple(dims))


def _signed(coefficient: int, modulus: int) -> int:
    coefficient %= modulus
    return coefficient if 2 * coefficient < modulus else coefficient - modulus


def bounds(values: Values, value: int, trips: Sequence[int]) -> tuple[int, int] | None:
    """Smallest and largest 32-bit number that ``value`` takes; None when it is unknown, or wraps
    around so that a closed form does not give them."""
    if value >= 0:
        return value, value
    found: list[tuple[int, int]] = []
    for box in boxes(values, value, trips):
        if box is None:
            return None
        low, high = box.span()
        if low // _MODULUS == high // _MODULUS:
            found.append((low % _MODULUS, high % _MODULUS))
        elif _size(box) <= SCAN:
            numbers = _numbers(box, SCAN)[1]
            found.append((int(numbers.min()), int(numbers.max())))
        else:
            return None
    return (min(f[0] for f in found), max(f[1] for f in found)) if found else None


@dataclass(frozen=True, slots=True)
class Outline:
    """What quickly clears most values of suspicion, one row per distinct value.

    All numbers that ``value[i]`` takes lie in ``low[i]..high[i]`` (before they are reduced to 32
    bits) and are multiples of ``divisor[i]`` (0: the value is always 0). ``unknown[i]``: some of
    its alternatives are not known, and not covered.
    """

    value: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    divisor: NDArray[np.int64]
    unknown: NDArray[np.bool_]


def outline(values: Values, value: NDArray[np.int64], trips: Sequence[int]) -> Outline:
    """The outline of the distinct values ``value``."""
    forms = [values.form(v) if v < 0 else None for v in value.tolist()]
    simple = [
        type(form) is Affine and len(form.terms) == 1 and form.terms[0][0] >= 0 for form in forms
    ]
    low, high, divisor = np.zeros((3, len(value)), np.int64)
    out = Outline(value, low, high, divisor, np.zeros(len(value), np.bool_))
    # Nearly all values run with one loop: base + c * iteration.
    which = np.flatnonzero(simple)
    plain = [form for form, is_simple in zip(forms, simple, strict=True) if is_simple]
    base = np.array([form.base for form in plain if type(form) is Affine], np.int64)
    terms = [form.terms[0] for form in plain if type(form) is Affine]
    step = np.array([c for _, c in terms], np.int64)
    last = np.array([trips[loop] - 1 for loop, _ in terms], np.int64)
    reach = np.where(step < _MODULUS // 2, step, step - _MODULUS) * last
    out.low[which] = base + np.minimum(reach, 0)
    out.high[which] = base + np.maximum(reach, 0)
    out.divisor[which] = np.gcd(base, step)
    for i in np.flatnonzero(np.logical_not(simple)).tolist():
        pieces = boxes(values, int(value[i]), trips)
        known = [box for box in pieces if box is not None]
        spans = [box.span() for box in known]
        out.low[i] = max(min((s[0] for s in spans), default=0), -_FAR)
        out.high[i] = min(max((s[1] for s in spans), default=0), _FAR)
        out.divisor[i] = math.gcd(
            *(n for box in known for n in (box.base, *(d[1] for d in box.dims)))
        )
        out.unknown[i] = len(known) < len(pieces)
    return out


def first_at_least(box: Box, limit: int, modulus: int = _MODULUS) -> Vector | None:
    """The first iteration in which the value modulo ``modulus`` is ``limit`` or more.

    Exact. Raises :class:`Undecided` when the value wraps in a way that needs a search. The search
    works because a counter's step is at most half the modulus, so no step jumps over the stretch
    that is too large: then a box holds such a value whenever its ends are not within one good
    stretch.
    """
    if limit <= 0:
        return box.lowest()
    if limit >= modulus:
        return None
    if not _reducible(box, modulus):
        return first_by_scan(box, lambda a: a % modulus >= limit)
    dims = [(_signed(c, modulus), low, high) for _, c, low, high in box.dims]
    if any(abs(c) > modulus - limit for c, low, high in dims if high > low):
        low, high = box.span()
        if modulus == _MODULUS and low // modulus == high // modulus:
            dims = [d[1:] for d in box.dims]  # no wrap: every coefficient counts as it is
        else:
            return first_by_scan(box, lambda a: a % modulus >= limit)
    position = box.base
    rest_low = sum(c * (low if c > 0 else high) for c, low, high in dims)
    rest_high = sum(c * (high if c > 0 else low) for c, low, high in dims)
    out: list[int] = []
    for c, low, high in dims:
        rest_low -= c * (low if c > 0 else high)
        rest_high -= c * (high if c > 0 else low)
        at = _first_index(
            position + rest_low, c, low, high, limit - (rest_high - rest_low), modulus
        )
        if at is None:
            return None
        out.append(at)
        position += c * at
    return tuple(out) if position % modulus >= limit else None


def _first_index(start: int, c: int, low: int, high: int, limit: int, modulus: int) -> int | None:
    """The smallest i in low..high with (start + c * i) modulo ``modulus`` >= ``limit``."""
    at = start + c * low
    window = at // modulus * modulus
    if limit <= 0 or at - window >= limit:
        return low
    if not c:
        return None
    steps = -((at - window - limit) // c) if c > 0 else (at - window) // -c + 1
    return low + steps if low + steps <= high else None


def first_not_multiple(box: Box, divisor: int) -> Vector | None:
    """The first iteration in which the value is not a multiple of ``divisor``. Exact; may raise
    :class:`Undecided` for a divisor that is no power of two when the value wraps."""
    if not _reducible(box, divisor):
        return first_by_scan(box, lambda a: a % divisor != 0)
    lowest = list(box.lowest())
    if (box.base + sum(d[1] * d[2] for d in box.dims)) % divisor:
        return tuple(lowest)
    for k in range(len(lowest) - 1, -1, -1):
        _, c, low, high = box.dims[k]
        if high > low and c % divisor:
            lowest[k] += 1
            return tuple(lowest)
    return None


def _reducible(box: Box, modulus: int) -> bool:
    """Whether the value modulo ``modulus`` is that of the unreduced sum."""
    if _MODULUS % modulus == 0:
        return True
    low, high = box.span()
    return low >= 0 and high < _MODULUS


def first_by_scan(
    box: Box, fails: Callable[[NDArray[np.int64]], NDArray[np.bool_]]
) -> Vector | None:
    """The first iteration whose value ``fails``, by looking at the first :data:`SCAN` of them.

    Raises :class:`Undecided` when none of these does and there are more.
    """
    indices, numbers = _numbers(box, SCAN)
    bad = np.flatnonzero(fails(numbers))
    if len(bad):
        return tuple(int(column[bad[0]]) for column in indices)
    if _size(box) > SCAN:
        raise Undecided
    return None


def _size(box: Box) -> int:
    size = 1
    for _, _, low, high in box.dims:
        size *= high - low + 1
    return size


def _numbers(box: Box, most: int) -> tuple[list[NDArray[np.int64]], NDArray[np.int64]]:
    """The first ``most`` iterations in execution order: counters per dimension, and the values."""
    count = min(_size(box), most)
    rest = np.arange(count, dtype=np.int64)
    indices: list[NDArray[np.int64]] = []
    total = np.full(count, box.base, np.int64)
    for _, c, low, high in reversed(box.dims):
        rest, index = np.divmod(rest, high - low + 1)
        indices.append(index + low)
        total = (total + c * (index + low)) & WORD
    return indices[::-1], total


def evaluate(values: Values, value: int, vector: Mapping[int, int]) -> int | None:
    """``value`` in the iterations of ``vector``; loops it does not name are in their first."""
    return values.evaluate(value, _FirstElse(vector))


class _FirstElse(dict[int, int]):
    def __missing__(self, loop: int) -> int:
        return 0
