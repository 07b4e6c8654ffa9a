"""The first budget of a project."""

from __future__ import annotations

import json
from collections.abc import Sequence

_LIMITS = """\
limits:
  no more cycles:
    metric: total_cycles
    max_increase: 0
    message: find out which loop grew, or accept the cost with isa-analysis update
  no more instructions:
    metric: dynamic_instructions
    max_increase: 0
    message: find out which loop grew, or accept the cost with isa-analysis update
"""


def initial_config(files: Sequence[str], exclude: Sequence[str], board: str) -> str:
    """The text of ``isa-budget.yaml`` for ``files`` (names or patterns): limits relative to the
    lock, with tolerance 0."""
    lines = [
        "# Cost budgets of the PLENA programs of this project.",
        "# isa-analysis check compares with isa-budget.lock.json; isa-analysis update accepts.",
        "version: 1",
        f"board: {_scalar(board)}",
        "programs:",
        "  all:",
        "    files:",
        *(f"      - {_scalar(name)}" for name in files),
    ]
    if exclude:
        lines += ["    exclude:", *(f"      - {_scalar(name)}" for name in exclude)]
    return "\n".join(lines) + "\n" + _LIMITS


def _scalar(text: str) -> str:
    """``text`` as a YAML scalar; JSON's double quotes are YAML's."""
    return json.dumps(text, ensure_ascii=False)
