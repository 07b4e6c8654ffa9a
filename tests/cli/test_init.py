from __future__ import annotations

import pytest
from budget_project import GROWN, PROGRAM, Project, make_project

from isa_analysis.budget.config import load_config

project = pytest.fixture(make_project)


@pytest.fixture
def bare(project: Project) -> Project:
    """The project without its budget."""
    (project.folder / "isa-budget.yaml").unlink()
    project.write("sub/b.asm", PROGRAM)
    return project


def test_every_program_below_on_v80_without_tolerance(bare: Project) -> None:
    answer = bare.run("init")
    assert answer.code == 0, answer
    (entry,) = load_config("isa-budget.yaml").entries
    assert (entry.board, entry.files) == ("v80", ("**/*.asm",))
    for limit in entry.limits:
        assert limit.max_increase is not None
        assert limit.max_increase.amount == 0
    assert bare.run("check", "--strict").code == 0
    bare.write("sub/b.asm", GROWN)
    assert bare.run("check").code == 1
    bare.write("sub/b.asm", PROGRAM)
    bare.write("c.asm", PROGRAM)
    assert bare.run("check").code == 3


def test_named_files_and_board(bare: Project) -> None:
    assert bare.run("init", "sub/b.asm", "--board", "nexys_a7").code == 0
    (entry,) = load_config("isa-budget.yaml").entries
    assert (entry.board, entry.files) == ("nexys_a7", ("sub/b.asm",))


def test_exclude(bare: Project) -> None:
    bare.write("broken/x.asm", "V_NOPE\n")
    answer = bare.run("init")
    assert answer.code == 2
    assert "broken/x.asm:1:1" in answer.err
    assert not (bare.folder / "isa-budget.yaml").exists()
    assert bare.run("init", "--exclude", "broken/*").code == 0
    assert bare.run("check").code == 0


def test_nothing_is_overwritten(bare: Project) -> None:
    bare.run("init")
    bare.write("isa-budget.yaml", "mine")
    answer = bare.run("init")
    assert (answer.code, "E204" in answer.err) == (2, True)
    assert bare.read("isa-budget.yaml") == b"mine"
    assert bare.run("init", "--force").code == 0
    assert bare.run("check").code == 0


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("nowhere.asm",), "E201"),
        (("--board", "v99"), "no board is named 'v99'"),
        (("--exclude", "**/*.asm"), "E404"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_bad_usage(bare: Project, argv: tuple[str, ...], says: str) -> None:
    answer = bare.run("init", *argv)
    assert answer.code == 2
    assert says in answer.err
    assert not (bare.folder / "isa-budget.yaml").exists()


def test_no_programs(bare: Project) -> None:
    for name in ("a.asm", "sub/b.asm"):
        (bare.folder / name).unlink()
    assert "E404" in bare.run("init").err
