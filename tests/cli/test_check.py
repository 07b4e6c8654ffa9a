"""``isa-analysis check``: exit codes, formats, and that it never writes the lock."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from budget_project import CONFIG, GROWN, PROGRAM, ROOT, Project, make_project

project = pytest.fixture(make_project)

FORMATS = ["text", "json", "markdown", "github", "junit", "sarif"]


@pytest.fixture
def locked(project: Project) -> Project:
    """The project with a lock."""
    assert project.run("update").code == 0
    return project


# -- exit codes ------------------------------------------------------------------------------------


def test_within_budget(locked: Project) -> None:
    before = locked.lock
    answer = locked.run("check")
    assert (answer.code, answer.err) == (0, "")
    assert "1 program checked, within budget" in answer.out
    assert locked.lock == before
    assert locked.run("check", "--strict").code == 0


def test_one_instruction_more_in_a_loop(locked: Project) -> None:
    before = locked.lock
    locked.write("a.asm", GROWN)
    answer = locked.run("check")
    assert answer.code == 1
    assert "EXCEEDED no growth: total_cycles of a.asm" in answer.out
    assert "579 cycles, allowed 451 cycles (max_increase: 0): 128 cycles too many" in answer.out
    lines = [line.strip() for line in answer.out.splitlines()]
    at = next(i for i, line in enumerate(lines) if line.startswith("kernel "))
    assert lines[at].endswith("add: +128 cycles, +64 instructions")
    assert lines[at + 1] == "loop 16 x 4 (lines 9-12)"
    assert lines[at + 2] == "V_ADD_VV +1 line, +64 instructions, +128 cycles (lines 10, 11)"
    assert "do: look at the loops first" in lines
    assert locked.lock == before


def test_an_improvement_is_shown_and_passes(locked: Project) -> None:
    locked.write("a.asm", PROGRAM.replace("gp3, 16", "gp3, 15"))
    answer = locked.run("check")
    assert answer.code == 0
    assert "Improvements" in answer.out
    assert "-15" in answer.out
    assert locked.run("check", "--strict").code == 1


def test_added_removed_and_renamed_kernels_are_told_apart(locked: Project) -> None:
    text = PROGRAM.replace("@kernel add", "@kernel plus")
    text = text.replace(
        "; @kernel load", "; @kernel extra\nS_MUL_FP f1, f2, f3\n; @end\n; @kernel load"
    )
    locked.write("a.asm", text)
    out = locked.run("check").out
    assert "Added kernels" in out
    assert "Renamed kernels" in out
    assert "add -> " in out
    assert "Removed kernels" not in out


def test_no_lock(project: Project) -> None:
    answer = project.run("check")
    assert answer.code == 3
    assert "there is no lock" in answer.out
    assert "isa-analysis update" in answer.out
    assert not (project.folder / "isa-budget.lock.json").exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("nexys_a7", "nexys_video", "board: nexys_a7 in the lock, now nexys_video"),
        ("limits:", "set: machine.mlen=128\nlimits:", "now machine.mlen=128"),
        ("limits:", "timing: legacy\nlimits:", "timing: serial in the lock, now legacy"),
        ("limits:", "memory: none\nlimits:", "memory: board in the lock, now none"),
    ],
)
def test_a_changed_model_asks_for_an_update(locked: Project, old: str, new: str, says: str) -> None:
    locked.write("isa-budget.yaml", CONFIG.replace(old, new))
    answer = locked.run("check")
    assert answer.code == 3
    assert says in answer.out
    assert "isa-analysis update" in answer.out
    assert locked.run("update").code == 0
    assert locked.run("check").code == 0


def test_an_edited_board_file_asks_for_an_update(project: Project) -> None:
    board = (ROOT / "board_configs" / "nexys_a7.yaml").read_text()
    project.write("mine.yaml", board)
    project.write("isa-budget.yaml", CONFIG.replace("nexys_a7", "mine.yaml"))
    project.run("update")
    assert project.run("check").code == 0
    project.write("mine.yaml", board.replace("vector_add_cycles: 2", "vector_add_cycles: 3"))
    answer = project.run("check")
    assert answer.code == 3
    assert "board mine.yaml changed: sha256" in answer.out


def test_another_tool_asks_for_an_update(locked: Project) -> None:
    value = json.loads(locked.lock)
    text = locked.lock.decode().replace(value["isa_table"], "0" * 64)
    locked.write("isa-budget.lock.json", text)
    answer = locked.run("check")
    assert answer.code == 3
    assert "tool: the instruction table changed" in answer.out


@pytest.mark.parametrize(
    ("setup", "argv", "says"),
    [
        (lambda p: (p.folder / "isa-budget.yaml").unlink(), (), "E401"),
        (lambda p: p.write("pyproject.toml", "[tool.isa-analysis.budget]\n"), (), "E402"),
        (lambda p: p.write("isa-budget.yaml", "version: 2\n"), (), "isa-budget.yaml:1:10"),
        (lambda p: p.write("isa-budget.yaml", "a: [\n"), (), "E100"),
        (lambda p: p.write("isa-budget.lock.json", "{"), (), "E410"),
        (lambda p: p.write("isa-budget.lock.json", '{"format": "isa-budget-lock"}'), (), "E411"),
        (lambda p: p.write("a.asm", "V_NOPE gp1\n"), (), "a.asm:1:1"),
        (lambda p: (p.folder / "a.asm").unlink(), (), "E404"),
        (lambda p: None, ("nowhere.asm",), "E405"),
        (lambda p: None, ("--config", "nowhere.yaml"), "E107"),
        (lambda p: p.write("isa-budget.yaml", CONFIG + "  k: {kernel: x, max: 1}\n"), (), "E406"),
        (lambda p: None, ("--tolerance", "fast"), "--tolerance"),
        (lambda p: None, ("--format", "pdf"), "--format"),
        (lambda p: None, ("--fail-on", "never"), "--fail-on"),
        (lambda p: None, ("--nonsense",), "--nonsense"),
        (lambda p: None, ("-o", "nowhere/x"), "E203"),
    ],
)  # fmt: skip
def test_bad_usage_and_input(
    project: Project, setup: object, argv: tuple[str, ...], says: str
) -> None:
    setup(project)  # type: ignore[operator]
    answer = project.run("check", *argv)
    assert answer.code == 2, answer
    assert says in answer.err
    assert "Traceback" not in answer.err


def test_fail_on_warn(locked: Project) -> None:
    locked.write("isa-budget.yaml", CONFIG + "    severity: warn\n")
    locked.write("a.asm", GROWN)
    assert locked.run("check").code == 0
    assert locked.run("check", "--fail-on", "warn").code == 1


def test_tolerance(locked: Project) -> None:
    locked.write("a.asm", GROWN)
    assert locked.run("check", "--tolerance", "127 cycles").code == 1
    assert locked.run("check", "--tolerance", "128 cycles").code == 0
    assert locked.run("check", "--tolerance", "29%").code == 0


def test_only_some_files(locked: Project) -> None:
    locked.write("b.asm", PROGRAM)
    locked.run("update")
    locked.write("b.asm", GROWN)
    assert locked.run("check", "a.asm").code == 0
    assert locked.run("check", "b.asm").code == 1
    assert locked.run("check").code == 1


def test_from_a_folder_below(locked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (locked.folder / "inner").mkdir()
    monkeypatch.chdir(locked.folder / "inner")
    assert locked.run("check").code == 0
    assert locked.run("check", "../a.asm").code == 0
    locked.write("a.asm", "V_NOPE\n")
    assert "../a.asm:1:1" in locked.run("check").err


def test_a_budget_in_pyproject(project: Project) -> None:
    (project.folder / "isa-budget.yaml").unlink()
    project.write(
        "pyproject.toml",
        '[tool.isa-analysis.budget]\nversion = 1\nboard = "nexys_a7"\n'
        'programs.all.files = "*.asm"\nlimits.growth.max_increase = 0\n',
    )
    assert project.run("update").code == 0
    assert project.run("check").code == 0
    project.write("a.asm", GROWN)
    assert project.run("check").code == 1


def test_one_file_on_two_boards(project: Project) -> None:
    two = CONFIG.replace("limits:", '  video:\n    files: "*.asm"\n    board: nexys_video\nlimits:')
    project.write("isa-budget.yaml", two)
    project.run("update")
    project.write("a.asm", GROWN)
    answer = project.run("check")
    assert answer.code == 1
    assert "a.asm [video]" in answer.out
    assert "2 programs checked, 2 limits exceeded" in answer.out


# -- the cache -------------------------------------------------------------------------------------


def test_answers_do_not_depend_on_the_cache(locked: Project) -> None:
    locked.write("a.asm", GROWN)
    fresh = locked.run("check", "--no-cache")
    assert locked.run("check") == fresh
    assert locked.run("check") == fresh
    for file in (locked.folder / ".isa-analysis-cache").glob("*.json"):
        file.write_text("nonsense")
    assert locked.run("check") == fresh


def test_no_cache_writes_none(project: Project) -> None:
    project.run("check", "--no-cache")
    assert not (project.folder / ".isa-analysis-cache").exists()


# -- formats ---------------------------------------------------------------------------------------


def _reports(project: Project) -> dict[str, str]:
    return {name: project.run("check", "--format", name).out for name in FORMATS}


def test_every_format_says_the_same(locked: Project) -> None:
    locked.write("a.asm", GROWN)
    for name, out in _reports(locked).items():
        plain = out.replace("\\_", "_").replace("%0A", "\n")
        for fact in ("no growth", "128", "V_ADD_VV", "look at the loops first"):
            assert fact in plain, (name, fact)
        if name != "json":
            assert "loop 16 x 4 (lines 9-12)" in plain, name


def test_every_format_tells_what_cannot_be_compared(locked: Project) -> None:
    locked.write("isa-budget.yaml", CONFIG.replace("nexys_a7", "nexys_video"))
    for name, out in _reports(locked).items():
        assert "nexys_a7 in the lock, now nexys_video" in out.replace("\\_", "_"), name


def test_json(locked: Project) -> None:
    locked.write("a.asm", GROWN)
    value = json.loads(locked.run("check", "--format", "json").out)
    assert (value["format"], value["format_version"], value["exit_code"]) == (
        "isa-analysis-check", 1, 1,
    )  # fmt: skip
    (finding,) = value["findings"]
    assert (finding["value"], finding["allowed"], finding["locked"], finding["excess"]) == (
        579, 451, 451, 128,
    )  # fmt: skip
    (loop,) = finding["causes"][0]["loops"]
    assert loop["new_trips"] == [16, 4]
    assert loop["opcodes"][0]["delta_cycles"] == 128
    assert value["programs"][0]["delta"]["delta_cycles"] == 128


def test_junit(locked: Project) -> None:
    locked.write("b.asm", PROGRAM)
    locked.run("update")
    locked.write("a.asm", GROWN)
    root = ET.fromstring(locked.run("check", "--format", "junit").out)
    cases = list(root.iter("testcase"))
    assert [(c.get("file"), c.find("failure") is not None) for c in cases] == [
        ("a.asm", True), ("b.asm", False),
    ]  # fmt: skip
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "0")
    locked.write("isa-budget.yaml", CONFIG.replace("nexys_a7", "nexys_video"))
    root = ET.fromstring(locked.run("check", "--format", "junit").out)
    assert (root.get("failures"), root.get("errors")) == ("0", "2")


def test_sarif(locked: Project) -> None:
    locked.write("a.asm", GROWN)
    log = json.loads(locked.run("check", "--format", "sarif").out)
    (run,) = log["runs"]
    (result,) = run["results"]
    assert (log["version"], result["ruleId"], result["level"]) == ("2.1.0", "no growth", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "no growth"
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a.asm"}, "region": {"startLine": 9}}


def test_github(locked: Project) -> None:
    locked.write("a.asm", GROWN)
    first, *_ = locked.run("check", "--format", "github").out.splitlines()
    assert first.startswith("::error file=a.asm,line=9,title=no growth%3A total_cycles of a.asm::")


def test_hostile_names_stay_inside_their_format(project: Project) -> None:
    name = 'x|y<b>&"`::error::`%0A'
    project.write("isa-budget.yaml", CONFIG.replace("no growth", json.dumps(name)))
    project.write("a.asm", PROGRAM)
    project.run("update")
    project.write("a.asm", GROWN.replace("; @kernel add", "; @kernel add\x1b]0;|`<i>"))
    reports = _reports(project)
    assert all("\x1b" not in out for out in reports.values())
    json.loads(reports["json"])
    json.loads(reports["sarif"])
    ET.fromstring(reports["junit"])
    assert "<b>" not in reports["markdown"].replace("\\<b\\>", "")
    tables = [line for line in reports["markdown"].splitlines() if line.startswith("|")]
    assert all(line.replace("\\|", "").count("|") == 8 for line in tables), tables
    assert sum(line.startswith("::error ") for line in reports["github"].splitlines()) == 1


def test_output_file(locked: Project) -> None:
    assert locked.run("check", "--format", "junit", "-o", "report.xml").out == ""
    ET.fromstring(locked.read("report.xml"))


def test_github_summary(locked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = locked.write("summary.md", "earlier\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    answer = locked.run("check", "--format", "github", "--github-summary")
    text = summary.read_text()
    assert text.startswith("earlier\n### Cost budgets: 1 program checked, within budget")
    assert "###" not in answer.out
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert "### Cost budgets" in locked.run("check", "--github-summary").out
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(locked.folder))
    assert locked.run("check", "--github-summary").code == 2


def test_a_summary_never_exceeds_what_it_may_hold(
    locked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = locked.write("summary.md", "x" * ((1 << 20) - 300))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    locked.run("check", "--github-summary")
    assert summary.stat().st_size <= 1 << 20


# -- speed, concurrency ----------------------------------------------------------------------------


def _command(*argv: str) -> list[str]:
    return [sys.executable, "-m", "isa_analysis", *argv]


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_fifty_files_take_little_time_and_no_pandas(project: Project) -> None:
    for number in range(50):
        project.write(f"p{number}.asm", PROGRAM.replace("gp3, 16", f"gp3, {number + 1}"))
    project.run("update", "--no-cache")
    code = (
        "import sys, time\n"
        "from isa_analysis.cli.app import main\n"
        "code = main(['check', '--no-cache'])\n"
        "print(code, 'pandas' in sys.modules, time.process_time(), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project.folder, env=_environment(),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    exit_code, pandas, seconds = done.stderr.split()
    assert (exit_code, pandas) == ("0", "False")
    assert float(seconds) < 2.0


def test_concurrent_checks_agree(locked: Project) -> None:
    locked.write("b.asm", GROWN)
    locked.run("update", "--no-cache")
    before = locked.lock
    running = [
        subprocess.Popen(
            _command("check"), cwd=locked.folder, env=_environment(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    answers = {(*process.communicate(timeout=60), process.returncode) for process in running}
    assert len(answers) == 1
    ((_, err, code),) = answers
    assert (err, code) == ("", 0)
    assert locked.lock == before
    left = [f.name for f in (locked.folder / ".isa-analysis-cache").iterdir() if ".json." in f.name]
    assert left == []


@pytest.mark.parametrize("delay", [0.05, 0.2, 0.3, 0.35, 0.4, 0.45])
def test_a_killed_update_leaves_a_whole_lock(locked: Project, delay: float) -> None:
    before = locked.lock
    locked.write("a.asm", GROWN)
    process = subprocess.Popen(
        _command("update", "--no-cache"), cwd=locked.folder, env=_environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(delay)
    process.kill()
    process.wait(timeout=30)
    after = locked.lock
    assert after == before or locked.run("check").code == 0


def test_an_update_killed_before_it_renames_leaves_the_old_lock(locked: Project) -> None:
    before = locked.lock
    locked.write("a.asm", GROWN)
    code = (
        "import os, sys\n"
        "from isa_analysis import output\n"
        "output.Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "from isa_analysis.cli.app import main\n"
        "main(['update', '--no-cache'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=locked.folder, env=_environment(), check=False,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == -9
    assert locked.lock == before
    assert locked.run("check").code == 1
    assert locked.run("update").code == 0
    assert locked.run("check").code == 0


def test_the_lock_is_replaced_not_rewritten(locked: Project) -> None:
    """A reader that opened the old lock keeps it whole: the new one is another file."""
    path = locked.folder / "isa-budget.lock.json"
    before = locked.lock
    with path.open("rb") as reader:
        locked.write("a.asm", GROWN)
        locked.run("update")
        assert reader.read() == before
    assert locked.lock != before
    assert [f.name for f in Path(locked.folder).glob(".isa-budget.lock.json.*")] == []
