"""Sections of rows: arrays under declared column names, checked column by column."""

from __future__ import annotations

from typing import Any

from isa_analysis.config.documents import Loc, describe
from isa_analysis.timeline.checks import Checks
from isa_analysis.timeline.levels import LIFECYCLE, Level
from isa_analysis.timeline.schema import (
    LIFECYCLE_COLUMNS,
    OPTIONAL,
    REQUIRED,
    ROWS,
    TEXT_COLUMNS,
)

#: Columns that may be -1: none.
_FROM_MINUS_ONE = frozenset({"loop", "span"})
#: Columns of spans whose cells may be null.
_NULLABLE = frozenset({"pc_begin", "pc_end", "busy", "kernel", "number", "handled", "ref"})


def read_rows(
    checks: Checks, value: object, columns: dict[str, Any], section: str, level: Level, rev: int
) -> tuple[Any, ...]:
    """The records of ``section``; () when something is wrong with it."""
    names = _columns(checks, columns, section, level, rev)
    rows = checks.items(value, (section,))
    if names is None:
        return ()
    record: Any = ROWS[section]
    before = len(checks.problems) + checks.omitted
    width = len(names)
    for i, row in enumerate(rows):
        if type(row) is not list or len(row) != width:
            said = f"{len(row)} values" if isinstance(row, list) else describe(row)
            checks.problem(
                (section, i), "E512", f"{section}[{i}] must be a list of {width} values, one per "
                f"column, found {said}",
            )  # fmt: skip
    if len(checks.problems) + checks.omitted > before or not rows:
        return ()
    by_name = dict(zip(names, zip(*rows, strict=True), strict=True))
    for name, cells in by_name.items():
        _check_column(checks, section, name, names.index(name), cells)
    if "start" in by_name:
        _check_intervals(checks, section, by_name)
    if len(checks.problems) + checks.omitted > before:
        return ()
    nothing = (None,) * len(rows)
    ordered = [by_name.get(name, nothing) for name in record._fields]
    return tuple(map(record._make, zip(*ordered, strict=True)))


def _columns(
    checks: Checks, columns: dict[str, Any], section: str, level: Level, rev: int
) -> tuple[str, ...] | None:
    """The declared columns of ``section``, once they are known and complete."""
    at: Loc = ("columns", section)
    if section not in columns:
        checks.problem(("columns",), "E513", f"columns lacks {section!r}")
        return None
    names = checks.texts(columns[section], at)
    required = REQUIRED[section]
    if section == "spans" and level.has(LIFECYCLE):
        required += LIFECYCLE_COLUMNS
    optional = tuple(name for name, since in OPTIONAL[section].items() if since <= rev)
    good = True
    for i, name in enumerate(names):
        problem = ""
        if name in names[:i]:
            problem = f"column {name!r} is declared twice"
        elif name in LIFECYCLE_COLUMNS and section == "spans" and name not in required:
            problem = f"column {name!r} does not belong to level {level.effective}"
        elif name not in required + optional:
            problem = f"unknown column {name!r} in {section} (schema_rev {rev})"
        if problem:
            checks.problem((*at, i), "E514", problem, f"known: {', '.join(required + optional)}")
            good = False
    for name in required:
        if name not in names:
            checks.problem(at, "E514", f"{section} lacks column {name!r}")
            good = False
    return names if good else None


def _check_column(checks: Checks, section: str, name: str, at: int, cells: tuple[Any, ...]) -> None:
    wanted: type = str if name in TEXT_COLUMNS else int
    allowed = {wanted, type(None)} if name in _NULLABLE else {wanted}
    least = -1 if name in _FROM_MINUS_ONE else 0
    kinds = set(map(type, cells))
    if kinds <= allowed and (
        wanted is str or min((c for c in cells if c is not None), default=0) >= least
    ):
        return
    what = "text" if wanted is str else f"an integer of {least} or more"
    for i, cell in enumerate(cells):
        if type(cell) not in allowed or (wanted is int and cell is not None and cell < least):
            checks.problem(
                (section, i, at), "E512",
                f"{section}[{i}].{name} must be {what}, found {describe(cell)}",
            )  # fmt: skip


def _check_intervals(checks: Checks, section: str, cells: dict[str, tuple[Any, ...]]) -> None:
    for i, (start, end) in enumerate(zip(cells["start"], cells["end"], strict=True)):
        if type(start) is int and type(end) is int and end < start:
            checks.problem((section, i), "E515", f"{section}[{i}] ends at {end}, before {start}")
