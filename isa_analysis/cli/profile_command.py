"""``isa-analysis [profile] FILE... --board NAME``: where do the cycles go?"""

from __future__ import annotations

import sys
from enum import Enum
from typing import Annotated

import typer

from isa_analysis.cli import options as opt


class Timing(str, Enum):
    """Timing models."""

    serial = "serial"
    legacy = "legacy"


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
    from isa_analysis.profiling import ModelOptions, Profile
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
    write(_render(profiles, format, parts, top), output)


def _render(profiles: list, format: Format, parts: tuple[str, ...] | None, top: int) -> str:  # type: ignore[type-arg]
    if format is Format.json:
        from isa_analysis.views import json

        return json.render(profiles, parts)
    if format is Format.csv:
        from isa_analysis.views import csv

        return csv.render(profiles, parts)
    from isa_analysis.views import text

    return text.render(profiles, parts, top)
