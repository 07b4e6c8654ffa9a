"""State of the oracle's machine and the shape of a decoded instruction.

Only what timing, HBM traffic, addresses and faults need is kept: integer and address registers,
INT SRAM, the loop stack. Values that depend on data are ``None``, and so is everything derived
from them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from oracle.memory import WORD, Settings, Transfer
from oracle.parser import REGISTERS, Instruction

Value = int | None
Step = Callable[[int], int | None]
Decoder = Callable[["Machine", Instruction, int], Step]


@dataclass(slots=True)
class Loop:
    """An open loop; ``base`` instructions were executed when its current iteration began."""

    register: int
    body_pc: int
    base: int


@dataclass(slots=True)
class Machine:
    """State that the program changes. gp0 is an ordinary register that is never written by
    compilers; every register starts at 0 except STRIDE, which starts at 1."""

    settings: Settings
    tvm: bool
    trace: bool
    int_sram: dict[int, Value]
    int_default: Value = 0
    gp: list[Value] = field(default_factory=lambda: [0] * REGISTERS["gp"])
    a: list[Value] = field(default_factory=lambda: [0] * REGISTERS["a"])
    scale: Value = 0
    stride: Value = 1
    loops: list[Loop] = field(default_factory=list)
    deadline: float = float("inf")
    reads: int = 0
    writes: int = 0
    unknown_transfers: int = 0
    transfers: list[Transfer] = field(default_factory=list)

    def update_deadline(self) -> None:
        """Executed count at which the oldest iteration in progress becomes too long."""
        oldest = min((loop.base for loop in self.loops), default=None)
        limit = self.settings.max_loop_instructions
        self.deadline = float("inf") if oldest is None else oldest + limit


def add(base: Value, offset: int) -> Value:
    """32-bit address arithmetic: wraps, and stays unknown."""
    return None if base is None else (base + offset) & WORD


def forget_int_sram(machine: Machine) -> None:
    """After a store to an unknown address every INT SRAM entry is unknown."""
    machine.int_sram.clear()
    machine.int_default = None
