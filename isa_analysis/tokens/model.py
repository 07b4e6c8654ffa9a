"""Tokens per second as values: programs, the model's bytes, and times per board and context."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from isa_analysis.tokens.crossover import Bound
from isa_analysis.tokens.memory_bound import MemoryTime, Model
from isa_analysis.tokens.scaling import Bracket

Phase = Literal["prefill", "decode"]


@dataclass(frozen=True, slots=True)
class Source:
    """A program: ``context`` positions of keys and values that it works on (None: unknown), in
    blocks of ``block``, and where that is known from. ``layers`` are those it names."""

    phase: Phase
    path: str
    sha256: str
    layers: int
    family: str
    context: int | None
    block: int
    context_from: str
    kv_row_bytes: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """The memory of a board: bandwidths (bytes/s) and capacity (bytes), each with its source."""

    local: Fraction
    local_from: str
    host: Fraction | None
    host_from: str
    capacity: int
    capacity_from: str


@dataclass(frozen=True, slots=True)
class Step:
    """One phase at one context: seconds.

    ``compute`` is the engines' time, ``memory`` the time that the bytes need, ``charged`` the time
    that the board's own memory model charges for the program's transfers. ``seconds`` lies between
    compute and memory at the same time and one after the other.
    """

    phase: Phase
    context: int | None
    compute: Bracket
    charged: Bracket
    memory: MemoryTime
    seconds: Bracket
    power_w: float | None

    @property
    def bound(self) -> str:
        """``compute``, ``memory``, or ``either`` where the brackets overlap."""
        if self.memory.seconds.low >= self.compute.high:
            return "memory"
        return "compute" if self.compute.low > self.memory.seconds.high else "either"

    @property
    def energy_j(self) -> Bracket | None:
        """Power times time, in joules: an upper bound at either end."""
        return None if self.power_w is None else self.seconds.times(Fraction(self.power_w))


@dataclass(frozen=True, slots=True)
class BoardTokens:
    """One board. ``changes_low`` and ``changes_high`` say from which context on memory or compute
    bounds a token, with the least and the most compute; ``resident_up_to`` is the longest context
    that fits (None: any, -1: none); ``kv_passes_weights`` the first context with more bytes of keys
    and values than of weights."""

    board: str
    clock_hz: int
    link: Link
    steps: tuple[Step, ...]
    changes_low: tuple[tuple[int, Bound], ...]
    changes_high: tuple[tuple[int, Bound], ...]
    resident_up_to: int | None
    kv_passes_weights: int | None
    complete: bool
    caveats: tuple[str, ...]

    def of(self, phase: Phase) -> tuple[Step, ...]:
        """The steps of one phase, contexts in the order given."""
        return tuple(step for step in self.steps if step.phase == phase)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The whole answer; ``assumptions`` are sentences on what was derived and extrapolated."""

    sources: tuple[Source, ...]
    manifest: str
    model: Model
    weights_from: str
    kv_from: str
    layers: int | None
    boards: tuple[BoardTokens, ...]
    assumptions: tuple[str, ...]
