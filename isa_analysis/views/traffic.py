"""A traffic analysis as text and JSON."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.profiling.model import Profile
from isa_analysis.table import render_text
from isa_analysis.traffic import summary
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.regions import RegionMap
from isa_analysis.traffic.summary import TrafficSum
from isa_analysis.views.traffic_tables import tables

FORMAT = "isa-analysis-traffic"
FORMAT_VERSION = 1


def render(
    profiles: Sequence[Profile], parts: tuple[str, ...], regions: RegionMap | None, top: int
) -> str:
    """Text tables of each program."""
    out = [f"isa-analysis {__version__}"]
    for profile in profiles:
        out.append(
            f"Input    {printable(profile.input.path)} ({profile.input.dialect})\n"
            f"Board    {printable(profile.board.name)}: rows per transfer M "
            f"{profile.model.parameters['prefetch_m_rows']}, V "
            f"{profile.model.parameters['prefetch_v_rows']}, store "
            f"{profile.model.parameters['writeback_rows']}"
        )
        traffic = _traffic(profile)
        out += [render_text(t) for t in tables(profile, traffic, parts, regions, top)]
    return "\n\n".join(out) + "\n"


def render_json(
    profiles: Sequence[Profile], parts: tuple[str, ...], regions: RegionMap | None
) -> str:
    """All sums of each program, exact integers."""
    return json.dumps(document(profiles, parts, regions), indent=1) + "\n"


def document(
    profiles: Sequence[Profile], parts: tuple[str, ...], regions: RegionMap | None
) -> dict[str, object]:
    """The JSON document as plain values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "programs": [_program(p, parts, regions) for p in profiles],
    }


def _program(
    profile: Profile, parts: tuple[str, ...], regions: RegionMap | None
) -> dict[str, object]:
    traffic = _traffic(profile)
    return {
        "path": profile.input.path,
        "sha256": profile.input.sha256,
        "board": {"name": profile.board.name, "sha256": profile.board.sha256},
        "parameters": profile.model.parameters,
        "total_cycles": profile.totals.total_cycles,
        "total": _row(summary.whole(traffic)),
        "opcodes": [{"mnemonic": r.key, **_row(r)} for r in summary.by_opcode(traffic).rows],
        "kernels": [
            {"path": list(r.key), **_row(r)}
            for r in summary.by_kernel(traffic, profile.kernels, parts).rows
        ],
        "tensors": [
            {"tensor": r.key, **_row(r)}
            for r in summary.by_tensor(traffic, profile.kernels, regions).rows
        ],
        "loops": [
            {
                "first_line": profile.loops[r.key].first_line if r.key >= 0 else None,
                "last_line": profile.loops[r.key].last_line if r.key >= 0 else None,
                **_row(r),
            }
            for r in summary.by_loop(traffic).rows
        ],
        "shapes": [
            {
                "mnemonic": r.key.mnemonic,
                "rows": r.key.rows,
                "columns": r.key.columns,
                "stride_bytes": r.key.stride,
                "precision": r.key.precision,
                **_row(r),
            }
            for r in summary.by_shape(traffic).rows
        ],
    }


def _row(row: TrafficSum[Hashable]) -> dict[str, object]:
    return {
        "transfers": row.transfers,
        "read_requests": row.read_requests,
        "write_requests": row.write_requests,
        "hbm_read_bytes": row.read_bytes,
        "hbm_write_bytes": row.write_bytes,
        "useful_bytes": row.useful_bytes,
        "unique_bytes": row.touched.unique_bytes,
        "unique_exact": row.touched.exact and not row.touched.unknown,
        "lowest_address": row.touched.low,
        "end_address": row.touched.high,
        "unknown_transfers": row.unknown_transfers,
    }


def _traffic(profile: Profile) -> Traffic:
    if profile.traffic is None:
        raise ValueError("the profile was made without ModelOptions(traffic=True)")
    return profile.traffic
