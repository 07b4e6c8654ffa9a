"""A table as a value: what every output format renders.

Tables hold exact values; rounding happens in :func:`shown`, for display only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "count", "cycles", "bytes", "percent", "ms", "ratio"]

#: A cell: text, an exact number, or None for "not applicable".
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` names the column in CSV and code, ``title`` heads it in tables."""

    key: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """``note`` is a sentence below the table: what was left out of it, what a column means."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""


def shown(value: Value, kind: Kind) -> str:
    """``value`` for a reader: thousands separators, rounded percents, ``-`` for nothing."""
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    if kind == "percent":
        return f"{value:.1f} %"
    if kind == "ms":
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if kind == "ratio":
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"


def is_number(kind: Kind) -> bool:
    """Whether the column is right-aligned."""
    return kind != "text"


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` in percent; None when the whole is nothing."""
    return 100 * part / whole if whole else None


def one_line(text: str, width: int = 60) -> str:
    """``text`` for a table cell: control characters visible, cut at ``width``."""
    from isa_analysis.diagnostics import printable

    clean = printable(text)
    return clean if len(clean) <= width else clean[: width - 1] + "…"


def render_text(table: Table) -> str:
    """The table in plain aligned text, title above and note below."""
    from tabulate import tabulate

    body = tabulate(
        [[shown(v, c.kind) for v, c in zip(row, table.columns, strict=True)] for row in table.rows],
        headers=[c.title for c in table.columns],
        tablefmt="simple",
        colalign=["right" if is_number(c.kind) else "left" for c in table.columns]
        if table.rows
        else None,
        disable_numparse=True,
    )
    lines = [table.title, body if table.rows else "  none"]
    if table.note:
        lines.append(table.note)
    return "\n".join(line.rstrip() for part in lines for line in part.splitlines())


def render_csv(tables: Sequence[Table]) -> str:
    """Tables of equal columns as one CSV text with a header line, exact values."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if tables:
        writer.writerow([c.key for c in tables[0].columns])
    for table in tables:
        writer.writerows(["" if v is None else v for v in row] for row in table.rows)
    return out.getvalue()
