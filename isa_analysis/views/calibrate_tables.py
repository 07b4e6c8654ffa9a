"""The tables of a calibration."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.calibrate.errors import SMALL_TOTAL, Compared, Quality, quality
from isa_analysis.calibrate.findings import combination_text
from isa_analysis.calibrate.model import LeftOut
from isa_analysis.calibrate.run import Calibration
from isa_analysis.diagnostics import printable
from isa_analysis.table import Column, Table, Value

#: What errors are summed over, and how the tables call it.
GROUPS = {
    "compute": "compute cycles",
    "total": f"total above {SMALL_TOTAL:,} cycles",
    "small_total": f"total up to {SMALL_TOTAL:,} cycles",
}
WHICH = ("before", "after", "held_out")


def of_group(calibration: Calibration, group: str) -> list[Compared]:
    """The compared runs of one of ``GROUPS``."""
    if group == "compute":
        return list(calibration.compute)
    small = group == "small_total"
    return [c for c in calibration.total if (c.measured <= SMALL_TOTAL) == small]


def tables(calibration: Calibration, top: int) -> list[Table]:
    """The tables of the report; ``top`` limits the rows of the long ones, which then say so."""
    out = [_parameters(calibration)]
    if calibration.combinations:
        out.append(_combinations(calibration))
    out += [_errors(calibration), _families(calibration, top), _runs(calibration, top)]
    if calibration.outliers:
        out.append(_left_out("Outliers, set aside", calibration.outliers, top))
    if calibration.left_out:
        out.append(_left_out("Not used", calibration.left_out, top))
    return out


def _parameters(c: Calibration) -> Table:
    rows = [
        (
            f.parameter.name,
            f.parameter.unit,
            _number(f.parameter.value),
            _number(f.value),
            f.status,
            "-" if f.error is None else "exact" if f.error == 0 else f"{f.error:.2g}",
            f.runs,
            f.programs,
            f.reason,
        )
        for f in c.findings
    ]
    columns = (
        Column("parameter", "parameter"),
        Column("unit", "unit"),
        Column("before", "board", "count"),
        Column("value", "now", "count"),
        Column("status", "status"),
        Column("standard_error", "std. error", "count"),
        Column("runs", "runs", "count"),
        Column("programs", "programs", "count"),
        Column("reason", "why"),
    )
    note = "undetermined and kept: the value is the board's, no measurement stands behind it"
    missing = any(f.status == "undetermined" for f in c.findings)
    return Table("Parameters", columns, tuple(rows), note if missing else "")


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.6g}"


def _combinations(c: Calibration) -> Table:
    board = {f.parameter.name: f.parameter.value for f in c.findings}
    rows = tuple(
        (combination_text(one), f"{one.total:.6g}", f"{one.of(board):.6g}")
        for one in c.combinations
    )
    columns = (
        Column("combination", "combination"),
        Column("measured", "measured", "count"),
        Column("board", "board", "count"),
    )
    note = "each parameter keeps the board's value; a program that tells them apart would settle it"
    return Table("Determined only together", columns, rows, note)


def _errors(c: Calibration) -> Table:
    rows: list[tuple[Value, ...]] = []
    for key, title in GROUPS.items():
        for which in WHICH:
            q = quality(of_group(c, key), which)
            if q is not None:
                rows.append((title, _WORDS[which], *_quality(q)))
    columns = (
        Column("what", "of"),
        Column("values", "values"),
        Column("runs", "runs", "count"),
        Column("mean", "mean error", "text"),
        Column("within", "within 2 %", "percent"),
        Column("worst", "worst", "text"),
        Column("worst_cycles", "most cycles", "cycles"),
        Column("run", "worst run"),
    )
    note = "held out: each family by a fit that saw none of its runs"
    if len(c.families) < 2:
        note = "all programs are of one family: there is nothing to hold out"
    return Table("Errors", columns, tuple(rows), note)


_WORDS = {"before": "board's", "after": "fitted", "held_out": "held out"}


def _quality(q: Quality) -> tuple[Value, ...]:
    cycles = int(q.worst_cycles) if q.worst_cycles.is_integer() else q.worst_cycles
    return (
        q.runs, f"{q.mean:.3%}", 100 * q.within_2_percent, f"{q.worst:.2%}", cycles,
        printable(q.worst_run) if q.worst else "",
    )  # fmt: skip


def _families(c: Calibration, top: int) -> Table:
    rows = []
    for family in sorted(c.families, key=lambda f: (-f.runs, f.name)):
        mine = [e for e in c.total if e.family == family.name] or [
            e for e in c.compute if e.family == family.name
        ]
        q = quality(mine, "held_out")
        rows.append(
            (
                printable(family.name), len(family.programs), family.runs,
                f"{q.mean:.3%}" if q else "-", f"{q.worst:.2%}" if q else "-",
            )
        )  # fmt: skip
    columns = (
        Column("family", "family"),
        Column("programs", "programs", "count"),
        Column("runs", "runs", "count"),
        Column("mean", "held-out mean", "text"),
        Column("worst", "held-out worst", "text"),
    )
    return _cut("Families", columns, rows, top)


def _runs(c: Calibration, top: int) -> Table:
    compared = c.total or c.compute
    what = "Total cycles" if c.total else "Compute cycles"
    worst = sorted(compared, key=lambda e: (-abs(e.error(e.after) or 0.0), e.run))
    rows = [
        (
            printable(e.run),
            e.measured,
            e.after,
            *(_percent(e.error(v)) for v in (e.before, e.after, e.held_out)),
            "outlier" if e.set_aside else "",
        )
        for e in worst
    ]
    columns = (
        Column("run", "run"),
        Column("measured", "measured", "cycles"),
        Column("after", "fitted", "cycles"),
        Column("error_before", "board's error"),
        Column("error_after", "fitted error"),
        Column("error_held_out", "held out"),
        Column("set_aside", ""),
    )
    return _cut(f"{what} by run, largest error first", columns, rows, top)


def _percent(error: float | None) -> str:
    return "-" if error is None else f"{error:+.2%}"


def _left_out(title: str, entries: Sequence[LeftOut], top: int) -> Table:
    """Entries of one reason together, with the first run of each."""
    groups: dict[tuple[str, str, str], list[LeftOut]] = {}
    for entry in entries:
        groups.setdefault((entry.code, entry.what, entry.reason), []).append(entry)
    rows = []
    for (code, what, reason), mine in groups.items():
        first = mine[0]
        numbers = ""
        if first.measured is not None and first.modelled is not None:
            numbers = f"{first.measured:,.6g} measured, {first.modelled:,.6g} modelled {first.unit}"
        rows.append((code, len(mine), what, reason, printable(first.run), numbers))
    columns = (
        Column("code", "code"),
        Column("runs", "runs", "count"),
        Column("what", "of it"),
        Column("reason", "why"),
        Column("first", "for example"),
        Column("numbers", "there"),
    )
    return _cut(title, columns, rows, top)


def _cut(
    title: str, columns: tuple[Column, ...], rows: Sequence[tuple[Value, ...]], top: int
) -> Table:
    note = f"{len(rows) - top} more rows: --top or --format json" if len(rows) > top else ""
    return Table(title, columns, tuple(rows[:top]), note)
