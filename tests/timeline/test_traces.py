"""Exports for Perfetto and chrome://tracing, read by a strict checker that shares no code."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.random_programs import programs
from timeline.perfetto_checker import PROCESSES, check
from timeline.timelines import FOREIGN, changed, read, timeline_of

from isa_analysis.timeline import Timeline, read_timeline
from isa_analysis.timeline.writer import chunks
from isa_analysis.views import timeline_perfetto
from isa_analysis.views.timeline_perfetto import arrow, us

MODELS = ("serial", "overlap", "async-slots", "in-order", "rtl-v1")
TEXT = (
    "; @kernel first | <b>\nC_LOOP_START gp9, 30\nC_LOOP_START gp10, 7\n"
    "H_PREFETCH_V gp1, gp2, a0, 0, 0\nV_ADD_VV gp1, gp1, gp3, 0\nC_LOOP_END gp10\n"
    "M_MM 0, gp1, gp2\nS_ADDI_INT gp1, gp1, 8\nC_LOOP_END gp9\n; @end\n"
    "; @kernel second\nH_STORE_V gp1, gp2, a0, 0, 0\nV_EXP_V gp1, gp1, 0\n; @end\n"
)


def trace_of(timeline: Timeline, chrome: bool = False) -> str:
    return "".join(timeline_perfetto.render(timeline, chrome))


@pytest.mark.parametrize("timing", MODELS)
@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("window", [None, (0, 1), (100, 900), (3000, 4000)])
def test_all_kinds(timing: str, level: int, window: tuple[int, int] | None) -> None:
    t = timeline_of(TEXT, level, timing, window=window)
    for chrome in (False, True):
        trace = check(trace_of(t, chrome))
        assert trace.about["status"] == "ESTIMATED"
        assert trace.about["model"] == timing
        assert trace.about["window_cycles"] == list(t.extent.window)
        assert trace.about["makespan_cycles"] == t.extent.cycles
        used = {pid for pid, _ in trace.slices}
        always = {3} if not any(s.loop >= 0 for s in t.spans) else {3, 4}
        assert used == always | ({2, 5} if level > 1 else set()) | ({1} if level > 2 else set())
        assert bool(trace.counters) == (level > 2)
        assert ("s" in trace.counts) <= (level > 1)


def test_what_is_said() -> None:
    t = timeline_of(TEXT, 3)
    trace = check(trace_of(t))
    lanes = {place: name for place, name in trace.threads.items() if place[0] == 3}
    assert [lanes[place] for place in sorted(lanes)] == [
        name for name in t.meta.engines if name in lanes.values()
    ]
    names = {name for rows in trace.slices.values() for _, _, name, _ in rows}
    assert any("first | <b>" in name for name in names)
    spans = {s.id: s for s in t.spans}
    for (pid, tid), rows in trace.slices.items():
        if pid != 3:
            continue
        for begin, end, _, args in rows:
            # The facts are exact cycles, the places the same in ns.
            assert t.us(args["start cycle"]) * 1000 == pytest.approx(begin, abs=1)
            assert t.us(args["end cycle"]) * 1000 == pytest.approx(end, abs=1)
            engine = t.meta.engines.index(lanes[pid, tid].partition(" #")[0])
            assert any(
                (s.engine, s.start, s.insns) == (engine, args["start cycle"], args["instructions"])
                for s in spans.values()
            )


def test_arrows_are_those_of_the_timeline() -> None:
    t = timeline_of(TEXT, 2)
    trace = check(trace_of(t))
    undrawn = next(v for k, v in trace.about.items() if k.startswith("arrows not drawn"))
    assert len(trace.arrows) + undrawn == len(t.edges or ())
    assert trace.arrows
    engines = {place: trace.threads[place].partition(" #")[0] for place in trace.threads}
    found = sorted((engines[a], engines[b], kind) for a, b, kind in trace.arrows)
    assert all(a[0] == b[0] == 3 for a, b, _ in trace.arrows)  # between bars of the engine view
    wanted = sorted(
        (t.meta.engines[t.spans[e.src].engine], t.meta.engines[t.spans[e.dst].engine], e.kind)
        for e in t.edges or ()
    )
    assert set(found) <= set(wanted)


def test_counters_end_at_the_makespan_also_after_a_window() -> None:
    t = timeline_of(TEXT, 3, window=(100, 900))
    trace = check(trace_of(t))
    for samples in trace.counters.values():
        assert samples[-1] == (t.extent.cycles * 10**9 // t.meta.clock_hz, 0.0)
        assert (900 * 10**9 // t.meta.clock_hz, 0.0) in samples


@pytest.mark.parametrize("document", FOREIGN)
def test_foreign_ones(document: dict[str, Any]) -> None:
    trace = check(trace_of(read(document)))
    assert trace.about["status"] == "MEASURED"
    names = sorted(trace.threads[place] for place in trace.threads if place[0] == 3)
    assert names == ["aic core 0", "aiv core 24"]


def test_foreign_arrows_backward_in_time_are_not_drawn() -> None:
    document = changed(FOREIGN[1], ("tasks", 1, "fanout"), [7])
    trace = check(trace_of(read(changed(document, ("tasks", 1, "fanout_count"), 1))))
    assert len(trace.arrows) == 1
    assert next(v for k, v in trace.about.items() if k.startswith("arrows not drawn")) == 1


def test_traces_of_years_keep_whole_nanoseconds() -> None:
    text = "".join(f"C_LOOP_START gp{9 + d}, 4194303\n" for d in range(4)) + (
        "M_MM 0, gp1, gp2\nV_ADD_VV gp1, gp1, gp1, 0\n"
    ) + "".join(f"C_LOOP_END gp{12 - d}\n" for d in range(4))  # fmt: skip
    t = timeline_of(text, 3)
    assert t.us(t.extent.cycles) > 1e15  # more than thirty years
    trace = check(trace_of(t))
    assert "stands for" in trace.about["time_scale"]


@pytest.mark.parametrize("mhz", [1, 7, 333, 400, 1000, 1234.5, 3000])
def test_any_clock(mhz: float) -> None:
    t = timeline_of(TEXT, 3)
    t = replace(t, meta=replace(t.meta, clock_hz=round(mhz * 1e6)))
    check(trace_of(t))


@given(programs(most=1000), st.sampled_from(MODELS), st.integers(1, 3),
       st.tuples(st.integers(0, 3000), st.integers(1, 3000)), st.booleans())  # fmt: skip
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_random_programs(
    text: str, timing: str, level: int, window: tuple[int, int], whole: bool
) -> None:
    t = timeline_of(text, level, timing)
    if not whole and t.extent.cycles:
        low = window[0] % t.extent.cycles
        t = timeline_of(text, level, timing, window=(low, low + window[1]))
    check(trace_of(t))
    again, _ = read_timeline("".join(chunks(t)).encode(), "t.json")
    assert trace_of(again) == trace_of(t)  # an export of the file is one of the timeline


@given(st.integers(0, 50), st.integers(0, 20), st.integers(0, 50), st.integers(0, 20))
@settings(max_examples=300, deadline=None)
def test_arrows_stay_inside_bars(start: int, length: int, target: int, target_length: int) -> None:
    found = arrow(start, start + length, target, target + target_length)
    places = [
        (a, b)
        for a in range(start, start + length)
        for b in range(target, target + target_length)
        if a < b
    ]
    assert (found is None) == (not places)
    assert found is None or found in places


@given(st.integers(0, 2**51 - 1))
@settings(max_examples=500, deadline=None)
def test_microseconds_are_read_back_as_the_same_nanoseconds(ns: int) -> None:
    text = us(ns)
    assert int(float(text) * 1000.0) == ns
    assert json.loads(text) >= 0


def test_the_checker_notices() -> None:
    good = trace_of(timeline_of(TEXT, 3))
    check(good)
    events = json.loads(good)["traceEvents"]

    def broken(change: Any) -> str:
        data = json.loads(good)
        change(data, data["traceEvents"])
        return json.dumps(data)

    slice_ = next(i for i, e in enumerate(events) if e["ph"] == "X" and e["dur"] > 1)
    flow = next(i for i, e in enumerate(events) if e["ph"] == "s")
    last = max(i for i, e in enumerate(events) if e["ph"] == "C")
    sort = next(i for i, e in enumerate(events) if e["name"] == "process_sort_index")
    changes: list[Any] = [
        lambda d, e: d.update(displayTimeUnit="ms"),
        lambda d, e: d.pop("metadata"),
        lambda d, e: d["metadata"].pop("window"),
        lambda d, e: d["metadata"].update(status="GUESSED"),
        lambda d, e: e[slice_].update(pid=float(e[slice_]["pid"])),
        lambda d, e: e[slice_].update(tid=99),
        lambda d, e: e[slice_].update(dur=e[slice_]["dur"] + 1e9),
        lambda d, e: e[slice_].update(dur=-1),
        lambda d, e: e[slice_].update(ph="B"),
        lambda d, e: e.append(dict(e[slice_])),
        lambda d, e: e.pop(flow),
        lambda d, e: e[flow].update(ts=1e9),
        lambda d, e: e[flow].update(tid=98),
        lambda d, e: e[flow + 1].pop("bp"),
        lambda d, e: e.pop(last),
        lambda d, e: e[sort]["args"].update(sort_index=77),
        lambda d, e: e.pop(sort),
        lambda d, e: e.pop(0),
    ]
    for number, change in enumerate(changes):
        with pytest.raises((AssertionError, KeyError)):
            check(broken(change))
            pytest.fail(f"change {number} was not noticed", pytrace=False)


def test_processes_come_in_pipeline_order() -> None:
    trace = json.loads(trace_of(timeline_of(TEXT, 3)))
    named = [e for e in trace["traceEvents"] if e["name"] == "process_name"]
    assert [(e["pid"], e["args"]["name"]) for e in named] == list(PROCESSES.items())
