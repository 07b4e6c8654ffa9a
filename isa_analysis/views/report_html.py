"""A report as one HTML file: no network, no fonts, no libraries.

Templates are in ``views/templates``; everything from inputs goes through autoescaping. Tables are
rows of plain cells, whose text is what :func:`isa_analysis.table.shown` says.
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

from isa_analysis.report.model import Block, Report, ReportTable
from isa_analysis.resources import package_file
from isa_analysis.table import Column, Value, is_number, shown
from isa_analysis.views import report_svg

#: Tables with at least this many rows get a filter; longer ones scroll inside their box.
_FILTER, _LONG = 8, 40
#: Text longer than this may wrap.
_WIDE = 60
#: A number and its unit stay on one line.
_UNIT = re.compile(r"(\d) (%|[mnu]?s|[KMG]iB|[kMG]B/s|MHz)(?!\w)")
_HASH = re.compile(r"[0-9a-f]{64}")


def render(report: Report) -> str:
    """The whole page."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_template("report.html.j2"))
    return (
        template.render(
            report=report,
            css=Markup(_template("report.css").rstrip()),
            js=Markup(_template("report.js").rstrip()),
            kind=lambda block: "table" if isinstance(block, ReportTable) else "chart",
            table_block=_table_block,
            chart=report_svg.render,
            sentence=lambda text: _UNIT.sub("\\1\N{NO-BREAK SPACE}\\2", text),
        ).rstrip()
        + "\n"
    )


@cache
def _template(name: str) -> str:
    return package_file(f"views/templates/{name}").read_text(encoding="utf-8")


def _table_block(block: Block) -> Markup:
    assert isinstance(block, ReportTable)
    table = block.table
    title: Markup = escape(table.title)
    needs_filter = len(table.rows) >= _FILTER and not block.is_source
    field = Markup("")
    if needs_filter:
        field = Markup(
            '<input type="search" placeholder="filter" aria-label="Filter: {}" data-filter="{}">'
        ).format(title, block.id)
    body = _table(block)
    if table.note:
        body += Markup('<p class="note">{}</p>').format(table.note)
    if block.folded:
        return Markup(
            '<details class="table"><summary>{}</summary><div class="head"><span></span>{}</div>{}'
            "</details>"
        ).format(title, field, body)
    return Markup('<div class="table"><div class="head"><h3>{}</h3>{}</div>{}</div>').format(
        title, field, body
    )


def _table(block: ReportTable) -> Markup:
    table = block.table
    classes = [_class(block, i, column) for i, column in enumerate(table.columns)]
    heads = "".join(
        f'<th scope="col"{" class=t" if name else ""}>'
        + (f"{escape(c.title)}" if block.is_source else f'<button type="button">{escape(c.title)}'
           "</button>")
        for c, name in zip(table.columns, classes, strict=True)
    )  # fmt: skip
    attributes = [f" class={name}" if name else "" for name in classes]
    kinds = [column.kind for column in table.columns]
    bars = [i for i, column in enumerate(table.columns) if column.kind == "percent"]
    rows = []
    for number, row in enumerate(table.rows):
        cells = []
        for i, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            text = str(escape(shown(value, kind)))
            if not i and number < len(block.links) and block.links[number]:
                text = f'<a href="#{escape(block.links[number])}">{text}</a>'
            cells.append(f"<td{_bar(value) if i in bars else attributes[i]}>{text}")
        anchor = f' id="{escape(block.anchors[number])}"' if block.anchors else ""
        rows.append(f"<tr{anchor}>{''.join(cells)}")
    foot = ""
    if block.total is not None:
        cells = [
            f"<td{a}>{escape(shown(v, k)) if v is not None else ''}"
            for v, k, a in zip(block.total, kinds, attributes, strict=True)
        ]
        foot = f"<tfoot><tr>{''.join(cells)}</tfoot>"
    long = " long" if len(table.rows) > _LONG else ""
    look = "src" if block.is_source else "sortable"
    return Markup(  # every part of it is escaped above
        f'<div class="box{long}" tabindex="0"><table class="{look}" id="{escape(block.id)}">'
        f"<thead><tr>{heads}</thead>\n<tbody>" + "\n".join(rows) + f"</tbody>{foot}</table></div>"
    )


def _class(block: ReportTable, index: int, column: Column) -> str:
    """How a column is set: numbers right, short text left, long text wrapped, hashes small."""
    if is_number(column.kind):
        return ""
    texts = [str(row[index]) for row in block.table.rows if row[index] is not None]
    if texts and all(_HASH.fullmatch(text) for text in texts):
        return "'t h'"
    if not block.is_source and any(len(text) > _WIDE for text in texts):
        return "'t w'"
    return "t"


def _bar(value: Value) -> str:
    """A bar behind a percentage."""
    if not isinstance(value, int | float) or not 0.5 <= value <= 100:
        return ""
    return f' class=bar style="--p:{value:.0f}%"'
