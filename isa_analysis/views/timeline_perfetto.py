"""A timeline as a trace for Perfetto and chrome://tracing (Trace Event Format, JSON).

{"traceEvents":[
{"ph":"M","name":"process_name","pid":3,"args":{"name":"engine view"}},
{"ph":"X","pid":3,"tid":1,"name":"softmax","cat":"vector","ts":0.0,"dur":12.5,"args":{...}},
...
],"displayTimeUnit":"ns","metadata":{...}}

Viewers keep whole nanoseconds, so times are rounded down to them: order and gaps survive, and
``args`` has the exact cycles.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from isa_analysis.timeline.model import Timeline
from isa_analysis.views.timeline_lanes import COUNTERS, ENGINES, PROCESSES, Lane, lanes

_NS = 1_000_000_000
#: Whole nanoseconds up to this survive as 64-bit floats of microseconds (26 days).
_EXACT = 1 << 51

_Place = tuple[int, int, int, int]  # process, thread, start and end in ns


def render(timeline: Timeline, chrome: bool = False) -> Iterator[str]:
    """The trace's text in pieces. ``chrome`` names the metadata as chrome://tracing shows it."""
    skipped = 0
    yield '{"traceEvents":['
    first = True
    events = _Events(timeline)
    for event in events.all():
        yield event if first else ",\n" + event
        first = False
    skipped = events.arrows_not_drawn
    about = {**facts(timeline), "arrows not drawn (backward in time, or under 1 ns)": skipped}
    if events.scale > 1:
        about["time_scale"] = f"one nanosecond of this trace stands for {events.scale} ns"
    key = "otherData" if chrome else "metadata"
    yield f'\n],"displayTimeUnit":"ns",{_dump(key)}:{_dump(about)}}}\n'


def facts(timeline: Timeline) -> dict[str, object]:
    """What every export says about itself."""
    meta, extent = timeline.meta, timeline.extent
    low, high = extent.window
    out: dict[str, object] = {
        "status": "ESTIMATED" if timeline.estimated else "MEASURED",
        "model": meta.model,
        "memory": meta.memory,
        "window": f"cycles {low} to {high} of {extent.cycles}" if timeline.estimated
        else f"ticks {low} to {high} of {extent.cycles}",
        "window_cycles": [low, high],
        "makespan_cycles": extent.cycles,
        "clock_hz": meta.clock_hz,
        "board": meta.board,
        "input": meta.input,
        "input_sha256": meta.input_sha256,
        "level": timeline.level.effective,
        "spans": f"{timeline.accounting.shown} shown, {timeline.accounting.summarised} summarised, "
        f"{timeline.accounting.dropped} dropped",
        "caveats": list(meta.caveats) if meta.caveats is not None else None,
    }  # fmt: skip
    return {key: value for key, value in out.items() if value is not None}


class _Events:
    """The events of a timeline, and where each span's bar is."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.places: dict[int, _Place] = {}
        self.arrows_not_drawn = 0
        #: Years of makespan are told on a coarser scale, so that viewers keep them apart.
        self.scale = 1
        while self.ns(timeline.extent.cycles) >= _EXACT:
            self.scale *= 10

    def all(self) -> Iterator[str]:
        yield from self.slices()
        if self.timeline.edges is not None:
            yield from self.flows()
        if self.timeline.samples:
            yield from self.counters()

    def ns(self, cycles: int) -> int:
        return cycles * _NS // (self.timeline.meta.clock_hz * self.scale)

    def slices(self) -> Iterator[str]:
        threads: dict[int, int] = {}
        for lane in lanes(self.timeline):
            if lane.process not in threads:
                yield from self.process(lane.process)
            threads[lane.process] = tid = threads.get(lane.process, 0) + 1
            yield _meta("thread_name", lane.process, tid, {"name": lane.name})
            yield _meta("thread_sort_index", lane.process, tid, {"sort_index": tid})
            yield from self.bars(lane, tid)

    def process(self, pid: int) -> Iterator[str]:
        yield _meta("process_name", pid, 0, {"name": PROCESSES[pid]})
        yield _meta("process_sort_index", pid, 0, {"sort_index": pid})
        meta = self.timeline.meta
        status = "ESTIMATED" if self.timeline.estimated else "MEASURED"
        labels = f"{status}, model {meta.model}"
        yield _meta("process_labels", pid, 0, {"labels": labels})

    def bars(self, lane: Lane, tid: int) -> Iterator[str]:
        category = _dump(lane.name.partition(" #")[0])
        pid = lane.process
        names: dict[str, str] = {}
        for bar in lane.bars:
            start, end = self.ns(bar.start), self.ns(bar.end)
            if pid == ENGINES:
                self.places[bar.span] = pid, tid, start, end
            name = names.get(bar.name)
            if name is None:
                name = names[bar.name] = _dump(bar.name)
            yield (
                f'{{"ph":"X","pid":{pid},"tid":{tid},"name":{name},"cat":{category},'
                f'"ts":{us(start)},"dur":{us(end - start)},"args":{_dump(bar.facts)}}}'
            )

    def flows(self) -> Iterator[str]:
        for number, edge in enumerate(self.timeline.edges or (), 1):
            source, target = self.places[edge.src], self.places[edge.dst]
            ends = arrow(source[2], source[3], target[2], target[3])
            if ends is None or edge.src == edge.dst:
                self.arrows_not_drawn += 1
                continue
            common = f'"name":{_dump(edge.kind)},"cat":"dependency","id":{number}'
            yield f'{{"ph":"s",{common},"pid":{source[0]},"tid":{source[1]},"ts":{us(ends[0])}}}'
            yield (
                f'{{"ph":"f","bp":"e",{common},"pid":{target[0]},"tid":{target[1]},'
                f'"ts":{us(ends[1])}}}'
            )

    def counters(self) -> Iterator[str]:
        infos = self.timeline.counters or ()
        yield from self.process(COUNTERS)
        end = self.ns(self.timeline.extent.window[1])
        latest = self.ns(self.timeline.extent.cycles)
        last: dict[int, float] = {}
        for sample in self.timeline.samples or ():
            value = sample.total / (sample.end - sample.start) if sample.end > sample.start else 0.0
            last[sample.counter] = value
            yield self.count(infos[sample.counter].name, infos[sample.counter].unit,
                             self.ns(sample.start), value)  # fmt: skip
        for i, info in enumerate(infos):
            if i not in last:
                continue
            if end < latest:
                yield self.count(info.name, info.unit, end, 0.0)
            yield self.count(info.name, info.unit, latest, 0.0)

    def count(self, name: str, unit: str, ns: int, value: float) -> str:
        return (
            f'{{"ph":"C","pid":{COUNTERS},"tid":0,"name":{_dump(name)},"ts":{us(ns)},'
            f'"args":{{{_dump(unit)}:{_dump(value)}}}}}'
        )


def arrow(start: int, end: int, target_start: int, target_end: int) -> tuple[int, int] | None:
    """From where to where an arrow goes: inside both bars, forward in time; None when it cannot.

    It leaves the source as late, and reaches the target as early, as that allows.
    """
    leave = max(start, min(end, target_start) - 1)
    reach = max(target_start, leave + 1)
    if start <= leave < end and target_start <= reach < target_end:
        return leave, reach
    return None


def us(ns: int) -> str:
    """``ns`` in microseconds, as JSON text that readers turn back into the same ns.

    Some read a 64-bit float and cut ``us * 1000``: where that loses one, the next float is written.
    """
    text = f"{ns // 1000}.{ns % 1000:03d}".rstrip("0")
    text = text + "0" if text.endswith(".") else text
    if abs(ns) < _EXACT and int(float(text) * 1000.0) != ns:
        return repr(math.nextafter(float(text), math.inf))
    return text


def _meta(name: str, pid: int, tid: int, args: dict[str, object]) -> str:
    return f'{{"ph":"M","name":"{name}","pid":{pid},"tid":{tid},"args":{_dump(args)}}}'


_dump = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
