"""The memory side of a token: bytes, and the least time that moving them takes.

Every token reads all weights, and all keys and values so far. Where they come from depends on the
capacity regime: local memory, or the host link as well. Local memory and link work at the same
time at best (``low``) and one after the other at worst (``high``).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from isa_analysis.manifest import Footprint, Regime, regime_of
from isa_analysis.tokens.scaling import Bracket


@dataclass(frozen=True, slots=True)
class Model:
    """Bytes of the model in memory: ``weight`` and ``activation`` in all, ``kv_per_token`` added by
    each position of the context."""

    weight: int
    kv_per_token: Fraction
    activation: int = 0

    def kv(self, context: int) -> int:
        """Bytes of keys and values at ``context``, rounded up."""
        exact = self.kv_per_token * context
        return -(-exact.numerator // exact.denominator)

    def footprint(self, context: int) -> Footprint:
        """All bytes at ``context``."""
        return Footprint(self.weight, self.kv(context), self.activation)


@dataclass(frozen=True, slots=True)
class Paths:
    """Bandwidths in bytes/s and the capacity in bytes; ``host`` None: there is no link."""

    local: Fraction
    host: Fraction | None
    capacity: int


@dataclass(frozen=True, slots=True)
class MemoryTime:
    """Seconds to move what one token needs: bytes of local memory, and bytes over the link
    (between two bounds: how much of the cache stays depends on the order of accesses)."""

    regime: Regime
    local_bytes: int
    link_bytes: Bracket
    seconds: Bracket


def memory_time(model: Model, paths: Paths, context: int) -> MemoryTime:
    """The memory-bound time of one token at ``context``.

    ``resident``: everything from local memory. ``kv-swap``: what does not fit crosses the link for
    every token at least, all keys, values and activations at most. ``weight-stream``: the weights
    cross the link. Raises :class:`ValueError` when the regime needs a link that is not there.
    """
    footprint = model.footprint(context)
    regime = regime_of(footprint, paths.capacity)
    moved = footprint.weight + footprint.kv
    link = _link(regime, footprint, paths.capacity)
    local = (footprint.weight + model.kv_per_token * context) / paths.local
    if link.high and paths.host is None:
        raise ValueError(f"{regime} needs a host link")
    low = high = local
    if paths.host is not None:
        low = max(local, link.low / paths.host)
        high = local + link.high / paths.host
    return MemoryTime(regime, moved, link, Bracket(low, high))


def _link(regime: Regime, footprint: Footprint, capacity: int) -> Bracket:
    if regime == "weight-stream":
        return Bracket(Fraction(footprint.weight), Fraction(footprint.weight))
    if regime == "kv-swap":
        return Bracket(
            Fraction(footprint.total - capacity), Fraction(footprint.kv + footprint.activation)
        )
    return Bracket(Fraction(0), Fraction(0))


def largest_resident(model: Model, capacity: int) -> int | None:
    """The longest context at which everything is resident; None when the context adds no bytes,
    -1 when not even an empty cache fits."""
    room = capacity - model.weight - model.activation
    if room < 0:
        return -1
    if not model.kv_per_token:
        return None
    return int(room / model.kv_per_token)


def kv_passes_weights(model: Model) -> int | None:
    """The first context at which keys and values are more bytes than the weights; None: never."""
    if not model.kv_per_token:
        return None
    return int(model.weight / model.kv_per_token) + 1


def straight_lines(
    model: Model, paths: Paths, furthest: int
) -> list[tuple[int, int, Fraction, Fraction]]:
    """The least memory-bound time over contexts 1 to ``furthest`` as (first, last, a, b): seconds
    ``a + b x context``. They end where a regime needs a link that is not there."""
    local = (model.weight / paths.local, model.kv_per_token / paths.local)
    last = largest_resident(model, paths.capacity)
    fits = furthest if last is None else min(last, furthest)
    out = [(1, fits, *local)] if fits >= 1 else []
    if fits >= furthest or paths.host is None:
        return out
    start = max(fits, 0) + 1
    if model.weight > paths.capacity:
        link = (model.weight / paths.host, Fraction(0))
    else:
        overflow = model.weight + model.activation - paths.capacity
        link = (overflow / paths.host, model.kv_per_token / paths.host)
    return out + _upper(local, link, start, furthest)


def _upper(
    one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction], first: int, last: int
) -> list[tuple[int, int, Fraction, Fraction]]:
    """The larger of two lines over ``first`` to ``last``, in at most two pieces."""

    def value(line: tuple[Fraction, Fraction], at: int) -> Fraction:
        return line[0] + line[1] * at

    left = one if value(one, first) >= value(other, first) else other
    right = one if value(one, last) >= value(other, last) else other
    if left == right:
        return [(first, last, *left)]
    # They cross in between; the last context at which the left one is still on top:
    turn = int((left[0] - right[0]) / (right[1] - left[1]))
    return [(first, turn, *left), (turn + 1, last, *right)]
