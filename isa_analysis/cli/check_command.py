"""``isa-analysis check [FILES...]``: are the costs within the budget?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from isa_analysis.cli import budget_options as opt
from isa_analysis.cli.options import Output

if TYPE_CHECKING:
    from isa_analysis.budget.check import CheckResult
    from isa_analysis.budget.config import Budget
    from isa_analysis.budget.quantity import Quantity


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    markdown = "markdown"
    github = "github"
    junit = "junit"
    sarif = "sarif"


class FailOn(str, Enum):
    """The least severity that fails."""

    error = "error"
    warn = "warn"


def check(
    files: opt.BudgetFiles = None,
    config: opt.ConfigOption = None,
    lock: opt.LockOption = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Fail on any difference from the lock, improvements too."),
    ] = False,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The least severity of a limit that fails.")
    ] = FailOn.error,
    tolerance: Annotated[
        str,
        typer.Option("--tolerance", help="Growth that relative limits ignore: 1% or 500 cycles."),
    ] = "0",
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: Output = None,
    github_summary: Annotated[
        bool,
        typer.Option("--github-summary", help="Append markdown to the file $GITHUB_STEP_SUMMARY."),
    ] = False,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows per table.")] = 20,
    cache: opt.CacheOption = True,
) -> None:
    """Check the costs of the project's programs against its budget and lock.

    Exit codes: 0 within budget, 1 exceeded, 2 bad usage or input, 3 the lock cannot be compared
    with (board, model or tool changed). The lock is never written; see: isa-analysis update
    """
    from isa_analysis.budget.check import check as evaluate
    from isa_analysis.budget.costs import gather
    from isa_analysis.budget.discover import find_programs
    from isa_analysis.budget.lock import read_lock
    from isa_analysis.output import write

    allowed = _tolerance(tolerance)
    budget = opt.load_budget(config)
    path = opt.lock_path(budget, lock)
    locked = read_lock(path)
    jobs = find_programs(budget, files or ())
    costs = gather(budget, jobs, cache)
    result = evaluate(budget, jobs, costs, locked, path, allowed, partial=bool(files))
    code = result.exit_code(fail_on.value, strict)
    write(_render(result, budget, format, code, top), output)
    if github_summary:
        from isa_analysis.views.budget_markdown import render as markdown

        append_summary(markdown(result, top))
    raise typer.Exit(code)


def _tolerance(text: str) -> Quantity:
    from isa_analysis.budget.quantity import parse_quantity

    try:
        return parse_quantity(text)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--tolerance") from None


def _render(result: CheckResult, budget: Budget, format: Format, code: int, top: int) -> str:
    if format is Format.json:
        from isa_analysis.views import budget_json

        return budget_json.render(result, code)
    if format is Format.markdown:
        from isa_analysis.views import budget_markdown

        return budget_markdown.render(result, top)
    if format is Format.github:
        from isa_analysis.views import budget_github

        return budget_github.render(result)
    if format is Format.junit:
        from isa_analysis.views import budget_junit

        names = {e.name: tuple(limit.name for limit in e.limits) for e in budget.entries}
        return budget_junit.render(result, names)
    if format is Format.sarif:
        from isa_analysis.views import budget_sarif

        return budget_sarif.render(result)
    from isa_analysis.views import budget_text

    return budget_text.render(result, top)


def append_summary(text: str) -> None:
    """Append ``text`` to the job summary; standard output when the variable is not set.

    Nothing is appended beyond what a summary may hold. Raises :class:`InputError` (E203).
    """
    import os
    from pathlib import Path

    from isa_analysis.diagnostics import error
    from isa_analysis.output import write
    from isa_analysis.views.budget_markdown import MOST_BYTES, capped

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        write(text, None)
        return
    try:
        held = Path(path).stat().st_size if Path(path).exists() else 0
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(capped(text, max(MOST_BYTES - held, 0)))
    except OSError as problem:
        raise error("E203", f"cannot be written: {problem.strerror}", path=path) from None
