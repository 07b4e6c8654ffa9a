"""Reading with a second process gives what reading alone gives, also when the process fails."""

from __future__ import annotations

import gzip
import hashlib
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis import forking
from isa_analysis.assembly import parallel, parse, source
from isa_analysis.assembly.parse import ParseOptions
from isa_analysis.assembly.program import Program
from isa_analysis.assembly.source import open_source, text_source
from isa_analysis.cli import _read_ahead
from isa_analysis.diagnostics import InputError

CAN_FORK = forking.can_fork

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

BODY = """; Layer 0
S_ADDI_INT gp1, gp0, {0}
C_LOOP_START gp2, {1}
V_ADD_VV gp1, gp3, gp4, 0

; inner {2}
S_ADDI_INT gp3, gp3, 64 ; step
C_LOOP_END gp2
"""
TEXT = "".join(BODY.format(i, i % 5 + 2, i % 3) for i in range(40))


@pytest.fixture(autouse=True)
def eager() -> Iterator[None]:
    """Two processes for every plain file, however small; nothing left over afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "_WORTH", 1)
        patch.setattr(forking, "can_fork", lambda: True)
        yield
    parallel.stop_ahead()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.asm"
    path.write_text(TEXT)
    return path


def described(program: Program) -> dict[str, object]:
    """Everything a program says, with rows spelled out."""
    return {
        "sha256": program.sha256,
        "lines": program.lines,
        "dialect": program.dialect,
        "text": [program.instruction_text(pc) for pc in range(len(program))],
        "status": program.rows.status[program.row].tolist(),
        "line": program.line.tolist(),
        "comments": list(
            zip(
                program.comment_pc.tolist(),
                program.comment_line.tolist(),
                [program.texts[i] for i in program.comment_text.tolist()],
                strict=True,
            )
        ),
        "loops": program.loops,
        "diagnostics": program.diagnostics,
        "skipped": program.skipped,
    }


def alone(path: Path, options: ParseOptions | None = None) -> dict[str, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forking, "can_fork", lambda: False)
        return described(parse(str(path), options))


def used(patch: pytest.MonkeyPatch) -> list[bool]:
    """Records for each file read by two whether both delivered."""
    outcomes: list[bool] = []
    finish = parallel.SecondReader.finish

    def recorded(self: parallel.SecondReader, progress: object) -> object:
        result = finish(self, progress)  # type: ignore[arg-type]
        outcomes.append(result is not None)
        return result

    patch.setattr(parallel.SecondReader, "finish", recorded)
    return outcomes


def test_two_processes_read_what_one_reads(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = used(monkeypatch)
    program = parse(str(file))
    assert outcomes == [True]
    assert described(program) == alone(file)
    assert program.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert program.lines == 320
    assert len(program.loops) == 40


@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "; note",
                "C_BREAK",
                "S_ADDI_INT gp1, gp0, 7",
                "S_ADDI_INT gp20, gp0, 7",
                "C_LOOP_START gp1, 3",
                "C_LOOP_END gp1",
                "nonsense",
                "\u00e9\u00e9",
                "V_EXP_V gp1, gp2, 0 ; " + "long " * 30,
            ]
        ),
        min_size=2,
        max_size=40,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([7, 64, 1 << 19]),
    st.sampled_from([0.0, 0.3, 0.99]),
    st.sampled_from([1, 20, 1 << 22]),
)
@settings(max_examples=25, deadline=None)
def test_any_file_in_chunks_of_any_size(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    newline: str,
    ends: bool,
    chunk: int,
    share: float,
    taken: int,
) -> None:
    path = tmp_path_factory.mktemp("parallel") / "a.asm"
    path.write_bytes((newline.join(lines) + (newline if ends else "")).encode())
    options = ParseOptions(lenient=True)
    expected = alone(path, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "CHUNK", chunk)
        patch.setattr(parallel, "CHUNK", chunk)
        patch.setattr(parallel, "_HALF", share)
        patch.setattr(parallel, "_LITTLE", share)
        patch.setattr(parallel, "_TAKEN", taken)
        assert described(parse(str(path), options)) == expected
        parallel.start_ahead(open_source(str(path)))
        assert described(parse(str(path), options)) == expected


def test_errors_of_both_parts_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.asm"
    path.write_text("bad first\n" + TEXT + "bad last\n")
    with pytest.raises(InputError) as problem:
        parse(str(path))
    assert [d.line for d in problem.value.diagnostics] == [1, 322]


def test_a_byte_order_mark_counts_only_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "a.asm"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert described(parse(str(path)))["text"] == alone(path)["text"]
    assert len(parse(str(path))) == 160 + 40


@pytest.mark.parametrize("failure", ["dies", "garbage", "silence", "wrong object"])
def test_a_child_that_fails_is_done_without(
    failure: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def child(source: object, marks: object, writing: int) -> None:
        if failure == "dies":
            os._exit(3)
        sent = {"garbage": b"\x80\x05garbage", "silence": b""}
        os.write(writing, sent.get(failure, pickle.dumps("a string")))
        os._exit(0)

    monkeypatch.setattr(parallel, "_send", child)
    outcomes = used(monkeypatch)
    assert described(parse(str(file))) == alone(file)
    assert outcomes == [False]


def test_a_slow_child_is_relieved(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child waits until all it can be relieved of is taken, and then stops where it should."""
    size = file.stat().st_size
    work = parallel._send

    def slow(source: object, marks: object, writing: int) -> None:
        while marks[1] - marks[0] >= 200:  # type: ignore[index]
            time.sleep(0.001)
        work(source, marks, writing)  # type: ignore[arg-type]

    monkeypatch.setattr(parallel, "_send", slow)
    monkeypatch.setattr(parallel, "_LITTLE", 0.125)
    monkeypatch.setattr(parallel, "_TAKEN", 100)
    outcomes = used(monkeypatch)
    seen: list[int] = []
    parallel.start_ahead(open_source(str(file)))
    assert described(parse(str(file), None, seen.append)) == alone(file)
    assert outcomes == [True]
    assert sum(seen) == size
    assert len(seen) > 3


def test_a_child_that_read_too_far_is_done_without(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = parallel._send

    def deaf(source: object, marks: object, writing: int) -> None:
        alone = marks.copy()  # type: ignore[attr-defined]
        work(source, alone, writing)  # type: ignore[arg-type]

    monkeypatch.setattr(parallel, "_send", deaf)
    monkeypatch.setattr(parallel, "_TAKEN", 100)
    outcomes = used(monkeypatch)
    assert described(parse(str(file))) == alone(file)
    assert outcomes == [False]


def test_a_hash_that_fails_is_done_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_hash", lambda source, writing: None)
    outcomes = used(monkeypatch)
    assert described(parse(str(file))) == alone(file)
    assert outcomes == [True]


def test_no_child_no_matter(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError("no more processes")

    expected = alone(file)
    monkeypatch.setattr(forking, "_fork", refuse)
    assert parallel.second_reader(open_source(str(file))) is None
    assert described(parse(str(file))) == expected


def test_where_a_second_process_is_no_use(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = file.with_suffix(".asm.gz")
    packed.write_bytes(gzip.compress(TEXT.encode()))
    assert parallel.second_reader(open_source(str(packed))) is None
    assert parallel.second_reader(text_source(TEXT)) is None
    assert len(parse(str(packed))) == 160 + 40
    one_line = file.with_name("one.asm")
    one_line.write_text("C_BREAK")
    assert parallel.second_reader(open_source(str(one_line))) is None
    with monkeypatch.context() as patch:
        patch.setattr(forking, "can_fork", lambda: False)
        assert parallel.second_reader(open_source(str(file))) is None
    with monkeypatch.context() as patch:
        patch.setattr(forking, "can_fork", CAN_FORK)
        patch.delattr(os, "fork")
        assert parallel.second_reader(open_source(str(file))) is None
    with monkeypatch.context() as patch:
        patch.setattr(parallel, "_WORTH", 8 << 20)
        assert parallel.second_reader(open_source(str(file))) is None


def test_a_reader_started_ahead_is_handed_out_once(file: Path) -> None:
    parallel.start_ahead(open_source(str(file)))
    started = parallel._ahead[0]
    assert parallel.second_reader(open_source(str(file))) is started
    again = parallel.second_reader(open_source(str(file)))
    assert again is not None and again is not started
    for reader in (started, again):
        reader.stop()
        with pytest.raises(ChildProcessError):
            os.waitpid(reader.child, 0)


def test_a_reader_of_another_file_waits(file: Path) -> None:
    other = file.with_name("b.asm")
    other.write_text(TEXT + "C_BREAK\n")
    parallel.start_ahead(open_source(str(other)))
    assert described(parse(str(file))) == alone(file)
    assert len(parallel._ahead) == 1
    parallel.stop_ahead()
    assert not parallel._ahead


def test_a_file_that_grew_is_read_anew(file: Path) -> None:
    parallel.start_ahead(open_source(str(file)))
    file.write_text(TEXT + TEXT)
    program = parse(str(file))
    assert program.lines == 640
    assert program.sha256 == hashlib.sha256((TEXT + TEXT).encode()).hexdigest()
    assert not parallel._ahead


def test_progress_covers_the_whole_file(file: Path) -> None:
    seen: list[int] = []
    parse(str(file), None, seen.append)
    assert sum(seen) == file.stat().st_size


def test_only_large_plain_files_are_read_ahead(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _read_ahead([str(file), "-", "--board", "v80", str(file.parent), "no such", "\0"])
    monkeypatch.setattr("isa_analysis.cli._LARGE", 1)
    assert _read_ahead(["profile", "--board", "v80", str(file), "-q"])
    assert [reader.source for reader in parallel._ahead] == [open_source(str(file))]


def test_the_command_line_reads_ahead_without_warnings(tmp_path: Path) -> None:
    """Large enough for the real limits; warnings are errors, as fork() in threads would be."""
    path = tmp_path / "large.asm"
    text = TEXT * (9 * (1 << 20) // len(TEXT))
    path.write_text(text)
    command = [sys.executable, "-W", "error", "-m", "isa_analysis", str(path), "-q"]
    ran = subprocess.run([*command, "--format", "json"], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert hashlib.sha256(text.encode()).hexdigest() in ran.stdout
