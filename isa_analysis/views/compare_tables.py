"""The tables of a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from isa_analysis.compare.model import Cell, Comparison, Row
from isa_analysis.compare.variant import Variant
from isa_analysis.profiling.model import Cost
from isa_analysis.report import words
from isa_analysis.report.model import ReportTable
from isa_analysis.table import Column, Table, Value, one_line
from isa_analysis.views.budget_sentences import signed

_T = TypeVar("_T")
#: A variant's figures that are no cycles.
_Pick = Callable[[Variant, Cell], Value]


def moved_bytes(variant: Variant, cost: Cost) -> int | None:
    """HBM bus bytes, both ways; None where they were not followed."""
    return cost.hbm_read_bytes + cost.hbm_write_bytes if variant.has_bytes else None


def size(count: int | None) -> str | None:
    """Bytes for a reader, in binary units."""
    return None if count is None else words.size(count)


def yes_no(value: bool | None) -> str:
    """A verdict; ``unknown`` where it cannot be told."""
    return "unknown" if value is None else "yes" if value else "no"


def codes(cell: Cell) -> str | None:
    """The flags of a cell in one word each."""
    found = dict.fromkeys(f.code for f in (*cell.flags, *cell.measured_flags))
    return ", ".join(found) or None


def ratio(cell: Cell, first: bool) -> Value:
    """The ratio to the first variant, ``n/a`` where it means nothing."""
    if first:
        return None
    if any(f.code == "IDENTICAL" for f in cell.flags):
        return "n/a"
    return cell.ratio


def program_table(c: Comparison) -> ReportTable:
    """One row per variant: the whole program."""
    clocks = len({v.board.clock_hz for v in c.variants}) > 1
    rows: list[tuple[Value, ...]] = []
    for i, (v, cell) in enumerate(zip(c.variants, c.whole.cells, strict=True)):
        ms = v.milliseconds(v.whole.cycles)
        base = c.variants[0].milliseconds(c.variants[0].whole.cycles)
        rows.append(
            (
                one_line(v.label, 40), one_line(v.board.name, 24), v.whole.cost.static,
                v.whole.cost.dynamic, v.whole.cycles, v.whole.overlapped, ms,
                *_measured(c.has_measurements, cell),
                size(moved_bytes(v, v.whole.cost)), size(v.whole.peak_bytes),
                yes_no(v.whole.fits), ratio(cell, not i),
                *((ms / base if i and base else None,) if clocks else ()),
                codes(cell),
            )
        )  # fmt: skip
    columns = (
        Column("variant", "variant"),
        Column("board", "board"),
        Column("static", "static", "count"),
        Column("dynamic", "executed", "count"),
        Column("cycles", "estimated cycles", "cycles"),
        Column("overlapped", "memory hidden", "cycles"),
        Column("ms", "ms", "ms"),
        *_measured_columns(c.has_measurements, ""),
        Column("bytes", "bytes moved", "bytes"),
        Column("peak", "on-chip peak", "bytes"),
        Column("fits", "fits"),
        Column("ratio", "ratio", "ratio"),
        *((Column("time_ratio", "time ratio", "ratio"),) if clocks else ()),
        Column("flags", "flags"),
    )
    note = (
        f"Ratios are against {one_line(c.variants[0].label, 40)}. Memory hidden: max(compute, "
        "memory), as a perfect double buffer has it; the estimate hides nothing."
    )
    return ReportTable("program", Table("Program", columns, tuple(rows), note))


def _measured(wanted: bool, cell: Cell) -> tuple[Value, ...]:
    if not wanted:
        return ()
    return (cell.measured, cell.error_percent, cell.measured_ratio)


def _measured_columns(wanted: bool, prefix: str, key: str = "") -> tuple[Column, ...]:
    if not wanted:
        return ()
    return (
        Column(f"measured{key}", f"{prefix}measured", "cycles"),
        Column(f"error_percent{key}", f"{prefix}error", "percent"),
        Column(f"measured_ratio{key}", f"{prefix}measured ratio", "ratio"),
    )


def kernel_table(c: Comparison, top: int | None) -> ReportTable:
    """Cycles per kernel and variant; the sum row holds the geometric means."""
    rows: list[tuple[Value, ...]] = []
    several = len(c.variants) > 2
    measured = any(cell.measured is not None for row in c.rows for cell in row.cells)
    shown, rest = cut(c.rows, top)
    for row in shown:
        out: list[Value] = [one_line(row.label, 60)]
        for i, cell in enumerate(row.cells):
            out.append(cell.figures.cycles if cell.figures else None)
            out += _measured(measured, cell)
            if i:
                out.append(ratio(cell, False))
        if not several:
            out += [_delta(row), row.cells[1].status]
        out.append(_row_codes(c, row))
        rows.append(tuple(out))
    if rest:
        blank: tuple[Value, ...] = (None,) * 3 if measured else ()
        out = [f"({len(rest)} more)"]
        for i in range(len(c.variants)):
            out.append(sum(_cycles(r.cells[i]) for r in rest))
            out += blank
            if i:
                out.append(None)
        if not several:
            out += [signed(sum(_grown(r) for r in rest)), None]
        rows.append((*out, None))
    columns: list[Column] = [Column("kernel", "kernel")]
    for i, v in enumerate(c.variants):
        label = one_line(v.label, 30)
        columns.append(Column(f"cycles_{i}", label, "cycles"))
        columns += _measured_columns(measured, f"{label} ", f"_{i}")
        if i:
            columns.append(Column(f"ratio_{i}", f"ratio {label}" if several else "ratio", "ratio"))
    if not several:
        columns += [Column("delta", "change", "cycles"), Column("status", "status")]
    columns.append(Column("flags", "flags"))
    note = (
        "The last row is the geometric mean over the kernels without flags that speak against it."
    )
    if rest:
        note += " --top N shows more kernels."
    table = Table("Kernels (estimated cycles)", tuple(columns), tuple(rows), note)
    return ReportTable("kernels", table, _mean_row(c, several, measured))


def _mean_row(c: Comparison, several: bool, measured: bool) -> tuple[Value, ...]:
    out: list[Value] = [f"geometric mean, {c.means[1].ratio.n_of_m} kernels" if not several
                        else "geometric mean"]  # fmt: skip
    for i in range(len(c.variants)):
        means = c.means[i]
        out.append(f"{means.ratio.n_of_m} kernels" if i and several else None)
        if measured:
            out += [
                f"{means.error.n_of_m} kernels", means.error.percent, means.measured_ratio.value,
            ]  # fmt: skip
        if i:
            out.append(means.ratio.value if means.ratio.value is not None else "n/a")
    return (*out, *((None, None) if not several else ()), None)


def memory_table(c: Comparison, top: int | None) -> ReportTable:
    """Bytes moved, on-chip peak and whether it fits, per kernel and variant."""
    picks: tuple[tuple[str, str, _Pick], ...] = (
        ("bytes", "bytes moved", lambda v, x: size(moved_bytes(v, x.figures.cost))),  # type: ignore[union-attr]
        ("peak", "on-chip peak", lambda v, x: size(x.figures.peak_bytes)),  # type: ignore[union-attr]
        ("fits", "fits", lambda v, x: yes_no(x.figures.fits)),  # type: ignore[union-attr]
    )
    shown, rest = cut(c.rows, top)
    rows = tuple(
        (
            one_line(row.label, 60),
            *(
                pick(v, cell) if cell.figures else None
                for _, _, pick in picks
                for v, cell in zip(c.variants, row.cells, strict=True)
            ),
        )
        for row in shown
    )
    columns = (
        Column("kernel", "kernel"),
        *(
            Column(f"{key}_{i}", f"{title}, {one_line(v.label, 30)}",
                   "text" if key == "fits" else "bytes")
            for key, title, _ in picks
            for i, v in enumerate(c.variants)
        ),
    )  # fmt: skip
    note = (
        "Bytes moved are bus bytes, 64 per request. The on-chip peak is the highest byte used of "
        "each on-chip memory, added up."
    )
    if rest:
        note += f" {len(rest)} more kernels: --top N."
    table = Table("Kernels (HBM bytes and on-chip memories)", columns, rows, note)
    return ReportTable("kernel-memory", table, folded=True)


def flag_table(c: Comparison) -> ReportTable | None:
    """Every flag with its reason; equal codes of one variant's kernels are counted together."""
    groups: dict[tuple[str, str, bool], list[tuple[str, str]]] = {}
    for row, variant, f in c.flags:
        whole = row == c.whole.label
        groups.setdefault((f.code, variant, whole), []).append((row, f.reason))
    rows: list[tuple[Value, ...]] = []
    for (code, variant, whole), found in groups.items():
        where = "program" if whole else words.count(len(found), "kernel")
        more = f" (and {len(found) - 1} more like it)" if len(found) > 1 else ""
        rows.append((code, one_line(variant, 40), where, one_line(found[0][1], 300) + more))
    columns = (
        Column("flag", "flag"),
        Column("variant", "variant"),
        Column("rows", "rows"),
        Column("reason", "reason"),
    )
    if not rows:
        return None
    note = "A flagged row stays visible and leaves the averages."
    return ReportTable("flags", Table("Flags", columns, tuple(rows), note))


def variant_table(c: Comparison) -> ReportTable:
    """What each variant is: file, board, model, machine."""
    rows = []
    for v in c.variants:
        m = v.model.parameters
        machine = "/".join(str(m.get(key, "?")) for key in ("mlen", "vlen", "blen"))
        changed = ", ".join(one_line(o, 60) for o in v.board.overrides) or None
        rows.append(
            (
                one_line(v.label, 40), one_line(v.path, 100), one_line(v.board.name, 24),
                f"{v.board.clock_hz / 1e6:g} MHz", machine, v.model.timing, v.model.memory,
                changed, v.sha256,
            )
        )  # fmt: skip
    columns = (
        Column("variant", "variant"),
        Column("path", "file"),
        Column("board", "board"),
        Column("clock", "clock"),
        Column("machine", "MLEN/VLEN/BLEN"),
        Column("timing", "timing"),
        Column("memory", "memory"),
        Column("changed", "changed"),
        Column("sha256", "sha256"),
    )
    return ReportTable("variants", Table("Variants", columns, tuple(rows)))


def _row_codes(c: Comparison, row: Row) -> str | None:
    found: dict[str, list[str]] = {}
    for v, cell in zip(c.variants, row.cells, strict=True):
        for f in (*cell.flags, *cell.measured_flags):
            found.setdefault(f.code, []).append(one_line(v.label, 30))
    if len(c.variants) == 2:
        return ", ".join(found) or None
    return ", ".join(f"{code} ({', '.join(dict.fromkeys(v))})" for code, v in found.items()) or None


def _grown(row: Row) -> int:
    return _cycles(row.cells[1]) - _cycles(row.cells[0])


def _cycles(cell: Cell) -> int:
    return cell.figures.cycles if cell.figures else 0


def _delta(row: Row) -> str:
    return signed(_grown(row))


def cut(rows: Sequence[_T], top: int | None) -> tuple[Sequence[_T], Sequence[_T]]:
    """The rows to show and the rest, which is never a single one."""
    if top is None or len(rows) <= top + 1:
        return rows, ()
    return rows[:top], rows[top:]
