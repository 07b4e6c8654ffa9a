"""What normalisation takes for equal, and what it must not."""

from __future__ import annotations

import pytest
from compare_support import variant
from hypothesis import given
from hypothesis import strategies as st
from support import lines_of, nests

from isa_analysis.compare.fingerprint import Fingerprint


def of(text: str) -> Fingerprint:
    print_ = variant("v", text).whole.fingerprint
    assert print_ is not None
    return print_


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S_ADDI_INT gp1, gp0, 16", "  S_ADDI_INT  gp1 ,gp0,0x10   ; a comment\r\n; more\n\n"),
        ("V_ADD_VV gp1, gp1, gp1", "V_ADD_VV gp1, gp1, gp1, 0"),
        ("V_RED_SUM f1, gp1", "V_RED_SUM f1, gp1, 0, 0"),
        ("M_MM 0, gp1, gp2", "M_MM gp0, gp1, gp2"),
        ("V_SHIFT_V gp1, gp1, gp2", "V_SHFT_V gp1, gp1, gp2"),
        ("", "; nothing\n"),
    ],
)
def test_spellings_do_not_count(one: str, other: str) -> None:
    assert of(one) == of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S_ADDI_INT gp1, gp0, 16", "S_ADDI_INT gp1, gp0, 17"),
        ("S_ADDI_INT gp1, gp0, 16", "S_ADDI_INT gp2, gp0, 16"),
        ("V_ADD_VV gp1, gp1, gp1", "V_ADD_VV gp1, gp1, gp1, 1"),
        ("V_ADD_VV gp1, gp1, gp1", "V_MUL_VV gp1, gp1, gp1"),
        ("S_ADD_FP f1, f1, f1", "S_ADD_FP f1, f1, f1\n" * 2),
        ("M_MM gp1, gp1, gp2", "M_MM gp0, gp1, gp2"),
    ],
)
def test_operands_count(one: str, other: str) -> None:
    assert of(one).unordered != of(other).unordered


def test_a_reordering_is_told_from_a_change() -> None:
    a, b = of("S_LUI_INT gp1, 1\nS_LUI_INT gp2, 1\n"), of("S_LUI_INT gp2, 1\nS_LUI_INT gp1, 1\n")
    assert a.ordered != b.ordered
    assert a.unordered == b.unordered
    assert a.count == b.count == 2


def test_moving_an_instruction_out_of_a_loop_is_no_reordering() -> None:
    inside = "C_LOOP_START gp1, 4\nS_LUI_INT gp2, 1\nC_LOOP_END gp1\n"
    outside = "S_LUI_INT gp2, 1\nC_LOOP_START gp1, 4\nC_LOOP_END gp1\n"
    assert of(inside).unordered != of(outside).unordered


@given(nests(size=8), st.randoms(use_true_random=False))
def test_equal_exactly_for_equal_lines(tree, random) -> None:
    lines = lines_of(tree)
    flat = [line for line in lines if not line.startswith("C_LOOP")]
    shuffled = flat[:]
    random.shuffle(shuffled)
    a, b = of("\n".join(flat)), of("\n".join(shuffled))
    assert a.unordered == b.unordered
    assert (a.ordered == b.ordered) == (flat == shuffled)
    if flat:
        assert of("\n".join(flat[1:])).unordered != a.unordered
