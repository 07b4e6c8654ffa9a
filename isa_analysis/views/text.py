"""A profile as text for the terminal.

Input    decoder.asm (plena, 1,204 lines, 1,101 instructions)
Board    v80 at 400 MHz
...
Total    8,911,305 cycles = 22.28 ms
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.profiling.model import Profile, total
from isa_analysis.table import Column, Table, render_text, share
from isa_analysis.views import profile_tables as tables

if TYPE_CHECKING:
    from isa_analysis.schedule.bottleneck import Bottlenecks


def render(
    profiles: Sequence[Profile],
    group: tuple[str, ...] | None = None,
    top: int = 20,
    limits: Sequence[Bottlenecks] = (),
) -> str:
    """The text report of one or several stages; ``group`` None chooses by the number of layers.
    ``limits``: what limits each stage, when that was asked for."""
    parts = [f"isa-analysis {__version__}"]
    if len(profiles) > 1:
        parts.append(render_text(stage_table(profiles)))
    for i, profile in enumerate(profiles):
        parts.append(_profile(profile, group, top))
        if limits:
            from isa_analysis.views.bottleneck import overlap_tables, what_if_table

            if profile.schedule is None:
                tables = overlap_tables(profile, top, limits[i])
                parts += [render_text(table) for table in tables]
            parts.append(render_text(what_if_table(limits[i])))
    return "\n\n".join(parts) + "\n"


def stage_table(profiles: Sequence[Profile]) -> Table:
    """One row per stage and a total."""
    rows = [
        (
            printable(p.input.path),
            p.input.lines,
            p.totals.dynamic,
            p.totals.compute_cycles,
            p.totals.memory_cycles,
            p.totals.total_cycles,
            tables.ms(p, p.totals.total_cycles),
        )
        for p in profiles
    ]
    whole = total(p.totals for p in profiles)
    rows.append(
        (
            "total",
            sum(p.input.lines for p in profiles),
            whole.dynamic,
            whole.compute_cycles,
            whole.memory_cycles,
            whole.total_cycles,
            sum(tables.ms(p, p.totals.total_cycles) for p in profiles),
        )
    )
    columns = (
        Column("stage", "stage"),
        Column("lines", "lines", "count"),
        Column("dynamic", "dynamic", "count"),
        Column("compute_cycles", "compute", "cycles"),
        Column("memory_cycles", "memory", "cycles"),
        Column("total_cycles", "total", "cycles"),
        Column("ms", "ms", "ms"),
    )
    return Table("Stages (cycles)", columns, tuple(rows))


def _profile(profile: Profile, group: tuple[str, ...] | None, top: int) -> str:
    parts = [
        _head(profile),
        _totals(profile),
        render_text(tables.kernel_table(profile, group or tables.auto_parts(profile), top)),
        render_text(tables.category_table(profile)),
        render_text(tables.opcode_table(profile, top)),
        render_text(tables.memory_table(profile)),
        render_text(tables.loop_table(profile, min(top, 10))),
    ]
    if profile.schedule is not None:
        from isa_analysis.views.bottleneck import overlap_tables

        parts += [render_text(table) for table in overlap_tables(profile, top)]
    return "\n\n".join(parts)


def _head(p: Profile) -> str:
    i, m = p.input, p.model.parameters
    name = printable(i.path)
    lines = [
        f"Input    {name} ({i.dialect}, {i.lines:,} lines, {i.static_instructions:,} instructions, "
        f"sha256 {i.sha256[:12]})",
        f"Board    {printable(p.board.name)} ({printable(p.board.path)}) at {clock(p)}",
        f"Machine  MLEN {m['mlen']}, VLEN {m['vlen']}, BLEN {m['blen']}; rows per transfer: "
        f"prefetch M {m['prefetch_m_rows']}, prefetch V {m['prefetch_v_rows']}, "
        f"store V {m['writeback_rows']}",
        f"Model    timing {p.model.timing}, memory {p.model.memory}",
    ]
    lines += [f"         - {printable(caveat)}" for caveat in p.model.caveats]
    return "\n".join(lines)


def clock(profile: Profile) -> str:
    """The board's clock in MHz."""
    return f"{profile.board.clock_hz / 1e6:g} MHz"


def _totals(p: Profile) -> str:
    t = p.totals
    mark = "" if p.complete else "   INCOMPLETE: see Model above"
    memory_share = share(t.memory_cycles, t.total_cycles)
    of_total = f" ({memory_share:.1f} % of the total)" if memory_share is not None else ""
    rows = [
        ("Static", f"{t.static:,} instructions"),
        ("Dynamic", f"{t.dynamic:,} instructions"),
        ("Compute", f"{t.compute_cycles:,} cycles"),
        ("Memory", f"{t.memory_cycles:,} cycles{of_total}"),
        ("Total", f"{t.total_cycles:,} cycles = {duration(p.seconds(t.total_cycles))}{mark}"),
    ]
    if p.schedule is not None:
        busiest = max(p.schedule.engines, key=lambda e: e.busy)
        least = f"{busiest.engine} busy"
        if p.model.timing in ("overlap", "async-slots"):
            least = "memory fully hidden"
        rows.append(
            (
                "Bracket",
                f"{p.schedule.least:,} cycles ({least}) <= total <= "
                f"{p.schedule.serial + p.schedule.duration_error:,} (nothing hidden)",
            )
        )
    elif t.memory_cycles:
        low = f"{t.compute_cycles:,} cycles (memory fully hidden)"
        rows.append(("Bracket", f"{low} <= total <= {t.total_cycles:,} (nothing hidden)"))
    if p.traffic is not None:
        moved = f"{t.hbm_read_bytes:,} bytes read, {t.hbm_write_bytes:,} written (64 per request)"
        unknown = sum(p.traffic.requests.unknown)
        if unknown:
            moved += f"; {unknown:,} transfers at addresses that depend on data taken as aligned"
        rows.append(("HBM", moved))
    return "\n".join(f"{name:<8} {value}" for name, value in rows)


def duration(seconds: float) -> str:
    """A time with a unit a reader can take in."""
    for limit, factor, unit in ((1e-6, 1e9, "ns"), (1e-3, 1e6, "us"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * factor:.4g} {unit}"
    return f"{seconds:,.4g} s"
