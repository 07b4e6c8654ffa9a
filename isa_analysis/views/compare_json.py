"""A comparison as JSON: docs/compare.md lists the keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from isa_analysis._version import __version__
from isa_analysis.compare.changes import Change, Changes
from isa_analysis.compare.flagging import config_differences
from isa_analysis.compare.model import Cell, Comparison, Row
from isa_analysis.compare.tradeoff import Point, TradeOff
from isa_analysis.compare.variant import Variant
from isa_analysis.measured.averages import Mean
from isa_analysis.measured.flags import Flag
from isa_analysis.profiling.model import Cost
from isa_analysis.views.compare_tables import moved_bytes

FORMAT = "isa-analysis-compare"
#: Grows when a key changes its meaning or goes; new keys alone do not raise it.
FORMAT_VERSION = 1


def render(c: Comparison) -> str:
    """One JSON document, keys in a fixed order, ASCII."""
    return json.dumps(document(c), indent=1) + "\n"


def document(c: Comparison) -> dict[str, object]:
    """The document as plain values; cycles, instructions and bytes are exact integers."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "group": list(c.variants[0].parts),
        "variants": [_variant(c, i) for i in range(len(c.variants))],
        "program": _row(c, c.whole),
        "kernels": [_row(c, row) for row in c.rows],
        "means": [
            {
                "variant": v.label,
                "ratio": _mean(m.ratio),
                "error_ratio": _mean(m.error),
                "measured_ratio": _mean(m.measured_ratio),
            }
            for v, m in zip(c.variants, c.means, strict=True)
        ],
        "changes": [_changes(c, changes) for changes in c.changes],
        "code_size": [_trade_off(c, t) for t in c.trade_offs if t is not None],
        "preserved": None
        if c.preserved is None
        else {
            "asked": list(c.preserved.asked),
            "opcodes": list(c.preserved.mnemonics),
            "violations": [
                {
                    "variant": c.variants[v.variant].label,
                    "mnemonic": v.mnemonic,
                    "before": v.before,
                    "after": v.after,
                    "kernels": [
                        {"kernel": k, "before": before, "after": after}
                        for k, before, after in v.kernels
                    ],
                }
                for v in c.preserved.violations
            ],
        },
        "notes": list(c.notes),
    }


def _variant(c: Comparison, i: int) -> dict[str, object]:
    v = c.variants[i]
    engine, bound = v.bound
    return {
        "label": v.label,
        "path": v.path,
        "sha256": v.sha256,
        "board": {
            "name": v.board.name,
            "path": v.board.path,
            "sha256": v.board.sha256,
            "clock_hz": v.board.clock_hz,
            "overrides": list(v.board.overrides),
        },
        "model": {
            "timing": v.model.timing,
            "memory": v.model.memory,
            "parameters": dict(v.model.parameters),
        },
        "complete": v.complete,
        "busiest_engine": engine,
        "lower_bound_cycles": bound,
        "differs_from_first": [
            {"what": what, "first": before, "here": after}
            for what, before, after in (config_differences(c.variants[0], v) if i else [])
        ],
    }


def _row(c: Comparison, row: Row) -> dict[str, object]:
    return {
        "path": list(row.path),
        "label": row.label,
        "variants": [_cell(v, cell) for v, cell in zip(c.variants, row.cells, strict=True)],
    }


def _cell(v: Variant, cell: Cell) -> dict[str, object]:
    f = cell.figures
    out: dict[str, object] = {
        "label": v.label,
        "name": f.label if f and f.path else None,
        "status": cell.status,
        **(_cost(f.cost, v.has_bytes) if f else _NO_COST),
        "overlapped_cycles": f.overlapped if f else None,
        "milliseconds": v.milliseconds(f.cycles) if f else None,
        "bytes_moved": moved_bytes(v, f.cost) if f else None,
        "on_chip_peak_bytes": f.peak_bytes if f else None,
        "fits": f.fits if f else None,
        "memories": None
        if f is None or f.memories is None
        else [
            {
                "memory": o.memory,
                "low": o.low,
                "high": o.high,
                "unique_bytes": o.unique_bytes,
                "capacity_bytes": o.capacity_bytes,
                "unknown_accesses": o.unknown,
                "exact": o.exact,
                "fits": o.fits,
            }
            for o in f.memories
        ],
        "ratio": cell.ratio,
        "measured_cycles": cell.measured,
        "error_percent": cell.error_percent,
        "measured_ratio": cell.measured_ratio,
        "flags": flags([*cell.flags, *cell.measured_flags]),
    }
    return out


_NO_COST: dict[str, object] = dict.fromkeys(
    ("static", "dynamic", "compute_cycles", "memory_cycles", "total_cycles", "hbm_read_bytes",
     "hbm_write_bytes")
)  # fmt: skip


def _cost(cost: Cost, has_bytes: bool) -> dict[str, object]:
    return {
        "static": cost.static,
        "dynamic": cost.dynamic,
        "compute_cycles": cost.compute_cycles,
        "memory_cycles": cost.memory_cycles,
        "total_cycles": cost.total_cycles,
        "hbm_read_bytes": cost.hbm_read_bytes if has_bytes else None,
        "hbm_write_bytes": cost.hbm_write_bytes if has_bytes else None,
    }


def flags(found: Sequence[Flag]) -> list[dict[str, object]]:
    """Flags with their reasons, each once."""
    return [{"code": f.code, "reason": f.reason} for f in dict.fromkeys(found)]


def _mean(mean: Mean) -> dict[str, object]:
    return {"value": mean.value, "used": mean.used, "of": mean.of}


def _changes(c: Comparison, changes: Changes) -> dict[str, object]:
    return {
        "from": c.variants[0].label,
        "to": c.variants[changes.to].label,
        "delta_cycles": changes.delta,
        "kernels": [_change(changes, k, True) for k in changes.kernels],
        "opcodes": [_change(changes, o, False) for o in changes.opcodes],
        "categories": [_change(changes, g, False) for g in changes.categories],
    }


def _change(changes: Changes, r: Change, kernel: bool) -> dict[str, object]:
    return {
        "name": r.name,
        "status": r.status,
        **({"was": r.was or None} if kernel else {}),
        "before_static": r.before.static,
        "after_static": r.after.static,
        "before_dynamic": r.before.dynamic,
        "after_dynamic": r.after.dynamic,
        "before_cycles": r.before.total_cycles,
        "after_cycles": r.after.total_cycles,
        "delta_cycles": r.delta,
        "share_percent": changes.share(r),
    }


def _trade_off(c: Comparison, t: TradeOff) -> dict[str, object]:
    return {
        "small": c.variants[t.small].label,
        "large": c.variants[t.large].label,
        "program": _point(t.whole),
        "break_even_runs_at_one_cycle": t.whole.runs(Fraction(1)),
        "hbm_cycles_per_instruction": None
        if t.cycles_per_word is None
        else float(t.cycles_per_word),
        "break_even_runs_from_hbm": None
        if t.cycles_per_word is None
        else t.whole.runs(t.cycles_per_word),
        "kernels": [_point(p) for p in t.kernels],
    }


def _point(p: Point) -> dict[str, object]:
    each = p.saved_per_word
    return {
        "name": p.name,
        "small_static": p.small_static,
        "large_static": p.large_static,
        "small_cycles": p.small_cycles,
        "large_cycles": p.large_cycles,
        "saved_cycles": p.saved,
        "break_even_cycles_per_instruction": None if each is None else float(each),
    }
