"""The hooks of this repository, run by the real pre-commit program in a scratch repository.

The hooks come from a clone of the working tree, by its ``.pre-commit-hooks.yaml``. Installing the
tool in an environment of its own needs the package index; the scenario runs once without that, with
``language: system`` (the ``isa-analysis`` on PATH), which every user may set as well.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from budget_project import CONFIG, GROWN, PROGRAM, ROOT, git

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
    ),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

_SHIPPED = ("isa_analysis", "grammars", "board_configs")
_FILES = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the working tree as its only commit, as users clone it."""
    clone = tmp_path_factory.mktemp("hooks")
    for name in _SHIPPED:
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, clone / name)
    git(clone, "init", "-q")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "release")
    return clone


@dataclass(frozen=True)
class Scratch:
    """A user's repository with the hook installed."""

    folder: Path
    environment: dict[str, str]

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def tool(self, *argv: str) -> int:
        """Run isa-analysis in it."""
        wrapper = self.folder.parent / "bin" / "isa-analysis"
        return subprocess.run(
            [str(wrapper), *argv],
            cwd=self.folder, env=self.environment, capture_output=True, check=False,
        ).returncode  # fmt: skip

    def commit(self, message: str) -> tuple[int, str]:
        """Exit code and output of a commit of everything."""
        subprocess.run(["git", "add", "-A"], cwd=self.folder, check=True)
        done = subprocess.run(
            ["git", "commit", "-m", message], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


def _scratch(folder: Path, hooks: Path, hook: dict[str, str], home: Path) -> Scratch:
    folder.mkdir()
    binaries = folder.parent / "bin"
    binaries.mkdir()
    wrapper = binaries / "isa-analysis"
    wrapper.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m isa_analysis "$@"\n'
    )
    wrapper.chmod(0o755)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PYTHON"))},
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "t",
        "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t",
        "GIT_COMMITTER_EMAIL": "t@example.org",
    }  # fmt: skip
    revision = git(hooks, "rev-parse", "HEAD").strip()
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [hook]}]}
    git(folder, "init", "-q")
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (folder / ".gitignore").write_text(".isa-analysis-cache/\n")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install", "--install-hooks"],
        cwd=folder, env=environment, capture_output=True, text=True,
        timeout=240, check=False,
    )  # fmt: skip
    if done.returncode:
        reason = (done.stdout + done.stderr).strip().splitlines()[-1:]
        pytest.skip(f"the hook cannot be installed here (no package index?): {reason}")
    return Scratch(folder, environment)


def _scenario(scratch: Scratch) -> None:
    """A commit within budget, one that exceeds it, a malformed file, a changed board."""
    scratch.write("isa-budget.yaml", CONFIG)
    scratch.write("a.asm", PROGRAM)
    code, out = scratch.commit("no lock yet")
    assert code != 0
    assert "there is no lock" in out

    assert scratch.tool("update") == 0
    code, out = scratch.commit("within budget")
    assert (code, "Passed" in out) == (0, True), out

    scratch.write("a.asm", GROWN)
    code, out = scratch.commit("exceeded")
    assert code != 0
    assert "exit code: 1" in out
    assert "EXCEEDED no growth: total_cycles of a.asm" in out
    assert "V_ADD_VV +1 line, +64 instructions, +128 cycles" in out
    assert "Regressions (cycles)" in out
    assert "do: look at the loops first" in out

    scratch.write("a.asm", PROGRAM.replace("V_ADD_VV gp1, gp1, gp1", "V_ADD_VV gp1, gp1"))
    code, out = scratch.commit("malformed")
    assert code != 0
    assert "exit code: 2" in out
    assert "a.asm:10:" in out

    scratch.write("a.asm", PROGRAM)
    scratch.write("isa-budget.yaml", CONFIG.replace("nexys_a7", "nexys_video"))
    code, out = scratch.commit("another board")
    assert code != 0
    assert "exit code: 3" in out
    assert "board: nexys_a7 in the lock, now nexys_video" in out
    assert "isa-analysis update" in out

    assert scratch.tool("update") == 0
    code, out = scratch.commit("another board, accepted")
    assert code == 0, out


def test_the_scenario_with_the_tool_on_the_path(hooks: Path, tmp_path: Path) -> None:
    hook = {"id": "isa-budget", "language": "system"}
    _scenario(_scratch(tmp_path / "user", hooks, hook, tmp_path / "home"))


def test_the_scenario_with_an_environment_of_its_own(hooks: Path, tmp_path: Path) -> None:
    _scenario(_scratch(tmp_path / "user", hooks, {"id": "isa-budget"}, tmp_path / "home"))


def test_the_hooks_file_is_what_pre_commit_expects() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    budget, lint = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert (budget["id"], budget["pass_filenames"]) == ("isa-budget", False)
    assert (lint["id"], lint.get("pass_filenames", True)) == ("isa-lint", True)


def test_the_linter_looks_at_the_files_of_the_commit(hooks: Path, tmp_path: Path) -> None:
    hook = {"id": "isa-lint", "language": "system"}
    user = _scratch(tmp_path / "user", hooks, hook, tmp_path / "home")
    user.write("good.asm", "S_ADDI_INT gp1, gp0, 64\nV_EXP_V gp1, gp1, 0\n")
    code, output = user.commit("good")
    assert code == 0, output
    # Element 96 is no multiple of VLEN = 64: the machine refuses it after one instruction.
    user.write("bad.asm", "S_ADDI_INT gp1, gp0, 96\nV_EXP_V gp1, gp1, 0\n")
    code, output = user.commit("bad")
    assert code == 1
    assert "bad.asm:2:1: error[L009]" in output
    assert "good.asm" not in output
    user.write("bad.asm", "V_EXPP gp1, gp1, 0\n")
    code, output = user.commit("malformed")
    assert code == 1
    assert "bad.asm:1:1: error[E002]" in output
