"""``isa-analysis report FILE... --board NAME [--board NAME]``: a report that people can read."""

from __future__ import annotations

import shlex
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped, words_of

if TYPE_CHECKING:
    from isa_analysis.report import Measurement, Report, Stage


class Format(str, Enum):
    """Output formats."""

    markdown = "markdown"
    html = "html"
    json = "json"
    csv = "csv"


@grouped
def report(
    files: Annotated[
        Optional[list[str]],
        typer.Argument(help="Assembly files, each a stage named like the file; - for stdin."),
    ] = None,
    *,
    stage: Annotated[
        Optional[list[str]],
        typer.Option("--stage", help="A stage with a name of its own: NAME=FILE. Repeatable."),
    ] = None,
    board: opt.BoardsOption = None,
    sizes: opt.Sizes,
    models: opt.Models,
    kernel_rules: opt.RulesOption = None,
    measured: Annotated[
        Optional[list[str]],
        typer.Option(
            "--measured",
            help="Measured run (any file that measured reads): "
            "STAGE=FILE, or FILE with one stage. Repeatable.",
        ),
    ] = None,
    title: Annotated[Optional[str], typer.Option("--title", help="Title of the report.")] = None,
    date: Annotated[
        Optional[str], typer.Option("--date", help="A date to print; none is printed otherwise.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.markdown,
    github_summary: opt.GithubSummary = False,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Report on FILES: what is slow, why, and what to do, for several stages and boards."""
    from isa_analysis.diagnostics import Problems
    from isa_analysis.output import write
    from isa_analysis.report import build, run_stage

    stages = stage_files(files or [], stage or [])
    runs = _measurements([name for name, _ in stages], measured or [])
    names = board or [opt.default_board()]
    boards = [sizes.load(b) for b in names]
    rules = opt.load_kernel_rules(kernel_rules)
    model = models.options()
    done: list[Stage] = []
    problems = Problems()
    for name, file in stages:
        with problems.caught():
            program = reading.read(file)
            done.append(run_stage(name, program, boards, model, rules))
    problems.raise_all()
    firsts = [s.first.profile for s in done]
    reading.warn(
        (d for p in firsts for d in p.diagnostics), sum(p.omitted_diagnostics for p in firsts)
    )
    command = shlex.join(
        [
            "isa-analysis", "report", *(files or ()),
            *_many("--stage", stage), *_many("--board", names), *words_of(sizes),
            *words_of(models), *words_of(replace(reading, quiet=False)),
            *_many("--kernel-rules", kernel_rules), *_many("--measured", measured),
            *_many("--title", title), *_many("--date", date),
        ]
    )  # fmt: skip
    made = build(done, title=title or "", measured=runs, command=command, date=date or "")
    if github_summary:
        _append(made)
    if output is not None or not github_summary:
        write(_render(made, format), output)


def stage_files(files: list[str], stages: list[str]) -> list[tuple[str, str]]:
    """Name and file of each stage. Files that share a name are called by their paths."""
    from isa_analysis.table import one_line

    short = [_stem(file) for file in files]
    out = [
        (name if short.count(name) == 1 else file, file)
        for name, file in zip(short, files, strict=True)
    ]
    for text in stages:
        name, equals, file = text.partition("=")
        if not (name.strip() and equals and file):
            raise typer.BadParameter(f"{text!r} is not NAME=FILE", param_hint="--stage")
        out.append((name.strip(), file))
    if not out:
        raise typer.BadParameter("give a FILE or --stage NAME=FILE")
    opt.standard_input_once([file for _, file in out])
    named = [(one_line(name, 60), file) for name, file in out]
    seen: set[str] = set()
    for name, _ in named:
        if name in seen:
            raise typer.BadParameter(f"two stages are called {name!r}", param_hint="--stage")
        seen.add(name)
    return named


def _stem(file: str) -> str:
    name = Path(file).name
    for suffix in (".gz", ".xz", ".asm"):
        name = name.removesuffix(suffix)
    return "stdin" if file == "-" else name or file


def _measurements(names: list[str], measured: list[str]) -> dict[str, Measurement]:
    """Stage -> measurement; ``STAGE=`` may be left out when there is one stage."""
    from isa_analysis.report import read_measurement

    out: dict[str, Measurement] = {}
    for text in measured:
        name, equals, file = text.partition("=")
        if not equals or name.strip() not in names:
            if len(names) > 1:
                raise typer.BadParameter(
                    f"{text!r} names no stage: STAGE=FILE, stages are {', '.join(names)}",
                    param_hint="--measured",
                )
            name, file = names[0], text
        name = name.strip()
        if name in out:
            raise typer.BadParameter(f"{name} was measured twice", param_hint="--measured")
        out[name] = read_measurement(file, name)
    return out


def _many(flag: str, values: list[str] | str | None) -> list[str]:
    """The words that give ``flag`` its values on a command line."""
    given = [values] if isinstance(values, str) else values or []
    return [word for value in given for word in (flag, value)]


def _append(made: Report) -> None:
    """Append to the job summary as many whole blocks as it still holds."""
    import os

    from isa_analysis.cli.check_command import append_summary
    from isa_analysis.views.budget_markdown import MOST_BYTES
    from isa_analysis.views.report_markdown import render

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    held = Path(path).stat().st_size if path and Path(path).is_file() else 0
    append_summary(render(made, max(MOST_BYTES - held, 0)))


def _render(made: Report, format: Format) -> str:
    if format is Format.html:
        from isa_analysis.views import report_html

        return report_html.render(made)
    if format is Format.json:
        from isa_analysis.views import report_json

        return report_json.render(made)
    if format is Format.csv:
        from isa_analysis.views import report_csv

        return report_csv.render(made)
    from isa_analysis.views import report_markdown

    return report_markdown.render(made)
