"""One pass over a program: what every register holds where, in terms of loop counters.

Each static instruction is visited once. Inside a loop the registers it changes are symbols; at its
end the recurrences are solved and the symbols in everything recorded meanwhile are replaced. The
cost grows with the code and the depth of its nests, not with trip counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow import events as ev
from isa_analysis.dataflow.solve import solve
from isa_analysis.dataflow.values import UNKNOWN, WORD, Values

#: Symbols of registers at loop depth d are -(1 + d * _SPAN + register); those of INT SRAM cells
#: follow the registers in the same span.
_SPAN = 1 << 40


@dataclass(frozen=True, slots=True)
class Definitions:
    """Where registers get their values: register ``r`` is defined at the (ascending) positions
    ``position[r]`` with ``value[r]``.

    Position ``2 * pc + 1`` is behind instruction ``pc``; what an instruction reads is the last
    definition before position ``2 * pc``.
    """

    values: Values
    position: tuple[NDArray[np.int64], ...]
    value: tuple[NDArray[np.int64], ...]

    def at(self, register: NDArray[np.int64], pc: NDArray[np.int64]) -> NDArray[np.int64]:
        """The value of ``register[i]`` when instruction ``pc[i]`` reads it."""
        out = np.zeros(len(pc), np.int64)
        for r in np.unique(register).tolist():
            mine = np.flatnonzero(register == r)
            index = np.searchsorted(self.position[r], 2 * pc[mine]) - 1
            out[mine] = self.value[r][index]
        return out

    def one(self, register: int, pc: int) -> int:
        """The value of ``register`` when instruction ``pc`` reads it."""
        index = int(np.searchsorted(self.position[register], 2 * pc)) - 1
        return int(self.value[register][index])


@dataclass(slots=True)
class _Frame:
    """A loop being walked, with what its surroundings looked like when it began."""

    loop: int
    outer: list[int]
    outer_memory: _Memory
    changed: list[int]
    depth: int
    first_record: int
    first_extra: int
    cells: dict[int, int] = field(default_factory=dict)  # symbol of a cell -> its address


@dataclass(slots=True)
class _Memory:
    """INT SRAM as far as it is known: ``cells`` by address. Any other cell is a symbol of the loop
    ``owner``, or unknown when there is none or when a store to an unknown address ``clobbered``
    all cells."""

    owner: _Frame | None = None
    cells: dict[int, int] = field(default_factory=dict)
    clobbered: bool = False


def follow(program: Program) -> Definitions:
    """The definitions of all integer, address, SCALE and STRIDE registers of ``program``.

    Registers are 0 at reset (STRIDE is 1); INT SRAM holds unknown data until it is written.
    """
    events = ev.extract(program)
    changed, stores = _effects(program, events)
    walk = _Walk(program, events, changed, stores)
    walk.run()
    return walk.definitions()


def _effects(program: Program, events: ev.Events) -> tuple[list[list[int]], list[bool]]:
    """Per loop: the registers its body writes (its own counter aside), whether it stores to INT
    SRAM."""
    starts = np.array([loop.start for loop in program.loops], np.int64)
    ends = np.array([loop.end for loop in program.loops], np.int64)
    changed: list[list[int]] = [[] for _ in program.loops]
    if not len(starts):
        return changed, []

    def inside(pcs: NDArray[np.int64]) -> NDArray[np.bool_]:
        first = np.searchsorted(pcs, starts, side="right")
        return np.searchsorted(pcs, ends, side="left") > first

    counters = np.array([loop.counter for loop in program.loops])
    for register, mine in enumerate(_by_register(events.target)):
        pcs = events.pc[mine]
        within = inside(pcs)
        if register < ev.ADDRESS and (inner := counters == register).any():
            within |= inside(starts[inner])  # an inner loop writes its counter
        for loop in np.flatnonzero(within).tolist():
            changed[loop].append(register)
            if ev.ADDRESS <= register < ev.SCALE:
                changed[loop].append(register + 1)  # the low half
    writes = [r for r, d in enumerate(events.decoded) if d[0] in (ev.STORE, ev.TOPK)]
    store_pcs = events.pc[np.isin(events.row, writes)] if writes else np.zeros(0, np.int64)
    return changed, inside(store_pcs).tolist()


def _by_register(target: NDArray[np.int16]) -> list[NDArray[np.int64]]:
    """Per register the indices of the elements of ``target`` that are it, ascending."""
    order = np.argsort(target, kind="stable")
    cuts = np.searchsorted(target[order], np.arange(ev.REGISTERS + 1))
    return [order[cuts[r] : cuts[r + 1]] for r in range(ev.REGISTERS)]


class _Walk:
    """The pass itself: a stack of loop frames over one linear scan of the events."""

    def __init__(
        self, program: Program, events: ev.Events, changed: list[list[int]], stores: list[bool]
    ) -> None:
        self.program = program
        self.events = events
        self.changed = changed
        self.stores = stores
        self.values = Values()
        self.env = [0] * ev.REGISTERS
        self.env[ev.STRIDE] = 1
        self.memory = _Memory()
        self.frames: list[_Frame] = []
        #: The value that each event writes (parallel to the events; 0 where none).
        self.record: list[int] = []
        #: The low half of each C_SET_ADDR_REG, and values at loop heads and exits.
        self.extra: list[tuple[int, int, int]] = []
        self.extra_values: list[int] = []

    def run(self) -> None:
        """Visit all events."""
        decoded, loops = self.events.decoded, self.events.loop
        env, record, add = self.env, self.record, self.values.add
        append = record.append
        boundary = loops.__contains__
        constant, addi = ev.CONSTANT, ev.ADDI
        for pc, row in zip(self.events.pc.tolist(), self.events.row.tolist(), strict=True):
            code, target, a, b, imm = decoded[row]
            if code == constant:
                env[target] = imm
                append(imm)
            elif code == addi:
                value = env[a]
                value = (value + imm) & WORD if value >= 0 else add(value, imm)
                env[target] = value
                append(value)
            elif boundary(pc):
                append(0)
                self._boundary(pc, loops[pc])
                env = self.env
            else:
                append(self._other(pc, code, target, a, b, imm))

    def _other(self, pc: int, code: int, target: int, a: int, b: int, imm: int) -> int:
        env, values = self.env, self.values
        if code == ev.STORE:
            self._store(values.add(env[b], imm), env[a])
            return 0
        if code == ev.TOPK:
            self._topk(env[b], imm)
            return 0
        if code == ev.LOAD:
            value = self._load(values.add(env[a], imm))
        elif code == ev.SET_ADDRESS:
            env[target + 1] = env[b]
            self._define(pc, target + 1, env[b])
            value = env[a]
        elif code == ev.COPY:
            value = env[a]
        elif code == ev.SLLI:
            value = values.multiply(env[a], 1 << (imm & 31))
        elif code == ev.SRLI:
            value = values.constant_only(env[a], imm & 31, lambda x, y: x >> y)
        else:
            x = 0 if a == ev.LITERAL_ZERO else env[a]
            y = 0 if b == ev.LITERAL_ZERO else env[b]
            value = self._arithmetic(code, x, y)
        env[target] = value
        return value

    def _arithmetic(self, code: int, x: int, y: int) -> int:
        values = self.values
        if code == ev.ADD:
            return values.add(x, y)
        if code == ev.SUB:
            return values.subtract(x, y)
        if code == ev.MUL:
            return values.multiply(x, y)
        if code == ev.SLL:
            return values.multiply(x, 1 << (y & 31)) if y >= 0 else UNKNOWN
        if code == ev.SRL:
            return values.constant_only(x, y, lambda p, q: p >> (q & 31))
        if code == ev.DIV:
            return values.constant_only(x, y, lambda p, q: p // q if q else 0)
        return values.constant_only(x, y, lambda p, q: p % q if q else p)

    def _define(self, pc: int, register: int, value: int) -> None:
        self.extra.append((2 * pc + 1, register, len(self.record)))
        self.extra_values.append(value)

    # INT SRAM ------------------------------------------------------------------------------------

    def _load(self, address: int) -> int:
        memory = self.memory
        if address < 0:
            return UNKNOWN
        if address in memory.cells:
            return memory.cells[address]
        frame = memory.owner
        if memory.clobbered or frame is None:
            return UNKNOWN
        symbol = -(1 + frame.depth * _SPAN + ev.REGISTERS + address)
        frame.cells[symbol] = address
        return self.values.variable(symbol)

    def _store(self, address: int, value: int) -> None:
        if address < 0:
            self._clobber()
        else:
            self.memory.cells[address] = value

    def _topk(self, base: int, count: int) -> None:
        if base < 0:
            self._clobber()
        else:
            self.memory.cells.update(dict.fromkeys(range(base, base + count), UNKNOWN))

    def _clobber(self) -> None:
        self.memory.cells.clear()
        self.memory.clobbered = True

    # Loops ---------------------------------------------------------------------------------------

    def _boundary(self, pc: int, index: int) -> None:
        loop = self.program.loops[index]
        if pc == loop.start:
            self._enter(index)
        else:
            self._leave(index)

    def _enter(self, index: int) -> None:
        loop = self.program.loops[index]
        changed = self.changed[index]
        depth = len(self.frames) + 1
        frame = _Frame(
            index, self.env, self.memory, changed, depth, len(self.record), len(self.extra)
        )
        self.frames.append(frame)
        self.env = self.env.copy()
        # A loop that is never closed, or that C_BREAK ends, has one iteration whatever it says.
        once = loop.trip == 1 or loop.end >= len(self.program)
        if not once:
            for register in changed:
                self.env[register] = self.values.variable(-(1 + depth * _SPAN + register))
            if self.stores[index]:
                self.memory = _Memory(frame)
        # The counter starts at the trip count and is one less in each iteration.
        start = int(self.program.rows.values[self.program.row[loop.start], 1])
        counter = start if once else self.values.affine(start, {index: -1})
        self.env[loop.counter] = UNKNOWN if loop.counter in changed else counter
        self._define(loop.start, loop.counter, self.env[loop.counter])

    def _leave(self, index: int) -> None:
        loop = self.program.loops[index]
        frame = self.frames.pop()
        env = self.env
        if loop.trip == 1:
            env[loop.counter] = 0
            self._define(loop.end, loop.counter, 0)
            return
        base = -(1 + frame.depth * _SPAN)
        registers = [r for r in frame.changed if r != loop.counter]
        entry = {base - r: frame.outer[r] for r in registers}
        end = {base - r: env[r] for r in registers}
        written = self._cells(frame, entry, end)
        heads = solve(self.values, index, loop.trip, entry, end)
        self._replace(frame, heads)
        last = {s: self.values.substitute(h, {index: loop.trip - 1}) for s, h in heads.items()}
        last[index] = loop.trip - 1
        self.env = frame.outer
        for register in registers:
            symbol = base - register
            self._define(loop.start, register, heads[symbol])
            value = self.values.substitute(end[symbol], last)
            self.env[register] = value
            self._define(loop.end, register, value)
        self.env[loop.counter] = 0
        self._define(loop.end, loop.counter, 0)
        if self.stores[index]:
            inner, self.memory = self.memory, frame.outer_memory
            if inner.clobbered:
                self._clobber()
            for address in written:
                cell = inner.cells[address]
                self.memory.cells[address] = self.values.substitute(cell, last)

    def _cells(self, frame: _Frame, entry: dict[int, int], end: dict[int, int]) -> list[int]:
        """Add the INT SRAM cells that the body uses to the recurrences; returns those written."""
        if not self.stores[frame.loop]:
            return []
        inner = self.memory
        base = -(1 + frame.depth * _SPAN) - ev.REGISTERS
        self.memory = frame.outer_memory
        symbols = {base - address: address for address in inner.cells} | frame.cells
        for symbol, address in symbols.items():
            entry[symbol] = self._load(address)
            if address in inner.cells:
                end[symbol] = inner.cells[address]
            else:
                end[symbol] = UNKNOWN if inner.clobbered else entry[symbol]
        self.memory = inner
        return list(inner.cells)

    def _replace(self, frame: _Frame, heads: dict[int, int]) -> None:
        """Replace the loop's symbols in everything recorded since it began."""
        known: dict[int, int] = {}
        for record, first in (
            (self.record, frame.first_record),
            (self.extra_values, frame.first_extra),
        ):
            for k in range(first, len(record)):
                value = record[k]
                if value < UNKNOWN:
                    new = known.get(value)
                    if new is None:
                        new = known[value] = self.values.substitute(value, heads)
                    record[k] = new

    # Results -------------------------------------------------------------------------------------

    def definitions(self) -> Definitions:
        """Everything recorded, by register."""
        target = self.events.target
        written = np.flatnonzero(target >= 0)
        recorded = np.array(self.record, np.int64)
        position = np.concatenate(
            [2 * self.events.pc[written] + 1, np.array([e[0] for e in self.extra], np.int64)]
        )
        register = np.concatenate([target[written], np.array([e[1] for e in self.extra], np.int16)])
        value = np.concatenate([recorded[written], np.array(self.extra_values, np.int64)])
        positions, values = [], []
        for r, mine in enumerate(_by_register(register)):
            order = mine[np.argsort(position[mine], kind="stable")]
            reset = 1 if r == ev.STRIDE else 0
            positions.append(np.concatenate([[-1], position[order]]))
            values.append(np.concatenate([[reset], value[order]]))
        return Definitions(self.values, tuple(positions), tuple(values))
