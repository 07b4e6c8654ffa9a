"""The profile: what a program costs, by kernel and opcode, in exact integers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.isa.model import Category, Engine

if TYPE_CHECKING:
    import pandas as pd

    from isa_analysis.assembly.program import Program
    from isa_analysis.kernels import KernelName
    from isa_analysis.kernels.regions import Regions
    from isa_analysis.schedule import Schedule
    from isa_analysis.traffic.analyse import Traffic


@dataclass(frozen=True, slots=True)
class Cost:
    """A sum over instructions: static lines, executions, cycles by kind, and HBM bus bytes (64 per
    request; 0 when the profile has no traffic)."""

    static: int = 0
    dynamic: int = 0
    compute_cycles: int = 0
    memory_cycles: int = 0
    hbm_read_bytes: int = 0
    hbm_write_bytes: int = 0

    @property
    def total_cycles(self) -> int:
        """Compute plus memory cycles."""
        return self.compute_cycles + self.memory_cycles

    def add_to(self, sums: list[int]) -> None:
        """Add the six fields, in order, to ``sums``: cheaper than a new record per addition."""
        sums[0] += self.static
        sums[1] += self.dynamic
        sums[2] += self.compute_cycles
        sums[3] += self.memory_cycles
        sums[4] += self.hbm_read_bytes
        sums[5] += self.hbm_write_bytes

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.static + other.static,
            self.dynamic + other.dynamic,
            self.compute_cycles + other.compute_cycles,
            self.memory_cycles + other.memory_cycles,
            self.hbm_read_bytes + other.hbm_read_bytes,
            self.hbm_write_bytes + other.hbm_write_bytes,
        )


def total(costs: Iterable[Cost]) -> Cost:
    """The sum of ``costs``."""
    sums = [0] * 6
    for cost in costs:
        cost.add_to(sums)
    return Cost(*sums)


@dataclass(frozen=True, slots=True)
class Cell:
    """The cost of one opcode in one kernel: the finest breakdown; every table is a sum of cells."""

    kernel: int
    mnemonic: str
    engine: Engine
    category: Category
    cost: Cost


@dataclass(frozen=True, slots=True)
class OpcodeCost:
    """One opcode over the whole program."""

    mnemonic: str
    category: Category
    engine: Engine
    cost: Cost


@dataclass(frozen=True, slots=True)
class LoopCost:
    """One loop: where it is, how often it runs, what it costs in all its executions.

    ``iterations`` is the product of the trip counts down to it; ``cycles`` and ``dynamic`` include
    its START and all END instructions; ``iteration_instructions`` counts executed instructions of
    one iteration, inner loops and its END included.
    """

    first_line: int
    last_line: int
    depth: int
    trip: int
    iterations: int
    cycles: int
    dynamic: int
    iteration_instructions: int
    kernel: int


@dataclass(frozen=True, slots=True)
class InputInfo:
    """The input of a profile."""

    path: str
    sha256: str
    lines: int
    static_instructions: int
    dialect: str
    skipped_lines: int


@dataclass(frozen=True, slots=True)
class BoardInfo:
    """The board of a profile."""

    name: str
    path: str
    sha256: str
    clock_hz: int


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """Timing and memory model with their parameters and what they leave out."""

    timing: str
    memory: str
    parameters: dict[str, int]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Costs of one program on one board under one model.

    ``calls[k]`` counts how often kernel k of ``kernels`` is entered; ``opcodes`` and ``totals`` are
    sums of ``cells``, opcodes with the most cycles first. ``traffic`` is there when the profile was
    asked to follow addresses; without it byte counts are 0 and mean nothing. ``schedule`` is there
    under a timing model that overlaps instructions; cycles are then shares of its makespan.
    ``complete`` is False when something was skipped, guessed or unpriced; ``model.caveats`` says
    what.
    """

    input: InputInfo
    board: BoardInfo
    model: ModelUsed
    kernels: tuple[KernelName, ...]
    calls: tuple[int, ...]
    cells: tuple[Cell, ...]
    opcodes: tuple[OpcodeCost, ...]
    totals: Cost
    loops: tuple[LoopCost, ...]
    diagnostics: tuple[Diagnostic, ...]
    omitted_diagnostics: int
    complete: bool
    traffic: Traffic | None = field(default=None, repr=False, compare=False)
    regions: Regions | None = field(default=None, repr=False, compare=False)
    program: Program | None = field(default=None, repr=False, compare=False)
    schedule: Schedule | None = field(default=None, repr=False, compare=False)

    def seconds(self, cycles: int) -> float:
        """``cycles`` at the board's clock, in seconds."""
        return cycles / self.board.clock_hz

    @property
    def frames(self) -> Frames:
        """The profile as pandas frames (imports pandas on first use of one)."""
        return Frames(self)


@dataclass(frozen=True, slots=True)
class Frames:
    """pandas views of a profile; each property builds its frame anew."""

    profile: Profile

    @property
    def ops(self) -> pd.DataFrame:
        """One row per kernel and opcode."""
        from isa_analysis.profiling import frames

        return frames.ops(self.profile)

    @property
    def kernels(self) -> pd.DataFrame:
        """One row per kernel."""
        from isa_analysis.profiling import frames

        return frames.kernels(self.profile)

    @property
    def categories(self) -> pd.DataFrame:
        """One row per category."""
        from isa_analysis.profiling import frames

        return frames.categories(self.profile)

    @property
    def loops(self) -> pd.DataFrame:
        """One row per loop."""
        from isa_analysis.profiling import frames

        return frames.loops(self.profile)
