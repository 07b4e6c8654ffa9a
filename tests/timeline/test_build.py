"""From schedules to timelines: against plain execution, and by what must always hold."""

from __future__ import annotations

import json
import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.plain_scoreboard import Machine, run
from schedule.random_programs import programs
from schedule.scheduling import cycles_of, scheduled, tiny_board
from support import program_of
from timeline.timelines import check_trace, timeline_of

from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.timeline import Timeline
from isa_analysis.timeline.build import TimelineOptions, build_timeline
from isa_analysis.timeline.validate import validate
from isa_analysis.views import timeline_perfetto

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "60"))
MANY = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
MODELS = ("serial", "overlap", "async-slots", "in-order", "rtl-v1")


def nest(trips: tuple[int, ...], body: tuple[str, ...]) -> str:
    """``body`` in loops with these trip counts, from the outside in."""
    starts = [f"C_LOOP_START gp{10 + d}, {trip}" for d, trip in enumerate(trips)]
    ends = [f"C_LOOP_END gp{10 + d}" for d in range(len(trips))]
    return "\n".join((*starts, *body, *reversed(ends))) + "\n"


BODY = ("M_MM 0, gp1, gp2", "V_ADD_VV gp1, gp2, gp3, 0", "S_ADD_FP f1, f2, f3",
        "H_PREFETCH_V gp4, gp5, a0, 0, 0")  # fmt: skip


def sums(timeline: Timeline) -> tuple[Counter[str], Counter[str]]:
    """Instructions and busy cycles of the spans, by engine."""
    insns: Counter[str] = Counter()
    busy: Counter[str] = Counter()
    for span in timeline.spans:
        name = timeline.meta.engines[span.engine]
        insns[name] += span.insns
        assert span.busy is not None
        busy[name] += span.busy
    return insns, busy


def undrawn_arrows(timeline: Timeline) -> int:
    about = json.loads("".join(timeline_perfetto.render(timeline)))["metadata"]
    return next(n for key, n in about.items() if key.startswith("arrows not drawn"))


@given(programs(most=600))
@MANY
def test_unrolled_spans_are_where_plain_execution_puts_instructions(text: str) -> None:
    program = program_of(text)
    plain = run(program, sizes_of(tiny_board(), "plena"), cycles_of(program), Machine())
    schedule = scheduled(program)
    if not schedule.makespan:
        return
    t = timeline_of(text, window=(0, schedule.makespan), detail=1)
    found = Counter((s.pc_begin, t.meta.engines[s.engine], s.start, s.finish) for s in t.spans)
    assert all(s.insns == s.repeat == 1 for s in t.spans)
    wanted = Counter((pc, engine, start, end) for pc, engine, _, start, end in plain.log)
    free = wanted - found
    assert not found - wanted
    assert all(start == end for _, _, start, end in free)  # destination f0: no time, no span


@given(programs(most=2000), st.sampled_from(MODELS), st.sampled_from([1, 2, 3]))
@MANY
def test_what_always_holds(text: str, timing: str, level: int) -> None:
    t = timeline_of(text, level, timing)
    assert validate(t, "t.json") == ()
    schedule = scheduled(text, timing)  # type: ignore[arg-type]
    assert t.extent.cycles == schedule.makespan
    insns, busy = sums(t)
    for use in schedule.engines:
        assert busy[use.engine] == use.busy
        assert insns[use.engine] <= use.instructions
    a = t.accounting
    assert (a.dropped, a.steps) == (0, ())
    assert a.shown == len(t.spans)
    assert (t.edges is None) == (t.path is None) == (level < 2)
    assert (t.phases is None) == (t.samples is None) == (level < 3)
    if t.path is not None:
        assert sum(s.end - s.start for s in t.path) == schedule.makespan
    counts = check_trace("".join(timeline_perfetto.render(t)))
    undrawn = 2 * undrawn_arrows(t)
    assert sum(counts.values()) == (a.events or 0) - undrawn


@given(programs(most=2000), st.integers(1, 400), st.sampled_from([1, 2, 3]))
@MANY
def test_budgets_are_kept(text: str, most: int, level: int) -> None:
    t = timeline_of(text, level, max_events=most)
    assert validate(t, "t.json") == ()
    a = t.accounting
    assert a.shown + a.summarised + a.dropped == a.spans_total
    events = len(json.loads("".join(timeline_perfetto.render(t)))["traceEvents"])
    assert events <= (a.events or 0) <= most
    check_trace("".join(timeline_perfetto.render(t)))
    order = ["coalesce neighbours", "drop arrows", "collapse loops", "coarsen counters",
             "cut window"]  # fmt: skip
    places = [order.index(step.step) for step in a.steps]
    assert places == sorted(set(places))
    assert bool(a.steps) or not a.dropped
    whole = timeline_of(text, level)
    assert whole.accounting.spans_total == a.spans_total
    assert whole.accounting.edges_total == a.edges_total
    assert t.totals is not None
    assert whole.totals is not None
    assert t.totals.stalls == whole.totals.stalls  # never from the trace
    assert [r[3:5] for r in t.totals.engines or ()] == [r[3:5] for r in whole.totals.engines or ()]


@given(programs(most=800), st.integers(0, 10**4), st.integers(1, 10**4))
@MANY
def test_windows(text: str, start: int, length: int) -> None:
    makespan = scheduled(text).makespan
    if not makespan:
        return
    low = start % makespan
    window = (low, min(low + length, makespan))
    t = timeline_of(text, window=window, detail=1)
    assert validate(t, "t.json") == ()
    assert t.extent.window == window
    assert (t.extent.mode == "full") == (window == (0, makespan))
    everything = timeline_of(text, window=(0, makespan), detail=1)
    wanted = [s for s in everything.spans if s.start < window[1] and max(s.end, s.start + 1) > low]
    assert [s[1:] for s in t.spans] == [s[1:] for s in wanted]
    assert t.accounting.spans_total == everything.accounting.spans_total
    check_trace("".join(timeline_perfetto.render(t)))


def test_a_summarised_run_is_one_slice_of_true_width() -> None:
    t = timeline_of(nest((1000,), BODY), 2)
    runs = [s for s in t.spans if s.repeat > 1]
    assert len({s.engine for s in runs}) == len(runs)  # one per engine
    repeat = runs[0].repeat
    assert {s.repeat for s in runs} == {repeat}
    loop = t.loops[0]
    assert loop.ii is not None
    matrix = next(s for s in runs if t.meta.engines[s.engine] == "matrix")
    assert matrix.insns == repeat
    assert abs((matrix.end - matrix.start) - repeat * loop.ii) <= loop.ii
    text = "".join(timeline_perfetto.render(t))
    for word in ('"trip":', '"ii":', '"busy%":', '"bound_by":'):
        assert word in text


def test_a_trillion_instructions() -> None:
    t = timeline_of(nest((10**4, 10**4, 10**4), BODY), 3)
    assert t.extent.dynamic_instructions is not None
    assert t.extent.dynamic_instructions > 10**12
    assert len(t.spans) < 1000
    insns, busy = sums(t)
    assert insns["matrix"] == 10**12
    assert t.totals is not None
    assert t.totals.engines is not None
    assert busy["matrix"] == t.totals.engines[3].busy
    assert validate(t, "t.json") == ()
    check_trace("".join(timeline_perfetto.render(t)))


def test_beyond_64_bits() -> None:
    t = timeline_of(nest((10**5,) * 5, BODY), 3)
    assert t.extent.cycles > 1 << 64
    assert validate(t, "t.json") == ()
    assert max(s.end for s in t.spans) > 1 << 64
    check_trace("".join(timeline_perfetto.render(t)))


def test_an_edge_leads_from_the_prefetch_to_its_reader() -> None:
    t = timeline_of("H_PREFETCH_V gp0, gp0, a0, 0, 0\nV_ADD_VV gp1, gp0, gp0, 0\n", 2)
    names = {s.id: t.meta.engines[s.engine] for s in t.spans}
    assert [(names[e.src], names[e.dst], e.kind) for e in t.edges or ()] == [
        ("hbm_read", "vector", "dma-wait")
    ]
    assert [s.kind for s in t.path or ()][-1] == "execute"


def test_accumulators_are_read_and_written() -> None:
    t = timeline_of("M_MM 0, gp1, gp2\nM_MM 0, gp1, gp2\nM_MM_WO gp3, gp0, 0\n", 2)
    assert t.extent.cycles >= 2 * 8


def test_an_empty_program() -> None:
    for level in (1, 2, 3):
        t = timeline_of("; nothing\n", level)
        assert (t.spans, t.extent.cycles) == ((), 0)
        assert validate(t, "t.json") == ()
        check_trace("".join(timeline_perfetto.render(t)))


def test_levels_of_the_api() -> None:
    program = program_of(nest((3,), BODY))
    found = profile(program, tiny_board(), ModelOptions(memory="none"))
    schedule = scheduled(program)
    for level, effective in ((True, 3), (1, 1), (2, 2), (3, 3)):
        made = build_timeline(schedule, program, found, TimelineOptions(level))
        assert made is not None
        assert made.level.effective == effective
    for nothing in (False, 0):
        assert build_timeline(schedule, program, found, TimelineOptions(nothing)) is None
    with pytest.raises(ValueError, match="no timeline level"):
        build_timeline(schedule, program, found, TimelineOptions(4))
    with pytest.raises(ValueError, match="max_events"):
        build_timeline(schedule, program, found, TimelineOptions(max_events=0))
    for window in ((5, 5), (-1, 3), (10**9, 10**9 + 1)):
        with pytest.raises(ValueError, match="window"):
            build_timeline(schedule, program, found, TimelineOptions(window=window))


def test_a_level_that_cannot_be_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isa_analysis.timeline.build.run.LIFECYCLE_LIMIT", 3)
    t = timeline_of("S_ADD_FP f1, f2, f3\n" * 4, 3)
    assert (t.level.requested, t.level.effective) == (3, 1)
    assert "more than 3 instructions" in t.level.reason
    assert t.edges is t.phases is t.spans[0].dispatch is None


def test_counters_add_up() -> None:
    t = timeline_of(nest((7,), BODY), 3)
    totals = Counter({info.name: 0 for info in t.counters or ()})
    for sample in t.samples or ():
        totals[(t.counters or ())[sample.counter].name] += sample.total
    assert t.totals is not None
    for row in t.totals.engines or ():
        assert totals[f"{t.meta.engines[row.engine]} busy"] == row.busy
    moved = profile(program_of(nest((7,), BODY)), tiny_board(),
                    ModelOptions(memory="none", traffic=True)).totals  # fmt: skip
    assert totals["HBM bytes/cycle"] == moved.hbm_read_bytes > 0
    assert {s.start for s in t.samples or () if s.counter == 0} >= {0}
    assert max(s.end for s in t.samples or ()) == t.extent.cycles


def test_live_bytes_by_hand() -> None:
    # Two rows of 8 elements are written in the first kernel; the second reads one of them.
    text = (
        "; @kernel write\nS_ADDI_INT gp2, gp0, 8\nV_ADD_VV gp0, gp0, gp0, 0\n"
        "V_ADD_VV gp2, gp0, gp0, 0\n; @end\n; @kernel idle\nS_ADD_FP f1, f2, f3\n; @end\n"
        "; @kernel read\nV_RED_SUM f1, gp2, 0\n; @end\n"
    )
    t = timeline_of(text, 3)
    names = [info.name for info in t.counters or ()]
    number = names.index("SRAM bytes live: vsram")
    per_cycle = {s.total // (s.end - s.start) for s in t.samples or () if s.counter == number}
    unit = tiny_board().board.precision.vector_sram.element_bits // 8
    assert 8 * unit in per_cycle  # while idle, the row that will be read
    assert max(per_cycle) <= 2 * 8 * unit


def test_equal_runs_give_equal_timelines() -> None:
    text = nest((5, 4), BODY)
    assert timeline_of(text) == timeline_of(text)
