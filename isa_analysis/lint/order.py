"""When instructions execute: how many have been executed before any given execution.

The order is that of a machine that runs loops one iteration after another. All counts are exact
Python integers, found from the loop tree: trip products exceed 64 bits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import Loop
from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION, UNKNOWN


@dataclass(frozen=True, slots=True)
class Order:
    """The execution order of a program up to instruction ``horizon`` (exclusive).

    ``trips[l]`` is how often the body of loop l runs per entry as far as the order goes: once for a
    loop that the horizon lies in, since nothing behind the horizon is predicted. ``length[l]`` are
    the instructions of one iteration, inner loops and the C_LOOP_END included. ``begin[r]`` is the
    first instruction of stretch r, ``arrival[r]`` how many are executed before it is reached for
    the first time, ``innermost[r]`` the loop around it (-1: none); stretches are cut at loop
    boundaries. ``rank[pc]`` counts the executable instructions before ``pc`` where some are not.
    """

    loops: tuple[Loop, ...]
    horizon: int
    trips: tuple[int, ...]
    length: tuple[int, ...]
    begin: tuple[int, ...]
    arrival: tuple[int, ...]
    innermost: tuple[int, ...]
    parents: tuple[int, ...]
    rank: NDArray[np.int64] | None

    def around(self, pc: int) -> list[int]:
        """The loops that instruction ``pc`` belongs to, outermost first. A C_LOOP_START belongs to
        the loops around its own, a C_LOOP_END to its own."""
        found: list[int] = []
        loop = self.innermost[bisect_right(self.begin, pc) - 1]
        while loop >= 0:
            found.append(loop)
            loop = self.parents[loop]
        return found[::-1]

    def first(self, pc: int) -> int:
        """Instructions executed before ``pc`` is reached for the first time."""
        r = bisect_right(self.begin, pc) - 1
        return self.arrival[r] + self._distance(self.begin[r], pc)

    def executed(self, pc: int, iterations: Mapping[int, int]) -> int:
        """Instructions executed before the execution of ``pc`` in these iterations (from 0) of the
        loops around it; loops that are not named are in their first."""
        return self.first(pc) + sum(
            number * self.length[loop] for loop, number in iterations.items() if number
        )

    def locate(self, executed: int) -> tuple[int, dict[int, int]] | None:
        """The instruction and the iterations (those above 0) that come after ``executed``
        instructions; None when the program, as far as it is predicted, ends before. The horizon
        itself counts: it is reached, even if nothing is known about what follows."""
        iterations: dict[int, int] = {}
        while True:
            r = bisect_right(self.arrival, executed) - 1
            pc = self._forward(self.begin[r], executed - self.arrival[r])
            if r + 1 == len(self.begin):
                return (pc, iterations) if pc <= self.horizon else None
            if pc < self.begin[r + 1]:
                return pc, iterations
            # In a later iteration of the loop that ends here: map onto its first.
            loop = self.innermost[r]
            start = self.first(self.loops[loop].start + 1)
            number, executed = divmod(executed - start, self.length[loop])
            iterations[loop] = number
            executed += start

    def _distance(self, begin: int, pc: int) -> int:
        return pc - begin if self.rank is None else int(self.rank[pc] - self.rank[begin])

    def _forward(self, begin: int, count: int) -> int:
        if self.rank is None:
            return begin + count
        return int(np.searchsorted(self.rank, self.rank[begin] + count, side="right")) - 1


def execution_order(program: Program, horizon: int) -> Order:
    """The order of ``program`` as far as ``horizon`` (an instruction index, or the length)."""
    loops = program.loops
    trips = [1 if loop.start < horizon <= loop.end else max(loop.trip, 1) for loop in loops]
    rank = None
    if program.skipped:
        runs = np.isin(program.rows.status, (INSTRUCTION, UNKNOWN))[program.row]
        rank = np.concatenate([[0], np.cumsum(runs)]).astype(np.int64)
    begin, arrival, innermost = [0], [0], [-1]
    length = [0] * len(loops)

    def reached(pc: int) -> int:
        distance = pc - begin[-1] if rank is None else int(rank[pc] - rank[begin[-1]])
        return arrival[-1] + distance

    def cut(pc: int, executed: int, loop: int) -> None:
        if pc == begin[-1]:
            arrival[-1], innermost[-1] = executed, loop
        else:
            begin.append(pc)
            arrival.append(executed)
            innermost.append(loop)

    head: dict[int, int] = {}
    parents = [-1] * len(loops)
    for loop, inside, is_end in _boundaries(loops):
        parents[loop] = inside
        pc = (loops[loop].end if is_end else loops[loop].start) + 1
        if pc > horizon:
            continue
        executed = reached(pc)
        if is_end:
            length[loop] = executed - head[loop]
            cut(pc, executed + (trips[loop] - 1) * length[loop], inside)
        else:
            head[loop] = executed
            cut(pc, executed, loop)
    return Order(
        loops, horizon, tuple(trips), tuple(length), tuple(begin), tuple(arrival),
        tuple(innermost), tuple(parents), rank,
    )  # fmt: skip


def _boundaries(loops: Sequence[Loop]) -> Iterator[tuple[int, int, bool]]:
    """Starts and ends of loops in program order, as (loop, the loop around it, is it the end).

    A loop that C_BREAK ended lies around nothing that comes after, whatever its parent says.
    """
    stack: list[int] = [-1]
    for index, loop in enumerate(loops):
        while len(stack) > 1 and loops[stack[-1]].end < loop.start:
            ended = stack.pop()
            yield ended, stack[-1], True
        yield index, stack[-1], False
        stack.append(index)
    while len(stack) > 1:
        ended = stack.pop()
        yield ended, stack[-1], True
