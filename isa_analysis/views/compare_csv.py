"""A comparison as CSV: one row per kernel and variant, exact values.

row,kernel,variant,status,...
program,,rolled,,...
"""

from __future__ import annotations

from isa_analysis.compare.model import Comparison
from isa_analysis.table import Column, Table, Value, render_csv
from isa_analysis.views.compare_tables import moved_bytes

_KEYS = (
    "row", "kernel", "variant", "status", "board", "static_instructions", "dynamic_instructions",
    "compute_cycles", "memory_cycles", "total_cycles", "milliseconds", "measured_cycles",
    "error_percent", "bytes_moved", "on_chip_peak_bytes", "fits", "ratio", "measured_ratio",
    "delta_cycles", "share_percent", "flags",
)  # fmt: skip


def render(c: Comparison) -> str:
    """The program first, then every kernel; nothing is cut or rounded."""
    rows: list[tuple[Value, ...]] = []
    for number, row in enumerate((c.whole, *c.rows)):
        for i, (v, cell) in enumerate(zip(c.variants, row.cells, strict=True)):
            f = cell.figures
            base = row.cells[0].figures
            delta = None
            if i and (f is not None or base is not None):
                delta = (f.cycles if f else 0) - (base.cycles if base else 0)
            whole = c.changes[i - 1].delta if i else 0
            fits = None if f is None or f.fits is None else "yes" if f.fits else "no"
            rows.append(
                (
                    "kernel" if number else "program", row.label if number else "", v.label,
                    cell.status, v.board.name,
                    *((f.cost.static, f.cost.dynamic, f.cost.compute_cycles, f.cost.memory_cycles,
                       f.cycles, v.milliseconds(f.cycles)) if f else (None,) * 6),
                    cell.measured, cell.error_percent, moved_bytes(v, f.cost) if f else None,
                    f.peak_bytes if f else None, fits, cell.ratio, cell.measured_ratio, delta,
                    100 * delta / whole if delta is not None and whole else None,
                    " ".join(dict.fromkeys(x.code for x in (*cell.flags, *cell.measured_flags))),
                )
            )  # fmt: skip
    return render_csv([Table("comparison", tuple(Column(k, k) for k in _KEYS), tuple(rows))])
