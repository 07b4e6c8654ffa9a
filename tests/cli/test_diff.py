from __future__ import annotations

import gzip
import json

import pytest
from budget_project import GROWN, PROGRAM, Project, git, make_project

project = pytest.fixture(make_project)

ON = ("--board", "nexys_a7")


@pytest.fixture
def pair(project: Project) -> Project:
    """The project with two programs."""
    project.write("b.asm", GROWN)
    return project


def test_two_assembly_files(pair: Project) -> None:
    answer = pair.run("diff", "a.asm", "b.asm", *ON)
    assert (answer.code, answer.err) == (0, "")
    for text in (
        "451 -> 579 cycles (+128, +28.38 %, ratio 1.2838)",
        "Regressions",
        "V_ADD_VV +1 line, +64 instructions, +128 cycles (lines 10, 11)",
        "@@ -11 +11 @@\n+V_ADD_VV gp1, gp1, gp1",
        "2.000",
    ):
        assert text in answer.out
    back = pair.run("diff", "b.asm", "a.asm", *ON)
    assert "Improvements" in back.out
    assert "-V_ADD_VV gp1, gp1, gp1" in back.out


@pytest.mark.parametrize("timing", ["serial", "in-order"])
def test_the_models_of_costed_assembly_are_named(pair: Project, timing: str) -> None:
    note = f"assembly is costed on nexys_a7, timing {timing}, memory charge"
    text = pair.run("diff", "a.asm", "b.asm", *ON, "--timing", timing).out
    assert text.splitlines()[1] == f"note: {note}"
    document = json.loads(
        pair.run("diff", "a.asm", "b.asm", *ON, "--timing", timing, "--format", "json").out
    )
    assert document["notes"] == [note]


def test_equal_files(pair: Project) -> None:
    pair.write("c.asm", PROGRAM.replace(", ", ",  ") + "; a comment\n")
    assert "no difference in cost" in pair.run("diff", "a.asm", "c.asm", *ON).out


def test_json(pair: Project) -> None:
    value = json.loads(pair.run("diff", "a.asm", "b.asm", *ON, "--format", "json").out)
    (program,) = value["programs"]
    assert (program["delta_cycles"], program["opcodes"][0]["mnemonic"]) == (128, "V_ADD_VV")
    assert value["first_differing_lines"][0]["new"] == ["V_ADD_VV gp1, gp1, gp1"]


def test_markdown(pair: Project) -> None:
    out = pair.run("diff", "a.asm", "b.asm", *ON, "--format", "markdown", "-o", "d.md").out
    assert out == ""
    text = pair.read("d.md").decode()
    assert "| V\\_ADD\\_VV |" in text
    assert "```diff\n@@ -11 +11 @@\n+V_ADD_VV" in text


def test_two_json_profiles(pair: Project) -> None:
    for name in "ab":
        pair.run("profile", f"{name}.asm", *ON, "--format", "json", "-o", f"{name}.json")
    out = pair.run("diff", "a.json", "b.json").out
    assert "451 -> 579 cycles" in out
    assert "V_ADD_VV" in out
    assert "add" in out


def test_profiles_of_two_boards_are_noted(pair: Project) -> None:
    pair.run("profile", "a.asm", *ON, "--format", "json", "-o", "a.json")
    pair.run("profile", "a.asm", "--board", "nexys_video", "--format", "json", "-o", "v.json")
    out = pair.run("diff", "a.json", "v.json").out
    assert "note: costed for board nexys_a7" in out
    assert "note: costed for board nexys_video" in out


def test_two_locks(pair: Project) -> None:
    pair.run("update")
    pair.write("old.json", pair.lock.decode())
    pair.write("a.asm", GROWN)
    (pair.folder / "b.asm").unlink()
    pair.write("c.asm", PROGRAM)
    pair.run("update")
    out = pair.run("diff", "old.json", "isa-budget.lock.json").out
    assert "a.asm [all]: 451 -> 579 cycles" in out
    assert "b.asm [all]: removed" in out
    assert "c.asm [all]: new" in out
    assert "loop 16 x 4" in out


@pytest.fixture
def history(project: Project) -> Project:
    """A repository whose last commit grew a.asm; zipped and lock copies are in it too."""
    (project.folder / ".git").rmdir()
    git(project.folder, "init", "-q")
    for text in (PROGRAM, GROWN):
        project.write("a.asm", text)
        (project.folder / "z.asm.gz").write_bytes(gzip.compress(text.encode()))
        project.run("update", "--no-cache")
        git(project.folder, "add", "-A")
        git(project.folder, "commit", "-qm", "x")
    return project


@pytest.mark.parametrize(
    "argv",
    [
        ("HEAD~1:", "a.asm"),
        ("HEAD~1:a.asm", "a.asm"),
        ("HEAD~1: a.asm", "a.asm"),
        ("HEAD~1:a.asm",),
        ("HEAD~1: a.asm",),
        ("HEAD~1:a.asm", "HEAD:a.asm"),
        ("HEAD~1:a.asm", "HEAD:"),
        ("HEAD~1:", "HEAD:a.asm"),
        ("HEAD~1:z.asm.gz",),
        ("HEAD~1:isa-budget.lock.json",),
    ],
)
def test_git_revisions(history: Project, argv: tuple[str, ...]) -> None:
    answer = history.run("diff", *argv, *ON)
    assert answer.code == 0, answer
    assert "451 -> 579 cycles" in answer.out
    assert "V_ADD_VV" in answer.out


def test_a_revision_from_a_folder_below(history: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (history.folder / "inner").mkdir()
    monkeypatch.chdir(history.folder / "inner")
    assert "451 -> 579" in history.run("diff", "HEAD~1:../a.asm", *ON).out
    absolute = str(history.folder / "a.asm")
    assert "451 -> 579" in history.run("diff", "HEAD~1:", absolute, *ON).out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("nowhere.asm", "a.asm"), "E201"),
        (("a.asm",), "E421"),
        (("HEAD~9:a.asm", "a.asm"), "E420"),
        (("HEAD:nowhere.asm", "a.asm"), "E420"),
        (("--", "--output=x:a.asm", "a.asm"), "E420"),
        (("bad.json", "bad.json"), "E421"),
        (("list.json", "list.json"), "E421"),
        (("lock.json", "lock.json"), "E411"),
        (("a.asm", "broken.asm"), "broken.asm:1:1"),
        ((), "Missing argument"),
        (("a.asm", "a.asm", "--board", "v99"), "E107"),
    ],
)
def test_bad_usage_and_input(history: Project, argv: tuple[str, ...], says: str) -> None:
    history.write("bad.json", "{")
    history.write("list.json", "[]")
    history.write("lock.json", '{"format": "isa-budget-lock"}')
    history.write("broken.asm", "V_NOPE\n")
    answer = history.run("diff", *argv)
    assert answer.code == 2
    assert says in answer.err
    assert "Traceback" not in answer.err


def test_long_common_tails_are_no_difference(pair: Project) -> None:
    tail = "".join(f"S_ADDI_INT gp1, gp0, {i}\n" for i in range(2000))
    pair.write("a.asm", PROGRAM + tail)
    pair.write("b.asm", GROWN + tail)
    out = pair.run("diff", "a.asm", "b.asm", *ON).out
    assert out.count("@@") == 2
