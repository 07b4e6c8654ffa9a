"""A sweep as text, markdown, CSV and JSON.

Sweep    12 points: 2 board x 3 mlen x 2 clock mhz
Pareto   3 points are marked *: none is better in all of time (s) and power (W); smaller is better
...
"""

from __future__ import annotations

import json

from isa_analysis._version import __version__
from isa_analysis.report import words
from isa_analysis.report.model import Report, ReportTable, Section
from isa_analysis.sweep.model import Row, Sweep
from isa_analysis.sweep.objectives import OBJECTIVES
from isa_analysis.table import render_csv, render_text
from isa_analysis.views import report_markdown
from isa_analysis.views.sweep_tables import facts, full_table, short_table

FORMAT = "isa-analysis-sweep"
#: Grows when a key changes its meaning or goes; new keys alone do not raise it.
FORMAT_VERSION = 1


def render(sweep: Sweep) -> str:
    """The text for a terminal."""
    head = "\n".join(f"{name:<8} {text}" for name, text in facts(sweep))
    parts = [f"isa-analysis {__version__}", head, render_text(short_table(sweep))]
    if sweep.notes:
        parts.append(left_out(sweep))
    return "\n\n".join(parts) + "\n"


def render_csv_text(sweep: Sweep) -> str:
    """One row per point, exact values."""
    return render_csv([full_table(sweep)])


def render_markdown(sweep: Sweep) -> str:
    """A page for a pull request or a wiki."""
    return report_markdown.render(as_report(sweep))


def as_report(sweep: Sweep) -> Report:
    """The sweep as a report of one section."""
    sentences = tuple(f"{name}: {text}" for name, text in facts(sweep))
    notes = (left_out(sweep),) if sweep.notes else ()
    block = ReportTable("points", short_table(sweep))
    section = Section("sweep", "Points", sentences, (block,), notes)
    return Report(title(sweep), __version__, "", "", (section,))


def title(sweep: Sweep) -> str:
    """What a page is called."""
    return f"Sweep of {words.listed([i.path for i in sweep.inputs])}"


def left_out(sweep: Sweep) -> str:
    """What the figures leave out."""
    return f"What the numbers leave out: {'; '.join(sweep.notes)}."


def render_json(sweep: Sweep) -> str:
    """One JSON document, keys in a fixed order."""
    return json.dumps(document(sweep), indent=1) + "\n"


def document(sweep: Sweep) -> dict[str, object]:
    """The document as plain values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "inputs": [{"path": i.path, "sha256": i.sha256} for i in sweep.inputs],
        "manifest": sweep.manifest or None,
        "axes": [{"name": name, "values": list(values)} for name, values in sweep.axes],
        "objectives": [
            {"name": name, "unit": OBJECTIVES[name].unit, "summary": OBJECTIVES[name].summary}
            for name in sweep.objectives
        ],
        "counts": {
            "points": len(sweep.rows),
            "ok": sweep.count("ok"),
            "faults": sweep.count("faults"),
            "failed": sweep.count("failed"),
            "pareto": sum(row.pareto for row in sweep.rows),
        },
        "points": [_point(row, sweep) for row in sweep.rows],
        "notes": list(sweep.notes),
    }


def _point(row: Row, sweep: Sweep) -> dict[str, object]:
    p, o, m = row.point, row.outcome, row.machine
    out: dict[str, object] = {
        "file": p.file,
        "board": p.board,
        "settings": dict(p.settings),
        "timing": p.timing,
        "memory": p.memory,
        "memory_model": p.memory_model or None,
        "capacity": p.capacity,
        "host_bandwidth": None if p.host_bandwidth is None else float(p.host_bandwidth),
        "status": o.status,
        "code": o.code or None,
        "reason": o.reason or None,
        "machine": None
        if m is None
        else {
            "name": m.name,
            "clock_hz": m.clock_hz,
            "mlen": m.mlen,
            "vlen": m.vlen,
            "blen": m.blen,
            "capacity_bytes": m.capacity,
            "host_bandwidth_bytes_per_s": m.host_bandwidth,
            "power_w": m.power_w,
        },
        "dynamic_instructions": o.dynamic,
        "compute_cycles": o.compute_cycles,
        "memory_cycles": o.memory_cycles,
        "total_cycles": o.total_cycles,
        "seconds": row.seconds,
        "energy_j": row.energy_j,
        "complete": o.complete,
        "warnings": [{"code": code, "message": message} for code, message in o.warnings],
        "system": None
        if o.system is None
        else {
            "regime": o.system.regime,
            "seconds": o.system.seconds,
            "capacity_bytes": o.system.capacity,
            "swaps": o.system.swaps,
            "swapped_bytes": o.system.swapped_bytes,
            "streamed_bytes": o.system.streamed_bytes,
        },
        "objectives": dict(zip(sweep.objectives, row.objectives, strict=True)),
        "pareto": row.pareto,
    }
    return out
