"""``isa-analysis traffic FILE...``: which bytes move, how often, from where."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Optional

import typer

from isa_analysis.cli import options as opt


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"


def traffic(
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
    hbm_map: Annotated[
        Optional[str], typer.Option("--hbm-map", help="hbm_addrs.json: tensor name -> byte offset.")
    ] = None,
    hbm_sizes: Annotated[
        Optional[str], typer.Option("--hbm-sizes", help="hbm_sizes.json: tensor name -> bytes.")
    ] = None,
    manifest: Annotated[
        Optional[str], typer.Option("--manifest", help="Weight manifest that names regions.")
    ] = None,
    group: opt.GroupOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows per table (text).")] = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    lenient: opt.Lenient = False,
    unknown_opcode: opt.UnknownOption = opt.Unknown.error,
    quiet: opt.Quiet = False,
) -> None:
    """HBM traffic of FILES by opcode, kernel, tensor, loop and shape, without executing."""
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions, profile
    from isa_analysis.traffic.regions import load_addresses, load_manifest
    from isa_analysis.views import traffic as view

    if hbm_sizes and not hbm_map:
        raise typer.BadParameter("--hbm-sizes needs --hbm-map FILE")
    if hbm_map and manifest:
        raise typer.BadParameter("--hbm-map and --manifest both name regions: give one")
    regions = load_addresses(hbm_map, hbm_sizes) if hbm_map else None
    if manifest:
        regions = load_manifest(manifest)
    parts = opt.name_parts(group) or ("layer", "kernel")
    loaded = opt.load_board(
        board, mlen, vlen, blen, clock_mhz, set_, settings, dc_en, latency_profile
    )
    rules = opt.load_kernel_rules(kernel_rules)
    how = ParseOptions(isa.value, lenient, unknown_opcode.value)
    profiles = [
        profile(opt.read_program(file, how, quiet), loaded, ModelOptions(traffic=True), rules)
        for file in files
    ]
    if format is Format.json:
        write(view.render_json(profiles, parts, regions), output)
    else:
        write(view.render(profiles, parts, regions, top), output)
