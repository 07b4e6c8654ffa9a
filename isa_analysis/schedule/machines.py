"""Which machine a timing model is, on a board."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from isa_analysis.schedule.blocking import AsyncSlots, Overlap, Serial
from isa_analysis.schedule.model import ENGINES
from isa_analysis.schedule.scoreboard import Scoreboard
from isa_analysis.schedule.steps import Machine

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.timing.model import TimingName


def machine_for(timing: TimingName, board: LoadedBoard) -> Machine:
    """The machine of the timing model ``timing``; ``board`` configures scoreboards."""
    if timing == "overlap":
        return Overlap()
    if timing == "async-slots":
        return AsyncSlots()
    if timing in ("in-order", "rtl-v1"):
        scoreboard = scoreboard_of(board)
        if timing == "rtl-v1":
            # Latencies of a pipeline: its results come later, not more seldom.
            pipelined = list(scoreboard.pipelined)
            for name in ("scalar", "vector"):
                pipelined[ENGINES.index(name)] = True
            scoreboard = replace(scoreboard, pipelined=tuple(pipelined))
        return scoreboard
    return Serial()


def scoreboard_of(board: LoadedBoard) -> Scoreboard:
    """The scoreboard that the board's ``scoreboard:`` section describes."""
    section = board.board.scoreboard
    units = [1] * len(ENGINES)
    units[ENGINES.index("vector")] = section.vector_units
    units[ENGINES.index("matrix")] = section.matrix_units
    return Scoreboard(
        units=tuple(units),
        pipelined=tuple(getattr(section, f"{name}_pipelined", False) for name in ENGINES),
        write_back_ports=section.write_back_ports,
        queue=section.transfer_queue,
        hold_registers=section.hold_registers,
    )


def parameters_of(machine: Machine) -> dict[str, int]:
    """What of ``machine`` can be configured, for reports."""
    if not isinstance(machine, Scoreboard):
        return {}
    engines = zip(ENGINES, machine.pipelined, strict=True)
    pipelined = {f"{name}_pipelined": 1 for name, is_pipelined in engines if is_pipelined}
    return {
        "vector_units": machine.units[ENGINES.index("vector")],
        "matrix_units": machine.units[ENGINES.index("matrix")],
        "write_back_ports": machine.write_back_ports,
        "transfer_queue": machine.queue,
        "hold_registers": int(machine.hold_registers),
        **pipelined,
    }
