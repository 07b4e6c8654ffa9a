"""A report as CSV: one line per table cell, exact values.

section,table,row,column,value
cycles,cycles-0-kernels-0,0,kernel,softmax
"""

from __future__ import annotations

import csv
import io

from isa_analysis.report.model import Report, ReportTable


def render(report: Report) -> str:
    """Every cell of every table; the sum row has the row ``total``; empty cells are left out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["section", "table", "row", "column", "value"])
    for section in report.sections:
        for block in section.blocks:
            if not isinstance(block, ReportTable):
                continue
            rows = [(str(i), row) for i, row in enumerate(block.table.rows)]
            if block.total is not None:
                rows.append(("total", block.total))
            for name, row in rows:
                for column, value in zip(block.table.columns, row, strict=True):
                    if value is not None:
                        writer.writerow([section.id, block.id, name, column.key, value])
    return out.getvalue()
