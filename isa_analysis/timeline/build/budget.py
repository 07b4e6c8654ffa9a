"""Keeping a timeline within a number of events, in a fixed order of steps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import itemgetter

from isa_analysis.schedule.model import ENGINES, LoopRun
from isa_analysis.timeline.bars import loop_bars
from isa_analysis.timeline.build.clip import keep_first, keep_within
from isa_analysis.timeline.build.draft import Draft, Plan, Source, make_pass
from isa_analysis.timeline.build.leaves import Leaf, height
from isa_analysis.timeline.build.merge import merge_calls
from isa_analysis.timeline.levels import LIFECYCLE, PHASES
from isa_analysis.timeline.model import Degradation

#: Instructions in a block when neighbours are coalesced: whole kernels and loop bodies.
WHOLE = 1 << 40
#: Estimates of more than this many times the budget are not followed up.
_HOPELESS = 1.05
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


def events_of(draft: Draft, source: Source, lifecycle: bool) -> int:
    """Events that an exported trace will have: a span has one, with its lifecycle two; an arrow
    two; a loop bar, a step of the path, a phase and a sample one; each counter one more."""
    bars = loop_bars(draft.spans, source.parents)
    return (
        len(draft.spans) * _per_span(lifecycle)
        + 2 * len(draft.edges)
        + sum(map(len, bars.values()))
        + len(draft.path)
        + len(draft.phases)
        + len(draft.samples)
        + len(draft.counters)
    )


def _per_span(lifecycle: bool) -> int:
    return 2 if lifecycle else 1


@dataclass(slots=True)
class _Fitting:
    """The work in progress. ``draft`` is None while spans alone are far over the budget; the
    number of events is then an estimate."""

    source: Source
    bits: int
    most: int
    plan: Plan
    leaves: list[Leaf]
    draft: Draft | None = None
    events: int = 0
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
        self.events = now.estimate() * _per_span(self.lifecycle)
        self.draft = None
        if self.events <= _HOPELESS * self.most:
            self.take(now.draft(self.bits))

    def take(self, draft: Draft) -> None:
        if self.plan.critical:
            _keep_critical(draft)
        self.draft = draft
        self.events = events_of(draft, self.source, self.lifecycle)

    def note(self, step: str, before: int, detail: str) -> None:
        self.steps.append(Degradation(step, before, self.events, detail))


def fit(source: Source, plan: Plan, found: list[Leaf], bits: int, most: int) -> Fitted:
    """The timeline's tables with at most ``most`` events, from the leaves ``found``.

    Degraded in a fixed order: coalesce neighbours, drop non-critical arrows, collapse innermost
    loops, coarsen counters, cut the window. A step is taken as far as it helps, and only while
    there are too many events.
    """
    work = _Fitting(source, bits, most, plan, found)
    work.make(plan)
    for step in (_coalesce, _arrows, _collapse, _coarsen):
        if work.over:
            step(work)
    cut_at = None
    if work.draft is None:
        work.take(make_pass(source, work.plan, work.leaves).draft(bits))
    draft = work.draft
    assert draft is not None
    instances = [0] * len(ENGINES)
    for span, weight in zip(draft.spans, draft.weights, strict=True):
        instances[span.engine] += weight
    if work.over:
        before = work.events
        cut_at = _cut(draft, work)
        work.events = events_of(draft, source, work.lifecycle)
        work.note("cut window", before, f"cut after cycle {cut_at:,}")
    return Fitted(draft, work.plan, work.events, tuple(instances), tuple(work.steps), cut_at)


def _coalesce(work: _Fitting) -> None:
    before, first = work.events, work.plan.detail
    while work.over and work.plan.detail < WHOLE:
        wider = work.plan.detail * 8
        work.make(replace(work.plan, detail=wider if wider < 4096 else WHOLE))
    if work.plan.detail != first:
        size = work.plan.detail
        into = "whole kernels" if size == WHOLE else f"blocks of up to {size:,} instructions"
        work.note("coalesce neighbours", before, f"blocks of {first:,} instructions into {into}")


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
    highest = max((height(part, {}) for part in work.source.schedule.root
                   if isinstance(part, LoopRun)), default=0)  # fmt: skip
    while work.over and work.plan.collapse < highest:
        work.make(replace(work.plan, collapse=work.plan.collapse + 1))
    depth = work.plan.collapse
    what = "innermost loops" if depth <= 1 else f"loops with up to {depth - 1} more inside"
    detail = f"each execution of {what} is one slice per engine" if depth else ""
    if work.over:
        draft = work.draft
        if draft is None:
            draft = make_pass(work.source, work.plan, work.leaves).draft(work.bits)
            work.take(draft)
        merged = merge_calls(draft, work.events - work.most, _per_span(work.lifecycle))
        if merged:
            work.events = events_of(draft, work.source, work.lifecycle)
            short = f"the {merged:,} shortest kernel calls are one slice per engine"
            detail = f"{detail}, {short}" if detail else short
    if detail:
        work.note("collapse loops", before, detail)


def _coarsen(work: _Fitting) -> None:
    if not work.bits & PHASES:
        return
    before = work.events
    while work.over and work.plan.bins > _FEWEST_BINS and work.draft is not None:
        work.make(replace(work.plan, bins=work.plan.bins // 2))
    if work.events != before:
        work.note("coarsen counters", before, f"{work.plan.bins} bins per counter")


def _keep_critical(draft: Draft) -> None:
    """Drop the edges that the blame walk does not follow."""
    steps = [step.span for step in draft.path]
    pairs = set(pairwise(steps))
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
    for bars in loop_bars(draft.spans, work.source.parents).values():
        costs += [(bar.start, 1) for bar in bars]
    room = work.most - len(draft.counters)
    at = 0
    for start, group in groupby(sorted(costs), key=itemgetter(0)):
        room -= sum(cost for _, cost in group)
        at = start
        if room < 0:
            break
    keep_within(draft, (0, at))
    if events_of(draft, work.source, work.lifecycle) > work.most:
        keep_first(draft, max((work.most - len(draft.counters)) // (per_span + 1), 0))
    return at
