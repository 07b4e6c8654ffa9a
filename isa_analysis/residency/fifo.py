"""First-in-first-out residency, followed through loops without unrolling them.

What is resident, oldest first, is the whole state of the memory, and an access changes it only when
it misses. A loop is therefore over as soon as everything in it is resident; otherwise its
iterations are played until a state at the head of the loop returns, and the rest is a multiple of
what happened since. Loops inside are played the same way, so the work does not grow with trip
counts but with the number of different states.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.residency.nodes import Node, Repeat, merged


@dataclass(frozen=True, slots=True)
class Units:
    """What is moved as a whole: ``size[u]`` bytes; ``of_access[a]`` is the unit that access ``a``
    of a trace needs, -1 for none."""

    size: tuple[int, ...]
    of_access: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Swaps:
    """``times[u]`` is how often unit u was loaded; ``resident`` the units that are in memory at the
    end, oldest first."""

    times: dict[int, int]
    resident: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Loop:
    times: int
    body: tuple[_Part, ...]
    units: frozenset[int]


#: Unit numbers in order, or a loop.
_Part = list[int] | _Loop


def play(nodes: Sequence[Node], units: Units, capacity: int, *, preloaded: bool = False) -> Swaps:
    """The loads that ``nodes`` cause in a memory of ``capacity`` bytes, empty at first.

    ``preloaded``: instead, as many units as fit are there already, in the order of their numbers.

    A unit that is not resident is loaded when it is accessed, after the oldest ones have been
    dropped until it fits or nothing is left: a unit larger than the capacity is loaded alone, and
    again whenever it is accessed after another one.
    """
    memory = _Memory(units.size, capacity)
    if preloaded:
        memory.fill(np.unique(units.of_access[units.of_access >= 0]).tolist())
    memory.run(_compile(nodes, units, {}))
    return Swaps(memory.loads, tuple(memory.resident))


def _compile(
    nodes: Iterable[Node], units: Units, known: dict[int, _Loop | None]
) -> tuple[_Part, ...]:
    """``nodes`` in terms of units; parts without any are left out."""
    out: list[_Part] = []
    for node in nodes:
        if isinstance(node, Repeat):
            # One loop can be in the tree at several places.
            if id(node) not in known:
                body = _compile(node.body, units, known)
                known[id(node)] = _Loop(node.times, body, _units(body)) if body else None
            loop = known[id(node)]
            if loop is not None:
                out.append(loop)
            continue
        stream = units.of_access[node]
        stream = stream[stream >= 0]
        if len(stream):
            out.append(merged(stream).tolist())
    return tuple(out)


def _units(body: Iterable[_Part]) -> frozenset[int]:
    found: set[int] = set()
    for part in body:
        found.update(part.units if isinstance(part, _Loop) else part)
    return frozenset(found)


@dataclass(slots=True)
class _Memory:
    size: Sequence[int]
    capacity: int
    used: int = 0
    #: Insertion order is age; the values are not used.
    resident: dict[int, None] = field(default_factory=dict)
    loads: dict[int, int] = field(default_factory=dict)

    def fill(self, units: Iterable[int]) -> None:
        """Take in ``units`` one after the other until one does not fit; nothing is counted."""
        for unit in units:
            if self.used + self.size[unit] > self.capacity:
                return
            self.resident[unit] = None
            self.used += self.size[unit]

    def run(self, parts: Iterable[_Part]) -> None:
        """Play ``parts`` once."""
        resident = self.resident
        for part in parts:
            if isinstance(part, list):
                for unit in part:
                    if unit not in resident:
                        self._load(unit)
            else:
                self._repeat(part)

    def _load(self, unit: int) -> None:
        resident, size = self.resident, self.size[unit]
        while resident and self.used + size > self.capacity:
            oldest = next(iter(resident))
            del resident[oldest]
            self.used -= self.size[oldest]
        resident[unit] = None
        self.used += size
        self.loads[unit] = self.loads.get(unit, 0) + 1

    def _repeat(self, loop: _Loop) -> None:
        outer = self.loads
        history: list[dict[int, int]] = []
        seen: dict[tuple[int, ...], int] = {}
        states: list[tuple[int, ...]] = []
        for iteration in range(loop.times):
            if loop.units <= self.resident.keys():
                break
            state = tuple(self.resident)
            begin = seen.setdefault(state, iteration)
            if begin < iteration:
                self._skip(history[begin:], loop.times - iteration, states[begin:], outer)
                break
            states.append(state)
            self.loads = {}
            self.run(loop.body)
            history.append(self.loads)
        for loads in history:
            _add(outer, loads, 1)
        self.loads = outer

    def _skip(
        self,
        period: list[dict[int, int]],
        left: int,
        states: list[tuple[int, ...]],
        loads: dict[int, int],
    ) -> None:
        """Account for ``left`` iterations that repeat ``period``, and take the state after them."""
        rounds, rest = divmod(left, len(period))
        for k, one in enumerate(period):
            _add(loads, one, rounds + (k < rest))
        self.resident.clear()
        self.resident.update(dict.fromkeys(states[rest]))
        self.used = sum(self.size[u] for u in self.resident)


def _add(into: dict[int, int], loads: dict[int, int], times: int) -> None:
    for unit, count in loads.items():
        into[unit] = into.get(unit, 0) + count * times
