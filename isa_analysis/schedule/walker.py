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

from isa_analysis.schedule.comparisons import (
    Comparisons,
    Limits,
    after,
    all_of,
    around,
    hold,
    repeats,
    same_after,
    shifted,
    tighten,
)
from isa_analysis.schedule.likeness import Like, likeness_of, relocated
from isa_analysis.schedule.model import Block, LoopRun, Part, Steady, Turn
from isa_analysis.schedule.nest import Nest
from isa_analysis.schedule.ranges import Entry, Places, Range
from isa_analysis.schedule.serialised import Serialised
from isa_analysis.schedule.shortcuts import Shortcuts
from isa_analysis.schedule.specs import Code
from isa_analysis.schedule.steps import STATE, Automaton, Node

#: Iterations of one execution of a loop that are walked before its closed form is given up.
ITERATIONS = 4096
#: Instructions walked in one execution of a loop before the same happens.
INSTRUCTIONS = 1 << 19
_LEAST = 16
#: Instructions outside loops that are looked at one by one with their ranges in memory.
_LOOK_AHEAD = 8
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
    """A walk in progress."""

    code: Code
    automaton: Automaton
    places: Places
    nest: Nest
    shortcuts: Shortcuts
    comparisons: Comparisons
    node: Node = field(default_factory=dict)
    history: list[list[Entry]] = field(default_factory=list)
    iteration: dict[int, int] = field(default_factory=dict)
    #: Instructions walked so far, the measure of the work done.
    walked: int = 0
    _groups: list[int] = field(default_factory=list)
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
        if loop < 0:
            return self._outside(begin, end)
        self.places.load(begin, end)
        steps = np.array(self._slowly(begin, end)[0], np.int32)
        key = begin, steps.tobytes()
        block = self._blocks.get(key)
        if block is None:
            block = self._blocks[key] = Block(begin, steps, self._cycles(steps))
        return block

    def _cycles(self, steps: NDArray[np.int32]) -> int:
        table = self.automaton.steps
        return sum([table[s].advance for s in steps.tolist()])

    def _outside(self, begin: int, end: int) -> Block:
        """Straight code outside loops."""
        shortcuts = self.shortcuts
        pieces: list[NDArray[np.int32]] = []
        pc, cycles = begin, 0
        if shortcuts.tokens is None:
            while pc < end:
                steps, more = shortcuts.rest(self.node, pc, end)
                if not len(steps):
                    steps, more = self._until(pc, min(pc + _LOOK_AHEAD, end), -1)
                pieces.append(steps)
                pc, cycles = pc + len(steps), cycles + more
        else:
            # What is unfinished from before is met one by one, all else is known in advance.
            while pc < end and self._unsettled(begin):
                steps, more = self._until(pc, min(pc + _LOOK_AHEAD, end), begin)
                pieces.append(steps)
                pc, cycles = pc + len(steps), cycles + more
            settled = pc < end
            while pc < end:
                steps, more, self.node = shortcuts.piece(self.node, pc, end)
                pieces.append(steps)
                pc, cycles = pc + len(steps), cycles + more
            if settled:
                self._recall(begin, end)
        self.places.forget()
        return Block(begin, pieces[0] if len(pieces) == 1 else np.concatenate(pieces), cycles)

    def _until(self, begin: int, end: int, origin: int) -> tuple[NDArray[np.int32], int]:
        """Steps and cycles of instructions walked one by one: up to rest, or with ``origin`` as
        long as something from before it is pending."""
        self.places.load(begin, end)
        steps = np.array(self._slowly(begin, end, origin, origin < 0)[0], np.int32)
        return steps, self._cycles(steps)

    def _slowly(
        self, begin: int, end: int, origin: int = -1, to_rest: bool = False
    ) -> tuple[list[int], int]:
        """Walk instructions one by one; returns their steps and where the walk stopped: at ``end``,
        where nothing from before instruction ``origin`` (if any) is pending any more, or where the
        machine comes to rest."""
        node, follow, groups = self.node, self.automaton.follow, self._groups
        history, at = self.history, self.places.at
        rest = self.automaton.initial() if to_rest else None
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
            if node is rest:
                pc += 1
                break
        else:
            pc = end
        self.node = node
        self.walked += pc - begin
        return taken, pc

    def _unsettled(self, begin: int) -> bool:
        """Whether an access from before instruction ``begin`` is pending."""
        return any(self.history[g][-n][0] < begin for g, n in self.node[STATE].open_groups)

    def _recall(self, begin: int, end: int) -> None:
        """Put the pending accesses of instructions ``begin`` to ``end`` into the history."""
        wanted = dict(self.node[STATE].open_groups)
        found: dict[int, list[Entry]] = {g: [] for g in wanted}
        stop = end
        while wanted and stop > begin:
            first = max(begin, stop - _LOOK_AHEAD)
            specs = self.code.of_pc[first:stop].tolist()
            for pc in range(stop - 1, first - 1, -1):
                group = self._groups[specs[pc - first]]
                if group in wanted:
                    self.places.load(pc, pc + 1)
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
        meet = self.comparisons.meet
        conflicts = None
        for group, count in open_groups:
            entries = self.history[group]
            code = 0
            for age in range(count):
                if meet(ranges, entries[-1 - age][1]):
                    if machine.latest:
                        code = age + 1
                        break
                    code |= 1 << age
            if code:
                if conflicts is None:
                    conflicts = [0] * machine.groups
                conflicts[group] = code
        return spec if conflicts is None else self.automaton.token(spec, tuple(conflicts))

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
            if same_after(old.begin, begin, moved) and hold(old.limits, moved):
                self.node = old.node
                for entries, end in zip(self.history, old.end, strict=True):
                    entries += [shifted(entry, moved) for entry in end]
                self.comparisons.note_all(old.limits, moved)
                return old.run
        run, limits = self._walked(loop)
        if len(kept) < _REMEMBERED:
            kept.append(_Remembered(outer, begin, run, self.node, self._pending(), limits))
        self.comparisons.note_all(limits, {})
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
                    merged = all_of(limits[-back:])
                    times = min((trip - 1 - number) // back, repeats(merged, loop, back))
                    if times > 0 and same_after(before[1], begin, {loop: back}):
                        period = tuple(turns[-back:])
                        cycles = times * sum(turn.cycles for turn in period)
                        parts.append(Steady(period, times, cycles))
                        self._shift(begin, {loop: back * times})
                        tighten(all_limits, after(merged, loop, back * times))
                        number += back * times
                        turns, limits, seen = [], [], {}
                        continue
                seen[key] = (len(turns), begin)
                if walked >= ITERATIONS or (walked > _LEAST and self.walked > budget):
                    break
            self.iteration[loop] = number
            self.comparisons.limits.append({})
            begin_cycles = self._parts(first, last, loop)
            turn = Turn(begin_cycles, sum(part.cycles for part in begin_cycles))
            done = self.comparisons.limits.pop()
            tighten(all_limits, done)
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
        return run, around(all_limits, loop)

    def _give_up(self, loop: int, left: int) -> tuple[LoopRun, int]:
        """The remaining iterations as an upper bound: each instruction after the one before."""
        serial = Serialised(self.code, self.automaton, self.nest)
        run, least = serial.loop(loop, left, self.automaton.rest(self.node))
        credit = self.automaton.machine.credit(self.node[STATE].state)
        self.node = self.automaton.initial()
        return run, run.cycles - least + credit

    def _shift(self, begin: tuple[tuple[Entry, ...], ...], moved: dict[int, int]) -> None:
        for entries, pending in zip(self.history, begin, strict=True):
            if pending:
                entries[-len(pending) :] = [shifted(entry, moved) for entry in pending]
