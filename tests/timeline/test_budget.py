"""``--max-events``: kept exactly, in a fixed order of steps, with everything accounted for."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline.perfetto_checker import check
from timeline.timelines import timeline_of

from isa_analysis.timeline import Timeline
from isa_analysis.timeline.bars import lanes_needed
from isa_analysis.timeline.build.counters import Bins, coarser
from isa_analysis.timeline.build.counters import Counter as Filled
from isa_analysis.timeline.model import CounterInfo
from isa_analysis.timeline.validate import validate
from isa_analysis.views import timeline_perfetto

ORDER = ("coalesce neighbours", "drop arrows", "collapse loops", "coarsen counters", "cut window")
BUDGETS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 200_000)


@cache
def text() -> str:
    """Twenty kernels of straight code and two-deep loops, 20,000 instructions when executed."""
    lines = []
    for k in range(20):
        lines.append(f"; @kernel k{k}")
        for i in range(60):
            lines += [f"S_ADDI_INT gp1, gp0, {8 * (i % 9)}", "V_ADD_VV gp1, gp1, gp2, 0",
                      "M_MM 0, gp1, gp3", "H_PREFETCH_V gp1, gp4, a0, 0, 0"]  # fmt: skip
        lines += [f"C_LOOP_START gp10, {3 + k % 3}", "H_STORE_V gp2, gp4, a0, 0, 0",
                  "C_LOOP_START gp11, 50", "V_MUL_VV gp2, gp2, gp2, 0", "S_ADDI_INT gp2, gp2, 8",
                  "M_MM 0, gp2, gp3", "C_LOOP_END gp11", "C_LOOP_END gp10"]  # fmt: skip
        lines.append("; @end")
    return "\n".join(lines) + "\n"


@cache
def made(level: int, most: int, timing: str = "in-order") -> Timeline:
    return timeline_of(text(), level, timing, max_events=most)


def trace(timeline: Timeline) -> str:
    return "".join(timeline_perfetto.render(timeline))


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("most", BUDGETS)
def test_budgets(level: int, most: int) -> None:
    t, whole = made(level, most), made(level, 200_000)
    a = t.accounting
    events = len(json.loads(trace(t))["traceEvents"])
    assert events <= a.events <= most == a.max_events  # type: ignore[operator]
    check(trace(t))
    assert validate(t, "t.json") == ()
    assert a.shown == len(t.spans)
    assert min(a.shown, a.summarised, a.dropped) >= 0
    assert a.shown + a.summarised + a.dropped == a.spans_total == whole.accounting.spans_total
    if level > 1:
        assert a.edges_shown == len(t.edges or ())
        assert a.edges_total == whole.accounting.edges_total
        assert (a.edges_shown or 0) + (a.edges_summarised or 0) + (a.edges_dropped or 0) == (
            a.edges_total
        )
    places = [ORDER.index(step.step) for step in a.steps]
    assert places == sorted(set(places))
    for step in a.steps:
        assert step.detail
    assert bool(a.dropped) == any(step.step == "cut window" for step in a.steps)
    # What is shown changes, what is summed does not.
    assert t.totals == whole.totals
    assert t.extent.cycles == whole.extent.cycles
    assert t.loops == whole.loops


def test_the_whole_fits_by_default() -> None:
    for level in (1, 2, 3):
        a = made(level, 200_000).accounting
        assert (a.steps, a.dropped) == ((), 0)


def test_the_first_step_is_the_first_taken() -> None:
    taken = {most: [s.step for s in made(3, most).accounting.steps] for most in BUDGETS}
    assert taken[200_000] == []
    assert taken[20_000] == ["coalesce neighbours"]
    assert taken[1] == list(ORDER)
    for less, more in pairwise(BUDGETS):
        assert len(taken[less]) >= len(taken[more])


def test_the_whole_program_is_shown_coarsely_before_anything_is_cut() -> None:
    t = made(3, 1000)
    assert t.accounting.dropped == 0
    assert t.extent.mode == "full"
    last = max(span.end for span in t.spans)
    assert last == t.extent.cycles
    assert t.path is not None
    assert (t.path[0].start, t.path[-1].end) == (0, t.extent.cycles)


def test_a_cut_says_where() -> None:
    t = made(3, 100)
    assert t.extent.mode == "window"
    assert t.extent.window[0] == 0
    assert t.extent.window[1] < t.extent.cycles
    assert f"cut after cycle {t.extent.window[1]:,}" in t.accounting.steps[-1].detail


def test_sums_of_what_is_kept_whole() -> None:
    # Coalesced, collapsed or merged: the cycles and instructions are still all there.
    for most in (1000, 2000, 5000, 20_000):
        t = made(3, most)
        assert t.accounting.dropped == 0
        busy: Counter[int] = Counter()
        insns: Counter[int] = Counter()
        for span in t.spans:
            busy[span.engine] += span.busy or 0
            insns[span.engine] += span.insns
        assert t.totals is not None
        for row in t.totals.engines or ():
            assert (busy[row.engine], insns[row.engine]) == (row.busy, row.insns)
        for number, info in enumerate(t.counters or ()):
            if info.name.endswith(" busy"):
                total = sum(s.total for s in t.samples or () if s.counter == number)
                assert total == busy[t.meta.engines.index(info.name.removesuffix(" busy"))]
        stalled = sum(p.cycles for p in t.phases or () if p.lane.startswith("stall"))
        assert stalled == sum((t.totals.stalls or {}).values())


@pytest.mark.parametrize("timing", ["serial", "overlap", "async-slots", "rtl-v1"])
@pytest.mark.parametrize("most", [10, 300, 3000])
def test_other_models(timing: str, most: int) -> None:
    t = made(3, most, timing)
    assert len(json.loads(trace(t))["traceEvents"]) <= most
    check(trace(t))
    assert validate(t, "t.json") == ()


@pytest.mark.parametrize("most", [10, 100, 1000])
def test_windows_have_budgets_too(most: int) -> None:
    window = (1000, 9000)
    t = timeline_of(text(), 3, window=window, max_events=most)
    assert len(json.loads(trace(t))["traceEvents"]) <= (t.accounting.events or 0) <= most
    assert t.extent.window[0] == 1000
    assert t.extent.window[1] <= 9000
    check(trace(t))
    assert validate(t, "t.json") == ()
    assert t.totals == made(3, 200_000).totals


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=40))
@settings(max_examples=200, deadline=None)
def test_lanes_needed_is_the_most_that_overlap(rows: list[tuple[int, int]]) -> None:
    bars = [(start, start + length) for start, length in rows if length]
    most = max((sum(a <= t < b for a, b in bars) for t in range(73)), default=0)
    assert lanes_needed(bars) == most


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 300), st.integers(0, 500)), max_size=20),
    st.integers(2, 64),
)
@settings(max_examples=100, deadline=None)
def test_coarser_bins_keep_the_sum(rows: list[tuple[int, int, int]], count: int) -> None:
    fine = Filled(CounterInfo("x", "y"), Bins((0, 1200), count))
    for start, length, total in rows:
        fine.add(start, start + length, total)
    samples = fine.samples(3)
    found = coarser(samples, Bins((0, 1200), count // 2))
    assert sum(s.total for s in found) == sum(total for _, _, total in rows)
    assert all(s.counter == 3 for s in found)
    assert (found[0].start, found[-1].end) == (0, 1200)
    assert all(a.end == b.start for a, b in pairwise(found))
