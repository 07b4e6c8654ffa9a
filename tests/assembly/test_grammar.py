"""The grammar of record, line by line."""

from __future__ import annotations

import pytest

from isa_analysis.assembly.grammar import SyntaxProblem, integer, parse_line, parse_text


def operands(text: str) -> list[tuple[str, int, int]]:
    return [(o.kind, o.value, o.column) for o in parse_line(text).operands]


@pytest.mark.parametrize(
    ("text", "mnemonic", "expected", "comment"),
    [
        ("", "", [], ""),
        ("   \t ", "", [], ""),
        ("; note", "", [], "; note"),
        ("  // C_LOOP_START gp1, 3", "", [], "// C_LOOP_START gp1, 3"),
        ("C_BREAK", "C_BREAK", [], ""),
        ("C_BREAK;", "C_BREAK", [], ";"),
        ("C_BREAK// x ; y", "C_BREAK", [], "// x ; y"),
        ("C_BREAK 0, 0, 0", "C_BREAK", [("int", 0, 9), ("int", 0, 12), ("int", 0, 15)], ""),
        ("S_LUI_INT gp1, 7 ", "S_LUI_INT", [("gp", 1, 11), ("int", 7, 16)], ""),
        ("S_LUI_INT\tgp1\t,\t7;x", "S_LUI_INT", [("gp", 1, 11), ("int", 7, 17)], ";x"),
        ("S_LUI_INT gp1,7", "S_LUI_INT", [("gp", 1, 11), ("int", 7, 15)], ""),
        ("  S_LUI_INT gp1, 7\r", "S_LUI_INT", [("gp", 1, 13), ("int", 7, 18)], ""),
        ("S_ADD_FP f0, f7, f3", "S_ADD_FP", [("f", 0, 10), ("f", 7, 14), ("f", 3, 18)], ""),
        ("H_X gp1, a7, -1", "H_X", [("gp", 1, 5), ("a", 7, 10), ("int", -1, 14)], ""),
        ("N0_SUCH2 +0x1F", "N0_SUCH2", [("int", 31, 10)], ""),
        ("S_LUI_INT gp007, 0007", "S_LUI_INT", [("gp", 7, 11), ("int", 7, 18)], ""),
        ("S_LUI_INT gp1, 0XfF", "S_LUI_INT", [("gp", 1, 11), ("int", 255, 16)], ""),
    ],
)
def test_accepted(
    text: str, mnemonic: str, expected: list[tuple[str, int, int]], comment: str
) -> None:
    parsed = parse_line(text)
    assert parsed.mnemonic == mnemonic
    assert operands(text) == expected
    assert parsed.comment == comment


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("s_add_int gp1, gp2, gp3", 1),
        ("again: C_BREAK", 1),
        (".text", 1),
        ("====", 1),
        ("S_ADD_INT gp1, gp2,", 20),
        ("S_ADD_INT gp1 gp2, gp3", 15),
        ("S_ADD_INT gp1, , gp3", 16),
        ("S_ADD_INT ,gp1", 11),
        ("S_ADD_INT GP1, gp2", 11),
        ("S_ADD_INT gp, gp2", 11),
        ("S_ADD_INT gp1x, gp2", 11),
        ("S_ADDI_INT gp1, gp2, 1.5", 22),
        ("S_ADDI_INT gp1, gp2, 0x", 22),
        ("S_ADDI_INT gp1, gp2, 0xg", 22),
        ("S_ADDI_INT gp1, gp2, 1e5", 22),
        ("S_ADDI_INT gp1, gp2, - 1", 22),
        ("S_ADDI_INT gp1, gp2, --1", 22),
        ("S_ADDI_INT gp1, gp2, 1 / 2", 24),
        ("S_ADDI_INT gp1, gp2, $x", 22),
        ("H_PREFETCH_V gp1, gp0, aA, 0, 0", 24),
        ("S_LUI_INT\xa0gp1, 7", 1),
        ("S_LUI_INT gp1,\xa07", 15),
        ("S_LUI_INT gp1, 7\x0c", 17),
        ("S_LUI_INT gp1,\x0b7", 15),
        ("S_LUI_INT gp1, 7\r; x", 17),
        ("S_LUI_INT gp1, 7\rS_LUI_INT gp1, 7", 17),
        ("S_LUI_INT gp1, \x00", 16),
        ("\ufeffC_BREAK", 1),
        ("S_LUI_INT gp١, 7", 11),
        ("S_LUI_INT gp1, ٧", 16),
    ],
)
def test_refused(text: str, column: int) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse_line(text)
    assert caught.value.column == column
    assert caught.value.expected


def test_what_was_expected_is_in_words() -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse_line("S_ADD_INT gp1, ,")
    assert caught.value.expected == (
        "a gp register", "an a register", "an f register", "an integer",
    )  # fmt: skip
    assert caught.value.found == "','"


@pytest.mark.parametrize("text", ["C_BREAK\r\n", "C_BREAK\n", "C_BREAK", "\n\nC_BREAK\n; x\n"])
def test_a_whole_file(text: str) -> None:
    assert [line.mnemonic for line in parse_text(text) if line.mnemonic] == ["C_BREAK"]
    assert len(parse_text(text)) == text.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("0x10", 16),
        ("-0X10", -16),
        ("0" * 90 + "7", 7),
        ("-" + "0" * 90 + "7", -7),
        ("0x" + "0" * 90 + "1f", 31),
        ("0" * 90, 0),
        ("9" * 5000, 10**30),
        ("-" + "9" * 5000, -(10**30)),
        ("0x" + "f" * 5000, 10**30),
    ],
)
def test_integers(text: str, value: int) -> None:
    assert integer(text) == value
