"""Keeping part of a draft: what touches a window, or what comes first."""

from __future__ import annotations

from bisect import bisect_right

from isa_analysis.timeline.build.draft import Draft
from isa_analysis.timeline.build.path import Place
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


def placed(walk: tuple[tuple[PathStep, Place], ...], spans: list[Span]) -> tuple[PathStep, ...]:
    """The steps of ``walk`` with the spans among ``spans`` that hold what they blame."""
    by_engine: dict[int, list[Span]] = {}
    for span in sorted(spans, key=_dispatch):
        by_engine.setdefault(span.engine, []).append(span)
    out = []
    for step, (engine, dispatch) in walk:
        mine = by_engine.get(engine, [])
        at = bisect_right(mine, dispatch, key=_dispatch) - 1
        out.append(step._replace(span=mine[at].id if at >= 0 else -1))
    return tuple(out)


def _dispatch(span: Span) -> int:
    return span.start if span.dispatch is None else span.dispatch
