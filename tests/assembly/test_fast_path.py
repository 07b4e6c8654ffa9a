"""The column reader and the grammar agree on every line, however odd."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import MALFORMED, SAMPLES

from isa_analysis.assembly import check
from isa_analysis.assembly.grammar import SyntaxProblem, parse_line, parse_text
from isa_analysis.assembly.lines import read_lines
from isa_analysis.assembly.shapes import (
    BLANK,
    COMMENT,
    INSTRUCTION,
    KINDS,
    UNKNOWN,
)
from isa_analysis.assembly.shapes import (
    MALFORMED as MALFORMED_STATUS,
)
from isa_analysis.isa import DIALECTS, forms_of, is_known, spellings

#: Values are kept in 31 bits: no operand field is that wide.
MOST = (1 << 31) - 1

NASTY = (
    "",
    "\r",
    " ",
    "\t\t",
    ";",
    "//",
    "/",
    ";;; S_ADD_INT gp1, gp2, gp3",
    "; C_LOOP_START gp1, 3 // 12",
    "C_BREAK;",
    "C_BREAK//",
    "C_BREAK/",
    "C_BREAK ; 1 2 3",
    "C_BREAK 0,0,0",
    "C_BREAK 0, 0, 1",
    "C_BREAK 0, 0, 0, 0",
    "C_BREAK2",
    "2C_BREAK",
    "S_ADD2_INT gp1, gp2, gp3",
    "V_ADD_VV0 gp1, gp1, gp1 ; 77",
    "S_ADDI_INT gp1, gp0, 0x10",
    "S_ADDI_INT gp1, gp0, 0x00010 ; 12",
    "S_ADDI_INT gp1, gp0, 0X3ffff",
    "S_ADDI_INT gp1, gp0, 0x40000",
    "S_ADDI_INT gp1, gp0, -0x1",
    "S_ADDI_INT gp1, gp0, 0x",
    "S_ADDI_INT gp1, gp0, x10",
    "S_ADDI_INT gp1, gp0, 1x0",
    "S_ADDI_INT gp1, gp0, +5",
    "S_ADDI_INT gp1, gp0, -0",
    "S_ADDI_INT gp1, gp0, -5",
    "S_ADDI_INT gp1, gp0, 262143",
    "S_ADDI_INT gp1, gp0, 262144",
    "S_ADDI_INT gp1, gp0, 65535",
    "S_ADDI_INT gp1, gp0, 65536",
    "S_ADDI_INT gp1, gp0, 2147483647",
    "S_ADDI_INT gp1, gp0, 2147483648",
    "S_ADDI_INT gp1, gp0, 4294967296",
    "S_ADDI_INT gp1, gp0, 4294967301",
    "S_ADDI_INT gp1, gp0, 18446744073709551617",
    "S_ADDI_INT gp1, gp0, 999999999999999999",
    "S_ADDI_INT gp1, gp0, 9999999999999999999",
    "S_ADDI_INT gp1, gp0, " + "9" * 5000,
    "S_ADDI_INT gp1, gp0, " + "0" * 5000 + "7",
    "S_ADDI_INT gp1, gp0, -" + "9" * 5000,
    "S_ADDI_INT gp1, gp0, 0x" + "f" * 5000,
    "S_ADDI_INT gp" + "1" * 50 + ", gp0, 1",
    "S_ADDI_INT gp" + "0" * 50 + "1, gp0, 1",
    "S_ADDI_INT gp15, gp16, 1",
    "S_ADDI_INT gp31, gp32, 1",
    "S_ADDI_INT gp4294967297, gp0, 1",
    "S_ADD_FP f7, f8, f1",
    "S_MUL_INT gp1, 0, gp2",
    "S_MUL_INT gp1, 1, gp2",
    "S_MUL_INT gp1, 00, gp2",
    "S_MUL_INT gp1, -0, gp2",
    "M_MM 0, gp1, gp2",
    "M_MM gp0, gp1, gp2",
    "M_MM f0, gp1, gp2",
    "V_EXP_V gp1, gp2, 0, 0",
    "V_EXP_V gp1, gp2, 0, 1",
    "V_EXP_V gp1, gp2, 16",
    "V_SHFT_V gp1, gp2, gp3",
    "V_SHFT_V gp1, gp2, 3",
    "V_SHIFT_V gp1, gp2, 300000",
    "V_SUB_VF gp1, gp2, f1, 0, 1",
    "H_PREFETCH_V gp1, gp2, a7, 0, 0, 0",
    "H_PREFETCH_V gp1, gp2, a8, 1, 1",
    "H_PREFETCH_V gp1, gp2, a15, 1, 1, 1",
    "H_PREFETCH_V gp1, gp2, a16, 1, 1",
    "H_PREFETCH_V gp1, gp2, aA, 1, 1",
    "M_MO gp1, 4",
    "M_MO gp1, gp2, 4",
    "V_ADD_VV gp1, gp1, gp1, 1, 2, 3, 4, 5, 6",
    "Z_ADD_VV gp1, gp1, gp1, 1, 2, 3, 4, 5, 6",
    "FOO",
    "FOO;gp1",
    "FOO gp1, f1, a1, 1, -1, 0x1",
    "Foo gp1",
    "foo",
    "gp1",
    "123",
    ", ,",
    "S_ADD_INT gp1, gp2, gp3,",
    "S_ADD_INT gp1,, gp3",
    "S_ADD_INT, gp1, gp2, gp3",
    "S_ADD_INT gp1 gp2 gp3",
    "S_ADD_INT gp1, gp2, gp3\r",
    "S_ADD_INT gp1, gp2, gp3\r\r",
    "S_ADD_INT gp1, gp2, gp3\r; note",
    "S_ADD_INT gp1, gp2, gp3 \r//",
    "\r; note",
    " \r ;",
    "S_ADD_INT gp1,\r gp2, gp3",
    "\rS_ADD_INT gp1, gp2, gp3",
    "S_ADD_INT\tgp1,\tgp2\t,gp3\t;\t",
    "S_ADD_INT\xa0gp1, gp2, gp3",
    "S_ADD_INT gp1, gp2, gp3\xa0",
    "S_ADD_INT gp1, gp2, gp3\x0c",
    "\x0bS_ADD_INT gp1, gp2, gp3",
    "S_ADD_INT gp1, gp2, gp3 \x1c",
    "S_ADD_INT gp1, gp2, gp3\u2028S_ADD_INT gp1, gp2, gp3",
    "S_ADD_INT gp1, gp2, gp3 \x85",
    "S_ADD_INT gp1, gp2, gp3 \ufeff",
    "S_ADD_INT gp1, gp2, gp\x003",
    "\x00",
    "; \x00 12 \ufffd",
    "S_ADDI_INT gp١, gp0, 1",
    "S_ADDI_INT gp1, gp0, ٣",
    "S_ADDI_INT gp1, gp0, 1²",
    "É S_ADDI_INT gp1, gp0, 1",
    "→ 12",
    "; → 12 –",
    "  " * 3000 + "S_ADD_INT gp1, gp2, gp3",
    "; " + "x1" * 3000,
)  # fmt: skip


def read(data: bytes) -> list[tuple[int, str, list[tuple[str, int]]]]:
    """Status, spelling and operands of each line, by the column reader."""
    stream = read_lines([data])
    rows = stream.rows
    out = []
    for row in stream.ids.tolist():
        spelling = rows.spellings[rows.op[row]] if rows.op[row] >= 0 else ""
        kinds = [KINDS[k] for k in rows.kinds[row].tolist()]
        values = rows.values[row].tolist()
        used = [(k, v) for k, v in zip(kinds, values, strict=True) if k]
        assert all(v == 0 for k, v in zip(kinds, values, strict=True) if not k)
        out.append((int(rows.status[row]), spelling, used))
    return out


def by_grammar(text: str) -> tuple[int, str, list[tuple[str, int]]] | None:
    """The same by the grammar; None where it refuses the line."""
    try:
        parsed = parse_line(text)
    except SyntaxProblem:
        return None
    if not parsed.mnemonic:
        return (COMMENT if parsed.comment else BLANK), "", []
    used = [(o.kind, max(min(o.value, MOST), -MOST)) for o in parsed.operands][:6]
    tokens = tuple(o.kind for o in parsed.operands)
    if not is_known(parsed.mnemonic):
        return UNKNOWN, parsed.mnemonic, used
    if any(form.accepts(tokens) for form in forms_of(parsed.mnemonic)):
        return INSTRUCTION, parsed.mnemonic, used
    return MALFORMED_STATUS, parsed.mnemonic, used


def assert_agree(data: bytes) -> None:
    """Line by line: verdict, mnemonic, operands; whole file; then the checks in both dialects."""
    if not data.endswith(b"\n"):
        data += b"\n"
    texts = [line.decode("utf-8", "replace") for line in data.split(b"\n")[:-1]]
    fast = read(data)
    assert len(fast) == len(texts)
    slow = [by_grammar(text) for text in texts]
    for text, got, want in zip(texts, fast, slow, strict=True):
        if want is None:
            assert got[0] == MALFORMED_STATUS, text
        else:
            assert got == want, text
    if None not in slow:
        lines = parse_text(data.decode("utf-8", "replace"))
        assert lines[-1].mnemonic == ""
        pairs = zip(lines, texts, strict=False)
        for line, alone in ((line, parse_line(text)) for line, text in pairs):
            assert (line.mnemonic, line.comment) == (alone.mnemonic, alone.comment)
            assert [(o.kind, o.value, o.text) for o in line.operands] == [
                (o.kind, o.value, o.text) for o in alone.operands
            ]
    assert_checks_agree(data, texts)


def assert_checks_agree(data: bytes, texts: list[str]) -> None:
    """The checks in columns refuse what the slow path explains, at a place within the line."""
    stream = read_lines([data])
    status = stream.rows.status
    for dialect in DIALECTS.values():
        beyond = check.out_of_range(stream.rows, dialect)
        for text, row in zip(texts, stream.ids.tolist(), strict=True):
            problem = check.explain(text, dialect)
            if beyond[row]:
                assert status[row] == INSTRUCTION
                assert problem is not None, text
                assert problem.code in ("E003", "E004", "E005", "E007"), text
            elif status[row] == UNKNOWN:
                assert problem is not None
                assert problem.code == "E002"
            elif status[row] == MALFORMED_STATUS:
                assert problem is not None
                assert problem.code in ("E001", "E003", "E006"), text
            else:
                assert problem is None, text
            if problem is not None:
                assert 1 <= problem.column <= len(text) + 1
                assert problem.message
                assert len(problem.message) < 400
                assert len(problem.hint) < 400


@pytest.mark.parametrize("text", NASTY, ids=lambda t: ascii(t[:40]))
def test_nasty_lines(text: str) -> None:
    assert_agree(text.encode())


def test_nasty_lines_together() -> None:
    assert_agree("\n".join(NASTY).encode())
    assert_agree("\r\n".join(NASTY).encode())


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n", b"\r", b"\r\r\n", b"\n\n", b" ;"])
def test_endings_of_a_file(ending: bytes) -> None:
    assert_agree(b"C_BREAK\nS_LUI_INT gp1, 7" + ending)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe", b"S_LUI_INT gp1, \xff", b"; \xff\n\xc3", b"S_LUI_INT gp1, 7 ; \xe2\x86", b"\x80",
     "C_BREAK\n".encode("utf-16"), b"S_LUI\xed\xa0\x80_INT gp1, 7", bytes(range(256)) * 3],
    ids=ascii,
)  # fmt: skip
def test_bytes_that_are_not_utf8(data: bytes) -> None:
    assert_agree(data)


@pytest.mark.parametrize("path", [*SAMPLES, *MALFORMED], ids=lambda p: p.stem)
def test_sample_programs(path) -> None:  # type: ignore[no-untyped-def]
    lines = path.read_bytes().split(b"\n")
    assert_agree(b"\n".join(list(dict.fromkeys(lines))[:400]))


@pytest.mark.parametrize(
    "line",
    [b"S_ADDI_INT gp1, gp0, %s" % (b"9" * (1 << 20)), b" " * (1 << 20) + b"C_BREAK",
     b"x" * (1 << 20), b"; " + b"S_ADD_INT gp1, 12, " * (1 << 16), b"A" * (1 << 20),
     b"C_BREAK" + b" " * (1 << 20) + b"; 1", b"S_LUI_INT gp1, 7 ;" + b"0123456789" * (1 << 17)],
    ids=lambda b: ascii(b[:24].decode()),
)  # fmt: skip
def test_lines_of_a_megabyte(line: bytes) -> None:
    assert_agree(b"C_BREAK\n" + line + b"\nC_BREAK\n")


numbers = st.one_of(
    st.integers(0, 40).map(str),
    st.sampled_from(["0", "00", "007", "15", "16", "31", "32", "65535", "65536", "262143", "262144",
                     "2097151", "2097152", "4194303", "4194304", "2147483648", "4294967296"]),
    st.integers(0, 10**40).map(str),
    st.integers(0, 1 << 80).map(hex),
    st.integers(-9, -1).map(str),
    st.integers(0, 99).map("+{}".format),
)  # fmt: skip
registers = st.builds("{}{}".format, st.sampled_from(["gp", "f", "a"]), numbers)
operand_texts = st.one_of(
    registers,
    st.builds("{}{}".format, st.sampled_from(["gp", "f", "a"]), st.integers(0, 7)),
    numbers,
    st.sampled_from(["", "gp", "aA", "GP1", "1.5", "0x", "f1f", "gp1 gp2", "-", "x", "é", "$"]),
)
blanks = st.sampled_from(["", " ", "  ", "\t", " \t "])
tails = st.sampled_from(
    [
        "",
        " ",
        ";",
        " ; note 12",
        "//",
        " // C_BREAK 0x1",
        "\r",
        " \r",
        "\r;",
        ",",
        " ;é→\x00",
        "/",
        "\x0b",
    ]
)
mnemonics = st.one_of(
    st.sampled_from(spellings()),
    st.sampled_from(["S_ADD2_INT", "V_ADD_VV0", "FOO", "s_add_int", "S_", "S_0", "C_BREAK:", "_X"]),
)


def _join(lead: str, mnemonic: str, gap: str, parts: list[str], comma: str, tail: str) -> str:
    return lead + mnemonic + (gap or " ") + comma.join(parts) + tail


random_instructions = st.builds(
    _join,
    blanks,
    mnemonics,
    blanks,
    st.lists(operand_texts, max_size=7),
    st.builds("{},{}".format, blanks, blanks),
    tails,
)


@st.composite
def fitting_instructions(draw: st.DrawFn) -> str:
    """Lines that fit a form, with registers and immediates around their limits."""
    spelling = draw(st.sampled_from(spellings()))
    form = draw(st.sampled_from(forms_of(spelling)))
    count = draw(st.integers(len(form.operands) - form.optional, len(form.operands)))
    parts = []
    for operand in form.operands[:count]:
        kind = operand.kind
        if kind == "gp|zero":
            kind = draw(st.sampled_from(["gp", "zero"]))
        if kind in ("gp", "f", "a"):
            parts.append(kind + draw(st.integers(0, 33).map(str)))
        else:
            parts.append(draw(st.sampled_from(["0", "0", "1", "15"]) | numbers))
    return _join(draw(blanks), spelling, draw(blanks), parts, "," + draw(blanks), draw(tails))


alphabet = "S_ADINTCLOPgpfax0129-+,;/ \t\r\x00\x0b\xa0é→.:=#"
any_lines = st.one_of(
    fitting_instructions(),
    random_instructions,
    st.text(alphabet, max_size=30),
    st.text(max_size=20).map(lambda t: t.replace("\n", " ")),
    st.sampled_from(NASTY),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(any_lines, max_size=12), st.sampled_from(["\n", "\r\n"]))
@example(["S_ADDI_INT gp1, gp0, 12", "S_ADDI_INT gp1, gp0, 0x12", "S_ADDI_INT gp12, gp0, 1"], "\n")
def test_lines_of_any_kind(lines: list[str], newline: str) -> None:
    assert_agree(newline.join(lines).encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(st.lists(fitting_instructions(), min_size=1, max_size=20))
def test_lines_that_fit_a_form(lines: list[str]) -> None:
    assert_agree("\n".join(lines).encode())


@settings(max_examples=250, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6))
def test_any_bytes(blocks: list[bytes]) -> None:
    assert_agree(b"\n".join(blocks))


def test_no_instruction_is_lost_among_many_lines() -> None:
    lines = [f"S_ADDI_INT gp{i % 16}, gp{i // 16 % 16}, {i}" for i in range(5000)]
    stream = read_lines(["\n".join(lines).encode() + b"\n"])
    values = stream.rows.values[stream.ids]
    assert np.array_equal(values[:, 0], np.arange(5000) % 16)
    assert np.array_equal(values[:, 1], np.arange(5000) // 16 % 16)
    assert np.array_equal(values[:, 2], np.arange(5000))
