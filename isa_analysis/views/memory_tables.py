"""Tables of a memory evaluation: one definition for text, markdown and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from isa_analysis.manifest.sizes import bandwidth_text, size_text
from isa_analysis.residency import Change, MemoryRun, Use
from isa_analysis.residency.result import Case, MemoryResult
from isa_analysis.table import Column, Table, Value, one_line

_KEYS = (
    Column("model", "model"),
    Column("capacity_bytes", "capacity", "bytes"),
    Column("host_bytes_per_s", "host link"),
)
_USE = (
    Column("swaps", "swaps", "count"),
    Column("swapped_bytes", "swapped bytes", "bytes"),
    Column("streamed_bytes", "streamed bytes", "bytes"),
    Column("link_ms", "link ms", "ms"),
    Column("link_share", "% of link", "percent"),
    Column("read_requests", "reads", "count"),
    Column("written_requests", "writes", "count"),
)


def ms(ns: Fraction) -> float:
    """Nanoseconds as milliseconds, for display."""
    return float(ns / 10**6)


def number(rate: Fraction) -> Value:
    """A rate as an exact integer where it is one."""
    return int(rate) if rate.denominator == 1 else float(rate)


def model_name(run: MemoryRun) -> str:
    """The model, and how it came about."""
    return f"{run.model} (auto)" if run.requested_model == "auto" else run.model


def _keys(run: MemoryRun) -> tuple[Value, ...]:
    return model_name(run), run.capacity_bytes, bandwidth_text(run.host_bandwidth)


def time_table(result: MemoryResult) -> Table:
    """Time without and with the memory system, one row per case."""
    rows = tuple(
        (
            *_keys(run),
            run.base_cycles,
            run.total_cycles,
            ms(run.base_ns),
            ms(run.link_ns),
            ms(run.total_ns),
            run.slowdown,
        )
        for run in _runs(result)
    )
    columns = (
        *_KEYS,
        Column("base_cycles", "cycles without", "cycles"),
        Column("total_cycles", "cycles with", "cycles"),
        Column("base_ms", "ms without", "ms"),
        Column("link_ms", "link ms", "ms"),
        Column("total_ms", "ms with", "ms"),
        Column("slowdown", "x", "ratio"),
    )
    return Table("Time without and with the memory system", columns, rows)


def moved_table(result: MemoryResult) -> Table:
    """What is moved and how busy link and memory are, one row per case."""
    rows = tuple(
        (
            *_keys(run),
            run.swaps,
            run.first_loads,
            run.swapped_bytes,
            run.streamed_bytes,
            run.resident_bytes,
            100 * run.link_utilisation,
            100 * run.local_busy,
            100 * run.local_utilisation,
        )
        for run in _runs(result)
    )
    columns = (
        *_KEYS,
        Column("swaps", "swaps", "count"),
        Column("first_loads", "of them first", "count"),
        Column("swapped_bytes", "swapped bytes", "bytes"),
        Column("streamed_bytes", "streamed bytes", "bytes"),
        Column("resident_bytes", "resident at end", "bytes"),
        Column("link_busy", "link busy", "percent"),
        Column("local_busy", "DDR busy", "percent"),
        Column("local_bandwidth", "DDR bandwidth", "percent"),
    )
    note = (
        "first: loads that an empty memory needs anyway. DDR busy: the share that the board's "
        "timing charges; DDR bandwidth: bus bytes over what the peak bandwidth moves."
    )
    return Table("Moved, and how busy link and local memory are", columns, rows, note)


def layer_table(run: MemoryRun, top: int) -> Table:
    """Which layer causes what, most link time first."""
    ordered = sorted(run.layers, key=lambda item: (-item[1].link_bytes, item[0]))
    rows = tuple((layer, *_use(use, run)) for layer, use in ordered[:top])
    columns = (Column("layer", "layer", "count"), *_USE)
    return Table(f"By layer ({_where(run)})", columns, rows, _more(len(ordered), top))


def tensor_table(run: MemoryRun, top: int) -> Table:
    """Which tensor causes what, most link time first."""
    ordered = sorted(
        run.regions, key=lambda item: (-item[1].link_bytes, -item[1].read, item[0].offset)
    )
    rows = tuple(
        (one_line(region.label, 50), region.kind, region.layer_id, region.size, *_use(use, run))
        for region, use in ordered[:top]
    )
    columns = (
        Column("tensor", "tensor"),
        Column("kind", "kind"),
        Column("layer", "layer", "count"),
        Column("size_bytes", "size", "bytes"),
        *_USE,
    )
    note = _more(len(ordered), top)
    if run.model == "layer-swap":
        whole = "A tensor's swaps are those of its layer."
        note = f"{note} {whole}".strip()
    return Table(f"By tensor ({_where(run)})", columns, rows, note)


def change_table(result: MemoryResult) -> Table:
    """What would change the regime, for every capacity and bandwidth."""
    rows: dict[tuple[Value, ...], None] = {}
    for case in result.cases:
        model, capacity, link = _keys(case.run)
        for change in case.changes:
            keys = (model, capacity, link)
            if change.quantity != "bandwidth":  # what the capacity leads to, whatever is forced
                keys = ("any", capacity, "any")
            rows[(*keys, change.quantity, *_change(change))] = None
    columns = (
        *_KEYS,
        Column("quantity", "as this grows"),
        Column("now", "now"),
        Column("before", "it is"),
        Column("at", "changes at"),
        Column("after", "to"),
    )
    note = (
        "kv: bytes of all KV regions, which grow linearly with the context; --context N says how "
        "many tokens they hold now."
        if result.context is None
        else ""
    )
    return Table("First change of regime", columns, tuple(sorted(rows, key=_order)), note)


def _order(row: tuple[Value, ...]) -> tuple[bool, int]:
    """Capacity and context first, then bandwidths; larger capacities first."""
    return row[0] != "any", -int(row[1] or 0)


def case_table(results: Sequence[MemoryResult]) -> Table:
    """Everything about every case in one table of exact values, for CSV."""
    rows = tuple(
        (
            result.trace.profile.input.path,
            run.requested_model,
            run.model,
            run.capacity_bytes,
            number(run.host_bandwidth),
            run.base_cycles,
            run.total_cycles,
            round(run.base_ns),
            round(run.link_ns),
            round(run.total_ns),
            run.swaps,
            run.first_loads,
            run.swapped_bytes,
            run.streamed_bytes,
            run.resident_bytes,
            run.weight_read_bytes,
            run.activation_read_bytes,
            run.unknown.extra_link_bytes if run.unknown else 0,
            run.link_utilisation,
            run.local_busy,
            run.local_utilisation,
        )
        for result in results
        for run in _runs(result)
    )
    names = (
        "input", "requested_model", "model", "capacity_bytes", "host_bytes_per_s", "base_cycles",
        "total_cycles", "base_ns", "link_ns", "total_ns", "swaps", "first_loads", "swapped_bytes",
        "streamed_bytes", "resident_bytes", "weight_read_bytes", "activation_read_bytes",
        "unknown_extra_link_bytes", "link_utilisation", "local_busy", "local_utilisation",
    )  # fmt: skip
    return Table("Memory", tuple(Column(name, name) for name in names), rows)


def _runs(result: MemoryResult) -> list[MemoryRun]:
    return [case.run for case in result.cases]


def _use(use: Use, run: MemoryRun) -> tuple[Value, ...]:
    share = 100 * float(use.link_ns / run.link_ns) if run.link_ns else None
    return (
        use.swaps,
        use.swapped_bytes,
        use.streamed_bytes,
        ms(use.link_ns),
        share,
        use.read,
        use.written,
    )


def _where(run: MemoryRun) -> str:
    rate = bandwidth_text(run.host_bandwidth)
    return f"{model_name(run)}, {size_text(run.capacity_bytes)}, {rate}"


def _more(count: int, top: int) -> str:
    return f"{count - top:,} more: --top N shows them." if count > top else ""


def _change(change: Change) -> tuple[Value, ...]:
    if change.at is None:
        return _amount(change, change.now), change.before, "never", "-"
    return _amount(change, change.now), change.before, _amount(change, change.at), change.after


def _amount(change: Change, value: Fraction) -> str:
    if change.quantity == "bandwidth":
        return bandwidth_text(value)
    if change.quantity == "context":
        return f"{int(value):,} tokens"
    return size_text(int(value))


def only(cases: Sequence[Case]) -> Case | None:
    """The one case of which details are shown; None when there are several."""
    return cases[0] if len(cases) == 1 else None
