from __future__ import annotations

from pathlib import Path

import pytest
from budget_project import Project, budget_of, make_project

from isa_analysis.budget.discover import find_programs, match_files, translate
from isa_analysis.diagnostics import InputError

project = pytest.fixture(make_project)

TREE = ["a.asm", "b.asm", "x/c.asm", "x/y/d.asm", "x/y/e.txt", ".hidden/f.asm", "x/.g.asm"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TREE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.asm", {"a.asm", "b.asm"}),
        ("**/*.asm", {"a.asm", "b.asm", "x/c.asm", "x/y/d.asm"}),
        ("x/**/*.asm", {"x/c.asm", "x/y/d.asm"}),
        ("x/**", {"x/c.asm", "x/y/d.asm", "x/y/e.txt"}),
        ("x/*.asm", {"x/c.asm"}),
        ("./a.asm", {"a.asm"}),
        ("x/../a.asm", {"a.asm"}),
        ("[ab].asm", {"a.asm", "b.asm"}),
        ("[!a].asm", {"b.asm"}),
        ("?.asm", {"a.asm", "b.asm"}),
        (".hidden/*.asm", {".hidden/f.asm"}),
        ("x/.*.asm", {"x/.g.asm"}),
        ("[z-a].asm", set()),
        ("c.asm", set()),
        ("x", set()),
        ("nowhere/*.asm", set()),
    ],
)
def test_patterns(tree: Path, pattern: str, found: set[str]) -> None:
    assert match_files(tree, pattern) == found


def test_a_link_to_a_folder_is_not_followed(tree: Path) -> None:
    (tree / "x" / "loop").symlink_to(tree, target_is_directory=True)
    assert match_files(tree, "**/*.asm") == {"a.asm", "b.asm", "x/c.asm", "x/y/d.asm"}


def test_patterns_take_their_characters_literally() -> None:
    assert translate("a+b(1).asm").fullmatch("a+b(1).asm")
    assert not translate("a.asm").fullmatch("aXasm")


def _budget(files: str, exclude: str = "[]") -> str:
    return (
        f"version: 1\nboard: v80\nprograms:\n  p:\n    files: {files}\n    exclude: {exclude}\n"
        "limits: {l: {max: 1}}\n"
    )


def test_exclude(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    jobs = find_programs(budget_of(_budget('"**/*.asm"', '["x/**", b.asm]')))
    assert [job.path for job in jobs] == ["a.asm"]


def test_a_pattern_without_a_file_is_an_error(project: Project) -> None:
    with pytest.raises(InputError) as caught:
        find_programs(budget_of(_budget("[a.asm, nope*.asm, /abs/*.asm]")))
    first, second = caught.value.diagnostics
    assert (first.code, first.line, first.column) == ("E404", 5, 12)
    assert "nope*.asm" in first.message
    assert "absolute" in second.message


def test_only_some_files(project: Project) -> None:
    project.write("b.asm", "")
    budget = budget_of(_budget('"*.asm"'))
    assert [job.path for job in find_programs(budget, ["./b.asm"])] == ["b.asm"]
    assert [job.path for job in find_programs(budget, [str(project.folder / "b.asm")])] == ["b.asm"]
    with pytest.raises(InputError, match="E405") as caught:
        find_programs(budget, ["a.asm", "other.asm", "more.asm"])
    assert [d.path for d in caught.value.diagnostics] == ["other.asm", "more.asm"]
