"""Text to program: what is kept of it, lenient reading, and no surprises on broken text."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SAMPLES, located, program_of

from isa_analysis.assembly import ParseOptions, Program, parse_text
from isa_analysis.diagnostics import InputError, render_all

TEXT = """; title
S_LUI_INT gp1, 7 ; inline
\tV_ADD_VV gp1,gp2,\tgp3

// another
C_LOOP_START gp4, 0x10
  C_SET_ADDR_REG a1, gp0, gp1
; inside
C_LOOP_END gp4, 0
; last"""


def test_the_columns_of_a_program() -> None:
    program = parse_text(TEXT, name="t.asm")
    assert program.name == "t.asm"
    assert program.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert program.lines == 10
    assert len(program) == 5
    assert program.line.tolist() == [2, 3, 6, 7, 9]
    assert [program.instruction_text(pc) for pc in range(5)] == [
        "S_LUI_INT gp1, 7",
        "V_ADD_VV gp1, gp2, gp3",
        "C_LOOP_START gp4, 16",
        "C_SET_ADDR_REG a1, gp0, gp1",
        "C_LOOP_END gp4, 0",
    ]
    texts = [program.texts[i] for i in program.comment_text.tolist()]
    assert texts == ["; title", "// another", "; inside", "; last"]
    assert program.comment_pc.tolist() == [0, 2, 4, 5]
    assert program.comment_line.tolist() == [1, 5, 8, 10]
    assert program.diagnostics == ()
    assert program.skipped == 0


@pytest.mark.parametrize("text", ["", "\n", "; a\n", "   ", "\r\n\r\n", "//", ";" * 10_000])
def test_texts_without_instructions(text: str) -> None:
    program = parse_text(text)
    assert len(program) == 0
    assert program.loops == ()
    assert program.lines == text.count("\n") + bool(text and not text.endswith("\n"))


def test_line_numbers_do_not_depend_on_the_line_ending() -> None:
    crlf = parse_text(TEXT.replace("\n", "\r\n"))
    plain = parse_text(TEXT)
    assert crlf.line.tolist() == plain.line.tolist()
    assert [crlf.texts[i] for i in crlf.comment_text] == [
        plain.texts[i] for i in plain.comment_text
    ]


BROKEN = """S_LUI_INT gp1, 7
a title without a semicolon
S_ADDI_INT gp1, gp0, 9999999
NO_SUCH gp1
S_LUI_INT gp2, 7
"""


def test_errors_withhold_the_program() -> None:
    with pytest.raises(InputError) as caught:
        parse_text(BROKEN)
    found = [(d.code, d.line, d.severity) for d in caught.value.diagnostics]
    assert found == [("E001", 2, "error"), ("E005", 3, "error"), ("E002", 4, "error")]


def test_lenient_reading_counts_what_it_skips() -> None:
    program = parse_text(BROKEN, ParseOptions(lenient=True))
    assert program.skipped == 3
    assert [d.severity for d in program.diagnostics] == ["warning"] * 3
    assert program.line.tolist()[0] == 1
    assert program.line.tolist()[-1] == 5


def test_unknown_mnemonics_may_be_let_pass() -> None:
    assert located("NO_SUCH gp1\nV_NEW 1, gp2\n", unknown_opcode="warn") == [
        ("E002", 1, 1),
        ("E002", 2, 1),
    ]
    program = program_of("NO_SUCH gp1\nS_LUI_INT gp1, 1\n", unknown_opcode="warn")
    assert len(program) == 2
    assert program.skipped == 0
    assert {d.severity for d in program.diagnostics} == {"warning"}
    with pytest.raises(InputError):
        program_of("NO_SUCH gp1\n===\n", unknown_opcode="warn")


def test_warnings_are_capped_and_counted() -> None:
    program = program_of("NO_SUCH gp1\n" * 30, unknown_opcode="warn", cap=10)
    assert len(program.diagnostics) == 10
    assert program.omitted_diagnostics == 20


def assert_program_or_errors(data: bytes) -> None:
    """Any bytes make a program, or located errors, and nothing else; leniently a program."""
    lines = data.split(b"\n")
    try:
        assert isinstance(program_of(data), Program)
    except InputError as problem:
        assert problem.diagnostics
        for d in problem.diagnostics:
            assert d.severity == "error"
            assert d.code.startswith("E0")
            assert 1 <= d.line <= len(lines)
            text = lines[d.line - 1].decode("utf-8", "replace")
            if d.line == 1:
                text = text.removeprefix("\ufeff")
            assert d.source == text
            assert 1 <= d.column <= len(text) + 1
        assert render_all(problem.diagnostics, problem.omitted)
    lenient = program_of(data, lenient=True, unknown_opcode="warn")
    assert isinstance(lenient, Program)
    assert all(d.severity == "warning" for d in lenient.diagnostics)


def excerpt(seed: random.Random) -> list[str]:
    """Some consecutive lines of one of the sample programs."""
    lines = _LINES[seed.randrange(len(_LINES))]
    start = seed.randrange(max(len(lines) - 40, 1))
    return lines[start : start + 40]


_LINES = [path.read_text(encoding="utf-8").split("\n") for path in SAMPLES]
_PIECES = [
    "", " ", ",", ";", "//", "\r", "\t", "\0", "0x", "-", "gp", "gp99", "f9", "a9", "é", "\xa0",
    "1", "999999999999999999999", "C_LOOP_START gp1, 0", "C_LOOP_END gp1", "C_BREAK",
    "S_SLLI_INT", "V_TOPK gp1, gp1, gp1, 7", "\n", "; @kernel x", "; @end", "===",
]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_mutated_programs(seed: random.Random, edits: int) -> None:
    lines = excerpt(seed)
    for _ in range(edits):
        kind = seed.randrange(7)
        at = seed.randrange(len(lines))
        line = lines[at]
        place = seed.randrange(len(line) + 1)
        if kind == 0:
            lines[at] = line[:place] + line[place + 1 :]
        elif kind == 1:
            lines[at] = line[:place] + seed.choice(_PIECES) + line[place:]
        elif kind == 2:
            lines[at] = line[:place] + seed.choice(_PIECES) + line[place + 1 :]
        elif kind == 3 and len(lines) > 1:
            del lines[at]
        elif kind == 4:
            lines.insert(at, seed.choice(_PIECES))
        elif kind == 5:
            other = seed.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] = line[:place]
    assert_program_or_errors("\n".join(lines).encode())


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_programs_with_flipped_bytes(seed: random.Random, flips: int) -> None:
    data = bytearray("\n".join(excerpt(seed)).encode())
    for _ in range(flips):
        data[seed.randrange(len(data))] = seed.randrange(256)
    assert_program_or_errors(bytes(data))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    assert_program_or_errors(data)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_truncated_programs(path) -> None:  # type: ignore[no-untyped-def]
    data = path.read_bytes()
    for share in (0.03, 0.21, 0.5, 0.83):
        assert_program_or_errors(data[: int(len(data) * share)])
