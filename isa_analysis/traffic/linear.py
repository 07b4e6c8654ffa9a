"""Affine values as integers: without the modulus where nothing wraps.

Values of the dataflow are modulo 2^32. Over the iterations that a program really runs they hardly
ever wrap, and then ``base + sum(step * iteration)`` with signed steps is the address itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isa_analysis.dataflow import Affine, Values

_HALF = 1 << 31
_FULL = 1 << 32


@dataclass(frozen=True, slots=True)
class Linear:
    """``base + sum(step * k for k in range(count))``, one ``(step, count)`` per dimension."""

    base: int
    dimensions: tuple[tuple[int, int], ...]

    @property
    def low(self) -> int:
        """The smallest number of the set."""
        return self.base + sum(min(step * (count - 1), 0) for step, count in self.dimensions)

    @property
    def high(self) -> int:
        """The largest number of the set."""
        return self.base + sum(max(step * (count - 1), 0) for step, count in self.dimensions)


def linear_pieces(
    values: Values, components: Sequence[int], trips: Sequence[int]
) -> Iterator[tuple[list[Linear], dict[int, tuple[int, int]]] | None]:
    """The integer forms of ``components`` over the iterations, piece by piece.

    Each piece is a list of forms over the same loops (dimensions in the order of the returned
    ``{loop: (first, count)}``); None stands for a piece with an unknown or a wrapping value.
    """
    for pieces in itertools.product(*(list(values.alternatives(c)) for c in components)):
        conditions: dict[int, bool] = {}
        if any(
            conditions.setdefault(loop, first) != first
            for parts, _ in pieces
            for loop, first in parts
        ):
            continue
        forms = [form for _, form in pieces]
        if any(form is None for form in forms):
            yield None
            continue
        loops = sorted({v for f in forms if f is not None for v, _ in f.terms} | set(conditions))
        domain = {loop: _domain(loop, conditions, trips) for loop in loops}
        if any(count <= 0 for _, count in domain.values()):
            continue
        out = [_integer(form, domain) for form in forms if form is not None]
        whole = [form for form in out if form is not None]
        yield (whole, domain) if len(whole) == len(out) else None


def _domain(loop: int, conditions: dict[int, bool], trips: Sequence[int]) -> tuple[int, int]:
    if loop not in conditions:
        return 0, trips[loop]
    return (0, 1) if conditions[loop] else (1, trips[loop] - 1)


def _integer(form: Affine, domain: dict[int, tuple[int, int]]) -> Linear | None:
    """``form`` over ``domain`` with signed steps; None when it wraps."""
    steps = dict(form.terms)
    base = form.base
    dimensions = []
    for loop, (first, count) in domain.items():
        step = steps.get(loop, 0)
        step = step - _FULL if step >= _HALF else step
        base += step * first
        dimensions.append((step, count))
    out = Linear(base, tuple(dimensions))
    if out.low < 0 or out.high >= _FULL:
        out = Linear(base % _FULL, tuple(dimensions))
        if out.low < 0 or out.high >= _FULL:
            return None
    return out
