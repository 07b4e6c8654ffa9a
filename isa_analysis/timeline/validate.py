"""Whether a timeline agrees with itself: sums, extents, tilings."""

from __future__ import annotations

from collections.abc import Iterator

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.timeline.model import Timeline

#: Problems of one kind that are listed; more are counted.
_MOST = 10


def validate(timeline: Timeline, path: str) -> tuple[Diagnostic, ...]:
    """Every contradiction in ``timeline``, as E520 diagnostics for the file ``path``.

    The reader has checked types and references before; what is left are the sums.
    """
    out: list[Diagnostic] = []
    for check in (_accounting, _totals, _spans, _edges, _loops, _path, _samples):
        found = list(check(timeline))
        shown = found[:_MOST]
        if len(found) > _MOST:
            shown.append(f"... and {len(found) - _MOST:,} more of these")
        out += [Diagnostic(path, 0, 0, "E520", "error", message) for message in shown]
    return tuple(out)


def _accounting(timeline: Timeline) -> Iterator[str]:
    a = timeline.accounting
    if a.shown + a.summarised + a.dropped != a.spans_total:
        yield (
            f"accounting: {a.shown:,} shown + {a.summarised:,} summarised + {a.dropped:,} dropped "
            f"is not spans_total {a.spans_total:,}"
        )
    if a.shown != len(timeline.spans):
        yield f"accounting: {a.shown:,} spans shown, the file has {len(timeline.spans):,}"
    if timeline.edges is None:
        return
    if a.edges_shown is not None and a.edges_shown != len(timeline.edges):
        yield f"accounting: {a.edges_shown:,} edges shown, the file has {len(timeline.edges):,}"
    parts = (a.edges_shown, a.edges_summarised, a.edges_dropped)
    if a.edges_total is not None and None not in parts:
        whole = sum(part or 0 for part in parts)
        if whole != a.edges_total:
            yield (
                f"accounting: edges shown, summarised and dropped are {whole:,}, "
                f"edges_total says {a.edges_total:,}"
            )


def _totals(timeline: Timeline) -> Iterator[str]:
    totals, cycles = timeline.totals, timeline.extent.cycles
    if totals is None:
        return
    for row in totals.engines or ():
        if row.busy + row.idle != cycles:
            yield (
                f"totals: engine {timeline.meta.engines[row.engine]}: busy {row.busy:,} + idle "
                f"{row.idle:,} is not the makespan {cycles:,}"
            )
    if totals.blame is not None:
        whole = sum(row.cycles for row in totals.blame)
        if whole != cycles:
            yield f"totals: the blame walk has {whole:,} cycles, the makespan is {cycles:,}"
    if totals.stalls is not None and totals.compute is not None:
        whole = totals.compute + sum(totals.stalls.values())
        if whole != cycles:
            yield f"totals: stalls + compute are {whole:,}, the makespan is {cycles:,}"


def _spans(timeline: Timeline) -> Iterator[str]:
    cycles = timeline.extent.cycles
    low, high = timeline.extent.window
    for i, span in enumerate(timeline.spans):
        if span.end > cycles or (span.finish or 0) > cycles:
            yield f"spans[{i}] ends after the makespan"
        if span.start >= max(high, 1) or (span.end < low):
            yield f"spans[{i}] lies outside the window"
        if span.repeat < 1 or span.insns < 1:
            yield f"spans[{i}] stands for nothing: insns {span.insns}, repeat {span.repeat}"
        if span.busy is not None and span.busy > span.end - span.start:
            yield f"spans[{i}] is busy for {span.busy:,} of {span.end - span.start:,} cycles"
        if (span.pc_begin is None) != (span.pc_end is None):
            yield f"spans[{i}] has half a pc range"
        elif span.pc_begin is not None and span.pc_end is not None and span.pc_begin >= span.pc_end:
            yield f"spans[{i}] covers no instruction: pc {span.pc_begin} to {span.pc_end}"
        if span.finish is not None and span.dispatch is not None and span.finish < span.dispatch:
            yield f"spans[{i}] retires before it is issued"


def _edges(timeline: Timeline) -> Iterator[str]:
    for i, edge in enumerate(timeline.edges or ()):
        if edge.src == edge.dst:
            yield f"edges[{i}]: span {edge.src} waits for itself"


def _loops(timeline: Timeline) -> Iterator[str]:
    rows = {row.id: row for row in timeline.loops}
    for row in timeline.loops:
        outer = rows.get(row.parent)
        if outer is not None and not (outer.pc[0] <= row.pc[0] and row.pc[1] <= outer.pc[1]):
            yield f"loop {row.id} is not inside its parent {outer.id}"
        if row.cycles is not None and row.cycles > timeline.extent.cycles:
            yield f"loop {row.id} takes more cycles than there are"


def _path(timeline: Timeline) -> Iterator[str]:
    if not timeline.path:
        return
    at, end = timeline.extent.window
    for i, step in enumerate(timeline.path):
        if step.start != at:
            yield f"path[{i}] begins at {step.start:,}, the step before ends at {at:,}"
        at = step.end
    if at != end:
        yield f"path ends at {at:,}, the window at {end:,}"


def _samples(timeline: Timeline) -> Iterator[str]:
    reach: dict[int, int] = {}
    for i, sample in enumerate(timeline.samples or ()):
        if sample.start < reach.get(sample.counter, 0):
            yield f"samples[{i}] overlaps the one before it"
        reach[sample.counter] = sample.end
        if sample.end > timeline.extent.cycles:
            yield f"samples[{i}] ends after the makespan"
