"""Dependencies, the blame walk, stalls and counters against plain execution."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.plain_scoreboard import Machine, Outcome, run
from schedule.random_programs import programs
from schedule.scheduling import CHARGES, cycles_of, scheduled, tiny_board
from support import program_of
from timeline.timelines import timeline_of

from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.timeline import Timeline
from isa_analysis.timeline.model import EDGE_KINDS, Span

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "60"))
MANY = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)


def plain(text: str) -> Outcome:
    """Every instruction executed, one by one."""
    program = program_of(text)
    return run(program, sizes_of(tiny_board(), "plena"), cycles_of(program), Machine())


def unrolled(text: str) -> Timeline | None:
    """Every executed instruction as one span; None for programs that do nothing."""
    makespan = scheduled(text).makespan
    if not makespan:
        return None
    return timeline_of(text, window=(0, makespan), detail=1, max_events=10**6)


def sums(timeline: Timeline) -> Counter[str]:
    """Cycles of the walk by kind."""
    found: Counter[str] = Counter()
    for step in timeline.path or ():
        found[step.kind] += step.end - step.start
    return found


@given(programs(most=400))
@MANY
def test_edges_are_the_stalls_of_plain_execution(text: str) -> None:
    t, outcome = unrolled(text), plain(text)
    if t is None:
        return
    assert len(t.spans) == len(outcome.log)
    by_place = {(s.pc_begin, s.start, s.finish): s for s in t.spans}
    issues = [by_place[pc, start, end] for pc, _, _, start, end in outcome.log]
    issue_of = {s.id: row[2] for s, row in zip(issues, outcome.log, strict=True)}
    spans = {s.id: s for s in t.spans}
    waited: Counter[str] = Counter()
    for edge in t.edges or ():
        source, target = spans[edge.src], spans[edge.dst]
        assert edge.kind in EDGE_KINDS
        assert target.dispatch is not None
        # The wait ends when the source is done; a write-back port may hold it a little longer.
        assert source.finish is not None
        assert target.dispatch < source.finish <= issue_of[edge.dst]
        assert (source.start, source.id) < (issue_of[edge.dst], edge.dst)
        waited[edge.kind] += source.finish - target.dispatch
    assert len({edge.dst for edge in t.edges or ()}) == len(t.edges or ())
    wanted = {kind: n for kind, n in outcome.stalls.items() if kind in EDGE_KINDS and n}
    assert waited == wanted
    a = t.accounting
    assert (a.edges_total, a.edges_summarised, a.edges_dropped) == (a.edges_shown, 0, 0)


@given(programs(most=400))
@MANY
def test_every_step_of_the_walk_is_explained(text: str) -> None:
    t = unrolled(text)
    if t is None:
        return
    assert t.path is not None
    spans = {s.id: s for s in t.spans}
    edges = {(e.src, e.dst): e.kind for e in t.edges or ()}
    assert (t.path[0].start, t.path[-1].end) == (0, t.extent.cycles)
    for step, after in zip(t.path, (*t.path[1:], None), strict=True):
        assert after is None or step.end == after.start
        span = spans[step.span]
        assert span.dispatch is not None
        assert span.finish is not None
        assert span.dispatch <= step.start < step.end <= span.finish
        if step.kind == "execute":
            assert step.start >= span.start
            if after is None:
                assert span.finish == t.extent.cycles
            elif after.span != step.span and (step.span, after.span) in edges:
                assert spans[after.span].dispatch < span.finish == step.end  # type: ignore[operator]
        elif step.kind != "issue":
            assert step.kind in {*EDGE_KINDS, "write-back"}
            assert step.end <= span.start
    assert t.totals is not None
    assert sum(row.cycles for row in t.totals.blame or ()) == t.extent.cycles


@given(programs(most=1500), st.sampled_from(["serial", "overlap", "async-slots", "in-order",
                                             "rtl-v1"]))  # fmt: skip
@MANY
def test_stalls_and_counters_add_up(text: str, timing: str) -> None:
    t = timeline_of(text, 3, timing)
    assert t.totals is not None
    assert t.totals.stalls is not None
    cycles = t.extent.cycles
    assert (t.totals.compute or 0) + sum(t.totals.stalls.values()) == cycles
    assert sum(row.cycles for row in t.totals.blame or ()) == cycles
    totals: Counter[str] = Counter()
    reach: dict[str, int] = {}
    for sample in t.samples or ():
        name = (t.counters or ())[sample.counter].name
        assert sample.start == reach.get(name, 0)
        reach[name] = sample.end
        totals[name] += sample.total
    assert set(reach.values()) <= {cycles}
    for row in t.totals.engines or ():
        assert row.busy + row.idle == cycles
        assert totals[f"{t.meta.engines[row.engine]} busy"] == row.busy
    if timing == "in-order":
        stalled: Counter[str] = Counter()
        for phase in t.phases or ():
            if phase.lane.startswith("stall: "):
                stalled[phase.phase] += phase.cycles
                assert phase.cycles <= phase.end - phase.start
        assert stalled == {kind: n for kind, n in t.totals.stalls.items() if n}
        outcome = plain(text)
        wanted = {kind: n for kind, n in outcome.stalls.items() if n}
        assert wanted == {kind: n for kind, n in t.totals.stalls.items() if n}


def test_the_walk_by_hand() -> None:
    # A prefetch of 23 cycles is waited for, then a vector addition; the last instruction follows
    # in the next cycle and is done first.
    fetch = CHARGES[0]
    t = timeline_of(
        "H_PREFETCH_V gp0, gp0, a0, 0, 0\nV_ADD_VV gp1, gp0, gp0, 0\nS_ADDI_INT gp5, gp0, 1\n", 2
    )
    assert t.path is not None
    add = t.extent.cycles - fetch
    names = {s.id: t.meta.engines[s.engine] for s in t.spans}
    assert [(names[s.span], s.start, s.end, s.kind) for s in t.path][:1] == [
        ("hbm_read", 0, fetch, "execute")
    ]
    assert sum(s.end - s.start for s in t.path if names[s.span] != "hbm_read") == add


def test_runs_are_blamed_as_a_whole() -> None:
    t = timeline_of("C_LOOP_START gp9, 500\nM_MM 0, gp1, gp2\nC_LOOP_END gp9\n", 2)
    found = sums(t)
    assert found["run"] > 0.9 * t.extent.cycles
    assert t.totals is not None
    (row,) = [b for b in t.totals.blame or () if b.kind == "run"]
    assert t.meta.engines[row.engine] == "matrix"
    assert row.cycles == found["run"]


def test_one_anchor_per_run_and_engine() -> None:
    body = "H_PREFETCH_V gp1, gp2, a0, 0, 0\nV_ADD_VV gp1, gp1, gp3, 0\nM_MM 0, gp1, gp2\n"
    t = timeline_of(f"C_LOOP_START gp9, 5000\n{body}C_LOOP_END gp9\n", 2)
    runs: dict[int, Span] = {s.id: s for s in t.spans if s.repeat > 1}
    assert len({s.engine for s in runs.values()}) == len(runs)
    between = [(e.src, e.dst, e.kind) for e in t.edges or () if e.src in runs and e.dst in runs]
    assert between
    assert len(between) == len(set(between)) <= len(runs) ** 2 * len(EDGE_KINDS)
    a = t.accounting
    assert (a.edges_total or 0) >= 5000  # every wait is counted
    assert (a.edges_shown or 0) < 100
    assert a.edges_dropped == 0


@pytest.mark.parametrize("trip", [1, 2, 3, 7, 100])
def test_hbm_bytes_are_those_of_the_traffic(trip: int) -> None:
    from isa_analysis.profiling import ModelOptions, profile

    text = (
        f"C_LOOP_START gp9, {trip}\nH_PREFETCH_V gp1, gp2, a0, 0, 0\nH_STORE_V gp1, gp4, a0, 0, 0\n"
        "S_ADDI_INT gp2, gp2, 72\nC_LOOP_END gp9\nH_PREFETCH_M gp1, gp2, a0, 0, 0\n"
    )
    t = timeline_of(text)
    moved = profile(
        program_of(text), tiny_board(), ModelOptions(memory="none", traffic=True)
    ).totals
    number = [info.name for info in t.counters or ()].index("HBM bytes/cycle")
    found = sum(s.total for s in t.samples or () if s.counter == number)
    assert found == (moved.hbm_read_bytes or 0) + (moved.hbm_write_bytes or 0) > 0
