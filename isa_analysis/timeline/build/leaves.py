"""Which parts of a schedule are told apart: the leaves of its tree, in issue order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isa_analysis.schedule.model import Block, LoopRun, Part, Schedule, Steady, Turn
from isa_analysis.timeline.build.summary import Node, Summaries


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that is told as a whole: straight code (``repeat`` 1), or a run of a loop's
    iterations as one. The issue point reaches it at ``begin``; ``loop`` is the innermost loop
    around straight code, or the loop that runs (-1: none)."""

    begin: int
    node: Block | LoopRun | Steady
    loop: int
    repeat: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Which leaves there are. Loops with at most ``collapse`` loops nested from their inside out
    (themselves included) are told as a whole. Only what may touch ``window`` is there (with
    ``keep`` everything); steady runs in it are unrolled where that takes at most ``unroll`` block
    instances."""

    collapse: int = 0
    window: tuple[int, int] | None = None
    unroll: int = 0
    keep: bool = False


def leaves(schedule: Schedule, summaries: Summaries, cut: Cut) -> Iterator[Leaf]:
    """The leaves of ``schedule`` under ``cut``."""
    yield from _Expansion(summaries, cut, summaries.heights).sequence(schedule.root, 0, -1)


@dataclass(frozen=True, slots=True)
class _Expansion:
    summaries: Summaries
    cut: Cut
    heights: dict[int, int]

    def sequence(self, nodes: tuple[Part, ...], at: int, loop: int) -> Iterator[Leaf]:
        for node in nodes:
            if isinstance(node, Block):
                if len(node.steps) and self.touches(node, at):
                    yield Leaf(at, node, loop, 1)
            elif self.touches(node, at):
                yield from self.run(node, at)
            at += node.cycles

    def run(self, node: LoopRun, at: int) -> Iterator[Leaf]:
        if self.cut.collapse and height(node, self.heights) <= self.cut.collapse:
            yield Leaf(at, node, node.loop, iterations(node))
            return
        for part in node.parts:
            if self.touches(part, at):
                if isinstance(part, Turn):
                    yield from self.sequence(part.parts, at, node.loop)
                else:
                    yield from self.steady(part, at, node.loop)
            at += part.cycles

    def steady(self, part: Steady, at: int, loop: int) -> Iterator[Leaf]:
        period = part.cycles // part.times if part.times else 0
        window = self.cut.window
        if window is not None and period:
            # What is in flight may reach beyond its turn by as much as the whole run does.
            reach = max(self.extent(part) - part.cycles, 0)
            first = max((window[0] - at - reach) // period, 0)
            last = min((window[1] - at) // period + 1, part.times)
            once = sum(sum(self.summaries.of(turn).instances) for turn in part.turns)
            if first < last and once * (last - first) <= self.cut.unroll:
                yield from self.rest(part, at, loop, first)
                for k in range(first, last):
                    begin = at + k * period
                    for turn in part.turns:
                        if self.touches(turn, begin):
                            yield from self.sequence(turn.parts, begin, loop)
                        begin += turn.cycles
                yield from self.rest(part, at + last * period, loop, part.times - last)
                return
        yield Leaf(at, part, loop, part.iterations)

    def rest(self, part: Steady, at: int, loop: int, times: int) -> Iterator[Leaf]:
        """``times`` repetitions of ``part`` outside the window."""
        if self.cut.keep and times:
            some = Steady(part.turns, times, part.cycles // part.times * times)
            yield Leaf(at, some, loop, some.iterations)

    def extent(self, node: Node) -> int:
        return max((u.finish for u in self.summaries.of(node).engines.values()), default=0)

    def touches(self, node: Node, at: int) -> bool:
        window = self.cut.window
        if window is None or self.cut.keep:
            return True
        if at >= window[1]:
            return False
        return at + max(node.cycles, self.extent(node)) > window[0]


def iterations(run: LoopRun) -> int:
    """Iterations of one execution of a loop."""
    return sum(1 if isinstance(part, Turn) else part.iterations for part in run.parts)


def height(run: LoopRun, known: dict[int, int]) -> int:
    """How many loops nest in ``run``, itself included; ``known`` keeps what was found."""
    found = known.get(id(run))
    if found is None:
        most = 0
        for part in run.parts:
            for turn in part.turns if isinstance(part, Steady) else (part,):
                for inner in turn.parts:
                    if isinstance(inner, LoopRun):
                        most = max(most, height(inner, known))
        found = known[id(run)] = most + 1
    return found
