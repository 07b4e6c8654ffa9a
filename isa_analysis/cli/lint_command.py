"""``isa-analysis lint FILE...``: faults before they happen, and what a careful reader would ask."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.assembly import ParseOptions, Program
    from isa_analysis.lint import LintReport


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


@grouped
def lint(
    files: Annotated[
        Optional[list[str]],
        typer.Argument(help="Assembly files; - for standard input; .gz and .xz are unpacked."),
    ] = None,
    *,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    settings: opt.Settings,
    kernel_rules: opt.RulesOption = None,
    select: Annotated[
        Optional[list[str]],
        typer.Option("--select", help="Only these rules: L012, or L0 for all that begin so."),
    ] = None,
    ignore: Annotated[
        Optional[list[str]], typer.Option("--ignore", help="Not these rules; wins over --select.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
    list_rules: Annotated[
        bool, typer.Option("--list-rules", help="List the rules and exit.")
    ] = False,
    explain: Annotated[
        Optional[str], typer.Option("--explain", metavar="RULE", help="Print what a rule is about.")
    ] = None,
) -> None:
    """Find faults of FILES before they happen, likely mistakes, and cycles that could be saved.

    Exit codes: 0 no finding at error level, 1 errors found, 2 bad usage or a text that is no
    program.
    """
    from isa_analysis.diagnostics import InputError
    from isa_analysis.lint import lint as run
    from isa_analysis.lint import read
    from isa_analysis.lint.run import unreadable
    from isa_analysis.output import write

    if list_rules or explain is not None:
        write(_documentation(explain), output)
        return
    if not files:
        raise typer.BadParameter("name at least one file", param_hint="FILES")
    opt.standard_input_once(files)
    wanted, unwanted = _prefixes(select, "--select"), _prefixes(ignore, "--ignore")
    loaded = settings.apply(sizes.load(board))
    rules = opt.load_kernel_rules(kernel_rules)
    reports: list[LintReport] = []
    refused: list[InputError] = []
    for file in files:
        try:
            program = read(_reader(file, reading), reading.options)
            reports.append(run(program, loaded, rules, wanted, unwanted))
        except InputError as problem:
            refused.append(problem)
            reports.append(unreadable(file, problem))
    if refused and format is Format.text:
        if len(refused) < len(files):
            print(_render([r for r in reports if r.readable], format), end="", file=sys.stderr)
        raise InputError(
            [d for p in refused for d in p.diagnostics], sum(p.omitted for p in refused)
        )
    write(_render(reports, format), output)
    raise typer.Exit(2 if refused else int(any(r.has_errors for r in reports)))


def _reader(file: str, reading: opt.Reading) -> Callable[[ParseOptions], Program]:
    """Reads ``file`` anew each time; standard input is kept for that."""
    if file != "-":
        return lambda how: reading.read_as(file, how)
    from isa_analysis.assembly.parse import parse_source
    from isa_analysis.assembly.source import open_source

    source = open_source(file)
    return lambda how: parse_source(source, how)


def _prefixes(given: Sequence[str] | None, option: str) -> tuple[str, ...]:
    """The rules of an option that may be repeated and may hold several, separated by commas."""
    from isa_analysis.lint.rules import selected

    words = tuple(w.strip() for entry in given or () for w in entry.split(","))
    try:
        selected(words, ())
    except KeyError as problem:
        raise typer.BadParameter(
            f"{problem.args[0]!r} is no rule; see: isa-analysis lint --list-rules",
            param_hint=option,
        ) from None
    return words


def _documentation(rule: str | None) -> str:
    from isa_analysis.lint.rules import RULES
    from isa_analysis.views import lint as view

    if rule is None:
        return view.rule_table()
    if rule.upper() not in RULES:
        raise typer.BadParameter(
            f"{rule!r} is no rule; see: isa-analysis lint --list-rules", param_hint="--explain"
        )
    return view.rule_text(RULES[rule.upper()])


def _render(reports: Sequence[LintReport], format: Format) -> str:
    from isa_analysis.views import lint as view

    if format is Format.json:
        return view.render_json(reports)
    if format is Format.github:
        return view.render_github(reports)
    if format is Format.sarif:
        return view.render_sarif(reports)
    return view.render(reports)
