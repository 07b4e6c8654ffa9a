"""The command line in this process: exit code, output, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from support import ROOT

from isa_analysis.cli.app import main


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command line from the root of the project, without the user's environment."""
    monkeypatch.chdir(ROOT)
    for name in ("ISA_ANALYSIS_BOARD", "PLENA_LATENCY_PROFILE", "DC_EN"):
        monkeypatch.delenv(name, raising=False)

    def run(*argv: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in argv])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "Traceback" not in captured.out
        assert code in (0, 2)
        if code == 2:
            assert captured.out == ""
            assert captured.err
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def run(
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., tuple[int, str, str]]:
    """Runs the ``COMMAND`` of the test's module, or any; exit code, output and errors."""
    monkeypatch.chdir(ROOT)
    for name in ("ISA_ANALYSIS_BOARD", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    command = getattr(request.module, "COMMAND", None)

    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in (command, *words) if word is not None])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return call
