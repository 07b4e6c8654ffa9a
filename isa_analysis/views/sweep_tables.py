"""The table of a sweep, and the words around it that every format shares."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from isa_analysis.diagnostics import printable
from isa_analysis.report import words
from isa_analysis.sweep.model import Row, Sweep
from isa_analysis.sweep.objectives import OBJECTIVES
from isa_analysis.table import Column, Kind, Table, Value, one_line

_Cell = Callable[[Row], Value]

#: Axes that a point holds in fields of its own.
_OWN: dict[str, _Cell] = {
    "file": lambda r: printable(r.point.file),
    "board": lambda r: printable(r.point.board),
    "timing": lambda r: r.point.timing,
    "memory": lambda r: r.point.memory,
    "memory_model": lambda r: r.point.memory_model or None,
    "capacity": lambda r: r.point.capacity,
    "host_bandwidth": lambda r: _rate(r.point.host_bandwidth),
}
_TITLES = {
    "capacity": "capacity (bytes)",
    "host_bandwidth": "host bandwidth (bytes/s)",
    "clock_mhz": "clock (MHz)",
    "memory_model": "memory model",
}


def full_table(sweep: Sweep) -> Table:
    """Every axis and figure of every point, for programs to read."""
    columns, cells = _axes(sweep, [name for name, _ in sweep.axes])
    figures: list[tuple[Column, _Cell]] = [
        (Column("status", "status"), lambda r: r.outcome.status),
        (Column("code", "code"), lambda r: r.outcome.code or None),
        (Column("reason", "reason"), lambda r: printable(r.outcome.reason) or None),
        (Column("clock_hz", "clock", "count"), _machine("clock_hz")),
        (Column("dynamic_instructions", "executed", "count"), lambda r: r.outcome.dynamic),
        (Column("compute_cycles", "compute", "cycles"), lambda r: r.outcome.compute_cycles),
        (Column("memory_cycles", "memory", "cycles"), lambda r: r.outcome.memory_cycles),
        (Column("total_cycles", "total", "cycles"), lambda r: r.outcome.total_cycles),
        (Column("seconds", "s", "ratio"), lambda r: r.seconds),
        (Column("power_w", "W", "ratio"), _machine("power_w")),
        (Column("energy_j", "J at most", "ratio"), lambda r: r.energy_j),
        (Column("complete", "complete"), lambda r: "yes" if r.outcome.complete else "no"),
        (Column("warnings", "warnings"), _warnings),
    ]
    if sweep.manifest:
        figures += [
            (Column("regime", "regime"), _system("regime")),
            (Column("capacity_bytes", "capacity", "bytes"), _system("capacity")),
            (Column("swaps", "swaps", "count"), _system("swaps")),
            (Column("swapped_bytes", "swapped", "bytes"), _system("swapped_bytes")),
            (Column("streamed_bytes", "streamed", "bytes"), _system("streamed_bytes")),
        ]
    figures.append((Column("pareto", "pareto"), lambda r: "yes" if r.pareto else "no"))
    columns += [column for column, _ in figures]
    cells += [cell for _, cell in figures]
    rows = tuple(tuple(cell(row) for cell in cells) for row in sweep.rows)
    return Table("Sweep", tuple(columns), rows)


def short_table(sweep: Sweep) -> Table:
    """What differs between the points, their cost, their objectives, and what is wrong."""
    columns, cells = _axes(sweep, sweep.varied)
    figures: list[tuple[Column, _Cell]] = [
        (Column("total_cycles", "cycles", "cycles"), lambda r: r.outcome.total_cycles),
        (Column("ms", "ms", "ms"), lambda r: None if r.seconds is None else 1e3 * r.seconds),
    ]
    if any(row.outcome.system for row in sweep.rows):
        figures += [
            (Column("regime", "regime"), _system("regime")),
            (Column("linked", "over the link (bytes)", "bytes"), _linked),
        ]
    shown = {"time", "cycles", *sweep.varied}
    for at, name in enumerate(sweep.objectives):
        if name not in shown:
            o = OBJECTIVES[name]
            column = Column(name, f"{name.replace('_', ' ')} ({o.unit})", o.kind)
            figures.append((column, _objective(at)))
    figures.append((Column("pareto", "Pareto"), lambda r: "*" if r.pareto else ""))
    if any(row.outcome.reason for row in sweep.rows):
        figures.append((Column("reason", "what is wrong"), _wrong))
    columns += [column for column, _ in figures]
    cells += [cell for _, cell in figures]
    rows = tuple(tuple(cell(row) for cell in cells) for row in sweep.rows)
    return Table("Points", tuple(columns), rows)


def facts(sweep: Sweep) -> list[tuple[str, str]]:
    """Name and text of what holds for the whole sweep."""
    varied = [f"{n} ({len(v)})" for n, v in sweep.axes if len(v) > 1]
    fixed = [f"{n} {printable(v[0])}" for n, v in sweep.axes if len(v) == 1 and n != "file"]
    out = [("Sweep", words.count(len(sweep.rows), "point") + (
        f": {' x '.join(varied)}" if varied else ""
    ))]  # fmt: skip
    out += [("Input", f"{printable(i.path)} (sha256 {i.sha256[:12]})") for i in sweep.inputs]
    if sweep.manifest:
        out.append(("Manifest", printable(sweep.manifest)))
    if fixed:
        out.append(("Fixed", ", ".join(fixed)))
    out.append(("Pareto", _pareto(sweep)))
    wrong = failing(sweep)
    if wrong:
        out.append(("Failing", wrong))
    return out


def failing(sweep: Sweep) -> str:
    """How many points have something wrong with them; empty when none has."""
    faults, failed = sweep.count("faults"), sweep.count("failed")
    parts = []
    if faults:
        parts.append(
            f"at {words.count(faults, 'point')} the machine would stop: figures are shown, and "
            "they count for no Pareto set"
        )
    if failed:
        parts.append(f"{words.count(failed, 'point')} without figures")
    return "; ".join(parts)


def objective_text(name: str) -> str:
    """``time (s)``."""
    return f"{name.replace('_', ' ')} ({OBJECTIVES[name].unit})"


def _pareto(sweep: Sweep) -> str:
    count = sum(row.pareto for row in sweep.rows)
    names = words.listed([objective_text(name) for name in sweep.objectives])
    if not count:
        return f"no point that runs has {names}{_lacking(sweep)}"
    verb = "is" if count == 1 else "are"
    meaning = (
        f"no other is at least as good in {names} and better in one"
        if len(sweep.objectives) > 1
        else f"no other has less {names}"
    )
    among = _among(sweep)
    return f"{words.count(count, 'point')} {verb} marked *: {meaning}{among}"


def _among(sweep: Sweep) -> str:
    """What compared points have in common, where that is not everything."""
    several = [n for n in ("file", "timing", "memory", "memory_model") if n in sweep.varied]
    return f" among those of the same {words.listed(several)}" if several else ""


def _lacking(sweep: Sweep) -> str:
    usable = [row for row in sweep.rows if row.outcome.status == "ok"]
    missing = [
        name
        for name in sweep.objectives
        if usable and all(OBJECTIVES[name].value(row) is None for row in usable)
    ]
    return f" (nothing states {words.listed(missing)})" if missing else ""


def _title(name: str) -> str:
    return _TITLES.get(name, name)


def _axes(sweep: Sweep, names: object) -> tuple[list[Column], list[_Cell]]:
    columns: list[Column] = []
    cells: list[_Cell] = []
    for name in names:  # type: ignore[attr-defined]
        kind: Kind = "bytes" if name in ("capacity", "host_bandwidth") else "text"
        columns.append(Column(name, _title(name), kind))
        cells.append(_OWN.get(name) or _setting(name))
    return columns, cells


def _rate(value: Fraction | None) -> Value:
    return value if value is None else int(value) if value.denominator == 1 else float(value)


def _setting(name: str) -> _Cell:
    def cell(row: Row) -> Value:
        return printable(dict(row.point.settings)[name])

    return cell


def _system(name: str) -> _Cell:
    def cell(row: Row) -> Value:
        found: Value = getattr(row.outcome.system, name, None)
        return found

    return cell


def _machine(name: str) -> _Cell:
    def cell(row: Row) -> Value:
        found: Value = getattr(row.machine, name, None)
        return found

    return cell


def _linked(row: Row) -> Value:
    system = row.outcome.system
    return None if system is None else system.swapped_bytes + system.streamed_bytes


def _objective(at: int) -> _Cell:
    return lambda row: row.objectives[at]


def _warnings(row: Row) -> Value:
    return printable("; ".join(f"{c}: {text}" for c, text in row.outcome.warnings)) or None


def _wrong(row: Row) -> Value:
    code = f"{row.outcome.code}: " if row.outcome.code else ""
    return one_line(code + row.outcome.reason, 100) if row.outcome.reason else ""
