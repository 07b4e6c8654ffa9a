"""Loops in closed form against a scoreboard that executes them one by one."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.plain_scoreboard import Machine, Outcome, run
from schedule.random_programs import programs
from schedule.scheduling import CHARGES, cycles_of, scheduled, scoreboard, tiny_board
from support import program_of

from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.schedule import LoopRun, Schedule, Steady

#: ISA_ANALYSIS_EXAMPLES=2000 for a long run.
EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "150"))

machines = st.builds(
    Machine,
    vector_units=st.integers(1, 3),
    matrix_units=st.sampled_from([1, 1, 2]),
    pipelined=st.sets(st.sampled_from(["scalar", "vector", "matrix"])).map(
        lambda s: tuple(sorted(s))
    ),
    write_back_ports=st.integers(1, 2),
    transfer_queue=st.integers(1, 4),
    hold_registers=st.booleans(),
)
charges = st.tuples(st.integers(0, 60), st.integers(0, 200), st.integers(0, 90))


def both(
    text: str, machine: Machine | None = None, charge: tuple[int, int, int] = CHARGES
) -> tuple[Schedule, Outcome]:
    """The schedule of ``text`` and what plain execution gives."""
    machine = machine or Machine()
    program = program_of(text)
    plain = run(program, sizes_of(tiny_board(), "plena"), cycles_of(program, charge), machine)
    return scheduled(program, charges=charge, machine=scoreboard(machine)), plain


def agree(s: Schedule, plain: Outcome) -> None:
    """Every figure of the schedule is that of plain execution."""
    assert s.makespan == plain.makespan
    assert s.exact
    assert {e.engine: e.busy for e in s.engines} == plain.busy
    assert {k: v for k, v in s.stalls.items() if v} == {k: v for k, v in plain.stalls.items() if v}
    assert s.issue_cycles == plain.issue
    assert {pc: v for pc, v in enumerate(s.attributed.tolist()) if v} == {
        pc: v for pc, v in plain.attributed.items() if v
    }
    assert all(e.busy + e.idle == s.makespan for e in s.engines)
    assert sum(s.stalls.values()) + s.issue_cycles == s.makespan
    assert s.serial >= s.makespan >= max(e.busy for e in s.engines)


@given(programs(), machines, charges)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_any_nest_is_exact(text: str, machine: Machine, charge: tuple[int, int, int]) -> None:
    agree(*both(text, machine, charge))


def loop(body: str, trip: int, counter: int = 10, before: str = "") -> str:
    return f"{before}C_LOOP_START gp{counter}, {trip}\n{body}C_LOOP_END gp{counter}\n"


def steady_runs(s: Schedule) -> list[Steady]:
    """The summarised runs of the outermost loops."""
    return [p for r in s.root if isinstance(r, LoopRun) for p in r.parts if isinstance(p, Steady)]


DOUBLE_BUFFER = (
    "H_PREFETCH_M gp1, gp3, a1, 0, 0\nM_MM 0, gp2, gp5\nM_MM 0, gp2, gp5\n"
    "S_ADD_INT gp4, gp1, gp0\nS_ADD_INT gp1, gp2, gp0\nS_ADD_INT gp2, gp4, gp0\n"
)


@pytest.mark.parametrize(
    ("body", "before"),
    [
        pytest.param("M_MM 0, gp1, gp2\nS_ADDI_INT gp1, gp1, 64\n", "", id="moving"),
        pytest.param(
            "V_ADD_VV gp1, gp2, gp2, 0\nV_EXP_V gp3, gp1, 0\nS_ADDI_INT gp1, gp1, 8\n",
            "S_ADDI_INT gp3, gp0, 400\n",
            id="a moving write passes a standing one",
        ),
        pytest.param(
            "H_PREFETCH_V gp1, gp4, a1, 0, 0\nV_EXP_V gp2, gp3, 0\nS_ADDI_INT gp1, gp1, 16\n"
            "S_ADDI_INT gp3, gp3, 8\n",
            "S_ADDI_INT gp3, gp0, 480\n",
            id="different strides",
        ),
        pytest.param(DOUBLE_BUFFER, "S_ADDI_INT gp2, gp0, 64\n", id="double buffer"),
        pytest.param(
            "S_LD_INT gp1, gp0, 0\nV_ADD_VV gp1, gp1, gp2, 0\nM_MV 0, gp1, gp2\n", "", id="unknown"
        ),
        pytest.param("V_RED_SUM f1, gp1, 0\nS_ADDI_INT gp1, gp1, 8\n", "", id="reduction"),
        pytest.param("V_RED_SUM f0, gp1, 0\n", "", id="free"),
        pytest.param(
            "H_PREFETCH_M gp1, gp2, a1, 0, 0\nH_STORE_V gp3, gp2, a1, 0, 0\n", "", id="queue fills"
        ),
    ],
)
@pytest.mark.parametrize("trip", [1, 2, 3, 4, 5, 17, 200])
def test_typical_loops_are_exact(body: str, before: str, trip: int) -> None:
    agree(*both(loop(body, trip, before=before)))


def test_a_period_above_one() -> None:
    """V_RECI_V takes 7 cycles, an iteration issues in 3, and there are two units: it starts in
    cycles 0, 3, 7, 10, 14, 17, ... so two iterations take 7 cycles."""
    body = "V_RECI_V gp1, gp2, 0\nS_ADDI_INT gp1, gp1, 8\n"
    s, plain = both(loop(body, 61, before="S_ADDI_INT gp2, gp0, 4000\n"), Machine(vector_units=2))
    agree(s, plain)
    (run,) = steady_runs(s)
    assert len(run.turns) == 2
    assert run.cycles == 7 * run.times
    assert s.loops[0].period == 2


def test_trip_counts_do_not_matter() -> None:
    """10^12 iterations in two loops: what each further iteration adds is what it adds early on."""
    body = "M_MM 0, gp1, gp2\nH_PREFETCH_M gp3, gp4, a1, 0, 0\nS_ADDI_INT gp1, gp1, 64\n"

    def nest(outer: int, inner: int) -> str:
        return loop(loop(body, inner, 11) + "S_ADDI_INT gp1, gp0, 0\n", outer)

    def makespan(outer: int, inner: int) -> int:
        return scheduled(nest(outer, inner)).makespan

    agree(*both(nest(12, 30)))
    per_inner = makespan(1, 40) - makespan(1, 39)
    per_outer = makespan(40, 1_000_000) - makespan(39, 1_000_000)
    assert makespan(1, 1_000_000) == makespan(1, 40) + (1_000_000 - 40) * per_inner
    huge = scheduled(nest(1_000_000, 1_000_000))
    assert huge.makespan == makespan(40, 1_000_000) + (1_000_000 - 40) * per_outer
    assert huge.exact
    assert huge.dynamic == 1 + 10**6 * (1 + 10**6 * 4 + 2)
    assert sum(huge.stalls.values()) + huge.issue_cycles == huge.makespan
    assert sum(huge.attributed.tolist()) == huge.makespan


def test_counts_beyond_64_bits() -> None:
    body = "M_MM 0, gp1, gp2\n"
    for counter in (14, 13, 12, 11):
        body = loop(body, 4_000_000, counter)
    s = scheduled(body)
    assert s.dynamic > 1 << 64
    assert sum(s.attributed.tolist()) == s.makespan == sum(s.stalls.values()) + s.issue_cycles
    assert s.loops[0].executions == 1
    assert s.loops[3].executions == 4_000_000**3


def test_a_state_that_never_repeats_in_time_is_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    from isa_analysis.schedule import walker

    text = loop(
        "H_PREFETCH_V gp1, gp2, a1, 0, 0\nM_MV 0, gp3, gp4\nM_MV 0, gp3, gp4\nM_MV 0, gp3, gp4\n",
        50,
        before="H_PREFETCH_M gp5, gp2, a1, 0, 0\n",
    )
    exact, plain = both(text)
    agree(exact, plain)
    monkeypatch.setattr(walker, "ITERATIONS", 1)
    bound = both(text)[0]
    assert not bound.exact
    assert bound.loops[0].basis == "bound"
    assert bound.loops[0].err_cycles == bound.err_cycles > 0
    assert bound.makespan - bound.err_cycles <= exact.makespan <= bound.makespan
    assert sum(bound.stalls.values()) + bound.issue_cycles == bound.makespan
    assert sum(bound.attributed.tolist()) == bound.makespan
    assert all(e.busy + e.idle == bound.makespan for e in bound.engines)


def test_equal_code_elsewhere_is_walked_once() -> None:
    one = loop("M_MM 0, gp1, gp2\nV_ADD_VV gp2, gp2, gp2, 0\nS_ADDI_INT gp1, gp1, 64\n", 30)
    text = "".join(f"S_ADDI_INT gp1, gp0, {64 * k}\nS_ADDI_INT gp2, gp0, {8 * k}\n{one}"
                   for k in range(40))  # fmt: skip
    s, plain = both(text)
    agree(s, plain)
    assert [t.cycles for t in s.loops][5:] == [s.loops[5].cycles] * 35


def test_a_loop_table_names_what_bounds() -> None:
    s = scheduled(loop("M_MM 0, gp1, gp2\nS_ADDI_INT gp3, gp3, 64\n", 1000))
    (t,) = s.loops
    assert (t.trip, t.executions, t.period, t.basis, t.bound_by) == (
        1000, 1, 1, "steady", "matrix",
    )  # fmt: skip
    assert t.ii == 8  # MLEN: the products wait for one another, all else is hidden
    assert (t.first_pc, t.last_pc) == (0, 3)
    assert t.cycles == s.makespan
