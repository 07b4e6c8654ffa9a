"""A snapshot: the costs of one program as the lock, the cache and a diff hold them.

Kernels are grouped by layer, block and kernel. Every figure is an integer over all executions. The
``pieces`` of a kernel say where its instructions stand: one piece is the code of a kernel that lies
directly in one loop (or in none), so that a cost can be traced to a loop without its line number,
which every edit above it would change. Equal pieces are counted, not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod

from isa_analysis.profiling.model import Cost, total

#: The parts of a kernel's name that a snapshot tells apart.
GROUP = ("layer", "block", "kernel")

#: Lines kept per place, for reports.
LINES_KEPT = 4


@dataclass(frozen=True, slots=True, order=True)
class PieceOpcode:
    """One opcode in a piece: its lines of code, and their cycles in one pass through the piece.

    ``cycles`` leaves out what a memory model adds that depends on more than the instruction.
    ``lines`` are the first lines it is on; they are no part of the piece's identity.
    """

    mnemonic: str
    static: int
    cycles: int
    lines: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """``count`` equal pieces inside loops that run ``trips`` times, outermost first.

    ``lines`` are the first and last lines of the first few of these loops (of the kernel, when
    ``trips`` is empty).
    """

    trips: tuple[int, ...]
    count: int
    opcodes: tuple[PieceOpcode, ...]
    lines: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    @property
    def passes(self) -> int:
        """How often each of the pieces is executed."""
        return prod(self.trips)


@dataclass(frozen=True, slots=True)
class KernelSnapshot:
    """One kernel: its cost by opcode, and its pieces.

    A profile read from JSON has neither opcodes nor pieces per kernel, only ``cost``.
    """

    path: tuple[str, ...]
    calls: int
    cost: Cost
    opcodes: Mapping[str, Cost] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers: ``layer 3/ffn/up projection``."""
        return label_of(self.path)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One program on one board. ``memory`` holds whole-program figures in bytes (see
    :func:`isa_analysis.budget.metrics.memory_metrics`); ``opcodes`` is for the whole program."""

    clock_hz: int
    kernels: tuple[KernelSnapshot, ...]
    opcodes: Mapping[str, Cost]
    memory: Mapping[str, int] = field(default_factory=dict)

    @property
    def cost(self) -> Cost:
        """The cost of the program."""
        return total(k.cost for k in self.kernels)


def label_of(path: tuple[str, ...]) -> str:
    """A kernel path for readers; equal neighbours and empty parts are left out."""
    parts: list[str] = []
    for part in path:
        if part and (not parts or parts[-1] != part):
            parts.append(part)
    return "/".join(parts) or "-"


def snapshot_of(
    clock_hz: int, kernels: Iterable[KernelSnapshot], memory: Mapping[str, int] | None = None
) -> Snapshot:
    """A snapshot of kernels whose opcodes are known, sorted by path."""
    ordered = tuple(sorted(kernels, key=lambda k: k.path))
    sums: dict[str, Cost] = {}
    for kernel in ordered:
        for mnemonic, cost in kernel.opcodes.items():
            sums[mnemonic] = sums.get(mnemonic, Cost()) + cost
    return Snapshot(clock_hz, ordered, dict(sorted(sums.items())), dict(memory or {}))
