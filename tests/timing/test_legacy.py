"""The seed's price list, quirks included, written down by hand."""

from __future__ import annotations

import pytest
from support import profile_of

from isa_analysis.timing import legacy

VALUES = {
    "systolic_processing_overhead": 1000, "vector_add_cycles": 2, "vector_mul_cycles": 3,
    "vector_exp_cycles": 5, "vector_reci_cycles": 7, "vector_max_cycles": 11,
    "vector_sum_cycles": 13, "vector_shift_cycles": 17, "vector_prefix_scan_cycles": 19,
    "scalar_fp_basic_cycles": 23, "scalar_fp_exp_cycles": 29, "scalar_fp_sqrt_cycles": 31,
    "scalar_fp_reci_cycles": 37, "scalar_int_basic_cycles": 41, "MLEN": 64, "VLEN": 128,
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "cycles"),
    [
        ("M_MM M_TMM M_BMM M_BTMM M_MV M_TMV M_BMV M_BTMV", 1064),
        ("M_MM_WO M_BMM_WO M_MV_WO M_BMV_WO M_TMM_WO M_BTMM_WO M_TMV_WO M_BTMV_WO M_MO M_TMM_A", 1),
        ("V_ADD_VV V_ADD_VF V_SUB_VV V_SUB_VF V_ADD V_SUBX V_ADD_ANYTHING", 2),
        ("V_MUL_VV V_MUL_VF V_MULTIPLY V_SHIFT_V", 3),
        ("V_EXP_V", 5),
        ("V_RECI_V", 7),
        ("V_RED_MAX", 11),
        ("V_RED_SUM", 13),
        ("V_SHFT_V V_MAX_VF V_MIN_VF V_TOPK V_PS_V V_EXP_VV V_RED_SUMS", 1),
        ("S_ADD_FP S_SUB_FP S_MAX_FP S_MUL_FP", 23),
        ("S_EXP_FP", 29),
        ("S_SQRT_FP", 31),
        ("S_RECI_FP", 37),
        ("S_LD_FP S_ST_FP S_MAP_FP_V", 1),
        ("S_MAP_V_FP", 128),
        ("S_ADD_INT S_ADDI_INT S_SUB_INT S_MUL_INT S_LUI_INT S_LD_INT S_ST_INT", 41),
        ("S_SLL_INT S_SLLI_INT S_SRL_INT S_SRLI_INT S_DIV_INT S_REM_INT S_FOO", 1),
        ("C_LOOP_START C_LOOP_END C_BREAK C_SET_ADDR_REG C_FOO", 1),
    ],
)
def test_prices(words: str, cycles: int) -> None:
    for word in words.split():
        assert legacy.cycles(word, VALUES) == cycles, word


def test_charges() -> None:
    charges = {"H_PREFETCH_V": 25, "H_PREFETCH_M": 400, "H_STORE_V": 26}
    prices = {
        "H_PREFETCH_V": 25, "H_PREFETCH_M": 400, "H_PREFETCH_X": 25, "H_PREFETCH": 25,
        "H_PREFETCH_M2": 25, "H_STORE_V": 26, "H_STORE": 26, "H_STORE_M": 26, "H_LOAD": 1,
    }  # fmt: skip
    for word, cycles in prices.items():
        assert legacy.charge(word, charges.__getitem__) == cycles, word


@pytest.mark.parametrize("word", ["S_X", "C_", "H_Y", "V_ADD", "M_;"])
def test_words_that_count(word: str) -> None:
    assert legacy.counts(word)


@pytest.mark.parametrize("word", ["", ";", "//", "X_Y", "s_add", "_S_", "FOO"])
def test_words_that_do_not(word: str) -> None:
    assert not legacy.counts(word)


def test_loops_multiply_and_the_start_is_outside() -> None:
    p = profile_of(
        "C_LOOP_START gp1, 3\nC_LOOP_START gp2, 5\nM_BMV 0, gp1, gp2\nC_LOOP_END gp2\n"
        "C_LOOP_END gp1\n",
        timing="legacy",
    )
    assert p.totals.dynamic == 1 + 3 * (1 + 5 * 2) + 3
    assert p.totals.compute_cycles == 1 + 3 + 15 * (64 + 1) + 3


BROKEN = """Title of a listing
=====
S_ADDI_INT gp3, 3, 256
M_MM gp4, 4, 256
V_NEW_V gp1
FOO gp1
C_LOOP_START gp1, 4
S_FOO; comment
C_LOOP_END
C_LOOP_START gp2, many
V_ADD_VV nonsense
"""


def test_malformed_lines_count_by_their_first_word() -> None:
    p = profile_of(BROKEN, timing="legacy", lenient=True, unknown_opcode="warn")
    # Five plain ones are S_ADDI, M_MM, V_NEW_V, the two starts; the loop of 4 holds S_FOO and END;
    # the trip count of the second loop is no integer and counts as 1.
    assert p.totals.static == 8
    assert p.totals.dynamic == 1 + 1 + 1 + 1 + 4 * 2 + 1 + 1
    assert p.totals.compute_cycles == 1 + 64 + 1 + 1 + 4 * 2 + 1 + 1
    assert not p.complete


def test_an_unknown_opcode_makes_legacy_totals_incomplete() -> None:
    p = profile_of("S_FOO gp1\n", timing="legacy", unknown_opcode="warn")
    assert p.totals.compute_cycles == 1
    assert not p.complete
    assert any("unknown opcodes" in c for c in p.model.caveats)
