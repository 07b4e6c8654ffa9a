"""Where text comes from: files, archives, pipes, standard input; encodings and chunks."""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import located, program_of

from isa_analysis.assembly import parse, source
from isa_analysis.assembly.source import Source, chunks, fetch_lines, open_source, text_source
from isa_analysis.diagnostics import InputError

TEXT = b"; note\nS_LUI_INT gp1, 7\n  C_BROKEN gp1\n"


def code_of(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        parse(str(path))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.path == str(path)
    return diagnostic.code


@pytest.mark.parametrize("suffix", [".asm", ".asm.gz", ".asm.xz", ".gz", ".xz", ""])
def test_plain_and_packed_files_read_alike(tmp_path: Path, suffix: str) -> None:
    pack = {".gz": gzip.compress, ".xz": lzma.compress}.get(suffix[-3:], bytes)
    path = tmp_path / f"p{suffix}"
    path.write_bytes(pack(TEXT.replace(b"C_BROKEN gp1", b"C_BREAK ;") * 1))
    with pytest.raises(InputError) as caught:
        parse(str(path))
    assert [(d.code, d.line, d.column) for d in caught.value.diagnostics] == [("E014", 3, 3)]
    assert caught.value.diagnostics[0].source == "  C_BREAK ;"
    path.write_bytes(pack(b"C_SET_STRIDE_REG gp1\n"))
    program = parse(str(path))
    assert len(program) == 1
    assert program.sha256 == hashlib.sha256(b"C_SET_STRIDE_REG gp1\n").hexdigest()


def test_a_missing_file_has_a_hint(tmp_path: Path) -> None:
    (tmp_path / "decoder.asm").write_text("")
    with pytest.raises(InputError, match=r"no such file[\s\S]*did you mean decoder.asm"):
        parse(str(tmp_path / "decodr.asm"))
    assert code_of(tmp_path / "x" / "y.asm") == "E201"


def test_a_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "E201"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_names(name: str) -> None:
    assert code_of(name) in ("E201", "E202")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gz", b"not an archive"),
        ("a.gz", gzip.compress(TEXT * 99)[:-9]),
        ("a.gz", gzip.compress(TEXT * 99)[:20] + b"\0" * 40),
        ("a.xz", b"not an archive"),
        ("a.xz", lzma.compress(TEXT * 99)[:-20]),
        ("a.xz", lzma.compress(TEXT * 99)[:30] + b"\xff" * 60),
    ],
    ids=["no-gzip", "cut-gzip", "broken-gzip", "no-xz", "cut-xz", "broken-xz"],
)
def test_damaged_archives(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert code_of(path) == "E202"


def test_empty_archives(tmp_path: Path) -> None:
    for name in ("a.gz", "a.xz"):
        (tmp_path / name).write_bytes(b"")
        try:
            assert len(parse(str(tmp_path / name))) == 0
        except InputError as problem:
            assert problem.diagnostics[0].code == "E202"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"C_SET_STRIDE_REG gp1\n")))
    program = parse("-")
    assert (program.name, len(program), program.lines) == ("<stdin>", 1, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_once_and_still_explained(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.asm"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TEXT,))
    writer.start()
    with pytest.raises(InputError) as caught:
        parse(str(pipe))
    writer.join()
    assert [(d.code, d.line, d.column) for d in caught.value.diagnostics] == [("E002", 3, 3)]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    mark = b"\xef\xbb\xbf"
    program = program_of(mark + b"S_LUI_INT gp1, 7\n; x\n")
    assert (len(program), program.lines) == (1, 2)
    assert program.sha256 == hashlib.sha256(mark + b"S_LUI_INT gp1, 7\n; x\n").hexdigest()
    assert located(mark + b"FOO gp1\n") == [("E002", 1, 1)]
    assert located(b"C_SET_STRIDE_REG gp1\n" + mark + b"FOO gp1\n") == [("E001", 2, 1)]
    assert len(program_of(mark)) == 0
    for name, pack in (("a.gz", gzip.compress), ("a.xz", lzma.compress)):
        path = tmp_path / name
        path.write_bytes(pack(mark + b"S_LUI_INT gp1, 7\n"))
        assert len(parse(str(path))) == 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(1, 9), st.none() | st.integers(0, 220))
def test_chunks_end_with_lines_and_lose_nothing(data: bytes, size: int, limit: int | None) -> None:
    seen: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "CHUNK", size)
        parts = list(chunks(Source("x", None, None), io.BytesIO(data), seen.append, limit))
    read = data if limit is None else data[:limit]
    assert b"".join(seen) == read
    text = read.removeprefix(b"\xef\xbb\xbf") if size >= 3 else read
    whole = b"".join(parts)
    assert whole in (text, text + b"\n") if size >= 3 or not read.startswith(b"\xef") else True
    assert all(part.endswith(b"\n") for part in parts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab \té", max_size=4), min_size=1, max_size=30), st.data())
def test_fetching_lines(lines: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sets(st.integers(1, len(lines))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "CHUNK", 7)
        found = fetch_lines(text_source("\n".join(lines)), wanted)
    exist = len(lines) if lines[-1] else len(lines) - 1
    assert found == {n: lines[n - 1] for n in wanted if n <= exist}


def test_the_plain_size_is_known_for_regular_files_only(tmp_path: Path) -> None:
    plain = tmp_path / "a.asm"
    plain.write_bytes(TEXT)
    (tmp_path / "a.asm.gz").write_bytes(gzip.compress(TEXT))
    assert open_source(str(plain)).plain_size == len(TEXT)
    assert open_source(str(tmp_path / "a.asm.gz")).plain_size == 0
    assert text_source("x").plain_size == 0
