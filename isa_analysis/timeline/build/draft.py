"""One pass over a schedule under a plan: spans, edges, phases and counters, not yet within any
budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from isa_analysis.schedule.model import STALLS, Ints, Schedule
from isa_analysis.timeline.build.counters import Bins, Counters, Moved
from isa_analysis.timeline.build.cuts import Cuts
from isa_analysis.timeline.build.edges import Dependencies
from isa_analysis.timeline.build.leaves import Cut, Leaf, leaves
from isa_analysis.timeline.build.path import Blame, Trail, blame
from isa_analysis.timeline.build.phases import STALL, KernelPhases, stalls_of
from isa_analysis.timeline.build.rows import Batch, batches
from isa_analysis.timeline.build.spans import Grouped, Names, group, spans_of
from isa_analysis.timeline.build.summary import Summaries, Summary
from isa_analysis.timeline.levels import LIFECYCLE, PHASES
from isa_analysis.timeline.model import CounterInfo, Edge, PathStep, Phase, Sample, Span

#: Leaves looked at to estimate a number of spans.
_SAMPLE = 4000
#: Bins of a counter to begin with.
BINS = 512


@dataclass(frozen=True, slots=True)
class Source:
    """What a timeline is made from. ``moved``: HBM bus bytes; None when addresses were not
    followed. ``parents``: loop -> loop around it. ``live``: name of an on-chip memory -> bytes live
    in each region of ``names``. ``rough`` and ``fine``: summaries of what a schedule's blocks are,
    and of the blocks that the accounting counts."""

    schedule: Schedule
    names: Names
    labels: tuple[str, ...]
    parents: Mapping[int, int]
    moved: Moved | None
    live: Mapping[str, Ints]
    rough: Summaries
    fine: Summaries


@dataclass(frozen=True, slots=True)
class Plan:
    """How finely to tell: ``detail`` instructions per piece, loops of height ``collapse`` and less
    as a whole, only ``critical`` arrows, ``bins`` per counter, what lies in ``window``, path and
    phases in ``stretches``, the steps of the path ``apart`` where they are of one span."""

    detail: int
    collapse: int = 0
    critical: bool = False
    bins: int = BINS
    stretches: int | None = None
    apart: bool = False
    window: tuple[int, int] | None = None
    unroll: int = 0


@dataclass(slots=True)
class Draft:
    """The tables of one pass. ``weights[i]``: blocks that span i stands for;
    ``edges``: with the waits that each stands for; ``inner``: waits inside a span, and ``lost``:
    waits with no edge; ``waits``: all of them. ``taken[s]``: how often straight code takes step s;
    ``runs``: the summaries of the runs. ``clipped``: only part of it is left. ``pairs``: neighbours
    on the path before steps were fused. ``blame``: the whole walk."""

    spans: list[Span] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    waits: int = 0
    edges: dict[Edge, int] = field(default_factory=dict)
    inner: int = 0
    lost: int = 0
    path: tuple[PathStep, ...] = ()
    phases: list[Phase] = field(default_factory=list)
    counters: tuple[CounterInfo, ...] = ()
    samples: list[Sample] = field(default_factory=list)
    taken: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    runs: list[Summary] = field(default_factory=list)
    clipped: bool = False
    pairs: set[tuple[int, int]] | None = None
    blame: Blame = field(default_factory=Blame)


@dataclass(slots=True)
class Pass:
    """The leaves of ``source`` under ``plan``, as batches."""

    source: Source
    plan: Plan
    leaves: list[Leaf]

    def batches(self, found: list[Leaf]) -> Iterator[Batch]:
        """Some of the leaves as columns."""
        names = self.source.names
        cuts = Cuts(names.starts, self.plan.detail, names.listed)
        return batches(self.source.schedule, self.source.fine, found, cuts)

    def estimate(self) -> int:
        """About how many spans there will be, from a sample of the leaves; exact for few."""
        stride = max(len(self.leaves) // _SAMPLE, 1)
        sample = self.leaves[::stride]
        spans = sum(len(group(batch)) for batch in self.batches(sample))
        return spans * len(self.leaves) // max(len(sample), 1)

    def bars(self) -> int:
        """Bars of loops there will be at least: one where code follows that is neither in the loop
        before it nor in one around that."""
        parents = self.source.parents
        found, around, before = 0, {-1}, -1
        for leaf in self.leaves:
            if leaf.loop == before:
                continue
            if leaf.loop not in around:
                found += 1
            before = leaf.loop
            around, loop = {-1}, before
            while loop >= 0:
                around.add(loop)
                loop = parents.get(loop, -1)
        return found

    def draft(self, bits: int) -> Draft:
        """The tables of a timeline with ``bits``."""
        out = Draft()
        schedule = self.source.schedule
        lifecycle = bool(bits & LIFECYCLE)
        found = Dependencies(schedule)
        trails: list[Trail] = []
        kernels = KernelPhases(self.source.labels)
        stalls: list[Phase] = []
        counters = self._counters() if bits & PHASES else None
        row = 0
        out.taken = np.zeros(len(schedule.steps), np.int64)
        for batch in self.batches(self.leaves):
            grouped = group(batch)
            first = len(out.spans)
            new = list(spans_of(schedule, batch, grouped, self.source.names, first, lifecycle))
            out.spans += new
            out.weights += _weights(batch, grouped)
            out.taken += np.bincount(batch.step[~batch.run], minlength=len(out.taken))
            out.runs += batch.runs.values()
            if lifecycle:
                cause = found.add(batch, grouped, first, row)
                span = np.where(grouped.span_of >= 0, grouped.span_of + first, -1)
                trails.append(Trail(batch, row, span, cause))
                row += len(batch.step)
            if counters is not None:
                kernels.add(batch, self.source.names)
                stalls += stalls_of(schedule, batch)
                counters.add(schedule, batch, grouped, new)
        if lifecycle:
            out.edges, out.inner, out.lost = found.edges, found.inner, found.unknown
            out.waits = sum(found.edges.values()) + found.inner + found.unknown
            if self.plan.window is None:
                out.blame = blame(schedule, trails, self.plan.apart)
                out.path = out.blame.steps
        if counters is not None:
            issued = schedule.makespan - schedule.drain
            out.phases = [*kernels.phases(issued), *sorted(stalls, key=lambda p: (p.lane, p.start))]
            if schedule.drain:
                end = schedule.makespan
                out.phases.append(
                    Phase(STALL + STALLS[-1], STALLS[-1], issued, end, schedule.drain)
                )
            out.counters, out.samples = counters.result()
        return out

    def _counters(self) -> Counters:
        source = self.source
        return Counters.of(bins_of(source, self.plan), source.names, source.moved, source.live)


def bins_of(source: Source, plan: Plan) -> Bins:
    """The bins of all counters."""
    return Bins(plan.window or (0, source.schedule.makespan), plan.bins)


def make_pass(source: Source, plan: Plan, found: list[Leaf] | None = None) -> Pass:
    """The leaves under ``plan``; ``found``: them, where they are known (pieces do not matter)."""
    if found is None:
        cut = Cut(plan.collapse, plan.window, plan.unroll)
        found = list(leaves(source.schedule, source.rough, cut))
    return Pass(source, plan, found)


def _weights(batch: Batch, grouped: Grouped) -> list[int]:
    """Blocks that each span stands for."""
    if not len(grouped):
        return []
    begins = grouped.begins
    new = np.ones(len(grouped.order), np.int64)
    new[1:] = np.diff(batch.block[grouped.order]) != 0
    new[begins] = 1
    out: list[int] = np.add.reduceat(new, begins).tolist()
    for row, leaf, engine in batch.run_rows():
        out[int(grouped.span_of[row])] = batch.runs[leaf].instances[engine]
    return out
