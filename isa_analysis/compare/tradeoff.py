"""Static size against dynamic cost: what rolling or unrolling trades, and when it pays.

An instruction is a word of 32 bits. Unrolled code saves the cycles of its loops in every run, and
its further words have to be brought to the machine once. With S cycles saved in a run and D words
more, unrolling pays when bringing one word costs less than S / D cycles, and after D c / S runs
when it costs c.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from isa_analysis.compare.match import Match
from isa_analysis.compare.preserve import SAME_WORK, differing
from isa_analysis.compare.variant import Variant

#: Bytes of one instruction word, both dialects.
WORD_BYTES = 4


@dataclass(frozen=True, slots=True)
class Point:
    """Code size (instructions) and cycles of a kernel, or of the program, in both variants.

    ``large`` and ``small`` are the sides with more and with less code.
    """

    name: str
    small_static: int
    large_static: int
    small_cycles: int
    large_cycles: int

    @property
    def words(self) -> int:
        """Further instructions of the larger side."""
        return self.large_static - self.small_static

    @property
    def saved(self) -> int:
        """Cycles that the larger side saves per run; negative when it costs cycles."""
        return self.small_cycles - self.large_cycles

    @property
    def saved_per_word(self) -> Fraction | None:
        """Cycles saved per run and further instruction: the break-even cost of bringing one. None
        when the side that saves cycles has no more code."""
        return Fraction(self.saved, self.words) if self.words > 0 else None

    def runs(self, cycles_per_word: Fraction) -> int | None:
        """Runs after which the larger code has paid for itself; None when it never does."""
        if self.saved <= 0:
            return None
        return max(-(-self.words * cycles_per_word // self.saved), 0)


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Two variants of the same work with unlike code size; ``small`` and ``large`` are variant
    numbers. ``kernels`` are those whose size differs, the most cycles saved per word first.
    ``cycles_per_word`` is the time to read one word at the sustained bandwidth of HBM, None when
    that is not known."""

    small: int
    large: int
    whole: Point
    kernels: tuple[Point, ...]
    cycles_per_word: Fraction | None

    def enough(self, percent: int = 80) -> tuple[int, int, int]:
        """The fewest kernels, taken by cycles saved per word, that save ``percent`` of what all
        save: how many, their cycles, their words."""
        gains = [p for p in self.kernels if p.saved > 0]
        goal = Fraction(percent * sum(p.saved for p in gains), 100)
        taken = saved = words = 0
        for point in gains:
            if saved >= goal:
                break
            taken, saved, words = taken + 1, saved + point.saved, words + max(point.words, 0)
        return taken, saved, words


def trade_off(variants: Sequence[Variant], to: int, matches: Sequence[Match]) -> TradeOff | None:
    """The trade-off between the first variant and number ``to``; None when the code is of one size,
    the work is not the same, or the boards differ."""
    first, other = variants[0], variants[to]
    a, b = first.whole.cost, other.whole.cost
    if a.static == b.static or first.board != other.board:
        return None
    if differing(first.whole.opcodes, other.whole.opcodes, SAME_WORK):
        return None
    small, large = (0, to) if a.static < b.static else (to, 0)
    points = []
    for match in matches:
        old, new = match.kernels[small], match.kernels[large]
        if old is None or new is None or old.cost.static == new.cost.static:
            continue
        points.append(Point(match.label, old.cost.static, new.cost.static, old.cycles, new.cycles))
    points.sort(key=_worth)
    low, high = variants[small].whole, variants[large].whole
    rate = first.board.bytes_per_cycle
    return TradeOff(
        small,
        large,
        Point("total", low.cost.static, high.cost.static, low.cycles, high.cycles),
        tuple(points),
        Fraction(WORD_BYTES) / Fraction(rate) if rate else None,
    )


def _worth(point: Point) -> tuple[bool, Fraction, int, str]:
    """Sort key: what saves cycles without more code, then the most cycles saved per word."""
    free = point.words <= 0 and point.saved > 0
    return not free, -(point.saved_per_word or Fraction(0)), -point.saved, point.name
