"""``isa-analysis merge a.json b.json``: the results of several jobs in one table."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from isa_analysis.cli import failing
from isa_analysis.cli import options as opt
from isa_analysis.cli.compare_command import Format


def merge(
    files: Annotated[
        list[str],
        typer.Argument(help="JSON of profile, compare, measured, check or untiled."),
    ],
    per_board: Annotated[
        bool,
        typer.Option("--per-board", help="Boards are meant to differ: one configuration for each."),
    ] = False,
    expect: Annotated[
        Optional[list[str]],
        typer.Option("--expect", help="A program that must be there, else MISSING. Repeatable."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    github_summary: opt.GithubSummary = False,
    fail_on: failing.FailOn = None,
    output: opt.Output = None,
) -> None:
    """Join the JSON of several jobs into one table, in an order that does not depend on theirs.

    A file that is missing is a row that says so. Exit code 1 when a flag of --fail-on is there.
    """
    from isa_analysis.cli.compare_command import render_report, summarise
    from isa_analysis.merge.join import merge as run
    from isa_analysis.output import write
    from isa_analysis.views import merge as view

    condition = failing.condition_of(fail_on)
    made = run(files, per_board=per_board, expected=expect or ())
    if github_summary:
        summarise(view.build(made))
    if output is not None or not github_summary:
        if format is Format.json:
            text = view.render_json(made)
        elif format is Format.csv:
            text = view.render_csv_table(made)
        else:
            text = render_report(view.build(made), format)
        write(text, output)
    if failing.fails(condition, made.flags, [e.error_percent for e in made.entries]):
        raise typer.Exit(1)
