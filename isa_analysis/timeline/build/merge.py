"""Merging the spans of a kernel call: one slice per engine."""

from __future__ import annotations

from isa_analysis.timeline.build.draft import Draft
from isa_analysis.timeline.build.fuse import joined
from isa_analysis.timeline.model import Edge, Span


def merge_calls(draft: Draft, events: int, per_span: int) -> int:
    """Merge the spans of kernel calls, shortest first, until about ``events`` fewer are left;
    returns how many calls were merged. A span costs ``per_span`` events."""
    calls = _calls(draft.spans)
    order = sorted(
        (draft.spans[last - 1].end - draft.spans[first].start, first, last)
        for first, last in calls
        if last - first > 1
    )
    into: dict[int, int] = {}  # span -> the one that takes it in
    merged = 0
    for _, first, last in order:
        if events <= 0:
            break
        heads: dict[int, int] = {}
        for i in range(first, last):
            head = heads.setdefault(draft.spans[i].engine, i)
            if head != i:
                into[i] = head
                events -= per_span
        merged += 1
    if not into:
        return 0
    taken: dict[int, Span] = {}
    weights = list(draft.weights)
    for i, head in into.items():
        taken[head] = _union(taken.get(head, draft.spans[head]), draft.spans[i])
        weights[head] += weights[i]
    kept = [i for i in range(len(draft.spans)) if i not in into]
    number = {old: new for new, old in enumerate(kept)}
    for i, head in into.items():
        number[i] = number[head]
    draft.spans = [taken.get(i, draft.spans[i])._replace(id=number[i]) for i in kept]
    draft.weights = [weights[i] for i in kept]
    edges: dict[Edge, int] = {}
    for edge, waits in draft.edges.items():
        moved = Edge(number[edge.src], number[edge.dst], edge.kind)
        if moved.src == moved.dst:
            draft.inner += waits
        else:
            edges[moved] = edges.get(moved, 0) + waits
    draft.edges = edges
    draft.path = joined(s._replace(span=number.get(s.span, -1)) for s in draft.path)
    return merged


def _calls(spans: list[Span]) -> list[tuple[int, int]]:
    """Stretches of spans of one kernel, first to one past last."""
    out: list[tuple[int, int]] = []
    first = 0
    for i in range(1, len(spans) + 1):
        if i == len(spans) or spans[i].kernel != spans[first].kernel:
            out.append((first, i))
            first = i
    return out


def _union(a: Span, b: Span) -> Span:
    """Both as one slice; it belongs to a loop only when both do, and repeats nothing."""
    lifecycle = a.dispatch is not None
    return a._replace(
        loop=a.loop if a.loop == b.loop else -1,
        start=min(a.start, b.start),
        end=max(a.end, b.end),
        insns=a.insns + b.insns,
        repeat=1,
        pc_begin=min(a.pc_begin or 0, b.pc_begin or 0),
        pc_end=max(a.pc_end or 0, b.pc_end or 0),
        busy=(a.busy or 0) + (b.busy or 0),
        dispatch=min(a.dispatch or 0, b.dispatch or 0) if lifecycle else None,
        finish=max(a.finish or 0, b.finish or 0) if lifecycle else None,
    )
