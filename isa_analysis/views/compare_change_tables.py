"""The tables of what changed between two variants, and of code size against cycles."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.compare.changes import Change, Changes
from isa_analysis.compare.model import Comparison
from isa_analysis.compare.tradeoff import TradeOff
from isa_analysis.profiling.model import total
from isa_analysis.report.model import ReportTable
from isa_analysis.table import Column, Table, Value, one_line
from isa_analysis.views.budget_sentences import signed
from isa_analysis.views.compare_tables import cut


def change_tables(changes: Changes, top: int | None) -> list[ReportTable]:
    """Categories, opcodes, and kernels by what became of them."""
    to = changes.to
    moved = [o for o in changes.opcodes if o.delta or o.dynamic]
    out = [
        _change_table(f"changes-{to}-categories", "By category", "category", changes,
                      changes.categories, None, changes.categories),
        _change_table(f"changes-{to}-opcodes", "Opcodes that moved", "opcode", changes, moved,
                      top, changes.opcodes),
    ]  # fmt: skip
    for status, title in (
        ("changed", "Kernels changed"), ("renamed", "Kernels renamed"), ("added", "Kernels added"),
        ("removed", "Kernels removed"),
    ):  # fmt: skip
        mine = [k for k in changes.kernels if k.status == status]
        if mine:
            table = _change_table(
                f"changes-{to}-{status}", title, "kernel", changes, mine, top, mine
            )
            out.append(table)
    return out


def _change_table(
    id_: str,
    title: str,
    what: str,
    changes: Changes,
    rows: Sequence[Change],
    top: int | None,
    whole: Sequence[Change],
) -> ReportTable:
    """``whole`` are the changes that the sum row sums."""
    shown, rest = cut(rows, top)
    body = [_change_row(changes, r, what == "kernel") for r in shown]
    if rest:
        before, after = total(r.before for r in rest), total(r.after for r in rest)
        summed = Change(f"({len(rest)} more)", before, after)
        body.append(_change_row(changes, summed, what == "kernel"))
    before, after = total(r.before for r in whole), total(r.after for r in whole)
    foot = _change_row(changes, Change("total", before, after), what == "kernel")
    columns = (
        Column(what, what),
        Column("before_dynamic", "executed before", "count"),
        Column("after_dynamic", "now", "count"),
        Column("before_cycles", "cycles before", "cycles"),
        Column("after_cycles", "now", "cycles"),
        Column("delta", "change", "cycles"),
        Column("share", "% of the change", "percent"),
        Column("ratio", "ratio", "ratio"),
        *((Column("opcodes", "opcodes"),) if what == "kernel" else ()),
    )
    return ReportTable(id_, Table(title, columns, tuple(body)), foot)


def _change_row(changes: Changes, r: Change, kernel: bool) -> tuple[Value, ...]:
    label = one_line(f"{r.was} -> {r.name}" if r.was else r.name, 70)
    row: tuple[Value, ...] = (
        label, r.before.dynamic, r.after.dynamic, r.before.total_cycles, r.after.total_cycles,
        signed(r.delta), changes.share(r),
        r.after.total_cycles / r.before.total_cycles if r.before.total_cycles else None,
    )  # fmt: skip
    if not kernel:
        return row
    named = [f"{o.name} {signed(o.delta or o.dynamic)}" for o in r.opcodes
             if o.delta or o.dynamic][:3]  # fmt: skip
    return (*row, ", ".join(named) or None)


def trade_off_table(c: Comparison, t: TradeOff, to: int, top: int | None) -> ReportTable:
    """Kernels whose code size differs, what saves most per instruction first."""
    small, large = (one_line(c.variants[i].label, 30) for i in (t.small, t.large))
    rows: list[tuple[Value, ...]] = []
    shown, rest = cut(t.kernels, top)
    for p in shown:
        each = p.saved_per_word
        rows.append(
            (
                one_line(p.name, 60), p.small_static, p.large_static, signed(p.words), p.saved,
                float(each) if each is not None else None,
            )
        )  # fmt: skip
    each = t.whole.saved_per_word
    foot: tuple[Value, ...] = (
        "program", t.whole.small_static, t.whole.large_static, signed(t.whole.words),
        t.whole.saved, float(each) if each is not None else None,
    )  # fmt: skip
    columns = (
        Column("kernel", "kernel"),
        Column("small_static", f"instructions, {small}", "count"),
        Column("large_static", f"instructions, {large}", "count"),
        Column("words", "more", "count"),
        Column("saved", f"cycles that {large} saves", "cycles"),
        Column("saved_per_word", "break-even, cycles per instruction", "ratio"),
    )
    note = f"{len(rest)} more kernels: --top N." if rest else ""
    table = Table("Code size against cycles", columns, tuple(rows), note)
    return ReportTable(f"size-{to}", table, foot)
