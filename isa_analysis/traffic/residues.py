"""How often a tuple of values takes each combination of residues, over all iterations.

Modulo a power of two an affine value is periodic in every loop counter, so the distribution over a
whole nest follows from one period per loop, whatever the trip counts.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from isa_analysis.dataflow import Affine, Values

#: Residues of each value, modulo the period; None for an unknown value.
Residues = tuple[int | None, ...]


def distribution(
    values: Values, components: Sequence[int], trips: Sequence[int], times: int, period: int
) -> dict[Residues, int]:
    """Executions per combination of residues of ``components`` modulo ``period``.

    ``trips`` are the trip counts of all loops by number, ``times`` the executions in all.
    """
    out: dict[Residues, int] = {}
    for pieces in itertools.product(*(list(values.alternatives(c)) for c in components)):
        conditions = _joined(condition for condition, _ in pieces)
        if conditions is None:
            continue
        for residues, count in _piece(
            [form for _, form in pieces], conditions, trips, times, period
        ).items():
            out[residues] = out.get(residues, 0) + count
    return out


def _joined(parts: object) -> dict[int, bool] | None:
    """All conditions together; None when they exclude each other."""
    joined: dict[int, bool] = {}
    for part in parts:  # type: ignore[attr-defined]
        for loop, first in part:
            if joined.setdefault(loop, first) != first:
                return None
    return joined


def _piece(
    forms: Sequence[Affine | None],
    conditions: dict[int, bool],
    trips: Sequence[int],
    times: int,
    period: int,
) -> dict[Residues, int]:
    loops = {v for form in forms if form is not None for v, _ in form.terms} | set(conditions)
    outside = times
    for loop in loops:
        outside //= trips[loop]
    states: dict[Residues, int] = {
        tuple(None if f is None else f.base % period for f in forms): outside
    }
    for loop in sorted(loops):
        steps = [0 if f is None else dict(f.terms).get(loop, 0) for f in forms]
        first, count = 0, trips[loop]
        if loop in conditions:
            first, count = (0, 1) if conditions[loop] else (1, trips[loop] - 1)
        states = spread(states, steps, first, count, period)
    return states


def spread(
    states: dict[Residues, int], steps: list[int], first: int, count: int, period: int
) -> dict[Residues, int]:
    """The states after running a loop counter from ``first`` over ``count`` iterations."""
    cycle = 1
    for step in steps:
        cycle = math.lcm(cycle, period // math.gcd(period, step % period or period))
    full, rest = divmod(count, cycle)
    out: dict[Residues, int] = {}
    for k in range(min(cycle, count)):
        weight = full + (k < rest)
        shift = [step * (first + k) for step in steps]
        for residues, n in states.items():
            moved = tuple(
                None if r is None else (r + s) % period
                for r, s in zip(residues, shift, strict=True)
            )
            out[moved] = out.get(moved, 0) + n * weight
    return out
