"""Keeping part of a draft: what touches a window, or what comes first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter

from isa_analysis.timeline.build.draft import Draft
from isa_analysis.timeline.model import Edge, PathStep, Span


def keep_within(draft: Draft, window: tuple[int, int]) -> None:
    """Keep spans that touch ``window`` (whole), edges between them, and the part of everything
    else that lies inside it."""
    low, high = window
    draft.clipped = True
    kept = [
        i for i, s in enumerate(draft.spans) if s.start < high and max(s.end, s.start + 1) > low
    ]
    _keep(draft, kept)
    draft.path = tuple(
        PathStep(step.span, max(step.start, low), min(step.end, high), step.kind)
        for step in draft.path
        if step.start < high and step.end > low
    )
    draft.phases = [p for p in draft.phases if p.start < high and max(p.end, p.start + 1) > low]
    draft.samples = [s for s in draft.samples if s.start < high and s.end > low]


def keep_first(draft: Draft, count: int) -> None:
    """Keep the first ``count`` spans."""
    _keep(draft, list(range(min(count, len(draft.spans)))))


def keep_nothing_else(draft: Draft) -> None:
    """Drop what is told beside spans."""
    draft.lost += sum(draft.edges.values())
    draft.edges = {}
    draft.path = ()
    draft.phases = []
    draft.samples = []
    draft.counters = ()


def _keep(draft: Draft, kept: list[int]) -> None:
    """Keep the spans numbered ``kept``, renumbered, and what refers to them."""
    number = {old: new for new, old in enumerate(kept)}
    draft.spans = [draft.spans[old]._replace(id=number[old]) for old in kept]
    draft.weights = [draft.weights[old] for old in kept]
    edges = {
        Edge(number[e.src], number[e.dst], e.kind): n
        for e, n in draft.edges.items()
        if e.src in number and e.dst in number
    }
    draft.lost += sum(draft.edges.values()) - sum(edges.values())
    draft.edges = edges
    draft.path = tuple(step._replace(span=number.get(step.span, -1)) for step in draft.path)


def placed(walk: tuple[PathStep, ...], spans: list[Span]) -> tuple[PathStep, ...]:
    """``walk``, whose spans are numbers of engines (-1: none), with the spans of each engine that
    share most cycles with each step."""
    by_engine: dict[int, list[Span]] = {}
    for span in sorted(spans, key=attrgetter("start")):
        by_engine.setdefault(span.engine, []).append(span)
    starts = {engine: [span.start for span in mine] for engine, mine in by_engine.items()}
    reach = {
        engine: list(accumulate((s.end for s in mine), max)) for engine, mine in by_engine.items()
    }
    out = []
    for step in walk:
        best, shared = -1, 0
        mine = by_engine.get(step.span, [])
        if mine:
            first = bisect_right(reach[step.span], step.start)
            last = bisect_left(starts[step.span], step.end)
            for span in mine[first:last]:
                both = min(span.end, step.end) - max(span.start, step.start)
                if both > shared:
                    best, shared = span.id, both
        out.append(PathStep(best, step.start, step.end, step.kind))
    return tuple(out)
