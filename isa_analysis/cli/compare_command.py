"""``isa-analysis compare A.asm B.asm``: variants, boards and measurements side by side."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import failing
from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.compare.model import Comparison
    from isa_analysis.report.model import Report


class Format(str, Enum):
    """Output formats."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"
    csv = "csv"


@grouped
def compare(
    files: Annotated[
        list[str],
        typer.Argument(help="Variants: assembly files (- for stdin) or JSON profiles."),
    ],
    *,
    label: Annotated[
        Optional[list[str]],
        typer.Option("--label", help="Name of a file, or of a file on a board. Repeatable."),
    ] = None,
    board: Annotated[
        Optional[list[str]],
        typer.Option(
            "--board",
            help="Board, or board with parameters: v80,machine.blen=16. Repeatable: "
            "every file on every board.",
        ),
    ] = None,
    sizes: opt.Sizes,
    models: opt.Models,
    kernel_rules: opt.RulesOption = None,
    measured: Annotated[
        Optional[list[str]],
        typer.Option("--measured", help="A measured run of a variant: LABEL=LOG. Repeatable."),
    ] = None,
    preserve: Annotated[
        Optional[str],
        typer.Option(
            "--preserve",
            help="Opcodes, patterns (V_*) or categories that every variant must execute equally "
            "often, else exit 1; none: kernels of any work are comparable.",
        ),
    ] = None,
    group: opt.GroupOption = None,
    top: opt.Top = 20,
    title: Annotated[Optional[str], typer.Option("--title", help="Title of the page.")] = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    github_summary: opt.GithubSummary = False,
    fail_on: failing.FailOn = None,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Compare variants of a program, or one program on several boards, kernel by kernel.

    The first variant is what the others are compared with. Exit code 1 when --preserve is violated
    or a flag of --fail-on is there.
    """
    from isa_analysis.compare.inputs import Request, load_variants
    from isa_analysis.compare.preserve import parse_names
    from isa_analysis.compare.run import compare as run
    from isa_analysis.diagnostics import Diagnostic
    from isa_analysis.output import write

    opt.standard_input_once(files)
    condition = failing.condition_of(fail_on)
    try:
        names = None if preserve is None else parse_names(preserve)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--preserve") from None
    specs = board or [opt.default_board()]
    boards = [load_spec(spec, sizes) for spec in specs]
    request = Request(
        tuple(files),
        tuple(label or ()),
        tuple(boards),
        opt.name_parts(group),
        reading.options,
        models.options(traffic=True),
        opt.load_kernel_rules(kernel_rules),
        tuple(measured or ()),
    )
    try:
        variants, diagnostics = load_variants(request, reading.read)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from None
    reading.warn(diagnostics)
    made = run(variants, names)
    if made.preserved is not None and not made.preserved.mnemonics:
        asked = ", ".join(made.preserved.asked)
        message = f"no variant executes anything that --preserve {asked} means"
        warning = Diagnostic("", 0, 0, "W600", "warning", message, "nothing was compared")
        reading.warn([warning])
    if github_summary:
        summarise(_report(made, top, title))
    if output is not None or not github_summary:
        write(_render(made, format, top, title), output)
    cells = [cell for row in (made.whole, *made.rows) for cell in row.cells]
    errors = [cell.error_percent for cell in cells]
    failed = failing.fails(condition, [f for _, _, f in made.flags], errors)
    if failed or (made.preserved is not None and made.preserved.violations):
        raise typer.Exit(1)


def load_spec(spec: str, sizes: opt.Sizes) -> LoadedBoard:
    """The board of ``NAME[,section.key=value...]``, with the options of all boards applied first.

    A comma that begins no ``key=value`` belongs to the name. Raises :class:`InputError`.
    """
    words = spec.split(",")
    name = words.pop(0)
    while words and "=" not in words[0]:
        name += f",{words.pop(0)}"
    return sizes.load(name, words)


def summarise(report: Report) -> None:
    """Append as many whole blocks to the job summary as it still holds."""
    import os
    from pathlib import Path

    from isa_analysis.cli.check_command import append_summary
    from isa_analysis.views.budget_markdown import MOST_BYTES
    from isa_analysis.views.report_markdown import render

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    held = Path(path).stat().st_size if path and Path(path).is_file() else 0
    append_summary(render(report, max(MOST_BYTES - held, 0)))


def _report(made: Comparison, top: int | None, title: str | None) -> Report:
    from isa_analysis.views import compare_report

    return compare_report.build(made, top, title or "")


def _render(made: Comparison, format: Format, top: int, title: str | None) -> str:
    if format is Format.json:
        from isa_analysis.views import compare_json

        return compare_json.render(made)
    if format is Format.csv:
        from isa_analysis.views import compare_csv

        return compare_csv.render(made)
    return render_report(_report(made, top, title), format)


def render_report(report: Report, format: Format) -> str:
    """A report as text, markdown or HTML."""
    if format is Format.html:
        from isa_analysis.views import report_html

        return report_html.render(report)
    if format is Format.markdown:
        from isa_analysis.views import report_markdown

        return report_markdown.render(report)
    from isa_analysis.views import report_text

    return report_text.render(report)
