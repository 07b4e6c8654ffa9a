"""Dependencies: which instruction a stalled one waits for, and between which spans that is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.model import ENGINES, STALLS, Ints, Schedule
from isa_analysis.timeline.build.rows import Batch
from isa_analysis.timeline.build.spans import Grouped
from isa_analysis.timeline.build.summary import waiting_for
from isa_analysis.timeline.model import EDGE_KINDS, Edge

#: How many earlier instructions of the engine are looked at for the one that is waited for.
_LOOK_BACK = 16
#: Cycles back that are as good as any number of them.
_FAR = 1 << 61


@dataclass(frozen=True, slots=True)
class _Rows:
    """Instructions of one engine, in order: numbers of row and span, offsets at which they are done
    and retired, and whether they stand for a run."""

    row: Ints
    span: Ints
    done: Ints
    retired: Ints
    run: NDArray[np.bool_]

    def last(self, count: int, later: int) -> _Rows:
        """The last ``count``, with offsets from a base that is ``later``."""
        shift = min(later, _FAR)  # what is further back than that is waited for by nobody
        return _Rows(
            self.row[-count:],
            self.span[-count:],
            np.maximum(self.done[-count:] - shift, -_FAR),
            np.maximum(self.retired[-count:] - shift, -_FAR),
            self.run[-count:],
        )

    def followed_by(self, other: _Rows) -> _Rows:
        """Both, one after the other."""
        return _Rows(
            np.concatenate([self.row, other.row]),
            np.concatenate([self.span, other.span]),
            np.concatenate([self.done, other.done]),
            np.concatenate([self.retired, other.retired]),
            np.concatenate([self.run, other.run]),
        )


def _no_rows() -> _Rows:
    none = np.zeros(0, np.int64)
    return _Rows(none, none, none, none, np.zeros(0, np.bool_))


@dataclass(slots=True)
class Dependencies:
    """Edges found so far, with how many waits each stands for. ``inner``: waits for the span
    itself, which have no edge. ``latest``: the latest instructions of each engine, as far back as
    is looked, with offsets from ``base``."""

    schedule: Schedule
    edges: dict[Edge, int] = field(default_factory=dict)
    inner: int = 0
    unknown: int = 0
    base: int = 0
    latest: list[_Rows] = field(default_factory=lambda: [_no_rows() for _ in ENGINES])

    def add(self, batch: Batch, grouped: Grouped, first_span: int, first_row: int) -> Ints:
        """Take in ``batch``, whose spans and rows are numbered from ``first_span`` and
        ``first_row``. Returns for each of its rows the row it waits for, or -1."""
        steps = self.schedule.steps
        step = batch.step
        waiting = waiting_for(steps, step) & batch.works & ~batch.run
        cause = np.full(len(step), -1, np.int64)
        at = np.flatnonzero(waiting)
        producer = steps.producer[step[at]]
        later, self.base = batch.base - self.base, batch.base
        self._runs(batch, grouped, first_span)
        for engine in range(len(ENGINES)):
            before = self.latest[engine].last(_LOOK_BACK, later)
            mine = np.flatnonzero(batch.works & (batch.engine == engine))
            rows = before.followed_by(
                _Rows(
                    mine + first_row,
                    grouped.span_of[mine] + first_span,
                    batch.dispatch[mine] + steps.end[step[mine]],
                    batch.dispatch[mine] + steps.finish[step[mine]],
                    batch.run[mine],
                )
            )
            self.latest[engine] = rows.last(_LOOK_BACK, 0)
            wanting = at[producer == engine]
            if len(wanting):
                until = batch.dispatch[wanting] + steps.stall[step[wanting]]
                latest = len(before.row) + np.searchsorted(mine, wanting) - 1
                found = _match(rows, latest, until)
                known = found >= 0
                cause[wanting[known]] = rows.row[found[known]]
                source = np.full(len(wanting), -1, np.int64)
                source[known] = rows.span[found[known]]
                target = grouped.span_of[wanting] + first_span
                self._count(source, target, steps.kind[step[wanting]])
        return cause

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
                source = anchor.get(producer, self._last_span(producer))
                if source >= 0 and source != anchor[engine]:
                    shown[source, anchor[engine], STALLS[kind]] = None
            for n, key in enumerate(shown):
                # Every wait is counted once: those of no arrow's own with the first arrow.
                self._put(Edge(*key), 1 if n else summary.arrows - len(shown) + 1)
            if not shown:
                self.inner += summary.arrows

    def _last_span(self, engine: int) -> int:
        span = self.latest[engine].span
        return int(span[-1]) if len(span) else -1


def _match(rows: _Rows, latest: Ints, until: Ints) -> Ints:
    """For waits that end at ``until``, the index in ``rows`` of what is waited for: the latest one
    from ``latest`` back that is done or retired then; else the latest; -1 when there is none."""
    found = np.maximum(latest, -1)
    open_ = np.flatnonzero(found >= 0)
    for back in range(_LOOK_BACK):
        open_ = open_[latest[open_] >= back]
        if not len(open_):
            break
        row = latest[open_] - back
        hit = rows.run[row] | (rows.done[row] == until[open_]) | (rows.retired[row] == until[open_])
        found[open_[hit]] = row[hit]
        open_ = open_[~hit]
    return found
