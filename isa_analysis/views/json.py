"""A profile as JSON: the contract other tools rely on (docs/json.md describes it)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from isa_analysis._version import __version__
from isa_analysis.profiling.group import category_costs, kernel_costs
from isa_analysis.profiling.model import Cost, Profile, total

if TYPE_CHECKING:
    from isa_analysis.schedule.bottleneck import Bottlenecks

FORMAT = "isa-analysis-profile"
#: Grows when a key changes its meaning or goes; new keys alone do not raise it.
FORMAT_VERSION = 1


def render(
    profiles: Sequence[Profile],
    group: tuple[str, ...] | None = None,
    limits: Sequence[Bottlenecks] = (),
) -> str:
    """One JSON document for one or several stages, keys in a fixed order."""
    return json.dumps(document(profiles, group, limits), indent=1) + "\n"


def document(
    profiles: Sequence[Profile],
    group: tuple[str, ...] | None = None,
    limits: Sequence[Bottlenecks] = (),
) -> dict[str, object]:
    """The document as plain values. With several stages, sums are over all of them, paths of
    kernels begin with the stage's file name, and ``stages`` holds the totals of each. ``limits``:
    what limits each stage, when that was asked for."""
    parts = group or ("layer", "kernel")
    first = profiles[0]
    many = len(profiles) > 1
    seconds = sum(p.seconds(p.totals.total_cycles) for p in profiles)
    out: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "inputs": [
            {
                "path": p.input.path,
                "sha256": p.input.sha256,
                "lines": p.input.lines,
                "static_instructions": p.input.static_instructions,
                "dialect": p.input.dialect,
                "skipped_lines": p.input.skipped_lines,
            }
            for p in profiles
        ],
        "board": {
            "name": first.board.name,
            "path": first.board.path,
            "sha256": first.board.sha256,
            "clock_hz": first.board.clock_hz,
        },
        "model": {
            "timing": first.model.timing,
            "memory": first.model.memory,
            "parameters": first.model.parameters,
            "caveats": list(dict.fromkeys(c for p in profiles for c in p.model.caveats)),
        },
        "totals": _totals(profiles, total(p.totals for p in profiles), seconds),
    }
    if many:
        out["stages"] = [
            {
                "path": p.input.path,
                "totals": _totals([p], p.totals, p.seconds(p.totals.total_cycles)),
            }
            for p in profiles
        ]
    out["opcodes"] = _opcodes(profiles)
    out["categories"] = _categories(profiles)
    out["group"] = [*(["stage"] if many else []), *parts]
    out["kernels"] = [
        {
            "path": [*([p.input.path] if many else []), *k.path],
            "calls": k.calls,
            "static": k.cost.static,
            "dynamic": k.cost.dynamic,
            "compute_cycles": k.cost.compute_cycles,
            "memory_cycles": k.cost.memory_cycles,
            "prefetch_cycles": k.prefetch_cycles,
            "store_cycles": k.store_cycles,
            "total_cycles": k.cost.total_cycles,
            **_bytes(k.cost, p.traffic is not None),
        }
        for p in profiles
        for k in kernel_costs(p, parts)
    ]
    out["loops"] = [
        {
            **({"input": i} if many else {}),
            "first_line": c.first_line,
            "last_line": c.last_line,
            "depth": c.depth,
            "trip": c.trip,
            "iterations": c.iterations,
            "dynamic": c.dynamic,
            "cycles": c.cycles,
        }
        for i, p in enumerate(profiles)
        for c in p.loops
    ]
    out["memory"] = [
        {
            "mnemonic": mnemonic,
            "count": c.dynamic,
            "cycles": c.total_cycles,
            **_bytes(c, _has_traffic(profiles)),
        }
        for (mnemonic, category, _), c in _opcode_sums(profiles)
        if category == "memory"
    ]
    if limits or any(p.schedule is not None for p in profiles):
        from isa_analysis.views import bottleneck

        each: Sequence[Bottlenecks | None] = limits or [None] * len(profiles)
        out["schedules"] = [
            bottleneck.document(p, found) for p, found in zip(profiles, each, strict=True)
        ]
    out["diagnostics"] = [d.to_json() for p in profiles for d in p.diagnostics]
    out["omitted_diagnostics"] = sum(p.omitted_diagnostics for p in profiles)
    return out


def _totals(profiles: Sequence[Profile], cost: Cost, seconds: float) -> dict[str, object]:
    known = _has_traffic(profiles)
    unknown = sum(sum(p.traffic.requests.unknown) for p in profiles if p.traffic is not None)
    return {
        "static_instructions": cost.static,
        "dynamic_instructions": cost.dynamic,
        "compute_cycles": cost.compute_cycles,
        "memory_cycles": cost.memory_cycles,
        "total_cycles": cost.total_cycles,
        "seconds": seconds,
        "complete": all(p.complete for p in profiles),
        **_bytes(cost, known),
        "hbm_unknown_transfers": unknown if known else None,
    }


def _has_traffic(profiles: Sequence[Profile]) -> bool:
    return all(p.traffic is not None for p in profiles)


def _bytes(cost: Cost, known: bool) -> dict[str, object]:
    """Bus bytes; null where addresses were not followed."""
    return {
        "hbm_read_bytes": cost.hbm_read_bytes if known else None,
        "hbm_write_bytes": cost.hbm_write_bytes if known else None,
    }


def _opcode_sums(profiles: Sequence[Profile]) -> list[tuple[tuple[str, str, str], Cost]]:
    sums: dict[tuple[str, str, str], Cost] = {}
    for p in profiles:
        for r in p.opcodes:
            key = (r.mnemonic, r.category, r.engine)
            sums[key] = sums.get(key, Cost()) + r.cost
    return sorted(sums.items(), key=lambda kv: (-kv[1].total_cycles, -kv[1].dynamic, kv[0]))


def _opcodes(profiles: Sequence[Profile]) -> list[dict[str, object]]:
    return [
        {
            "mnemonic": mnemonic,
            "category": category,
            "engine": engine,
            "static": c.static,
            "dynamic": c.dynamic,
            "cycles": c.total_cycles,
        }
        for (mnemonic, category, engine), c in _opcode_sums(profiles)
    ]


def _categories(profiles: Sequence[Profile]) -> list[dict[str, object]]:
    sums: dict[str, Cost] = {}
    for p in profiles:
        for name, cost in category_costs(p).items():
            sums[name] = sums.get(name, Cost()) + cost
    return [
        {"category": name, "static": c.static, "dynamic": c.dynamic, "cycles": c.total_cycles}
        for name, c in sums.items()
    ]
