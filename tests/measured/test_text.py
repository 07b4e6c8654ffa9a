"""Files to clean lines."""

from __future__ import annotations

import gzip
import lzma
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured_support import DONE, only, read_log

from isa_analysis.diagnostics import InputError
from isa_analysis.measured import load
from isa_analysis.measured import text as text_module
from isa_analysis.measured.text import Content, cleaned, read_content

WORD = re.compile(rb"word")


def lines(data: bytes) -> list[tuple[int, str]]:
    return [(n.number, n.text) for n in Content("t", "", cleaned(data)).lines(WORD)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"word", [(1, "word")]),
        (b"\n\nword \t\r\n", [(3, "word")]),
        (b"word a\nno\nword b", [(1, "word a"), (3, "word b")]),
        (b"word a\rno\rword b\nword c\n", [(1, "word a"), (1, "word b"), (2, "word c")]),
        (b"\x1b[1;32mwo\x1b[0mrd\n", [(1, "word")]),
        (b"\x1b]0;title\x07word\n", [(1, "word")]),
        (b"\x1b]8;;http://x\x1b\\word\x1b]8;;\x1b\\\n", [(1, "word")]),
        (b"\x1b(Bword\x1b7\n", [(1, "word\x1b7")]),
        (b"word \xff\n", [(1, "word \ufffd")]),
    ],
)
def test_lines(data: bytes, expected: list[tuple[int, str]]) -> None:
    assert lines(data) == expected


def test_utf_16() -> None:
    assert only("\ufeff".encode("utf-16-le") + DONE.format(5).encode("utf-16-le")).cycles == 5


def test_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.log"
    file.write_bytes(b"\xef\xbb\xbf" + b'{"sim_latency_ns": 5}')
    assert load(str(file))[0].cycles == 5


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_compressed(tmp_path: Path, pack: object) -> None:
    suffix = ".gz" if pack is gzip.compress else ".xz"
    file = tmp_path / f"a.log{suffix}"
    file.write_bytes(pack(DONE.format(5).encode()))  # type: ignore[operator]
    assert [m.cycles for m in load(str(file))] == [5]
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(InputError) as caught:
        load(str(file))
    assert caught.value.diagnostics[0].code == "E202"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "MAX_BYTES", 100)
    file = tmp_path / "a.log"
    file.write_text("x\n" * 60)
    with pytest.raises(InputError) as caught:
        read_content(str(file))
    assert "larger than 100 bytes" in caught.value.diagnostics[0].message


@pytest.mark.parametrize("name", ["", "\0", "a" * 5_000])
def test_names_that_are_none(name: str) -> None:
    try:
        rows = load(name)
    except InputError as problem:
        assert problem.diagnostics
    else:
        assert [f.code for f in rows[0].flags] == ["MISSING"]


def test_a_missing_file(tmp_path: Path) -> None:
    [row] = load(str(tmp_path / "gone"))
    assert [f.code for f in row.flags] == ["MISSING"]
    assert (row.cycles, row.format) == (None, "missing")


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    assert cleaned(data).count(b"\n") == data.count(b"\n") or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        read_log(data + b"\n" + DONE.format(5).encode())
    except InputError as problem:
        assert problem.diagnostics


@given(st.lists(st.sampled_from([b"word", b"x", b"\n", b"\r", b" "]), max_size=40))
def test_line_numbers(parts: list[bytes]) -> None:
    data = b"".join(parts)
    slow = [
        (number, piece.decode().rstrip())
        for number, line in enumerate(data.split(b"\n"), 1)
        for piece in line.split(b"\r")
        if b"word" in piece
    ]
    assert lines(data) == slow
