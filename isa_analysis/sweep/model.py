"""A sweep as values: points of the grid, what each costs, and the table of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

#: ``ok``: figures, and the program runs; ``faults``: figures, but the machine would stop;
#: ``failed``: no figures.
Status = Literal["ok", "faults", "failed"]


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of the axes.

    ``settings`` holds (axis, text of its value) for every axis that the sweep varies or sets;
    ``overrides`` are ``section.key=value`` texts for the board. ``capacity`` is in bytes,
    ``host_bandwidth`` in bytes/s; None leaves them to the manifest and the board.
    ``memory_model`` is empty when no memory system is evaluated.
    """

    number: int
    file: str
    board: str
    settings: tuple[tuple[str, str], ...]
    overrides: tuple[str, ...]
    timing: str
    memory: str
    memory_model: str = ""
    capacity: int | None = None
    host_bandwidth: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """What a row needs to know of its board; None where the board file does not say.

    ``capacity`` is the off-chip memory in bytes, ``host_bandwidth`` in bytes/s, ``power_w`` the
    thermal design power in watts.
    """

    name: str
    clock_hz: int
    mlen: int
    vlen: int
    blen: int
    capacity: int
    host_bandwidth: float | None
    power_w: float | None


@dataclass(frozen=True, slots=True)
class System:
    """What the memory system adds to a point: the regime in force and its costs.

    ``seconds`` is the whole time with the memory system; ``swapped_bytes`` and ``streamed_bytes``
    crossed the host link.
    """

    regime: str
    seconds: float
    swaps: int
    swapped_bytes: int
    streamed_bytes: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a point costs, in exact cycles, or why there are no figures.

    ``reason`` says what is wrong (empty when nothing is) and ``code`` is the diagnostic or rule
    behind it. ``complete`` is False when a figure leaves something out or guesses. ``caveats`` hold
    for the models; ``warnings`` (code, message) are about this point.
    """

    status: Status
    code: str = ""
    reason: str = ""
    dynamic: int | None = None
    compute_cycles: int | None = None
    memory_cycles: int | None = None
    complete: bool = True
    caveats: tuple[str, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    system: System | None = None

    @property
    def total_cycles(self) -> int | None:
        """Compute plus memory cycles, without the memory system."""
        if self.compute_cycles is None or self.memory_cycles is None:
            return None
        return self.compute_cycles + self.memory_cycles


@dataclass(frozen=True, slots=True)
class Row:
    """A point with its machine (None when the board cannot be built) and outcome.

    ``objectives`` are its values in the order of the sweep's objectives, None where unknown;
    ``pareto`` marks members of the Pareto set of the points with the same file and models.
    """

    point: Point
    machine: Machine | None
    outcome: Outcome
    objectives: tuple[float | int | None, ...] = ()
    pareto: bool = False

    @property
    def seconds(self) -> float | None:
        """Time in seconds, with the memory system where one was evaluated."""
        if self.outcome.system is not None:
            return self.outcome.system.seconds
        if self.machine is None or self.outcome.total_cycles is None:
            return None
        return self.outcome.total_cycles / self.machine.clock_hz

    @property
    def energy_j(self) -> float | None:
        """Board power times time, in joules: an upper bound."""
        seconds = self.seconds
        if seconds is None or self.machine is None or self.machine.power_w is None:
            return None
        return self.machine.power_w * seconds


@dataclass(frozen=True, slots=True)
class InputFile:
    """A program of the sweep; ``sha256`` is that of its unpacked bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sweep:
    """The whole table: ``axes`` are (name, texts of the values) in the order of the product;
    ``notes`` say what the figures leave out."""

    inputs: tuple[InputFile, ...]
    manifest: str
    axes: tuple[tuple[str, tuple[str, ...]], ...]
    objectives: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    resumed: int = field(default=0, compare=False)

    def count(self, status: Status) -> int:
        """How many points have this status."""
        return sum(row.outcome.status == status for row in self.rows)

    @property
    def varied(self) -> tuple[str, ...]:
        """The axes with more than one value."""
        return tuple(name for name, values in self.axes if len(values) > 1)
