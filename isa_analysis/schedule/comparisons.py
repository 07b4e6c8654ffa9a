"""Comparisons of addresses, and how far their outcomes hold when loop counters move on.

Whether two ranges meet depends on the difference of their addresses, which moves by a constant per
iteration of each open loop. So each outcome holds within limits that are known when it is found.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isa_analysis.schedule.nest import Nest
from isa_analysis.schedule.ranges import Entry, Range, Terms

#: A distance that no counter covers.
FAR = 1 << 300
#: Which counters a difference of addresses moves with, and how far per iteration.
Slope = tuple[tuple[int, int], ...]
#: Per slope: how far the difference may move down and up before an outcome changes.
Limits = dict[Slope, tuple[int, int]]


@dataclass(slots=True)
class Comparisons:
    """Comparisons during a walk; ``limits`` has those of each open iteration, outermost first."""

    nest: Nest
    limits: list[Limits] = field(default_factory=list)
    _slopes: dict[tuple[Terms, Terms, int, int], Slope] = field(default_factory=dict)

    def meet(self, ranges: tuple[Range, ...], others: tuple[Range, ...]) -> bool:
        """Whether two instructions touch a range in common that one of them writes; notes how far
        the answer holds when counters move on."""
        notes: list[tuple[Slope, int, int]] = []
        for memory, write, place, length, terms in ranges:
            for memory2, write2, place2, length2, terms2 in others:
                if memory != memory2 or not (write or write2):
                    continue
                if length < 0 or length2 < 0:
                    return True
                difference = place - place2
                hit = -length < difference < length2
                if terms != terms2 and self.limits:
                    slope = self._slope(terms, terms2)
                    if slope:
                        if hit:
                            self.note(slope, difference + length - 1, length2 - 1 - difference)
                        elif difference > 0:
                            notes.append((slope, difference - length2, FAR))
                        else:
                            notes.append((slope, FAR, -difference - length))
                if hit:
                    return True
        for slope, down, up in notes:
            self.note(slope, down, up)
        return False

    def _slope(self, terms: Terms, terms2: Terms) -> Slope:
        """How the difference of two addresses moves with the counters of the open loops."""
        chain = self.nest.chain
        key = (terms, terms2, chain[-1] if chain else -1, len(self.limits))
        slope = self._slopes.get(key)
        if slope is None:
            by_counter = dict(terms or ())
            for variable, step in terms2 or ():
                by_counter[variable] = by_counter.get(variable, 0) - step
            slope = self._slopes[key] = tuple(
                (variable, by_counter[variable])
                for variable in sorted(by_counter)
                if by_counter[variable] and variable in chain
            )
        return slope

    def note(self, slope: Slope, down: int, up: int) -> None:
        """An outcome of the innermost open iteration holds so far."""
        limits = self.limits[-1]
        known = limits.get(slope)
        if known is None:
            limits[slope] = (down, up)
        elif down < known[0] or up < known[1]:
            limits[slope] = (min(down, known[0]), min(up, known[1]))

    def note_all(self, limits: Limits, moved: dict[int, int]) -> None:
        """The outcomes that held within ``limits`` before the counters ``moved``."""
        for slope, (down, up) in limits.items():
            shift = sum(step * moved.get(i, 0) for i, step in slope)
            self.note(slope, down + shift, up - shift)


def shifted(entry: Entry, moved: dict[int, int]) -> Entry:
    """``entry`` as it is when the counters have ``moved`` on."""
    pc, ranges = entry
    if all(terms is None for _, _, _, _, terms in ranges):
        return entry
    out = []
    for memory, write, place, length, terms in ranges:
        if terms is not None:
            place += sum(step * moved.get(i, 0) for i, step in terms)
        out.append((memory, write, place, length, terms))
    return pc, tuple(out)


def same_after(
    old: tuple[tuple[Entry, ...], ...], new: tuple[tuple[Entry, ...], ...], moved: dict[int, int]
) -> bool:
    """Whether the pending accesses ``new`` are ``old`` with the counters ``moved`` on."""
    for entries, others in zip(old, new, strict=True):
        for entry, other in zip(entries, others, strict=True):
            if entry is not other and shifted(entry, moved)[1] != other[1]:
                return False
    return True


def hold(limits: Limits, moved: dict[int, int]) -> bool:
    """Whether every outcome is the same when the counters have ``moved`` on."""
    for slope, (down, up) in limits.items():
        shift = sum(step * moved[i] for i, step in slope)
        if not -down <= shift <= up:
            return False
    return True


def repeats(limits: Limits, loop: int, period: int) -> int:
    """How many more periods of ``loop`` leave every outcome as it is."""
    most = FAR
    for slope, (down, up) in limits.items():
        for variable, step in slope:
            if variable == loop:
                most = min(most, up // (step * period) if step > 0 else down // (-step * period))
    return most


def after(limits: Limits, loop: int, iterations: int) -> Limits:
    """What is left of ``limits`` for other counters while ``loop`` goes on for ``iterations``."""
    out: Limits = {}
    for slope, (down, up) in limits.items():
        shift = iterations * dict(slope).get(loop, 0)
        out[slope] = (down + min(shift, 0), up - max(shift, 0))
    return out


def tighten(into: Limits, limits: Limits) -> None:
    """Make ``into`` hold ``limits`` as well."""
    for slope, (down, up) in limits.items():
        known = into.get(slope)
        if known is None:
            into[slope] = (down, up)
        else:
            into[slope] = (min(known[0], down), min(known[1], up))


def all_of(parts: list[Limits]) -> Limits:
    """Limits within which all of ``parts`` hold."""
    out: Limits = {}
    for limits in parts:
        tighten(out, limits)
    return out


def around(limits: Limits, loop: int) -> Limits:
    """``limits`` for the counters around ``loop``."""
    out: Limits = {}
    for slope, bounds in limits.items():
        rest = tuple(term for term in slope if term[0] != loop)
        if rest:
            tighten(out, {rest: bounds})
    return out
