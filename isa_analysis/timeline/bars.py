"""Bars: when each loop runs, from the spans alone; how many lanes bars need."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from isa_analysis.timeline.model import Span


class Bar(NamedTuple):
    """One execution of loop ``loop``: from its first span's start to its last one's end."""

    loop: int
    start: int
    end: int


def loop_bars(spans: Iterable[Span], parents: Mapping[int, int]) -> dict[int, list[Bar]]:
    """The bars of each depth of nesting (0: outermost), in order; ``parents``: loop -> the loop
    around it (-1: none). Spans are in order of issue.

    An execution ends where spans of code outside follow. Bars of one depth do not overlap: a bar
    ends at the latest where the next one begins, and where the bar around it ends.
    """
    chains: dict[int, tuple[int, ...]] = {-1: ()}

    def chain(loop: int) -> tuple[int, ...]:
        if loop not in chains:
            chains[loop] = (*chain(parents.get(loop, -1)), loop)
        return chains[loop]

    bars: dict[int, list[Bar]] = {}
    around: dict[int, list[int]] = {}  # for each bar, which one of the depth above it is in
    open_: list[list[int]] = []  # loop, start, end of each bar that is still growing, by depth

    def close(depth: int) -> None:
        while len(open_) > depth:
            loop, start, end = open_.pop()
            row = bars.setdefault(len(open_), [])
            if row and row[-1].end > start:
                row[-1] = row[-1]._replace(end=max(start, row[-1].start))
            row.append(Bar(loop, start, end))
            around.setdefault(len(open_), []).append(len(bars.get(len(open_) - 1, ())))

    before = -2
    for span in spans:
        if span.loop == before:  # most spans: nothing opens or closes
            for bar in open_:
                if span.start < bar[1]:
                    bar[1] = span.start
                if span.end > bar[2]:
                    bar[2] = span.end
            continue
        before = span.loop
        loops = chain(before)
        same = 0
        while same < min(len(loops), len(open_)) and open_[same][0] == loops[same]:
            same += 1
        close(same)
        for loop in loops[same:]:
            open_.append([loop, span.start, span.end])
        for bar in open_:
            bar[1] = min(bar[1], span.start)
            bar[2] = max(bar[2], span.end)
    close(0)
    for depth in range(1, len(bars)):
        for i, (inner, outer) in enumerate(zip(bars[depth], around[depth], strict=True)):
            end = bars[depth - 1][outer].end
            if inner.end > end:
                bars[depth][i] = inner._replace(start=min(inner.start, end), end=end)
    return bars


def lanes_needed(intervals: Iterable[tuple[int, int]]) -> int:
    """In how many lanes the half-open ``intervals`` can be drawn without two that overlap."""
    bars = list(intervals)
    reach = -1
    for start, end in bars:
        if start < reach:
            break
        reach = end
    else:  # most engines do one thing after the other
        return min(len(bars), 1)
    ends: list[int] = []
    most = 0
    for start, end in sorted(bars, key=lambda bar: (bar[0], -bar[1])):
        while ends and ends[0] <= start:
            heapq.heappop(ends)
        heapq.heappush(ends, end)
        most = max(most, len(ends))
    return most
