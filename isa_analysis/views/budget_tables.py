"""The tables of a check, an update and a diff, the same in every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from isa_analysis.budget.check import CheckResult
from isa_analysis.budget.delta import Delta, KernelDelta
from isa_analysis.diagnostics import printable
from isa_analysis.table import Column, Table, Value, one_line
from isa_analysis.views.budget_sentences import counted, percent, signed, verdict, where

#: Rows per table.
TOP = 20


def program_table(result: CheckResult, top: int = TOP) -> Table:
    """One row per program: locked, present, growth, verdict. When they are more than ``top``,
    unchanged programs within budget are only counted."""
    several = len({p.entry for p in result.programs}) > 1
    rows: list[tuple[Value, ...]] = []
    hidden = 0
    for p in result.programs:
        quiet = p.delta is not None and p.delta.is_empty and verdict(p, result) == "ok"
        if quiet and len(result.programs) > top:
            hidden += 1
            continue
        now = p.present.cost.total_cycles
        old = p.delta.old.total_cycles if p.delta else None
        rows.append(
            (
                where(p.entry, p.path, several),
                old,
                now,
                signed(now - old) if old is not None else None,
                percent(old, now) if old is not None else None,
                signed(p.delta.dynamic) if p.delta else None,
                verdict(p, result),
            )
        )
    rows += [
        (where(e, path, several), None, None, None, None, None, "gone") for e, path in result.gone
    ]
    columns = (
        Column("program", "program"),
        Column("locked_cycles", "locked", "cycles"),
        Column("cycles", "now", "cycles"),
        Column("delta_cycles", "change", "cycles"),
        Column("percent", "%", "percent"),
        Column("delta_dynamic", "instr.", "count"),
        Column("verdict", "verdict"),
    )
    note = f"{counted(hidden, 'program')} unchanged" if hidden else ""
    return Table("Programs (total cycles)", columns, tuple(rows), note)


def delta_tables(deltas: Sequence[tuple[str, Delta]], top: int = TOP) -> list[Table]:
    """Kernels that grew, shrank, changed at equal cost, were added, removed or renamed; tables
    without rows are left out. ``deltas`` are named by program; one alone needs no name column."""
    groups: dict[str, list[tuple[str, KernelDelta]]] = {}
    for name, delta in deltas:
        for kernel in delta.kernels:
            groups.setdefault(_group(kernel), []).append((name, kernel))
    several = len(deltas) > 1
    tables = []
    for title in _TITLES:
        members = groups.get(title, [])
        sign = -1 if title in ("Improvements", "Removed kernels") else 1
        members.sort(key=lambda m: (-sign * m[1].cycles, -sign * m[1].dynamic, m[0], m[1].label))
        if members:
            tables.append(_kernel_table(title, members, several, top))
    return tables


_TITLES = (
    "Regressions",
    "Improvements",
    "Changed at equal cost",
    "Added kernels",
    "Removed kernels",
    "Renamed kernels",
)


def _group(delta: KernelDelta) -> str:
    named = {
        "added": "Added kernels",
        "removed": "Removed kernels",
        "renamed": "Renamed kernels",
    }.get(delta.status)
    if named:
        return named
    growth = (delta.cycles, delta.dynamic)
    if growth == (0, 0):
        return "Changed at equal cost"
    return "Regressions" if growth > (0, 0) else "Improvements"


def _kernel_table(
    title: str, members: Sequence[tuple[str, KernelDelta]], several: bool, top: int
) -> Table:
    rows: list[tuple[Value, ...]] = []
    for program, d in members[:top]:
        name = one_line(d.label, 60)
        if d.status == "renamed" and d.old:
            name = f"{one_line(d.old.label, 40)} -> {one_line(d.label, 40)}"
        old, new = d.old_cost.total_cycles, d.new_cost.total_cycles
        rows.append(
            (
                *((printable(program),) if several else ()),
                name,
                old,
                new,
                signed(d.cycles),
                percent(old, new),
                signed(d.dynamic),
                ", ".join(f"{o.mnemonic} {signed(o.cycles or o.dynamic)}" for o in d.opcodes[:3]),
            )
        )
    columns = (
        *((Column("program", "program"),) if several else ()),
        Column("kernel", "kernel"),
        Column("old_cycles", "before", "cycles"),
        Column("new_cycles", "now", "cycles"),
        Column("delta_cycles", "change", "cycles"),
        Column("percent", "%", "percent"),
        Column("delta_dynamic", "instr.", "count"),
        Column("opcodes", "opcodes"),
    )
    note = f"and {len(members) - top:,} more" if len(members) > top else ""
    return Table(f"{title} (cycles)", columns, tuple(rows), note)


def opcode_table(delta: Delta, top: int = TOP) -> Table:
    """The opcodes of a program that changed."""
    rows = tuple(
        (
            o.mnemonic,
            o.old.dynamic,
            o.new.dynamic,
            signed(o.dynamic),
            o.old.total_cycles,
            o.new.total_cycles,
            signed(o.cycles),
            ratio(o.old.total_cycles, o.new.total_cycles),
        )
        for o in _worst(delta.opcodes, top)
    )
    columns = (
        Column("mnemonic", "opcode"),
        Column("old_dynamic", "instr. before", "count"),
        Column("new_dynamic", "now", "count"),
        Column("delta_dynamic", "change", "count"),
        Column("old_cycles", "cycles before", "cycles"),
        Column("new_cycles", "now", "cycles"),
        Column("delta_cycles", "change", "cycles"),
        Column("ratio", "ratio", "ratio"),
    )
    left = len(delta.opcodes) - len(rows)
    return Table("Opcodes that changed", columns, rows, f"and {left:,} more" if left > 0 else "")


def _worst(opcodes: Iterable, top: int) -> list:  # type: ignore[type-arg]
    return sorted(opcodes, key=lambda o: (-abs(o.cycles), -abs(o.dynamic), o.mnemonic))[:top]


def ratio(old: int, new: int) -> float | None:
    """Now over before; None when there was nothing."""
    return new / old if old else None
