"""``isa-analysis inspect FILE...``: profile, traffic, footprint and lint in one go."""

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
def inspect(
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
    """Profile, HBM traffic, footprint and lint of FILES in one go, for little more than one of
    them.

    Exit codes: 0 no finding at error level, 1 errors found, 2 bad usage or a text that is no
    program.
    """
    from isa_analysis.inspection import inspect as run
    from isa_analysis.output import write
    from isa_analysis.views import inspection as view

    opt.standard_input_once(files)
    parts = opt.name_parts(group)
    loaded = settings.apply(sizes.load(board))
    rules = opt.load_kernel_rules(kernel_rules)
    found = [run(reading.read(file), loaded, rules, parts or ("layer", "kernel")) for file in files]
    if format is Format.json:
        write(view.render_json(found, parts), output)
    else:
        write(view.render(found, parts, top), output)
    raise typer.Exit(int(any(i.lint.has_errors for i in found)))
