"""What there is to say about one instruction, as values."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.lint.faults import Fault


@dataclass(frozen=True, slots=True)
class Stride:
    """How much a value changes per iteration of the loop that starts at ``line``."""

    line: int
    step: int


@dataclass(frozen=True, slots=True)
class Held:
    """What a register or an address is over all executions.

    ``first`` and ``last`` are its values in the first and the last execution; None: not known,
    since it depends on data or has no closed form. ``low`` and ``high`` bound it where that is
    known. ``strides`` are there when one affine form holds throughout; otherwise ``switches`` lists
    the lines of the loops whose first iteration differs.
    """

    first: int | None
    last: int | None
    low: int | None
    high: int | None
    strides: tuple[Stride, ...] = ()
    switches: tuple[int, ...] = ()

    @property
    def constant(self) -> bool:
        """Whether it is one number throughout."""
        return self.first is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class OperandUse:
    """One operand: its ``name`` in the instruction table, its ``text`` in the program, whether it
    is read or written, the value it holds (integer registers only), and the lines that gave it
    that value: where it was set, then where the loop around advances it (none: it never was)."""

    name: str
    text: str
    read: bool
    written: bool
    held: Held | None = None
    set_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """One access: ``rows`` pieces of ``length`` units, ``step`` apart (None: not known), at
    ``address``; units are elements on chip, bytes in HBM. ``tensor`` is the HBM region that holds
    the first address, where one is known."""

    memory: str
    write: bool
    operand: str
    address: Held
    rows: int
    step: int | None
    length: int
    tensor: str = ""


@dataclass(frozen=True, slots=True)
class PriceTag:
    """Cycles of one execution and of all; ``rule`` is the formula, ``terms`` the values in it,
    ``source`` where they come from. ``each`` is None when executions differ."""

    each: int | None
    total: int
    rule: str
    terms: tuple[tuple[str, int], ...]
    source: str
    share: float | None


@dataclass(frozen=True, slots=True)
class LoopAround:
    """A loop around the instruction, and how often its body runs in all."""

    line: int
    last_line: int
    counter: str
    trip: int
    iterations: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about the instruction at ``line``; ``executions`` counts how often it runs and
    ``executed_before`` what runs before its first execution (None: not predicted)."""

    path: str
    line: int
    pc: int
    source: str
    mnemonic: str
    spelling: str
    meaning: str
    dialect: str
    engine: str
    operands: tuple[OperandUse, ...]
    memory: tuple[MemoryUse, ...]
    registers_read: tuple[str, ...]
    registers_written: tuple[str, ...]
    price: PriceTag
    executions: int
    executed_before: int | None
    kernel: str
    tensor: str
    loops: tuple[LoopAround, ...]
    requests_read: int | None
    requests_written: int | None
    faults: tuple[Fault, ...]
