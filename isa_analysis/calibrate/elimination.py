"""Which unknowns of a linear system are determined: Gaussian elimination to reduced rows.

Works on exact fractions (counts are integers: the rank is a fact, not a guess) and on floats with a
tolerance. A reduced row with a single entry determines its unknown; one with several determines
only that combination.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

N = TypeVar("N", Fraction, float)


@dataclass(frozen=True, slots=True)
class Reduced(Generic[N]):
    """Reduced rows: ``rows[i][j]`` is the factor of unknown j, the last entry the right-hand side;
    the first non-zero factor of a row is 1. ``consistent``: no row contradicted another."""

    rows: tuple[tuple[N, ...], ...]
    unknowns: int
    consistent: bool

    def determined(self) -> dict[int, N]:
        """Unknown -> value, for those that the rows determine alone."""
        out = {}
        for row in self.rows:
            used = _used(row)
            if len(used) == 1:
                out[used[0]] = row[-1]
        return out

    def combinations(self) -> list[tuple[dict[int, N], N]]:
        """Factors by unknown and value of each combination of several unknowns."""
        return [
            ({j: row[j] for j in used}, row[-1]) for row in self.rows if len(used := _used(row)) > 1
        ]

    def seen(self) -> set[int]:
        """Unknowns that occur in any row."""
        return {j for row in self.rows for j in _used(row)}


def _used(row: Sequence[N]) -> list[int]:
    return [j for j, factor in enumerate(row[:-1]) if factor != 0]


def reduce_exactly(rows: Iterable[Sequence[int | Fraction]], unknowns: int) -> Reduced[Fraction]:
    """``rows`` of ``unknowns`` factors and a right-hand side, reduced in exact arithmetic."""
    # The pivot of a kept row is its first entry; kept rows have 0 in all other pivot columns.
    kept: dict[int, list[Fraction]] = {}
    consistent = True
    for given in set(map(tuple, rows)):
        row = [Fraction(x) for x in given]
        for pivot, other in kept.items():
            if row[pivot]:
                _subtract(row, other, row[pivot])
        pivot = next((j for j in range(unknowns) if row[j]), -1)
        if pivot < 0:
            consistent &= not row[-1]
            continue
        lead = row[pivot]
        row = [x / lead for x in row]
        for other in kept.values():
            if other[pivot]:
                _subtract(other, row, other[pivot])
        kept[pivot] = row
    ordered = tuple(tuple(kept[pivot]) for pivot in sorted(kept))
    return Reduced(ordered, unknowns, consistent)


def _subtract(row: list[Fraction], other: Sequence[Fraction], factor: Fraction) -> None:
    for j, x in enumerate(other):
        if x:
            row[j] -= factor * x


def reduce_floats(
    rows: Iterable[Sequence[float]], unknowns: int, tolerance: float = 1e-7
) -> Reduced[float]:
    """``rows`` of ``unknowns`` factors and a right-hand side, reduced with the largest pivots.

    Columns are scaled to a largest factor of 1; what is below ``tolerance`` then counts as 0.
    Consistency is not judged: measured times never agree to the last digit.
    """
    import numpy as np

    from isa_analysis.calibrate.least_squares import triangle

    table = np.array([list(row) for row in rows], dtype=np.float64)
    if not table.size:
        return Reduced((), unknowns, consistent=True)
    # A triangular factor has the same solutions; its few rows are cheap to reduce.
    length = np.abs(table[:, :-1]).max(axis=1, initial=0)
    table = table[length > 0] / length[length > 0, None]
    scale = np.abs(table[:, :-1]).max(axis=0, initial=0)
    scale[scale == 0] = 1
    table[:, :-1] /= scale
    table = triangle(table) if len(table) else table
    table /= max(1.0, float(np.abs(table[:, :-1]).max(initial=0)))
    pivots: list[int] = []
    for column in range(unknowns):
        at = len(pivots)
        if at == len(table):
            break
        best = at + int(np.argmax(np.abs(table[at:, column])))
        if abs(table[best, column]) <= tolerance:
            table[at:, column] = 0
            continue
        table[[at, best]] = table[[best, at]]
        table[at] /= table[at, column]
        for other in range(len(table)):
            if other != at:
                table[other] -= table[other, column] * table[at]
        pivots.append(column)
    table = table[: len(pivots)]
    factors = table[:, :-1]
    factors[np.abs(factors) <= tolerance * 10] = 0
    factors *= scale  # a scaled column stands for its unknown divided by the scale
    out = []
    for row, pivot in zip(table.tolist(), pivots, strict=True):
        lead = row[pivot]
        out.append(tuple(x / lead for x in row))
    return Reduced(tuple(out), unknowns, consistent=True)
