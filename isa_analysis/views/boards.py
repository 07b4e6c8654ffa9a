"""Boards for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isa_analysis.boards import LoadedBoard
from isa_analysis.diagnostics import printable
from isa_analysis.table import Column, Table


def board_list(boards: Sequence[LoadedBoard]) -> Table:
    """One row per board."""
    rows = tuple(
        (
            b.board.name,
            b.clock_hz // 1000 / 1000,
            b.board.memory.type,
            b.board.memory.timing_model,
            f"{b.board.machine.mlen}/{b.board.machine.vlen}/{b.board.machine.blen}",
            printable(b.board.description or ""),
        )
        for b in boards
    )
    columns = (
        Column("name", "name"),
        Column("clock_mhz", "MHz", "ratio"),
        Column("memory", "memory"),
        Column("timing", "memory timing"),
        Column("machine", "MLEN/VLEN/BLEN"),
        Column("description", "description"),
    )
    return Table("Boards", columns, rows)


def render_board(loaded: LoadedBoard) -> str:
    """All sections and values of a board, with where it came from."""
    lines = [
        f"{printable(loaded.board.name)}: {printable(loaded.path)}, sha256 {loaded.sha256}",
        *(f"overridden: {printable(o)}" for o in loaded.overrides),
    ]
    _section(loaded.board.model_dump(exclude_none=True), lines, 0)
    return "\n".join(lines) + "\n"


def _section(values: dict[str, Any], lines: list[str], depth: int) -> None:
    pad = "  " * depth
    width = max((len(k) for k, v in values.items() if not isinstance(v, dict)), default=0)
    for key, value in values.items():
        if isinstance(value, dict):
            lines.append(f"{pad}{key}:")
            _section(value, lines, depth + 1)
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            lines.append(f"{pad}{key}:")
            lines += [
                f"{pad}  - " + ", ".join(f"{k} {v}" for k, v in item.items()) for item in value
            ]
        else:
            text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
            lines.append(f"{pad}{key:<{width}}  {printable(str(text))}")
