"""``isa-analysis report FILE... --board NAME [--board NAME]``: a report that people can read."""

from __future__ import annotations

import shlex
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.profile_command import Memory, Timing

if TYPE_CHECKING:
    from isa_analysis.report import Measurement, Report, Stage


class Format(str, Enum):
    """Output formats."""

    markdown = "markdown"
    html = "html"
    json = "json"
    csv = "csv"


def report(
    files: Annotated[
        Optional[list[str]],
        typer.Argument(help="Assembly files, each a stage named like the file; - for stdin."),
    ] = None,
    stage: Annotated[
        Optional[list[str]],
        typer.Option("--stage", help="A stage with a name of its own: NAME=FILE. Repeatable."),
    ] = None,
    board: Annotated[
        Optional[list[str]],
        typer.Option(
            "--board", help="Board name or path of a .yaml file. Repeatable; v80 when absent."
        ),
    ] = None,
    mlen: opt.Mlen = None,
    vlen: opt.Vlen = None,
    blen: opt.Blen = None,
    clock_mhz: opt.ClockMhz = None,
    set_: opt.SetOption = None,
    isa: opt.IsaOption = opt.Isa.auto,
    timing: Annotated[Timing, typer.Option("--timing", help="Timing model.")] = Timing.serial,
    memory: Annotated[Memory, typer.Option("--memory", help="Memory model.")] = Memory.board,
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
    github_summary: Annotated[
        bool,
        typer.Option("--github-summary", help="Append markdown to the file $GITHUB_STEP_SUMMARY."),
    ] = False,
    output: opt.Output = None,
    lenient: opt.Lenient = False,
    unknown_opcode: opt.UnknownOption = opt.Unknown.error,
    quiet: opt.Quiet = False,
) -> None:
    """Report on FILES: what is slow, why, and what to do, for several stages and boards."""
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.diagnostics import Diagnostic, InputError, render_all
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions
    from isa_analysis.report import build, run_stage

    stages = stage_files(files or [], stage or [])
    runs = _measurements([name for name, _ in stages], measured or [])
    names = board or [opt_board()]
    boards = [opt.load_board(b, mlen, vlen, blen, clock_mhz, set_) for b in names]
    rules = opt.load_kernel_rules(kernel_rules)
    how = ParseOptions(isa.value, lenient, unknown_opcode.value)
    model = ModelOptions(timing.value, memory.value)
    done: list[Stage] = []
    problems: list[Diagnostic] = []
    omitted = 0
    for name, file in stages:
        try:
            program = opt.read_program(file, how, quiet)
            done.append(run_stage(name, program, boards, model, rules))
        except InputError as problem:
            problems += problem.diagnostics
            omitted += problem.omitted
    if problems:
        raise InputError(problems, omitted)
    if not quiet:
        warnings = [d for s in done for d in s.first.profile.diagnostics]
        if warnings:
            hidden = sum(s.first.profile.omitted_diagnostics for s in done)
            print(render_all(warnings, hidden), file=sys.stderr)
    command = _command(
        files or [], stage or [], names, set_ or [], measured or [],
        {
            "--mlen": mlen, "--vlen": vlen, "--blen": blen, "--clock-mhz": clock_mhz,
            "--isa": None if isa is opt.Isa.auto else isa.value,
            "--timing": None if timing is Timing.serial else timing.value,
            "--memory": None if memory is Memory.board else memory.value,
            "--kernel-rules": kernel_rules, "--title": title, "--date": date,
            "--unknown-opcode": None if unknown_opcode is opt.Unknown.error else "warn",
        },
        lenient,
    )  # fmt: skip
    made = build(done, title=title or "", measured=runs, command=command, date=date or "")
    if github_summary:
        _append(made)
    if output is not None or not github_summary:
        write(_render(made, format), output)


def opt_board() -> str:
    """The board when none is given: the environment's, or v80."""
    import os

    return os.environ.get("ISA_ANALYSIS_BOARD") or "v80"


def stage_files(files: list[str], stages: list[str]) -> list[tuple[str, str]]:
    """Name and file of each stage. Files that share a name are called by their paths."""
    from isa_analysis.views.table import one_line

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
    if [file for _, file in out].count("-") > 1:
        raise typer.BadParameter("standard input can be read once only")
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


def _command(
    files: list[str],
    stages: list[str],
    boards: list[str],
    sets: list[str],
    measured: list[str],
    values: dict[str, object],
    lenient: bool,
) -> str:
    """The command line that makes this report again, less where it goes."""
    words = ["isa-analysis", "report", *files]
    for flag, many in (
        ("--stage", stages), ("--board", boards), ("--set", sets), ("--measured", measured),
    ):  # fmt: skip
        for one in many:
            words += [flag, one]
    for flag, value in values.items():
        if value is not None:
            words += [flag, f"{value:g}" if isinstance(value, float) else str(value)]
    if lenient:
        words.append("--lenient")
    return shlex.join(words)


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
