"""``isa-analysis traffic FILE...``: which bytes move, how often, from where."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"


@grouped
def traffic(
    files: opt.Files,
    *,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    settings: opt.Settings,
    kernel_rules: opt.RulesOption = None,
    hbm: opt.HbmRegions,
    group: opt.GroupOption = None,
    top: opt.Top = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """HBM traffic of FILES by opcode, kernel, tensor, loop and shape, without executing."""
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions, profile
    from isa_analysis.views import traffic as view

    regions = hbm.load()
    parts = opt.name_parts(group) or ("layer", "kernel")
    loaded = settings.apply(sizes.load(board))
    rules = opt.load_kernel_rules(kernel_rules)
    profiles = [
        profile(reading.read(file), loaded, ModelOptions(traffic=True), rules) for file in files
    ]
    if format is Format.json:
        write(view.render_json(profiles, parts, regions), output)
    else:
        write(view.render(profiles, parts, regions, top), output)
