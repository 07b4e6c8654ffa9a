"""``isa-analysis [profile] FILE... --board NAME``: where do the cycles go?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli import timeline_options as topt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.profiling import Profile
    from isa_analysis.schedule.bottleneck import Bottlenecks


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    csv = "csv"


@grouped
def profile(
    files: opt.Files,
    *,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    models: opt.Models,
    settings: opt.Settings,
    kernel_rules: opt.RulesOption = None,
    traffic: Annotated[
        bool,
        typer.Option("--traffic", help="Follow addresses and show HBM bytes (JSON always does)."),
    ] = False,
    bottleneck: Annotated[
        bool,
        typer.Option(
            "--bottleneck", help="What bounds kernels, what changes would gain (text, json)."
        ),
    ] = False,
    timeline: topt.LevelOption = None,
    timeline_output: Annotated[
        Optional[str],
        typer.Option(
            "--timeline-output",
            help="Timeline file (.gz: compressed); else FILE.timeline.json in this folder.",
        ),
    ] = None,
    window: topt.WindowOption = None,
    max_events: topt.MaxEvents = 200_000,
    group: opt.GroupOption = None,
    top: opt.Top = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Profile FILES on a board: cycles per kernel, category, opcode, loop and memory operation.

    Several files are stages of one run and get a total.
    """
    from isa_analysis.diagnostics import Problems
    from isa_analysis.output import write
    from isa_analysis.profiling import profile as run

    parts = opt.name_parts(group)
    opt.standard_input_once(files)
    if bottleneck and format is Format.csv:
        raise typer.BadParameter(
            "the table of kernels has no place for it: --format text or json",
            param_hint="--bottleneck",
        )
    level = topt.level_from(timeline)
    if timeline is None:
        topt.refuse_without_timeline({"--timeline-output": timeline_output, "--window": window})
    if level:
        from isa_analysis.cli.timeline_making import check_outputs

        check_outputs(files, timeline_output, output)
    loaded = settings.apply(sizes.load(board))
    rules = opt.load_kernel_rules(kernel_rules)
    model = models.options(traffic or format is Format.json)
    profiles: list[Profile] = []
    problems = Problems()
    for file in files:
        with problems.caught():
            profiles.append(run(reading.read(file), loaded, model, rules))
    problems.raise_all()
    reading.warn(
        (d for p in profiles for d in p.diagnostics), sum(p.omitted_diagnostics for p in profiles)
    )
    limits: list[Bottlenecks] = []
    if bottleneck:
        from isa_analysis.cli.timeline_making import limits_of

        limits = [limits_of(p, loaded, model) for p in profiles]
    if level:
        from isa_analysis.cli.timeline_making import Request, write_timelines

        request = Request(
            level, topt.cycles_of(window), max_events, None, model.timing, model.memory
        )
        write_timelines(profiles, loaded, rules, request, timeline_output)
    write(_render(profiles, format, parts, top, limits), output)


def _render(
    profiles: list[Profile],
    format: Format,
    parts: tuple[str, ...] | None,
    top: int,
    limits: list[Bottlenecks],
) -> str:
    if format is Format.json:
        from isa_analysis.views import json

        return json.render(profiles, parts, limits)
    if format is Format.csv:
        from isa_analysis.views import csv

        return csv.render(profiles, parts)
    from isa_analysis.views import text

    return text.render(profiles, parts, top, limits)
