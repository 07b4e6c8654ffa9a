"""A calibration as text, markdown and JSON."""

from __future__ import annotations

import json

from isa_analysis._version import __version__
from isa_analysis.calibrate.errors import Compared, Quality, quality
from isa_analysis.calibrate.findings import Finding, combination_text
from isa_analysis.calibrate.model import LeftOut
from isa_analysis.calibrate.run import Calibration
from isa_analysis.diagnostics import printable
from isa_analysis.table import render_text
from isa_analysis.views.calibrate_tables import GROUPS, WHICH, of_group, tables

FORMAT = "isa-analysis-calibrate"
#: Grows when a key changes its meaning or goes.
FORMAT_VERSION = 1


def render(calibration: Calibration, top: int, written: str) -> str:
    """Text tables; ``written`` says where the board file went."""
    out = [f"isa-analysis {__version__}", _head(calibration, "{:<13}{}")]
    out += [render_text(table) for table in tables(calibration, top)]
    out.append(printable(written))
    return "\n\n".join(out) + "\n"


def render_markdown(calibration: Calibration, top: int, written: str) -> str:
    """The same as markdown."""
    from isa_analysis.views.budget_markdown import escape, render_table

    head = [f"- {escape(line)}" for line in _head(calibration, "{}: {}").splitlines()]
    out = ["# Calibration", "\n".join(head)]
    out += [render_table(table) for table in tables(calibration, top)]
    out.append(escape(printable(written)))
    return "\n\n".join(out) + "\n"


def _head(c: Calibration, line: str) -> str:
    timing = c.board.board.memory.timing_model
    parts = [
        ("Board", f"{printable(c.board.board.name)} ({printable(c.board.path)}), memory {timing}"),
        *(("Overridden", printable(text)) for text in c.board.overrides),
        *(("Measurements", f"{printable(f.path)}, sha256 {f.sha256}") for f in c.files),
        (
            "Used",
            f"{c.runs} of {c.given} runs, {c.programs} programs in {len(c.families)} families",
        ),
    ]
    return "\n".join(line.format(key, value) for key, value in parts)


def render_json(calibration: Calibration, worst_allowed: float | None, exit_code: int) -> str:
    """One JSON document: every number of the report, unrounded."""
    c = calibration
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "exit_code": exit_code,
        "max_error_percent": worst_allowed,
        "board": {
            "name": c.board.board.name,
            "path": c.board.path,
            "sha256": c.board.sha256,
            "overrides": list(c.board.overrides),
            "memory_timing": c.board.board.memory.timing_model,
        },
        "measurements": [{"path": f.path, "sha256": f.sha256} for f in c.files],
        "runs": {"given": c.given, "used": c.runs, "programs": c.programs},
        "parameters": [_parameter(f) for f in c.findings],
        "combinations": [
            {
                "text": combination_text(combination),
                "factors": dict(combination.factors),
                "measured": combination.total,
                "board": combination.of({f.parameter.name: f.parameter.value for f in c.findings}),
            }
            for combination in c.combinations
        ],
        "errors": [
            {"what": key, **{w: _quality(quality(of_group(c, key), w)) for w in WHICH}}
            for key in GROUPS
        ],
        "families": [
            {
                "name": family.name,
                "programs": list(family.programs),
                "runs": family.runs,
                "values_without": family.values_without,
            }
            for family in c.families
        ],
        "compute_cycles": [_compared(entry) for entry in c.compute],
        "total_cycles": [_compared(entry) for entry in c.total],
        "outliers": [_left_out(entry) for entry in c.outliers],
        "left_out": [_left_out(entry) for entry in c.left_out],
    }
    return json.dumps(document, indent=1) + "\n"


def _parameter(finding: Finding) -> dict[str, object]:
    return {
        "name": finding.parameter.name,
        "unit": finding.parameter.unit,
        "before": finding.parameter.value,
        "value": finding.value,
        "changed": finding.changed,
        "status": finding.status,
        "standard_error": finding.error,
        "runs": finding.runs,
        "programs": finding.programs,
        "reason": finding.reason,
    }


def _quality(q: Quality | None) -> dict[str, object] | None:
    if q is None:
        return None
    return {
        "runs": q.runs,
        "mean": q.mean,
        "within_2_percent": q.within_2_percent,
        "worst": q.worst,
        "worst_run": q.worst_run,
        "worst_cycles": q.worst_cycles,
    }


def _compared(entry: Compared) -> dict[str, object]:
    return {
        "run": entry.run,
        "family": entry.family,
        "measured": entry.measured,
        "before": entry.before,
        "after": entry.after,
        "held_out": entry.held_out,
        "set_aside": entry.set_aside,
    }


def _left_out(entry: LeftOut) -> dict[str, object]:
    return {
        "code": entry.code,
        "run": entry.run,
        "what": entry.what,
        "reason": entry.reason,
        "measured": entry.measured,
        "modelled": entry.modelled,
        "unit": entry.unit,
    }
