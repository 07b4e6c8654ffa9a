"""A report as JSON: everything that the other formats show, with exact values."""

from __future__ import annotations

import json
from dataclasses import asdict

from isa_analysis.report.model import (
    BarChart,
    Block,
    IcicleChart,
    Report,
    ReportTable,
    WaterfallChart,
)

FORMAT = "isa-analysis-report"
#: Grows when a key changes its meaning or goes; new keys alone do not raise it.
FORMAT_VERSION = 1


def render(report: Report) -> str:
    """One JSON document, keys in a fixed order, ASCII."""
    return json.dumps(document(report), indent=1) + "\n"


def document(report: Report) -> dict[str, object]:
    """The document as plain values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": report.tool_version,
        "title": report.title,
        "command": report.command,
        "date": report.date or None,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "sentences": list(section.sentences),
                "blocks": [_block(block) for block in section.blocks],
                "notes": list(section.notes),
            }
            for section in report.sections
        ],
    }


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, ReportTable):
        table = block.table
        return {
            "type": "source" if block.is_source else "table",
            "id": block.id,
            "title": table.title,
            "columns": [{"key": c.key, "title": c.title, "kind": c.kind} for c in table.columns],
            "rows": [list(row) for row in table.rows],
            "total": None if block.total is None else list(block.total),
            "note": table.note,
        }
    if isinstance(block, BarChart):
        return {"type": "bars", **asdict(block)}
    if isinstance(block, IcicleChart):
        return {"type": "icicle", **asdict(block)}
    if isinstance(block, WaterfallChart):
        return {"type": "waterfall", **asdict(block)}
    return {"type": "roofline", **asdict(block)}
