"""What limits a program, as tables: engines, stalls, kernels, and what changes would bring.

The first three come with any profile whose timing model overlaps instructions; the last one takes
further schedules (``profile --bottleneck``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isa_analysis.profiling.model import Profile
from isa_analysis.schedule.model import ENGINES, Schedule
from isa_analysis.table import Column, Table, Value, one_line, share

if TYPE_CHECKING:
    from isa_analysis.schedule.bottleneck import Bottlenecks, KernelBound


def overlap_tables(profile: Profile, top: int, limits: Bottlenecks | None = None) -> list[Table]:
    """Engines, stalls and kernels of a profile with a schedule (its own, or that of ``limits``);
    none of one without."""
    schedule = _schedule_of(profile, limits)
    if schedule is None:
        return []
    bounds = _bounds_of(profile, schedule)
    return [engine_table(schedule), stall_table(schedule), kernel_table(schedule, bounds, top)]


def _schedule_of(profile: Profile, limits: Bottlenecks | None) -> Schedule | None:
    return limits.schedule if profile.schedule is None and limits is not None else profile.schedule


def _bounds_of(profile: Profile, schedule: Schedule) -> tuple[KernelBound, ...]:
    from isa_analysis.schedule.bottleneck import kernel_bounds

    assert profile.regions is not None
    return kernel_bounds(schedule, profile.kernels, profile.regions)


def document(profile: Profile, limits: Bottlenecks | None = None) -> dict[str, object] | None:
    """The same as plain values (docs/json.md); None for a profile without a schedule."""
    schedule = _schedule_of(profile, limits)
    if schedule is None:
        return None
    out: dict[str, object] = {
        "input": profile.input.path,
        "timing": schedule.model,
        "makespan": schedule.makespan,
        "serial_cycles": schedule.serial,
        "least_cycles": schedule.least,
        "err_cycles": schedule.err_cycles,
        "rounded_cycles": schedule.duration_error,
        "issue_cycles": schedule.issue_cycles,
        "stalls": [{"kind": kind, "cycles": n} for kind, n in schedule.stalls.items()],
        "engines": [
            {
                "engine": e.engine,
                "instructions": e.instructions,
                "busy_cycles": e.busy,
                "idle_cycles": e.idle,
                "issue_wait_cycles": e.wait,
            }
            for e in schedule.engines
        ],
        "bounds": [
            {
                "kernel": [bound.name.layer, bound.name.kernel],
                "cycles": bound.cycles,
                "bound_by": bound.bound_by or None,
                "busy": dict(zip(ENGINES, bound.busy, strict=True)),
            }
            for bound in _bounds_of(profile, schedule)
        ],
    }
    if limits is not None:
        out["bottleneck"] = {
            "bound_by": limits.bound_by or None,
            "floor_cycles": limits.floor,
            "blame": [
                {
                    "engine": b.engine or None,
                    "reason": b.reason,
                    "producer": b.producer or None,
                    "cycles": b.cycles,
                }
                for b in limits.blame
            ],
            "what_ifs": [
                {
                    "change": w.name,
                    "low_cycles": w.low,
                    "high_cycles": w.high,
                    "gain_low_cycles": w.gain_low,
                    "gain_high_cycles": w.gain_high,
                    "err_cycles": w.err_cycles,
                    "meaning": w.meaning,
                }
                for w in limits.what_ifs
            ],
        }
    return out


def engine_table(schedule: Schedule) -> Table:
    """How long each engine works and stands still."""
    cycles = schedule.makespan
    rows = tuple(
        (e.engine, e.instructions, e.busy, share(e.busy, cycles), e.idle, e.wait)
        for e in schedule.engines
    )
    columns = (
        Column("engine", "engine"),
        Column("instructions", "instructions", "count"),
        Column("busy_cycles", "busy", "cycles"),
        Column("busy_percent", "busy %", "percent"),
        Column("idle_cycles", "idle", "cycles"),
        Column("issue_wait_cycles", "issue wait", "cycles"),
    )
    return Table("Engines (cycles)", columns, rows)


def stall_table(schedule: Schedule) -> Table:
    """Where the time goes: issuing and computing, or waiting, by reason."""
    cycles = schedule.makespan
    stalls = sorted(schedule.stalls.items(), key=lambda item: -item[1])
    rows: list[tuple[Value, ...]] = [
        ("issue and compute", schedule.issue_cycles, share(schedule.issue_cycles, cycles))
    ]
    rows += [(f"stall: {kind}", n, share(n, cycles)) for kind, n in stalls if n]
    rows.append(("total", cycles, share(cycles, cycles)))
    columns = (
        Column("kind", "kind"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
    )
    return Table("Stalls (cycles)", columns, tuple(rows))


def kernel_table(schedule: Schedule, bounds: tuple[KernelBound, ...], top: int) -> Table:
    """Which engine bounds each kernel; kernels of equal layer and name together."""
    groups: dict[str, list[KernelBound]] = {}
    for bound in bounds:
        name = ": ".join(filter(None, (bound.name.layer, bound.name.kernel)))
        groups.setdefault(name, []).append(bound)
    found = []
    for name, mine in groups.items():
        busy = [sum(b.busy[e] for b in mine) for e in range(len(ENGINES))]
        cycles, most = sum(b.cycles for b in mine), max(busy)
        engine = ENGINES[busy.index(most)] if most else None
        found.append((name, cycles, engine, most))
    found.sort(key=lambda row: (-row[1], row[0]))
    rows = tuple(
        (
            one_line(name, 40) or "-",
            cycles,
            share(cycles, schedule.makespan),
            engine,
            busy,
            share(busy, cycles),
        )
        for name, cycles, engine, busy in found[:top]
    )
    columns = (
        Column("kernel", "kernel"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
        Column("bound_by", "bound by"),
        Column("busy_cycles", "its work", "cycles"),
        Column("busy_percent", "of the kernel", "percent"),
    )
    note = (
        "Its work: cycles that the busiest engine works for the kernel; above 100 % it works "
        "while other kernels are charged for the time."
    )
    return Table(f"Bounds of kernels ({len(rows)} of {len(found):,})", columns, rows, note)


def what_if_table(found: Bottlenecks) -> Table:
    """What single changes would bring at most."""
    base = found.makespan
    rows: list[tuple[Value, ...]] = []
    for change in found.what_ifs:
        exact = change.low == change.high
        rows.append(
            (
                change.name,
                change.low,
                None if exact else change.high,
                change.gain_low if exact else None,
                change.gain_high,
                share(change.gain_high, base),
            )
        )
    columns = (
        Column("change", "change"),
        Column("cycles", "cycles then", "cycles"),
        Column("at_most_cycles", "at most", "cycles"),
        Column("gain_cycles", "gain", "cycles"),
        Column("gain_at_most_cycles", "gain at most", "cycles"),
        Column("gain_percent", "%", "percent"),
    )
    part = share(found.floor, base) or 0.0
    note = (
        f"Bound by {found.bound_by or 'nothing'}. Longest dependency path (unlimited engines): "
        f"{found.floor:,} cycles, {part:.1f} % of the makespan of {base:,}. Where a bracket is "
        "given (at most), the gain lies between 0 and gain at most."
    )
    if found.schedule.duration_error:
        note += (
            f" Transfers take whole numbers of cycles here, which leaves out "
            f"{found.schedule.duration_error:,} cycles."
        )
    return Table("What if (cycles)", columns, tuple(rows), note)
