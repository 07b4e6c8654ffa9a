"""Dependencies: which instruction a stalled one waits for, and between which spans that is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from isa_analysis.schedule.model import ENGINES, STALLS, Ints, Schedule
from isa_analysis.timeline.build.rows import Batch
from isa_analysis.timeline.build.spans import Grouped
from isa_analysis.timeline.build.summary import waiting_for
from isa_analysis.timeline.model import EDGE_KINDS, Edge

#: How many earlier instructions of the engine are looked at for the one that is waited for.
_LOOK_BACK = 16


@dataclass(slots=True)
class Dependencies:
    """Edges found so far, with how many waits each stands for. ``inner``: waits for the span
    itself, which have no edge. ``last_span`` and ``last_row``: the latest of each engine."""

    schedule: Schedule
    edges: dict[Edge, int] = field(default_factory=dict)
    inner: int = 0
    unknown: int = 0
    last_span: list[int] = field(default_factory=lambda: [-1] * len(ENGINES))
    last_row: list[int] = field(default_factory=lambda: [-1] * len(ENGINES))

    def add(self, batch: Batch, grouped: Grouped, first_span: int, first_row: int) -> Ints:
        """Take in ``batch``, whose spans and rows are numbered from ``first_span`` and
        ``first_row``. Returns for each of its rows the row it waits for, or -1."""
        steps = self.schedule.steps
        waiting = waiting_for(steps, batch.step) & batch.works & ~batch.run
        cause = np.full(len(batch.step), -1, np.int64)
        at = np.flatnonzero(waiting)
        producer = steps.producer[batch.step[at]]
        for engine in range(len(ENGINES)):
            mine = np.flatnonzero(batch.works & (batch.engine == engine))
            wanting = at[producer == engine]
            if len(wanting):
                found = self._match(batch, mine, wanting)
                known = found >= 0
                cause[wanting[known]] = found[known] + first_row
                cause[wanting[~known]] = self.last_row[engine]
                source = np.full(len(wanting), self.last_span[engine], np.int64)
                source[known] = grouped.span_of[found[known]] + first_span
                target = grouped.span_of[wanting] + first_span
                self._count(source, target, steps.kind[batch.step[wanting]])
        self._runs(batch, grouped, first_span)
        for engine in range(len(ENGINES)):
            mine = np.flatnonzero(batch.works & (batch.engine == engine))
            if len(mine):
                self.last_span[engine] = int(grouped.span_of[mine[-1]]) + first_span
                self.last_row[engine] = int(mine[-1]) + first_row
        return cause

    def _match(self, batch: Batch, mine: Ints, wanting: Ints) -> Ints:
        """The row among ``mine`` (one engine's) that each row of ``wanting`` waits for: the latest
        before it that is done or retired when the wait ends; else the latest; -1 when none is."""
        steps = self.schedule.steps
        step = batch.step
        until = batch.dispatch[wanting] + steps.stall[step[wanting]]
        place = np.searchsorted(mine, wanting) - 1
        found = np.where(place >= 0, mine[np.maximum(place, 0)] if len(mine) else -1, -1)
        open_ = np.flatnonzero(found >= 0)
        for back in range(_LOOK_BACK):
            open_ = open_[place[open_] >= back]
            if not len(open_):
                break
            row = mine[place[open_] - back]
            done = batch.dispatch[row] + steps.end[step[row]]
            retired = batch.dispatch[row] + steps.finish[step[row]]
            hit = batch.run[row] | (done == until[open_]) | (retired == until[open_])
            found[open_[hit]] = row[hit]
            open_ = open_[~hit]
        return found

    def _count(self, source: Ints, target: Ints, kind: Ints) -> None:
        self.unknown += int((source < 0).sum())
        self.inner += int((source == target).sum())
        real = (source >= 0) & (source != target)
        rows, counts = np.unique(
            np.stack([source[real], target[real], kind[real]]), axis=1, return_counts=True
        )
        for src, dst, k, count in zip(*rows.tolist(), counts.tolist(), strict=True):
            self._put(Edge(src, dst, STALLS[k]), count)

    def _put(self, edge: Edge, count: int) -> None:
        if edge.kind in EDGE_KINDS:
            self.edges[edge] = self.edges.get(edge, 0) + count

    def _runs(self, batch: Batch, grouped: Grouped, first_span: int) -> None:
        """A run has one anchor per engine: arrows between its engines, or from before it."""
        anchors: dict[int, dict[int, int]] = {}
        for row, leaf, engine in batch.run_rows():
            anchors.setdefault(leaf, {})[engine] = int(grouped.span_of[row]) + first_span
        for leaf, anchor in anchors.items():
            summary = batch.runs[leaf]
            shown: dict[tuple[int, int, str], None] = {}
            for kind, producer, engine in sorted(summary.waits):
                if producer < 0 or engine not in anchor:
                    continue
                source = anchor.get(producer, self.last_span[producer])
                if source >= 0 and source != anchor[engine]:
                    shown[source, anchor[engine], STALLS[kind]] = None
            for n, key in enumerate(shown):
                # Every wait is counted once: those of no arrow's own with the first arrow.
                self._put(Edge(*key), 1 if n else summary.arrows - len(shown) + 1)
            if not shown:
                self.inner += summary.arrows
