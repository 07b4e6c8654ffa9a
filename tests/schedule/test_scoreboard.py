"""The scoreboard's rules, one by one, with answers worked out by hand (MLEN = VLEN = 8)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from schedule.plain_scoreboard import Machine
from schedule.random_programs import programs
from schedule.scheduling import scheduled, scoreboard

from isa_analysis.schedule import STALLS, Schedule


def stalls(s: Schedule) -> dict[str, int]:
    return {kind: cycles for kind, cycles in s.stalls.items() if cycles}


def run(text: str, charges: tuple[int, int, int] = (23, 122, 40), **machine: object) -> Schedule:
    return scheduled(text, charges=charges, machine=scoreboard(Machine(**machine)))  # type: ignore[arg-type]


def test_independent_engines_overlap() -> None:
    """M_MM takes 8 cycles from cycle 0; three scalar instructions issue in cycles 1, 2, 3."""
    s = run("M_MM 0, gp1, gp2\n" + "S_ADDI_INT gp3, gp0, 1\nS_ADDI_INT gp4, gp0, 1\n"
            "S_ADDI_INT gp5, gp0, 1\n")  # fmt: skip
    assert (s.makespan, s.issue_cycles, stalls(s)) == (8, 4, {"drain": 4})
    assert s.attributed.tolist() == [8, 0, 0, 0]


def test_accumulators_are_read_and_written() -> None:
    """Products wait for one another even with two matrix units, and the write-out for both."""
    text = "M_MM 0, gp1, gp2\nM_MM 0, gp1, gp2\nM_MM_WO gp3, gp0, 0\n"
    s = run(text, matrix_units=2, pipelined=("matrix",))
    assert s.makespan == 8 + 8 + 1
    assert stalls(s) == {"RAW": 14}


def test_reductions_read_their_destination() -> None:
    """V_RED_SUM is 8 cycles; on two units two into f1 take turns, two into f1 and f2 do not."""
    same = "V_RED_SUM f1, gp1, 0\nV_RED_SUM f1, gp1, 0\n"
    assert run(same, vector_units=2).makespan == 16
    assert stalls(run(same, vector_units=2)) == {"RAW": 7, "drain": 7 + 1 - 1}
    other = same.replace("f1", "f2", 1)
    assert run(other, vector_units=2).makespan == 9


def test_a_register_is_waited_for() -> None:
    """S_ADD_FP (2 cycles) needs f1, that V_RED_MAX (4) delivers."""
    s = run("V_RED_MAX f1, gp1, 0\nS_ADD_FP f2, f1, f1\n")
    assert (s.makespan, stalls(s)) == (6, {"RAW": 3, "drain": 1})


def test_writes_to_one_register_keep_their_order() -> None:
    s = run("V_RED_MAX f1, gp1, 0\nS_LD_FP f1, gp2, 0\n")
    assert (s.makespan, stalls(s)) == (5, {"WAW": 3})


def test_a_register_is_read_at_issue_or_held() -> None:
    """V_ADD_VF takes 1 cycle; V_MAX_VF takes 4 and holds f1 only if the board says so."""
    text = "V_MAX_VF gp1, gp2, f1, 0\nS_LD_FP f1, gp3, 0\n"
    assert stalls(run(text)) == {"drain": 2}
    assert stalls(run(text, hold_registers=True)) == {"WAR": 3}


@pytest.mark.parametrize(
    ("second", "kind"),
    [("V_ADD_VV gp3, gp1, gp1, 0", "memory"), ("V_ADD_VV gp2, gp3, gp3, 0", "memory"),
     ("V_ADD_VV gp1, gp3, gp3, 0", "memory"), ("V_ADD_VV gp3, gp2, gp4, 0", None)],
    ids=["read after write", "write after read", "write after write", "both read"],
)  # fmt: skip
def test_ranges_of_memory_conflict(second: str, kind: str | None) -> None:
    """V_EXP_V (6 cycles) from gp2 to gp1; a second unit is free."""
    setup = "".join(f"S_ADDI_INT gp{k}, gp0, {64 * k}\n" for k in range(1, 5))
    s = run(f"{setup}V_EXP_V gp1, gp2, 0\n{second}\n", vector_units=2)
    assert s.stalls["memory"] == (5 if kind else 0)


def test_an_unknown_address_is_the_whole_memory() -> None:
    setup = "S_ADDI_INT gp1, gp0, 64\nS_ADDI_INT gp2, gp0, 128\nS_LD_INT gp3, gp0, 0\n"
    text = f"{setup}V_EXP_V gp1, gp2, 0\nV_ADD_VV gp3, gp2, gp2, 0\n"
    assert run(text, vector_units=2).stalls["memory"] == 5
    known = text.replace("S_LD_INT gp3, gp0, 0", "S_ADDI_INT gp3, gp0, 512")
    assert run(known, vector_units=2).stalls["memory"] == 0


def test_a_prefetch_runs_behind_until_it_is_read() -> None:
    """The prefetch (20) issues in cycle 1; six scalar cycles pass; M_MM waits until cycle 21."""
    text = "S_ADDI_INT gp2, gp0, 640\nH_PREFETCH_M gp1, gp4, a1, 0, 0\n" + (
        "S_ADDI_INT gp5, gp0, 1\n" * 6
    )
    s = run(text + "M_MM 0, gp1, gp2\n", (1, 20, 1))
    assert s.makespan == 21 + 8
    assert stalls(s) == {"dma-wait": 13, "drain": 7}
    elsewhere = run(text + "M_MM 0, gp2, gp2\n", (1, 20, 1))
    assert elsewhere.makespan == 21


def test_a_prefetch_does_not_overwrite_what_is_being_read() -> None:
    text = "M_MM 0, gp1, gp2\nH_PREFETCH_M gp1, gp4, a1, 0, 0\n"
    s = run(text, (1, 20, 1))
    assert (s.makespan, stalls(s)) == (28, {"memory": 7, "drain": 19})


def test_the_queue_of_transfers_fills() -> None:
    """Two under way at 10 cycles each: the third issues when the first is done."""
    text = "".join(f"S_ADDI_INT gp{k}, gp0, {64 * k}\n" for k in range(1, 4))
    text += "".join(f"H_PREFETCH_V gp{k}, gp4, a1, 0, 0\n" for k in range(1, 4))
    s = run(text, (10, 1, 1), transfer_queue=2)
    assert s.stalls["engine-busy"] == 13 - 5
    assert s.makespan == 3 + 30
    assert run(text, (10, 1, 1), transfer_queue=3).stalls["engine-busy"] == 0


def test_results_share_the_write_back_port() -> None:
    """V_RED_MAX delivers in cycle 4; S_ADD_FP (2) issued in cycle 2 would deliver then too."""
    text = "V_RED_MAX f1, gp1, 0\nS_ADDI_INT gp2, gp0, 1\nS_ADD_FP f2, f3, f3\n"
    assert run(text).stalls["write-back"] == 1
    assert run(text, write_back_ports=2).stalls["write-back"] == 0


def test_pipelined_engines_start_every_cycle() -> None:
    setup = "".join(f"S_ADDI_INT gp{k}, gp0, {64 * k}\n" for k in range(1, 5))
    text = setup + "V_EXP_V gp1, gp2, 0\nV_EXP_V gp3, gp4, 0\n"
    assert run(text).makespan == 4 + 12
    assert run(text, pipelined=("vector",)).makespan == 4 + 7


def test_what_the_hardware_skips_waits_for_nothing() -> None:
    s = run("V_RED_MAX f1, gp1, 0\nS_ADD_FP f0, f1, f1\nV_RED_SUM f0, gp1, 0\n")
    assert (s.makespan, s.dynamic) == (4, 3)


@given(programs())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_bounds_hold(text: str) -> None:
    s = scheduled(text)
    assert s.serial >= s.makespan >= s.least
    assert set(s.stalls) == set(STALLS)
    assert all(e.busy + e.idle == s.makespan for e in s.engines)


@pytest.mark.parametrize(
    "text",
    [
        "M_MM 0, gp1, gp2\n" * 20,
        "S_ADDI_INT gp1, gp1, 8\n" * 20,
        "C_LOOP_START gp10, 50\nV_EXP_V gp1, gp1, 0\n" + "V_RECI_V gp1, gp1, 0\n" * 3
        + "C_LOOP_END gp10\n",
        "V_RED_SUM f1, gp1, 0\nS_ADD_FP f1, f1, f1\n" * 9,
    ],
    ids=["one accumulator", "one register", "one row", "two engines, one register"],
)  # fmt: skip
def test_nothing_is_gained_where_nothing_can_overlap(text: str) -> None:
    s = scheduled(text)
    hidden = 51 if "C_LOOP" in text else 0
    assert s.serial - hidden <= s.makespan <= s.serial


def test_rtl_latencies() -> None:
    """BLEN = 2, VLEN = 8: M_MM 6, M_MM_WO 17, V_RED_SUM 5 + 7 x 4, V_RED_MAX 5 + 2 x 4."""
    for text, cycles in (
        ("M_MM 0, gp1, gp2\n", 6),
        ("M_MM_WO gp1, gp0, 0\n", 17),
        ("V_RED_SUM f1, gp1, 0\n", 33),
        ("V_RED_MAX f1, gp1, 0\n", 13),
        ("V_ADD_VV gp1, gp1, gp1, 0\n", 13),
        ("V_MUL_VF gp1, gp1, f1, 0\n", 11),
        ("V_EXP_V gp1, gp1, 0\n", 21),
        ("V_RECI_V gp1, gp1, 0\n", 11),
        ("S_ADD_FP f1, f1, f1\n", 10),
        ("S_MUL_FP f1, f1, f1\n", 8),
        ("S_EXP_FP f1, f1\n", 20),
        ("S_MAP_V_FP gp1, gp1, 0\n", 11),
        ("M_MV 0, gp1, gp2\n", 8),
        ("S_ADD_FP f0, f1, f1\n", 0),
    ):
        assert scheduled(text, "rtl-v1").makespan == cycles, text
    pair = "V_ADD_VV gp1, gp2, gp2, 0\nV_ADD_VV gp3, gp2, gp2, 0\n"
    setup = "S_ADDI_INT gp1, gp0, 64\nS_ADDI_INT gp3, gp0, 128\n"
    assert scheduled(setup + pair, "rtl-v1").makespan == 2 + 14
