"""One side of a comparison: a program on a board, with its figures by kernel.

Built from assembly here, from a JSON profile in :mod:`isa_analysis.compare.stored`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.budget.snapshot import label_of
from isa_analysis.compare.fingerprint import Fingerprint, fingerprints
from isa_analysis.isa import is_known, kind_of
from isa_analysis.isa.model import Category
from isa_analysis.kernels import path_of
from isa_analysis.profiling.model import Cost, ModelUsed, Profile, total

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.footprint import Occupied
    from isa_analysis.measured.model import Measurement


@dataclass(frozen=True, slots=True)
class Figures:
    """One kernel, or a whole program, of one variant.

    ``opcodes`` is empty, ``fingerprint`` and ``memories`` are None where a stored profile does not
    tell them; ``memories`` are matrix, vector, FP and INT SRAM and HBM.
    """

    path: tuple[str, ...]
    cost: Cost
    opcodes: Mapping[str, Cost] = field(default_factory=dict)
    fingerprint: Fingerprint | None = None
    memories: tuple[Occupied, ...] | None = None

    @property
    def label(self) -> str:
        """The name for readers: ``layer 3/up projection``."""
        return label_of(self.path)

    @property
    def cycles(self) -> int:
        """Compute plus memory cycles."""
        return self.cost.total_cycles

    @property
    def overlapped(self) -> int:
        """Cycles with memory time hidden as far as can be: max(compute, memory)."""
        return max(self.cost.compute_cycles, self.cost.memory_cycles)

    @property
    def peak_bytes(self) -> int | None:
        """The highest byte used of each on-chip memory, added up; None when one of them is not
        known."""
        if self.memories is None or any(o.unknown for o in self.memories if o.memory != "hbm"):
            return None
        return sum(o.high or 0 for o in self.memories if o.memory != "hbm")

    @property
    def fits(self) -> bool | None:
        """Whether every memory holds it; None when that cannot be told."""
        if self.memories is None:
            return None
        verdicts = [o.fits for o in self.memories if o.accesses]
        if False in verdicts:
            return False
        return None if None in verdicts or any(o.unknown for o in self.memories) else True

    @property
    def unknown_opcodes(self) -> tuple[str, ...]:
        """Mnemonics that have no price."""
        return tuple(sorted(m for m in self.opcodes if not is_known(m)))


@dataclass(frozen=True, slots=True)
class Board:
    """Where a variant was priced. ``bytes_per_cycle`` is the sustained HBM bandwidth, None where a
    stored profile does not tell it."""

    name: str
    path: str
    sha256: str
    clock_hz: int
    overrides: tuple[str, ...] = ()
    bytes_per_cycle: float | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A labelled program on a board under a model.

    ``whole`` is the program; ``kernels`` sum to it, in program order, their paths name ``parts``.
    ``engines`` holds compute cycles by engine. ``has_bytes`` tells whether byte counts mean
    something, ``per_kernel`` whether kernels have their opcodes. ``profile`` is there for a variant
    made from assembly. ``measurements`` are those given for it.
    """

    label: str
    path: str
    sha256: str
    board: Board
    model: ModelUsed
    parts: tuple[str, ...]
    whole: Figures
    kernels: tuple[Figures, ...]
    engines: Mapping[str, int]
    complete: bool
    has_bytes: bool
    per_kernel: bool
    notes: tuple[str, ...] = ()
    profile: Profile | None = field(default=None, repr=False, compare=False)
    loaded: LoadedBoard | None = field(default=None, repr=False, compare=False)
    measurements: tuple[Measurement, ...] = ()

    @property
    def bound(self) -> tuple[str, int]:
        """The busiest engine and its compute cycles: no overlap makes a run shorter."""
        name = max(self.engines, key=lambda e: (self.engines[e], e), default="-")
        return name, self.engines.get(name, 0)

    def milliseconds(self, cycles: int) -> float:
        """``cycles`` at the board's clock."""
        return 1e3 * cycles / self.board.clock_hz


def variant_of(
    label: str,
    profile: Profile,
    board: LoadedBoard,
    parts: tuple[str, ...],
) -> Variant:
    """The variant of a profile that was made with traffic on ``board``, by ``parts`` of kernel
    names."""
    from isa_analysis.footprint import footprint

    program, regions = profile.program, profile.regions
    if program is None or regions is None or profile.traffic is None:
        raise ValueError("a variant needs a profile made with ModelOptions(traffic=True)")
    paths = [path_of(name, parts) for name in profile.kernels]
    number: dict[tuple[str, ...], int] = {}
    group = np.array([number.setdefault(p, len(number)) for p in paths], np.int64)
    whole, prints = fingerprints(program, regions, group, len(number))
    opcodes: dict[tuple[str, ...], dict[str, Cost]] = {path: {} for path in number}
    engines: dict[str, int] = {}
    for cell in profile.cells:
        mine = opcodes[paths[cell.kernel]]
        mine[cell.mnemonic] = mine.get(cell.mnemonic, Cost()) + cell.cost
        engines[cell.engine] = engines.get(cell.engine, 0) + cell.cost.compute_cycles
    notes = []
    memories = footprint(profile, board, parts)
    held = dict(memories.kernels)
    unknown = sum(profile.traffic.requests.unknown)
    if unknown:
        notes.append(f"{unknown:,} transfers at addresses that depend on data are taken as aligned")
    memory = board.board.memory
    return Variant(
        label,
        profile.input.path,
        profile.input.sha256,
        Board(
            profile.board.name,
            profile.board.path,
            profile.board.sha256,
            profile.board.clock_hz,
            board.overrides,
            memory.sustained_bytes_per_s / board.clock_hz,
        ),
        profile.model,
        parts,
        Figures((), profile.totals, _summed(opcodes.values()), whole, memories.whole),
        tuple(
            Figures(path, total(opcodes[path].values()), opcodes[path], prints[i], held.get(path))
            for path, i in number.items()
        ),
        engines,
        profile.complete,
        has_bytes=True,
        per_kernel=True,
        notes=tuple(notes),
        profile=profile,
        loaded=board,
    )


def category_of(mnemonic: str) -> Category:
    """The category that ``mnemonic`` counts in."""
    return kind_of(mnemonic)[1]


def categories(opcodes: Mapping[str, Cost]) -> dict[str, Cost]:
    """Costs by category, in table order, zeros included."""
    from isa_analysis.isa import CATEGORIES

    sums: dict[str, Cost] = {name: Cost() for name in CATEGORIES}
    for mnemonic, cost in opcodes.items():
        sums[category_of(mnemonic)] += cost
    return sums


def _summed(groups: Iterable[Mapping[str, Cost]]) -> dict[str, Cost]:
    sums: dict[str, Cost] = {}
    for group in groups:
        for mnemonic, cost in group.items():
            sums[mnemonic] = sums.get(mnemonic, Cost()) + cost
    return dict(sorted(sums.items()))
