"""A program's schedule and profile to its timeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.schedule.model import ENGINES, STALLS, Block, Schedule
from isa_analysis.timeline.build.budget import WHOLE, Fitted, fit
from isa_analysis.timeline.build.counters import Moved
from isa_analysis.timeline.build.cuts import Cuts
from isa_analysis.timeline.build.draft import Draft, Plan, Source, make_pass
from isa_analysis.timeline.build.leaves import Cut, leaves
from isa_analysis.timeline.build.live import live_bytes
from isa_analysis.timeline.build.path import Place
from isa_analysis.timeline.build.spans import Names
from isa_analysis.timeline.build.summary import Summaries, Summary, Wait
from isa_analysis.timeline.levels import LIFECYCLE, PHASES, Level, bits_of, level_of
from isa_analysis.timeline.model import (
    Accounting,
    BlameTotal,
    EngineTotal,
    Extent,
    LoopRow,
    Meta,
    PathStep,
    Timeline,
    Totals,
)
from isa_analysis.timeline.schema import SCHEMA_REV

if TYPE_CHECKING:
    from isa_analysis.assembly.program import Program
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.profiling.model import Profile

#: Events kept by default: about 30 MB of trace, 3 MB compressed.
MAX_EVENTS = 200_000
#: Instructions per block where nothing else ends it: as few as the budget allows, at most this.
_BLOCK = 64
#: Instructions of straight code up to which issue and retirement are told.
LIFECYCLE_LIMIT = 30_000_000


@dataclass(frozen=True, slots=True)
class TimelineOptions:
    """``level``: 0 to 3, True (3) or False (0). ``window``: cycles to show, half open (None: all).
    ``max_events``: trace events at most. ``detail``: instructions per block at most (None: as few
    as the budget allows)."""

    level: int | bool = True
    window: tuple[int, int] | None = None
    max_events: int = MAX_EVENTS
    detail: int | None = None


def build_timeline(
    schedule: Schedule,
    program: Program,
    profile: Profile,
    options: TimelineOptions | None = None,
    floor: int | None = None,
    board: LoadedBoard | None = None,
) -> Timeline | None:
    """The timeline of ``program`` by ``schedule``; None at level 0.

    ``profile`` names kernels, board and models; with traffic it adds HBM bytes, and with the
    ``board`` also live bytes on the chip. ``floor``: the longest dependency path in cycles, where
    it is known. Raises :class:`ValueError` for a level or
    a number of events that does not exist, or a window outside the makespan.
    """
    options = options or TimelineOptions()
    requested = level_of(options.level)
    if not requested:
        return None
    if options.max_events < 1:
        raise ValueError("max_events must be at least 1")
    window = _window(options.window, schedule.makespan)
    source = _source(schedule, program, profile, board, bits_of(requested))
    plan = Plan(WHOLE, window=window, unroll=options.max_events // 4)
    found = list(leaves(schedule, source.rough, Cut(window=window, unroll=plan.unroll)))
    instructions = sum(len(leaf.node.steps) for leaf in found if isinstance(leaf.node, Block))
    level = Level(requested, requested)
    if instructions > LIFECYCLE_LIMIT and requested > 1:
        level = Level(requested, 1, f"more than {LIFECYCLE_LIMIT:,} instructions of straight code")
    bits = bits_of(level.effective)
    # The block is the program's, not the budget's: what a smaller one costs is in the accounting.
    plan = replace(plan, detail=options.detail or _detail(instructions, MAX_EVENTS))
    source = replace(source, fine=_summaries(schedule, source.names, plan.detail))
    whole: Draft | None = None
    walk: tuple[tuple[PathStep, Place], ...] = ()
    if window is not None:
        whole, walk = _walked(source, plan, window, bits)
    fitted = fit(source, plan, found, bits, options.max_events, walk)
    draft = fitted.draft
    if whole is None and fitted.plan.collapse and bits & LIFECYCLE:
        whole = make_pass(source, replace(plan, detail=WHOLE), found).draft(bits & LIFECYCLE)
    if window is None:
        sums = _sums_of(fitted, schedule)
    else:
        sums = _Sums.of(source.fine.sequence(schedule.root))
    shown = window or (0, schedule.makespan)
    if fitted.cut_at is not None:
        shown = shown[0], max(min(shown[1], fitted.cut_at), shown[0])
    return Timeline(
        level=level,
        estimated=True,
        meta=_meta(schedule, profile, plan),
        extent=Extent(
            schedule.makespan,
            shown,
            "full" if shown == (0, schedule.makespan) else "window",
            schedule.dynamic,
            floor,
        ),
        accounting=_accounting(fitted, sum(sums.instances), whole, bits, options.max_events),
        loops=_loops(schedule, program),
        spans=tuple(draft.spans),
        kernels=source.labels,
        totals=_totals(schedule, sums, draft if whole is None else whole),
        edges=tuple(sorted(draft.edges)) if bits & LIFECYCLE else None,
        path=draft.path if bits & LIFECYCLE else None,
        phases=tuple(draft.phases) if bits & PHASES else None,
        counters=draft.counters if bits & PHASES else None,
        samples=tuple(draft.samples) if bits & PHASES else None,
        schema_rev=SCHEMA_REV,
    )


def _window(window: tuple[int, int] | None, makespan: int) -> tuple[int, int] | None:
    if window is None:
        return None
    start, end = window
    if not 0 <= start < end or start >= makespan:
        raise ValueError(f"window {start}:{end} has no cycle of 0 to {makespan}")
    return start, min(end, makespan)


def _detail(instructions: int, most: int) -> int:
    """Instructions per block: 1, or as many as leave most of the budget to other things."""
    detail = 1
    while detail < _BLOCK and 8 * instructions > detail * most:
        detail *= 2
    return detail


def _source(
    schedule: Schedule, program: Program, profile: Profile, board: LoadedBoard | None, bits: int
) -> Source:
    regions = profile.regions
    assert regions is not None
    labels: dict[str, int] = {}
    of_kernel = [
        labels.setdefault(": ".join(filter(None, (name.layer, name.kernel))) or "-", len(labels))
        for name in profile.kernels
    ]
    kernel = np.array(of_kernel or [0], np.int64)[regions.kernel] if of_kernel else regions.kernel
    names = Names.of(regions.start, kernel.astype(np.int64), program.loops)
    moved, live = None, {}
    traffic = profile.traffic
    if traffic is not None and bits & PHASES:
        found = traffic.requests
        moved = Moved.of(
            [
                (pc, wrote > 0, 64 * (read + wrote), times)
                for pc, read, wrote, times in zip(
                    traffic.transfers.pc.tolist(), found.read, found.written, found.times,
                    strict=True,
                )
            ]
        )  # fmt: skip
        if board is not None:
            live = live_bytes(program, board, traffic, regions)
    return Source(
        schedule,
        names,
        tuple(labels) or ("-",),
        {i: loop.parent for i, loop in enumerate(program.loops)},
        moved,
        live,
        rough := _summaries(schedule, names, WHOLE),
        rough,
    )


def _summaries(schedule: Schedule, names: Names, detail: int) -> Summaries:
    return Summaries(schedule, Cuts(names.starts, detail, names.listed))


def _meta(schedule: Schedule, profile: Profile, plan: Plan) -> Meta:
    from isa_analysis._version import __version__

    caveats = list(profile.model.caveats)
    if schedule.err_cycles:
        caveats.append(f"the makespan is an upper bound, at most {schedule.err_cycles:,} too long")
    size = "whole kernels" if plan.detail >= WHOLE else f"at most {plan.detail} instructions"
    return Meta(
        clock_hz=profile.board.clock_hz,
        engines=ENGINES,
        model=schedule.model,
        input_sha256=profile.input.sha256,
        input=profile.input.path,
        board=profile.board.name,
        memory=schedule.memory or profile.model.memory,
        tool_version=__version__,
        caveats=tuple(caveats),
        block=size,
    )


def _accounting(
    fitted: Fitted, total: int, whole: Draft | None, bits: int, most: int
) -> Accounting:
    draft = fitted.draft
    kept = sum(draft.weights)
    shown = len(draft.spans)
    edges: dict[str, int] = {}
    if bits & LIFECYCLE:
        here = len(draft.edges)
        stood_for = sum(draft.edges.values()) + draft.inner
        waits = max(draft.waits if whole is None else whole.waits, stood_for)
        edges = {
            "edges_total": waits,
            "edges_shown": here,
            "edges_summarised": stood_for - here,
            "edges_dropped": waits - stood_for,
        }
    return Accounting(
        spans_total=total,
        shown=shown,
        summarised=kept - shown,
        dropped=total - kept,
        max_events=most,
        events=fitted.events,
        steps=fitted.steps,
        **edges,
    )


def _walked(
    source: Source, plan: Plan, window: tuple[int, int], bits: int
) -> tuple[Draft, tuple[tuple[PathStep, Place], ...]]:
    """The whole program without rows of interest, and the part of its blame walk in ``window``,
    iterations there one by one."""
    plain = replace(plan, window=None, detail=WHOLE, apart=True)
    whole = make_pass(source, plain)
    if not bits & LIFECYCLE:
        return whole.draft(0), ()
    cut = Cut(window=window, unroll=plan.unroll, keep=True)
    split = make_pass(source, plain, list(leaves(source.schedule, source.rough, cut)))
    draft = split.draft(bits & LIFECYCLE)
    walk = _clipped(draft, window)
    return whole.draft(bits & LIFECYCLE) if len(split.leaves) > len(whole.leaves) else draft, walk


def _clipped(whole: Draft, window: tuple[int, int]) -> tuple[tuple[PathStep, Place], ...]:
    """Steps of the whole walk that touch ``window``, and what they blame."""
    low, high = window
    return tuple(
        (PathStep(-1, max(step.start, low), min(step.end, high), step.kind), place)
        for step, place in zip(whole.path, whole.blame.places, strict=True)
        if step.start < high and step.end > low
    )


def _loops(schedule: Schedule, program: Program) -> tuple[LoopRow, ...]:
    line = program.line
    return tuple(
        LoopRow(
            id=loop.loop,
            parent=loop.parent,
            pc=(loop.first_pc, loop.last_pc + 1),
            trip=loop.trip,
            ii=loop.ii,
            prologue=loop.prologue,
            period=loop.period,
            basis=loop.basis,
            err_cycles=loop.err_cycles,
            lines=(int(line[loop.first_pc]), int(line[min(loop.last_pc, len(line) - 1)])),
            entries=loop.executions,
            cycles=loop.cycles,
            bound_by=loop.bound_by,
        )
        for loop in schedule.loops
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """Block instances per engine, and cycles stood still, of the whole program."""

    instances: tuple[int, ...]
    waits: dict[Wait, int]

    @staticmethod
    def of(summary: Summary) -> _Sums:
        return _Sums(summary.instances, summary.waits)


def _sums_of(fitted: Fitted, schedule: Schedule) -> _Sums:
    """The sums of a draft of the whole program."""
    draft, steps = fitted.draft, schedule.steps
    instances = list(fitted.instances)
    waits: dict[Wait, int] = {}
    for row in np.flatnonzero((draft.taken > 0) & (steps.stall + steps.port > 0)).tolist():
        times, engine = int(draft.taken[row]), int(steps.engine[row])
        if stall := int(steps.stall[row]):
            key = int(steps.kind[row]), int(steps.producer[row]), engine
            waits[key] = waits.get(key, 0) + stall * times
        if port := int(steps.port[row]):
            key = STALLS.index("write-back"), -1, engine
            waits[key] = waits.get(key, 0) + port * times
    for summary in draft.runs:
        for key, cycles in summary.waits.items():
            waits[key] = waits.get(key, 0) + cycles
    return _Sums(tuple(instances), waits)


def _totals(schedule: Schedule, sums: _Sums, walked: Draft) -> Totals:
    waited: dict[int, dict[str, int]] = {}
    for (kind, producer, engine), cycles in sums.waits.items():
        reason = STALLS[kind] + (f" on {ENGINES[producer]}" if producer >= 0 else "")
        mine = waited.setdefault(engine, {})
        mine[reason] = mine.get(reason, 0) + cycles
    return Totals(
        engines=tuple(
            EngineTotal(
                i,
                sums.instances[i],
                use.instructions,
                use.busy,
                use.idle,
                use.wait,
                max(waited[i], key=lambda r: (waited[i][r], r)) if waited.get(i) else None,
            )
            for i, use in enumerate(schedule.engines)
        ),
        compute=schedule.issue_cycles,
        stalls=dict(schedule.stalls),
        blame=tuple(
            BlameTotal(kind, engine, steps, cycles)
            for (kind, engine), (steps, cycles) in sorted(walked.blame.sums.items())
        )
        or None,
    )
