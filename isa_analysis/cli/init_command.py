"""``isa-analysis init [FILES...]``: a first budget and lock."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from isa_analysis.cli.options import BoardOption


def init(
    files: Annotated[
        Optional[list[str]],
        typer.Argument(help="Programs; default: every *.asm below this folder."),
    ] = None,
    board: BoardOption = "v80",
    exclude: Annotated[
        Optional[list[str]],
        typer.Option("--exclude", help="Pattern of files to leave out. Repeatable."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a budget and lock that are there.")
    ] = False,
) -> None:
    """Write isa-budget.yaml and isa-budget.lock.json: no program may cost more than now."""
    from pathlib import Path

    from isa_analysis.budget.config import CONFIG_NAMES, parse_config
    from isa_analysis.budget.costs import gather
    from isa_analysis.budget.discover import find_programs, relative
    from isa_analysis.budget.initial import initial_config
    from isa_analysis.budget.lock import LOCK_NAME, dump
    from isa_analysis.budget.update import accepted, next_lock
    from isa_analysis.config import read_yaml
    from isa_analysis.diagnostics import error
    from isa_analysis.output import write, write_bytes
    from isa_analysis.views.budget_diff import render_update

    config = CONFIG_NAMES[0]
    for name in (*CONFIG_NAMES, LOCK_NAME):
        if Path(name).exists() and not force:
            raise error(
                "E204", "is there already", path=name, hint="--force replaces it; or: update"
            )
    names = [relative(Path(), name) for name in files] if files else ["**/*.asm"]
    for name in files or ():
        if not Path(name).is_file():
            raise error("E201", "no such file", path=name)
    text = initial_config(names, exclude or (), board)
    budget = parse_config(read_yaml(text, config))
    jobs = find_programs(budget)
    if not jobs:
        raise error("E404", "no program is left", path=config, hint="look at --exclude")
    lock = next_lock(None, gather(budget, jobs), partial=False)
    write_bytes(text.encode("utf-8", "surrogateescape"), config)
    write_bytes(dump(lock).encode("utf-8", "surrogateescape"), LOCK_NAME)
    write(
        f"wrote {config}\n\n" + render_update(accepted(None, lock), LOCK_NAME, False, False), None
    )
