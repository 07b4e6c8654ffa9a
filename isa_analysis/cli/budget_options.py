"""What check, update and init share: finding the budget, and the option types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from isa_analysis.budget.config import Budget

ConfigOption = Annotated[
    Optional[str],
    typer.Option(
        "--config", help="Budget file; default: isa-budget.yaml or pyproject.toml, here or above."
    ),
]
LockOption = Annotated[
    Optional[str], typer.Option("--lock", help="Lock file; default: beside the budget file.")
]
CacheOption = Annotated[
    bool, typer.Option("--cache/--no-cache", help="Skip unchanged files by a content-hash cache.")
]
BudgetFiles = Annotated[
    Optional[list[str]],
    typer.Argument(help="Only these programs of the budget; default: all.", show_default=False),
]


def load_budget(config: str | None) -> Budget:
    """The budget that ``--config`` names, or the one found. Raises :class:`InputError`."""
    from isa_analysis.budget.config import find_config, load_config

    return load_config(config if config is not None else find_config(Path.cwd()))


def lock_path(budget: Budget, lock: str | None) -> str:
    """Where the lock is."""
    from isa_analysis.budget.lock import LOCK_NAME

    return lock if lock is not None else str(budget.folder / LOCK_NAME)
