"""Everything that ``isa-analysis measured`` found, as one value for every output format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from isa_analysis.footprint import Footprint
from isa_analysis.measured.collect import Collection
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.join import Joined
from isa_analysis.measured.model import Arena, MeasuredFile, Tile, Tiling


@dataclass(frozen=True, slots=True)
class LevelTotal:
    """The arenas of one folder in one memory level (empty: not known), in bytes.

    ``unknown`` counts arenas whose size is not known; they are in no sum. ``capacity_bytes`` is
    None where none was given.
    """

    folder: str
    level: str
    arenas: int
    bytes: int
    unknown: int
    capacity_bytes: int | None

    @property
    def fits(self) -> bool | None:
        """Whether the sum fits; None without a capacity, or when a size is not known and the rest
        fits."""
        if self.capacity_bytes is None:
            return None
        if self.bytes > self.capacity_bytes:
            return False
        return None if self.unknown else True


@dataclass(frozen=True, slots=True)
class OurFootprint:
    """The footprint of one of our programs, to stand beside a foreign build's."""

    path: str
    board: str
    found: Footprint


@dataclass(frozen=True, slots=True)
class MeasuredResult:
    """Files, joined rows, arenas with the flags that capacities give reason for, and footprints."""

    files: tuple[MeasuredFile, ...]
    joined: Joined
    levels: tuple[LevelTotal, ...] = ()
    ours: tuple[OurFootprint, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def arenas(self) -> tuple[Arena, ...]:
        """All arenas, in the order of the files."""
        return tuple(a for f in self.files for a in f.arenas)

    @property
    def tilings(self) -> tuple[Tiling, ...]:
        """All numTiles arrays, in the order of the files."""
        return tuple(t for f in self.files for t in f.tilings)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """All profiled tiles, in the order of the files."""
        return tuple(t for f in self.files for t in f.tiles)

    @property
    def other_flags(self) -> tuple[Flag, ...]:
        """Flags of arenas and numTiles arrays, which are no measured rows."""
        of_arenas = [f for a in self.arenas for f in a.flags]
        of_tilings = [f for t in self.tilings for f in t.flags]
        return tuple(dict.fromkeys((*of_arenas, *of_tilings)))


def result(
    collection: Collection,
    joined: Joined,
    capacities: Mapping[str, int],
    ours: Sequence[OurFootprint] = (),
) -> MeasuredResult:
    """``capacities`` are bytes by level (L1, L2, L3): arenas that need more are DOES-NOT-FIT."""
    levels = level_totals([a for f in collection.files for a in f.arenas], capacities)
    full = {(t.folder, t.level): t for t in levels if t.fits is False}
    files = tuple(
        replace(f, arenas=tuple(_fitted(a, full) for a in f.arenas)) for f in collection.files
    )
    return MeasuredResult(files, joined, tuple(levels), tuple(ours), collection.notes)


def level_totals(arenas: Sequence[Arena], capacities: Mapping[str, int]) -> list[LevelTotal]:
    """Sums by folder and level, L1 first, arenas of unknown level last."""
    groups: dict[tuple[str, str], list[Arena]] = {}
    for a in arenas:
        groups.setdefault((folder_of(a.path), a.level), []).append(a)
    ordered = sorted(groups.items(), key=lambda kv: (kv[0][0], kv[0][1] or "~"))
    return [
        LevelTotal(
            folder, level, len(group), sum(a.bytes or 0 for a in group),
            sum(a.bytes is None for a in group), capacities.get(level),
        )
        for (folder, level), group in ordered
    ]  # fmt: skip


def folder_of(path: str) -> str:
    """The folder of a file, for grouping the files of one build."""
    return str(PurePath(path).parent)


def _fitted(arena: Arena, full: Mapping[tuple[str, str], LevelTotal]) -> Arena:
    total = full.get((folder_of(arena.path), arena.level))
    if total is None or total.capacity_bytes is None or arena.bytes is None:
        return arena
    alone = arena.bytes > total.capacity_bytes
    what = arena.name if alone else f"{arena.name} with the other arenas in {arena.level}"
    value = arena.bytes if alone else total.bytes
    new = flag("DOES-NOT-FIT", what=what, value=value, bound=total.capacity_bytes)
    return replace(arena, flags=(*arena.flags, new))
