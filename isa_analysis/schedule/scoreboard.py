"""The scoreboard behind ``in-order`` and ``rtl-v1``: in-order issue, engines that work in parallel.

At most one instruction issues per cycle, in program order. The next one waits at the issue point
until

- the registers and accumulators it reads or writes have no pending write (RAW, WAW),
- no unfinished instruction accesses a range of on-chip memory that it touches too, reads of both
  aside (``memory``, or ``dma-wait`` when a transfer does),
- its engine has a free unit, or, for a transfer, room in its queue (``engine-busy``),
- a write-back port is free in the cycle in which it delivers a register (``write-back``).

Registers are read at issue, so a later write cannot overtake a read; with ``hold_registers`` they
are held until the reader has finished, and a writer waits (WAR). An engine finishes its
instructions in order; a unit that is not pipelined keeps its result until then. Instructions of
duration 0 are skipped: they neither wait nor take a slot.

Since every wait ends with the finish of an earlier instruction, the time never exceeds the sum of
all durations, and it is that sum when each instruction needs the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from isa_analysis.schedule.model import (
    DMA_WAIT,
    ENGINE_BUSY,
    ENGINES,
    HBM_READ,
    HBM_WRITE,
    MEMORY,
    RAW,
    WAR,
    WAW,
)
from isa_analysis.schedule.specs import A_BASE, Spec
from isa_analysis.schedule.steps import Step, free_step

#: Added to a register number: the register as a reader holds it.
_HELD = 64
_N = len(ENGINES)
_NONE: tuple[tuple[int, ...], ...] = ((),) * _N


class State(NamedTuple):
    """Everything unfinished, in cycles after the issue point.

    ``registers``: (register, ready, engine); ``units``: per engine when its busy units are free;
    ``accesses``: per engine the finishes of its memory accesses, latest first; ``ends``: per engine
    when its last instruction is finished; ``ports``: cycles with a write-back, one entry each.
    """

    registers: tuple[tuple[int, int, int], ...] = ()
    units: tuple[tuple[int, ...], ...] = _NONE
    accesses: tuple[tuple[int, ...], ...] = _NONE
    ends: tuple[int, ...] = (0,) * _N
    ports: tuple[int, ...] = ()


_IDLE = State()


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The machine. ``units`` per engine; ``pipelined`` engines take an instruction per cycle and
    unit; ``queue``: transfers of one direction that may be under way, which also limits the memory
    accesses in flight in a pipelined engine to 64."""

    units: tuple[int, ...] = (1,) * _N
    pipelined: tuple[bool, ...] = (False,) * _N
    write_back_ports: int = 1
    queue: int = 8
    hold_registers: bool = False
    initial: State = _IDLE
    groups: int = _N
    latest: bool = True

    def group_of(self, spec: Spec) -> int:
        """Accesses are kept by engine."""
        return spec.engine if spec.accesses and spec.duration else -1

    def in_flight(self, engine: int) -> int:
        """The most memory accesses of ``engine`` that can be unfinished at one time."""
        if engine in (HBM_READ, HBM_WRITE):
            return self.queue
        return 64 if self.pipelined[engine] else self.units[engine]

    def pending(self, state: State) -> tuple[int, ...]:
        """Unfinished accesses per engine."""
        return tuple(map(len, state.accesses))

    def rest(self, state: State) -> int:
        """Until the last engine is finished."""
        return max(state.ends)

    def least(self, spec: Spec) -> int:
        """Its issue, unless it is skipped."""
        return min(spec.duration, 1)

    def credit(self, state: State) -> int:
        """Nothing is taken back."""
        return 0

    def step(self, state: State, spec: Spec, conflicts: tuple[int, ...]) -> tuple[State, Step]:
        """Issue ``spec``; ``conflicts[g]`` is 1 plus the age of the latest access of engine g that
        it has to wait for, 0 for none."""
        engine, duration = spec.engine, spec.duration
        if not duration:
            return state, free_step(engine)
        at, kind, producer, age = self._ready(state, spec, conflicts)
        stall = at
        last = state.ends[engine]
        units = state.units[engine]
        is_transfer = engine in (HBM_READ, HBM_WRITE)
        delivers = any(w < A_BASE for w in spec.writes) and not is_transfer
        start = max(at, units[0]) if is_transfer and units else at
        finish = max(start + duration, last)
        if delivers:
            while state.ports.count(finish) >= self.write_back_ports:
                at += 1
                finish = max(at + duration, last)
            start = at
        end = start + duration
        frontier = max(state.ends)
        step = Step(
            engine, at + 1, stall, kind, at - stall, producer, age, start, end, finish,
            max(0, finish - max(start, last)), max(0, finish - frontier), False,
        )  # fmt: skip
        return self._after(state, spec, at + 1, start, finish, delivers), step

    def _ready(
        self, state: State, spec: Spec, conflicts: tuple[int, ...]
    ) -> tuple[int, int, int, int]:
        """When nothing but a write-back port is missing, and what was waited for last: kind of
        stall, engine, age."""
        best = (0, RAW, -1, -1)
        if state.registers:
            known = {r: (ready, e) for r, ready, e in state.registers}
            for kind, registers, offset in (
                (RAW, spec.reads, 0), (WAR, spec.writes, _HELD), (WAW, spec.writes, 0),
            ):  # fmt: skip
                for register in registers:
                    found = known.get(register + offset)
                    if found is not None and found[0] > best[0]:
                        best = (found[0], kind, found[1], -1)
        for group, conflict in enumerate(conflicts):
            if conflict:
                finishes = state.accesses[group]
                if conflict <= len(finishes) and finishes[conflict - 1] > best[0]:
                    kind = DMA_WAIT if group in (HBM_READ, HBM_WRITE) else MEMORY
                    best = (finishes[conflict - 1], kind, group, conflict - 1)
        room = self._room(state, spec)
        return (room, ENGINE_BUSY, spec.engine, -1) if room > best[0] else best

    def _room(self, state: State, spec: Spec) -> int:
        """When the engine can take the instruction."""
        engine = spec.engine
        if spec.accesses:
            limit = self.in_flight(engine)
            finishes = state.accesses[engine]
            if len(finishes) >= limit and (engine >= HBM_READ or self.pipelined[engine]):
                return max(finishes[limit - 1], self._unit(state, engine))
        return self._unit(state, engine)

    def _unit(self, state: State, engine: int) -> int:
        if engine in (HBM_READ, HBM_WRITE):
            return 0
        units = state.units[engine]
        return units[0] if len(units) >= self.units[engine] else 0

    def _after(
        self, state: State, spec: Spec, now: int, start: int, finish: int, delivers: bool
    ) -> State:
        """The state ``now`` cycles later, with the instruction under way."""
        engine = spec.engine
        entries = {r: (ready, e) for r, ready, e in state.registers if ready > now}
        if finish > now:
            for register in spec.writes:
                entries[register] = (finish, engine)
        if self.hold_registers and finish > now:
            for register in spec.reads:
                if register < A_BASE:
                    until = max(finish, entries.get(register + _HELD, (0, 0))[0])
                    entries[register + _HELD] = (until, engine)
        registers = tuple(sorted((r, ready - now, e) for r, (ready, e) in entries.items()))

        free = start + 1 if self.pipelined[engine] else finish
        mine = list(state.units[engine])
        if engine >= HBM_READ:
            mine = []
        elif len(mine) >= self.units[engine]:
            mine = mine[1:]
        units = list(state.units)
        units[engine] = tuple(sorted((*mine, free)))
        accesses = list(state.accesses)
        if spec.accesses:
            accesses[engine] = (finish, *accesses[engine])
        ends = list(state.ends)
        ends[engine] = finish
        ports = (*state.ports, finish) if delivers else state.ports
        return State(
            registers,
            tuple(tuple(t - now for t in u if t > now) for u in units),
            tuple(tuple(t - now for t in a if t > now) for a in accesses),
            tuple(e - now if e > now else 0 for e in ends),
            tuple(sorted(t - now for t in ports if t > now)),
        )
