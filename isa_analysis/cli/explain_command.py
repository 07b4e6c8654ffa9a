"""``isa-analysis explain FILE:LINE``: one instruction, with what its registers hold."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt

if TYPE_CHECKING:
    from isa_analysis.traffic.regions import RegionMap


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"


def explain(
    place: Annotated[str, typer.Argument(metavar="FILE:LINE", help="decoder.asm:1204")],
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
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    lenient: opt.Lenient = False,
    unknown_opcode: opt.UnknownOption = opt.Unknown.error,
    quiet: opt.Quiet = False,
) -> None:
    """What the instruction at FILE:LINE does: operands, addresses, cost, how often it runs."""
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.explain import explain as run
    from isa_analysis.output import write
    from isa_analysis.views import explain as view

    file, line = _place(place)
    regions = _regions(hbm_map, hbm_sizes, manifest)
    loaded = opt.load_board(
        board, mlen, vlen, blen, clock_mhz, set_, settings, dc_en, latency_profile
    )
    rules = opt.load_kernel_rules(kernel_rules)
    program = opt.read_program(file, ParseOptions(isa.value, lenient, unknown_opcode.value), quiet)
    found = run(program, loaded, line, rules, regions)
    write(view.render_json(found) if format is Format.json else view.render(found), output)


def _place(text: str) -> tuple[str, int]:
    file, colon, line = text.rpartition(":")
    if not colon or not file or not line.isdecimal() or not line.isascii():
        raise typer.BadParameter(f"{text!r}: expected FILE:LINE, such as decoder.asm:1204")
    return file, int(line[:12])


def _regions(hbm_map: str | None, hbm_sizes: str | None, manifest: str | None) -> RegionMap | None:
    from isa_analysis.traffic.regions import load_addresses, load_manifest

    if hbm_sizes and not hbm_map:
        raise typer.BadParameter("--hbm-sizes needs --hbm-map FILE")
    if hbm_map and manifest:
        raise typer.BadParameter("--hbm-map and --manifest both name regions: give one")
    if manifest:
        return load_manifest(manifest)
    return load_addresses(hbm_map, hbm_sizes) if hbm_map else None
