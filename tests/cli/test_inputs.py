"""Inputs of every kind at the command line: archives, folders, rubbish, the malformed samples."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import re
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import MALFORMED, ROOT, SAMPLES

from isa_analysis.cli.app import main

DECODER = (ROOT / "sample_asm" / "decoder.asm").read_bytes()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_sample_programs(cli, path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = cli(path)
    assert ran.code == 0
    assert "error" not in ran.err


@pytest.mark.parametrize(
    ("name", "pack"), [("d.asm.gz", gzip.compress), ("d.asm.xz", lzma.compress)]
)
def test_archives(cli, tmp_path: Path, name: str, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_bytes(pack(DECODER))
    plain = json.loads(cli("sample_asm/decoder.asm", "--format", "json").out)
    packed = json.loads(cli(path, "--format", "json").out)
    assert packed["totals"] == plain["totals"]
    assert packed["inputs"][0]["sha256"] == plain["inputs"][0]["sha256"]
    path.write_bytes(pack(DECODER)[:-50])
    ran = cli(path)
    assert ran.code == 2
    assert f"{path}: error[E202]" in ran.err
    path.write_bytes(DECODER)
    assert cli(path).code == 2


def test_standard_input(cli, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DECODER)))
    found = json.loads(cli("-", "--format", "json").out)
    assert found["inputs"][0]["path"] == "<stdin>"
    assert found["inputs"][0]["lines"] == DECODER.count(b"\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\nFOO\n")))
    assert "<stdin>:2:1: error[E002]" in cli("-").err
    assert cli("-", "-").code == 2


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"", 0), (b"\n", 1), (b"; only\n// comments\n", 2), (b"\xef\xbb\xbf", 1), (b" \t\r\n", 1)],
)
def test_files_without_instructions(cli, tmp_path: Path, data: bytes, lines: int) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "e.asm"
    path.write_bytes(data)
    for form in ("text", "json", "csv"):
        ran = cli(path, "--format", form)
        assert ran.code == 0
        assert f"{path}: warning[W015]" in ran.err
    assert json.loads(cli(path, "--format", "json").out)["inputs"][0]["lines"] == lines


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"\x7fELF" + b"\0" * 500, gzip.compress(DECODER), b"\0", b"\xff" * 99,
     DECODER.decode().encode("utf-16"), b"PK\x03\x04" + bytes(range(200))],
    ids=["bytes", "elf", "gzip", "nul", "ff", "utf16", "zip"],
)  # fmt: skip
def test_binary_files(cli, tmp_path: Path, data: bytes) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "b.asm"
    path.write_bytes(data)
    ran = cli(path)
    assert ran.code == 2
    assert re.search(rf"^{re.escape(str(path))}:1:\d+: error\[E00\d\]", ran.err)
    assert not set(ran.err) & {"\0", "\x1b", "\x07", "\r"}
    ran = cli(path, "--lenient", "--unknown-opcode", "warn")
    assert ran.code == 0
    assert not set(ran.err + ran.out) & {"\0", "\x1b", "\x07", "\r"}


def test_folders_and_missing_files(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert "is a folder" in cli(tmp_path).err
    ran = cli("sample_asm/decodr.asm")
    assert ran.code == 2
    assert "did you mean decoder.asm" in ran.err


@pytest.mark.parametrize("name", ["with space.asm", "new\nline.asm", "é→.asm", "-x.asm", "[b].asm"])
def test_odd_names(cli, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_text("S_LUI_INT gp1, 1\n")
    for form in ("text", "json", "csv"):
        assert cli(path, "--format", form).code == 0
    assert json.loads(cli(path, "--format", "json").out)["inputs"][0]["path"] == str(path)
    path.write_text("FOO\n")
    assert cli(path).err.startswith(str(path).replace("\n", "\\n") + ":1:1: error[E002]")


#: Where the first diagnostic is when it is not an error: what the profile does not check, or only
#: warns of. ``lint`` is the place for the rest.
NOT_REFUSED = {
    "bmm_destination": None,
    "vector_misaligned": None,
    "counter_reused": "W011",
    "counter_written": "W011",
}
CODES = {"break_outside_loop": "E014", "trip_zero": "E013", "topk_policy": "E020"}


@pytest.mark.parametrize("path", MALFORMED, ids=lambda p: p.stem)
def test_malformed_samples(cli, path: Path) -> None:  # type: ignore[no-untyped-def]
    first = path.read_text(encoding="utf-8").split("\n")[0]
    expected = re.fullmatch(r"; expect: line (\d+): (.*)", first)
    assert expected
    line, words = int(expected[1]), expected[2]
    ran = cli(path)
    found = re.findall(rf"^{re.escape(str(path))}:(\d+):(\d+): (\w+)\[(\w+)\]", ran.err, re.M)
    if path.stem in NOT_REFUSED:
        assert words.startswith(("fault:", "hazard:"))
        assert ran.code == 0
        if code := NOT_REFUSED[path.stem]:
            assert (str(line), "warning", code) in [(n, s, c) for n, _, s, c in found]
        return
    assert ran.code == 2
    assert int(found[0][0]) == line
    assert found[0][2] == "error"
    if words.startswith("fault:"):
        assert found[0][3] == CODES[path.stem]
    assert cli(path, "--lenient", "--unknown-opcode", "warn").code == (
        2 if path.stem == "topk_policy" else 0
    )


def test_several_mistakes_are_all_told(cli) -> None:  # type: ignore[no-untyped-def]
    ran = cli("sample_asm/malformed/several_mistakes.asm")
    assert [int(n) for n in re.findall(r"asm:(\d+):\d+: error", ran.err)] == [5, 7, 8]


_LINES = DECODER.decode().split("\n")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_mutated_files_end_with_code_0_or_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(_LINES) - 60))
    text = "\n".join(_LINES[start : start + 60])
    at = data.draw(st.integers(0, len(text)))
    insert = data.draw(st.text("S_gpf019,;/ \n\r\t\0é", max_size=5))
    cut = data.draw(st.integers(0, 30))
    path = tmp_path / "m.asm"
    path.write_bytes((text[:at] + insert + text[at + cut :]).encode())
    argv = data.draw(st.sampled_from([[], ["--lenient"], ["--format", "json"], ["--timing",
                     "legacy", "--lenient", "--unknown-opcode", "warn"]]))  # fmt: skip
    code = main([str(path), *argv])
    captured = capsys.readouterr()
    assert code in (0, 2)
    assert "Traceback" not in captured.err
    if code == 2:
        assert captured.out == ""
        assert re.match(rf"{re.escape(str(path))}:\d+:\d+: error\[E\d+\]", captured.err)
