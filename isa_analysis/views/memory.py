"""A memory evaluation as text, markdown, CSV and JSON (docs/memory.md describes the keys)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.manifest.sizes import bandwidth_text, size_text
from isa_analysis.residency import Change, Use
from isa_analysis.residency.catalogue import MODELS
from isa_analysis.residency.result import Case, MemoryResult
from isa_analysis.table import Table, Value, render_csv, render_text
from isa_analysis.views import memory_tables as tables
from isa_analysis.views.budget_markdown import capped, escape, render_table

FORMAT = "isa-analysis-memory"
FORMAT_VERSION = 1


def render(results: Sequence[MemoryResult], top: int) -> str:
    """Aligned text."""
    blocks = [f"isa-analysis {__version__}"]
    for result in results:
        blocks.append("\n".join(f"{key:<9}{value}" for key, value in head(result)))
        blocks += [render_text(_printable(table)) for table in all_tables(result, top)]
        blocks.append("\n".join(["Notes", *(f"  {note}" for note in notes(result))]))
    return "\n\n".join(blocks) + "\n"


def render_markdown(results: Sequence[MemoryResult], top: int) -> str:
    """Markdown, for a job summary or a comment."""
    blocks = ["### Memory"]
    for result in results:
        blocks.append("\n".join(f"- {key}: {escape(value)}" for key, value in head(result)))
        blocks += [render_table(table) for table in all_tables(result, top)]
        blocks.append("\n".join(f"- {escape(note)}" for note in notes(result)))
    return capped("\n\n".join(blocks) + "\n")


def render_csv_cases(results: Sequence[MemoryResult]) -> str:
    """One row per case, exact values; ns rounded to the nearest whole one."""
    return render_csv([tables.case_table(results)])


def render_json(results: Sequence[MemoryResult]) -> str:
    """Everything, exactly."""
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "programs": [_program(result) for result in results],
    }
    return json.dumps(document, indent=1) + "\n"


def head(result: MemoryResult) -> list[tuple[str, str]]:
    """What was evaluated."""
    p, manifest = result.trace.profile, result.trace.manifest
    footprint = manifest.footprint()
    sizes = ", ".join(
        f"{size_text(size)} {kind}"
        for kind, size in (
            ("weights", footprint.weight),
            ("KV", footprint.kv),
            ("activations", footprint.activation),
        )
    )
    runs = [case.run for case in result.cases]
    capacities = ", ".join(size_text(c) for c in dict.fromkeys(r.capacity_bytes for r in runs))
    rates = ", ".join(bandwidth_text(b) for b in dict.fromkeys(r.host_bandwidth for r in runs))
    capacity_from = {"flag": "--capacity", "manifest": "the manifest", "board": "the board"}
    rate_from = {"flag": "--host-bandwidth", "board": "the board"}
    return [
        ("Input", f"{printable(p.input.path)} ({p.input.dialect})"),
        ("Board", f"{printable(p.board.name)} at {p.board.clock_hz / 10**6:g} MHz"),
        ("Manifest", f"{printable(manifest.path) or 'in memory'}: {sizes}"),
        ("Capacity", f"{capacities} (from {capacity_from[result.capacity_source]})"),
        ("Link", f"{rates} (from {rate_from[result.bandwidth_source]})"),
    ]


def all_tables(result: MemoryResult, top: int) -> list[Table]:
    """The tables for a reader: details by layer and tensor when there is one case."""
    out = [tables.time_table(result), tables.moved_table(result)]
    case = tables.only(result.cases)
    if case is not None:
        out += [tables.layer_table(case.run, top), tables.tensor_table(case.run, top)]
    out.append(tables.change_table(result))
    return out


def notes(result: MemoryResult) -> Iterable[str]:
    """Which models these are, what they leave out, what the numbers do not hold."""
    for model in dict.fromkeys(case.run.model for case in result.cases):
        info = MODELS[model]
        left_out = f"; leaves out {', '.join(info.leaves_out)}" if info.leaves_out else ""
        yield f"{model}: {info.summary}{left_out} (source: {info.source})"
    used = result.trace.profile.model
    yield f"time without the memory system: timing {used.timing}, local memory {used.memory}"
    yield from used.caveats
    if any(case.run.preloaded for case in result.cases):
        yield "local memory was filled before the program began (--preloaded)"
    yield "times are exact sums of bytes over bandwidth, rounded here once"
    if tables.only(result.cases) is None:
        yield "one capacity, link and model at a time also gives tables by layer and by tensor"
    for case in result.cases:
        unknown = case.run.unknown
        if unknown is not None:
            where = f"{case.run.model} at {size_text(case.run.capacity_bytes)}"
            extra = size_text(unknown.extra_link_bytes)
            extra_ns = Fraction(unknown.extra_link_bytes * 10**9) / case.run.host_bandwidth
            yield (
                f"LOWER BOUND ({where}): up to {unknown.requests:,} requests go to addresses that "
                f"are not known; they add at most {extra} over the link, "
                f"{tables.ms(extra_ns):,.4g} ms"
            )


def _printable(table: Table) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        tuple(printable(v) if isinstance(v, str) else v for v in row) for row in table.rows
    )
    return replace(table, rows=rows)


# JSON ------------------------------------------------------------------------------------------


def _program(result: MemoryResult) -> dict[str, object]:
    p, manifest = result.trace.profile, result.trace.manifest
    footprint = manifest.footprint()
    return {
        "path": p.input.path,
        "sha256": p.input.sha256,
        "board": {"name": p.board.name, "sha256": p.board.sha256, "clock_hz": p.board.clock_hz},
        "timing": {"name": p.model.timing, "memory": p.model.memory, "caveats": p.model.caveats},
        "complete": p.complete,
        "manifest": {
            "path": manifest.path,
            "sha256": manifest.sha256,
            "weight_bytes": footprint.weight,
            "kv_bytes": footprint.kv,
            "activation_bytes": footprint.activation,
        },
        "capacity_source": result.capacity_source,
        "bandwidth_source": result.bandwidth_source,
        "context": result.context,
        "cases": [_case(case) for case in result.cases],
    }


def _case(case: Case) -> dict[str, object]:
    run = case.run
    return {
        "requested_model": run.requested_model,
        "model": run.model,
        "capacity_bytes": run.capacity_bytes,
        "host_bytes_per_s": tables.number(run.host_bandwidth),
        "preloaded": run.preloaded,
        "base_cycles": run.base_cycles,
        "total_cycles": run.total_cycles,
        "base_ns": round(run.base_ns),
        "link_ns": round(run.link_ns),
        "link_ns_exact": _exact(run.link_ns),
        "total_ns": round(run.total_ns),
        "swaps": run.swaps,
        "first_loads": run.first_loads,
        "swapped_bytes": run.swapped_bytes,
        "streamed_bytes": run.streamed_bytes,
        "resident_bytes": run.resident_bytes,
        "weight_read_bytes": run.weight_read_bytes,
        "activation_read_bytes": run.activation_read_bytes,
        "outside_requests": run.outside_requests,
        "link_utilisation": run.link_utilisation,
        "local_busy": run.local_busy,
        "local_utilisation": run.local_utilisation,
        "unknown": None
        if run.unknown is None
        else {
            "requests": run.unknown.requests,
            "extra_link_bytes": run.unknown.extra_link_bytes,
            "lines": run.unknown.lines,
        },
        "layers": [{"layer": layer, **_use(use)} for layer, use in run.layers],
        "regions": [
            {
                "name": region.name,
                "kind": region.kind,
                "layer_id": region.layer_id,
                "offset": region.offset,
                "size": region.size,
                **_use(use),
            }
            for region, use in run.regions
        ],
        "changes": [_change(change) for change in case.changes],
        "diagnostics": [d.to_json() for d in run.diagnostics],
    }


def _use(use: Use) -> dict[str, object]:
    return {
        "read_requests": use.read,
        "written_requests": use.written,
        "swaps": use.swaps,
        "swapped_bytes": use.swapped_bytes,
        "streamed_bytes": use.streamed_bytes,
        "link_ns": round(use.link_ns),
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "quantity": change.quantity,
        "now": tables.number(change.now),
        "at": None if change.at is None else tables.number(change.at),
        "before": change.before,
        "after": change.after,
    }


def _exact(value: Fraction) -> dict[str, int]:
    return {"numerator": value.numerator, "denominator": value.denominator}
