"""Loops that are given up: the answer is a bound, the exact one lies within its residual."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.plain_scoreboard import Machine, run
from schedule.random_programs import programs
from schedule.scheduling import cycles_of, scheduled, scoreboard, tiny_board
from schedule.test_blocking import async_slots, overlap
from schedule.test_closed_form import charges, loop, machines
from support import program_of

from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.schedule import Schedule, walker

#: ISA_ANALYSIS_EXAMPLES=2000 for a long run.
EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "80"))


def given_up(text: str, iterations: int, *args: object) -> Schedule:
    """The schedule when at most ``iterations`` of a loop are walked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walker, "ITERATIONS", iterations)
        return scheduled(text, *args)  # type: ignore[arg-type]


def within(bound: Schedule, exact: int) -> None:
    """``exact`` lies within the residual, and everything still sums."""
    assert bound.makespan - bound.err_cycles <= exact <= bound.makespan
    assert bound.exact == (bound.err_cycles == 0)
    assert sum(bound.stalls.values()) + bound.issue_cycles == bound.makespan
    assert sum(bound.attributed.tolist()) == bound.makespan
    assert all(e.busy + e.idle == bound.makespan for e in bound.engines)
    assert all(e.busy >= 0 for e in bound.engines)
    assert sum(t.err_cycles for t in bound.loops) == bound.err_cycles
    for t in bound.loops:
        assert (t.basis == "steady") <= (t.err_cycles == 0)


@given(programs(most=1500), machines, charges, st.integers(1, 3))
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_scoreboard_is_bounded(
    text: str, machine: Machine, charge: tuple[int, int, int], iterations: int
) -> None:
    program = program_of(text)
    plain = run(program, sizes_of(tiny_board(), "plena"), cycles_of(program, charge), machine)
    bound = given_up(text, iterations, "in-order", charge, scoreboard(machine))
    within(bound, plain.makespan)


@given(programs(most=1500), charges, st.integers(1, 3))
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_blocking_models_are_bounded(
    text: str, charge: tuple[int, int, int], iterations: int
) -> None:
    program = program_of(text)
    cycles = cycles_of(program, charge)
    serial, adjusted = overlap(program, cycles)
    exact = {
        "serial": serial, "overlap": adjusted, "async-slots": async_slots(program, cycles)
    }  # fmt: skip
    for timing, expected in exact.items():
        within(given_up(text, iterations, timing, charge), expected)


def test_what_is_pending_before_a_bounded_loop_may_still_be_hidden() -> None:
    """A prefetch of 50 before the loop, hidden by the products in it."""
    text = "H_PREFETCH_V gp4, gp5, a1, 0, 0\n" + loop("M_MV 0, gp6, gp7\n" * 2, 30)
    text = "S_ADDI_INT gp4, gp0, 4096\n" + text
    exact = scheduled(text, "overlap", (50, 1, 1))
    assert exact.makespan == 1 + 50 + 1 + 30 * 17 - 50
    bound = given_up(text, 1, "overlap", (50, 1, 1))
    assert bound.loops[0].basis == "bound"
    within(bound, exact.makespan)


def test_what_a_bounded_loop_fetches_may_be_hidden_behind_it() -> None:
    """Each iteration fetches 20 cycles' worth that only the code after the loop hides."""
    text = "S_ADDI_INT gp4, gp0, 4096\n" + loop("H_PREFETCH_V gp4, gp5, a1, 0, 0\n", 10)
    text += "M_MV 0, gp6, gp7\n" * 30
    exact = scheduled(text, "overlap", (20, 1, 1))
    assert exact.makespan == 1 + 1 + 10 * 21 + 30 * 8 - 200
    within(given_up(text, 1, "overlap", (20, 1, 1)), exact.makespan)


def test_a_bound_names_its_residual() -> None:
    """Two products of 8 per iteration wait for each other: only C_LOOP_END is hidden, which the
    bound does not know."""
    text = loop("M_MM 0, gp1, gp2\nM_MM 0, gp1, gp2\n", 100)
    bound = given_up(text, 1)
    (t,) = bound.loops
    assert t.basis == "bound"
    within(bound, scheduled(text).makespan)
    # After the first iteration the second product has 6 cycles to go. The other 99 take 17 cycles
    # each serially and issue 3 instructions at least.
    assert t.err_cycles == 6 + 99 * (17 - 3)
