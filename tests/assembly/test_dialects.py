"""Which dialect a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import located, problems_of, program_of

TVM = ("S_SLLI_INT gp1, gp2, 3", "S_ADD_INT gp16, gp1, gp1", "C_SET_ADDR_REG a8, gp0, gp0",
       "S_ADD_INT gp1, gp1, gp31", "S_MAP_FP_V gp1, gp2, 0", "M_TMM_A 0, gp1, gp2",
       "C_LOOP_START gp16, 2\nC_LOOP_END gp16")  # fmt: skip
PLENA = ("V_SHFT_V gp1, gp2, gp3", "V_SHIFT_V gp1, gp2, gp3", "V_MAX_VF gp1, gp2, f1",
         "V_TOPK gp1, gp2, gp3, 0")  # fmt: skip
BOTH = ("S_ADD_INT gp15, gp0, gp1", "M_MM 0, gp1, gp2", "; gp16 S_SLLI_INT", "S_LUI_INT gp1, 99")


@pytest.mark.parametrize("text", ["", *BOTH, *PLENA, "; only a note", "S_LUI_INT gp1, 4194303"])
def test_plena(text: str) -> None:
    assert program_of(text).dialect == "plena"


@pytest.mark.parametrize("text", TVM)
def test_plena_tvm(text: str) -> None:
    assert program_of(text).dialect == "plena-tvm"


@given(st.lists(st.sampled_from(BOTH), max_size=6), st.sampled_from(TVM), st.sampled_from(PLENA))
def test_the_telling_line_may_be_anywhere(lines: list[str], tvm: str, plena: str) -> None:
    for at in range(len(lines) + 1):
        text = "\n".join([*lines[:at], tvm, *lines[at:]])
        assert program_of(text).dialect == "plena-tvm"
        text = "\n".join([*lines[:at], plena, *lines[at:]])
        assert program_of(text).dialect == "plena"


@pytest.mark.parametrize("tvm", TVM[:6])
@pytest.mark.parametrize("plena", PLENA)
def test_a_program_that_needs_both_names_both_places(tvm: str, plena: str) -> None:
    conflict = problems_of(f"S_LUI_INT gp1, 1\n  {tvm} ; x\nS_LUI_INT gp1, 1\n {plena}\n")[0]
    found = {d.code: d for d in problems_of(f"S_LUI_INT gp1, 1\n  {tvm} ; x\n; y\n {plena}\n")}
    assert "E008" in found
    assert (found["E008"].line, found["E008"].column) == (4, 2)
    assert "line 2" in found["E008"].message
    assert tvm in found["E008"].message
    assert "plena-tvm" in found["E008"].message
    assert conflict.severity == "error"
    other = {d.code: d for d in problems_of(f"{plena}\n{tvm}\n")}["E008"]
    assert (other.line, other.column) == (2, 1)
    assert plena in other.message


def test_a_conflict_is_told_once_and_other_errors_beside_it() -> None:
    text = f"{TVM[0]}\n{TVM[1]}\n{PLENA[2]}\n{PLENA[0]}\n===\n"
    assert located(text) == [("E008", 3, 1), ("E001", 5, 1)]


def test_a_forced_dialect() -> None:
    assert program_of(BOTH[0], isa="plena-tvm").dialect == "plena-tvm"
    assert located(TVM[0], isa="plena") == [("E007", 1, 1)]
    assert located(TVM[1], isa="plena") == [("E004", 1, 11)]
    assert located(PLENA[0], isa="plena-tvm") == [("E007", 1, 1)]
    assert located("S_LUI_INT gp1, 2097152", isa="plena-tvm") == [("E005", 1, 16)]
    assert located("S_LUI_INT gp1, 2097152", isa="plena") == []


def test_a_forced_dialect_ends_the_conflict() -> None:
    text = f"{TVM[0]}\n{PLENA[2]}\n"
    assert located(text, isa="plena") == [("E007", 1, 1)]
    assert located(text, isa="plena-tvm") == [("E007", 2, 1)]


def test_the_narrower_immediates_of_the_detected_dialect_count() -> None:
    assert located(f"{TVM[0]}\nS_ADDI_INT gp1, gp0, 65536\n") == [("E005", 2, 22)]
    assert located("S_ADDI_INT gp1, gp0, 65536\n") == []


def test_lenient_reading_takes_the_majority_and_skips_the_rest() -> None:
    program = program_of(f"{TVM[0]}\n{TVM[1]}\n{PLENA[2]}\nS_LUI_INT gp1, 1\n", lenient=True)
    assert program.dialect == "plena-tvm"
    assert program.skipped == 1
    assert [(d.code, d.severity) for d in program.diagnostics] == [
        ("E007", "warning"),
        ("E008", "warning"),
    ]
