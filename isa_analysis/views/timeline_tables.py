"""The tables of a timeline: engines, loops, stalls, critical path; functions of foreign ones.

What a timeline does not record is None, which is shown as ``-``. Sums are the file's totals, from
the closed form; nothing is added up from the rows shown.
"""

from __future__ import annotations

from isa_analysis.diagnostics import printable
from isa_analysis.table import Column, Table, Value, one_line, share
from isa_analysis.timeline.model import BlameTotal, FunctionTotal, Timeline


def tables(timeline: Timeline, top: int | None = None) -> list[Table]:
    """All tables that apply, in the order shown."""
    out = [engine_table(timeline)]
    if timeline.meta.foreign_version is not None:
        out.insert(0, function_table(timeline))
        if timeline.totals is not None and timeline.totals.phases is not None:
            out.append(orchestration_table(timeline))
        if timeline.phases is not None:
            out.append(phase_table(timeline))
        return out
    return [*out, loop_table(timeline, top), stall_table(timeline), path_table(timeline)]


def engine_table(timeline: Timeline) -> Table:
    """Per engine: spans, instructions, busy, waiting."""
    meta = timeline.meta
    totals = timeline.totals.engines if timeline.totals is not None else None
    cycles = timeline.extent.cycles
    rows: list[tuple[Value, ...]] = []
    for number, name in enumerate(meta.engines):
        mine = next((t for t in totals or () if t.engine == number), None)
        if mine is None:
            rows.append((printable(name), *([None] * 7)))
            continue
        average = mine.busy / mine.spans if mine.spans else None
        rows.append(
            (
                printable(name),
                mine.spans,
                mine.insns,
                mine.busy,
                share(mine.busy, cycles),
                mine.issue_wait,
                average,
                mine.bound_by,
            )
        )
    unit, what = ("cycles", "instructions") if timeline.estimated else ("ticks", "tasks")
    columns = (
        Column("engine", "engine"),
        Column("count", "spans", "count"),
        Column("instructions", what, "count"),
        Column("busy_cycles", "busy", "cycles"),
        Column("busy_percent", "busy %", "percent"),
        Column("issue_wait_cycles", "issue wait", "cycles"),
        Column("average_span_cycles", "average span", "cycles"),
        Column("bound_by", "bound by"),
    )
    note = f"Busy and idle {unit} of each engine sum to the makespan of {cycles:,}."
    if timeline.totals is None:
        note = "The file has no totals (schema revision 0)."
    return Table(f"Engines ({unit})", columns, tuple(rows), note)


def loop_table(timeline: Timeline, top: int | None) -> Table:
    """Per loop: trip count, initiation interval, what bounds it, its share of the makespan."""
    cycles = timeline.extent.cycles
    order = sorted(timeline.loops, key=lambda r: (-(r.cycles or 0), r.id))
    shown = order if top is None else order[:top]
    rows = tuple(
        (
            r.id,
            f"{r.lines[0]}-{r.lines[1]}" if r.lines is not None else None,
            r.parent if r.parent >= 0 else None,
            r.trip,
            r.entries,
            r.ii,
            r.period or None,
            r.prologue,
            r.bound_by,
            r.cycles,
            share(r.cycles, cycles) if r.cycles is not None else None,
            r.basis + (f" (up to {r.err_cycles:,} too long)" if r.err_cycles else ""),
        )
        for r in shown
    )
    columns = (
        Column("loop", "loop", "count"),
        Column("lines", "lines"),
        Column("parent", "in", "count"),
        Column("trip", "trip", "count"),
        Column("entries", "entries", "count"),
        Column("ii", "ii", "cycles"),
        Column("period", "period", "count"),
        Column("prologue", "prologue", "count"),
        Column("bound_by", "bound by"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
        Column("basis", "basis"),
    )
    note = (
        "ii: cycles per iteration in the steady state, which begins after the prologue and repeats "
        "every period (-: every iteration was walked). An outer loop contains its inner loops."
        if rows
        else ""
    )
    title = f"Loops (cycles; {len(rows)} of {len(order):,})"
    return Table(title, columns, rows, note)


def stall_table(timeline: Timeline) -> Table:
    """Where the makespan goes: issue and compute, and each kind of stall; they tile it exactly."""
    totals = timeline.totals
    columns = (
        Column("kind", "kind"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
    )
    cycles = timeline.extent.cycles
    if totals is None or totals.stalls is None:
        return Table("Stalls (cycles)", columns, (("total", None, None),), "Not recorded.")
    rows: list[tuple[Value, ...]] = [
        ("issue and compute", totals.compute, share(totals.compute or 0, cycles))
    ]
    order = sorted(totals.stalls.items(), key=lambda item: -item[1])
    rows += [(f"stall: {kind}", spent, share(spent, cycles)) for kind, spent in order]
    whole = (totals.compute or 0) + sum(totals.stalls.values())
    rows.append(("total", whole, share(whole, cycles)))
    return Table("Stalls (cycles)", columns, tuple(rows), "The rows sum to the makespan exactly.")


def path_table(timeline: Timeline) -> Table:
    """The blame walk by kind and engine, and the floor of the longest dependency path."""
    columns = (
        Column("kind", "blamed on"),
        Column("engine", "engine"),
        Column("steps", "steps", "count"),
        Column("cycles", "cycles", "cycles"),
        Column("percent", "%", "percent"),
    )
    cycles, floor = timeline.extent.cycles, timeline.extent.floor
    note = ""
    if floor is not None:
        note = (
            f"Longest dependency path (unlimited engines): {floor:,} cycles, "
            f"{share(floor, cycles) or 0:.1f} % of the estimate of {cycles:,}."
        )
    title = "Critical path (blame walk, cycles)"
    if timeline.path is None:
        return Table(
            title, columns, (("-", "-", None, None, None),), f"Not recorded. {note}".strip()
        )
    blame = timeline.totals.blame if timeline.totals is not None else None
    if blame is None:
        note = f"Of the steps in the file: it has no totals of the walk. {note}"
        blame = _blamed(timeline)
    engines = {number: printable(name) for number, name in enumerate(timeline.meta.engines)}
    rows = [
        (one_line(b.kind), engines.get(b.engine, "-"), b.steps, b.cycles, share(b.cycles, cycles))
        for b in sorted(blame, key=lambda b: (-b.cycles, b.kind, b.engine))
    ]
    return Table(title, columns, tuple(rows), note.strip())


def _blamed(timeline: Timeline) -> tuple[BlameTotal, ...]:
    """Sums over the steps of the path."""
    engine_of = {span.id: span.engine for span in timeline.spans}
    sums: dict[tuple[str, int], list[int]] = {}
    for step in timeline.path or ():
        mine = sums.setdefault((step.kind, engine_of.get(step.span, -1)), [0, 0])
        mine[0] += 1
        mine[1] += step.end - step.start
    return tuple(BlameTotal(k, e, n, spent) for (k, e), (n, spent) in sums.items())


def function_table(timeline: Timeline) -> Table:
    """A foreign timeline's functions, and their total; times in microseconds."""
    totals = timeline.totals
    functions = (totals.functions if totals is not None else None) or ()
    per_us = timeline.meta.clock_hz / 1e6
    rows = [_function(f, per_us) for f in functions]
    if functions:
        rows.append(_function(_sum(functions), per_us))
    time = totals.test_time if totals is not None else None
    said = "-" if time is None else f"{time / per_us:,.3f} us"
    columns = (
        Column("function", "function"),
        Column("count", "Count", "count"),
        Column("average_execution_us", "Avg Exec (us)", "count"),
        Column("average_latency_us", "Avg Latency (us)", "count"),
        Column("execution_percent", "Exec %", "percent"),
        Column("average_head_us", "Avg Head OH (us)", "count"),
        Column("average_tail_us", "Avg Tail OH (us)", "count"),
    )
    return Table("Functions", columns, tuple(rows), f"Total test time: {said}")


def _sum(functions: tuple[FunctionTotal, ...]) -> FunctionTotal:
    def total(key: str) -> int | None:
        values = [getattr(f, key) for f in functions]
        return None if None in values else sum(values)

    return FunctionTotal(
        "TOTAL",
        sum(f.calls for f in functions),
        sum(f.execution for f in functions),
        total("latency"),
        total("head"),
        total("tail"),
    )


def _function(f: FunctionTotal, per_us: float) -> tuple[Value, ...]:
    def average(ticks: int | None) -> float | None:
        return None if ticks is None or not f.calls else ticks / f.calls / per_us

    return (
        one_line(f.name),
        f.calls,
        average(f.execution),
        average(f.latency),
        None if f.latency is None else share(f.execution, f.latency),
        average(f.head),
        average(f.tail),
    )


def orchestration_table(timeline: Timeline) -> Table:
    """Time per kind of orchestration."""
    sums = (timeline.totals.phases if timeline.totals is not None else None) or {}
    per_us = timeline.meta.clock_hz / 1e6
    whole = sum(sums.values())
    columns = (
        Column("phase", "phase"),
        Column("us", "us", "count"),
        Column("percent", "%", "percent"),
    )
    rows = tuple((one_line(k), v / per_us, share(v, whole)) for k, v in sums.items())
    return Table("Orchestrator (us)", columns, rows)


def phase_table(timeline: Timeline) -> Table:
    """Phases by lane and name."""
    per_us = timeline.meta.clock_hz / 1e6
    sums: dict[tuple[str, str], list[int | None]] = {}
    for phase in timeline.phases or ():
        count, cycles, tasks = sums.get((phase.lane, phase.phase), [0, 0, None])
        if phase.handled is not None:
            tasks = (tasks or 0) + phase.handled
        sums[phase.lane, phase.phase] = [(count or 0) + 1, (cycles or 0) + phase.cycles, tasks]
    columns = (
        Column("lane", "lane"),
        Column("phase", "phase"),
        Column("count", "count", "count"),
        Column("us", "us", "count"),
        Column("tasks", "tasks", "count"),
    )
    rows = tuple(
        (one_line(lane), one_line(name), n, (spent or 0) / per_us, tasks)
        for (lane, name), (n, spent, tasks) in sums.items()
    )
    return Table("Phases (us)", columns, rows)
