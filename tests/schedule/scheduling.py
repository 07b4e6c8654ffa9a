"""Text to a schedule, on a tiny machine whose transfers have fixed charges."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from schedule.plain_scoreboard import Machine
from support import program_of

from isa_analysis.assembly import Program
from isa_analysis.boards import LoadedBoard, load_board
from isa_analysis.pricing import ModelOptions, cycle_model
from isa_analysis.schedule import ENGINES, Schedule, build_schedule
from isa_analysis.schedule.run import Durations
from isa_analysis.schedule.scoreboard import Scoreboard
from isa_analysis.schedule.steps import Machine as Timing
from isa_analysis.timing.model import SimulatorCycleModel, TimingName

BOARD_SETS = (
    "machine.mlen=8", "machine.vlen=8", "machine.blen=2", "machine.hlen=4",
    "machine.broadcast_amount=2", "memory.prefetch_m_rows=8", "memory.prefetch_v_rows=2",
    "memory.writeback_rows=2", "latency.vector_exp_cycles=6", "latency.vector_reci_cycles=7",
    "latency.scalar_fp_basic_cycles=2",
)  # fmt: skip
#: Cycles of H_PREFETCH_V, H_PREFETCH_M, H_STORE_V.
CHARGES = (23, 122, 40)


@cache
def tiny_board() -> LoadedBoard:
    """MLEN = VLEN = 8, so that random addresses meet often."""
    return load_board("emulator", BOARD_SETS)


def tiny_model(charges: tuple[int, int, int] = CHARGES) -> SimulatorCycleModel:
    """The serial prices of that machine."""
    by_name = dict(zip(("H_PREFETCH_V", "H_PREFETCH_M", "H_STORE_V"), charges, strict=True))
    base = cycle_model(tiny_board(), ModelOptions(memory="none"))
    return replace(base, memory="charge", charges=by_name)


def scheduled(
    text: str | Program,
    timing: TimingName = "in-order",
    charges: tuple[int, int, int] = CHARGES,
    machine: Timing | None = None,
) -> Schedule:
    """The schedule of ``text``."""
    program = program_of(text) if isinstance(text, str) else text
    prices = tiny_model(charges).price(program.rows)
    return build_schedule(program, tiny_board(), timing, Durations(prices, {}), machine=machine)


def scoreboard(machine: Machine) -> Scoreboard:
    """The same machine in the terms of the project."""
    return Scoreboard(
        units=(1, 1, machine.vector_units, machine.matrix_units, 1, 1),
        pipelined=tuple(name in machine.pipelined for name in ENGINES),
        write_back_ports=machine.write_back_ports,
        queue=machine.transfer_queue,
        hold_registers=machine.hold_registers,
    )


def cycles_of(program: Program, charges: tuple[int, int, int] = CHARGES) -> dict[str, int]:
    """Serial cycles by mnemonic."""
    model = tiny_model(charges)
    return {name: model.cycles(name) for name in set(program.rows.spellings)}
