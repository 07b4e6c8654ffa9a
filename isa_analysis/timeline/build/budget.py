"""Keeping a timeline within a number of events, in a fixed order of steps."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import itemgetter

from isa_analysis.schedule.model import ENGINES, LoopRun
from isa_analysis.timeline.bars import loop_bars
from isa_analysis.timeline.build.clip import keep_first, keep_nothing_else, keep_within, placed
from isa_analysis.timeline.build.counters import coarser
from isa_analysis.timeline.build.draft import BINS, Draft, Plan, Source, bins_of, make_pass
from isa_analysis.timeline.build.events import events_of, names_of
from isa_analysis.timeline.build.fuse import fuse
from isa_analysis.timeline.build.leaves import Leaf, height
from isa_analysis.timeline.build.merge import merge_calls
from isa_analysis.timeline.build.path import Place
from isa_analysis.timeline.levels import LIFECYCLE, PHASES
from isa_analysis.timeline.model import Degradation, PathStep

#: Instructions in a block when neighbours are coalesced: whole kernels and loop bodies.
WHOLE = 1 << 40
#: Bins of a counter are halved down to this.
_FEWEST_BINS = 8


@dataclass(slots=True)
class Fitted:
    """A draft within the budget, the plan it follows and the steps taken to get there.
    ``instances``: block instances per engine, before the cut. ``cut_at``: the cycle after which
    everything was dropped; None when nothing was."""

    draft: Draft
    plan: Plan
    events: int
    instances: tuple[int, ...]
    steps: tuple[Degradation, ...] = ()
    cut_at: int | None = None


def _per_span(lifecycle: bool) -> int:
    return 2 if lifecycle else 1


@dataclass(slots=True)
class _Fitting:
    """The work in progress. ``walk``: the blame walk of the window. ``draft`` is None while spans
    alone are far over the budget; the number of events is then an estimate. ``saved``: events that
    coarser counters spare."""

    source: Source
    bits: int
    most: int
    plan: Plan
    leaves: list[Leaf]
    walk: tuple[tuple[PathStep, Place], ...] = ()
    draft: Draft | None = None
    events: int = 0
    saved: int = 0
    steps: list[Degradation] = field(default_factory=list)

    @property
    def lifecycle(self) -> bool:
        return bool(self.bits & LIFECYCLE)

    @property
    def over(self) -> bool:
        return self.events > self.most

    def make(self, plan: Plan) -> None:
        """Start again with ``plan``."""
        same = plan.collapse == self.plan.collapse
        self.plan = plan
        now = make_pass(self.source, plan, self.leaves if same else None)
        self.leaves = now.leaves
        self.events = now.estimate() * _per_span(self.lifecycle) + now.bars()
        self.draft = None
        if not self.over:
            self.take(now.draft(self.bits))

    def take(self, draft: Draft) -> None:
        if self.plan.window is not None and not draft.clipped:
            keep_within(draft, self.plan.window)
            draft.path = placed(self.walk, draft.spans)
        if self.plan.stretches is not None and draft.pairs is None:
            fuse(draft, bins_of(self.source, self.plan).window, self.plan.stretches)
        if self.plan.critical:
            _keep_critical(draft)
        self.draft = draft
        self.events = self.count(draft, self.plan.window is not None)

    def made(self) -> Draft:
        """The draft, also where it is far over the budget."""
        if self.draft is None:
            self.take(make_pass(self.source, self.plan, self.leaves).draft(self.bits))
        assert self.draft is not None
        return self.draft

    def count(self, draft: Draft, partial: bool) -> int:
        """Events of the trace of ``draft``; ``partial``: it ends before the program does."""
        return events_of(draft, self.source.parents, self.lifecycle, partial, self.most)

    def note(self, step: str, before: int, detail: str, after: int | None = None) -> None:
        after = self.events if after is None else after
        self.steps.append(Degradation(step, before, after, detail))


def fit(
    source: Source,
    plan: Plan,
    found: list[Leaf],
    bits: int,
    most: int,
    walk: tuple[tuple[PathStep, Place], ...] = (),
) -> Fitted:
    """The timeline's tables with at most ``most`` events, from the leaves ``found``; ``walk`` is
    the blame walk where the plan has a window.

    Degraded in a fixed order: coalesce neighbours, drop non-critical arrows, collapse innermost
    loops, coarsen counters, cut the window. A step is taken as far as it helps, and only while
    there are too many events.
    """
    work = _Fitting(source, bits, most, plan, found, walk)
    work.make(plan)
    for step in (_coalesce, _arrows, _collapse, _coarsen):
        if work.over or (step is _coarsen and work.plan.bins < BINS):
            step(work)
    cut_at = None
    draft = work.made()
    instances = [0] * len(ENGINES)
    for span, weight in zip(draft.spans, draft.weights, strict=True):
        instances[span.engine] += weight
    if work.over:
        before = work.events
        cut_at = _cut(draft, work)
        work.events = work.count(draft, True)
        work.note("cut window", before, f"cut after cycle {cut_at:,}")
    return Fitted(draft, work.plan, work.events, tuple(instances), tuple(work.steps), cut_at)


def _coalesce(work: _Fitting) -> None:
    before, first = work.events, work.plan.detail
    while work.over and work.plan.detail < WHOLE:
        wider = work.plan.detail * 8
        work.make(replace(work.plan, detail=wider if wider < 4096 else WHOLE))
    done = []
    if work.plan.detail != first:
        size = work.plan.detail
        into = "whole kernels" if size == WHOLE else f"blocks of up to {size:,} instructions"
        from_ = "single instructions" if first == 1 else f"blocks of {first:,} instructions"
        done.append(f"{from_} into {into}")
    if work.over and work.lifecycle:
        stretches = max(work.most // 32, 4)
        work.plan = replace(work.plan, stretches=stretches)
        if work.draft is not None:  # else the spans alone are too many: nothing is drafted yet
            work.take(work.draft)
        done.append(f"path and phases into {stretches:,} stretches")
    if done:
        work.note("coalesce neighbours", before, ", ".join(done))


def _arrows(work: _Fitting) -> None:
    if not work.lifecycle:
        return
    before = work.events
    work.plan = replace(work.plan, critical=True)
    if work.draft is not None:
        work.take(work.draft)
    work.note("drop arrows", before, "arrows off the critical path are not kept")


def _collapse(work: _Fitting) -> None:
    before = work.events
    heights = work.source.rough.heights
    highest = max((height(part, heights) for part in work.source.schedule.root
                   if isinstance(part, LoopRun)), default=0)  # fmt: skip
    while work.over and work.plan.collapse < highest:
        work.make(replace(work.plan, collapse=work.plan.collapse + 1))
    depth = work.plan.collapse
    what = "innermost loops" if depth <= 1 else f"loops with up to {depth - 1} more inside"
    detail = f"each execution of {what} is one slice per engine" if depth else ""
    if work.over:  # merging more than coarse counters make necessary would help nobody
        draft = work.made()
        _halve_bins(work, min(max(work.most // 100, _FEWEST_BINS), BINS))
        merged = 0
        if work.over:
            merged = merge_calls(draft, work.events - work.most, _per_span(work.lifecycle))
        if merged:
            work.events = work.count(draft, work.plan.window is not None)
            short = f"the {merged:,} shortest kernel calls are one slice per engine"
            detail = f"{detail}, {short}" if detail else short
    if detail:
        work.note("collapse loops", before, detail, work.events + work.saved)


def _coarsen(work: _Fitting) -> None:
    if not work.bits & PHASES:
        return
    before = work.events + work.saved
    _halve_bins(work, _FEWEST_BINS)
    if work.plan.bins < BINS:
        work.note("coarsen counters", before, f"{work.plan.bins} bins per counter")


def _halve_bins(work: _Fitting, fewest: int) -> None:
    """Coarser counters, as long as there are too many events and more than ``fewest`` bins."""
    draft = work.made()
    before = work.events
    while work.over and work.plan.bins > fewest and draft.samples:
        work.plan = replace(work.plan, bins=max(work.plan.bins // 2, fewest))
        draft.samples = coarser(draft.samples, bins_of(work.source, work.plan))
        work.events = work.count(draft, work.plan.window is not None)
    work.saved += before - work.events


def _keep_critical(draft: Draft) -> None:
    """Drop the edges that the blame walk does not follow."""
    pairs = draft.pairs or set(pairwise(step.span for step in draft.path))
    kept = {e: n for e, n in draft.edges.items() if (e.src, e.dst) in pairs}
    draft.lost += sum(draft.edges.values()) - sum(kept.values())
    draft.edges = kept


def _cut(draft: Draft, work: _Fitting) -> int:
    """Drop what begins latest until the rest fits; returns the cycle of the cut."""
    per_span = _per_span(work.lifecycle)
    start_of = [span.start for span in draft.spans]
    costs = [(start, per_span) for start in start_of]
    costs += [(max(start_of[e.src], start_of[e.dst]), 2) for e in draft.edges]
    costs += [(step.start, 1) for step in draft.path]
    costs += [(phase.start, 1) for phase in draft.phases]
    costs += [(sample.start, 1) for sample in draft.samples]
    bars = loop_bars(draft.spans, work.source.parents)
    costs += [(bar.start, 1) for row in bars.values() for bar in row]
    named = names_of(draft, bars, work.lifecycle)
    room = work.most - 2 * len(draft.counters) - named
    at = 0
    for start, group in groupby(sorted(costs), key=itemgetter(0)):
        room -= sum(cost for _, cost in group)
        at = start
        if room < 0:
            break
    keep_within(draft, (0, at))
    if work.count(draft, True) > work.most:
        spans = draft.spans
        keep_nothing_else(draft)
        fits = bisect_right(
            range(len(spans)),
            work.most,
            key=lambda n: work.count(replace(draft, spans=spans[: n + 1]), True),
        )
        keep_first(draft, fits)
    return at
