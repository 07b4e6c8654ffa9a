"""One instruction of a program on a board, explained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION, KINDS
from isa_analysis.assembly.source import fetch_lines
from isa_analysis.dataflow.accesses import HBM, MEMORIES
from isa_analysis.dataflow.events import ADDRESS, SCALE, STRIDE
from isa_analysis.diagnostics import error
from isa_analysis.explain.model import (
    Explanation,
    Held,
    LoopAround,
    MemoryUse,
    OperandUse,
)
from isa_analysis.explain.origins import lines_that_set
from isa_analysis.explain.price import compute_price, transfer_price
from isa_analysis.explain.values import held, wide
from isa_analysis.isa import canonical, forms_of, instruction, is_known
from isa_analysis.kernels import KernelRules
from isa_analysis.kernels.regions import loop_entries
from isa_analysis.lint.context import Context, build_context
from isa_analysis.lint.faults import Fault
from isa_analysis.lint.predict import predict
from isa_analysis.traffic.analyse import analyse
from isa_analysis.traffic.regions import RegionMap
from isa_analysis.traffic.requests import machine_of

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard


def explain(
    program: Program,
    board: LoadedBoard,
    line: int,
    rules: KernelRules | None = None,
    regions: RegionMap | None = None,
) -> Explanation:
    """Everything about the instruction at ``line`` (from 1); ``regions`` name parts of HBM.

    Raises :class:`InputError` (E220) when that line holds no instruction.
    """
    pc = _instruction_at(program, line)
    context = build_context(program, board, rules)
    rows = program.rows
    row = int(program.row[pc])
    spelling = rows.spellings[int(rows.op[row])]
    info = instruction(spelling)
    order = context.order
    around = order.around(pc)
    traffic = None
    if info.category == "memory":
        machine = machine_of(board, program.dialect)
        traffic = analyse(program, machine, context.regions, context.definitions)
        price = transfer_price(context, pc, info, traffic)
    else:
        price = compute_price(context, pc, info)
    which = int(np.searchsorted(traffic.transfers.pc, pc)) if traffic is not None else 0
    name = context.spans.names[_kernel(context, pc)]
    return Explanation(
        path=program.name,
        line=line,
        pc=pc,
        source=fetch_lines(program.source, [line])[line],
        mnemonic=info.mnemonic,
        spelling=spelling,
        meaning=info.meaning,
        dialect=program.dialect,
        engine=info.engine,
        operands=_operands(context, pc, around),
        memory=_memory(context, pc, around, regions),
        registers_read=_special(info.reads),
        registers_written=_special(info.writes),
        price=price,
        executions=context.times(pc),
        executed_before=order.first(pc) if pc <= order.horizon else None,
        kernel=context.kernel_name(pc),
        tensor=name.tensor,
        loops=_loops(context, around),
        requests_read=traffic.requests.read[which] if traffic is not None else None,
        requests_written=traffic.requests.written[which] if traffic is not None else None,
        faults=_faults(context, pc),
    )


def _instruction_at(program: Program, line: int) -> int:
    pc = int(np.searchsorted(program.line, line))
    if pc < len(program) and int(program.line[pc]) == line:
        row = int(program.row[pc])
        if program.rows.status[row] == INSTRUCTION and is_known(
            program.rows.spellings[int(program.rows.op[row])]
        ):
            return pc
        raise error(
            "E220", "there is no known instruction on this line", path=program.name, line=line
        )
    if line < 1 or line > program.lines:
        message = f"the file has {program.lines:,} lines"
        raise error("E220", message, path=program.name, line=line)
    near = [int(program.line[i]) for i in (pc - 1, pc) if 0 <= i < len(program)]
    hint = f"instructions nearby: line {' and line '.join(map(str, near))}" if near else ""
    raise error(
        "E220", "there is no instruction on this line", path=program.name, line=line, hint=hint
    )


def _kernel(context: Context, pc: int) -> int:
    at = int(np.searchsorted(context.spans.start_pc, pc, side="right")) - 1
    return int(context.spans.kernel[at])


def _operands(context: Context, pc: int, around: list[int]) -> tuple[OperandUse, ...]:
    program = context.program
    rows, row = program.rows, int(program.row[pc])
    spelling = rows.spellings[int(rows.op[row])]
    out = []
    for slot, operand in enumerate(forms_of(spelling)[int(rows.form[row])].operands):
        kind, number = KINDS[int(rows.kinds[row, slot])], int(rows.values[row, slot])
        if not kind:
            continue  # left out
        text = f"{kind}{number}" if kind != "int" else str(number)
        use = OperandUse(operand.name, text, operand.read, operand.written)
        if kind in ("gp", "a") and operand.read:
            register = number if kind == "gp" else ADDRESS + 2 * number
            use = replace(
                use,
                held=_register(context, register, pc, around),
                set_at=lines_that_set(context, register, pc),
            )
        elif kind in ("int", "f"):
            use = replace(use, read=operand.read and kind == "f")
        out.append(use)
    if canonical(spelling).startswith("H_"):
        out.append(_singleton(context, "SCALE", SCALE, pc, around))
        if int(rows.values[row, 3]) == 1:
            out.append(_singleton(context, "STRIDE", STRIDE, pc, around))
    return tuple(out)


def _register(context: Context, register: int, pc: int, around: list[int]) -> Held:
    program, definitions = context.program, context.definitions
    values = definitions.values
    mine = held(program, values, definitions.one(register, pc), around)
    if ADDRESS <= register < SCALE:
        low = held(program, values, definitions.one(register + 1, pc), around)
        return wide(mine, low)
    return mine


def _singleton(
    context: Context, name: str, register: int, pc: int, around: list[int]
) -> OperandUse:
    value = _register(context, register, pc, around)
    return OperandUse(name, name, True, False, value, lines_that_set(context, register, pc))


def _memory(
    context: Context, pc: int, around: list[int], regions: RegionMap | None
) -> tuple[MemoryUse, ...]:
    accesses, values = context.accesses, context.definitions.values
    first, last = np.searchsorted(accesses.pc, [pc, pc + 1]).tolist()
    out = []
    for i in range(first, last):
        site = accesses.sites[int(accesses.site[i])]
        address = held(context.program, values, int(accesses.address[i]), around)
        tensor = ""
        if site.memory == HBM:
            high = held(context.program, values, int(accesses.high[i]), around)
            address = wide(high, address)
            if regions is not None and address.first is not None:
                tensor = regions.name_at(address.first) or "outside every region"
        step = int(accesses.step[i])
        shape = site.shape
        out.append(
            MemoryUse(
                MEMORIES[site.memory], site.write, site.operand, address, shape.rows,
                step if step >= 0 else None, shape.length, tensor,
            )
        )  # fmt: skip
    return tuple(out)


def _special(names: tuple[str, ...]) -> tuple[str, ...]:
    """The special registers among what an instruction touches."""
    return tuple(name for name in names if "[" not in name)


def _loops(context: Context, around: list[int]) -> tuple[LoopAround, ...]:
    program = context.program
    entries = loop_entries(program.loops)
    last = len(program) - 1
    return tuple(
        LoopAround(
            context.line(program.loops[lp].start),
            context.line(min(program.loops[lp].end, last)),
            f"gp{program.loops[lp].counter}",
            program.loops[lp].trip,
            entries[lp],
        )
        for lp in around
    )


def _faults(context: Context, pc: int) -> tuple[Fault, ...]:
    """The faults that this instruction raises, were it reached."""
    accesses = context.accesses
    first, last = np.searchsorted(accesses.pc, [pc, pc + 1]).tolist()
    mine = slice(first, last)
    own = replace(
        accesses,
        pc=accesses.pc[mine],
        row=accesses.row[mine],
        site=accesses.site[mine],
        address=accesses.address[mine],
        high=accesses.high[mine],
        step=accesses.step[mine],
    )
    return tuple(f for f in predict(replace(context, accesses=own)).faults if f.pc == pc)
