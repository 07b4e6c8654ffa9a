"""Whole-cycle parameters from cycle counts: exactly where the measurements agree, else robustly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from isa_analysis.calibrate.elimination import Reduced, reduce_exactly
from isa_analysis.calibrate.least_squares import robust_fit


@dataclass(frozen=True, slots=True)
class Row:
    """``sum(slopes[name] * value[name]) = target`` cycles: something measured of run ``run``
    (``what`` says what), less what does not depend on parameters."""

    run: int
    what: str
    slopes: Mapping[str, int]
    target: int | Fraction

    @property
    def size(self) -> float:
        """What a deviation is relative to (cycles)."""
        return max(abs(float(self.target)), 1.0)

    def with_values(self, known: Mapping[str, int]) -> Row:
        """The equation of the other parameters, once some are known."""
        fixed = sum(factor * known[name] for name, factor in self.slopes.items() if name in known)
        rest = {name: factor for name, factor in self.slopes.items() if name not in known}
        return Row(self.run, self.what, rest, self.target - fixed)


@dataclass(frozen=True, slots=True)
class WholeFit:
    """Values of the parameters that the rows determine, with standard errors (0: exact, infinite:
    not determined); indices of the rows set aside; what the other rows determine together."""

    values: Mapping[str, int]
    errors: Mapping[str, float]
    outliers: tuple[int, ...]
    combinations: tuple[tuple[Mapping[str, Fraction], float], ...]
    seen: frozenset[str]


def fit_whole(rows: Sequence[Row], start: Mapping[str, int]) -> WholeFit:
    """The whole numbers, at least 0, that explain ``rows``; ``start`` has the board's value of
    every parameter.

    When all rows agree, the result is exact. Else the rows that deviate far more than the others
    are set aside; when the rest agrees, the result is exact again, and otherwise it is the
    rounded robust least-squares solution. A parameter that only rows set aside have a part in is
    fitted to those, with the others known: rows must not go for what nothing else speaks of.
    """
    fit = _fit(rows, start)
    again = [
        i
        for i in fit.outliers
        if (left := set(rows[i].slopes) - fit.values.keys()) and not left & fit.seen
    ]
    if not again or len(again) == len(rows):
        return fit
    more = fit_whole([rows[i].with_values(fit.values) for i in again], start)
    still = {again[i] for i in more.outliers} | (set(fit.outliers) - set(again))
    return WholeFit(
        {**fit.values, **more.values},
        {**fit.errors, **more.errors},
        tuple(sorted(still)),
        (*fit.combinations, *more.combinations),
        fit.seen | more.seen,
    )


def _fit(rows: Sequence[Row], start: Mapping[str, int]) -> WholeFit:
    """The fit of all rows at once."""
    names = sorted({name for row in rows for name in row.slopes})
    table = [_table_row(row, names) for row in rows]
    reduced = reduce_exactly(table, len(names))
    if reduced.consistent and (exact := _whole(reduced)) is not None:
        return _result(names, exact, dict.fromkeys(exact, 0.0), (), reduced)
    used = [i for i, row in enumerate(rows) if row.slopes]
    wrong = [i for i, row in enumerate(rows) if not row.slopes and row.target]
    if not used:
        return _result(names, {}, {}, tuple(wrong), reduced)
    a = np.array([[float(rows[i].slopes.get(n, 0)) for n in names] for i in used])
    y = np.array([float(rows[i].target) for i in used])
    size = np.array([rows[i].size for i in used])
    begin = np.array([float(start[n]) for n in names])
    fit = robust_fit(a, y, size, np.ones(len(y)), begin)
    outliers = sorted([*wrong, *(used[i] for i in np.flatnonzero(fit.outlier))])
    kept = [table[i] for i in range(len(rows)) if i not in set(outliers)]
    reduced = reduce_exactly(kept, len(names))
    if reduced.consistent and (exact := _whole(reduced)) is not None:
        return _result(names, exact, dict.fromkeys(exact, 0.0), tuple(outliers), reduced)
    found = reduced.determined()
    keep = ~fit.outlier
    x = _rounded(a[keep], y[keep], size[keep], fit.values, sorted(found))
    values = {j: int(x[j]) for j in found}
    errors = {j: max(float(fit.errors[j]), abs(float(fit.values[j]) - values[j])) for j in found}
    return _result(names, values, errors, tuple(outliers), reduced)


def _table_row(row: Row, names: Sequence[str]) -> tuple[int | Fraction, ...]:
    return (*(row.slopes.get(name, 0) for name in names), row.target)


def _whole(reduced: Reduced[Fraction]) -> dict[int, int] | None:
    """The determined values, if all are whole and none is negative."""
    found = reduced.determined()
    if any(value.denominator != 1 or value < 0 for value in found.values()):
        return None
    return {j: int(value) for j, value in found.items()}


def _rounded(
    a: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    y: np.ndarray[tuple[int], np.dtype[np.float64]],
    size: np.ndarray[tuple[int], np.dtype[np.float64]],
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
    determined: Sequence[int],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """``values`` with the determined ones whole: rounded, then moved by 1 while that helps, since
    rounding one by one can be far from the best whole solution."""

    def cost(x: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        return float(np.sum(np.abs(a @ x - y) / size))

    x = values.copy()
    x[list(determined)] = np.maximum(np.round(x[list(determined)]), 0)
    best = cost(x)
    for _ in range(100):
        trials = []
        for j in determined:
            for step in (-1, 1):
                if x[j] + step >= 0:
                    trial = x.copy()
                    trial[j] += step
                    trials.append((cost(trial), j, step))
        if not trials or min(trials)[0] >= best * (1 - 1e-12):
            return x
        best, j, step = min(trials)
        x[j] += step
    return x


def _result(
    names: Sequence[str],
    values: Mapping[int, int],
    errors: Mapping[int, float],
    outliers: tuple[int, ...],
    reduced: Reduced[Fraction],
) -> WholeFit:
    return WholeFit(
        {names[j]: value for j, value in values.items()},
        {names[j]: error for j, error in errors.items()},
        outliers,
        tuple(
            ({names[j]: factor for j, factor in factors.items()}, float(value))
            for factors, value in reduced.combinations()
        ),
        frozenset(names[j] for j in reduced.seen()),
    )
