"""Least squares with lower bounds, robust to outliers (NumPy only; problems have few unknowns).

Least absolute deviation by reweighting: rows that do not fit pull with bounded force. Rows that
then still deviate far more than the others are set aside, and the rest is fitted again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Relative deviations below this weigh as in plain least squares.
SMALL = 0.02
#: A row is an outlier when its relative deviation exceeds this many times the median one ...
OUTLIER = 8.0
#: ... and this part of what was measured, unless the caller knows better.
GROSS = 0.1
#: Deviations that arithmetic alone explains.
EXACT = 1e-7


@dataclass(frozen=True, slots=True)
class Fit:
    """Values, standard errors (from the scatter of the rows that count; infinite when undetermined)
    and, per row, the relative deviation and whether it was set aside."""

    values: Floats
    errors: Floats
    deviation: Floats
    outlier: Flags


def bounded(a: Floats, y: Floats, start: Floats) -> Floats:
    """The ``x >= 0`` with the least ``|a x - y|``; a: [rows, unknowns].

    Where rows leave a direction open and no bound is met, ``x`` is the solution nearest to
    ``start`` (in units of the columns' lengths).
    """
    length = np.linalg.norm(a, axis=0)
    length[length == 0] = 1
    scaled = a / length
    step = np.linalg.lstsq(scaled, y - a @ start, rcond=1e-12)[0]
    x = start + step / length
    if (x >= 0).all():
        return np.asarray(x, dtype=np.float64)
    seen = np.linalg.norm(a, axis=0) > 0
    out = start.copy()
    out[seen] = _active_set(scaled[:, seen], y) / length[seen]
    return out


def _active_set(a: Floats, y: Floats) -> Floats:
    """Nonnegative least squares by the active-set method of Lawson and Hanson (Solving Least
    Squares Problems, 1974, chapter 23); columns of length 1."""
    n = a.shape[1]
    x, free = np.zeros(n), np.zeros(n, np.bool_)
    tiny = 1e-11 * (float(np.linalg.norm(y)) + 1e-300)
    for _ in range(10 * n + 10):
        gain = a.T @ (y - a @ x)
        gain[free] = -np.inf
        best = int(np.argmax(gain))
        if gain[best] <= tiny:
            return x
        free[best] = True
        while free.any():
            trial = np.zeros(n)
            trial[free] = np.linalg.lstsq(a[:, free], y, rcond=1e-12)[0]
            low = free & (trial <= 0)
            if not low.any():
                x = trial
                break
            # As far towards the trial as the bounds allow; what meets its bound stays there.
            part = float(np.min(x[low] / (x[low] - trial[low] + 1e-300)))
            x = x + part * (trial - x)
            held = low & (x <= 1e-14 * (1 + np.abs(trial)))
            free &= ~(held if held.any() else low)
            x[~free] = 0
    return x


def absolute(
    a: Floats, y: Floats, size: Floats, weight: Floats, start: Floats, small: float = SMALL
) -> Floats:
    """The ``x >= 0`` with the least weighted absolute *relative* deviation ``|a x - y| / size``.

    Deviations up to ``small`` count by their square. ``size`` must be above 0.
    """
    scale = np.sqrt(weight) / size
    x = _weighted(a, y, scale, start)
    for _ in range(40):
        deviation = np.abs(a @ x - y) / size
        before = x
        x = _weighted(a, y, scale / np.sqrt(np.maximum(deviation, small)), start)
        if np.allclose(x, before, rtol=1e-9, atol=1e-12):
            break
    return x


def _weighted(a: Floats, y: Floats, scale: Floats, start: Floats) -> Floats:
    # A triangular factor has the same least squares as all the rows, and is small.
    table = triangle(np.column_stack([a, y]) * scale[:, None])
    return bounded(table[:, :-1], table[:, -1], start)


def triangle(table: Floats) -> Floats:
    """The triangular factor of ``table``: as many columns, at most as many rows."""
    return np.asarray(np.linalg.qr(table, mode="r"), dtype=np.float64)


def robust_fit(
    a: Floats,
    y: Floats,
    size: Floats,
    weight: Floats,
    start: Floats,
    gross: Floats | float = GROSS,
) -> Fit:
    """``absolute`` without outliers: where most rows agree exactly, all that do not agree, else
    those that deviate by more than ``gross`` and far more than the median row."""
    x = absolute(a, y, size, weight, start)
    if float(np.median(np.abs(a @ x - y) / size)) < SMALL:  # outliers pull the others no farther
        exact = _trimmed(a, y, size, weight, start, x, EXACT)
        agree = ~exact.outlier
        if exact.deviation[agree].max(initial=0) <= EXACT and 2 * agree.sum() > len(y):
            return exact
    return _trimmed(a, y, size, weight, start, x, gross)


def _trimmed(
    a: Floats,
    y: Floats,
    size: Floats,
    weight: Floats,
    start: Floats,
    x: Floats,
    least: Floats | float,
) -> Fit:
    """The fit from ``x`` on without rows whose deviation is above ``least`` and far above the
    median."""
    keep = np.ones(len(y), np.bool_)
    for _ in range(8):
        deviation = np.abs(a @ x - y) / size
        again = deviation <= np.maximum(OUTLIER * np.median(deviation[keep]), least)
        if (again == keep).all():
            break
        # The good rows deviate less and less as the bad ones go.
        keep = again
        x = absolute(a[keep], y[keep], size[keep], weight[keep], start)
    deviation = np.abs(a @ x - y) / size
    return Fit(x, standard_errors(a[keep], y[keep], size[keep], x), deviation, ~keep)


def standard_errors(a: Floats, y: Floats, size: Floats, x: Floats) -> Floats:
    """Standard errors of ``x`` from the relative scatter of the rows."""
    n, unknowns = a.shape
    scaled = a / size[:, None]
    length = np.linalg.norm(scaled, axis=0)
    seen = length > 0
    out = np.full(unknowns, np.inf)
    if not seen.any():
        return out
    part = scaled[:, seen] / length[seen]
    rank = int(np.linalg.matrix_rank(part))
    residual = float(np.sum(((a @ x - y) / size) ** 2)) / max(n - rank, 1)
    inverse = np.linalg.pinv(part.T @ part)
    out[seen] = np.sqrt(np.maximum(np.diag(inverse), 0) * residual) / length[seen]
    return out
