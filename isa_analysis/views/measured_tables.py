"""Tables of measured runs: one definition for text, markdown and CSV."""

from __future__ import annotations

from collections.abc import Iterable

from isa_analysis.measured.flags import Flag
from isa_analysis.measured.join import Row
from isa_analysis.measured.result import MeasuredResult
from isa_analysis.table import Column, Table, Value

RUN_COLUMNS = (
    Column("name", "name"),
    Column("part", "part"),
    Column("format", "format"),
    Column("path", "file"),
    Column("line", "line", "count"),
    Column("total_cycles", "total", "cycles"),
    Column("calls", "calls", "count"),
    Column("cycles_per_call", "measured per call", "cycles"),
    Column("estimate", "estimate of"),
    Column("estimated_cycles", "estimated", "cycles"),
    Column("error_percent", "error", "percent"),
    Column("read_bytes", "HBM read", "bytes"),
    Column("estimated_read_bytes", "read, estimated", "bytes"),
    Column("written_bytes", "HBM written", "bytes"),
    Column("estimated_written_bytes", "written, estimated", "bytes"),
    Column("lower_bound_cycles", "at least", "cycles"),
    Column("flags", "flags"),
)
#: Columns that a reader's table has only where a row has something in them.
_OPTIONAL = {
    "part", "total_cycles", "calls", "estimate", "estimated_cycles", "error_percent", "read_bytes",
    "estimated_read_bytes", "written_bytes", "estimated_written_bytes", "flags",
}  # fmt: skip
#: Columns of the exact formats only.
_EXACT = {"format", "path", "line", "lower_bound_cycles"}


def codes(flags: Iterable[Flag]) -> str | None:
    """The codes of ``flags``, each once."""
    return ", ".join(dict.fromkeys(f.code for f in flags)) or None


def run_values(row: Row) -> tuple[Value, ...]:
    """The cells of :data:`RUN_COLUMNS`."""
    m, e = row.measurement, row.estimate
    return (
        m.name, m.part or None, m.format, m.path or None, m.line or None, m.total_cycles, m.calls,
        m.cycles, e.name if e else None, e.cycles if e else None, row.error_percent,
        m.read_bytes, e.read_bytes if e else None, m.written_bytes, e.written_bytes if e else None,
        e.lower_bound_cycles if e else None, codes(row.flags),
    )  # fmt: skip


def runs(found: MeasuredResult, exact: bool = False) -> Table:
    """One row per measured run or part; without ``exact``, without columns that say nothing."""
    rows = [run_values(row) for row in found.joined.rows]
    table = Table("Measured results", RUN_COLUMNS, tuple(rows), "" if exact else summary(found))
    return table if exact else _readable(table)


def _readable(table: Table) -> Table:
    """Without columns for exact formats, and those in which nothing is said."""
    keys = [c.key for c in table.columns]
    said = {
        key for i, key in enumerate(keys) if any(row[i] is not None for row in table.rows)
    } | {key for key in keys if key not in _OPTIONAL}  # fmt: skip
    if all(row[keys.index("calls")] in (None, 1) for row in table.rows):
        said -= {"total_cycles", "calls"}
    for way in ("read", "written"):
        if f"{way}_bytes" not in said:
            said.discard(f"estimated_{way}_bytes")
    kept = [i for i, key in enumerate(keys) if key in said and key not in _EXACT]
    rows = tuple(tuple(row[i] for i in kept) for row in table.rows)
    return Table(table.title, tuple(table.columns[i] for i in kept), rows, table.note)


def summary(found: MeasuredResult) -> str:
    """What may be concluded from the rows, in one sentence."""
    rows, mean = found.joined.rows, found.joined.mean
    out = []
    if mean.of:
        if mean.value is None:
            out.append(f"Nothing to compare: 0 of {mean.of} rows with an estimate can be used.")
        else:
            errors = [abs(r.error_percent) for r in rows if r.error_percent is not None]
            out.append(
                f"Geometric mean of estimated / measured: {mean.value:.4f} "
                f"({mean.percent:+.2f} %) over {mean.n_of_m} rows with an estimate; "
                f"largest error {max(errors):.2f} %. "
                "Error: (estimate - measured) / measured, per call."
            )
    flagged = sum(bool(r.flags) for r in rows)
    if flagged:
        out.append(f"{flagged} of {len(rows)} rows are flagged and leave the means.")
    return " ".join(out)


def flags(found: MeasuredResult) -> Table | None:
    """Why rows, arenas and numTiles arrays are flagged."""
    rows: list[tuple[Value, ...]] = [
        (r.measurement.name, r.measurement.part or None, f.code, f.reason)
        for r in found.joined.rows
        for f in r.flags
    ]
    rows += [(a.name, None, f.code, f.reason) for a in found.arenas for f in a.flags]
    rows += [(t.node, t.level or None, f.code, f.reason) for t in found.tilings for f in t.flags]
    columns = (
        Column("name", "name"),
        Column("part", "part"),
        Column("code", "flag"),
        Column("reason", "reason"),
    )
    return Table("Flags", columns, tuple(rows)) if rows else None


def notes(found: MeasuredResult) -> Table | None:
    """What is to be known about rows and arenas that are in order."""
    rows: list[tuple[Value, ...]] = [
        (r.measurement.name, r.measurement.part or None, note)
        for r in found.joined.rows
        for note in r.measurement.notes
    ]
    rows += [(a.name, None, note) for a in found.arenas for note in a.notes]
    columns = (Column("name", "name"), Column("part", "part"), Column("note", "note"))
    return Table("Notes", columns, tuple(rows)) if rows else None


def files(found: MeasuredResult) -> Table:
    """What each file was taken for, and why."""
    rows = tuple((f.path, f.format, f.why) for f in found.files)
    columns = (Column("path", "file"), Column("format", "format"), Column("why", "recognised by"))
    return Table("Files", columns, rows, "; ".join(found.notes))


def estimates(found: MeasuredResult) -> Table | None:
    """Where each estimate comes from, and the least that the busiest engine needs."""
    used = dict.fromkeys(r.estimate for r in found.joined.rows if r.estimate is not None)
    rows = tuple(
        (
            e.name, e.path or None, e.board or None, e.model or None, e.cycles,
            e.lower_bound_cycles, e.engine or None, "; ".join(e.incomplete) or None,
        )
        for e in used
    )  # fmt: skip
    columns = (
        Column("name", "estimate"),
        Column("path", "file"),
        Column("board", "board"),
        Column("model", "timing/memory model"),
        Column("cycles", "cycles", "cycles"),
        Column("lower_bound_cycles", "at least", "cycles"),
        Column("engine", "busiest engine"),
        Column("incomplete", "left out"),
    )
    note = "At least: the compute cycles of the busiest engine, which no overlap can hide."
    return Table("Estimates", columns, rows, note) if rows else None


def facts(found: MeasuredResult) -> Table | None:
    """Further figures of the runs: weights, instructions, checked results, resources."""
    rows: list[tuple[Value, ...]] = []
    for r in found.joined.rows:
        m = r.measurement
        for key, value in (*m.settings, *m.facts):
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            rows.append((m.name, m.part or None, key, shown))
    columns = (
        Column("name", "name"),
        Column("part", "part"),
        Column("key", "setting or figure"),
        Column("value", "value", "count"),
    )
    return Table("Settings and figures", columns, tuple(rows)) if rows else None
