"""Statistics of a timeline as text, markdown, CSV and JSON: the tables of timeline_tables."""

from __future__ import annotations

import json

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.table import Table, render_csv, render_text
from isa_analysis.timeline.model import Timeline
from isa_analysis.views.budget_markdown import render_table
from isa_analysis.views.timeline_tables import tables

FORMAT = "isa-analysis-timeline-stats"
FORMAT_VERSION = 1


def render(timeline: Timeline, top: int) -> str:
    """Text for the terminal."""
    parts = [f"isa-analysis {__version__}", "\n".join(head(timeline))]
    parts += [render_text(table) for table in tables(timeline, top)]
    return "\n\n".join(parts) + "\n"


def render_markdown(timeline: Timeline, top: int) -> str:
    """Markdown for a pull request or a note."""
    parts = ["\n".join(f"    {line}" for line in head(timeline))]
    parts += [render_table(table) for table in tables(timeline, top)]
    return "\n\n".join(parts) + "\n"


def render_tables_csv(timeline: Timeline, name: str) -> str:
    """One table as CSV, exact values; ``name`` is a key of :func:`by_name`."""
    return render_csv([by_name(timeline)[name]])


def by_name(timeline: Timeline) -> dict[str, Table]:
    """The tables by the first word of their titles, in lower case."""
    return {table.title.split()[0].lower(): table for table in tables(timeline)}


def render_json(timeline: Timeline) -> str:
    """One JSON document: what the tables hold, exact."""
    return json.dumps(document(timeline), indent=1) + "\n"


def document(timeline: Timeline) -> dict[str, object]:
    """The JSON document as plain values; null where nothing is recorded."""
    meta, extent, level = timeline.meta, timeline.extent, timeline.level
    a = timeline.accounting
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "input": meta.input,
        "input_sha256": meta.input_sha256,
        "estimated": timeline.estimated,
        "model": meta.model,
        "memory": meta.memory,
        "clock_hz": meta.clock_hz,
        "level": {"requested": level.requested, "effective": level.effective},
        "cycles": extent.cycles,
        "window": list(extent.window),
        "dynamic_instructions": extent.dynamic_instructions,
        "floor_cycles": extent.floor,
        "spans": {
            "total": a.spans_total,
            "shown": a.shown,
            "summarised": a.summarised,
            "dropped": a.dropped,
        },
        "tables": {
            name: [
                dict(zip((c.key for c in table.columns), row, strict=True)) for row in table.rows
            ]
            for name, table in by_name(timeline).items()
        },
    }


def head(timeline: Timeline) -> list[str]:
    """What the timeline is of, and how complete it is."""
    meta, extent, level, a = timeline.meta, timeline.extent, timeline.level, timeline.accounting
    name = printable(meta.input) if meta.input is not None else "-"
    status = "ESTIMATED" if timeline.estimated else "MEASURED"
    unit = "cycles" if timeline.estimated else "ticks"
    model = f"Model    {status}, timing {printable(meta.model)}"
    if meta.memory:
        model += f", memory {printable(meta.memory)}"
    if meta.board:
        model += f", board {printable(meta.board)}"
    lines = [
        f"Input    {name} (sha256 {printable(meta.input_sha256[:12])})",
        model,
        f"Level    {level.effective} (version {level.effective - 1})"
        + (f", {level.requested} requested: {printable(level.reason)}" if level.reason else ""),
        f"Makespan {extent.cycles:,} {unit} = {timeline.us(extent.cycles):,.4g} us "
        f"at {meta.clock_hz / 1e6:g} MHz",
    ]
    if extent.dynamic_instructions is not None:
        lines.append(f"Dynamic  {extent.dynamic_instructions:,} instructions")
    if extent.mode == "window":
        lines.append(f"Window   {unit} {extent.window[0]:,} to {extent.window[1]:,}")
    lines.append(
        f"Spans    {a.spans_total:,} = {a.shown:,} shown + {a.summarised:,} summarised + "
        f"{a.dropped:,} dropped"
    )
    if meta.foreign_version is not None:
        lines.append(f"Source   foreign timeline, version {meta.foreign_version}")
    lines += [f"         - {printable(caveat)}" for caveat in meta.caveats or ()]
    return lines
