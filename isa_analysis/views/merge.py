"""A merged table as text, markdown, JSON and CSV (docs/compare.md lists the keys)."""

from __future__ import annotations

import json

from isa_analysis._version import __version__
from isa_analysis.merge.model import Entry, Merged
from isa_analysis.report import words
from isa_analysis.report.model import Report, ReportTable, Section
from isa_analysis.table import Column, Table, Value, one_line, render_csv

FORMAT = "isa-analysis-merge"
#: Grows when a key changes its meaning or goes; new keys alone do not raise it.
FORMAT_VERSION = 1


def build(m: Merged) -> Report:
    """The table to read."""
    sentences = [
        f"{words.count(len(m.entries), 'row')} from "
        f"{words.count(len({e.source for e in m.entries if e.source}), 'file')}, "
        f"{sum(bool(e.flags) for e in m.entries)} of them flagged."
    ]
    if m.error.of:
        sentences.append(
            f"Estimate over measurement: geometric mean {m.error.value:.4f} over "
            f"{m.error.n_of_m} measured rows."
            if m.error.value is not None
            else f"None of the {m.error.of} measured rows can be compared: see the flags."
        )
    if m.ratio.of:
        sentences.append(
            f"Ratios of the comparisons: geometric mean {m.ratio.value:.4f} over {m.ratio.n_of_m} "
            "rows."
            if m.ratio.value is not None
            else f"None of the {m.ratio.of} compared rows can be averaged: see the flags."
        )
    blocks = [ReportTable("rows", _table(m))]
    if any(e.flags for e in m.entries):
        blocks.append(ReportTable("flags", _flags(m)))
    section = Section("merged", "Results of all jobs", tuple(sentences), tuple(blocks), m.notes)
    return Report("Results of all jobs", __version__, "", "", (section,))


def _table(m: Merged) -> Table:
    has = {
        "measured": any(e.measured is not None for e in m.entries),
        "ratio": any(e.ratio is not None for e in m.entries),
    }
    rows: list[tuple[Value, ...]] = [
        (
            one_line(e.program, 70), one_line(e.part, 40) or None,
            one_line(e.configuration.board, 24) or None, e.kind or None, e.estimated,
            *((e.measured, e.error_percent) if has["measured"] else ()),
            *((_ratio(e),) if has["ratio"] else ()),
            None if e.bytes_moved is None else words.size(e.bytes_moved),
            None if e.peak_bytes is None else words.size(e.peak_bytes),
            None if e.fits is None else "yes" if e.fits else "no",
            one_line(e.source, 60) or None,
            ", ".join(dict.fromkeys(f.code for f in e.flags)) or None,
        )
        for e in m.entries
    ]  # fmt: skip
    columns = (
        Column("program", "program"),
        Column("part", "part"),
        Column("board", "board"),
        Column("kind", "from"),
        Column("estimated_cycles", "estimated cycles", "cycles"),
        *(
            (Column("measured_cycles", "measured", "cycles"),
             Column("error_percent", "error", "percent"))
            if has["measured"]
            else ()
        ),
        *((Column("ratio", "ratio", "ratio"),) if has["ratio"] else ()),
        Column("bytes_moved", "bytes moved", "bytes"),
        Column("peak_bytes", "on-chip peak", "bytes"),
        Column("fits", "fits"),
        Column("source", "file"),
        Column("flags", "flags"),
    )  # fmt: skip
    note = "A flagged row stays visible and leaves the averages."
    return Table("Rows", columns, tuple(rows), note)


def _ratio(e: Entry) -> Value:
    return "n/a" if any(f.code == "IDENTICAL" for f in e.flags) else e.ratio


def _flags(m: Merged) -> Table:
    rows = dict.fromkeys(
        (f.code, one_line(e.program, 70), one_line(f.reason, 300))
        for e in m.entries
        for f in e.flags
    )
    columns = (Column("flag", "flag"), Column("program", "program"), Column("reason", "reason"))
    return Table("Flags", columns, tuple(rows))


def render_json(m: Merged) -> str:
    """One JSON document, exact values."""
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "rows": [_document(e) for e in m.entries],
        "summary": {
            "rows": len(m.entries),
            "flagged": sum(bool(e.flags) for e in m.entries),
            "error_ratio": {"value": m.error.value, "used": m.error.used, "of": m.error.of},
            "ratio": {"value": m.ratio.value, "used": m.ratio.used, "of": m.ratio.of},
        },
        "notes": list(m.notes),
    }
    return json.dumps(document, indent=1) + "\n"


def _document(e: Entry) -> dict[str, object]:
    c = e.configuration
    return {
        "program": e.program,
        "part": e.part or None,
        "source": e.source or None,
        "kind": e.kind or None,
        "sha256": e.sha256 or None,
        "board": c.board or None,
        "board_sha256": c.board_sha256 or None,
        "clock": c.clock or None,
        "timing": c.timing or None,
        "memory": c.memory or None,
        "parameters": dict(c.parameters),
        "estimated_cycles": e.estimated,
        "lower_bound_cycles": e.bound,
        "measured_cycles": e.measured,
        "error_percent": e.error_percent,
        "ratio": e.ratio,
        "bytes_moved": e.bytes_moved,
        "on_chip_peak_bytes": e.peak_bytes,
        "fits": e.fits,
        "flags": [{"code": f.code, "reason": f.reason} for f in e.flags],
    }


def render_csv_table(m: Merged) -> str:
    """One line per row, exact values."""
    keys = (
        "program", "part", "board", "kind", "source", "sha256", "timing", "memory",
        "estimated_cycles", "measured_cycles", "error_percent", "ratio", "bytes_moved",
        "on_chip_peak_bytes", "fits", "flags",
    )  # fmt: skip
    rows = tuple(
        (
            e.program, e.part, e.configuration.board, e.kind, e.source, e.sha256,
            e.configuration.timing, e.configuration.memory, e.estimated, e.measured,
            e.error_percent, e.ratio, e.bytes_moved, e.peak_bytes,
            None if e.fits is None else "yes" if e.fits else "no",
            " ".join(dict.fromkeys(f.code for f in e.flags)),
        )
        for e in m.entries
    )  # fmt: skip
    return render_csv([Table("rows", tuple(Column(k, k) for k in keys), rows)])
