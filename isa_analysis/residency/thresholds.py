"""Where the regime changes as capacity, context or bandwidth grows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from isa_analysis.manifest import Footprint, regime_of
from isa_analysis.manifest.regime import NS_PER_S, at_context, capacity_thresholds, max_context
from isa_analysis.residency.model import MemoryRun


@dataclass(frozen=True, slots=True)
class Change:
    """The first value of ``quantity`` above ``now`` at which ``before`` becomes ``after``.

    Units: capacity in bytes, context in tokens, kv in bytes, bandwidth in bytes/s. ``at`` is None
    when growing the quantity changes nothing.
    """

    quantity: Literal["capacity", "context", "kv", "bandwidth"]
    now: Fraction
    at: Fraction | None
    before: str
    after: str | None


def changes(footprint: Footprint, run: MemoryRun, context: int | None = None) -> tuple[Change, ...]:
    """The next change in each direction from ``run``.

    ``context`` is the number of tokens that the manifest's KV regions hold; KV grows linearly with
    it. Without it the change is given in KV bytes. For the bandwidth it is the one from which the
    run no longer waits longer for the host link than it computes.
    """
    return (
        _capacity(footprint, run.capacity_bytes),
        _context(footprint, run.capacity_bytes, context),
        _bandwidth(run),
    )


def _capacity(footprint: Footprint, capacity: int) -> Change:
    before = regime_of(footprint, capacity)
    for at, after in capacity_thresholds(footprint):
        if at > capacity:
            return Change("capacity", Fraction(capacity), Fraction(at), before, after)
    return Change("capacity", Fraction(capacity), None, before, None)


def _context(footprint: Footprint, capacity: int, context: int | None) -> Change:
    before = regime_of(footprint, capacity)
    now = context if context is not None else footprint.kv
    quantity: Literal["context", "kv"] = "context" if context is not None else "kv"
    unchanged = Change(quantity, Fraction(now), None, before, None)
    if before != "resident":
        return unchanged  # more KV makes neither the weights fit nor the rest
    longest = max_context(footprint, capacity, now)
    if longest is None:
        return unchanged
    after = regime_of(at_context(footprint, now, longest + 1), capacity)
    return Change(quantity, Fraction(now), Fraction(longest + 1), before, after)


def _bandwidth(run: MemoryRun) -> Change:
    now = run.host_bandwidth
    if run.link_ns <= run.base_ns or not run.base_ns:
        before = "link idle" if not run.link_bytes else "compute-bound"
        if run.link_bytes and not run.base_ns:
            before = "link-bound"
        return Change("bandwidth", now, None, before, None)
    at = Fraction(run.link_bytes * NS_PER_S) / run.base_ns
    return Change("bandwidth", now, at, "link-bound", "compute-bound")
