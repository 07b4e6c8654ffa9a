"""The bounds as values.

``U1`` no loop overhead: the arithmetic and the transfers as often as they run, every instruction of
loop control and address arithmetic once. ``U2`` fetch once: every distinct HBM byte moved once.
``U3`` no near memory: every SRAM operand read takes ``far_latency`` cycles more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: Bound -> what it supposes.
MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "program": "as it is",
        "U1": "no loop overhead: loop control and address arithmetic charged once",
        "U2": "fetch once: every distinct HBM byte moved once, capacity unlimited",
        "U3": "no near memory: every SRAM operand read takes the far latency besides",
    }
)


@dataclass(frozen=True, slots=True)
class Cycles:
    """Compute and memory cycles, and what overlap can make of them.

    A single buffer exposes all memory time; perfect double buffering only what is longer than the
    computation.
    """

    compute: int
    memory: int

    @property
    def total(self) -> int:
        """Nothing overlapped (100 % exposed, single buffer): compute + memory."""
        return self.compute + self.memory

    @property
    def overlapped(self) -> int:
        """All that can be is overlapped (0 % exposed, double buffer): max(compute, memory)."""
        return max(self.compute, self.memory)


@dataclass(frozen=True, slots=True)
class Bounds:
    """One kernel, or the program (an empty path), and its bounds.

    ``overhead_cycles`` are those of loop control and address arithmetic, ``overhead_once`` what
    remains of them in U1. Bytes: ``moved_bytes`` are element and scale bytes over all executions,
    ``unique_bytes`` the distinct ones among them, ``bus_bytes`` what the bus carries. ``unknown``
    counts executed transfers whose addresses depend on data: they are in U2 as often as they run.
    ``exact`` is False when ``unique_bytes`` is an upper bound. ``sram_reads`` are executed reads of
    SRAM operands.
    """

    path: tuple[str, ...]
    program: Cycles
    u1: Cycles
    u2: Cycles
    u3: Cycles
    overhead_cycles: int
    overhead_once: int
    bus_bytes: int
    moved_bytes: int
    unique_bytes: int
    unknown: int
    exact: bool
    sram_reads: int

    @property
    def refetch_factor(self) -> float | None:
        """Bytes moved per distinct byte; None without transfers or where addresses are unknown."""
        return self.moved_bytes / self.unique_bytes if self.unique_bytes and not self.unknown \
            else None  # fmt: skip

    def cycles(self) -> tuple[tuple[str, Cycles], ...]:
        """Name and cycles: the program, then U1, U2, U3."""
        return (("program", self.program), ("U1", self.u1), ("U2", self.u2), ("U3", self.u3))


@dataclass(frozen=True, slots=True)
class Capacity:
    """An on-chip memory and what each bound needs of it.

    ``has_bytes`` is what the board has (None: not known), ``used_bytes`` the highest byte that the
    program uses, which is what U1 needs too (None: not known). ``distinct_bytes`` are the distinct
    elements that go between HBM and the memory, at the width they have on chip; ``exact`` is False
    when that is an upper bound, ``unknown`` counts transfers that are not in it.
    """

    memory: str
    has_bytes: int | None
    used_bytes: int | None
    distinct_bytes: int
    exact: bool = True
    unknown: int = 0

    @property
    def needs_bytes(self) -> int:
        """What U2 needs at least: all that is fetched or stored, and no less than now."""
        return max(self.distinct_bytes, self.used_bytes or 0)

    @property
    def used_fits(self) -> bool | None:
        """Whether the program, and U1, fit; None when that is not known."""
        if self.used_bytes is None or self.has_bytes is None:
            return None
        return self.used_bytes <= self.has_bytes

    @property
    def fits(self) -> bool | None:
        """Whether U2 would fit; None when that is not known."""
        if self.has_bytes is None:
            return None
        if self.needs_bytes > self.has_bytes:
            return False if self.exact or self.used_fits is False else None
        return None if self.unknown or self.used_bytes is None else True


@dataclass(frozen=True, slots=True)
class Untiled:
    """The bounds of one program on one board. ``kernels`` are grouped by ``parts``; each counts its
    own distinct bytes, so that bytes which several kernels fetch are in each of them, and their U2
    may add up to more than the program's. ``on_chip_bytes`` is the block RAM of the part (None: not
    given)."""

    far_latency: int
    parts: tuple[str, ...]
    whole: Bounds
    kernels: tuple[Bounds, ...]
    capacities: tuple[Capacity, ...]
    on_chip_bytes: int | None
