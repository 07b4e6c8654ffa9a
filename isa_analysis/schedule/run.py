"""A program on a board under a timing model: its schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.collector import collector_off
from isa_analysis.dataflow import Values
from isa_analysis.dataflow.accesses import find_accesses
from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.dataflow.walk import Definitions, follow
from isa_analysis.heap import trim
from isa_analysis.schedule.comparisons import Comparisons
from isa_analysis.schedule.machines import machine_for, parameters_of
from isa_analysis.schedule.model import HBM_READ, Schedule
from isa_analysis.schedule.nest import Nest
from isa_analysis.schedule.overlap_ranges import published_ranges
from isa_analysis.schedule.ranges import Places, Ranges, joined, on_chip, without
from isa_analysis.schedule.rtl import rtl_latencies
from isa_analysis.schedule.scoreboard import Scoreboard
from isa_analysis.schedule.shortcuts import Shortcuts
from isa_analysis.schedule.specs import Code, Spec, decode
from isa_analysis.schedule.steps import Automaton, Machine
from isa_analysis.schedule.straight import Group, conflicts
from isa_analysis.schedule.totals import figures
from isa_analysis.schedule.walker import Walker

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.timing.model import RowPrices, TimingName


#: Instructions whose accesses are found at one time; bounds temporaries to some tens of megabytes.
_PART = 1 << 19
#: More cycles of issue than a program has instructions.
_FAR = 1 << 30


@dataclass(frozen=True, slots=True)
class Durations:
    """What instructions take before anything overlaps.

    ``prices`` are the serial prices of rows. ``transfers`` has the cycles of *one* execution of
    each H_ instruction (by pc) that the memory model prices by address; whole numbers, rounded down
    from the mean over its executions. ``left_out`` is what the rounding leaves out in all (cycles).
    """

    prices: RowPrices
    transfers: Mapping[int, int]
    left_out: int = 0
    memory: str = ""


def whole_durations(
    pc: list[int], total: list[int], times: list[int]
) -> tuple[dict[int, int], int]:
    """Cycles of one execution of each transfer, and what rounding down leaves out of ``total``.

    Rounding down keeps the sum at or below that of serial timing.
    """
    each = {p: cycles // max(n, 1) for p, cycles, n in zip(pc, total, times, strict=True)}
    left = sum(cycles - each[p] * n for p, cycles, n in zip(pc, total, times, strict=True) if n)
    return each, left


@dataclass(frozen=True, slots=True)
class Plan:
    """A program made ready for scheduling: everything that does not depend on the machine."""

    timing: TimingName
    memory: str
    machine: Machine
    code: Code
    ranges: Ranges
    nest: Nest
    left_out: int


def prepare(
    program: Program,
    board: LoadedBoard,
    timing: TimingName,
    durations: Durations,
    definitions: Definitions | None = None,
    machine: Machine | None = None,
) -> Plan:
    """The plan of ``program`` under the model ``timing``. ``definitions``: the followed program, if
    it is there already. ``machine`` replaces the one that the board describes."""
    machine = machine if machine is not None else machine_for(timing, board)
    code = decode(program, durations.prices, durations.transfers)
    if timing == "rtl-v1":
        m = board.board.machine
        code = _with_durations(code, rtl_latencies(m.vlen, m.blen))
    ranges = _ranges(program, board, machine, definitions)
    trim(len(program))
    nest = Nest.of(program.loops, len(program))
    return Plan(timing, durations.memory, machine, code, ranges, nest, durations.left_out)


def run_plan(
    plan: Plan, machine: Machine | None = None, skip: frozenset[int] = frozenset()
) -> Schedule:
    """The schedule of a plan. ``machine`` replaces that of the plan, which must ask for the same
    ranges; the engines in ``skip`` (numbers) take no time."""
    machine = machine if machine is not None else plan.machine
    code, nest = plan.code, plan.nest
    timing, memory, left_out = plan.timing, plan.memory, plan.left_out
    if skip:
        specs = tuple(replace(s, duration=0) if s.engine in skip else s for s in code.specs)
        code = Code(specs, code.of_pc)
    automaton = Automaton(machine, code.specs)
    shortcuts = Shortcuts(code, automaton, _tokens(code, automaton, plan.ranges, nest))
    walker = Walker(code, automaton, Places(plan.ranges), nest, shortcuts, Comparisons(nest))
    # Large programs: nothing of what only the walk needs is kept for what follows it.
    del plan, shortcuts
    trim(len(code.of_pc))
    with collector_off():
        root = walker.run()
    drain, copies = automaton.rest(walker.node), walker.copies
    del walker
    steps = automaton.table()
    engine_of = np.array([spec.engine for spec in code.specs] or [-1], np.int8)[code.of_pc]
    del code, automaton
    found = figures(root, steps, drain, engine_of, nest, copies)
    trim(len(engine_of))
    return Schedule(
        model=timing,
        memory=memory,
        makespan=found.makespan,
        serial=found.serial,
        issue_cycles=found.issue_cycles,
        stalls=found.stalls,
        engines=found.engines,
        drain=drain,
        dynamic=found.dynamic,
        err_cycles=found.err_cycles,
        duration_error=left_out,
        loops=found.loops,
        parameters=parameters_of(machine),
        steps=steps,
        root=root,
        attributed=found.attributed,
        worked=found.worked,
        engine_of=engine_of,
        executed=found.executed,
    )


def build_schedule(
    program: Program,
    board: LoadedBoard,
    timing: TimingName,
    durations: Durations,
    definitions: Definitions | None = None,
    machine: Machine | None = None,
) -> Schedule:
    """The schedule of ``program`` by the model ``timing``; see :func:`prepare`."""
    return run_plan(prepare(program, board, timing, durations, definitions, machine))


def _with_durations(code: Code, cycles: Mapping[str, int]) -> Code:
    def changed(spec: Spec) -> Spec:
        known = cycles.get(spec.mnemonic)
        return spec if known is None or not spec.duration else replace(spec, duration=known)

    return Code(tuple(changed(spec) for spec in code.specs), code.of_pc)


def _ranges(
    program: Program, board: LoadedBoard, machine: Machine, definitions: Definitions | None
) -> Ranges:
    if not machine.groups:
        return without(len(program), Values())
    if definitions is None:
        definitions = follow(program)
        trim(len(program))
    sizes = sizes_of(board, program.dialect)
    parts = []
    for begin in range(0, max(len(program), 1), _PART):
        accesses = find_accesses(program, definitions, sizes, begin, begin + _PART)
        parts.append(on_chip(accesses) if machine.latest else published_ranges(accesses, sizes))
        del accesses
    return joined(len(program), definitions.values, parts)


def _until(code: Code, clock: NDArray[np.int32], limits: list[Group]) -> NDArray[np.int32]:
    """Cycles of issue after which each instruction is finished. An engine finishes in order, a
    transfer after those in its queue."""
    until = clock + np.array([min(s.duration, _FAR) for s in code.specs], np.int32)[code.of_pc]
    engine = np.array([s.engine for s in code.specs], np.int8)[code.of_pc]
    for number, group in enumerate(limits):
        mine = np.flatnonzero(engine == number)
        if number >= HBM_READ:
            until[mine] = clock[mine] + group.reach
        else:
            until[mine] = np.maximum.accumulate(until[mine])
    return until


def _tokens(
    code: Code, automaton: Automaton, ranges: Ranges, nest: Nest
) -> NDArray[np.int32] | None:
    """Tokens of the instructions outside loops with their conflicts; None: find them on the way."""
    machine = automaton.machine
    if not isinstance(machine, Scoreboard):
        return None
    tokens = code.of_pc.copy()
    outside = np.ones(len(tokens), np.bool_)
    for loop in nest.children(-1):
        first, last = nest.body(loop)
        outside[first:last] = False
    groups = np.array([machine.group_of(spec) for spec in code.specs], np.int8)[code.of_pc]
    takes = np.array([spec.duration > 0 for spec in code.specs])[code.of_pc]
    clock = np.cumsum(takes, dtype=np.int32)
    del takes
    longest = [
        max((s.duration for s in code.specs if s.engine == g), default=0)
        for g in range(machine.groups)
    ]
    limits = [
        Group(machine.in_flight(g), min(longest[g] * (machine.queue if g >= HBM_READ else 1), _FAR))
        for g in range(machine.groups)
    ]
    until = _until(code, clock, limits)
    found = conflicts(ranges, outside, groups, clock, until, limits)
    if len(found.odd):
        return None
    if len(found.pc):
        spec = code.of_pc[found.pc].astype(np.int64)
        base = [limit.window + 1 for limit in limits]
        for group, radix in enumerate(base):  # at most 65^4 x 65^2 x specs: below 2^63
            spec = spec * radix + found.ages[:, group]
        distinct, back = np.unique(spec, return_inverse=True)
        numbers = []
        for key in distinct.tolist():
            ages = []
            for radix in reversed(base):
                key, age = divmod(key, radix)
                ages.append(age)
            numbers.append(automaton.token(key, tuple(reversed(ages))))
        tokens[found.pc] = np.array(numbers, np.int32)[back.reshape(-1)]
    return tokens
