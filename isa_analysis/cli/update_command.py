"""``isa-analysis update [FILES...]``: accept the present costs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from isa_analysis.cli import budget_options as opt


def update(
    files: opt.BudgetFiles = None,
    config: opt.ConfigOption = None,
    lock: opt.LockOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be accepted; write nothing.")
    ] = False,
    cache: opt.CacheOption = True,
) -> None:
    """Write the present costs to the lock and print what was accepted.

    With FILES only those programs are accepted. Exit codes: 0 done, 2 bad usage or input, 3 only a
    part was to be accepted, but the lock is of another board, model or tool.
    """
    from pathlib import Path

    from isa_analysis.budget.check import NOT_COMPARABLE
    from isa_analysis.budget.costs import gather
    from isa_analysis.budget.discover import find_programs
    from isa_analysis.budget.lock import Lock, dump, read_lock
    from isa_analysis.budget.update import accepted, mixed, next_lock
    from isa_analysis.diagnostics import InputError, render_all
    from isa_analysis.output import write, write_bytes
    from isa_analysis.views.budget_diff import render_update

    budget = opt.load_budget(config)
    path = opt.lock_path(budget, lock)
    jobs = find_programs(budget, files or ())
    costs = gather(budget, jobs, cache)
    old: Lock | None = None
    try:
        old = read_lock(path)
    except InputError as problem:
        if files:
            raise
        # A whole new lock replaces a damaged one: that is how a merge conflict is resolved.
        print(render_all(problem.diagnostics), file=sys.stderr)
    if files and (reasons := mixed(old, costs)):
        print("only a part of the lock cannot be renewed, for the other programs were costed for "
              "other conditions:", file=sys.stderr)  # fmt: skip
        for reason in reasons:
            print(f"  {reason}", file=sys.stderr)
        print("  do: isa-analysis update, without files", file=sys.stderr)
        raise typer.Exit(NOT_COMPARABLE)
    new = next_lock(old, costs, partial=bool(files))
    data = dump(new).encode("utf-8", "surrogateescape")
    unchanged = Path(path).is_file() and Path(path).read_bytes() == data
    if not dry_run and not unchanged:
        write_bytes(data, path)
    write(render_update(accepted(old, new), path, dry_run, unchanged), None)
