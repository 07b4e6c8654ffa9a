from __future__ import annotations

import json

import pytest
from budget_project import CONFIG, GROWN, PROGRAM, Project, git, make_project

from isa_analysis import output

project = pytest.fixture(make_project)


def test_update_then_check_then_update_is_byte_identical(project: Project) -> None:
    answer = project.run("update")
    assert answer.code == 0
    assert "a.asm: new, 451 cycles, 195 instructions" in answer.out
    first = project.lock
    assert project.run("check").code == 0
    again = project.run("update")
    assert "up to date" in again.out
    assert project.lock == first
    project.run("update", "--no-cache")
    assert project.lock == first


def test_update_prints_what_it_accepted(project: Project) -> None:
    project.run("update")
    project.write("a.asm", GROWN)
    answer = project.run("update")
    assert "a.asm: 451 -> 579 cycles (+128, +28.38 %, ratio 1.2838)" in answer.out
    assert "195 -> 259 instructions (+64)" in answer.out
    assert "V_ADD_VV +128" in answer.out
    assert "accepted 1 changed, 0 unchanged programs" in answer.out
    assert project.run("check").code == 0


def test_dry_run_writes_nothing(project: Project) -> None:
    answer = project.run("update", "--dry-run")
    assert answer.code == 0
    assert "would accept 1 changed" in answer.out
    assert not (project.folder / "isa-budget.lock.json").exists()
    project.run("update")
    before = project.lock
    project.write("a.asm", GROWN)
    assert "+128" in project.run("update", "--dry-run").out
    assert project.lock == before


def test_only_some_files(project: Project) -> None:
    project.write("b.asm", PROGRAM)
    project.run("update")
    project.write("a.asm", GROWN)
    project.write("b.asm", GROWN)
    answer = project.run("update", "a.asm")
    assert "a.asm: 451 -> 579" in answer.out
    assert "b.asm:" not in answer.out
    assert project.run("check", "a.asm").code == 0
    assert project.run("check", "b.asm").code == 1


def test_a_part_of_the_lock_does_not_change_its_conditions(project: Project) -> None:
    project.write("b.asm", PROGRAM)
    project.run("update")
    before = project.lock
    project.write("isa-budget.yaml", CONFIG.replace("nexys_a7", "nexys_video"))
    answer = project.run("update", "a.asm")
    assert answer.code == 3
    assert "nexys_a7 in the lock, now nexys_video" in answer.err
    assert project.lock == before
    full = project.run("update")
    assert full.code == 0
    assert "board: nexys_a7 in the lock, now nexys_video" in full.out


def test_a_gone_program_leaves_the_lock(project: Project) -> None:
    project.write("b.asm", PROGRAM)
    project.run("update")
    (project.folder / "b.asm").unlink()
    assert "b.asm: removed, was 451 cycles" in project.run("update").out
    assert [p["path"] for p in json.loads(project.lock)["programs"]] == ["a.asm"]


def test_a_damaged_lock_is_replaced_as_a_whole_only(project: Project) -> None:
    project.run("update")
    good = project.lock
    project.write("isa-budget.lock.json", "<<<<<<< HEAD\n")
    assert project.run("update", "a.asm").code == 2
    answer = project.run("update")
    assert answer.code == 0
    assert "E410" in answer.err
    assert project.lock == good


def test_bad_input_leaves_the_lock(project: Project) -> None:
    project.run("update")
    before = project.lock
    project.write("a.asm", "V_NOPE\n")
    assert project.run("update").code == 2
    assert project.lock == before


def test_a_failed_write_leaves_the_lock(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.run("update")
    before = project.lock
    project.write("a.asm", GROWN)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.Path, "replace", fail)
    answer = project.run("update", "--no-cache")
    assert answer.code == 2
    assert "No space left" in answer.err
    assert project.lock == before
    assert list(project.folder.glob(".isa-budget.lock.json.*")) == []


def test_locks_of_two_branches_merge(project: Project) -> None:
    """Two branches that change different kernels of one program: git merges their locks."""
    (project.folder / ".git").rmdir()
    more = "".join(f"; @kernel k{i}\nS_ADDI_INT gp1, gp0, {i}\n; @end\n" for i in range(8))
    project.write("a.asm", more)
    project.write(".gitignore", ".isa-analysis-cache/\n")
    project.run("update")
    git(project.folder, "init", "-q", "-b", "main")
    git(project.folder, "add", ".")
    git(project.folder, "commit", "-qm", "base")
    for branch, kernel in (("one", 1), ("two", 6)):
        git(project.folder, "checkout", "-q", "-b", branch, "main")
        changed = more.replace(
            f"; @kernel k{kernel}\n", f"; @kernel k{kernel}\nV_ADD_VV gp1, gp1, gp1\n"
        )
        project.write("a.asm", changed)
        project.run("update")
        git(project.folder, "commit", "-qam", branch)
    git(project.folder, "merge", "-q", "-m", "both", "one")
    assert project.run("check", "--strict").code == 0
