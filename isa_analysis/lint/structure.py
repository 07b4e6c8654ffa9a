"""Loops as the machine sees them: where control flow goes wrong, and how far it is certain.

The machine keeps a stack of open loops. C_LOOP_END closes the innermost one with its counter,
C_BREAK the innermost of all. Programs whose loops nest properly need none of this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from isa_analysis.assembly.loops import written_gp
from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION
from isa_analysis.isa import canonical

_ROLES = {"C_LOOP_START": 1, "C_LOOP_END": 2, "C_BREAK": 3}


@dataclass(frozen=True, slots=True)
class Break:
    """Something wrong with the control flow at instruction ``pc``; ``fault``: the machine stops
    there when it first gets there."""

    rule: str
    pc: int
    message: str
    fault: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """``horizon``: the instruction up to which the order of execution is certain (the first time it
    is reached); the number of instructions when all is well. ``broken`` lists the loops that
    C_BREAK leaves: their C_LOOP_START, and the C_BREAK."""

    horizon: int
    breaks: tuple[Break, ...]
    broken: tuple[tuple[int, int], ...] = ()


def control_structure(program: Program) -> Structure:
    """The control flow of ``program``, checked against the machine's loop stack."""
    breaks: list[Break] = []
    horizon = len(program)
    written = _written_counters(program)
    if written:
        horizon = min(program.loops[loop].end for loop, _ in written)
        breaks += [_counter_written(program, loop, pc) for loop, pc in written]
    broken: list[tuple[int, int]] = []
    if _needs_walk(program):
        walked, reached = _walk(program, broken)
        breaks += walked
        horizon = min(horizon, reached)
    # What lies behind the horizon is wrong too, but when it happens is not known.
    known = [b if b.pc <= horizon else replace(b, fault="") for b in breaks]
    return Structure(horizon, tuple(known), tuple(broken))


def _needs_walk(program: Program) -> bool:
    if program.omitted_diagnostics or program.skipped:
        return True
    return any(d.code.startswith("E01") or d.code == "W012" for d in program.diagnostics)


def _walk(program: Program, broken: list[tuple[int, int]]) -> tuple[list[Break], int]:
    """What goes wrong, and where that ends all certainty; loops that C_BREAK leaves are added to
    ``broken``."""
    rows = program.rows
    role_of = np.array([_ROLES.get(canonical(s), 0) for s in rows.spellings] or [0], np.int8)
    role = np.where((rows.op >= 0) & (rows.status == INSTRUCTION), role_of[rows.op], np.int8(0))
    pcs = np.flatnonzero(role[program.row])
    at = program.row[pcs]
    stack: list[tuple[int, int]] = []
    events = zip(
        pcs.tolist(), role[at].tolist(), rows.values[at, 0].tolist(), rows.values[at, 1].tolist(),
        strict=True,
    )  # fmt: skip
    for pc, kind, counter, trip in events:
        if kind == 1:
            if trip == 0:
                return [_zero_trip(pc)], pc
            stack.append((counter, pc))
        elif kind == 3:
            if not stack:
                return [_stray_break(pc)], pc
            broken.append((stack.pop()[1], pc))
        elif not any(c == counter for c, _ in stack):
            return [_stray_end(pc, counter)], pc
        elif stack[-1][0] != counter:
            return [_out_of_order(program, pc, counter, stack[-1])], pc
        else:
            stack.pop()
    return [_never_closed(pc, counter) for counter, pc in stack], len(program)


def _zero_trip(pc: int) -> Break:
    message = "a loop with trip count 0: the machine refuses it"
    return Break("L001", pc, message, "C_LOOP_START 0", "a loop runs at least once")


def _stray_end(pc: int, counter: int) -> Break:
    message = f"C_LOOP_END gp{counter}: no open loop counts in gp{counter} here"
    hint = "a C_BREAK closes the innermost loop: its C_LOOP_END must not follow"
    return Break("L002", pc, message, "C_LOOP_END without an open loop", hint)


def _stray_break(pc: int) -> Break:
    return Break("L003", pc, "C_BREAK outside a loop", "C_BREAK without an open loop")


def _out_of_order(program: Program, pc: int, counter: int, open_loop: tuple[int, int]) -> Break:
    inner, start = open_loop
    message = (
        f"C_LOOP_END gp{counter} closes its loop while that of gp{inner} "
        f"(line {int(program.line[start])}) is still open"
    )
    hint = "loops close in the reverse order of their starts; nothing is predicted from here on"
    return Break("L004", pc, message, hint=hint)


def _never_closed(pc: int, counter: int) -> Break:
    message = f"the loop that counts in gp{counter} is never closed"
    return Break("L004", pc, message, hint=f"add C_LOOP_END gp{counter} after its body")


def _counter_written(program: Program, loop: int, pc: int) -> Break:
    counter = program.loops[loop].counter
    message = f"the body of a loop writes the loop's counter gp{counter}"
    hint = "the trip count may not hold: nothing is predicted behind the loop's first iteration"
    return Break("L110", pc, message, hint=hint)


def _written_counters(program: Program) -> list[tuple[int, int]]:
    """(loop, instruction) for each loop whose body writes its counter, with the first write."""
    if not program.loops:
        return []
    written = written_gp(program.rows)[program.row]
    starts = np.array([loop.start for loop in program.loops])
    ends = np.array([loop.end for loop in program.loops])
    counters = np.array([loop.counter for loop in program.loops])
    out: list[tuple[int, int]] = []
    for counter in np.unique(counters).tolist():
        writes = np.flatnonzero(written == counter)
        mine = np.flatnonzero(counters == counter)
        first = np.searchsorted(writes, starts[mine], side="right")
        last = np.searchsorted(writes, ends[mine], side="left")
        hit = np.flatnonzero(last > first)
        out += zip(mine[hit].tolist(), writes[first[hit]].tolist(), strict=True)
    return sorted(out)
