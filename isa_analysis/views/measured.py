"""Measured results as text, markdown, CSV and JSON (docs/json.md describes the keys)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from isa_analysis._version import __version__
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.flags import RULES, Flag
from isa_analysis.measured.join import Row
from isa_analysis.measured.model import Arena, MeasuredFile, Tile, Tiling
from isa_analysis.measured.result import MeasuredResult
from isa_analysis.table import Table, Value, one_line, render_csv, render_text
from isa_analysis.views import measured_build_tables as builds
from isa_analysis.views import measured_tables as tables
from isa_analysis.views.budget_markdown import capped, render_table

FORMAT = "isa-analysis-measured"
FORMAT_VERSION = 1

#: What CSV can hold: one of these tables.
CSV_TABLES: dict[str, Callable[[MeasuredResult], Table | None]] = {
    "runs": lambda found: tables.runs(found, exact=True),
    "flags": tables.flags,
    "facts": tables.facts,
    "arenas": builds.arenas,
    "footprint": builds.beside,
    "tilings": builds.tilings,
    "tiles": builds.tiles,
}


def all_tables(found: MeasuredResult) -> list[Table]:
    """The tables for a reader, those without rows left out."""
    some = [
        tables.runs(found) if found.joined.rows else None,
        tables.estimates(found),
        tables.flags(found),
        tables.notes(found),
        builds.nodes(found),
        builds.beside(found),
        builds.arenas(found),
        builds.tilings(found),
        tables.files(found),
    ]
    return [table for table in some if table is not None]


def render(found: MeasuredResult) -> str:
    """Aligned text."""
    blocks = [f"isa-analysis {__version__}"]
    blocks += [render_text(_printable(table)) for table in all_tables(found)]
    return "\n\n".join(blocks) + "\n"


def render_markdown(found: MeasuredResult) -> str:
    """Markdown tables, for a job summary or a comment."""
    blocks = ["### Measured results", *(render_table(table) for table in all_tables(found))]
    return capped("\n\n".join(blocks) + "\n")


def render_csv_table(found: MeasuredResult, name: str) -> str:
    """The table ``name`` of :data:`CSV_TABLES`, exact values; a header alone without rows."""
    table = CSV_TABLES[name](found)
    return render_csv([table]) if table is not None else ""


def render_json(found: MeasuredResult) -> str:
    """One document with everything, exact values."""
    return json.dumps(document(found), indent=1) + "\n"


def document(found: MeasuredResult) -> dict[str, object]:
    """The JSON document as plain values."""
    mean = found.joined.mean
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "files": [_file(f) for f in found.files],
        "rows": [row_values(row) for row in found.joined.rows],
        "summary": {
            "rows": len(found.joined.rows),
            "with_estimate": mean.of,
            "comparable": mean.used,
            "geometric_mean_ratio": mean.value,
            "flagged": sum(bool(r.flags) for r in found.joined.rows),
        },
        "arenas": [_arena(a) for a in found.arenas],
        "levels": [
            {
                "folder": t.folder, "level": t.level or None, "arenas": t.arenas, "bytes": t.bytes,
                "unknown_sizes": t.unknown, "capacity_bytes": t.capacity_bytes, "fits": t.fits,
            }
            for t in found.levels
        ],
        "programs": [
            {
                "path": our.path,
                "board": our.board,
                "memories": [
                    {
                        "memory": o.memory, "end_byte": o.high, "unique_bytes": o.unique_bytes,
                        "capacity_bytes": o.capacity_bytes, "fits": o.fits,
                        "unknown_accesses": o.unknown,
                    }
                    for o in our.found.whole
                ],
            }
            for our in found.ours
        ],
        "tilings": [_tiling(t) for t in found.tilings],
        "tiles": [_tile(t) for t in found.tiles],
        "flags": {code: RULES[code].summary for code in RULES},
        "notes": list(found.notes),
        "diagnostics": [d.to_json() for d in found.joined.diagnostics],
    }  # fmt: skip


def row_values(row: Row) -> dict[str, object]:
    """One row as JSON values."""
    m = row.measurement
    return {
        "name": m.name,
        "part": m.part,
        "format": m.format,
        "path": m.path,
        "line": m.line,
        "total_cycles": m.total_cycles,
        "calls": m.calls,
        "cycles_per_call": m.cycles,
        "read_bytes": m.read_bytes,
        "written_bytes": m.written_bytes,
        "settings": dict(m.settings),
        "facts": {k: list(v) if isinstance(v, tuple) else v for k, v in m.facts},
        "flags": flag_values(row.flags),
        "notes": list(m.notes),
        "estimate": _estimate(row.estimate) if row.estimate else None,
        "joined_by": row.how or None,
        "comparable": row.comparable,
        "ratio": row.ratio,
        "error_percent": row.error_percent,
    }


def flag_values(flags: Iterable[Flag]) -> list[dict[str, str]]:
    """Flags as JSON values."""
    return [{"code": f.code, "reason": f.reason} for f in flags]


def _estimate(e: Estimate) -> dict[str, object]:
    return {
        "name": e.name,
        "path": e.path,
        "sha256": e.sha256 or None,
        "board": e.board or None,
        "model": e.model or None,
        "cycles": e.cycles,
        "lower_bound_cycles": e.lower_bound_cycles,
        "lower_bound_engine": e.engine or None,
        "read_bytes": e.read_bytes,
        "written_bytes": e.written_bytes,
        "incomplete": list(e.incomplete),
    }


def _file(f: MeasuredFile) -> dict[str, object]:
    return {"path": f.path, "format": f.format, "recognised_by": f.why, "sha256": f.sha256 or None}


def _arena(a: Arena) -> dict[str, object]:
    return {
        "name": a.name,
        "level": a.level or None,
        "bytes": a.bytes,
        "declared_bytes": a.declared_bytes,
        "allocator": a.allocator or None,
        "size_from": a.source,
        "path": a.path,
        "line": a.line,
        "flags": flag_values(a.flags),
        "notes": list(a.notes),
    }


def _tiling(t: Tiling) -> dict[str, object]:
    return {
        "network": t.network or None,
        "node": t.node,
        "level": t.level or None,
        "cumulative": list(t.cumulative),
        "tiles_per_call": list(t.calls),
        "tiled": t.tiled,
        "path": t.path,
        "line": t.line,
        "flags": flag_values(t.flags),
    }


def _tile(t: Tile) -> dict[str, object]:
    return {
        "path": t.path,
        "line": t.line,
        "node": t.node,
        "level": t.level or None,
        "buffering": t.buffering or None,
        "operations": t.ops,
        "call": t.call,
        "tile": t.tile,
        "core": t.core,
        "pre_cycles": t.pre,
        "kernel_cycles": t.kernel,
        "post_cycles": t.post,
        "total_cycles": t.cycles,
        "flags": flag_values(t.flags),
    }


def _printable(table: Table) -> Table:
    """Text cells without control characters; long names lose their beginning, not their end."""
    names = {"name", "estimate", "path", "build"}

    def cell(value: Value, key: str) -> Value:
        if not isinstance(value, str):
            return value
        text = one_line(value, 400)
        return text if key not in names or len(text) <= 60 else f"…{text[-59:]}"

    rows = tuple(
        tuple(cell(v, c.key) for v, c in zip(row, table.columns, strict=True)) for row in table.rows
    )
    return replace(table, rows=rows, note=one_line(table.note, 2000))
