"""``isa-analysis timeline FILE``, and ``timeline validate|stats|export|import``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli import timeline_options as topt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.timeline import Timeline

app = typer.Typer(
    no_args_is_help=True,
    help="Timelines: what runs when on which engine, at levels 0 to 3. "
    "Without a command: isa-analysis timeline FILE --timeline[=0..3] -o out.json[.gz]",
)

TimelineFile = Annotated[
    str, typer.Argument(help="Timeline file, ours or foreign; - for standard input; .gz or not.")
]
Top = Annotated[int, typer.Option("--top", min=1, help="Rows of the loop table.")]


class Timing(str, Enum):
    """Timing models that have a timeline."""

    in_order = "in-order"
    serial = "serial"
    overlap = "overlap"
    async_slots = "async-slots"
    rtl_v1 = "rtl-v1"


class StatsFormat(str, Enum):
    """Formats of tables."""

    text = "text"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class ExportFormat(str, Enum):
    """Formats of exports."""

    perfetto = "perfetto"
    chrome = "chrome"
    html = "html"
    svg = "svg"


class CsvTable(str, Enum):
    """Tables of the statistics."""

    engines = "engines"
    loops = "loops"
    stalls = "stalls"
    critical = "critical"
    functions = "functions"
    orchestrator = "orchestrator"
    phases = "phases"


def default_command(argv: Sequence[str]) -> list[str]:
    """``argv`` (from ``timeline`` on) with the command ``make`` where it names none."""
    known = {command.name for command in app.registered_commands}
    rest = list(argv[1:])
    if not rest or rest[0] in known or rest[0] == "--help":
        return list(argv)
    return [argv[0], "make", *rest]


@app.command("make")
@grouped
def make(
    file: Annotated[str, typer.Argument(help="Assembly file; - for standard input.")],
    *,
    timeline: topt.LevelOption = None,
    window: topt.WindowOption = None,
    max_events: topt.MaxEvents = 200_000,
    detail: topt.Detail = None,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    timing: Annotated[Timing, typer.Option("--timing", help="Timing model.")] = Timing.in_order,
    memory: opt.MemoryOption = opt.Memory.board,
    settings: opt.Settings,
    kernel_rules: opt.RulesOption = None,
    top: Top = 10,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """The timeline of FILE: to the file of -o, or its statistics to standard output."""
    from isa_analysis.cli.timeline_making import Request, report_steps, timeline_of
    from isa_analysis.output import write
    from isa_analysis.timeline import write_timeline
    from isa_analysis.views import timeline_stats

    level = topt.level_from(timeline)
    if not level:
        print(
            "level 0: no timeline is made; --timeline (all) or --timeline=1, =2, =3",
            file=sys.stderr,
        )
        return
    loaded = settings.apply(sizes.load(board))
    rules = opt.load_kernel_rules(kernel_rules)
    program = reading.read(file)
    request = Request(level, topt.cycles_of(window), max_events, detail, timing.value, memory.value)
    made, diagnostics = timeline_of(program, loaded, rules, request)
    reading.warn(diagnostics)
    report_steps(made)
    if output is None:
        write(timeline_stats.render(made, top), None)
        return
    write_timeline(made, output)


@app.command("validate")
def validate(
    files: Annotated[list[str], typer.Argument(help="Timeline files.")],
) -> None:
    """Check timeline files: types, references, sums. Exit 1 when one contradicts itself."""
    from isa_analysis.diagnostics import Diagnostic, InputError, render_all
    from isa_analysis.output import write
    from isa_analysis.timeline import load_timeline
    from isa_analysis.timeline.validate import validate as check

    unreadable: list[Diagnostic] = []
    wrong: list[Diagnostic] = []
    omitted = 0
    for file in files:
        try:
            loaded, warnings = load_timeline(file)
        except InputError as problem:
            unreadable += problem.diagnostics
            omitted += problem.omitted
            continue
        found = check(loaded, file)
        wrong += found
        if warnings:
            print(render_all(warnings), file=sys.stderr)
        if not found:
            write(f"{file}: ok ({_told(loaded)})\n", None)
    if unreadable:
        raise InputError([*unreadable, *wrong], omitted)
    if wrong:
        print(render_all(wrong), file=sys.stderr)
        raise typer.Exit(1)


@app.command("stats")
def stats(
    file: TimelineFile,
    format: Annotated[StatsFormat, typer.Option("--format", help="Output format.")] = (
        StatsFormat.text
    ),
    table: Annotated[
        Optional[CsvTable], typer.Option("--table", help="The table that --format csv writes.")
    ] = None,
    top: Top = 20,
    output: opt.Output = None,
) -> None:
    """Statistics of a timeline file: engines, loops, stalls, critical path; foreign: functions."""
    from isa_analysis.output import write
    from isa_analysis.views import timeline_stats as view

    loaded = _load(file)
    if format is StatsFormat.json:
        write(view.render_json(loaded), output)
    elif format is StatsFormat.csv:
        tables = view.by_name(loaded)
        name = table.value if table is not None else next(iter(tables))
        if name not in tables:
            raise typer.BadParameter(
                f"this timeline has no table {name}: {', '.join(tables)}", param_hint="--table"
            )
        write(view.render_tables_csv(loaded, name), output)
    elif format is StatsFormat.markdown:
        write(view.render_markdown(loaded, top), output)
    else:
        write(view.render(loaded, top), output)


@app.command("export")
def export(
    file: TimelineFile,
    format: Annotated[ExportFormat, typer.Option("--format", help="Output format.")] = (
        ExportFormat.perfetto
    ),
    output: opt.Output = None,
) -> None:
    """A timeline for Perfetto or chrome://tracing, as an offline page, or as a picture."""
    from isa_analysis.output import write, write_chunks

    loaded = _load(file)
    if format is ExportFormat.html:
        from isa_analysis.views import timeline_html

        write(timeline_html.render(loaded), output)
    elif format is ExportFormat.svg:
        from isa_analysis.views import timeline_svg

        write(timeline_svg.render(loaded), output)
    else:
        from isa_analysis.views import timeline_perfetto

        pieces = timeline_perfetto.render(loaded, chrome=format is ExportFormat.chrome)
        if output is None or output == "-":
            write("".join(pieces), None)
        else:
            encoded = (piece.encode("ascii") for piece in pieces)
            write_chunks(encoded, output, compress=output.endswith(".gz"))


@app.command("import")
def import_(
    file: TimelineFile,
    output: opt.Output = None,
) -> None:
    """A foreign timeline (versions 0, 1, 2) as a file of ours, to -o or standard output."""
    from isa_analysis.timeline import write_timeline

    write_timeline(_load(file), output)


def _load(file: str) -> Timeline:
    from isa_analysis.diagnostics import render_all
    from isa_analysis.timeline import load_timeline

    loaded, warnings = load_timeline(file)
    if warnings:
        print(render_all(warnings), file=sys.stderr)
    return loaded


def _told(timeline: Timeline) -> str:
    level = timeline.level.effective
    source = "" if timeline.meta.foreign_version is None else "foreign, "
    edges = "" if timeline.edges is None else f", {len(timeline.edges):,} edges"
    return f"{source}version {level - 1}, level {level}, {len(timeline.spans):,} spans{edges}"
