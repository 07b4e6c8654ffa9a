"""Reaching definitions: which write of a register each read sees, in columns.

Definitions are numbered by register, then position. Constants, copies and additions of an immediate
are nearly all of a program; chains of them are followed here, all at once, to their *root*: a
definition of another kind (arithmetic on registers, a load, the head or the exit of a loop), plus
an offset. Only roots need to be visited one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow import events as ev

Ints = NDArray[np.int64]
#: Columns of millions of rows are as narrow as they can be: numbers of definitions and events.
Numbers = NDArray[np.int32]
#: Numbers modulo 2^32.
Words = NDArray[np.uint32]

#: A definition's sort key: its register above its position.
_POSITION_BITS = 40
#: The root of a constant.
CONSTANT = -1


@dataclass(frozen=True, slots=True)
class LoopColumns:
    """The loops of a program in columns. ``closed`` loops have an end; ``once`` runs one iteration
    whatever it says, because its trip count is 1 or because it is never closed. The counter begins
    at ``initial``, which a C_BREAK keeps from being the trip count. A ``dirty`` loop writes its own
    counter, one that ``stores`` writes INT SRAM."""

    start: Ints
    end: Ints
    trip: Ints
    counter: Ints
    initial: Ints
    closed: NDArray[np.bool_]
    once: NDArray[np.bool_]
    dirty: NDArray[np.bool_]
    stores: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Recurrences:
    """What loops that run more than once change: ``register[p]`` of loop ``loop[p]``, sorted by
    loop. ``head[p]`` is its definition at the loop's start and ``exit[p]`` the one behind its end;
    ``entry`` and ``last`` are the definitions that reach the loop and the end of its body."""

    loop: Ints
    register: Ints
    head: Ints
    exit: Ints
    entry: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Reaching:
    """Definition d has the sort key ``key[d]`` and the value of definition ``root[d]`` plus
    ``offset[d]``; where ``root[d]`` is CONSTANT the value is ``offset[d]``. Register r has the
    definitions ``first[r]`` up to ``first[r + 1]``, its reset value among them.

    ``opaque`` lists the events that need a visit, ``result`` their definitions (-1: none), ``a``
    and ``b`` the definitions that they read (-1: the number 0). ``counter`` is the definition of
    each loop's counter at its start.
    """

    key: Ints
    first: Ints
    root: Numbers
    offset: Words
    loops: LoopColumns
    recurrences: Recurrences
    opaque: Ints
    result: Ints
    a: Ints
    b: Ints
    counter: Ints


def reach(program: Program, events: ev.Events) -> Reaching:
    """The definitions of ``program`` and where they come from."""
    loops, changed_loop, changed_register = _changed(program, events)
    repeats = ~loops.once[changed_loop]
    pair_loop, pair_register = changed_loop[repeats], changed_register[repeats]
    writes = np.flatnonzero(events.target >= 0).astype(np.int32)
    writes = writes[np.argsort(events.target[writes].astype(np.uint8), kind="stable")]
    halves = np.flatnonzero(events.code == ev.SET_ADDRESS)
    by_counter = np.argsort(loops.counter, kind="stable")
    ended = by_counter[loops.closed[by_counter]]
    # Each run is nearly sorted, which is what a stable sort is quick with.
    key, places = _numbered(
        [
            _key(np.arange(ev.REGISTERS), np.full(ev.REGISTERS, -1)),
            _key(events.target[writes], 2 * events.pc[writes] + 1),
            _key(events.target[halves] + 1, 2 * events.pc[halves] + 1),
            _key(pair_register, 2 * loops.start[pair_loop] + 1),
            _key(pair_register, 2 * loops.end[pair_loop] + 1),
            _key(loops.counter[by_counter], 2 * loops.start[by_counter] + 1),
            _key(loops.counter[ended], 2 * loops.end[ended] + 1),
        ]
    )
    reset, write, half, head, exit_, counter, done = places
    result = np.full(len(events.pc), -1, np.int32)
    result[writes] = write
    del writes, write
    counters = np.empty(len(by_counter), np.int64)
    counters[by_counter] = counter

    flags = np.zeros(len(key), np.bool_)
    chains = _Chains(
        key, np.arange(len(key), dtype=np.int32), np.zeros(len(key), np.uint32), flags,
        flags.copy(), [],
    )  # fmt: skip
    chains.constant(reset, np.where(np.arange(ev.REGISTERS) == ev.STRIDE, 1, 0))
    chains.constant(done, 0)
    chains.constant(counters[loops.once], loops.initial[loops.once])
    fixed = np.flatnonzero(events.code == ev.CONSTANT)
    chains.constant(result[fixed], events.imm[fixed])
    chains.link(half, events.b[halves], events.pc[halves], 0)
    copies = np.flatnonzero((events.code == ev.SET_ADDRESS) | (events.code == ev.COPY))
    chains.link(result[copies], events.a[copies], events.pc[copies], 0)
    sums = np.flatnonzero(events.code == ev.ADDI)
    own = events.a[sums] == events.target[sums]
    chains.advance(result[sums[own]], events.imm[sums[own]])
    sums = sums[~own]
    chains.link(result[sums], events.a[sums], events.pc[sums], events.imm[sums])
    del fixed, copies, sums, own
    root, offset = chains.resolve()

    opaque = np.flatnonzero(~np.isin(events.code, _CHAINED))
    pc, code = events.pc[opaque], events.code[opaque]
    source_a = np.where(events.a[opaque] < 0, -1, chains.find(events.a[opaque], pc))
    reads_b = np.isin(code, _READ_B) & (events.b[opaque] >= 0)
    source_b = np.where(reads_b, chains.find(np.where(reads_b, events.b[opaque], 0), pc), -1)
    entry = chains.find(pair_register, loops.start[pair_loop])
    last = chains.find(pair_register, loops.end[pair_loop])
    by_loop = np.argsort(pair_loop, kind="stable")
    columns = (pair_loop, pair_register, head, exit_, entry, last)
    return Reaching(
        key=key,
        first=np.searchsorted(key, _key(np.arange(ev.REGISTERS + 1), -1)),
        root=root,
        offset=offset,
        loops=loops,
        recurrences=Recurrences(*(column[by_loop].astype(np.int64) for column in columns)),
        opaque=opaque,
        result=result[opaque].astype(np.int64),
        a=source_a.astype(np.int64),
        b=source_b.astype(np.int64),
        counter=counters,
    )


def _numbered(runs: list[Ints]) -> tuple[Ints, list[Numbers]]:
    """All keys in order, and the number that each key of each run has among them."""
    keys = np.concatenate(runs)
    cuts = np.cumsum([len(run) for run in runs])[:-1]
    runs.clear()
    order = np.argsort(keys, kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return keys[order], np.split(place, cuts)


_CHAINED = (ev.CONSTANT, ev.ADDI, ev.SET_ADDRESS, ev.COPY)
_READ_B = (ev.ADD, ev.SUB, ev.MUL, ev.SLL, ev.SRL, ev.DIV, ev.REM, ev.STORE, ev.TOPK)


def _key(register: NDArray[Any], position: NDArray[Any] | int) -> Ints:
    key = register.astype(np.int64)
    key <<= _POSITION_BITS
    key += position
    key += 1
    return key


@dataclass(slots=True)
class _Chains:
    """Definitions as they are linked: ``parent[d]`` is d itself for a root."""

    key: Ints
    parent: Numbers
    offset: Words
    is_constant: NDArray[np.bool_]
    is_next: NDArray[np.bool_]
    linked: list[NDArray[Any]]

    def constant(self, at: NDArray[Any], value: NDArray[Any] | int) -> None:
        """The definitions ``at`` are constants."""
        self.is_constant[at] = True
        self.offset[at] = _words(value)

    def advance(self, at: NDArray[Any], imm: Ints) -> None:
        """The definitions ``at`` add ``imm`` to the definition of their register before them."""
        self.is_next[at] = True
        self.offset[at] = _words(imm)

    def link(
        self, at: NDArray[Any], register: NDArray[Any], pc: NDArray[Any], imm: Ints | int
    ) -> None:
        """The definitions ``at`` are what ``register`` holds at ``pc``, plus ``imm``."""
        self.parent[at] = self.find(register, pc)
        self.offset[at] = _words(imm)
        self.linked.append(at)

    def find(self, register: NDArray[Any], pc: NDArray[Any]) -> Numbers:
        """The definition that reaches a read of ``register[i]`` at instruction ``pc[i]``."""
        # Needles in ascending order are found several times as fast.
        order = np.argsort(register.astype(np.uint8), kind="stable")
        needles = _key(register[order], 2 * pc[order])
        found = np.empty(len(order), np.int32)
        found[order] = np.searchsorted(self.key, needles) - 1
        return found

    def resolve(self) -> tuple[Numbers, Words]:
        """Root and offset (modulo 2^32) of every definition."""
        n = len(self.key)
        # A run of x = x + imm is a sum from the definition before it.
        base = np.arange(n, dtype=np.int32)
        base[self.is_next] = 0
        np.maximum.accumulate(base, out=base)
        run = np.where(self.is_next, self.offset, np.uint32(0))
        np.cumsum(run, dtype=np.uint32, out=run)
        run -= run[base]  # 0 for all others, which are their own base
        parent, offset = self.parent, self.offset
        linked = np.concatenate(self.linked)
        through = parent[linked]  # a parent inside a run stands for the run's base
        parent[linked] = base[through]
        offset[linked] += run[through]
        while len(linked):
            onward = parent[parent[linked]] != parent[linked]
            linked = linked[onward]
            above = parent[linked]
            offset[linked] += offset[above]
            parent[linked] = parent[above]
        root = parent[base]
        constant = self.is_constant[root]
        run += offset[base]
        through = np.flatnonzero(constant & (root != base))
        run[through] += offset[root[through]]
        root[constant] = CONSTANT
        return root, run


def _words(value: NDArray[Any] | int) -> NDArray[Any]:
    """``value`` modulo 2^32."""
    return np.asarray(value).astype(np.uint32)


def _changed(program: Program, events: ev.Events) -> tuple[LoopColumns, Ints, Ints]:
    """The loops, and pairs (loop, register that its body writes, its counter aside) by register."""
    starts = np.array([loop.start for loop in program.loops], np.int64)
    ends = np.array([loop.end for loop in program.loops], np.int64)
    trips = np.array([loop.trip for loop in program.loops], np.int64)
    counters = np.array([loop.counter for loop in program.loops], np.int64)

    def inside(pcs: NDArray[Any]) -> NDArray[np.bool_]:
        first = np.searchsorted(pcs, starts, side="right")
        return np.searchsorted(pcs, ends, side="left") > first

    dirty = np.zeros(len(starts), np.bool_)
    pairs = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    order = np.argsort(events.target.astype(np.int8), kind="stable")
    cuts = np.searchsorted(events.target[order], np.arange(ev.REGISTERS + 1))
    for register in range(ev.REGISTERS):
        low = ev.ADDRESS < register < ev.SCALE and (register - ev.ADDRESS) % 2
        written = register - 1 if low else register  # the two halves are written together
        mine = order[cuts[written] : cuts[written + 1]]
        own = counters == register
        within = inside(events.pc[mine]) if len(mine) else np.zeros(len(starts), np.bool_)
        if register < ev.ADDRESS and own.any():
            within |= inside(starts[own])  # an inner loop writes its counter
        dirty |= within & own
        found = np.flatnonzero(within & ~own)
        pairs.append((found, np.full(len(found), register)))
    stores = inside(events.pc[(events.code == ev.STORE) | (events.code == ev.TOPK)])
    initial = program.rows.values[program.row[starts], 1].astype(np.int64)
    closed = ends < len(program)
    once = (trips == 1) | ~closed
    columns = LoopColumns(starts, ends, trips, counters, initial, closed, once, dirty, stores)
    loop, register_of = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return columns, loop, register_of
