"""What a refused line is told: code, column, message, hint."""

from __future__ import annotations

import pytest
from support import located, problems_of

from isa_analysis.assembly.check import explain
from isa_analysis.isa import DIALECTS, forms_of, spellings


@pytest.mark.parametrize(
    ("text", "code", "column", "words", "hint"),
    [
        ("Some title", "E001", 1, "'Some'", "comments start with"),
        ("  =====", "E001", 3, "'====='", "comments start with"),
        ("v_add_vv gp1, gp1, gp1", "E001", 1, "'v_add_vv'", "upper case: V_ADD_VV"),
        ("v_shift_v gp1, gp1, gp1", "E001", 1, "'v_shift_v'", "upper case: V_SHIFT_V"),
        ("again: C_BREAK", "E001", 1, "'again:'", "no labels"),
        (".section text", "E001", 1, "'.section'", "no directives"),
        ("\x0cC_BREAK", "E001", 1, "'\\x0c'", "U+000C"),
        ("S_LUI_INT\xa0gp1, 7", "E001", 1, "S_LUI_INT", "U+00A0"),
        ("\ufeffC_BREAK", "E001", 1, "\\ufeff", "U+FEFF"),
        ("V_AD_VV gp1, gp1, gp1", "E002", 1, "unknown mnemonic V_AD_VV", "V_ADD_VV"),
        ("  XYZZY", "E002", 3, "unknown mnemonic XYZZY", "isa list"),
        ("S_ADDI_INT gp3, 3, 256", "E003", 17, "expected a gp register (rs1), found 3", "forms"),
        ("S_ADD_INT gp1, gp2", "E003", 19, "missing operand rs2", "S_ADD_INT rd:gp"),
        ("S_ADD_INT", "E003", 10, "missing operand rd (a gp register)", "forms"),
        ("S_ADD_INT gp1, gp2, gp3, gp4 ", "E003", 26, "at most 3 operands", "forms"),
        ("S_ADD_FP f1, gp2, f3", "E003", 14, "expected an f register (fs1), found gp2", ""),
        ("M_MM 4, gp1, gp2", "E003", 6, "expected a literal 0 or a register", "gp4"),
        ("C_BREAK 0, 1", "E003", 12, "expected a literal 0", ""),
        ("S_ADDI_INT gp32, gp0, 1", "E004", 12, "gp32 is out of range: plena has gp0 to gp15", ""),
        ("S_ADDI_INT gp16, gp0, 1", "E004", 12, "gp16", "--isa plena-tvm"),
        ("S_ADD_FP f8, f0, f0", "E004", 10, "f8 is out of range: plena has f0 to f7", ""),
        ("C_SET_ADDR_REG a16, gp0, gp0", "E004", 16, "a0 to a7", ""),
        ("S_ADDI_INT gp1, gp0, 262144", "E005", 22, "0 to 262143", "18-bit field"),
        ("S_ADDI_INT gp1, gp0, -1", "E005", 22, "-1 is out of range for imm", "18-bit"),
        ("S_LUI_INT gp1, 4194304", "E005", 16, "0 to 4194303", "22-bit field"),
        ("S_LUI_INT gp1, 0x400000", "E005", 16, "0x400000 is out of range", "22-bit"),
        ("V_EXP_V gp1, gp1, 16", "E005", 19, "for mask: 0 to 15", "4-bit field"),
        ("S_ADD_INT gp1 gp2, gp3", "E006", 15, "unexpected 'gp2'", "separated by commas"),
        ("S_ADD_INT gp1, gp2, gp3,", "E006", 25, "the end of the line", ""),
        ("S_ADD_INT gp1, , gp3", "E006", 16, "unexpected ','", ""),
        ("S_ADDI_INT gp1, gp0, 1.5", "E006", 22, "'1.5'", "integers"),
        ("S_ADDI_INT gp1, gp0, VLEN", "E006", 22, "'VLEN'", ""),
        ("H_PREFETCH_V gp1, gp0, aA, 0, 0", "E006", 24, "'aA'", "a0 to a7"),
        ("S_ADD_INT GP1, gp2, gp3", "E006", 11, "'GP1'", "lower case"),
        ("S_LUI_INT gp1, 7\rC_BREAK", "E006", 17, "'\\r'", "carriage return"),
        ("S_LUI_INT gp1, 7\x00", "E006", 17, "\\x00", "U+0000"),
        ("S_LUI_INT gp1, \ufffd", "E006", 16, "", "not UTF-8"),
        ("S_SLLI_INT gp1, gp0, 1", "E007", 1, "not in dialect plena", "--isa plena-tvm"),
    ],
)
def test_explanations(text: str, code: str, column: int, words: str, hint: str) -> None:
    problem = explain(text, DIALECTS["plena"])
    assert problem is not None
    assert (problem.code, problem.column) == (code, column)
    assert words in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("S_ADDI_INT gp32, gp0, 1", "E004", "plena-tvm has gp0 to gp31"),
        ("S_ADDI_INT gp1, gp0, 65536", "E005", "0 to 65535"),
        ("C_LOOP_START gp1, 2097152", "E005", "0 to 2097151"),
        ("V_MAX_VF gp1, gp1, f1", "E007", "not in dialect plena-tvm"),
    ],
)
def test_explanations_in_the_other_dialect(text: str, code: str, words: str) -> None:
    problem = explain(text, DIALECTS["plena-tvm"])
    assert problem is not None
    assert problem.code == code
    assert words in problem.message


_OPERANDS = {
    "gp": "gp1", "f": "f1", "a": "a1", "gp|zero": "0", "zero": "0", "wide": "9", "narrow": "9",
    "u4": "1",
}  # fmt: skip


@pytest.mark.parametrize("spelling", spellings())
def test_each_form_is_taken_in_its_dialects_and_its_neighbours_are_not(spelling: str) -> None:
    for form in forms_of(spelling):
        most = len(form.operands)
        for count in range(most - form.optional, most + 1):
            words = [_OPERANDS[o.kind] for o in form.operands[:count]]
            assert_taken(f"{spelling} {', '.join(words)}", spelling)
            for i, operand in enumerate(form.operands[:count]):
                if operand.kind in ("gp", "f", "a"):
                    wrong = [*words[:i], "f2" if operand.kind != "f" else "gp2", *words[i + 1 :]]
                    assert_e003(spelling, wrong)
    longest = max(forms_of(spelling), key=lambda f: len(f.operands))
    words = [_OPERANDS[o.kind] for o in longest.operands]
    assert_e003(spelling, [*words, "0"])


def assert_e003(spelling: str, words: list[str]) -> None:
    problem = explain(f"{spelling} {', '.join(words)}", DIALECTS["plena"])
    assert problem is not None
    assert problem.code == "E003"


def assert_taken(line: str, spelling: str) -> None:
    from isa_analysis.isa import instruction

    for name in instruction(spelling).dialects:
        assert explain(line, DIALECTS[name]) is None, line
    outside = set(DIALECTS) - set(instruction(spelling).dialects)
    for name in outside:
        problem = explain(line, DIALECTS[name])
        assert problem is not None
        assert problem.code == "E007"


def test_all_problems_of_a_file_in_file_order() -> None:
    text = """; a title
S_ADDI_INT gp1, gp0, 999999
  FOO gp1
S_ADD_INT gp1, gp2
===
C_LOOP_END gp1
C_LOOP_START gp2, 0
"""
    assert located(text) == [
        ("E005", 2, 22), ("E002", 3, 3), ("E003", 4, 19), ("E001", 5, 1), ("E010", 6, 1),
        ("E012", 7, 1), ("E013", 7, 1),
    ]  # fmt: skip


def test_the_cap_counts_what_it_leaves_out() -> None:
    from support import program_of

    from isa_analysis.diagnostics import InputError

    with pytest.raises(InputError) as caught:
        program_of("FOO\n" * 250, cap=7)
    assert [d.line for d in caught.value.diagnostics] == [1, 2, 3, 4, 5, 6, 7]
    assert caught.value.omitted == 243
    assert str(caught.value).endswith("... and 243 more not shown")


def test_a_megabyte_of_a_word_makes_a_short_message() -> None:
    for line in ("A" * 100_000, "S_LUI_INT gp1, " + "9" * 100_000, "S_LUI_INT gp" + "1" * 100_000):
        problem = problems_of(line)[0]
        assert len(problem.message) < 200
