"""Sums over a foreign timeline's tasks."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.timeline.model import EngineTotal, FunctionTotal, Span


def engine_totals(spans: Sequence[Span], engines: int, cycles: int) -> tuple[EngineTotal, ...]:
    """Busy and idle ticks of each core; tasks that overlap on a core count once."""
    of_engine: list[list[Span]] = [[] for _ in range(engines)]
    for span in spans:
        of_engine[span.engine].append(span)
    out = []
    for engine, mine in enumerate(of_engine):
        busy = covered((span.start, span.end) for span in mine)
        waits = [s.start - s.dispatch for s in mine if s.dispatch is not None]
        wait = sum(waits) if len(waits) == len(mine) else None
        out.append(
            EngineTotal(engine, len(mine), sum(s.insns for s in mine), busy, cycles - busy, wait)
        )
    return tuple(out)


def covered(intervals: object) -> int:
    """Length of the union of half-open intervals."""
    total, reach = 0, 0
    for start, end in sorted(intervals):  # type: ignore[call-overload]
        if end > max(start, reach):
            total += end - max(start, reach)
            reach = end
    return total


def function_totals(spans: Sequence[Span], names: Sequence[str]) -> tuple[FunctionTotal, ...]:
    """Execution, latency (dispatch to finish) and overheads before and after, per function."""
    groups: dict[int, list[Span]] = {}
    for span in spans:
        if span.kernel is not None:
            groups.setdefault(span.kernel, []).append(span)
    out = []
    for kernel, mine in sorted(groups.items()):
        latency = head = tail = None
        if all(s.dispatch is not None and s.finish is not None for s in mine):
            latency = sum((s.finish or 0) - (s.dispatch or 0) for s in mine)
            head = sum(s.start - (s.dispatch or 0) for s in mine)
            tail = sum((s.finish or 0) - s.end for s in mine)
        execution = sum(s.end - s.start for s in mine)
        out.append(FunctionTotal(names[kernel], len(mine), execution, latency, head, tail))
    return tuple(out)


def test_time(spans: Sequence[Span]) -> int | None:
    """Last finish minus first dispatch; None when they are not recorded."""
    first = [s.dispatch for s in spans if s.dispatch is not None]
    last = [s.finish for s in spans if s.finish is not None]
    return max(last) - min(first) if first and last else None
