"""A profile as CSV: one row per kernel, exact integers, no rounding."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.profiling.group import kernel_costs
from isa_analysis.profiling.model import Profile
from isa_analysis.table import Column, Table, Value, render_csv


def render(profiles: Sequence[Profile], group: tuple[str, ...] | None = None) -> str:
    """All kernels of all stages, in program order; the first column is the stage's file."""
    parts = group or ("layer", "kernel")
    columns = (
        Column("input", "input"),
        *(Column(part, part) for part in parts),
        Column("calls", "calls", "count"),
        Column("static_instructions", "static", "count"),
        Column("dynamic_instructions", "dynamic", "count"),
        Column("compute_cycles", "compute", "cycles"),
        Column("prefetch_cycles", "H_PREFETCH", "cycles"),
        Column("store_cycles", "H_STORE", "cycles"),
        Column("memory_cycles", "memory", "cycles"),
        Column("total_cycles", "total", "cycles"),
        Column("seconds", "s"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            p.input.path,
            *k.path,
            k.calls,
            k.cost.static,
            k.cost.dynamic,
            k.cost.compute_cycles,
            k.prefetch_cycles,
            k.store_cycles,
            k.cost.memory_cycles,
            k.cost.total_cycles,
            p.seconds(k.cost.total_cycles),
        )
        for p in profiles
        for k in kernel_costs(p, parts)
    ]
    return render_csv([Table("kernels", columns, tuple(rows))])
