"""The models beside one another: published latencies, what bounds what, what a board changes."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.plain_scoreboard import Machine, run
from schedule.random_programs import programs
from schedule.scheduling import BOARD_SETS, CHARGES, cycles_of, scheduled, tiny_board
from schedule.test_closed_form import agree, charges, loop
from support import ROOT, program_of

from isa_analysis.boards import LoadedBoard, load_board
from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.diagnostics import InputError
from isa_analysis.profiling import ModelOptions
from isa_analysis.schedule import ENGINES, schedule
from isa_analysis.timing.model import SCHEDULED

#: ISA_ANALYSIS_EXAMPLES=2000 for a long run.
EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))
TIMINGS = ("serial", *SCHEDULED)
BLEN, VLEN = 2, 8
#: Published latencies of the RTL at these dimensions; 4 = ceil(log2(VLEN + 1)).
RTL = {
    "M_MM": BLEN + 4, "M_TMM": BLEN + 4, "M_MM_WO": 2 * BLEN + 13, "S_MAP_V_FP": VLEN + 3,
    "V_ADD_VV": 13, "V_ADD_VF": 13, "V_MUL_VV": 11, "V_EXP_V": 21, "V_RECI_V": 11,
    "V_RED_SUM": 5 + 7 * 4, "V_RED_MAX": 5 + 2 * 4, "S_ADD_FP": 10, "S_MUL_FP": 8, "S_EXP_FP": 20,
}  # fmt: skip


@given(programs(), charges)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_rtl_latencies_step_by_step(text: str, charge: tuple[int, int, int]) -> None:
    program = program_of(text)
    cycles = cycles_of(program, charge)
    cycles |= {name: took for name, took in RTL.items() if name in cycles}
    machine = Machine(pipelined=("scalar", "vector"))
    plain = run(program, sizes_of(tiny_board(), "plena"), cycles, machine)
    agree(scheduled(program, "rtl-v1", charge), plain)


@given(programs(), charges)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_each_model_lies_between_its_bounds(text: str, charge: tuple[int, int, int]) -> None:
    found = {t: scheduled(text, t, charge) for t in TIMINGS}  # type: ignore[arg-type]
    serial = found["serial"].makespan
    for timing, s in found.items():
        busy = [e.busy for e in s.engines]
        assert all(e.busy + e.idle == s.makespan for e in s.engines)
        assert sum(s.stalls.values()) + s.issue_cycles == s.makespan
        assert max(busy) <= s.makespan <= s.serial
        assert s.least <= s.makespan
        assert s.dynamic == found["serial"].dynamic
        if timing != "rtl-v1":  # its instructions take other times
            assert s.serial == serial
    compute = sum(e.busy for e in found["serial"].engines if not e.engine.startswith("hbm"))
    assert found["overlap"].makespan >= compute
    assert found["async-slots"].makespan >= compute


@pytest.mark.parametrize("timing", TIMINGS)
@pytest.mark.parametrize(
    "text",
    [
        "M_MM 0, gp1, gp2\n" * 20,
        "S_ADDI_INT gp1, gp1, 8\n" * 20,
        "V_EXP_V gp1, gp1, 0\n" * 9 + "V_RECI_V gp1, gp1, 0\n" * 9,
        "V_RED_SUM f1, gp1, 0\n" * 9,
        "H_STORE_V gp1, gp5, a1, 0, 0\n" * 5,
        "H_PREFETCH_M gp1, gp5, a1, 0, 0\nM_MM 0, gp1, gp2\nM_MM_WO gp1, gp0, 0\n",
    ],
    ids=["accumulator", "register", "row", "reduction", "stores", "fetch, multiply, write"],
)
def test_all_models_agree_where_nothing_can_overlap(timing: str, text: str) -> None:
    """A chain in which each instruction needs the one before it: the sum of the durations."""
    s = scheduled(text, timing)  # type: ignore[arg-type]
    took = cycles_of(program_of(text))
    if timing == "rtl-v1":
        took |= RTL
    assert s.makespan == s.serial == sum(took[line.split()[0]] for line in text.splitlines())


def test_products_keep_the_accumulator_until_it_is_written_out() -> None:
    """Three products and a write-out are a chain, on as many pipelined units as there may be; the
    next chain on the same accumulator waits for it. One register between two writes changes
    nothing."""
    chain = "M_MM 0, gp1, gp2\n" * 3 + "M_MM_WO gp3, gp0, 0\n"
    board = load_board(
        "emulator", (*BOARD_SETS, "scoreboard.matrix_units=4", "scoreboard.matrix_pipelined=true")
    )
    one, two = (priced(chain * n, board) for n in (1, 2))
    assert (one, two) == (3 * 8 + 1, 2 * (3 * 8 + 1))


@pytest.mark.parametrize("name", ["V_RED_SUM", "V_RED_MAX"])
def test_a_reduction_reads_what_it_adds_to(name: str) -> None:
    """f1 is loaded (1 cycle), then added to: the load is waited for, and so is each reduction, on
    pipelined units too."""
    board = load_board(
        "emulator", (*BOARD_SETS, "scoreboard.vector_units=4", "scoreboard.vector_pipelined=true")
    )
    took = cycles_of(program_of(f"{name} f1, gp1, 0\n"))[name]
    assert priced("S_EXP_FP f1, f2\n" + f"{name} f1, gp1, 0\n" * 3, board) == 1 + 3 * took
    assert priced("".join(f"{name} f{k}, gp1, 0\n" for k in (1, 2, 3)), board) == 2 + took


def priced(text: str, board: LoadedBoard, timing: str = "in-order") -> int:
    """The makespan on ``board``, transfers free."""
    return schedule(program_of(text), board, ModelOptions(timing, "none")).makespan  # type: ignore[arg-type]


SECTION = """
scoreboard:
  vector_units: 2
  write_back_ports: 2
  transfer_queue: 1
"""


def board_file(folder: Path, section: str) -> str:
    """The board ``emulator`` with ``section`` at its end."""
    text = (ROOT / "board_configs" / "emulator.yaml").read_text()
    path = folder / "wide.yaml"
    path.write_text(text + section)
    return str(path)


PAIR = "S_ADDI_INT gp1, gp0, 64\nS_ADDI_INT gp3, gp0, 128\n" + (
    "V_EXP_V gp1, gp1, 0\nV_EXP_V gp3, gp3, 0\n"
)


def test_a_board_file_changes_the_machine(tmp_path: Path) -> None:
    """V_EXP_V takes 6 cycles: one after the other on one unit, a cycle apart on two."""
    slow = ("latency.vector_exp_cycles=6",)
    wide = load_board(board_file(tmp_path, SECTION), slow)
    assert priced(PAIR, load_board("emulator", slow)) == 2 + 12
    assert priced(PAIR, wide) == 2 + 7
    s = schedule(program_of(PAIR), wide, ModelOptions("in-order", "none"))
    assert (s.parameters["vector_units"], s.parameters["transfer_queue"]) == (2, 1)
    assert priced(PAIR, wide, "serial") == priced(PAIR, load_board("emulator", slow), "serial")


@pytest.mark.parametrize(
    "line",
    ["vector_units: 0", "vector_units: 17", "vector_units: 2.5", "vector_unit: 2",
     "transfer_queue: 65", "hold_registers: 2", "vector_units:"],
)  # fmt: skip
def test_a_scoreboard_that_cannot_be_is_refused(tmp_path: Path, line: str) -> None:
    path = board_file(tmp_path, f"\nscoreboard:\n  {line}\n")
    last = len(Path(path).read_text().splitlines())
    with pytest.raises(InputError) as caught:
        load_board(path)
    assert [(d.path, d.line) for d in caught.value.diagnostics] == [(path, last)]


@st.composite
def standing_loops(draw) -> list[str]:  # type: ignore[no-untyped-def]
    """A body whose addresses do not move, so that its timing must come to repeat."""
    lines = [
        "M_MM 0, gp1, gp2\n", "M_MM_WO gp3, gp0, 0\n", "V_RED_SUM f1, gp3, 0\n",
        "V_EXP_V gp4, gp3, 0\n", "V_RECI_V gp5, gp6, 0\n", "V_ADD_VV gp6, gp4, gp5, 0\n",
        "S_ADD_FP f2, f1, f3\n", "S_EXP_FP f3, f2\n", "H_PREFETCH_M gp1, gp7, a1, 0, 0\n",
        "H_PREFETCH_V gp6, gp7, a1, 0, 0\n", "H_STORE_V gp5, gp7, a1, 0, 0\n",
    ]  # fmt: skip
    return draw(st.lists(st.sampled_from(lines), min_size=1, max_size=6))  # type: ignore[no-any-return]


SETUP = "".join(f"S_ADDI_INT gp{k}, gp0, {128 * k}\n" for k in range(1, 7))
LONG = 4_000_000


@given(standing_loops(), charges)
@settings(max_examples=EXAMPLES // 4 or 1, suppress_health_check=list(HealthCheck), deadline=None)
def test_millions_of_iterations_go_on_as_the_first_dozens(
    body: list[str], charge: tuple[int, int, int]
) -> None:
    """Plain execution of up to 60 iterations, extrapolated: its increments repeat."""

    def text(trip: int) -> str:
        return loop("".join(body), trip, before=SETUP)

    def plain(trip: int) -> int:
        program = program_of(text(trip))
        cycles = cycles_of(program, charge)
        return run(program, sizes_of(tiny_board(), "plena"), cycles, Machine()).makespan

    ends = [plain(trip) for trip in range(30, 61)]
    steps = [b - a for a, b in pairwise(ends)]
    period = next(p for p in range(1, 16) if steps[:-p] == steps[p:])
    turns, rest = divmod(LONG - 60, period)
    expected = ends[-1] + turns * sum(steps[-period:]) + sum(steps[-period:][:rest])
    s = scheduled(text(LONG), "in-order", charge)
    assert (s.makespan, s.exact) == (expected, True)
    # 10^12 and more: that loop again and again, each execution from where the last one left off
    nested = loop(loop("".join(body), LONG, 11), LONG, before=SETUP)
    huge = scheduled(nested, "in-order", charge)
    few = [scheduled(nested.replace(f"gp10, {LONG}", f"gp10, {n}"), "in-order", charge).makespan
           for n in range(40, 53)]  # fmt: skip
    each = {b - a for a, b in pairwise(few)}
    assert huge.exact
    assert huge.dynamic > 10**12
    assert min(each) * (LONG - 52) <= huge.makespan - few[-1] <= max(each) * (LONG - 52)


def test_engines_have_one_order() -> None:
    s = scheduled("M_MM 0, gp1, gp2\n", "in-order", CHARGES)
    assert tuple(e.engine for e in s.engines) == ENGINES
