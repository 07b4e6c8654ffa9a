"""Programs through a timing model, loops in closed form.

Straight code is walked instruction by instruction (or with conflicts that were found in advance).
A loop is walked until it repeats: at the beginning of two iterations the machine is in the same
state, and the unfinished memory accesses are the same instructions, their addresses advanced as
far as the counter says. The turns between them then follow again and again, as long as every
comparison of addresses that was made on the way keeps its outcome. Each comparison depends on one
number that moves by a constant per iteration, so how long it holds is known, and that many turns
are taken at once. Then the walk goes on, up to the last iteration, which is always walked.

Comparisons made inside inner loops constrain outer ones in the same way, so the result of an inner
loop is kept with the shifts of outer counters for which it holds, and used again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.likeness import Like, likeness_of, relocated
from isa_analysis.schedule.model import Block, LoopRun, Part, Steady, Turn
from isa_analysis.schedule.nest import Nest
from isa_analysis.schedule.ranges import Entry, Places, Range
from isa_analysis.schedule.serialised import Serialised
from isa_analysis.schedule.specs import Code
from isa_analysis.schedule.steps import STATE, Automaton, Node

#: A distance that no counter covers.
_FAR = 1 << 300
#: Iterations of one execution of a loop that are walked before its closed form is given up.
ITERATIONS = 4096
#: Instructions walked in one execution of a loop before the same happens.
INSTRUCTIONS = 1 << 19
_LEAST = 16
#: Instructions outside loops that are looked at one by one with their ranges in memory.
_CHUNK = 1 << 12
#: Longest body of a loop for which a loop like it is looked for.
LIKENESS = 1024
#: What looking up a remembered execution costs, in instructions walked.
_LOOK_UP = 16
#: Instructions walked in all before every loop that does not repeat is given up, and how many more
#: per instruction of the program.
_IN_ALL, _PER_INSTRUCTION = 1 << 21, 64
#: Remembered executions per loop, state and pending accesses.
_REMEMBERED = 4
#: Accesses kept per history group; more than can be unfinished at one time.
_KEPT = 1 << 12

Terms = "tuple[tuple[int, int], ...] | None"
#: Which counters a difference of addresses moves with, and how far per iteration.
Slope = tuple[tuple[int, int], ...]
#: Per slope: how far the difference may move down and up before an outcome changes.
Limits = dict[Slope, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Remembered:
    """One execution of a loop: what it began with, and what it came to."""

    iteration: dict[int, int]
    begin: tuple[tuple[Entry, ...], ...]
    run: LoopRun
    node: Node
    end: tuple[tuple[Entry, ...], ...]
    limits: Limits


@dataclass(slots=True)
class Walker:
    """A walk in progress. ``tokens``: for instructions outside loops, the token with conflicts
    found in advance (None: walk all of them)."""

    code: Code
    automaton: Automaton
    places: Places
    nest: Nest
    tokens: NDArray[np.int32] | None = None
    node: Node = field(default_factory=dict)
    history: list[list[Entry]] = field(default_factory=list)
    iteration: dict[int, int] = field(default_factory=dict)
    limits: list[Limits] = field(default_factory=list)
    #: Instructions walked so far, the measure of the work done.
    walked: int = 0
    _groups: list[int] = field(default_factory=list)
    _slopes: dict[Any, Slope] = field(default_factory=dict)
    _blocks: dict[tuple[int, bytes], Block] = field(default_factory=dict)
    _memory: dict[Any, list[_Remembered]] = field(default_factory=dict)
    _likes: dict[Any, Like] = field(default_factory=dict)
    #: Executions that are copies of another one (by its id), and how many instructions later.
    copies: dict[int, list[tuple[LoopRun, int]]] = field(default_factory=dict)

    def run(self) -> tuple[Part, ...]:
        """The tree of the whole program; afterwards :attr:`node` is the state at its end."""
        machine = self.automaton.machine
        self.node = self.automaton.initial()
        self.history = [[] for _ in range(machine.groups)]
        self._groups = [machine.group_of(spec) for spec in self.code.specs]
        return self._parts(0, self.nest.instructions, -1)

    def _parts(self, begin: int, end: int, loop: int) -> tuple[Part, ...]:
        """Instructions ``begin`` to ``end`` of the body of ``loop`` (-1: the program)."""
        parts: list[Part] = []
        for inner in self.nest.children(loop):
            first, last = self.nest.body(inner)
            if first > begin:
                parts.append(self._block(begin, first, loop))
            begin = last
            if last > first:
                parts.append(self._loop(inner))
        if end > begin:
            parts.append(self._block(begin, end, loop))
        return tuple(parts)

    # Straight code -------------------------------------------------------------------------------

    def _block(self, begin: int, end: int, loop: int) -> Block:
        if loop < 0 and self.tokens is not None:
            taken = self._found_in_advance(begin, end, self.tokens)
        elif loop < 0:
            taken = []
            for first in range(begin, end, _CHUNK):
                last = min(first + _CHUNK, end)
                self.places.load(first, last)
                taken += self._slowly(first, last)[0]
                self.places.forget()
        else:
            self.places.load(begin, end)
            taken = self._slowly(begin, end)[0]
        steps = np.array(taken, np.int32)
        key = (begin, steps.tobytes()) if loop >= 0 else (begin, b"")
        block = self._blocks.get(key)
        if block is None:
            table = self.automaton.steps
            block = Block(begin, steps, sum([table[s].advance for s in taken]))
            self._blocks[key] = block
        return block

    def _slowly(self, begin: int, end: int, origin: int = -1) -> tuple[list[int], int]:
        """Walk instructions one by one; returns their steps and where the walk stopped: at ``end``,
        or where nothing from before instruction ``origin`` (if any) is pending any more."""
        node, follow, groups = self.node, self.automaton.follow, self._groups
        history, at = self.history, self.places.at
        taken: list[int] = []
        pc = begin
        for pc, spec in enumerate(self.code.of_pc[begin:end].tolist(), begin):
            open_groups = node[STATE].open_groups
            if origin >= 0 and all(history[g][-n][0] >= origin for g, n in open_groups):
                break
            ranges = at(pc, self.iteration)
            token = self._token(spec, ranges, open_groups) if ranges and open_groups else spec
            found = node.get(token)
            if found is None:
                found = follow(node, token)
            taken.append(found[0])
            node = found[1]
            group = groups[spec]
            if group >= 0:
                entries = history[group]
                entries.append((pc, ranges))
                if len(entries) > 2 * _KEPT:
                    del entries[:-_KEPT]
        else:
            pc = end
        self.node = node
        self.walked += pc - begin
        return taken, pc

    def _found_in_advance(self, begin: int, end: int, tokens: NDArray[np.int32]) -> list[int]:
        """Straight code outside loops: what is unfinished from before is met one by one, the rest
        goes by the conflicts found in advance."""
        taken: list[int] = []
        pc = begin
        while pc < end and self._unsettled(begin):
            stop = min(pc + 32, end)
            self.places.load(pc, stop)
            more, pc = self._slowly(pc, stop, begin)
            taken += more
        node, follow, append = self.node, self.automaton.follow, taken.append
        for token in tokens[pc:end].tolist():
            found = node.get(token)
            if found is None:
                found = follow(node, token)
            append(found[0])
            node = found[1]
        self.node = node
        if pc < end:
            self._recall(begin, end)
        self.places.forget()
        return taken

    def _unsettled(self, begin: int) -> bool:
        """Whether an access from before instruction ``begin`` is pending."""
        return any(self.history[g][-n][0] < begin for g, n in self.node[STATE].open_groups)

    def _recall(self, begin: int, end: int) -> None:
        """Put the pending accesses of instructions ``begin`` to ``end`` into the history."""
        wanted = dict(self.node[STATE].open_groups)
        found: dict[int, list[Entry]] = {g: [] for g in wanted}
        stop = end
        while wanted and stop > begin:
            first = max(begin, stop - 256)
            self.places.load(first, stop)
            specs = self.code.of_pc[first:stop].tolist()
            for pc in range(stop - 1, first - 1, -1):
                group = self._groups[specs[pc - first]]
                if group in wanted:
                    found[group].append((pc, self.places.at(pc, self.iteration)))
                    if len(found[group]) == wanted[group]:
                        del wanted[group]
                        if not wanted:
                            break
            stop = first
        for group, entries in found.items():
            self.history[group] = entries[::-1]

    # Conflicts -----------------------------------------------------------------------------------

    def _token(
        self, spec: int, ranges: tuple[Range, ...], open_groups: tuple[tuple[int, int], ...]
    ) -> int:
        """The token of an instruction that touches ``ranges``: compare with all pending ones."""
        machine = self.automaton.machine
        conflicts = None
        for group, count in open_groups:
            entries = self.history[group]
            code = 0
            for age in range(count):
                if self._meet(ranges, entries[-1 - age][1]):
                    if machine.latest:
                        code = age + 1
                        break
                    code |= 1 << age
            if code:
                if conflicts is None:
                    conflicts = [0] * machine.groups
                conflicts[group] = code
        return spec if conflicts is None else self.automaton.token(spec, tuple(conflicts))

    def _meet(self, ranges: tuple[Range, ...], others: tuple[Range, ...]) -> bool:
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
                            self._note(slope, difference + length - 1, length2 - 1 - difference)
                        elif difference > 0:
                            notes.append((slope, difference - length2, _FAR))
                        else:
                            notes.append((slope, _FAR, -difference - length))
                if hit:
                    return True
        for slope, down, up in notes:
            self._note(slope, down, up)
        return False

    def _slope(self, terms: Any, terms2: Any) -> Slope:
        """How the difference of two addresses moves with the counters of the open loops."""
        chain = len(self.limits)
        loop = self.nest.chain[-1] if self.nest.chain else -1
        key = (terms, terms2, loop, chain)
        slope = self._slopes.get(key)
        if slope is None:
            moved = dict(terms or ())
            for variable, step in terms2 or ():
                moved[variable] = moved.get(variable, 0) - step
            out = []
            for variable in sorted(moved):
                step = moved[variable]
                if step and variable in self.nest.chain:
                    out.append((variable, step))
            slope = self._slopes[key] = tuple(out)
        return slope

    def _note(self, slope: Slope, down: int, up: int) -> None:
        limits = self.limits[-1]
        known = limits.get(slope)
        if known is None:
            limits[slope] = (down, up)
        elif down < known[0] or up < known[1]:
            limits[slope] = (min(down, known[0]), min(up, known[1]))

    # Loops ---------------------------------------------------------------------------------------

    def _pending(self) -> tuple[tuple[Entry, ...], ...]:
        """The pending accesses of each group, oldest first."""
        return tuple(
            tuple(entries[-count:]) if count else ()
            for entries, count in zip(self.history, self.node[STATE].pending, strict=True)
        )

    def _loop(self, loop: int) -> LoopRun:
        """One execution of ``loop``: remembered, or walked."""
        if not self.nest.chain:
            return self._outermost(loop)
        begin = self._pending()
        outer = {i: self.iteration[i] for i in self.nest.chain}
        key = (
            loop,
            self.node[STATE].number,
            tuple(tuple(pc for pc, _ in entries) for entries in begin),
            tuple(number == 0 for number in outer.values()),
        )
        kept = self._memory.setdefault(key, [])
        self.walked += _LOOK_UP
        for old in kept:
            moved = {i: outer[i] - old.iteration[i] for i in outer}
            if _same_after(old.begin, begin, moved) and _holds(old.limits, moved):
                self.node = old.node
                for entries, end in zip(self.history, old.end, strict=True):
                    entries += [_shifted(entry, moved) for entry in end]
                for slope, (down, up) in old.limits.items():
                    shift = sum(step * moved[i] for i, step in slope)
                    self._note(slope, down + shift, up - shift)
                return old.run
        run, limits = self._walked(loop)
        if len(kept) < _REMEMBERED:
            kept.append(_Remembered(outer, begin, run, self.node, self._pending(), limits))
        for slope, (down, up) in limits.items():
            self._note(slope, down, up)
        return run

    def _outermost(self, loop: int) -> LoopRun:
        """A loop outside all others: like an earlier one, or walked."""
        first, last = self.nest.body(loop)
        if last - first > LIKENESS:
            return self._walked(loop)[0]
        self.places.load(first, last)
        begin = self._pending()
        likeness = likeness_of(
            loop, self.code.of_pc, self.nest, self.places, begin, self.node[STATE].number
        )
        old = self._likes.get(likeness.key)
        if old is None:
            run = self._walked(loop)[0]
            self._likes[likeness.key] = Like(likeness, run, self.node, self._pending())
            return run
        self.node = old.node
        for entries, end in zip(self.history, old.end, strict=True):
            if end:
                entries += [likeness.moved(entry, old.likeness) for entry in end]
        offset = likeness.start - old.likeness.start
        run = relocated(old.run, offset, loop - old.likeness.loop)
        self.copies.setdefault(id(old.run), []).append((run, offset))
        return run

    def _walked(self, loop: int) -> tuple[LoopRun, Limits]:
        """Execute ``loop``, and the limits of outer counters within which it goes the same way."""
        trip = self.nest.trip(loop)
        first, last = self.nest.body(loop)
        self.nest.chain.append(loop)
        all_limits: Limits = {}
        parts: list[Turn | Steady] = []
        turns: list[Turn] = []  # those since the last jump, with their limits
        limits: list[Limits] = []
        seen: dict[Any, tuple[int, tuple[tuple[Entry, ...], ...]]] = {}
        number = walked = 0
        most = _IN_ALL + _PER_INSTRUCTION * self.nest.instructions
        budget = min(self.walked + INSTRUCTIONS, most)
        serialised: LoopRun | None = None
        while number < trip:
            if number and trip - number > 1:
                begin = self._pending()
                key = (
                    self.node[STATE].number,
                    tuple(tuple(pc for pc, _ in entries) for entries in begin),
                )
                before = seen.get(key)
                if before is not None:
                    back = len(turns) - before[0]
                    merged = _merge(limits[-back:])
                    times = min((trip - 1 - number) // back, _repeats(merged, loop, back))
                    if times > 0 and _same_after(before[1], begin, {loop: back}):
                        period = tuple(turns[-back:])
                        cycles = times * sum(turn.cycles for turn in period)
                        parts.append(Steady(period, times, cycles))
                        self._shift(begin, {loop: back * times})
                        _combine(all_limits, _moved(merged, loop, back * times))
                        number += back * times
                        turns, limits, seen = [], [], {}
                        continue
                seen[key] = (len(turns), begin)
                if walked >= ITERATIONS or (walked > _LEAST and self.walked > budget):
                    break
            self.iteration[loop] = number
            self.limits.append({})
            begin_cycles = self._parts(first, last, loop)
            turn = Turn(begin_cycles, sum(part.cycles for part in begin_cycles))
            done = self.limits.pop()
            _combine(all_limits, done)
            turns.append(turn)
            limits.append(done)
            parts.append(turn)
            number += 1
            walked += 1
        self.nest.chain.pop()
        self.iteration.pop(loop, None)
        error = 0
        if number < trip:
            serialised, error = self._give_up(loop, trip - number)
            parts += serialised.parts
        run = LoopRun(
            loop, tuple(parts), sum(part.cycles for part in parts),
            "bound" if number < trip else "steady", error,
        )  # fmt: skip
        return run, _without(all_limits, loop)

    def _give_up(self, loop: int, left: int) -> tuple[LoopRun, int]:
        """The remaining iterations as an upper bound: each instruction after the one before."""
        serial = Serialised(self.code, self.automaton, self.nest)
        run, least = serial.loop(loop, left, self.automaton.rest(self.node))
        self.node = self.automaton.initial()
        return run, run.cycles - least

    def _shift(self, begin: tuple[tuple[Entry, ...], ...], moved: dict[int, int]) -> None:
        for entries, pending in zip(self.history, begin, strict=True):
            if pending:
                entries[-len(pending) :] = [_shifted(entry, moved) for entry in pending]


def _shifted(entry: Entry, moved: dict[int, int]) -> Entry:
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


def _same_after(
    old: tuple[tuple[Entry, ...], ...], new: tuple[tuple[Entry, ...], ...], moved: dict[int, int]
) -> bool:
    """Whether the pending accesses ``new`` are ``old`` with the counters ``moved`` on."""
    for entries, others in zip(old, new, strict=True):
        for entry, other in zip(entries, others, strict=True):
            if entry is not other and _shifted(entry, moved)[1] != other[1]:
                return False
    return True


def _holds(limits: Limits, moved: dict[int, int]) -> bool:
    for slope, (down, up) in limits.items():
        shift = sum(step * moved[i] for i, step in slope)
        if not -down <= shift <= up:
            return False
    return True


def _repeats(limits: Limits, loop: int, period: int) -> int:
    """How many more periods of ``loop`` leave every outcome as it is."""
    most = _FAR
    for slope, (down, up) in limits.items():
        for variable, step in slope:
            if variable == loop:
                most = min(most, up // (step * period) if step > 0 else down // (-step * period))
    return most


def _moved(limits: Limits, loop: int, iterations: int) -> Limits:
    """What is left of ``limits`` for other counters while ``loop`` goes on for ``iterations``."""
    out: Limits = {}
    for slope, (down, up) in limits.items():
        shift = iterations * dict(slope).get(loop, 0)
        out[slope] = (down + min(shift, 0), up - max(shift, 0))
    return out


def _combine(into: Limits, limits: Limits) -> None:
    for slope, (down, up) in limits.items():
        known = into.get(slope)
        if known is None:
            into[slope] = (down, up)
        else:
            into[slope] = (min(known[0], down), min(known[1], up))


def _merge(parts: list[Limits]) -> Limits:
    out: Limits = {}
    for limits in parts:
        _combine(out, limits)
    return out


def _without(limits: Limits, loop: int) -> Limits:
    """``limits`` for the counters around ``loop``."""
    out: Limits = {}
    for slope, bounds in limits.items():
        rest = tuple(term for term in slope if term[0] != loop)
        if rest:
            _combine(out, {rest: bounds})
    return out
