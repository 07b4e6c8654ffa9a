"""Where memory time passes compute time and back, as the context grows.

Memory time is a straight line between changes of regime: it grows with every position. Compute
time is a staircase: it grows with every block of the cache. Both are compared whole blocks at a
time, so that a context of millions takes no longer than one of ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Bound = Literal["compute", "memory"]

#: Contexts beyond this are not looked at (positions).
FURTHEST = 1 << 26
#: More changes than this are not followed.
_MOST_CHANGES = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Contexts ``first`` to ``last`` at which memory takes ``a + b x context`` and compute
    ``c + d x ceil(context / block)``; ``b`` and ``d`` are not negative."""

    first: int
    last: int
    a: Fraction
    b: Fraction
    c: Fraction
    d: Fraction
    block: int


def changes(pieces: Sequence[Piece]) -> tuple[tuple[int, Bound], ...]:
    """(context, what bounds from there on), beginning with the first context of ``pieces``, which
    follow each other. Where both take as long, memory bounds."""
    out: list[tuple[int, Bound]] = []
    for piece in pieces:
        at = piece.first
        while at <= piece.last and len(out) < _MOST_CHANGES:
            now: Bound = "memory" if _memory_bounds(piece, at) else "compute"
            if not out or out[-1][1] != now:
                out.append((at, now))
            nearest = first_below(piece, at + 1) if now == "memory" else first_reach(piece, at + 1)
            if nearest is None:
                break
            at = nearest
    return tuple(out)


def _memory_bounds(piece: Piece, context: int) -> bool:
    stair = piece.c + piece.d * -(-context // piece.block)
    return piece.a + piece.b * context >= stair


def first_reach(piece: Piece, start: int) -> int | None:
    """The first context from ``start`` on at which memory takes at least as long as compute."""
    a, b, c, d, block = piece.a, piece.b, piece.c, piece.d, piece.block
    low, high = max(start, piece.first), piece.last
    if low > high:
        return None

    def within(number: int, begin: int, end: int) -> int | None:
        """In block ``number`` (from 1), in which compute is level."""
        level = c + d * number - a
        if b * end < level:
            return None
        return begin if not b else max(begin, -(-level // b))

    first, last = -(-low // block), -(-high // block)
    found = within(first, low, min(first * block, high))
    if found is not None or first == last:
        return found
    # In whole blocks memory is highest above compute at the end: a + b x block x n >= c + d x n.
    number = _first(a - c, b * block - d, first + 1, last - 1)
    if number is not None:
        return within(number, (number - 1) * block + 1, number * block)
    return within(last, (last - 1) * block + 1, high)


def first_below(piece: Piece, start: int) -> int | None:
    """The first context from ``start`` on at which memory takes less time than compute."""
    a, b, c, d, block = piece.a, piece.b, piece.c, piece.d, piece.block
    low, high = max(start, piece.first), piece.last
    if low > high:
        return None
    if not _memory_bounds(piece, low):
        return low
    # Within a block memory is lowest at the beginning: a + b x (block x (n - 1) + 1) < c + d x n.
    first, last = -(-low // block), -(-high // block)
    number = _first(c - a + b * (block - 1), d - b * block, first + 1, last, strict=True)
    return None if number is None else (number - 1) * block + 1


def _first(
    offset: Fraction, slope: Fraction, first: int, last: int, strict: bool = False
) -> int | None:
    """The first n in ``first`` to ``last`` with ``offset + slope x n`` at least 0 (above 0 when
    ``strict``)."""
    if first > last:
        return None
    here = offset + slope * first
    if here > 0 or (here == 0 and not strict):
        return first
    if slope <= 0:
        return None
    root = -offset / slope
    number = int(root // 1) + 1 if strict else -int(-root // 1)
    return number if number <= last else None
