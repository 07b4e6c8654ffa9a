"""The tables of a profile, as values that text, CSV and reports render."""

from __future__ import annotations

from heapq import nlargest

from isa_analysis.profiling.group import category_costs, kernel_costs
from isa_analysis.profiling.model import Cost, Profile
from isa_analysis.table import Column, Table, Value, one_line, share

_COST_COLUMNS = (
    Column("compute_cycles", "compute", "cycles"),
    Column("prefetch_cycles", "H_PREFETCH", "cycles"),
    Column("store_cycles", "H_STORE", "cycles"),
    Column("memory_cycles", "memory", "cycles"),
    Column("total_cycles", "total", "cycles"),
    Column("percent", "%", "percent"),
    Column("ms", "ms", "ms"),
)

#: More than this many layers are folded together in the default kernel table.
_MAX_LAYERS = 2


def ms(profile: Profile, cycles: int) -> float:
    """``cycles`` in milliseconds at the board's clock."""
    return 1e3 * profile.seconds(cycles)


def auto_parts(profile: Profile) -> tuple[str, ...]:
    """The grouping of the default kernel table: by layer and kernel while layers are few."""
    layers = {name.layer for name in profile.kernels if name.layer}
    return ("kernel",) if len(layers) > _MAX_LAYERS else ("layer", "kernel")


def kernel_table(profile: Profile, parts: tuple[str, ...], top: int | None) -> Table:
    """Costs per kernel, most cycles first; rows beyond ``top`` are summed in one."""
    rows = sorted(
        kernel_costs(profile, parts), key=lambda r: (-r.cost.total_cycles, -r.cost.dynamic, r.path)
    )
    whole = profile.totals.total_cycles
    body: list[tuple[Value, ...]] = []
    shown = rows if top is None or len(rows) <= top + 1 else rows[:top]
    for r in shown:
        names = tuple(one_line(word, 40) or "-" for word in r.path)
        memory = (r.prefetch_cycles, r.store_cycles, r.cost.memory_cycles)
        body.append((*names, r.calls, *_row(profile, r.cost, memory, whole)))
    note = ""
    if len(shown) < len(rows):
        rest = rows[len(shown) :]
        cost = Cost()
        for r in rest:
            cost = cost + r.cost
        memory = (
            sum(r.prefetch_cycles for r in rest),
            sum(r.store_cycles for r in rest),
            cost.memory_cycles,
        )
        names = (f"({len(rest)} more)", *("",) * (len(parts) - 1))
        calls = sum(r.calls for r in rest)
        body.append((*names, calls, *_row(profile, cost, memory, whole)))
        note = "--top N shows more rows."
    if "layer" not in parts:
        layers = len({name.layer for name in profile.kernels if name.layer})
        if layers:
            note = f"{layers} layers folded together: --group layer,kernel tells them apart. {note}"
    columns = (
        *(Column(part, part) for part in parts),
        Column("calls", "calls", "count"),
        Column("dynamic", "instructions", "count"),
        *_COST_COLUMNS,
    )
    return Table("Kernels (cycles)", columns, tuple(body), note.strip())


def _row(
    profile: Profile, cost: Cost, memory: tuple[int, int, int], whole: int
) -> tuple[Value, ...]:
    return (
        cost.dynamic,
        cost.compute_cycles,
        *memory,
        cost.total_cycles,
        share(cost.total_cycles, whole),
        ms(profile, cost.total_cycles),
    )


def category_table(profile: Profile) -> Table:
    """Costs of the five categories."""
    whole = profile.totals
    rows = tuple(
        (
            name,
            c.static,
            c.dynamic,
            share(c.dynamic, whole.dynamic),
            c.total_cycles,
            share(c.total_cycles, whole.total_cycles),
            ms(profile, c.total_cycles),
        )
        for name, c in category_costs(profile).items()
    )
    columns = (
        Column("category", "category"),
        Column("static", "static", "count"),
        Column("dynamic", "dynamic", "count"),
        Column("dynamic_percent", "% of instr.", "percent"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "% of cycles", "percent"),
        Column("ms", "ms", "ms"),
    )
    return Table("Categories", columns, rows)


def opcode_table(profile: Profile, top: int | None) -> Table:
    """The opcodes that cost most; cycles each is exact when all executions cost the same."""
    all_rows = profile.opcodes
    whole = profile.totals.total_cycles
    rows: list[tuple[Value, ...]] = []
    shown = all_rows if top is None or len(all_rows) <= top + 1 else all_rows[:top]
    for r in shown:
        rows.append(
            (
                r.mnemonic,
                r.category,
                r.cost.static,
                r.cost.dynamic,
                _each(r.cost),
                r.cost.total_cycles,
                share(r.cost.total_cycles, whole),
            )
        )
    rest = all_rows[len(shown) :]
    if rest:
        cost = Cost()
        for r in rest:
            cost = cost + r.cost
        rows.append(
            (
                f"({len(rest)} more)",
                "",
                cost.static,
                cost.dynamic,
                None,
                cost.total_cycles,
                share(cost.total_cycles, whole),
            )
        )
    columns = (
        Column("mnemonic", "opcode"),
        Column("category", "category"),
        Column("static", "static", "count"),
        Column("dynamic", "dynamic", "count"),
        Column("cycles_each", "cycles each", "count"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
    )
    return Table("Opcodes", columns, tuple(rows))


def _each(cost: Cost) -> int | str | None:
    """Cycles per execution; an average (say, with f0 destinations that are free) is marked."""
    if not cost.dynamic:
        return None
    each, remainder = divmod(cost.total_cycles, cost.dynamic)
    return f"~{cost.total_cycles / cost.dynamic:.2f}" if remainder else each


def memory_table(profile: Profile) -> Table:
    """One row per H_ opcode: how often, how many cycles, what share."""
    whole = profile.totals.total_cycles
    rows = tuple(
        (
            r.mnemonic,
            r.cost.dynamic,
            _each(r.cost),
            r.cost.memory_cycles,
            share(r.cost.memory_cycles, whole),
        )
        for r in profile.opcodes
        if r.category == "memory"
    )
    columns = (
        Column("mnemonic", "opcode"),
        Column("count", "count", "count"),
        Column("cycles_each", "cycles each", "count"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "% of total", "percent"),
    )
    return Table(f"Memory (model: {profile.model.memory})", columns, rows)


def loop_table(profile: Profile, top: int) -> Table:
    """The loops that cost most, inner loops within outer ones counted in both."""
    whole = profile.totals.total_cycles
    # Sorting all of them takes long where there are many.
    least = min(nlargest(top, [c.cycles for c in profile.loops]), default=0)
    candidates = [c for c in profile.loops if c.cycles >= least]
    hottest = sorted(candidates, key=lambda c: (-c.cycles, c.first_line))[:top]
    rows = tuple(
        (
            f"{c.first_line}-{c.last_line}",
            c.depth,
            c.trip,
            c.iterations,
            c.cycles,
            share(c.cycles, whole),
            one_line(_kernel(profile, c.kernel), 50),
        )
        for c in hottest
    )
    columns = (
        Column("lines", "lines"),
        Column("depth", "depth", "count"),
        Column("trip", "trip", "count"),
        Column("iterations", "trip product", "count"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
        Column("kernel", "kernel"),
    )
    note = "An outer loop contains the cycles of its inner loops." if rows else ""
    return Table(f"Hottest loops ({len(rows)} of {len(profile.loops):,})", columns, rows, note)


def _kernel(profile: Profile, kernel: int) -> str:
    name = profile.kernels[kernel]
    return f"{name.layer}: {name.kernel}" if name.layer else name.kernel
