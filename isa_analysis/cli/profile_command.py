"""``isa-analysis [profile] FILE... --board NAME``: where do the cycles go?"""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli import timeline_options as topt

if TYPE_CHECKING:
    from isa_analysis.profiling import Profile
    from isa_analysis.schedule.bottleneck import Bottlenecks


class Timing(str, Enum):
    """Timing models."""

    serial = "serial"
    legacy = "legacy"
    overlap = "overlap"
    async_slots = "async-slots"
    in_order = "in-order"
    rtl_v1 = "rtl-v1"


class Memory(str, Enum):
    """Memory models; ``board`` is what the board file says."""

    board = "board"
    charge = "charge"
    service = "service"
    none = "none"


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    csv = "csv"


def profile(
    files: opt.Files,
    board: opt.BoardOption = "v80",
    mlen: opt.Mlen = None,
    vlen: opt.Vlen = None,
    blen: opt.Blen = None,
    clock_mhz: opt.ClockMhz = None,
    set_: opt.SetOption = None,
    isa: opt.IsaOption = opt.Isa.auto,
    timing: Annotated[Timing, typer.Option("--timing", help="Timing model.")] = Timing.serial,
    memory: Annotated[Memory, typer.Option("--memory", help="Memory model.")] = Memory.board,
    settings: opt.Settings = None,
    dc_en: opt.DcEn = None,
    latency_profile: opt.LatencyProfile = None,
    kernel_rules: opt.RulesOption = None,
    traffic: Annotated[
        bool,
        typer.Option("--traffic", help="Follow addresses and show HBM bytes (JSON always does)."),
    ] = False,
    bottleneck: Annotated[
        bool,
        typer.Option("--bottleneck", help="What changes of the machine would gain at most (text)."),
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
    top: Annotated[int, typer.Option("--top", min=1, help="Rows per table (text).")] = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    lenient: opt.Lenient = False,
    unknown_opcode: opt.UnknownOption = opt.Unknown.error,
    quiet: opt.Quiet = False,
) -> None:
    """Profile FILES on a board: cycles per kernel, category, opcode, loop and memory operation.

    Several files are stages of one run and get a total.
    """
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.diagnostics import Diagnostic, InputError, render_all
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions
    from isa_analysis.profiling import profile as run

    parts = opt.name_parts(group)
    if files.count("-") > 1:
        raise typer.BadParameter("standard input can be read once only")
    loaded = opt.load_board(
        board, mlen, vlen, blen, clock_mhz, set_, settings, dc_en, latency_profile
    )
    rules = opt.load_kernel_rules(kernel_rules)
    how = ParseOptions(isa.value, lenient, unknown_opcode.value)
    model = ModelOptions(timing.value, memory.value, traffic or format is Format.json)
    profiles: list[Profile] = []
    problems: list[Diagnostic] = []
    omitted = 0
    for file in files:
        try:
            profiles.append(run(opt.read_program(file, how, quiet), loaded, model, rules))
        except InputError as problem:
            problems += problem.diagnostics
            omitted += problem.omitted
    if problems:
        raise InputError(problems, omitted)
    if not quiet:
        warnings = [d for p in profiles for d in p.diagnostics]
        if warnings:
            hidden = sum(p.omitted_diagnostics for p in profiles)
            print(render_all(warnings, hidden), file=sys.stderr)
    limits: list[Bottlenecks] = []
    if bottleneck:
        from isa_analysis.cli.timeline_making import limits_of

        limits = [limits_of(p, loaded, model) for p in profiles]
    level = topt.level_from(timeline)
    if level:
        from isa_analysis.cli.timeline_making import Request, write_timelines

        request = Request(
            level, topt.cycles_of(window), max_events, None, timing.value, memory.value
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

        return json.render(profiles, parts)
    if format is Format.csv:
        from isa_analysis.views import csv

        return csv.render(profiles, parts)
    from isa_analysis.views import text

    return text.render(profiles, parts, top, limits)
