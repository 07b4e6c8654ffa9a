"""A program on a board under a model: the profile with its caveats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION
from isa_analysis.diagnostics import Diagnostic, InputError
from isa_analysis.isa import instruction, is_known
from isa_analysis.kernels import KernelRules
from isa_analysis.pricing import ModelOptions, by_address, cycle_model, service_of
from isa_analysis.profiling.compute import Breakdown
from isa_analysis.profiling.group import opcodes_of
from isa_analysis.profiling.model import BoardInfo, InputInfo, ModelUsed, Profile, total
from isa_analysis.profiling.sums import start_sums
from isa_analysis.timing.model import (
    MEMORY_MODELS,
    SCHEDULED,
    TIMING_MODELS,
    TRANSFER_OVERLAP,
    SimulatorCycleModel,
)
from isa_analysis.traffic.charges import needs_addresses
from isa_analysis.traffic.requests import machine_of

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.boards.schema import Service
    from isa_analysis.dataflow import Definitions
    from isa_analysis.schedule import Schedule

#: Programs of this many instructions are summed in a second process while they are followed.
_LARGE = 1 << 19


def profile(
    program: Program,
    board: LoadedBoard,
    options: ModelOptions | None = None,
    rules: KernelRules | None = None,
    definitions: Definitions | None = None,
) -> Profile:
    """The profile of ``program`` on ``board``; its ``definitions``, where they are known, save
    following its registers once more.

    Raises :class:`InputError` (E020) when an instruction has no price, for example V_TOPK with a
    policy that the hardware does not have.
    """
    options = options or ModelOptions()
    model = cycle_model(board, options, program.dialect)
    addresses = by_address(board, model.memory)
    prices = model.price(program.rows)
    follows = options.traffic or addresses
    sums = start_sums(program, prices, rules, apart=follows and len(program) >= _LARGE)
    if follows and definitions is None:
        from isa_analysis.dataflow import follow

        definitions = follow(program)
    parts, kernel_warnings = sums.get()
    _refuse_unpriced(program, parts)
    traffic = spent = None
    if follows:
        # Most profiles follow no addresses and do without these.
        from isa_analysis.profiling.memory import with_traffic
        from isa_analysis.traffic.analyse import analyse

        machine = machine_of(board, program.dialect)
        traffic = analyse(program, machine, parts.regions, definitions)
        if addresses:
            from isa_analysis.traffic.service import service_cycles

            spent = service_cycles(traffic, program, service_of(board), board.clock_hz)
        parts = with_traffic(parts, program, traffic, spent)
    schedule = None
    if model.timing in SCHEDULED:
        from isa_analysis.profiling.scheduled import schedule_parts, with_schedule

        schedule = schedule_parts(program, board, model, prices, traffic, spent)
        parts = with_schedule(parts, program, schedule)
    limit = board.board.machine.max_loop_instructions
    diagnostics = (
        *program.diagnostics,
        *(_named(d, program.name) for d in kernel_warnings),
        *_long_iterations(program, parts, limit),
        *_not_emulated(program),
        *_without_instructions(program),
    )
    opcodes = opcodes_of(parts.cells)
    totals = total(row.cost for row in opcodes)
    return Profile(
        input=InputInfo(
            program.name,
            program.sha256,
            program.lines,
            totals.static,
            program.dialect,
            program.skipped,
        ),
        board=BoardInfo(board.board.name, board.path, board.sha256, board.clock_hz),
        model=_model_used(program, parts, model, board, schedule),
        kernels=parts.kernels,
        calls=parts.calls,
        cells=parts.cells,
        opcodes=opcodes,
        totals=totals,
        loops=parts.loops,
        diagnostics=diagnostics,
        omitted_diagnostics=program.omitted_diagnostics,
        complete=not (
            program.skipped or parts.guessed or _has_break(program) or _has_bad_loop(program)
        ),
        traffic=traffic,
        regions=parts.regions,
        program=program,
        schedule=schedule,
    )


def _model_used(
    program: Program,
    parts: Breakdown,
    model: SimulatorCycleModel,
    board: LoadedBoard,
    schedule: Schedule | None = None,
) -> ModelUsed:
    b = board.board
    machine = b.machine
    parameters = {
        "mlen": machine.mlen,
        "vlen": machine.vlen,
        "blen": machine.blen,
        "prefetch_m_rows": b.memory.prefetch_m_rows,
        "prefetch_v_rows": b.memory.prefetch_v_rows,
        "writeback_rows": b.memory.writeback_rows,
    }
    timing = TIMING_MODELS[model.timing]
    caveats = [f"timing {timing.name} leaves out {what}" for what in timing.leaves_out]
    if schedule is not None:
        parameters |= schedule.parameters
        caveats += schedule_caveats(schedule)
    if model.memory == "charge" and not model.charges:
        caveats.append(
            f"memory is not charged: board {b.name} has no prefetch or store cycles, so H_ "
            "instructions cost 0 and totals are a compute-only lower bound"
        )
    else:
        memory = MEMORY_MODELS[model.memory]
        caveats += [
            f"memory {memory.name} leaves out {what}"
            for what in memory.leaves_out
            if schedule is None or what != TRANSFER_OVERLAP
        ]
    if model.memory == "none":
        caveats.append("H_ instructions cost 0: totals are a compute-only lower bound")
    if model.memory == "service":
        caveats += _service_caveats(service_of(board))
    if board.settings:
        caveats.append(f"latencies and machine come from settings {board.settings}")
    if program.skipped:
        caveats.append(f"INCOMPLETE: {program.skipped} malformed lines were skipped")
    if parts.guessed:
        caveats.append(
            f"INCOMPLETE: {parts.guessed} executions of unknown opcodes are counted at 1 cycle"
        )
    if _has_bad_loop(program):
        caveats.append("INCOMPLETE: malformed loops were followed as far as they make sense")
    if _has_break(program):
        caveats.append("UPPER BOUND: C_BREAK may end a loop early; trip counts are taken in full")
    return ModelUsed(model.timing, model.memory, parameters, tuple(caveats))


def schedule_caveats(schedule: Schedule) -> list[str]:
    """What to know about the figures of a schedule besides what its model leaves out."""
    out = [
        "cycles are shares of the time from first issue to last finish: an instruction has what it "
        "moves the latest finish, 0 when it is hidden"
    ]
    if schedule.duration_error:
        out.append(
            "a transfer takes a whole number of cycles in each execution, its mean rounded down: "
            f"{schedule.duration_error} cycles are left out"
        )
    if schedule.err_cycles:
        out.append(
            f"UPPER BOUND: {schedule.err_cycles} cycles at most too many, in loops that reach no "
            "steady state"
        )
    return out


def _service_caveats(service: Service) -> list[str]:
    out = []
    if service.assumption:
        out.append(f"the memory's service times are ASSUMPTIONS: {service.source}")
    if not needs_addresses(service):
        out.append("transfers are taken as aligned to 64 bytes: the board has no address map")
    return out


def _has_break(program: Program) -> bool:
    return any(loop.has_break for loop in program.loops)


def _has_bad_loop(program: Program) -> bool:
    """Whether lenient reading let a malformed loop pass (E010 to E015)."""
    return any(d.code.startswith("E01") for d in program.diagnostics)


def _refuse_unpriced(program: Program, parts: Breakdown) -> None:
    if parts.unpriced:
        raise InputError(
            Diagnostic(
                program.name, int(program.line[pc]), 1, "E020", "error",
                f"{program.instruction_text(pc)} has no price: the operand selects a variant that "
                "does not exist", "V_TOPK has policy 0 (top 4 of 32) and policy 1 (top 8 of 128)",
                program.instruction_text(pc),
            )
            for pc in parts.unpriced
        )  # fmt: skip


def _long_iterations(program: Program, parts: Breakdown, limit: int) -> list[Diagnostic]:
    """W013: a loop whose single iteration executes more instructions than the machine allows."""
    long = [(p, loop) for p, loop in zip(parts.loops, program.loops, strict=True)
            if p.iteration_instructions > limit]  # fmt: skip
    if not long:
        return []
    cost, loop = long[0]
    more = f" (and {len(long) - 1} more loops like it)" if len(long) > 1 else ""
    return [
        Diagnostic(
            program.name, cost.first_line, 1, "W013", "warning",
            f"one iteration executes {cost.iteration_instructions} instructions, more than "
            f"max_loop_instructions = {limit}{more}", "the emulator stops such a loop",
            program.instruction_text(loop.start),
        )
    ]  # fmt: skip


def _not_emulated(program: Program) -> list[Diagnostic]:
    """W014: instructions that the emulator does not know, priced by their RTL latency."""
    out = []
    for op, spelling in enumerate(program.rows.spellings):
        if is_known(spelling) and not instruction(spelling).emulated:
            mine = (program.rows.op == op) & (program.rows.status == INSTRUCTION)
            at = np.flatnonzero(mine[program.row])
            if len(at):
                out.append(
                    Diagnostic(
                        program.name, int(program.line[at[0]]), 1, "W014", "warning",
                        f"{spelling} has no emulator timing; it is priced as "
                        f"{instruction(spelling).cost}", "", program.instruction_text(int(at[0])),
                    )
                )  # fmt: skip
    return out


def _without_instructions(program: Program) -> list[Diagnostic]:
    """W015: most likely the wrong file."""
    if len(program):
        return []
    return [Diagnostic(program.name, 0, 0, "W015", "warning", "the input has no instructions")]


def _named(diagnostic: Diagnostic, path: str) -> Diagnostic:
    return diagnostic if diagnostic.path else replace(diagnostic, path=path)
