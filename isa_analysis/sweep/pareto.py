"""The Pareto set: points that no other point beats.

A point beats another when it is no worse in every objective and better in at least one. Equal
points do not beat each other, so ties stay in together.
"""

from __future__ import annotations

from collections.abc import Sequence


def pareto_set(points: Sequence[Sequence[float | int | None]]) -> tuple[bool, ...]:
    """For each point, whether it is in the Pareto set; every objective is to be minimised.

    ``points`` are vectors of equal length. A point that lacks an objective (None) is not
    comparable: never in the set, and never a reason to leave another one out. Vectors without
    objectives are all in.
    """
    vectors = [None if None in point else tuple(point) for point in points]
    distinct = sorted({v for v in vectors if v is not None})
    front: list[tuple[float | int | None, ...]] = []
    for candidate in distinct:
        # In lexicographic order only earlier vectors can beat a later one, and what a beaten one
        # beats is beaten by the front as well.
        if not any(_no_worse(kept, candidate) for kept in front):
            front.append(candidate)
    members = set(front)
    return tuple(v is not None and v in members for v in vectors)


def _no_worse(a: Sequence[float | int | None], b: Sequence[float | int | None]) -> bool:
    """Whether ``a`` is at most ``b`` everywhere; both complete."""
    return all(x <= y for x, y in zip(a, b, strict=True))  # type: ignore[operator]
