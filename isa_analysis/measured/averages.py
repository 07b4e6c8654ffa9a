"""Errors and means over the rows that may be compared."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mean:
    """A geometric mean over ``used`` of ``of`` rows; ``value`` is None when none could be used."""

    value: float | None
    used: int
    of: int

    @property
    def n_of_m(self) -> str:
        """``4 of 6``."""
        return f"{self.used} of {self.of}"

    @property
    def percent(self) -> float | None:
        """The mean ratio as a deviation from 1, in percent."""
        return None if self.value is None else 100 * (self.value - 1)


def error_percent(estimate: float | None, measured: float | None) -> float | None:
    """(estimate - measured) / measured, in percent; None when either is not known."""
    if estimate is None or not measured:
        return None
    return 100 * (estimate - measured) / measured


def geometric_mean(ratios: Iterable[float | None]) -> Mean:
    """The geometric mean of the positive ``ratios``; None stands for a row that leaves the mean."""
    rows: Sequence[float | None] = tuple(ratios)
    known = [r for r in rows if r is not None and r > 0 and math.isfinite(r)]
    if not known:
        return Mean(None, 0, len(rows))
    return Mean(math.exp(math.fsum(map(math.log, known)) / len(known)), len(known), len(rows))
