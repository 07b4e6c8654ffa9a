"""Tables of generated builds and profiled tiles: arenas, footprints, tiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from isa_analysis.measured.builds import distinct_tilings
from isa_analysis.measured.model import Tile
from isa_analysis.measured.result import MeasuredResult
from isa_analysis.table import Column, Table, Value
from isa_analysis.views.footprint import TITLES, size
from isa_analysis.views.measured_tables import codes


def arenas(found: MeasuredResult) -> Table | None:
    """One row per arena; the allocating call says where it lives."""
    rows = tuple(
        (
            a.name, a.level or "unknown", a.bytes, None if a.bytes is None else size(a.bytes),
            a.allocator or None, a.source, a.path, a.line, codes(a.flags),
        )
        for a in found.arenas
    )  # fmt: skip
    columns = (
        Column("name", "arena"),
        Column("level", "lives in"),
        Column("bytes", "bytes", "bytes"),
        Column("size", "size"),
        Column("allocator", "allocated by"),
        Column("source", "size from"),
        Column("path", "file"),
        Column("line", "line", "count"),
        Column("flags", "flags"),
    )
    return Table("Memory arenas", columns, rows) if rows else None


def beside(found: MeasuredResult) -> Table | None:
    """Foreign builds by memory level, and our programs by memory, with one unit."""
    rows: list[tuple[Value, ...]] = []
    for t in found.levels:
        held = f">= {size(t.bytes)}" if t.unknown else size(t.bytes)
        percent = 100 * t.bytes / t.capacity_bytes if t.capacity_bytes else None
        capacity = None if t.capacity_bytes is None else size(t.capacity_bytes)
        rows.append(
            (
                t.folder, t.level or "unknown level", t.bytes, held, t.capacity_bytes, capacity,
                percent, _fits(t.fits),
            )
        )  # fmt: skip
    for our in found.ours:
        for o in our.found.whole:
            if not o.accesses:
                continue
            sure = o.high is not None
            capacity = None if o.capacity_bytes is None else size(o.capacity_bytes)
            extent = f"{'>= ' if o.unknown else ''}{size(o.high or 0)}" if sure else "unknown"
            percent = 100 * (o.high or 0) / o.capacity_bytes if o.capacity_bytes and sure else None
            rows.append(
                (
                    our.path, TITLES[o.memory], o.high, extent, o.capacity_bytes, capacity,
                    percent, _fits(o.fits),
                )
            )  # fmt: skip
    columns = (
        Column("build", "build or program"),
        Column("memory", "memory"),
        Column("bytes", "bytes", "bytes"),
        Column("size", "size"),
        Column("capacity_bytes", "of bytes", "bytes"),
        Column("capacity", "capacity"),
        Column("percent", "used", "percent"),
        Column("fits", "fits"),
    )
    note = (
        "Arenas: sums of the allocated sizes. Programs: the highest byte that is touched."
        if found.ours
        else ""
    )
    return Table("Footprint by memory", columns, tuple(rows), note) if rows else None


def _fits(fits: bool | None) -> str:
    return "unknown" if fits is None else "yes" if fits else "NO"


def tilings(found: MeasuredResult) -> Table | None:
    """Distinct tile vectors of each node and level."""
    keys = [(t.network, t.level, t.node, t.calls) for t in found.tilings if not t.flags]
    rows = tuple(
        (
            node, level or None, network or None, _vector(calls), sum(calls), len(calls),
            "yes" if max(calls) > 1 else "no",
        )
        for (network, level, node), vectors in distinct_tilings(keys).items()
        for calls in vectors
    )  # fmt: skip
    columns = (
        Column("node", "node"),
        Column("level", "tiled in"),
        Column("network", "network"),
        Column("tiles_per_call", "tiles per call"),
        Column("tiles", "tiles", "count"),
        Column("calls", "calls", "count"),
        Column("tiled", "tiled"),
    )
    if not found.tilings:
        return None
    count = len({calls for *_, calls in keys})
    tiled = sum(row[-1] == "yes" for row in rows)
    note = f"{count} distinct tile vectors; {tiled} of {len(rows)} are tiled."
    return Table("Tiles per call", columns, rows, note)


def _vector(calls: Sequence[int]) -> str:
    return " + ".join(map(str, calls))


TILE_COLUMNS = (
    Column("path", "file"),
    Column("line", "line", "count"),
    Column("node", "node"),
    Column("level", "level"),
    Column("buffering", "buffering"),
    Column("ops", "operations", "count"),
    Column("call", "call", "count"),
    Column("tile", "tile", "count"),
    Column("core", "core", "count"),
    Column("pre", "before", "cycles"),
    Column("kernel", "kernel", "cycles"),
    Column("post", "after", "cycles"),
    Column("total", "total", "cycles"),
    Column("flags", "flags"),
)


def tile_values(t: Tile) -> tuple[Value, ...]:
    """The cells of :data:`TILE_COLUMNS`."""
    return (
        t.path, t.line, t.node, t.level or None, t.buffering or None, t.ops, t.call, t.tile, t.core,
        t.pre, t.kernel, t.post, t.cycles, codes(t.flags),
    )  # fmt: skip


def tiles(found: MeasuredResult) -> Table | None:
    """All profiled tiles, in file order."""
    rows = tuple(tile_values(t) for t in found.tiles)
    return Table("Profiled tiles", TILE_COLUMNS, rows) if rows else None


def nodes(found: MeasuredResult) -> Table | None:
    """Profiled tiles summed by node and level."""
    groups: dict[tuple[str, str, str, str], list[Tile]] = {}
    for t in found.tiles:
        groups.setdefault((t.path, t.node, t.level, t.buffering), []).append(t)
    rows: list[tuple[Value, ...]] = []
    for (_, node, level, buffering), mine in groups.items():
        sums = [_total(getattr(t, key) for t in mine) for key in ("pre", "kernel", "post")]
        whole = _total(t.cycles for t in mine)
        kernel = sums[1]
        share = 100 * (whole - kernel) / whole if whole and kernel is not None else None
        rows.append(
            (node, level or None, buffering or None, len(mine), *sums, whole, share)
        )  # fmt: skip
    columns = (
        Column("node", "node"),
        Column("level", "level"),
        Column("buffering", "buffering"),
        Column("tiles", "tiles", "count"),
        Column("pre", "before", "cycles"),
        Column("kernel", "kernel", "cycles"),
        Column("post", "after", "cycles"),
        Column("total", "total", "cycles"),
        Column("overhead_percent", "overhead", "percent"),
    )
    note = "The kernel of an outer level contains the tiles of the inner one: do not add them."
    nested = len({row[0] for row in rows}) < len(rows)
    return Table("Profiled nodes", columns, tuple(rows), note if nested else "") if rows else None


def _total(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if None in known else sum(v for v in known if v is not None)
