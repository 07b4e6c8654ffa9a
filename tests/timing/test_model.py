"""Cycles per instruction against a table written by hand (MLEN = VLEN = 64)."""

from __future__ import annotations

import pytest
from support import profile_of, program_of

from isa_analysis.boards import load_board
from isa_analysis.isa.table import TABLE
from isa_analysis.pricing import ModelOptions, cycle_model
from isa_analysis.timing import MEMORY_MODELS, TIMING_MODELS

#: Mnemonics: cycles with the design-ware library on, and off.
COSTS = {
    "M_MM M_TMM M_BMM M_BTMM M_TMM_A": (64, 64),
    "M_MV M_TMV": (64, 64),
    "M_BMV M_BTMV": (1, 1),
    "M_BMM_WO M_MM_WO M_MV_WO M_BMV_WO": (1, 1),
    "V_ADD_VV V_ADD_VF V_SUB_VV V_SUB_VF": (1, 2),
    "V_MUL_VV V_MUL_VF V_SHFT_V": (1, 5),
    "V_EXP_V": (1, 6),
    "V_RECI_V": (2, 7),
    "V_MAX_VF V_MIN_VF V_RED_MAX": (4, 4),
    "V_RED_SUM": (8, 20),
    "V_PS_V": (9, 9),
    "S_ADD_FP S_SUB_FP S_MAX_FP S_MUL_FP": (1, 1),
    "S_EXP_FP S_RECI_FP S_SQRT_FP": (1, 2),
    "S_LD_FP S_ST_FP": (1, 1),
    "S_MAP_V_FP": (128, 128),
    "S_MAP_FP_V": (64, 64),
    "S_ADD_INT S_ADDI_INT S_SUB_INT S_MUL_INT S_LUI_INT S_LD_INT S_ST_INT": (1, 1),
    "S_SLL_INT S_SLLI_INT S_SRL_INT S_SRLI_INT S_DIV_INT S_REM_INT": (1, 1),
    "C_SET_ADDR_REG C_SET_SCALE_REG C_SET_STRIDE_REG C_SET_V_MASK_REG": (1, 1),
    "C_LOOP_START C_LOOP_END C_BREAK C_HADAMARD_TRANSFORM": (1, 1),
    "H_PREFETCH_M H_PREFETCH_V H_STORE_V": (0, 0),
}
BY_NAME = {name: cost for names, cost in COSTS.items() for name in names.split()}


def test_the_hand_written_table_is_complete() -> None:
    assert set(BY_NAME) | {"V_TOPK"} == {row.mnemonic for row in TABLE}


@pytest.mark.parametrize("name", BY_NAME)
def test_cycles_at_64(name: str) -> None:
    on = cycle_model(load_board("emulator"), ModelOptions(memory="none"))
    off = cycle_model(load_board("emulator_nodc"), ModelOptions(memory="none"))
    assert (on.cycles(name), off.cycles(name)) == BY_NAME[name]


def test_topk_costs_by_policy() -> None:
    model = cycle_model(load_board("emulator"), ModelOptions())
    assert [model.cycles("V_TOPK", 0), model.cycles("V_TOPK", 1)] == [128, 512]
    with pytest.raises(IndexError):
        model.cycles("V_TOPK", 2)
    text = "V_TOPK gp1, gp2, gp3, 0\nV_TOPK gp1, gp2, gp3, 1\nV_TOPK gp2, gp2, gp3, 1\n"
    assert profile_of(text).totals.compute_cycles == 128 + 512 + 512


def test_unknown_mnemonics_have_no_price_of_their_own() -> None:
    with pytest.raises(KeyError):
        cycle_model(load_board("v80"), ModelOptions()).cycles("NO_SUCH")


@pytest.mark.parametrize(
    ("name", "mlen", "vlen", "overhead", "cycles"),
    [
        ("M_MM", 256, 64, 8, 264),
        ("M_MV", 256, 64, 8, 256),
        ("M_BTMV", 256, 64, 8, 9),
        ("S_MAP_V_FP", 64, 512, 8, 1024),
        ("S_MAP_FP_V", 64, 512, 8, 512),
        ("M_MM_WO", 256, 64, 8, 1),
    ],
)
def test_sizes_and_overhead(name: str, mlen: int, vlen: int, overhead: int, cycles: int) -> None:
    sets = [f"machine.mlen={mlen}", f"machine.vlen={vlen}",
            f"latency.systolic_processing_overhead={overhead}"]  # fmt: skip
    assert cycle_model(load_board("emulator", sets), ModelOptions()).cycles(name) == cycles


def test_aliases_cost_what_they_stand_for() -> None:
    model = cycle_model(load_board("emulator_nodc"), ModelOptions())
    assert model.cycles("V_SHIFT_V") == model.cycles("V_SHFT_V") == 5
    assert model.cycles("M_MO") == 1


F0 = """S_ADD_FP f0, f1, f2
S_EXP_FP f0, f1
S_SQRT_FP f0, f1, 0
V_RED_SUM f0, gp1
V_RED_MAX f0, gp1, 0
"""


def test_a_destination_f0_costs_nothing() -> None:
    p = profile_of(F0 + "S_LD_FP f0, gp0, 1\nS_ST_FP f0, gp0, 1\nV_ADD_VF gp1, gp1, f0\n")
    assert p.totals.dynamic == 8
    assert p.totals.compute_cycles == 3


def test_a_destination_f0_counts_in_legacy_timing() -> None:
    assert profile_of(F0, timing="legacy").totals.compute_cycles == 1 + 1 + 1 + 8 + 4


KNOWN = (
    "S_ADDI_INT gp1, gp0, 64\n" * 8
    + "H_PREFETCH_V gp0, gp1, a0, 0, 0\n"
    + "M_MV 0, gp0, gp0\n" * 100
)


def test_the_known_answer() -> None:
    p = profile_of(KNOWN, memory="none")
    assert p.totals.compute_cycles == 6408
    assert p.totals.total_cycles == 6408
    assert p.totals.dynamic == 109


CHARGED = """C_LOOP_START gp1, 3
H_PREFETCH_V gp0, gp1, a0, 0, 0
H_PREFETCH_V gp0, gp1, a0, 0, 0, 0
C_LOOP_END gp1
H_PREFETCH_M gp0, gp1, a0, 1, 1
H_STORE_V gp0, gp1, a0, 0, 0
"""


@pytest.mark.parametrize("board", ["nexys_a7", "nexys_video", "custom_a7"])
@pytest.mark.parametrize("memory", ["board", "charge"])
@pytest.mark.parametrize("timing", ["serial", "legacy"])
def test_charges_of_the_artix_boards(board: str, memory: str, timing: str) -> None:
    p = profile_of(CHARGED, board, memory=memory, timing=timing)
    assert p.totals.memory_cycles == 6 * 25 + 400 + 25
    assert p.totals.compute_cycles == 1 + 3
    assert p.totals.total_cycles == 579
    assert not any("not charged" in c for c in p.model.caveats)


@pytest.mark.parametrize("board", ["nexys_video", "v80", "emulator"])
def test_memory_none(board: str) -> None:
    p = profile_of(CHARGED, board, memory="none")
    assert (p.totals.memory_cycles, p.totals.dynamic) == (0, 12)
    assert any("memory none leaves out" in c for c in p.model.caveats)


def test_a_board_without_charges_says_so() -> None:
    p = profile_of(CHARGED, "v80", memory="charge")
    assert p.totals.memory_cycles == 0
    assert any("memory is not charged" in c and "v80" in c for c in p.model.caveats)


def test_charges_set_by_hand() -> None:
    sets = ("memory.prefetch_v_cycles=7", "memory.store_v_cycles=11")
    p = profile_of(CHARGED, "v80", sets, memory="charge")
    assert p.totals.memory_cycles == 6 * 7 + 11


def test_an_instruction_that_is_not_emulated_is_priced_and_warned_of() -> None:
    p = profile_of("V_PS_V gp1, gp1, gp1\nC_HADAMARD_TRANSFORM gp1, gp1\n")
    assert p.totals.compute_cycles == 10
    assert [(d.code, d.line) for d in p.diagnostics] == [("W014", 1), ("W014", 2)]


def test_models_say_what_they_leave_out() -> None:
    for info in (*TIMING_MODELS.values(), *MEMORY_MODELS.values()):
        assert info.summary
        assert info.leaves_out
        assert info.source


def test_prices_of_lines_that_are_no_instructions() -> None:
    program = program_of("; x\n\nS_LUI_INT gp1, 1\n===\n", lenient=True)
    model = cycle_model(load_board("emulator"), ModelOptions())
    prices = model.price(program.rows)
    counted = [prices.classes[c].counted for c in prices.of_row.tolist()]
    assert counted.count(True) == 1
