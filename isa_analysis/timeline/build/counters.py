"""Binned counters: sums of what happens in each bin, exact to the unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from isa_analysis.schedule.model import ENGINES, HBM_READ, HBM_WRITE, Ints, Schedule
from isa_analysis.timeline.build.rows import Batch
from isa_analysis.timeline.build.spans import Grouped, Names
from isa_analysis.timeline.model import CounterInfo, Sample, Span


@dataclass(frozen=True, slots=True)
class Bins:
    """``count`` bins of equal width over ``window``, the last one shorter."""

    window: tuple[int, int]
    count: int

    @property
    def width(self) -> int:
        """Cycles per bin."""
        return max(-(-(self.window[1] - self.window[0]) // max(self.count, 1)), 1)


@dataclass(slots=True)
class Counter:
    """The bins of one counter."""

    info: CounterInfo
    bins: Bins
    totals: dict[int, int] = field(default_factory=dict)

    def add(self, start: int, end: int, total: int) -> None:
        """Spread ``total`` evenly from ``start`` to ``end``; what lies outside the window goes."""
        if not total:
            return
        low, high = self.bins.window
        width = self.bins.width
        if end <= start:
            end = start + 1
        length = end - start
        first, last = max(start, low), min(end, high)
        if first >= last:
            return
        at = (first - low) // width
        done = total * (first - start) // length
        while first < last:
            stop = min(low + (at + 1) * width, last)
            upto = total * (stop - start) // length
            if upto > done:
                self.totals[at] = self.totals.get(at, 0) + upto - done
            done, first, at = upto, stop, at + 1

    def samples(self, number: int) -> list[Sample]:
        """One sample per bin, bins of equal value joined."""
        low, high = self.bins.window
        width = self.bins.width
        out: list[Sample] = []
        for at in range(-(-(high - low) // width)):
            start = low + at * width
            _join(out, Sample(number, start, min(start + width, high), self.totals.get(at, 0)))
        return out


def _join(out: list[Sample], new: Sample) -> None:
    """Append ``new``, or lengthen the last sample where it has the same value per cycle."""
    last = out[-1] if out else None
    if (
        last is not None
        and last.counter == new.counter
        and last.total * (new.end - new.start) == new.total * (last.end - last.start)
    ):
        out[-1] = Sample(new.counter, last.start, new.end, last.total + new.total)
    else:
        out.append(new)


def coarser(samples: list[Sample], bins: Bins) -> list[Sample]:
    """``samples``, whose bins had half the width, by ``bins``. Sums are kept exactly."""
    totals: dict[int, Counter] = {}
    for sample in samples:
        into = totals.get(sample.counter)
        if into is None:
            into = totals[sample.counter] = Counter(CounterInfo("", ""), bins)
        into.add(sample.start, sample.end, sample.total)
    return [s for number, counter in totals.items() for s in counter.samples(number)]


@dataclass(frozen=True, slots=True)
class Moved:
    """HBM bus bytes of the transfers of each direction, as running sums over ascending ``pcs``:
    of one execution each (the mean, rounded), and of all executions."""

    pcs: tuple[list[int], list[int]]
    once: tuple[list[int], list[int]]
    all: tuple[list[int], list[int]]

    @staticmethod
    def of(rows: list[tuple[int, bool, int, int]]) -> Moved:
        """From rows of (pc, whether it writes, bytes of all executions, executions)."""
        split = [sorted(r for r in rows if r[1] is writes) for writes in (False, True)]
        return Moved(
            tuple([r[0] for r in part] for part in split),  # type: ignore[arg-type]
            tuple(_running([round(r[2] / max(r[3], 1)) for r in part]) for part in split),  # type: ignore[arg-type]
            tuple(_running([r[2] for r in part]) for part in split),  # type: ignore[arg-type]
        )

    def between(self, engine: int, first: int, last: int, repeat: int, entries: int | None) -> int:
        """Bytes of the transfers on ``engine`` at instructions ``first`` up to ``last``: once each;
        or, of a loop body that runs ``entries`` times in all, ``repeat`` times."""
        side = int(engine == HBM_WRITE)
        low, high = bisect_left(self.pcs[side], first), bisect_left(self.pcs[side], last)
        if entries is None:
            return self.once[side][high] - self.once[side][low]
        return (self.all[side][high] - self.all[side][low]) * repeat // max(entries, 1)


def _running(values: list[int]) -> list[int]:
    return [0, *accumulate(values)]


@dataclass(slots=True)
class Counters:
    """All counters of a pass, filled batch by batch. ``entries[l]``: how often the body of loop l
    runs in all."""

    names: Names
    entries: list[int]
    busy: list[Counter]
    flight: Counter
    moved: Moved | None
    bytes: Counter
    live: Mapping[str, Ints]
    lives: dict[str, Counter]

    @staticmethod
    def of(bins: Bins, names: Names, moved: Moved | None, live: Mapping[str, Ints]) -> Counters:
        """Empty ones."""
        from isa_analysis.kernels.regions import loop_entries

        return Counters(
            names,
            loop_entries(names.loops),
            [Counter(CounterInfo(f"{name} busy", "cycles/cycle"), bins) for name in ENGINES],
            Counter(CounterInfo("DMA in flight", "transfers"), bins),
            moved,
            Counter(CounterInfo("HBM bytes/cycle", "bytes/cycle"), bins),
            live,
            {m: Counter(CounterInfo(f"SRAM bytes live: {m}", "bytes"), bins) for m in live},
        )

    def add(self, schedule: Schedule, batch: Batch, grouped: Grouped, spans: list[Span]) -> None:
        """Take in a batch and its spans."""
        order, begins = grouped.order, grouped.begins
        if len(begins):
            step = batch.step[order]
            steps = schedule.steps
            duration = steps.finish[step] - steps.stall[step] - steps.port[step]
            latency = np.add.reduceat(duration, begins).tolist()
            leaf = batch.leaf[order[begins]].tolist()
            for span, its, of_leaf in zip(spans, latency, leaf, strict=True):
                self.busy[span.engine].add(span.start, span.end, span.busy or 0)
                if span.engine in (HBM_READ, HBM_WRITE):
                    self._transfers(batch, span, its, of_leaf)
        if self.live and len(batch.piece):
            self._live(batch)

    def _transfers(self, batch: Batch, span: Span, latency: int, leaf: int) -> None:
        entries = None
        if leaf in batch.runs:
            latency = batch.runs[leaf].engines[span.engine].latency
            entries = self.entries[span.loop]
        issued = span.start if span.dispatch is None else min(span.dispatch, span.start)
        self.flight.add(issued, max(span.finish or span.end, span.end), latency)
        if self.moved is not None and span.pc_begin is not None and span.pc_end is not None:
            moved = self.moved.between(
                span.engine, span.pc_begin, span.pc_end, span.repeat, entries
            )
            self.bytes.add(span.start, span.end, moved)

    def _live(self, batch: Batch) -> None:
        """Live bytes of each block, for as long as it has the issue point."""
        heads = np.flatnonzero(np.diff(batch.piece, prepend=-1))
        last = batch.leaves[-1]
        begins = [at + batch.base for at in batch.dispatch[heads].tolist()]
        ends = [*begins[1:], last.begin + last.node.cycles]
        region = np.searchsorted(self.names.starts, batch.pc[heads], side="right") - 1
        for i, (start, end) in enumerate(zip(begins, ends, strict=True)):
            low, high = int(region[i]), int(region[i]) + 1
            leaf = int(batch.leaf[heads[i]])
            if leaf in batch.runs:
                loop = self.names.loops[batch.leaves[leaf].loop]
                low, high = np.searchsorted(
                    self.names.starts, (loop.start + 1, loop.end + 1), side="right"
                ).tolist()
                low, high = low - 1, max(high - 1, low)
            for memory, counter in self.lives.items():
                most = int(self.live[memory][low:high].max(initial=0))
                counter.add(start, end, most * (end - start))

    def result(self) -> tuple[tuple[CounterInfo, ...], list[Sample]]:
        """All counters, numbered, and their samples."""
        found = [*([self.bytes] if self.moved is not None else []), *self.lives.values()]
        found += [self.flight, *self.busy]
        samples = [s for i, counter in enumerate(found) for s in counter.samples(i)]
        return tuple(counter.info for counter in found), samples
