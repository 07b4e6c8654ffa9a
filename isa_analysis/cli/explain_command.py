"""``isa-analysis explain FILE:LINE``: one instruction, with what its registers hold."""

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
def explain(
    place: Annotated[str, typer.Argument(metavar="FILE:LINE", help="decoder.asm:1204")],
    *,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    settings: opt.Settings,
    kernel_rules: opt.RulesOption = None,
    hbm: opt.HbmRegions,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """What the instruction at FILE:LINE does: operands, addresses, cost, how often it runs."""
    from isa_analysis.explain import explain as run
    from isa_analysis.output import write
    from isa_analysis.views import explain as view

    file, line = _place(place)
    regions = hbm.load()
    loaded = settings.apply(sizes.load(board))
    rules = opt.load_kernel_rules(kernel_rules)
    program = reading.read(file)
    found = run(program, loaded, line, rules, regions)
    write(view.render_json(found) if format is Format.json else view.render(found), output)


def _place(text: str) -> tuple[str, int]:
    file, colon, line = text.rpartition(":")
    if not colon or not file or not line.isdecimal() or not line.isascii():
        raise typer.BadParameter(f"{text!r}: expected FILE:LINE, such as decoder.asm:1204")
    return file, int(line[:12])
