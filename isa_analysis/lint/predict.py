"""Faults before they happen: control flow, loop limits, refused instructions, addresses."""

from __future__ import annotations

from collections.abc import Iterator

from isa_analysis.assembly.shapes import KINDS
from isa_analysis.dataflow.machine import TOPK
from isa_analysis.isa import forms_of
from isa_analysis.lint.addresses import AddressSearch
from isa_analysis.lint.context import Context
from isa_analysis.lint.faults import (
    AT_LOAD,
    CONTROL,
    LIMIT,
    LOOP_LIMIT,
    Fault,
    Prediction,
    around,
)


def predict(context: Context) -> Prediction:
    """The faults of ``context``'s program."""
    faults = [*_control(context), *_limits(context), *_refused(context), *_policies(context)]
    search = AddressSearch(context)
    faults += search.run()
    faults.sort(key=lambda f: f.key)
    first = min(search.unknown, default=-1)
    return Prediction(tuple(faults), sum(search.unknown.values()), first, len(search.unknown))


def _control(context: Context) -> Iterator[Fault]:
    for problem in context.structure.breaks:
        if problem.fault:
            yield Fault(
                problem.rule, problem.fault, problem.pc, context.order.first(problem.pc),
                around(context, problem.pc, {}), (CONTROL,), problem.message, problem.hint,
            )  # fmt: skip


def _limits(context: Context) -> Iterator[Fault]:
    """One fault per nest of loops that are too long: the outermost one is the first to trip."""
    order, limit = context.order, context.limit
    broken = dict(context.structure.broken)
    behind = -1
    for number, loop in enumerate(order.loops):
        if loop.start >= order.horizon or loop.start < behind:
            continue
        head = order.first(loop.start + 1)
        end = broken.get(loop.start, loop.end)
        closed = end < order.horizon
        length = order.length[number] if closed else order.first(order.horizon) - head
        if loop.start in broken and closed:
            length = order.first(end) + 1 - head
        reached = limit < length or (not closed and limit == length)
        found = order.locate(head + limit) if reached else None
        if found is None or found[0] >= len(context.program):
            continue
        behind = end
        pc, iterations = found
        line = context.line(loop.start)
        message = (
            f"an iteration of the loop at line {line} executes "
            f"{'' if closed else 'at least '}{length:,} instructions, more than {limit:,}"
        )
        hint = "split the loop, or raise machine.max_loop_instructions if the machine allows it"
        yield Fault(
            "L005", LOOP_LIMIT, pc, head + limit, around(context, pc, iterations), (LIMIT,),
            message, hint,
        )  # fmt: skip


def _refused(context: Context) -> Iterator[Fault]:
    """M_BMM and M_BTMM with a destination register, refused before anything runs."""
    rows = context.program.rows
    for name in ("M_BMM", "M_BTMM"):
        bad = context.rows_of(name) & (rows.kinds[:, 0] == KINDS.index("gp"))
        pcs = context.pcs_of(bad & (rows.values[:, 0] != 0))
        pcs = pcs[context.suppressions.allowed("L012", pcs)]
        if len(pcs):
            pc = int(pcs[0])
            message = f"{name} has the destination gp{int(rows.values[context.program.row[pc], 0])}"
            yield Fault(
                "L012", f"{name} rd not 0", pc, 0, {}, (AT_LOAD,), message,
                "write 0 or gp0: the program is refused when it is loaded", len(pcs),
            )  # fmt: skip


def _policies(context: Context) -> Iterator[Fault]:
    rows = context.program.rows
    for op, spelling in enumerate(rows.spellings):
        if spelling != "V_TOPK":
            continue
        slot = [o.name for o in forms_of(spelling)[0].operands].index("policy")
        bad = context.rows_of(spelling) & (rows.op == op) & (rows.values[:, slot] >= len(TOPK))
        pcs = context.pcs_of(bad)
        pcs = pcs[(pcs < context.order.horizon) & context.suppressions.allowed("L013", pcs)]
        if len(pcs):
            pc = int(pcs[0])
            policy = int(rows.values[context.program.row[pc], slot])
            yield Fault(
                "L013", "V_TOPK policy", pc, context.order.first(pc), around(context, pc, {}),
                (CONTROL,), f"policy {policy}: there is 0 (top 4 of 32) and 1 (top 8 of 128)",
                count=len(pcs),
            )  # fmt: skip
