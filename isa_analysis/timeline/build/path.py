"""The blame walk: from the last retirement back to the start, by what held each step up.

Every cycle of the makespan is blamed exactly once: on an instruction that executes and is waited
for, on the order of issue, or on a run of iterations as a whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from isa_analysis.schedule.model import HBM_READ, HBM_WRITE, STALLS, Ints, Schedule
from isa_analysis.timeline.build.rows import Batch
from isa_analysis.timeline.model import PathStep

#: Kind and engine (-1: none) -> steps and cycles.
Sums = dict[tuple[str, int], list[int]]
#: Engine and cycle of dispatch.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trail:
    """What the walk needs of a batch: its rows are numbered from ``first_row``; ``span`` of each
    row (-1: none), ``cause``: the row it waits for (-1: none)."""

    batch: Batch
    first_row: int
    span: Ints
    cause: Ints


@dataclass(slots=True)
class _Walk:
    """The walk so far. ``sums``: kind and engine -> steps and cycles, whatever spans there are.
    ``stops``: per trail, the rows at which the order of issue explains no more: those that stall,
    and runs; ``queues``: per trail and engine of transfers, its rows. ``moves``: how far each step
    moves the issue point when it does not stall. ``places``: engine and dispatch of what each step
    blames, told where steps are ``apart``."""

    schedule: Schedule
    trails: Sequence[Trail]
    steps: list[PathStep]
    firsts: list[int]
    apart: bool
    sums: Sums = field(default_factory=dict)
    stops: dict[int, list[int]] = field(default_factory=dict)
    queues: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    moves: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def stop_before(self, trail: Trail, at: int) -> int:
        """The last stop before row ``at`` of ``trail``; -1: none."""
        found = self.stops.get(trail.first_row)
        if found is None:
            stall = self.schedule.steps.stall[trail.batch.step]
            found = np.flatnonzero((stall > 0) | trail.batch.run).tolist()
            self.stops[trail.first_row] = found
        place = bisect_left(found, at) - 1
        return found[place] if place >= 0 else -1

    def trail_of(self, row: int) -> tuple[Trail, int]:
        index = bisect_right(self.firsts, row) - 1
        trail = self.trails[index]
        return trail, row - trail.first_row

    def queued_before(self, row: int, start: int) -> int:
        """The transfer whose end row ``row``, a transfer, waits for in the queue until ``start``;
        -1: none."""
        trail, at = self.trail_of(row)
        engine = int(trail.batch.engine[at])
        index = bisect_right(self.firsts, row) - 1
        while index >= 0:
            trail = self.trails[index]
            batch = trail.batch
            found = self.queues.get((index, engine))
            if found is None:
                found = np.flatnonzero(batch.works & (batch.engine == engine)).tolist()
                self.queues[index, engine] = found
            place = bisect_left(found, row - trail.first_row) - 1
            if place >= 0:
                before = found[place] + trail.first_row
                return before if _retired(self, before) == start else -1
            index -= 1
        return -1

    def put(self, trail: Trail, row: int, start: int, end: int, kind: str) -> int:
        """Blame the cycles from ``start`` to ``end`` on row ``row`` of ``trail``; returns the
        earlier one."""
        if end <= start:
            return min(start, end)
        span = int(trail.span[row])
        mine = self.sums.setdefault(
            (kind, int(trail.batch.engine[row]) if span >= 0 else -1), [0, 0]
        )
        mine[0] += 1
        mine[1] += end - start
        last = self.steps[-1] if self.steps else None
        alike = last is not None and last.span == span and last.kind == kind
        if last is not None and alike and last.start == end and not self.apart:
            self.steps[-1] = PathStep(span, start, last.end, kind)
        else:
            self.steps.append(PathStep(span, start, end, kind))
            if self.apart:
                self.places.append(_place(self.schedule, trail.batch, row))
        return start


@dataclass(frozen=True, slots=True)
class Blame:
    """The walk's ``steps`` in order of time, and their ``sums``; both tile the makespan.
    ``places``: what each step blames, where steps of one span and kind in a row are not joined."""

    steps: tuple[PathStep, ...] = ()
    sums: Sums = field(default_factory=dict)
    places: tuple[Place, ...] = ()


def blame(schedule: Schedule, trails: Sequence[Trail], apart: bool = False) -> Blame:
    """The walk; ``apart``: with places."""
    if not trails or not schedule.makespan:
        return Blame()
    walk = _Walk(schedule, trails, [], [t.first_row for t in trails], apart)
    walk.moves = (schedule.steps.advance - schedule.steps.stall).tolist()
    row = _last(schedule, trails)
    now = schedule.makespan
    executes = True
    while now > 0:
        trail, at = walk.trail_of(row)
        batch = trail.batch
        step = int(batch.step[at])
        leaf = batch.leaves[int(batch.leaf[at])]
        if batch.run[at]:
            now = walk.put(trail, _busiest(trail, at), min(leaf.begin, now), now, "run")
            row, executes = _before_leaf(trail, at), False
        else:
            dispatch = int(batch.dispatch[at]) + batch.base
            if executes:
                begin = dispatch + int(schedule.steps.start[step])
                now = walk.put(trail, at, min(max(begin, 0), now), now, "execute")
            stall = int(schedule.steps.stall[step])
            issue = dispatch + stall
            if executes and now > issue and int(batch.engine[at]) in (HBM_READ, HBM_WRITE):
                before = walk.queued_before(row, now)
                if before >= 0:
                    row = before
                    continue
            if now > issue:
                now = walk.put(trail, at, issue, now, "issue")
            cause = int(trail.cause[at])
            if stall and cause >= 0 and cause < row and now > dispatch:
                until = _retired(walk, cause)
                if until < now:  # the wait is not explained to its end: blame its kind
                    kind = STALLS[int(schedule.steps.kind[step])]
                    now = walk.put(trail, at, max(until, dispatch), now, kind)
                    if now == dispatch:
                        row, executes = row - 1, False
                        continue
                row, executes = cause, True
                continue
            if stall:
                now = walk.put(trail, at, dispatch, now, STALLS[int(schedule.steps.kind[step])])
            row, now = _issue_back(walk, row, now)
            executes = False
        if row < 0:
            break
    if now > 0:
        walk.put(walk.trails[0], 0, 0, now, "issue")
    return Blame(tuple(reversed(walk.steps)), walk.sums, tuple(reversed(walk.places)))


def _place(schedule: Schedule, batch: Batch, row: int) -> Place:
    """Engine and dispatch of a row."""
    engine = int(batch.engine[row])
    if batch.run[row]:
        leaf = int(batch.leaf[row])
        return engine, batch.leaves[leaf].begin + batch.runs[leaf].engines[engine].dispatch
    hidden = min(int(schedule.steps.start[batch.step[row]]), 0)
    return engine, int(batch.dispatch[row]) + batch.base + hidden


def _last(schedule: Schedule, trails: Sequence[Trail]) -> int:
    """The row that retires last."""
    best, found = -1, 0
    for trail in trails:
        batch = trail.batch
        plain = np.flatnonzero(batch.works & ~batch.run)
        if len(plain):
            retired = batch.dispatch[plain] + schedule.steps.finish[batch.step[plain]]
            at = int(np.argmax(retired))
            if int(retired[at]) + batch.base >= best:
                best, found = int(retired[at]) + batch.base, int(plain[at]) + trail.first_row
        for at, leaf, engine in batch.run_rows():
            end = batch.leaves[leaf].begin + batch.runs[leaf].engines[engine].finish
            if end > best:
                best, found = end, at + trail.first_row
    return found


def _retired(walk: _Walk, row: int) -> int:
    trail, at = walk.trail_of(row)
    batch = trail.batch
    if batch.run[at]:
        leaf = int(batch.leaf[at])
        return batch.leaves[leaf].begin + batch.runs[leaf].engines[int(batch.engine[at])].finish
    step = int(batch.step[at])
    return int(batch.dispatch[at]) + batch.base + int(walk.schedule.steps.finish[step])


def _busiest(trail: Trail, at: int) -> int:
    """The row of the engine that works most in the run of row ``at``."""
    leaf = int(trail.batch.leaf[at])
    first, last = np.searchsorted(trail.batch.leaf, (leaf, leaf + 1)).tolist()
    rows = range(first, last)
    uses = trail.batch.runs[leaf].engines
    return max(rows, key=lambda r: uses[int(trail.batch.engine[r])].busy)


def _before_leaf(trail: Trail, at: int) -> int:
    """The last row before the leaf of row ``at``."""
    leaf = int(trail.batch.leaf[at])
    return trail.first_row + int(np.searchsorted(trail.batch.leaf, leaf)) - 1


def _issue_back(walk: _Walk, row: int, now: int) -> tuple[int, int]:
    """Follow the order of issue back from the dispatch of ``row`` to the latest earlier row that
    stalls or is a run, blaming each block on the way; returns it and its issue."""
    trail, at = walk.trail_of(row)
    batch = trail.batch
    stop = walk.stop_before(trail, at)
    first = max(stop, 0)
    if first < at and batch.run[first]:
        first += 1
    block, step = batch.block[first:at].tolist(), batch.step[first:at].tolist()
    at -= 1
    while at >= first:
        # One block: from its last row back to its first, or to the row that stalls.
        here, last = block[at - first], at
        longest, most, spent = at, -1, 0
        while at >= first and block[at - first] == here:
            cycles = walk.moves[step[at - first]]
            spent += cycles
            if cycles >= most:
                longest, most = at, cycles
            at -= 1
        begin = int(batch.dispatch[at + 1]) + batch.base
        if at + 1 == stop:
            begin += int(walk.schedule.steps.stall[step[0]])
        kind = "execute" if spent > 2 * (last - at) else "issue"
        now = walk.put(trail, longest, min(begin, now), now, kind)
    if stop < 0:
        return trail.first_row - 1, now
    return trail.first_row + stop, now
