"""One pass over a program: what every register holds where, in terms of loop counters.

Where registers get their values from is found in columns (:mod:`.reaching`); what is left is
visited once: arithmetic on registers, INT SRAM, and loops. Inside a loop the registers it changes
are symbols; at its end the recurrences are solved and the symbols in everything recorded meanwhile
are replaced. The cost grows with the code and the depth of its nests, not with trip counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow import events as ev
from isa_analysis.dataflow.reaching import CONSTANT, Reaching, reach
from isa_analysis.dataflow.solve import solve
from isa_analysis.dataflow.values import UNKNOWN, WORD, Values

#: The symbol of the definition d at a loop's head is -(1 + d); those of INT SRAM cells at loop
#: depth n are -(1 + n * _CELLS + address).
_CELLS = 1 << 40

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Where registers get their values: register ``r`` is defined at the (ascending) positions
    ``position[r]`` with ``value[r]``.

    Position ``2 * pc + 1`` is behind instruction ``pc``; what an instruction reads is the last
    definition before position ``2 * pc``.
    """

    values: Values
    position: tuple[Ints, ...]
    value: tuple[Ints, ...]

    def at(self, register: Ints, pc: Ints) -> Ints:
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
    outer_memory: _Memory
    depth: int
    first_record: int
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
    reaching = reach(program, events)
    walk = _Walk(events, reaching)
    walk.run()
    return walk.definitions()


class _Walk:
    """The pass itself: a stack of loop frames over what columns could not tell."""

    def __init__(self, events: ev.Events, reaching: Reaching) -> None:
        self.reaching = reaching
        opaque = reaching.opaque
        self.pc = events.pc[opaque]
        self.code = events.code[opaque].tolist()
        self.imm = events.imm[opaque].tolist()
        self.result = reaching.result.tolist()
        self.a = self._sources(reaching.a)
        self.b = self._sources(reaching.b)
        self.values = Values()
        self.memory = _Memory()
        self.frames: list[_Frame] = []
        #: The value of each root that has been visited, by its definition.
        self.found: dict[int, int] = {}
        #: Roots whose values may hold symbols of open loops, in the order of their visits.
        self.recorded: list[int] = []

    def _sources(self, definition: Ints) -> list[tuple[int, int]]:
        """Root and offset of definitions; -1 is the number 0."""
        root = np.where(definition < 0, CONSTANT, self.reaching.root[definition])
        offset = np.where(definition < 0, 0, self.reaching.offset[definition])
        return list(zip(root.tolist(), offset.tolist(), strict=True))

    def run(self) -> None:
        """Visit the opaque events, loop starts and loop ends in program order."""
        loops = self.reaching.loops
        n, m = len(self.pc), len(loops.start)
        closed = np.flatnonzero(loops.closed)
        order = np.argsort(np.concatenate([self.pc, loops.start, loops.end[closed]]), kind="stable")
        items = np.concatenate([np.arange(n + m), n + m + closed])[order].tolist()
        counter = self.reaching.counter.tolist()
        initial, once = loops.initial.tolist(), loops.once.tolist()
        trip, stores, dirty = loops.trip.tolist(), loops.stores.tolist(), loops.dirty.tolist()
        changes = _Changes(self, self.reaching)
        for item in items:
            if item < n:
                self._visit(item)
            elif item < n + m:
                loop = item - n
                frame = _Frame(loop, self.memory, len(self.frames) + 1, len(self.recorded))
                self.frames.append(frame)
                if not once[loop]:
                    # The counter starts at the trip count and is one less in each iteration.
                    value = (
                        UNKNOWN if dirty[loop] else self.values.affine(initial[loop], {loop: -1})
                    )
                    self.found[counter[loop]] = value
                    if stores[loop]:
                        self.memory = _Memory(frame)
            else:
                frame = self.frames.pop()
                if not once[frame.loop]:
                    heads = changes.solve(frame, trip[frame.loop], stores[frame.loop])
                    self._replace(frame, heads)

    def held(self, root: int, offset: int) -> int:
        """The value of a definition."""
        if root == CONSTANT:
            return offset
        value = self.found.get(root)
        if value is None:  # the head of an open loop
            value = self.values.variable(-1 - root)
        if not offset:
            return value
        return (value + offset) & WORD if value >= 0 else self.values.add(value, offset)

    def define(self, definition: int, value: int) -> None:
        """The root ``definition`` has ``value``."""
        self.found[definition] = value
        if value < UNKNOWN and self.frames:
            self.recorded.append(definition)

    def _visit(self, k: int) -> None:
        code, values = self.code[k], self.values
        a, b = self.held(*self.a[k]), self.held(*self.b[k])
        if code == ev.ADD:
            value = values.add(a, b)
        elif code == ev.STORE:
            self._store(values.add(b, self.imm[k]), a)
            return
        elif code == ev.TOPK:
            self._topk(b, self.imm[k])
            return
        elif code == ev.LOAD:
            value = self.load(values.add(a, self.imm[k]))
        elif code == ev.SLLI:
            value = values.multiply(a, 1 << (self.imm[k] & 31))
        elif code == ev.SRLI:
            value = values.constant_only(a, self.imm[k] & 31, lambda x, y: x >> y)
        else:
            value = self._arithmetic(code, a, b)
        self.define(self.result[k], value)

    def _arithmetic(self, code: int, x: int, y: int) -> int:
        values = self.values
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

    # INT SRAM ------------------------------------------------------------------------------------

    def load(self, address: int) -> int:
        """What the INT SRAM cell at ``address`` holds."""
        memory = self.memory
        if address < 0:
            return UNKNOWN
        if address in memory.cells:
            return memory.cells[address]
        frame = memory.owner
        if memory.clobbered or frame is None:
            return UNKNOWN
        symbol = -(1 + frame.depth * _CELLS + address)
        frame.cells[symbol] = address
        return self.values.variable(symbol)

    def _store(self, address: int, value: int) -> None:
        if address < 0:
            self.clobber()
        else:
            self.memory.cells[address] = value

    def _topk(self, base: int, count: int) -> None:
        if base < 0:
            self.clobber()
        else:
            self.memory.cells.update(dict.fromkeys(range(base, base + count), UNKNOWN))

    def clobber(self) -> None:
        """Nothing is known of INT SRAM any more."""
        self.memory.cells.clear()
        self.memory.clobbered = True

    # Loops ---------------------------------------------------------------------------------------

    def _replace(self, frame: _Frame, heads: dict[int, int]) -> None:
        """Replace the loop's symbols in everything recorded since it began."""
        found, known = self.found, dict[int, int]()
        for definition in self.recorded[frame.first_record :]:
            value = found[definition]
            if value < UNKNOWN:
                new = known.get(value)
                if new is None:
                    new = known[value] = self.values.substitute(value, heads)
                found[definition] = new
        if not self.frames:
            self.recorded.clear()

    # Results -------------------------------------------------------------------------------------

    def definitions(self) -> Definitions:
        """The values of all definitions, by register."""
        reaching = self.reaching
        root, value = reaching.root, reaching.offset.astype(np.int64)
        held = np.zeros(len(root), np.int64)
        held[np.fromiter(self.found, np.int64, len(self.found))] = np.fromiter(
            self.found.values(), np.int64, len(self.found)
        )
        rooted = np.flatnonzero(root != CONSTANT)
        base, offset = held[root[rooted]], value[rooted]
        del held
        value[rooted] = np.where(base >= 0, (base + offset) & WORD, base)
        moved = np.flatnonzero((base < UNKNOWN) & (offset != 0))
        pairs, back = np.unique((-base[moved] << 32) | offset[moved], return_inverse=True)
        add = self.values.add
        sums = [add(-(pair >> 32), pair & WORD) for pair in pairs.tolist()]
        value[rooted[moved]] = np.array(sums, np.int64)[back]
        position = reaching.key & (_CELLS - 1)
        position -= 1
        cuts = reaching.first[1:-1]
        return Definitions(
            self.values, tuple(np.split(position, cuts)), tuple(np.split(value, cuts))
        )


class _Changes:
    """What loops do to registers and INT SRAM, solved loop by loop."""

    def __init__(self, walk: _Walk, reaching: Reaching) -> None:
        self.walk = walk
        self.values = walk.values
        pairs = reaching.recurrences
        loops = np.arange(len(reaching.loops.start) + 1)
        self.first = np.searchsorted(pairs.loop, loops).tolist()
        self.head, self.exit = pairs.head.tolist(), pairs.exit.tolist()
        self.entry = (reaching.root[pairs.entry].tolist(), reaching.offset[pairs.entry].tolist())
        self.last = (reaching.root[pairs.last].tolist(), reaching.offset[pairs.last].tolist())
        root = reaching.root[pairs.last]
        mixed = (root != CONSTANT) & (root != pairs.head)
        self.mixed = np.zeros(len(loops), np.bool_)
        self.mixed[pairs.loop[mixed]] = True

    def solve(self, frame: _Frame, trip: int, stores: bool) -> dict[int, int]:
        """Define the registers at the head and behind the end of a loop, and the INT SRAM cells
        behind it; returns what its symbols are."""
        if stores or self.mixed[frame.loop]:
            return self._solve(frame, trip, stores)
        return self._simple(frame.loop, trip)

    def _simple(self, loop: int, trip: int) -> dict[int, int]:
        """As :meth:`_solve` for a loop that sets each register to a constant or advances it."""
        values, held, define = self.values, self.walk.held, self.walk.define
        (entry_root, entry_offset), (last_root, last_offset) = self.entry, self.last
        heads: dict[int, int] = {}
        for p in range(self.first[loop], self.first[loop + 1]):
            start, step, head = held(entry_root[p], entry_offset[p]), last_offset[p], self.head[p]
            if last_root[p] == CONSTANT:
                value, after = values.switch(loop, start, step), step
            elif not step:
                value = after = start
            elif start >= 0:
                value = values.affine(start, {loop: step})
                after = (start + step * trip) & WORD
            else:
                value = values.add(start, values.affine(0, {loop: step}))
                after = values.add(start, (step * trip) & WORD)
            define(head, value)
            define(self.exit[p], after)
            heads[-1 - head] = value
        return heads

    def _solve(self, frame: _Frame, trip: int, stores: bool) -> dict[int, int]:
        walk, values, loop = self.walk, self.values, frame.loop
        (entry_root, entry_offset), (last_root, last_offset) = self.entry, self.last
        pairs = range(self.first[loop], self.first[loop + 1])
        entry = {-1 - self.head[p]: walk.held(entry_root[p], entry_offset[p]) for p in pairs}
        end = {-1 - self.head[p]: walk.held(last_root[p], last_offset[p]) for p in pairs}
        written = self._cells(frame, entry, end) if stores else []
        heads = solve(values, loop, trip, entry, end)
        last = {s: values.substitute(h, {loop: trip - 1}) for s, h in heads.items()}
        last[loop] = trip - 1
        for p in pairs:
            symbol = -1 - self.head[p]
            walk.define(self.head[p], heads[symbol])
            walk.define(self.exit[p], values.substitute(end[symbol], last))
        if stores:
            inner, walk.memory = walk.memory, frame.outer_memory
            if inner.clobbered:
                walk.clobber()
            for address in written:
                walk.memory.cells[address] = values.substitute(inner.cells[address], last)
        return heads

    def _cells(self, frame: _Frame, entry: dict[int, int], end: dict[int, int]) -> list[int]:
        """Add the INT SRAM cells that the body uses to the recurrences; returns those written."""
        walk, inner = self.walk, self.walk.memory
        base = -(1 + frame.depth * _CELLS)
        walk.memory = frame.outer_memory
        symbols = {base - address: address for address in inner.cells} | frame.cells
        for symbol, address in symbols.items():
            entry[symbol] = walk.load(address)
            if address in inner.cells:
                end[symbol] = inner.cells[address]
            else:
                end[symbol] = UNKNOWN if inner.clobbered else entry[symbol]
        walk.memory = inner
        return list(inner.cells)
