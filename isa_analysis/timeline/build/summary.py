"""What a part of a schedule does as a whole: exact sums and extents per engine.

Parts are shared between the executions they describe, so each is summarised once. All times are
offsets from the part's begin; all numbers are Python integers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.model import (
    ENGINES,
    STALLS,
    Block,
    LoopRun,
    Schedule,
    Steady,
    Steps,
    Turn,
)
from isa_analysis.timeline.build.cuts import Cuts

#: Kind of stall, producer engine (-1: none), waiting engine.
Wait = tuple[int, int, int]
#: Anything of a schedule's tree that has a summary.
Node: TypeAlias = Block | LoopRun | Turn | Steady


@dataclass(frozen=True, slots=True)
class Use:
    """One engine in a part: executed instructions, their extent, cycles busy, the sum of their
    times from issue to retirement, first dispatch (or start, where a model hides work before it)
    and last retirement."""

    insns: int
    start: int
    end: int
    busy: int
    latency: int
    dispatch: int
    finish: int

    def shifted(self, by: int) -> Use:
        """The same ``by`` cycles later."""
        return Use(
            self.insns,
            self.start + by,
            self.end + by,
            self.busy,
            self.latency,
            self.dispatch + by,
            self.finish + by,
        )

    def with_(self, other: Use) -> Use:
        """Both together."""
        return Use(
            self.insns + other.insns,
            min(self.start, other.start),
            max(self.end, other.end),
            self.busy + other.busy,
            self.latency + other.latency,
            min(self.dispatch, other.dispatch),
            max(self.finish, other.finish),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """A part as a whole. ``engines`` by index; ``waits``: cycles stood still, by kind (an index
    into STALLS), producer and waiting engine; ``instances``: per engine, how many blocks (as they
    run) use it; ``arrows``: executed instructions that wait for another."""

    cycles: int
    engines: dict[int, Use]
    waits: dict[Wait, int]
    instances: tuple[int, ...]
    arrows: int


@dataclass(slots=True)
class Summaries:
    """Summaries of the parts of ``schedule``, each made once; ``cuts`` says what a block is."""

    schedule: Schedule
    cuts: Cuts
    known: dict[int, tuple[Node, Summary]] = field(default_factory=dict)
    #: Programs repeat themselves at other addresses: equal content, equal summary.
    alike: dict[object, Summary] = field(default_factory=dict)
    #: How many loops nest in each execution of one.
    heights: dict[int, int] = field(default_factory=dict)

    def of(self, node: Node) -> Summary:
        """The summary of ``node``, which is of the schedule or made of its parts."""
        known = self.known.get(id(node))
        found = known[1] if known is not None else None
        if found is None:
            key: object
            if isinstance(node, Block):
                key = self.cuts.places(node), node.steps.tobytes()
            elif isinstance(node, Steady):
                key = node.times, *(id(self.of(turn)) for turn in node.turns)
            else:
                key = 0, *(id(self.of(part)) for part in node.parts)
            found = self.alike.get(key)
            if found is None:
                found = self._block(node) if isinstance(node, Block) else self._inner(node)
                self.alike[key] = found
            self.known[id(node)] = node, found  # keeps the node, and so its id, alive
        return found

    def _inner(self, node: LoopRun | Turn | Steady) -> Summary:
        if isinstance(node, Steady):
            return repeated(self.sequence(node.turns), node.times)
        return self.sequence(node.parts)

    def sequence(self, nodes: tuple[Node, ...]) -> Summary:
        """``nodes`` one after the other."""
        engines: dict[int, Use] = {}
        waits: dict[Wait, int] = {}
        instances = [0] * len(ENGINES)
        at = arrows = 0
        for node in nodes:
            s = self.of(node)
            for engine, use in s.engines.items():
                moved = use.shifted(at)
                engines[engine] = engines[engine].with_(moved) if engine in engines else moved
            for key, cycles in s.waits.items():
                waits[key] = waits.get(key, 0) + cycles
            for engine in s.engines:
                instances[engine] += s.instances[engine]
            arrows += s.arrows
            at += node.cycles
        return Summary(at, engines, waits, tuple(instances), arrows)

    def _block(self, block: Block) -> Summary:
        steps = self.schedule.steps
        rows = block.steps
        advance = steps.advance[rows]
        dispatch = np.cumsum(advance) - advance
        works = ~steps.free[rows]
        engine = steps.engine[rows]
        engines: dict[int, Use] = {}
        for e in range(len(ENGINES)):
            mine = np.flatnonzero(works & (engine == e))
            if len(mine):
                at, row = dispatch[mine], rows[mine]
                engines[e] = Use(
                    len(mine),
                    int((at + steps.start[row]).min()),
                    int((at + steps.end[row]).max()),
                    int(steps.busy[row].sum()),
                    int((steps.finish[row] - steps.stall[row] - steps.port[row]).sum()),
                    int((at + np.minimum(steps.start[row], 0)).min()),
                    int((at + steps.finish[row]).max()),
                )
        waits: dict[Wait, int] = {}
        stalled = np.flatnonzero((steps.stall[rows] > 0) | (steps.port[rows] > 0))
        for row in rows[stalled].tolist():
            stall, port, waiting = (int(c[row]) for c in (steps.stall, steps.port, steps.engine))
            if stall:
                key = int(steps.kind[row]), int(steps.producer[row]), waiting
                waits[key] = waits.get(key, 0) + stall
            if port:
                key = STALLS.index("write-back"), -1, waiting
                waits[key] = waits.get(key, 0) + port
        return Summary(
            block.cycles, engines, waits, self.cuts.instances(self.schedule, block),
            int(waiting_for(steps, rows).sum()),
        )  # fmt: skip


def waiting_for(steps: Steps, rows: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of the steps ``rows`` wait for another instruction: these have an edge."""
    found: NDArray[np.bool_] = (steps.stall[rows] > 0) & (steps.producer[rows] >= 0)
    return found


def repeated(once: Summary, times: int) -> Summary:
    """``once``, ``times`` times in a row."""
    last = (times - 1) * once.cycles
    return Summary(
        once.cycles * times,
        {
            e: Use(
                u.insns * times,
                u.start,
                u.end + last,
                u.busy * times,
                u.latency * times,
                u.dispatch,
                u.finish + last,
            )
            for e, u in once.engines.items()
        },
        {key: cycles * times for key, cycles in once.waits.items()},
        tuple(n * times for n in once.instances),
        once.arrows * times,
    )
