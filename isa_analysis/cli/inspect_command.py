"""``isa-analysis inspect FILE...``: profile, traffic, footprint and lint in one go."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from isa_analysis.cli import options as opt


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"


def inspect(
    files: opt.Files,
    board: opt.BoardOption = "v80",
    mlen: opt.Mlen = None,
    vlen: opt.Vlen = None,
    blen: opt.Blen = None,
    clock_mhz: opt.ClockMhz = None,
    set_: opt.SetOption = None,
    isa: opt.IsaOption = opt.Isa.auto,
    settings: opt.Settings = None,
    dc_en: opt.DcEn = None,
    latency_profile: opt.LatencyProfile = None,
    kernel_rules: opt.RulesOption = None,
    group: opt.GroupOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows per table (text).")] = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    lenient: opt.Lenient = False,
    unknown_opcode: opt.UnknownOption = opt.Unknown.error,
    quiet: opt.Quiet = False,
) -> None:
    """Profile, HBM traffic, footprint and lint of FILES in one go, for little more than one of
    them.

    Exit codes: 0 no finding at error level, 1 errors found, 2 bad usage or a text that is no
    program.
    """
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.inspection import inspect as run
    from isa_analysis.output import write
    from isa_analysis.views import inspection as view

    if files.count("-") > 1:
        raise typer.BadParameter("standard input can be read once only")
    parts = opt.name_parts(group)
    loaded = opt.load_board(
        board, mlen, vlen, blen, clock_mhz, set_, settings, dc_en, latency_profile
    )
    rules = opt.load_kernel_rules(kernel_rules)
    how = ParseOptions(isa.value, lenient, unknown_opcode.value)
    found = [
        run(opt.read_program(file, how, quiet), loaded, rules, parts or ("layer", "kernel"))
        for file in files
    ]
    if format is Format.json:
        write(view.render_json(found, parts), output)
    else:
        write(view.render(found, parts, top), output)
    raise typer.Exit(int(any(i.lint.has_errors for i in found)))
