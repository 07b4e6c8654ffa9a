"""A timeline as lanes of bars: what the Perfetto, HTML and SVG views draw.

Processes come in pipeline order: control, issue view, engine view, loops, critical path. No two
bars of a lane overlap; work that does gets a further lane of the same name and a number.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from isa_analysis.table import share
from isa_analysis.timeline.bars import loop_bars
from isa_analysis.timeline.levels import LIFECYCLE, PHASES
from isa_analysis.timeline.model import LoopRow, Span, Timeline

CONTROL, ISSUE, ENGINES, LOOPS, PATH, COUNTERS = range(1, 7)
PROCESSES = {
    CONTROL: "control",
    ISSUE: "issue view",
    ENGINES: "engine view",
    LOOPS: "loops",
    PATH: "critical path",
    COUNTERS: "counters",
}


#: Colours 0 to 5 are those of our engines, 6 and up are of no engine.
_COLOURS = 9
_LOOP, _PATH, _STALL, _COUNTER = 6, 7, 8, 6


class Bar(NamedTuple):
    """A bar from cycle ``start`` to ``end``. ``span``: the span it shows (-1: none); ``facts`` for
    a tooltip, values as they are."""

    start: int
    end: int
    name: str
    span: int
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of bars in ascending order. ``colour``, 0 to 8, tells engines, stalls and so on apart;
    an engine has the same in all processes."""

    process: int
    name: str
    colour: int
    bars: tuple[Bar, ...]


def lanes(timeline: Timeline) -> list[Lane]:
    """All lanes that the timeline's level has, in order."""
    return [
        *(_control(timeline) if timeline.level.has(PHASES) else ()),
        *(_engines(timeline, ISSUE) if timeline.level.has(LIFECYCLE) else ()),
        *_engines(timeline, ENGINES),
        *_loops(timeline),
        *(_path(timeline) if timeline.path else ()),
    ]


def apart(bars: Iterable[Bar]) -> list[list[Bar]]:
    """``bars`` in as few rows as needed for none to overlap, filled from the top."""
    rows: list[list[Bar]] = []
    free: list[tuple[int, int]] = []  # end of a row's last bar, the row
    open_rows: list[int] = []  # rows that can be used again, lowest first
    for bar in sorted(bars, key=lambda b: (b.start, -b.end)):
        while free and free[0][0] <= bar.start:
            heapq.heappush(open_rows, heapq.heappop(free)[1])
        if open_rows:
            row = heapq.heappop(open_rows)
        else:
            row = len(rows)
            rows.append([])
        rows[row].append(bar)
        heapq.heappush(free, (max(bar.end, bar.start), row))
    return rows


def _lanes(process: int, name: str, colour: int, bars: Iterable[Bar]) -> Iterator[Lane]:
    for number, row in enumerate(apart(bars), 1):
        label = name if number == 1 else f"{name} #{number}"
        yield Lane(process, label, colour, tuple(row))


def _control(timeline: Timeline) -> Iterator[Lane]:
    groups: dict[str, list[Bar]] = {}
    for phase in timeline.phases or ():
        facts: dict[str, object] = {"cycles" if timeline.estimated else "ticks": phase.cycles}
        for key in ("number", "handled", "ref"):
            value = getattr(phase, key)
            if value is not None:
                facts[key] = value
        groups.setdefault(phase.lane, []).append(
            Bar(phase.start, phase.end, phase.phase, -1, facts)
        )
    for number, (name, bars) in enumerate(groups.items()):
        colour = (_STALL if number else 0) if timeline.estimated else number % _COLOURS
        yield from _lanes(CONTROL, name, colour, bars)


def _engines(timeline: Timeline, process: int) -> Iterator[Lane]:
    groups: list[list[Bar]] = [[] for _ in timeline.meta.engines]
    loops = {loop.id: loop for loop in timeline.loops}
    for span in timeline.spans:
        start, end = span.start, span.end
        if process == ISSUE:
            assert span.dispatch is not None
            assert span.finish is not None
            start, end = span.dispatch, max(span.finish, span.dispatch)
        facts = span_facts(timeline, span, loops)
        groups[span.engine].append(Bar(start, end, span_name(timeline, span), span.id, facts))
    for number, (name, bars) in enumerate(zip(timeline.meta.engines, groups, strict=True)):
        yield from _lanes(process, name, number % _COLOURS, bars)


def counter_colour(timeline: Timeline, number: int) -> int:
    """The colour of counter ``number``: that of the engine it is named after, where it is."""
    info = (timeline.counters or ())[number]
    for engine, name in enumerate(timeline.meta.engines):
        if info.name == f"{name} busy":
            return engine % _COLOURS
    return _COUNTER


def span_name(timeline: Timeline, span: Span) -> str:
    """What a span is called: its kernel, and the loop when it is a run of iterations."""
    kernel = ""
    if timeline.kernels is not None and span.kernel is not None:
        kernel = timeline.kernels[span.kernel]
    if span.repeat > 1:
        return f"{kernel} (loop x {span.repeat:,})".strip()
    return kernel or timeline.meta.engines[span.engine]


def span_facts(timeline: Timeline, span: Span, loops: dict[int, LoopRow]) -> dict[str, object]:
    """What a tooltip says about a span."""
    unit = "cycle" if timeline.estimated else "tick"
    facts: dict[str, object] = {f"start {unit}": span.start, f"end {unit}": span.end}
    if span.pc_begin is not None:
        facts["pc"] = f"{span.pc_begin} to {(span.pc_end or 0) - 1}"
    facts["instructions" if timeline.estimated else "tasks"] = span.insns
    if span.ref is not None:
        facts["task"] = str(span.ref)
    if span.busy is not None:
        facts[f"busy {unit}s"] = span.busy
        facts["busy%"] = _percent(span.busy, span.end - span.start)
    if span.dispatch is not None:
        facts[f"dispatch {unit}"] = span.dispatch
        facts[f"finish {unit}"] = span.finish
    loop = loops.get(span.loop)
    if loop is not None and span.repeat > 1:
        facts["trip"] = span.repeat
        facts["ii"] = loop.ii
        facts["bound_by"] = loop.bound_by
    return facts


def _percent(part: int, whole: int) -> float | None:
    value = share(part, whole)
    return None if value is None else round(value, 2)


def _loops(timeline: Timeline) -> Iterator[Lane]:
    rows = {loop.id: loop for loop in timeline.loops}
    parents = {loop.id: loop.parent for loop in timeline.loops}
    for depth, found in sorted(loop_bars(timeline.spans, parents).items()):
        bars = []
        for bar in found:
            if bar.end > bar.start:
                loop = rows[bar.loop]
                facts: dict[str, object] = {
                    "trip": loop.trip,
                    "ii": loop.ii,
                    "period": loop.period,
                    "bound_by": loop.bound_by,
                    "basis": loop.basis,
                }
                bars.append(Bar(bar.start, bar.end, loop_name(loop), -1, facts))
        yield from _lanes(LOOPS, f"depth {depth + 1}", _LOOP, bars)


def loop_name(loop: LoopRow) -> str:
    """``lines 12-40 x 64``."""
    where = f"lines {loop.lines[0]}-{loop.lines[1]}" if loop.lines else f"pc {loop.pc[0]}"
    return f"{where} x {loop.trip:,}"


def _path(timeline: Timeline) -> Iterator[Lane]:
    spans = {span.id: span for span in timeline.spans}
    bars = []
    for step in timeline.path or ():
        span = spans.get(step.span)
        name = step.kind
        facts: dict[str, object] = {"kind": step.kind, "cycles": step.end - step.start}
        if span is not None:
            engine = timeline.meta.engines[span.engine]
            name = f"{step.kind}: {engine}, {span_name(timeline, span)}"
        bars.append(Bar(step.start, step.end, name, step.span, facts))
    yield from _lanes(PATH, "critical path", _PATH, bars)
