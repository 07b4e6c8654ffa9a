"""Loops that run like an earlier one: the same code at other addresses, the same distances.

Only distances between addresses of one memory matter to a schedule. Two loops with the same code
whose addresses are the same relative to one place per memory, entered in the same state with the
same unfinished accesses relative to that place, take the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow.values import Switch, Values
from isa_analysis.schedule.model import Block, LoopRun, Part, Steady, Turn
from isa_analysis.schedule.nest import Nest
from isa_analysis.schedule.ranges import Entry, Places, signed, signed_form
from isa_analysis.schedule.steps import Node


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two loops must have in common (``key``), and what makes this one itself: its number,
    its C_LOOP_START, and the place per memory that addresses are relative to."""

    key: Any
    loop: int
    start: int
    anchors: dict[int, int]

    def moved(self, entry: Entry, other: Likeness) -> Entry:
        """``entry`` of loop ``other`` as it is in this one."""
        pc, ranges = entry
        out = []
        for memory, write, place, length, terms in ranges:
            if length >= 0:
                place += self.anchors[memory] - other.anchors[memory]
            out.append((memory, write, place, length, terms))
        return pc + self.start - other.start, tuple(out)


@dataclass(frozen=True, slots=True)
class Like:
    """A loop that was walked: how it went, the state after it, and what was pending then."""

    likeness: Likeness
    run: LoopRun
    node: Node
    end: tuple[tuple[Entry, ...], ...]


def likeness_of(
    loop: int,
    code: NDArray[np.int32],
    nest: Nest,
    places: Places,
    pending: tuple[tuple[Entry, ...], ...],
    state: int,
) -> Likeness:
    """The likeness of a loop outside all others, its body loaded in ``places``."""
    first, last = nest.body(loop)
    anchors: dict[int, int] = {}
    before = []
    for entries in pending:
        for _, ranges in entries:
            for memory, write, place, length, _terms in ranges:
                anchor = anchors.setdefault(memory, place) if length >= 0 else 0
                before.append((memory, write, place - anchor, length))
        before.append((-1, False, len(entries), 0))
    values = places.ranges.values
    body: list[Any] = []
    for pc in range(first, last):
        for memory, write, value, length in places.static(pc):
            if value >= 0 and length >= 0:
                place = signed(value)
                place -= anchors.setdefault(memory, place)
                body.append((pc - first, memory, write, length, place))
            elif length >= 0:
                form = _relative(values, value, loop, memory, anchors)
                body.append((pc - first, memory, write, length, form))
            else:
                body.append((pc - first, memory, write, length))
    inner = []
    number = loop
    while number < len(nest.loops) and nest.loops[number].start < last:
        begin, end = nest.body(number)
        inner.append((begin - first, end - first, nest.trip(number)))
        number += 1
    key = (state, code[first:last].tobytes(), tuple(inner), tuple(before), tuple(body))
    return Likeness(key, loop, first, anchors)


def _relative(values: Values, value: int, loop: int, memory: int, anchors: dict[int, int]) -> Any:
    """A value relative to the anchor of ``memory``, loops numbered from ``loop``."""
    form = values.form(value) if value < 0 else None
    if isinstance(form, Switch):
        first = _relative(values, form.first, loop, memory, anchors)
        return form.loop - loop, first, _relative(values, form.rest, loop, memory, anchors)
    piece = signed_form(values, value)
    if piece is None:
        return None
    base = piece.base - anchors.setdefault(memory, piece.base)
    return base, tuple((variable - loop, step) for variable, step in piece.terms)


def relocated(run: LoopRun, offset: int, loops: int) -> LoopRun:
    """``run`` with its instructions ``offset`` and its loops ``loops`` further on."""
    known: dict[int, Any] = {}

    def turn(old: Turn) -> Turn:
        new = known.get(id(old))
        if new is None:
            parts = tuple([part(p) for p in old.parts])
            new = known[id(old)] = Turn(parts, old.cycles)
        return new

    def part(old: Part) -> Part:
        new = known.get(id(old))
        if new is None:
            if isinstance(old, Block):
                new = Block(old.pc + offset, old.steps, old.cycles)
            else:
                parts: list[Turn | Steady] = []
                for p in old.parts:
                    if isinstance(p, Turn):
                        parts.append(turn(p))
                    else:
                        parts.append(Steady(tuple([turn(t) for t in p.turns]), p.times, p.cycles))
                new = LoopRun(old.loop + loops, tuple(parts), old.cycles, old.basis, old.err_cycles)
            known[id(old)] = new
        return new

    moved = part(run)
    assert isinstance(moved, LoopRun)
    return moved
