"""What limits a program, on programs small enough to see it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from schedule.random_programs import programs
from schedule.scheduling import tiny_board
from support import program_of

from isa_analysis.boards import load_board
from isa_analysis.diagnostics import InputError
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.schedule import plan, run_plan, schedule
from isa_analysis.schedule.bottleneck import Bottlenecks, bottlenecks, floor_of


def analysed(text: str, timing: str = "in-order", sets: tuple[str, ...] = ()) -> Bottlenecks:
    board = load_board(
        "emulator",
        ["memory.timing=charge", "memory.prefetch_m_cycles=100", "memory.prefetch_v_cycles=30",
         "memory.store_v_cycles=50", *sets],
    )  # fmt: skip
    program = program_of(text)
    options = ModelOptions(timing, "charge")  # type: ignore[arg-type]
    p = profile(program, board, options)
    assert p.regions is not None
    made = plan(program, board, options)
    in_order = plan(program, board, ModelOptions("in-order", "charge"))
    return bottlenecks(made, run_plan(made), p.kernels, p.regions, in_order)


def what_if(b: Bottlenecks, name: str) -> tuple[int, int]:
    found = next(w for w in b.what_ifs if w.name == name)
    return found.low, found.high


LOADED = (
    "; a\nS_ADDI_INT gp2, gp0, 8192\nH_PREFETCH_M gp1, gp3, a1, 0, 0\nM_MM 0, gp1, gp2\n"
    "M_MM 0, gp1, gp2\n"
)


def test_a_wait_for_a_transfer_is_found() -> None:
    """Cycle 1 issues the prefetch (100), M_MM runs 101 to 165 and 165 to 229."""
    b = analysed(LOADED)
    assert b.makespan == 229
    assert b.bound_by == "matrix"
    assert what_if(b, "perfect prefetch") == (129, 129)
    assert what_if(b, "infinitely fast hbm_read") == (129, 129)
    assert what_if(b, "infinitely fast matrix") == (101, 101)
    assert what_if(b, "double buffering") == (129, 229)
    assert b.floor == 229  # one dependency path
    assert {(x.engine, x.reason, x.producer): x.cycles for x in b.blame} == {
        ("scalar", "issue", ""): 1, ("hbm_read", "issue", ""): 1, ("matrix", "issue", ""): 2,
        ("matrix", "dma-wait", "hbm_read"): 99, ("matrix", "RAW", "matrix"): 63,
        ("", "drain", ""): 63,
    }  # fmt: skip


def test_another_vector_unit_helps_where_rows_are_independent() -> None:
    text = "".join(f"S_ADDI_INT gp{k}, gp0, {64 * k}\n" for k in range(1, 5)) + (
        "V_RECI_V gp1, gp2, 0\nV_RECI_V gp3, gp4, 0\n"
    )
    b = analysed(text, sets=("latency.vector_reci_cycles=20",))
    assert b.makespan == 4 + 40
    assert what_if(b, "one more vector unit") == (25, 25)
    assert b.floor == 25


def test_blocking_models_need_a_plan_with_ranges() -> None:
    b = analysed(LOADED, "serial")
    assert (b.makespan, b.floor) == (229, 229)
    assert b.bound_by == "matrix"
    assert what_if(b, "infinitely fast matrix") == (101, 101)
    assert what_if(b, "perfect prefetch") == (129, 129)
    assert what_if(b, "double buffering") == (129, 229)
    program = program_of(LOADED)
    with pytest.raises(ValueError, match="in-order"):
        floor_of(plan(program, load_board("emulator"), ModelOptions("serial", "none")))


def test_legacy_has_no_schedule() -> None:
    with pytest.raises(InputError) as caught:
        schedule(program_of(LOADED), load_board("v80"), ModelOptions("legacy"))
    assert [d.code for d in caught.value.diagnostics] == ["E500"]


@given(programs(most=600))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_shares_sum_and_bounds_hold(text: str) -> None:
    program = program_of(text)
    options = ModelOptions("in-order", "none")
    made = plan(program, tiny_board(), options)
    s = run_plan(made)
    p = profile(program, tiny_board(), options)
    assert p.regions is not None
    b = bottlenecks(made, s, p.kernels, p.regions)
    assert sum(k.cycles for k in b.kernels) == s.makespan == sum(x.cycles for x in b.blame)
    assert [sum(k.busy[e] for k in b.kernels) for e in range(6)] == [e.busy for e in s.engines]
    assert b.floor <= s.makespan
    for w in b.what_ifs:
        assert 0 <= w.low <= w.high <= s.makespan
        assert (w.gain_low, w.gain_high) == (s.makespan - w.high, s.makespan - w.low)


def test_a_followed_program_is_not_followed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "C_LOOP_START gp9, 5\nH_PREFETCH_V gp1, gp2, a0, 0, 0\n"
        "V_ADD_VV gp1, gp1, gp1, 0\nC_LOOP_END gp9\n"
    )
    program, board = program_of(text), load_board("emulator")
    options = ModelOptions("in-order", traffic=True)
    found = profile(program, board, options)
    fresh = run_plan(plan(program, board, options))

    def again(*_: object) -> None:
        raise AssertionError("followed again")

    for module in ("schedule.run", "traffic.analyse"):
        monkeypatch.setattr(f"isa_analysis.{module}.follow", again)
    made = run_plan(plan(program, board, options, found.regions, found.traffic))
    assert (made.makespan, made.stalls) == (fresh.makespan, fresh.stalls)
