"""Cycles at another context and with other layers: exact where they are known, else a bracket.

Decode: kernels that read keys and values take time in proportion to the blocks of the cache; the
rest of attention does so at most; everything else does not. Prefill: every row block of the prompt
is worked on, attention on between half of (causal) and all pairs of blocks; transfers of weights
are repeated for every row block or made once. Layers beyond those of the program cost what the
cheapest to the dearest of its layers costs, figure by figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from isa_analysis.tokens.parts import Cycles, Part, Parts, add

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Bracket:
    """A figure between two bounds; equal where it is known."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Bracket) -> Bracket:
        return Bracket(self.low + other.low, self.high + other.high)

    def times(self, factor: Number) -> Bracket:
        """Both bounds times ``factor`` (not negative)."""
        return Bracket(self.low * factor, self.high * factor)

    @property
    def exact(self) -> bool:
        """Whether the bounds agree."""
        return self.low == self.high


def between(*values: Number) -> Bracket:
    """The bracket of ``values``."""
    exact = [Fraction(value) for value in values]
    return Bracket(min(exact), max(exact))


@dataclass(frozen=True, slots=True)
class Growth:
    """What a part is multiplied by: kernels that read the cache, the rest of attention, everything
    else, and the transfers of everything else."""

    readers: Bracket
    core: Bracket
    rest: Bracket
    rest_memory: Bracket


ONE = Bracket(Fraction(1), Fraction(1))
#: The program as it is.
UNCHANGED = Growth(ONE, ONE, ONE, ONE)


def blocks(context: int, block: int) -> int:
    """Blocks of ``block`` rows that hold ``context`` positions, at least one."""
    return max(-(-context // block), 1)


def decode_growth(compiled: int, wanted: int) -> Growth:
    """From ``compiled`` blocks of the cache to ``wanted``."""
    ratio = Fraction(wanted, compiled)
    return Growth(between(ratio), between(1, ratio), ONE, ONE)


def prefill_growth(compiled: int, wanted: int) -> Growth:
    """From a prompt of ``compiled`` row blocks to one of ``wanted``."""
    ratio = Fraction(wanted, compiled)
    causal = Fraction(wanted * (wanted + 1), compiled * (compiled + 1))
    pairs = between(ratio * ratio, causal)
    return Growth(pairs, between(ratio, pairs.low, pairs.high), between(ratio), between(1, ratio))


def grown(part: Part, growth: Growth) -> tuple[Bracket, Bracket]:
    """Compute cycles and charged transfer cycles of ``part`` after ``growth``."""
    compute = (
        growth.readers.times(part.readers.compute)
        + growth.core.times(part.core.compute)
        + growth.rest.times(part.rest.compute)
    )
    memory = (
        growth.readers.times(part.readers.memory)
        + growth.core.times(part.core.memory)
        + growth.rest_memory.times(part.rest.memory)
    )
    return compute, memory


@dataclass(frozen=True, slots=True)
class Whole:
    """A program of the wanted layers: each of its figures is between that of ``low`` and that of
    ``high``."""

    low: Part
    high: Part

    def cost(self, growth: Growth) -> tuple[Bracket, Bracket]:
        """Compute cycles and charged transfer cycles after ``growth``."""
        low_compute, low_memory = grown(self.low, growth)
        high_compute, high_memory = grown(self.high, growth)
        return (
            Bracket(low_compute.low, high_compute.high),
            Bracket(low_memory.low, high_memory.high),
        )


def with_layers(parts: Parts, layers: int | None) -> Whole:
    """``parts`` with ``layers`` layers; None: as they are.

    In each figure a layer that the program does not have costs what the cheapest (dearest) of its
    own costs; of a program with more layers the cheapest (dearest) are kept. Raises
    :class:`ValueError` when there is no layer to go by.
    """
    own = parts.layers
    if layers is None or layers == len(own):
        whole = add([parts.outside, *own])
        return Whole(whole, whole)
    if not own:
        raise ValueError("no layers")
    figures = [sorted(column) for column in zip(*map(_figures, own), strict=True)]
    if layers < len(own):
        low = [sum(column[:layers]) for column in figures]
        high = [sum(column[len(own) - layers :]) for column in figures]
    else:
        missing = layers - len(own)
        low = [sum(column) + missing * column[0] for column in figures]
        high = [sum(column) + missing * column[-1] for column in figures]
    return Whole(add([parts.outside, _part(low)]), add([parts.outside, _part(high)]))


def _figures(part: Part) -> tuple[int, ...]:
    return tuple(
        figure
        for cycles in (part.readers, part.core, part.rest)
        for figure in (cycles.compute, cycles.memory)
    )


def _part(figures: Sequence[int]) -> Part:
    return Part(Cycles(*figures[:2]), Cycles(*figures[2:4]), Cycles(*figures[4:]))
