"""The program as a process: entry point, pipes, encodings, a clean first impression."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

from isa_analysis import __version__

PROGRAM = [sys.executable, "-m", "isa_analysis"]


def run(*argv: str, data: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """``python -m isa_analysis`` from the root of the project."""
    env = {k: v for k, v in os.environ.items() if k not in ("ISA_ANALYSIS_BOARD", "PYTHONPATH")}
    env |= {"PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [*PROGRAM, *argv],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env=env,
        timeout=60,
        check=False,
    )


def test_a_report() -> None:
    done = run("sample_asm/decoder.asm", "-q")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(f"isa-analysis {__version__}\n".encode())


def test_standard_input() -> None:
    done = run("-", "--format", "json", data=b"S_LUI_INT gp1, 1\n" * 3)
    assert done.returncode == 0
    assert json.loads(done.stdout)["totals"]["dynamic_instructions"] == 3


def test_errors() -> None:
    done = run("-", data=b"\nS_LUI_INT gp99, 1\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"<stdin>:2:11: error[E004]")
    assert b"Traceback" not in done.stderr


def test_version_needs_no_heavy_import() -> None:
    code = (
        "import sys; from isa_analysis.cli import run\n"
        "try: run(['--version'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'pydantic', 'yaml', 'lark', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    for script in (code, code.replace("--version", "--help")):
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, cwd=ROOT, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [*PROGRAM, "sample_asm/decoder_unrolled.asm", "--format", "json", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*PROGRAM, "sample_asm/decoder.asm", "-q"],
            stdout=full, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(b"<stdout>: error[E203]")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_terminal_that_knows_ascii_only(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.asm"
    path.write_text("; @kernel α→β\nS_LUI_INT gp1, 1\n; @end\n", encoding="utf-8")
    done = run(str(path), "--format", form, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u03b1\u2192\u03b2" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux")
def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\xff.asm"
    Path(os.fsdecode(path)).write_text("S_LUI_INT gp1, 1\n")
    for form in ("text", "json", "csv"):
        done = subprocess.run(
            [*PROGRAM, path, "--format", form, "-q"],
            capture_output=True, cwd=ROOT, timeout=60, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
        assert rb"a\udcff.asm" in done.stdout
    assert json.loads(run(os.fsdecode(path), "--format", "json").stdout)
