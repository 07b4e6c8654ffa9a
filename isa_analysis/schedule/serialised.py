"""Loops whose closed form was not found: the rest of their iterations, one instruction after the
other. An upper bound for every model that never takes longer than that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from isa_analysis.schedule.model import ENGINE_BUSY, Block, LoopRun, Part, Steady, Turn
from isa_analysis.schedule.nest import Nest
from isa_analysis.schedule.specs import Code
from isa_analysis.schedule.steps import Automaton, Step, free_step


@dataclass(frozen=True, slots=True)
class Serialised:
    """Builds parts of the tree in which nothing overlaps."""

    code: Code
    automaton: Automaton
    nest: Nest

    def loop(self, loop: int, trip: int, wait: int) -> tuple[LoopRun, int]:
        """``trip`` iterations of ``loop`` that begin ``wait`` cycles later, when the machine has
        come to rest; and the least cycles that they can take."""
        turn, least = self._turn(loop)
        first = self._delayed(turn, wait) if wait else turn
        parts: tuple[Turn | Steady, ...] = (first,)
        if trip > 1:
            parts = (first, Steady((turn,), trip - 1, (trip - 1) * turn.cycles))
        return LoopRun(loop, parts, sum(p.cycles for p in parts), "bound"), trip * least

    def _turn(self, loop: int) -> tuple[Turn, int]:
        begin, end = self.nest.body(loop)
        parts: list[Part] = []
        least = 0
        for inner in self.nest.children(loop):
            first, last = self.nest.body(inner)
            block, count = self._block(begin, first)
            run, more = self.loop(inner, self.nest.trip(inner), 0)
            parts += [block, run]
            least += count + more
            begin = last
        if end > begin:
            block, count = self._block(begin, end)
            parts.append(block)
            least += count
        return Turn(tuple(parts), sum(part.cycles for part in parts)), least

    def _block(self, begin: int, end: int) -> tuple[Block, int]:
        specs = [self.code.specs[s] for s in self.code.of_pc[begin:end].tolist()]
        steps = [self._step(spec.engine, spec.duration, 0) for spec in specs]
        cycles = sum(spec.duration for spec in specs)
        least = sum(self.automaton.machine.least(spec) for spec in specs)
        return Block(begin, np.array(steps, np.int32), cycles), least

    def _delayed(self, turn: Turn, wait: int) -> Turn:
        """``turn`` with a first instruction that waits."""
        block = turn.parts[0]
        assert isinstance(block, Block)
        spec = self.code.specs[self.code.of_pc[block.pc]]
        steps = block.steps.copy()
        steps[0] = self._step(spec.engine, spec.duration, wait)
        late = Block(block.pc, steps, block.cycles + wait)
        return Turn((late, *turn.parts[1:]), turn.cycles + wait)

    def _step(self, engine: int, duration: int, wait: int) -> int:
        if not duration and not wait:
            return self.automaton.number(free_step(engine))
        end = wait + duration
        stall = end - min(duration, 1)
        return self.automaton.number(
            Step(engine, end, stall, ENGINE_BUSY, 0, engine, -1, wait, end, end,
                 duration, duration, False)
        )  # fmt: skip
