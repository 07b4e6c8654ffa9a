from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from isa_analysis import output
from isa_analysis.diagnostics import InputError


def test_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    output.write("a→\n", None)
    output.write("b", "-")
    assert capsys.readouterr().out == "a→\nb"


def test_what_cannot_be_encoded_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    output.write("a\udcff", None)
    assert capsys.readouterr().out == "a\\udcff"


def test_a_file_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "x.txt"
    output.write("é\n", str(target))
    assert target.read_bytes() == "é\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_permissions_follow_the_umask_and_survive(tmp_path: Path) -> None:
    target = tmp_path / "x.txt"
    before = os.umask(0o027)
    try:
        output.write("a", str(target))
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    target.chmod(0o604)
    output.write("b", str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o604
    assert target.read_text() == "b"


def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.txt"
    target.write_text("old")

    def refuse(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match=r"x.txt: error\[E203\]: cannot be written: No space"):
        output.write("new", str(target))
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["", "no/such/x.txt", "a\0b", "x" * 4000])
def test_impossible_places(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="E203"):
        output.write("a", f"{tmp_path}/{name}")


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null here")
def test_a_device_is_written_to_and_stays_a_device() -> None:
    output.write("a", "/dev/null")
    assert not Path("/dev/null").is_file()
