"""``isa-analysis footprint FILE...``: what each memory holds, and whether it fits."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from isa_analysis.cli import options as opt


class Format(str, Enum):
    """Output formats; ``svg`` is a picture of one program."""

    text = "text"
    json = "json"
    svg = "svg"


def footprint(
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
    """Bytes that FILES occupy in matrix, vector, FP and INT SRAM and in HBM, by kernel."""
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.footprint import footprint as run
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions, profile
    from isa_analysis.views import footprint as view

    if format is Format.svg and len(files) > 1:
        raise typer.BadParameter("--format svg draws one program: give one file")
    parts = opt.name_parts(group) or ("layer", "kernel")
    loaded = opt.load_board(
        board, mlen, vlen, blen, clock_mhz, set_, settings, dc_en, latency_profile
    )
    rules = opt.load_kernel_rules(kernel_rules)
    how = ParseOptions(isa.value, lenient, unknown_opcode.value)
    items = []
    for file in files:
        program = opt.read_program(file, how, quiet)
        result = profile(program, loaded, ModelOptions(memory="none", traffic=True), rules)
        items.append((result, run(result, loaded, parts)))
    if format is Format.json:
        write(view.render_json(items, parts), output)
    elif format is Format.svg:
        write(view.render_svg(*items[0]), output)
    else:
        write(view.render(items, parts, top), output)
