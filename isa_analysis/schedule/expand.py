"""Parts of a schedule as columns: single instructions of a block, sums of any part."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.model import ENGINES, Block, LoopRun, Schedule, Steady, Turn

Ints = NDArray[np.int64]
Node = Block | LoopRun | Turn | Steady


@dataclass(frozen=True, slots=True)
class Expanded:
    """Instructions of a block that take time, in program order; cycles are absolute.

    ``dispatch``: it is the next to issue; ``issue``: it leaves the issue point; ``start`` to
    ``end``: it executes; ``finish``: it retires. It waited ``stall`` cycles for the reason ``kind``
    (an index into ``STALLS``) on engine ``producer`` (-1: none), then ``port`` cycles for a
    write-back port. ``age`` as in ``Steps``.
    """

    pc: Ints
    engine: Ints
    dispatch: Ints
    issue: Ints
    start: Ints
    end: Ints
    finish: Ints
    stall: Ints
    kind: Ints
    port: Ints
    producer: Ints
    age: Ints

    def __len__(self) -> int:
        return len(self.pc)


def expand_block(schedule: Schedule, block: Block, begin: int) -> Expanded:
    """The instructions of ``block`` when the issue point reaches it at cycle ``begin`` (below
    2^62)."""
    t = schedule.steps
    step = block.steps
    advance = t.advance[step]
    dispatch = begin + np.cumsum(advance) - advance
    keep = np.flatnonzero(~t.free[step])
    step, dispatch = step[keep], dispatch[keep]
    stall, port = t.stall[step], t.port[step]
    start = dispatch + t.start[step]
    return Expanded(
        block.pc + keep,
        t.engine[step],
        dispatch,
        np.minimum(dispatch + stall + port, start),
        start,
        dispatch + t.end[step],
        dispatch + t.finish[step],
        stall,
        t.kind[step],
        port,
        t.producer[step],
        t.age[step],
    )


@dataclass(frozen=True, slots=True)
class Use:
    """What one engine does in a part: ``instructions`` executed, ``busy`` cycles, from ``first``
    start to ``last`` finish; ``dispatch`` is the dispatch of its first instruction. Cycles from the
    beginning of the part; all 0 when ``instructions`` is."""

    instructions: int = 0
    busy: int = 0
    first: int = 0
    last: int = 0
    dispatch: int = 0

    def then(self, other: Use, later: int) -> Use:
        """This, and ``other`` ``later`` cycles after it."""
        if not other.instructions:
            return self
        if not self.instructions:
            return Use(
                other.instructions, other.busy, other.first + later, other.last + later,
                other.dispatch + later,
            )  # fmt: skip
        return Use(
            self.instructions + other.instructions,
            self.busy + other.busy,
            min(self.first, other.first + later),
            max(self.last, other.last + later),
            self.dispatch,
        )


@dataclass(slots=True)
class Uses:
    """Sums of the parts of a schedule by engine, each computed once."""

    schedule: Schedule
    _known: dict[int, tuple[Node, tuple[Use, ...]]] = field(default_factory=dict)

    def of(self, node: Node) -> tuple[Use, ...]:
        """The use of each engine (in the order of ``ENGINES``) in ``node``."""
        known = self._known.get(id(node))
        if known is None:
            uses = self._block(node) if isinstance(node, Block) else self._sum(node)
            known = self._known[id(node)] = (node, uses)  # keeps the node, and so its id, alive
        return known[1]

    def _block(self, block: Block) -> tuple[Use, ...]:
        t, columns = self.schedule.steps, expand_block(self.schedule, block, 0)
        busy = t.busy[block.steps][~t.free[block.steps]]
        out = []
        for engine in range(len(ENGINES)):
            mine = np.flatnonzero(columns.engine == engine)
            if not len(mine):
                out.append(Use())
                continue
            out.append(
                Use(
                    len(mine),
                    int(busy[mine].sum()),
                    int(columns.start[mine].min()),
                    int(columns.finish[mine].max()),
                    int(columns.dispatch[mine[0]]),
                )
            )
        return tuple(out)

    def _sum(self, node: LoopRun | Turn | Steady) -> tuple[Use, ...]:
        total = [Use()] * len(ENGINES)
        begin = 0
        for part in node.turns if isinstance(node, Steady) else node.parts:
            total = [a.then(b, begin) for a, b in zip(total, self.of(part), strict=True)]
            begin += part.cycles
        if isinstance(node, Steady) and node.times > 1:
            later = (node.times - 1) * begin
            total = [
                Use(u.instructions * node.times, u.busy * node.times, u.first, u.last + later,
                    u.dispatch)
                for u in total
            ]  # fmt: skip
            total = [u if u.instructions else Use() for u in total]
        return tuple(total)
