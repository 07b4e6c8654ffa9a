"""A report for the terminal: sentences, aligned tables, pictures in block characters."""

from __future__ import annotations

import textwrap

from isa_analysis.report.model import Block, Report, ReportTable, WaterfallChart
from isa_analysis.table import Column, Table, render_text, shown
from isa_analysis.views import waterfall

_WIDTH = 110


def render(report: Report) -> str:
    """All sections; pictures that a terminal cannot show are left to the other formats."""
    parts = [f"isa-analysis {report.tool_version}"]
    for section in report.sections:
        parts.append(section.title + "\n" + "=" * len(section.title))
        if section.sentences:
            parts.append("\n".join(_wrapped(text) for text in section.sentences))
        parts += [block for b in section.blocks if (block := _block(b))]
        if section.notes:
            parts.append("\n".join(_wrapped(f"- {note}", "  ") for note in section.notes))
    return "\n\n".join(parts) + "\n"


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _block(block: Block) -> str:
    if isinstance(block, ReportTable):
        return render_text(_with_total(_without_empty(block)))
    if isinstance(block, WaterfallChart):
        note = f"\n{block.note}" if block.note else ""
        return f"{block.title}\n{waterfall.text(block)}{note}"
    return ""


def _without_empty(block: ReportTable) -> ReportTable:
    """The table without columns that say nothing: narrower lines for a terminal."""
    table = block.table
    rows = [*table.rows, *([block.total] if block.total is not None else [])]
    keep = [
        i for i, c in enumerate(table.columns)
        if any(row[i] is not None for row in rows) and c.key != "sha256"
    ]  # fmt: skip
    columns: tuple[Column, ...] = tuple(table.columns[i] for i in keep)
    body = tuple(tuple(row[i] for i in keep) for row in table.rows)
    total = None if block.total is None else tuple(block.total[i] for i in keep)
    return ReportTable(block.id, Table(table.title, columns, body, table.note), total)


def _with_total(block: ReportTable) -> Table:
    """The sum row as the last one; cells that it leaves empty stay empty."""
    table = block.table
    if block.total is None:
        return table
    kinds = [column.kind for column in table.columns]
    last = tuple("" if v is None else shown(v, k) for v, k in zip(block.total, kinds, strict=True))
    return Table(table.title, table.columns, (*table.rows, last), table.note)
