"""``isa-analysis untiled FILE --far-latency X``: what if nothing were tiled?"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.compare_command import Format, GithubSummary
from isa_analysis.cli.profile_command import Memory, Timing


def untiled(
    files: opt.Files,
    far_latency: Annotated[
        int,
        typer.Option(
            "--far-latency",
            min=0,
            help="Cycles that each SRAM operand read takes in U3 besides. There is no default.",
        ),
    ],
    board: opt.BoardOption = "v80",
    mlen: opt.Mlen = None,
    vlen: opt.Vlen = None,
    blen: opt.Blen = None,
    clock_mhz: opt.ClockMhz = None,
    set_: opt.SetOption = None,
    isa: opt.IsaOption = opt.Isa.auto,
    timing: Annotated[Timing, typer.Option("--timing", help="Timing model.")] = Timing.serial,
    memory: Annotated[Memory, typer.Option("--memory", help="Memory model.")] = Memory.board,
    kernel_rules: opt.RulesOption = None,
    group: opt.GroupOption = None,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows per table.")] = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    github_summary: GithubSummary = False,
    output: opt.Output = None,
    lenient: opt.Lenient = False,
    unknown_opcode: opt.UnknownOption = opt.Unknown.error,
    quiet: opt.Quiet = False,
) -> None:
    """Bound FILES by three effects of tiling, per kernel and in total.

    U1 no loop overhead, U2 every HBM byte fetched once (and the SRAM that needs), U3 no near
    memory; each with the bracket of a single and a double buffer.
    """
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.cli.compare_command import render_report, summarise
    from isa_analysis.diagnostics import render_all
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions, profile
    from isa_analysis.untiled.bounds import untiled as run
    from isa_analysis.views import untiled as view
    from isa_analysis.views.profile_tables import auto_parts

    if files.count("-") > 1:
        raise typer.BadParameter("standard input can be read once only")
    parts = opt.name_parts(group)
    loaded = opt.load_board(board, mlen, vlen, blen, clock_mhz, set_)
    rules = opt.load_kernel_rules(kernel_rules)
    how = ParseOptions(isa.value, lenient, unknown_opcode.value)
    model = ModelOptions(timing.value, memory.value, traffic=True)
    items = []
    for file in files:
        result = profile(opt.read_program(file, how, quiet), loaded, model, rules)
        items.append((result, run(result, loaded, far_latency, parts or auto_parts(result), model)))
    warnings = [d for result, _ in items for d in result.diagnostics]
    if warnings and not quiet:
        print(render_all(warnings), file=sys.stderr)
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
