"""The tables of a traffic analysis, as values that text, JSON and reports render."""

from __future__ import annotations

from collections.abc import Hashable

from isa_analysis.profiling.model import Profile
from isa_analysis.table import Column, Table, Value, one_line
from isa_analysis.traffic import summary
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.regions import RegionMap
from isa_analysis.traffic.requests import NAMES
from isa_analysis.traffic.summary import Sums, TrafficSum

_SUM_COLUMNS = (
    Column("transfers", "transfers", "count"),
    Column("read_requests", "reads", "count"),
    Column("write_requests", "writes", "count"),
    Column("read_bytes", "bus bytes read", "bytes"),
    Column("write_bytes", "bus bytes written", "bytes"),
    Column("useful_bytes", "useful bytes", "bytes"),
    Column("unique_bytes", "unique bytes", "bytes"),
    Column("refetch", "re-fetch", "ratio"),
)


def _cells(row: TrafficSum[Hashable]) -> tuple[Value, ...]:
    unique: Value = row.touched.unique_bytes
    if row.touched.unknown:
        unique = f">= {unique:,}" if unique else None
    elif not row.touched.exact:
        unique = f"<= {unique:,}"
    return (
        row.transfers,
        row.read_requests,
        row.write_requests,
        row.read_bytes,
        row.write_bytes,
        row.useful_bytes,
        unique,
        row.refetch_factor,
    )


def tables(
    profile: Profile, traffic: Traffic, parts: tuple[str, ...], regions: RegionMap | None, top: int
) -> list[Table]:
    """All tables: by opcode, kernel, tensor, loop and shape, most bytes first."""
    return [
        opcode_table(traffic, profile),
        kernel_table(traffic, profile, parts, top),
        tensor_table(traffic, profile, regions, top),
        loop_table(traffic, profile, top),
        shape_table(traffic, top),
    ]


def opcode_table(traffic: Traffic, profile: Profile) -> Table:
    """Sums by opcode and in all, with the demand in bytes per cycle."""
    cycles = profile.totals.total_cycles
    rows: list[TrafficSum[Hashable]] = [
        *summary.by_opcode(traffic, len(NAMES)).rows,
        summary.whole(traffic),
    ]
    body = tuple(
        (str(r.key), *_cells(r), (r.read_bytes + r.write_bytes) / cycles if cycles else None)
        for r in rows
    )
    columns = (
        Column("mnemonic", "opcode"),
        *_SUM_COLUMNS,
        Column("bytes_per_cycle", "bytes/cycle", "ratio"),
    )
    note = "Re-fetch: useful bytes moved per distinct byte; 1 means every byte moved once."
    unknown = sum(traffic.requests.unknown)
    if unknown:
        note += (
            f" {unknown:,} transfers go to addresses that depend on data: their requests are those "
            "of an aligned address, their bytes are not among the unique ones."
        )
    return Table("HBM traffic by opcode", columns, body, note)


def kernel_table(traffic: Traffic, profile: Profile, parts: tuple[str, ...], top: int) -> Table:
    """Sums by kernel."""
    sums = summary.by_kernel(traffic, profile.kernels, parts, top)
    body = tuple((*(one_line(word, 40) or "-" for word in r.key), *_cells(r)) for r in sums.rows)
    columns = (*(Column(part, part) for part in parts), *_SUM_COLUMNS)
    return Table("HBM traffic by kernel", columns, body, _more(sums))


def tensor_table(traffic: Traffic, profile: Profile, regions: RegionMap | None, top: int) -> Table:
    """Sums by tensor, with the range of addresses."""
    sums = summary.by_tensor(traffic, profile.kernels, regions, top)
    body = tuple(
        (one_line(str(r.key), 40), _hex(r.touched.low), _hex(r.touched.high), *_cells(r))
        for r in sums.rows
    )
    columns = (
        Column("tensor", "tensor"),
        Column("low", "from"),
        Column("high", "to"),
        *_SUM_COLUMNS,
    )
    source = "regions of the given map" if regions is not None else "names in the comments"
    return Table(
        "HBM traffic by tensor", columns, body, f"Tensors: {source}. {_more(sums)}".strip()
    )


def loop_table(traffic: Traffic, profile: Profile, top: int) -> Table:
    """Sums by innermost loop."""
    sums = summary.by_loop(traffic, top)
    body = []
    for r in sums.rows:
        loop = profile.loops[r.key] if r.key >= 0 else None
        lines = f"{loop.first_line}-{loop.last_line}" if loop else "no loop"
        body.append((lines, loop.iterations if loop else None, *_cells(r)))
    columns = (
        Column("lines", "loop (lines)"),
        Column("iterations", "trip product", "count"),
        *_SUM_COLUMNS,
    )
    return Table("HBM traffic by innermost loop", columns, tuple(body), _more(sums))


def shape_table(traffic: Traffic, top: int) -> Table:
    """Sums by transfer shape."""
    sums = summary.by_shape(traffic, top)
    body = tuple(
        (
            r.key.mnemonic, f"{r.key.rows} x {r.key.columns}", r.key.stride, r.key.precision,
            *_cells(r),
        )
        for r in sums.rows
    )  # fmt: skip
    columns = (
        Column("mnemonic", "opcode"),
        Column("shape", "rows x columns"),
        Column("stride", "row stride (bytes)", "bytes"),
        Column("precision", "precision", "count"),
        *_SUM_COLUMNS,
    )
    return Table("Transfer shapes", columns, body, _more(sums))


def _more(sums: Sums[Hashable]) -> str:
    more = sums.groups - len(sums.rows)
    return f"{more:,} more: --top N shows them." if more else ""


def _hex(value: int | None) -> str | None:
    return None if value is None else f"0x{value:x}"
