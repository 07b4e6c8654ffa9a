"""Counted loops of a program as a tree.

C_LOOP_END closes the innermost open loop with its counter register. C_BREAK ends a loop in its
first iteration, so a loop that has one may lack its C_LOOP_END; where both are there, the trip
count is taken in full, as an upper bound.

Codes: E010 closed without being open, E011 closed out of order, E012 never closed, E013 trip count
0, E014 C_BREAK outside a loop, E015 nested deeper than there are counter registers; W010 trip count
1, W011 the body writes the counter, W012 C_BREAK makes the count an upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, Rows
from isa_analysis.isa import DIALECTS, canonical, forms_of, is_known
from isa_analysis.records import from_columns

Ints = NDArray[np.int64]

#: Every open loop needs a counter of its own.
MAX_DEPTH = max(dialect.registers["gp"] for dialect in DIALECTS.values())


@dataclass(frozen=True, slots=True)
class Loop:
    """One C_LOOP_START .. C_LOOP_END pair.

    ``start`` and ``end`` are instruction indices of the pair; a loop that is never closed (lenient
    reading only) has ``end`` = the number of instructions. ``parent`` is the index of the enclosing
    loop or -1; ``depth`` is 1 for an outermost loop.
    """

    start: int
    end: int
    trip: int
    counter: int
    parent: int
    depth: int
    has_break: bool = False


@dataclass(frozen=True, slots=True)
class LoopProblem:
    """A problem at instruction ``pc``; ``count`` loops share it when only the first is shown."""

    pc: int
    code: str
    severity: str
    message: str
    hint: str = ""


def build_loops(
    rows: Rows, row: NDArray[np.int32], lenient: bool
) -> tuple[tuple[Loop, ...], list[LoopProblem]]:
    """The loops of the instruction stream ``row``, in order of their starts.

    Lenient reading follows a plain stack instead: an end pops whatever is innermost, an unmatched
    end is left alone, an open loop reaches the end of the program.
    """
    role = {"C_LOOP_START": 1, "C_LOOP_END": 2, "C_BREAK": 3}
    role_of = np.array([role.get(canonical(s), 0) for s in rows.spellings] or [0], np.int8)
    row_role = role_of[rows.op]
    row_role[rows.op < 0] = 0
    events = np.flatnonzero((row_role > 0)[row])
    event_rows = row[events]
    if columns := _balanced(rows, events, event_rows, row_role[event_rows]):
        loops = from_columns(Loop, len(columns[0]), *columns)
        return loops, _warnings(rows, row, loops, set())
    counters = rows.values[event_rows, 0].tolist()
    trips = rows.values[event_rows, 1].tolist()
    wellformed = (rows.status[event_rows] == INSTRUCTION).tolist()
    kinds = row_role[event_rows].tolist()

    starts: list[int] = []
    ends: list[int] = []
    trip_of: list[int] = []
    counter_of: list[int] = []
    parents: list[int] = []
    breaks: dict[int, int] = {}  # loop -> its first C_BREAK
    stack: list[int] = []
    problems: list[LoopProblem] = []
    severity = "warning" if lenient else "error"
    for pc, kind, counter, trip, good in zip(
        events.tolist(), kinds, counters, trips, wellformed, strict=True
    ):
        if kind == 1:
            index = len(starts)
            if deep := len(stack) >= MAX_DEPTH:
                message = f"more than {MAX_DEPTH} loops are open: no counter register is left"
                problems.append(LoopProblem(pc, "E015", severity, message))
            if good and trip == 0:
                message = f"loop with counter gp{counter} has trip count 0, which is a fault"
                problems.append(
                    LoopProblem(pc, "E013", severity, message, "a loop runs at least once")
                )
            starts.append(pc)
            ends.append(-1)
            trip_of.append(trip if good and not deep else 1)
            counter_of.append(counter)
            parents.append(stack[-1] if stack else -1)
            stack.append(index)
        elif kind == 2:
            if not stack:
                message = f"C_LOOP_END gp{counter} closes a loop that is not open"
                problems.append(LoopProblem(pc, "E010", severity, message))
                continue
            while (
                good and len(stack) > 1 and stack[-1] in breaks and counter_of[stack[-1]] != counter
            ):
                broken = stack.pop()
                ends[broken] = breaks[broken]
            if counter_of[stack[-1]] != counter and good:
                problems.append(_out_of_order(pc, counter, stack, counter_of, starts, severity))
                if not lenient:
                    if counter in (counter_of[i] for i in stack):
                        while counter_of[stack[-1]] != counter:
                            ends[stack.pop()] = pc
                    else:
                        continue
            ends[stack.pop()] = pc
        elif not stack:
            problems.append(LoopProblem(pc, "E014", severity, "C_BREAK outside a loop"))
        else:
            breaks.setdefault(stack[-1], pc)
    total = len(row)
    for index in stack:
        if index in breaks:
            ends[index] = breaks[index]
            continue
        message = f"loop with counter gp{counter_of[index]} is never closed"
        hint = f"add C_LOOP_END gp{counter_of[index]} after its body"
        problems.append(LoopProblem(starts[index], "E012", severity, message, hint))
        ends[index] = total
    depths: list[int] = []
    for parent in parents:
        depths.append(1 if parent < 0 else depths[parent] + 1)
    for index, at in breaks.items():
        if ends[index] == at:
            trip_of[index] = 1
    has_break = [False] * len(starts)
    for index, at in breaks.items():
        has_break[index] = ends[index] != at
    loops = from_columns(
        Loop, len(starts), starts, ends, trip_of, counter_of, parents, depths, has_break
    )
    problems += _warnings(rows, row, loops, set(breaks.values()))
    return loops, problems


def _balanced(
    rows: Rows, events: Ints, event_rows: NDArray[np.int32], role: NDArray[np.int8]
) -> list[list[int]] | None:
    """The columns of :class:`Loop` where every loop is well-formed and none has a C_BREAK, as in
    nearly all programs; None otherwise."""
    opens = role == 1
    counters, trips = rows.values[event_rows, 0], rows.values[event_rows, 1]
    depth = np.cumsum(np.where(opens, 1, -1))
    sound = rows.status[event_rows] == INSTRUCTION
    sound &= (role != 3) & (depth >= 0) & (depth <= MAX_DEPTH) & ((trips > 0) | ~opens)
    if not sound.all() or (len(depth) and depth[-1]):
        return None
    level = depth + ~opens
    # At each level starts and ends alternate.
    first, last = np.argsort(level, kind="stable").reshape(-1, 2).T
    if (counters[first] != counters[last]).any():
        return None
    order = np.argsort(first)
    first, last = first[order], last[order]
    depths = level[first]
    parents = np.full(len(first), -1)
    for d in range(2, int(depths.max(initial=0)) + 1):
        inner, outer = np.flatnonzero(depths == d), np.flatnonzero(depths == d - 1)
        parents[inner] = outer[np.searchsorted(outer, inner) - 1]
    columns = (events[first], events[last], trips[first], counters[first], parents, depths)
    return [*(column.tolist() for column in columns), [False] * len(first)]


def _out_of_order(
    pc: int, counter: int, stack: list[int], counter_of: list[int], starts: list[int], severity: str
) -> LoopProblem:
    open_counters = [counter_of[i] for i in stack]
    if counter in open_counters:
        message = (
            f"C_LOOP_END gp{counter} closes a loop while gp{open_counters[-1]}'s is still open"
        )
        hint = "loops close in the reverse order of their starts"
        return LoopProblem(pc, "E011", severity, message, hint)
    message = f"C_LOOP_END gp{counter} closes a loop that is not open"
    hint = f"the innermost open loop counts in gp{open_counters[-1]}"
    return LoopProblem(pc, "E010", severity, message, hint)


def _warnings(
    rows: Rows, row: NDArray[np.int32], loops: tuple[Loop, ...], broken: set[int]
) -> list[LoopProblem]:
    if not loops:
        return []
    out: list[LoopProblem] = []
    begins, ends, trips, counters = (
        np.fromiter(map(attrgetter(name), loops), np.int64, len(loops))
        for name in ("start", "end", "trip", "counter")
    )
    single = begins[(trips == 1) & ~np.isin(ends, list(broken))]
    if len(single):
        more = f" (and {len(single) - 1} more loops like it)" if len(single) > 1 else ""
        message = f"trip count 1: the loop only adds its two control instructions{more}"
        out.append(LoopProblem(int(single[0]), "W010", "warning", message))
    for loop in loops if broken else ():
        if loop.has_break:
            message = "C_BREAK inside: this loop's trip count is an upper bound"
            hint = "the hardware leaves the loop at C_BREAK and then refuses its C_LOOP_END"
            out.append(LoopProblem(loop.start, "W012", "warning", message, hint))
        elif loop.end in broken:
            message = "C_BREAK ends this loop in its first iteration: the body runs once"
            out.append(LoopProblem(loop.start, "W012", "warning", message))
    written = written_gp(rows)[row]
    for counter in np.flatnonzero(np.bincount(counters)).tolist():
        writes = np.flatnonzero(written == counter)
        begin, end = begins[counters == counter], ends[counters == counter]
        first = np.searchsorted(writes, begin, side="right")
        last = np.searchsorted(writes, end, side="left")
        for i in np.flatnonzero(last > first).tolist():
            message = f"the loop's body writes its counter gp{counter}: the trip count may not hold"
            out.append(LoopProblem(int(writes[first[i]]), "W011", "warning", message))
    return out


def written_gp(rows: Rows) -> NDArray[np.int8]:
    """Per row the gp register that the instruction writes, or -1.

    C_LOOP_END is left out: it changes the counter of the loop it closes, as it should.
    """
    slots = np.full((max(len(rows.spellings), 1), 4), -1, np.int8)
    for op, spelling in enumerate(rows.spellings):
        if is_known(spelling) and canonical(spelling) != "C_LOOP_END":
            for f, form in enumerate(forms_of(spelling)):
                for place, operand in enumerate(form.operands):
                    if operand.written and operand.kind == "gp":
                        slots[op, f] = place
    slot = slots[rows.op, rows.form]
    index = np.arange(len(rows.op))
    is_gp = rows.kinds[index, slot] == KINDS.index("gp")
    value: NDArray[np.int32] = np.where((slot >= 0) & is_gp, rows.values[index, slot], -1)
    value[rows.status != INSTRUCTION] = -1
    return value.astype(np.int8)
