"""``isa-analysis footprint FILE...``: what each memory holds, and whether it fits."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped


class Format(str, Enum):
    """Output formats; ``svg`` is a picture of one program."""

    text = "text"
    json = "json"
    svg = "svg"


@grouped
def footprint(
    files: opt.Files,
    *,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    settings: opt.Settings,
    kernel_rules: opt.RulesOption = None,
    group: opt.GroupOption = None,
    top: opt.Top = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Bytes that FILES occupy in matrix, vector, FP and INT SRAM and in HBM, by kernel."""
    from isa_analysis.footprint import footprint as run
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions, profile
    from isa_analysis.views import footprint as view

    if format is Format.svg and len(files) > 1:
        raise typer.BadParameter("--format svg draws one program: give one file")
    parts = opt.name_parts(group) or ("layer", "kernel")
    loaded = settings.apply(sizes.load(board))
    rules = opt.load_kernel_rules(kernel_rules)
    items = []
    for file in files:
        program = reading.read(file)
        result = profile(program, loaded, ModelOptions(memory="none", traffic=True), rules)
        items.append((result, run(result, loaded, parts)))
    if format is Format.json:
        write(view.render_json(items, parts), output)
    elif format is Format.svg:
        write(view.render_svg(*items[0]), output)
    else:
        write(view.render(items, parts, top), output)
