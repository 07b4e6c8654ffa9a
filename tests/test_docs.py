"""README.md, CONTRIBUTING.md and docs/ against the tool: what they show is what it does.

Checked are ``console`` blocks (a command and its output), commands in ``sh`` blocks, ``python``
blocks, and the lists of diagnostic codes and JSON keys.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import shlex
from pathlib import Path

import pytest
import typer
from support import keys_of

from isa_analysis.cli.app import application, completed, main

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SETUP = "python3 -m venv .venv && "


@pytest.fixture(autouse=True)
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents' commands are for the root of the checkout, with no variables set."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("ISA_ANALYSIS_BOARD", raising=False)
    monkeypatch.delenv("PLENA_LATENCY_PROFILE", raising=False)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of ``language`` on ``page``."""
    text = page.read_text(encoding="utf-8")
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    return [block for name, block in fences if name == language]


def numbered(language: str) -> list[object]:
    """One parameter per block of ``language`` on any page."""
    return [
        pytest.param(block, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks(page, language), 1)
    ]


# -- what the tool prints -------------------------------------------------------------------------


def shows(excerpt: str, output: str) -> str:
    """The first line of ``excerpt`` that ``output`` does not bear out; empty when all is well.

    Column widths and rules do not count. A line ``...`` stands for any lines, ``...`` within a line
    for any text; the excerpt must otherwise be the whole output.
    """
    lines = [line for line in map(_plain, output.splitlines()) if line]
    at, anywhere = 0, False
    for line in filter(None, map(_plain, excerpt.splitlines())):
        if line == "...":
            anywhere = True
            continue
        wanted = re.compile(".*".join(map(re.escape, line.split("..."))))
        places = range(at, len(lines)) if anywhere else range(at, min(at + 1, len(lines)))
        found = next((i for i in places if wanted.fullmatch(lines[i])), None)
        if found is None:
            return line
        at, anywhere = found + 1, False
    return "" if anywhere or at == len(lines) else f"(the end, before {lines[at]!r})"


def _plain(line: str) -> str:
    words = line.split()
    return "" if all(set(word) == {"-"} and len(word) > 1 for word in words) else " ".join(words)


@pytest.mark.parametrize("block", numbered("console"))
def test_the_tool_prints_what_is_shown(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    prompt, _, excerpt = block.partition("\n")
    program, *arguments = shlex.split(prompt.removeprefix("$ "))
    assert program == "isa-analysis"
    main(arguments)
    captured = capsys.readouterr()
    assert not (wrong := shows(excerpt, captured.out + captured.err)), wrong


def test_the_readme_shows_output() -> None:
    shown = "\n".join(blocks(ROOT / "README.md", "console"))
    assert len(blocks(ROOT / "README.md", "console")) >= 4
    assert "Total    622,188 cycles" in shown


@pytest.mark.parametrize(
    ("excerpt", "fits"),
    [
        ("a  1\nb  2", True),
        ("a 1", False),
        ("a 1\n...", True),
        ("...\nb 2", True),
        ("b 2", False),
        ("a 1\nb 3", False),
        ("a ...\nb 2", True),
        ("...\na 1\na 1\n...", False),
    ],
)
def test_excerpts_are_compared(excerpt: str, fits: bool) -> None:
    assert (shows(excerpt, "a 1\n---  ---\n\nb    2\n") == "") is fits


# -- commands -------------------------------------------------------------------------------------


def command_lines() -> list[object]:
    """The isa-analysis commands in ``sh`` blocks and in unmarked ones."""
    return [
        pytest.param(line, id=f"{page.stem}: {line}")
        for page in PAGES
        for block in (*blocks(page, "sh"), *blocks(page, ""))
        for line in block.splitlines()
        if line.startswith("isa-analysis ")
    ]


@pytest.mark.parametrize("line", command_lines())
def test_commands_and_options_exist(line: str) -> None:
    words = completed(shlex.split(re.split(r"[|>]", line, maxsplit=1)[0])[1:])
    command = typer.main.get_command(application())
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        command, words = command.commands[words[0]], words[1:]
    known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
    assert {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)} <= known


def setup_commands() -> list[str]:
    return [
        line
        for block in blocks(ROOT / "README.md", "sh")
        for line in block.splitlines()
        if line.startswith(SETUP)
    ]


def test_there_are_two_setup_commands(capsys: pytest.CaptureFixture[str]) -> None:
    run, test = setup_commands()
    program, *arguments = shlex.split(run.rpartition(" && ")[2])
    assert program == ".venv/bin/isa-analysis"
    assert main(arguments) == 0
    assert "622,188 cycles" in capsys.readouterr().out
    assert test.endswith(" && .venv/bin/pytest -n auto")
    assert "pip install -q -e '.[dev]'" in test


def test_ci_runs_the_tests_as_the_readme_does() -> None:
    script = ROOT / ".ci" / "run"
    if not script.is_file():
        pytest.skip("a source archive has no .ci folder")
    assert script.stat().st_mode & 0o111
    command = setup_commands()[1].rpartition("/")[2]
    assert f"\n{command}\n" in script.read_text(encoding="utf-8")


# -- Python ---------------------------------------------------------------------------------------


def run_python(code: str, names: dict[str, object]) -> list[tuple[str, str]]:
    """Run ``code`` in ``names``; for each expression (also in a ``try``) that ends with a comment,
    the comment and what the expression printed, or its value."""
    lines = code.splitlines()
    checked = []
    for statement in ast.parse(code).body:
        printed = io.StringIO()
        value: object = None
        with contextlib.redirect_stdout(printed):
            if isinstance(statement, ast.Expr):
                value = eval(compile(ast.Expression(statement.value), "<docs>", "eval"), names)
            else:
                exec(compile(ast.Module([statement], []), "<docs>", "exec"), names)
        its_lines = "\n".join(lines[statement.lineno - 1 : statement.end_lineno])
        comments = re.findall(r" {2,}# (.+)$", its_lines, flags=re.MULTILINE)
        if comments and isinstance(statement, ast.Expr | ast.Try):
            text = printed.getvalue().strip() if value is None else str(value)
            checked.append((" ".join(comments), text))
    return checked


@pytest.mark.parametrize(
    "page", [p for p in PAGES if blocks(p, "python")], ids=lambda page: page.stem
)
def test_python_examples_run(page: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        for expected, found in run_python(block, names):
            assert found == expected


def test_python_examples_are_compared() -> None:
    assert run_python("x = 2\nprint(x)  # 3\nx + 1  # 3\n", {}) == [("3", "2"), ("3", "3")]


# -- lists ----------------------------------------------------------------------------------------


def codes_in_the_code() -> dict[str, set[str]]:
    """Diagnostic code -> the modules that raise it, as paths inside the package."""
    package = ROOT / "isa_analysis"
    places: dict[str, set[str]] = {}
    for file in package.rglob("*.py"):
        for code in re.findall(r'"([EWN]\d{3})"', file.read_text(encoding="utf-8")):
            places.setdefault(code, set()).add(file.relative_to(package).as_posix())
    return places


def test_every_diagnostic_code_is_listed() -> None:
    raised = codes_in_the_code()
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([EWN]\d{3}) \|.*\| (.+) \|$", text, flags=re.MULTILINE))
    missing = {code: sorted(raised[code]) for code in sorted(raised) if code not in rows}
    assert not missing, "CONTRIBUTING.md lacks these codes"
    for code, listed in rows.items():
        for place in re.findall(r"`(.+?)`", listed):
            there = any(file.startswith(place) for file in raised.get(code, ()))
            assert there, f"{code} is not raised in {place}"


def test_every_package_is_on_the_map() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    packages = {file.parent.name for file in (ROOT / "isa_analysis").glob("*/__init__.py")}
    assert packages >= {"assembly", "profiling", "views"}
    missing = {name for name in packages if f"`isa_analysis/{name}`" not in text}
    assert not missing, "CONTRIBUTING.md says nothing about these packages"


def test_every_program_code_is_explained() -> None:
    text = (ROOT / "docs" / "assembly.md").read_text(encoding="utf-8")
    listed = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"^\| ([EW]0\d\d|W3\d\d) \|", listed, flags=re.MULTILINE))
    assert len(codes) > 15
    assert codes <= set(re.findall(r"[EW]\d{3}", text))


def test_every_json_key_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    samples = ["sample_asm/decoder.asm", "sample_asm/decode_step.asm"]
    assert main([*samples, "--board", "nexys_video", "-q", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert main([samples[1], "--timing", "in-order", "--bottleneck", "-q", "--format", "json"]) == 0
    everything = keys_of(document) | keys_of(json.loads(capsys.readouterr().out))
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", text, flags=re.MULTILINE)
    first = {name for cells, _ in rows for name in re.findall(r"`(\w+)`", cells)}
    named = first | {name for _, cells in rows for name in re.findall(r"`(\w+)`", cells)}
    assert everything <= named
    assert first <= everything, "documented, but not there"
    totals = document["totals"]["total_cycles"]
    assert totals == sum(row["cycles"] for row in document["opcodes"])
    assert totals == sum(row["cycles"] for row in document["categories"])
    assert totals == sum(row["total_cycles"] for row in document["kernels"])


def test_links_between_documents_lead_somewhere() -> None:
    links = [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert len(links) > 10
    assert not [(page.name, t) for page, t in links if not (page.parent / t).exists()]
