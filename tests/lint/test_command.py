"""``isa-analysis lint``: formats, exit codes, options, rule documentation."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from isa_analysis.cli.app import main
from isa_analysis.lint import RULES

Lint = Callable[..., tuple[int, str, str]]

BAD = "S_ADDI_INT gp1, gp0, 32\n  V_EXP_V gp0, gp1, 0\n"
FINE = "S_ADDI_INT gp1, gp0, 64\nV_EXP_V gp1, gp1, 0\n"
NOTE = "S_ADDI_INT gp0, gp0, 0\n"


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Lint:
    """Runs the command; gives exit code, output, errors."""
    monkeypatch.delenv("ISA_ANALYSIS_BOARD", raising=False)

    def run(*argv: object) -> tuple[int, str, str]:
        code = main(["lint", *map(str, argv)])
        out = capsys.readouterr()
        assert "Traceback" not in out.out + out.err
        return code, out.out, out.err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def make(text: str, name: str = "a.asm") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return make


def test_exit_codes(lint: Lint, file: Callable[..., Path]) -> None:
    assert lint(file(FINE))[:2] == (0, "nothing to report in 1 file\n")
    assert lint(file(NOTE))[0] == 0
    assert lint(file(BAD))[0] == 1
    assert lint(file(BAD), "--ignore", "L009")[0] == 0
    assert lint(file("M_MMM 0, gp1, gp2\n"))[0] == 2
    assert lint("nowhere.asm")[0] == 2
    assert lint()[0] == 2
    assert lint(file(FINE), "--board", "v81")[0] == 2


def test_text(lint: Lint, file: Callable[..., Path]) -> None:
    path = file(BAD)
    code, out, err = lint(path)
    assert (code, err) == (1, "")
    assert out == (
        f"{path}:2:3: error[L009]: vs1: address 32 is 32 elements into a row of VLEN = 64\n"
        "      V_EXP_V gp0, gp1, 0\n"
        "      ^\n"
        "  fault: vram address not a multiple of VLEN (pc 1) stops the program after "
        "1 instruction\n"
        "  registers: gp1 = 32\n"
        "1 error in 1 file\n"
    )


def test_json(lint: Lint, file: Callable[..., Path]) -> None:
    loop = "C_LOOP_START gp9, 4\nV_EXP_V gp1, gp1, 0\nS_ADDI_INT gp1, gp1, 32\nC_LOOP_END gp9\n"
    path = file(loop)
    code, out, _ = lint(path, "--format", "json", "--select", "L0")
    document = json.loads(out)
    assert code == 1
    assert (document["format"], document["format_version"]) == ("isa-analysis-lint", 1)
    (report,) = document["files"]
    assert (report["path"], report["dialect"], report["errors"]) == (str(path), "plena", 1)
    (found,) = document["findings"]
    assert found["path"] == str(path)
    assert found["rule"] == "L009"
    assert (found["line"], found["column"], found["pc"]) == (2, 1, 1)
    assert found["executed_before"] == 4
    assert found["iteration"] == [{"line": 1, "iteration": 2, "of": 4}]
    assert found["values"] == {"gp1": 32}
    assert found["fault"] == "vram address not a multiple of VLEN (pc 1)"
    assert found["first_fault"] is True


def test_github(lint: Lint, file: Callable[..., Path]) -> None:
    path = file(BAD)
    out = lint(path, "--format", "github")[1].splitlines()
    assert out[0].startswith(f"::error file={path},line=2,col=3,title=L009 ")
    assert "%0Afault: vram address" in out[0]
    assert lint(file(NOTE), "--format", "github")[1].startswith("::notice file=")


def test_sarif(lint: Lint, file: Callable[..., Path]) -> None:
    code, out, _ = lint(file(BAD), file(NOTE, "b.asm"), "--format", "sarif")
    log = json.loads(out)
    assert (code, log["version"]) == (1, "2.1.0")
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    results = run["results"]
    assert [rules[r["ruleIndex"]] for r in results] == [r["ruleId"] for r in results]
    assert [r["level"] for r in results] == ["error", "note"]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 2, "startColumn": 3}
    assert place["artifactLocation"]["uri"].endswith("a.asm")
    assert results[0]["properties"] == {"executedBefore": 1, "firstFault": True, "pc": 1}


@pytest.mark.parametrize("format", ["json", "github", "sarif"])
def test_a_text_that_is_no_program_is_reported_too(
    lint: Lint, file: Callable[..., Path], format: str
) -> None:
    code, out, _ = lint(file(BAD), file("S_ADDI gp1\n", "b.asm"), "--format", format)
    assert code == 2
    assert "E002" in out
    assert "L009" in out


def test_text_of_unreadable_input_goes_to_stderr(lint: Lint, file: Callable[..., Path]) -> None:
    code, out, err = lint(file(BAD), file("S_ADDI gp1\n", "b.asm"))
    assert (code, out) == (2, "")
    assert "error[L009]" in err
    assert "b.asm:1:1: error[E002]" in err


def test_malformed_loops_are_findings(lint: Lint, file: Callable[..., Path]) -> None:
    code, out, err = lint(file("C_LOOP_START gp1, 0\nC_LOOP_END gp1\n"))
    assert (code, err) == (1, "")
    assert "error[L001]" in out


def test_standard_input(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b"C_LOOP_END gp1\n")

    monkeypatch.setattr("sys.stdin", Stdin())
    code, out, _ = lint("-")
    assert code == 1
    assert "<stdin>:1:1: error[L002]" in out
    assert lint("-", "-")[0] == 2


def test_select_and_ignore(lint: Lint, file: Callable[..., Path]) -> None:
    path = file(BAD + NOTE)
    both = lint(path)[1]
    assert "L009" in both
    assert "L205" in both
    assert "L205" not in lint(path, "--select", "L0,L1")[1]
    assert "L009" not in lint(path, "--ignore", "L009")[1]
    assert lint(path, "--select", "L2", "--ignore", "L205")[1].startswith("nothing")
    for wrong in ("X1", "L999", "", "L009,,L1"):
        code, _, err = lint(path, "--select", wrong)
        assert code == 2
        assert "no rule" in err


def test_machine_flags(lint: Lint, file: Callable[..., Path]) -> None:
    assert lint(file(BAD), "--vlen", 32, "--mlen", 32, "--set", "machine.blen=4")[0] == 0


def test_documentation_of_rules(lint: Lint) -> None:
    code, out, _ = lint("--list-rules")
    assert code == 0
    for rule in RULES.values():
        assert rule.id in out
        code, text, _ = lint("--explain", rule.id.lower())
        assert code == 0
        assert text.startswith(f"{rule.id} {rule.title} ({rule.severity})\n")
    assert lint("--explain", "L999")[0] == 2


def test_output_file(lint: Lint, file: Callable[..., Path], tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert lint(file(BAD), "--format", "json", "-o", target)[:2] == (1, "")
    assert [f["rule"] for f in json.loads(target.read_text())["findings"]] == ["L009"]


def test_control_characters_are_shown(lint: Lint, file: Callable[..., Path]) -> None:
    text = BAD.replace("V_EXP_V gp0, gp1, 0", "V_EXP_V gp0, gp1, 0 ; \x1b[31m")
    for format in ("text", "github"):
        assert "\x1b" not in lint(file(text), "--format", format)[1]
