"""Which models price a program, and the cycle model that a board makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from isa_analysis.diagnostics import error
from isa_analysis.timing.model import CHARGE_KEYS, MemoryName, SimulatorCycleModel, TimingName
from isa_analysis.traffic.charges import aligned_charges, needs_addresses
from isa_analysis.traffic.requests import machine_of

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.boards.schema import Service

MemoryChoice = Literal["board", "charge", "service", "none"]


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Which models price a program; ``memory="board"`` takes what the board file says.

    ``traffic`` follows the addresses to count HBM bytes, which takes about as long as the rest.
    """

    timing: TimingName = "serial"
    memory: MemoryChoice = "board"
    traffic: bool = False


def cycle_model(
    board: LoadedBoard, options: ModelOptions, dialect: str = "plena"
) -> SimulatorCycleModel:
    """The cycle model of ``board``: its ``latency:``, ``memory:`` and ``machine:`` sections.

    A service model that depends on addresses leaves H_ instructions without a charge here: their
    cycles come from the traffic. Raises :class:`InputError` (E109) when the board lacks what the
    memory model needs.
    """
    b = board.board
    memory: MemoryName = b.memory.timing_model if options.memory == "board" else options.memory
    latency = {
        key: value for key, value in b.latency.model_dump().items() if not isinstance(value, bool)
    }
    charges = {
        mnemonic: value
        for mnemonic, key in CHARGE_KEYS.items()
        if (value := getattr(b.memory, key)) is not None
    }
    if memory == "service":
        charges = {}
        if not by_address(board, memory):
            charges = aligned_charges(service_of(board), machine_of(board, dialect), board.clock_hz)
    return SimulatorCycleModel(
        latency, b.machine.mlen, b.machine.vlen, charges, options.timing, memory
    )


def service_of(board: LoadedBoard) -> Service:
    """The board's service parameters. Raises :class:`InputError` (E109) when it has none."""
    service = board.board.memory.service
    if service is None:
        raise error(
            "E109",
            f"board {board.board.name} has no memory.service section",
            path=board.path,
            hint="--memory charge or none, or another board: emulator, emulator_nodc, v80",
        )
    return service


def by_address(board: LoadedBoard, memory: MemoryName) -> bool:
    """Whether ``memory`` prices transfers by where they go."""
    return memory == "service" and needs_addresses(service_of(board))
