"""A sweep as one offline HTML page: the picture, then the table."""

from __future__ import annotations

from markupsafe import Markup

from isa_analysis.resources import package_file
from isa_analysis.sweep.model import Sweep
from isa_analysis.table import is_number, shown
from isa_analysis.views import sweep_svg
from isa_analysis.views.sweep import left_out, title
from isa_analysis.views.sweep_tables import facts, short_table


def render(sweep: Sweep) -> str:
    """The whole page; everything from inputs goes through autoescaping."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(
        package_file("views/templates/sweep.html.j2").read_text(encoding="utf-8")
    )
    table = short_table(sweep)
    rows = [
        (
            row.pareto,
            row.outcome.status,
            [
                (shown(value, column.kind), is_number(column.kind))
                for value, column in zip(cells, table.columns, strict=True)
            ],
        )
        for row, cells in zip(sweep.rows, table.rows, strict=True)
    ]
    page = template.render(
        title=title(sweep),
        facts=facts(sweep),
        style=Markup(sweep_svg.STYLE),
        picture=sweep_svg.picture(sweep),
        columns=[(column.title, is_number(column.kind)) for column in table.columns],
        rows=rows,
        note=left_out(sweep) if sweep.notes else "",
    )
    return page.rstrip() + "\n"
