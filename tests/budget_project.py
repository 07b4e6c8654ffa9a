"""A small project with a budget, costed by hand, for the tests of budgets and their commands.

On nexys_a7: scalar and control instructions 1 cycle, V_ADD_VV 2, H_PREFETCH_V 25 (memory).
load: 1 + 1 + 8 x (25 + 1) = 210 cycles (200 of them memory), 1 + 1 + 16 = 18 instructions.
add: 1 + 16 x (1 + 4 x (2 + 1) + 1 + 1) = 241 cycles, 1 + 16 x (1 + 8 + 2) = 177 instructions.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from isa_analysis.assembly import parse_text
from isa_analysis.boards import load_board
from isa_analysis.budget.config import Budget, parse_config
from isa_analysis.budget.measure import measure
from isa_analysis.budget.snapshot import Snapshot
from isa_analysis.config import read_yaml
from isa_analysis.profiling import ModelOptions

ROOT = Path(__file__).resolve().parent.parent
BOARD = "nexys_a7"

PROGRAM = """\
; @kernel load
S_ADDI_INT gp1, gp0, 4
C_LOOP_START gp2, 8
H_PREFETCH_V gp1, gp1, a0, 1, 0
C_LOOP_END gp2
; @end
; @kernel add
C_LOOP_START gp3, 16
C_LOOP_START gp4, 4
V_ADD_VV gp1, gp1, gp1
C_LOOP_END gp4
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp3
; @end
"""
CYCLES, DYNAMIC = 451, 195
#: The same with one more V_ADD_VV in the inner loop of add: 64 instructions, 128 cycles more.
GROWN = PROGRAM.replace("V_ADD_VV gp1, gp1, gp1\n", "V_ADD_VV gp1, gp1, gp1\n" * 2)

CONFIG = """\
version: 1
board: nexys_a7
programs:
  all:
    files: "*.asm"
limits:
  no growth:
    max_increase: 0
    message: look at the loops first
"""


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def snapshot_of_text(text: str, board: str = BOARD, memory: str = "board") -> Snapshot:
    """The snapshot of an assembly text."""
    return measure(parse_text(text), load_board(board), ModelOptions("serial", memory))  # type: ignore[arg-type]


def budget_of(text: str, path: str = "isa-budget.yaml") -> Budget:
    """The budget that a YAML text describes."""
    return parse_config(read_yaml(text, path))


class Project:
    """A folder with programs and a budget; commands run in it, in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name: str) -> bytes:
        """The bytes of a file of the project."""
        return (self.folder / name).read_bytes()

    @property
    def lock(self) -> bytes:
        """The bytes of the lock."""
        return self.read("isa-budget.lock.json")

    def run(self, *argv: str) -> Answer:
        """Run a command."""
        from isa_analysis.cli.app import main

        self._capsys.readouterr()
        code = main(list(argv))
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)


def make_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A project with one program and a budget, and no lock; it is the working folder.

    Test modules make a fixture of it: ``project = pytest.fixture(make_project)``.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ISA_ANALYSIS_BOARD", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / ".git").mkdir()
    made = Project(tmp_path, capsys)
    made.write("isa-budget.yaml", CONFIG)
    made.write("a.asm", PROGRAM)
    return made


def git(folder: Path, *argv: str) -> str:
    """Run git in ``folder`` as a nobody; returns what it printed."""
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *argv]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout
