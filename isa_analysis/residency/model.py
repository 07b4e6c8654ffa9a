"""What a memory model says about a run, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.manifest import Region

MemoryModel = Literal["auto", "resident", "kv-swap", "weight-stream", "layer-swap", "host-stream"]
MEMORY_MODELS: tuple[MemoryModel, ...] = get_args(MemoryModel)


@dataclass(frozen=True, slots=True)
class Use:
    """What one region or one layer causes.

    ``read`` and ``written`` are 64-byte requests, ``streamed_bytes`` what of it crosses the link
    chunk by chunk, ``swaps`` how often it is loaded as a whole, ``swapped_bytes`` the bytes of
    that, ``link_ns`` its time on the link (exact).
    """

    read: int
    written: int
    streamed_bytes: int
    swaps: int
    swapped_bytes: int
    link_ns: Fraction

    @property
    def link_bytes(self) -> int:
        """Bytes over the host link."""
        return self.streamed_bytes + self.swapped_bytes


@dataclass(frozen=True, slots=True)
class UnknownBound:
    """What transfers at unknown addresses may add at most.

    ``requests`` are their 64-byte requests (reads and writes) at most; ``extra_link_bytes`` an
    upper bound of the link bytes that are missing from the figures; ``lines`` where the
    instructions are.
    """

    requests: int
    extra_link_bytes: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MemoryRun:
    """A program under one memory model.

    ``base_*`` is the time without the memory system, as the board's timing and memory model has
    it; ``link_ns`` the time that the host link is busy, and nothing else happens meanwhile, so
    ``total_ns = base_ns + link_ns``. Times in ns are exact fractions; ``total_cycles`` is rounded
    to the nearest cycle once. ``first_loads`` counts the regions or layers that are loaded at all:
    from an empty memory, the swaps that any capacity has; ``resident_bytes`` is what is in local
    memory at the end.
    ``regions`` has one entry per region that is accessed or moved, ``layers`` one per layer.
    """

    requested_model: MemoryModel
    model: MemoryModel
    capacity_bytes: int
    preloaded: bool
    host_bandwidth: Fraction
    clock_hz: int
    base_cycles: int
    memory_cycles: int
    base_ns: Fraction
    link_ns: Fraction
    swaps: int
    first_loads: int
    swapped_bytes: int
    streamed_bytes: int
    resident_bytes: int
    weight_reads: int
    other_reads: int
    writes: int
    outside_requests: int
    local_bytes_per_s: Fraction
    regions: tuple[tuple[Region, Use], ...]
    layers: tuple[tuple[int, Use], ...]
    unknown: UnknownBound | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def total_ns(self) -> Fraction:
        """Time with the memory system (ns)."""
        return self.base_ns + self.link_ns

    @property
    def link_cycles(self) -> int:
        """The cycles that the link adds, to the nearest one (halves up)."""
        return int(self.link_ns * self.clock_hz / 10**9 + Fraction(1, 2))

    @property
    def total_cycles(self) -> int:
        """Cycles with the memory system."""
        return self.base_cycles + self.link_cycles

    @property
    def slowdown(self) -> float:
        """Time with the memory system over time without it."""
        return float(self.total_ns / self.base_ns) if self.base_ns else 1.0

    @property
    def weight_read_bytes(self) -> int:
        """Bytes of 64-byte reads in weight regions."""
        return 64 * self.weight_reads

    @property
    def activation_read_bytes(self) -> int:
        """Bytes of all other 64-byte reads."""
        return 64 * self.other_reads

    @property
    def link_bytes(self) -> int:
        """Bytes over the host link."""
        return self.swapped_bytes + self.streamed_bytes

    @property
    def link_utilisation(self) -> float:
        """Share of the time in which the host link is busy."""
        return float(self.link_ns / self.total_ns) if self.total_ns else 0.0

    @property
    def local_busy(self) -> float:
        """Share of the time that the board's timing charges to the local memory."""
        cycles = Fraction(self.memory_cycles * 10**9, self.clock_hz)
        return float(cycles / self.total_ns) if self.total_ns else 0.0

    @property
    def local_bytes(self) -> int:
        """Bytes over the local memory's bus: all requests, and what is loaded into it."""
        requests = self.weight_reads + self.other_reads + self.writes
        return 64 * requests + self.swapped_bytes

    @property
    def local_utilisation(self) -> float:
        """Bytes over the local memory's bus, over what its peak bandwidth moves in the time."""
        most = self.local_bytes_per_s * self.total_ns / 10**9
        return float(self.local_bytes / most) if most else 0.0
