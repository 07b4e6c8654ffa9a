"""``isa-analysis untiled FILE --far-latency X``: what if nothing were tiled?"""

from __future__ import annotations

from typing import Annotated

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.compare_command import Format
from isa_analysis.cli.grouping import grouped


@grouped
def untiled(
    files: opt.Files,
    *,
    far_latency: Annotated[
        int,
        typer.Option(
            "--far-latency",
            min=0,
            help="Cycles that each SRAM operand read takes in U3 besides. There is no default.",
        ),
    ],
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    models: opt.Models,
    kernel_rules: opt.RulesOption = None,
    group: opt.GroupOption = None,
    top: opt.Top = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    github_summary: opt.GithubSummary = False,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Bound FILES by three effects of tiling, per kernel and in total.

    U1 no loop overhead, U2 every HBM byte fetched once (and the SRAM that needs), U3 no near
    memory; each with the bracket of a single and a double buffer.
    """
    from isa_analysis.cli.compare_command import render_report, summarise
    from isa_analysis.output import write
    from isa_analysis.profiling import profile
    from isa_analysis.untiled.bounds import untiled as run
    from isa_analysis.views import untiled as view
    from isa_analysis.views.profile_tables import auto_parts

    opt.standard_input_once(files)
    parts = opt.name_parts(group)
    loaded = sizes.load(board)
    rules = opt.load_kernel_rules(kernel_rules)
    model = models.options(traffic=True)
    items = []
    for file in files:
        result = profile(reading.read(file), loaded, model, rules)
        items.append((result, run(result, loaded, far_latency, parts or auto_parts(result), model)))
    reading.warn(d for result, _ in items for d in result.diagnostics)
    if github_summary:
        summarise(view.build(items, top))
        if output is None:
            return
    if format is Format.json:
        text = view.render_json(items)
    elif format is Format.csv:
        text = view.render_csv_table(items)
    else:
        text = render_report(view.build(items, top), format)
    write(text, output)
