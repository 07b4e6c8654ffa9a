"""``isa-analysis calibrate`` through its entry point."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from calibrate_support import write_program
from support import ROOT

from isa_analysis.boards import load_board
from isa_analysis.cli.app import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_program(tmp_path / "add.asm", "V_ADD_VV gp0, gp0, gp0\n" * 3)
    write_program(tmp_path / "mul.asm", "V_MUL_VV gp0, gp0, gp0\n" * 4)
    runs = [
        {"program": "add", "compute_cycles": 15, "total_cycles": 15},
        {"program": "mul", "compute_cycles": 1000},
    ]
    (tmp_path / "m.json").write_text(json.dumps({"version": 1, "runs": runs}))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["calibrate", *(str(a) for a in argv)])
    out = capsys.readouterr()
    assert "Traceback" not in out.err + out.out
    return code, out.out, out.err


def test_a_board_file_is_written(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = data / "new.yaml"
    code, out, _ = run(capsys, data / "m.json", "--board", "v80", "-o", new, "--name", "mine")
    assert code == 0
    assert f"Board file written to {new}" in out
    board = load_board(str(new)).board
    assert (board.name, board.latency.vector_add_cycles, board.latency.vector_mul_cycles) == (
        "mine", 5, 250,
    )  # fmt: skip
    assert main(["boards", "validate", str(new)]) == 0
    assert sorted(p.name for p in data.iterdir()) == ["add.asm", "m.json", "mul.asm", "new.yaml"]


def test_a_dry_run_writes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, data / "m.json", "--dry-run", "-o", data / "new.yaml")
    assert code == 0
    assert "Dry run: no board file was written." in out
    assert not (data / "new.yaml").exists()


def test_the_output_must_be_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, data / "m.json")[0] == 2
    assert run(capsys, data / "m.json", "-o", data / "new.json")[0] == 2
    assert run(capsys, data / "m.json", "-o", data / "no" / "new.yaml")[0] == 2


def test_the_input_board_is_not_overwritten_unasked(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = data / "b.yaml"
    text = (ROOT / "board_configs" / "v80.yaml").read_text()
    board.write_text(text)
    code, _, err = run(capsys, data / "m.json", "--board", board, "-o", board)
    assert code == 2
    assert "E647" in err
    assert board.read_text() == text
    assert run(capsys, data / "m.json", "--board", board, "-o", board, "--overwrite")[0] == 0
    assert load_board(str(board)).board.latency.vector_add_cycles == 5


def test_max_error(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = json.loads((data / "m.json").read_text())["runs"]
    runs[0]["compute_cycles"] = 15
    runs.append({"program": "mul", "parameters": {"blen": 8}, "compute_cycles": 1400})
    (data / "m.json").write_text(json.dumps({"version": 1, "runs": runs}))
    new = data / "new.yaml"
    code, out, _ = run(capsys, data / "m.json", "-o", new, "--max-error", "50")
    assert code == 0
    new.unlink()
    code, out, _ = run(capsys, data / "m.json", "-o", new, "--max-error", "2")
    assert code == 1
    assert "no board file was written" in out
    assert not new.exists()
    assert run(capsys, data / "m.json", "-o", new, "--max-error", "-1")[0] == 2


def test_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, data / "m.json", "--dry-run", "--format", "json")
    assert code == 0
    document = json.loads(out)
    assert document["format"] == "isa-analysis-calibrate"
    by_name = {p["name"]: p for p in document["parameters"]}
    add = by_name["latency.vector_add_cycles"]
    assert (add["before"], add["value"], add["status"], add["standard_error"]) == (
        1, 5, "measured", 0.0,
    )  # fmt: skip
    assert by_name["latency.vector_exp_cycles"]["reason"] == "never executed: V_EXP_V"
    compute = next(e for e in document["errors"] if e["what"] == "compute")
    assert compute["after"]["mean"] == 0
    assert compute["before"]["mean"] == pytest.approx((12 / 15 + 996 / 1000) / 2)
    assert document["runs"] == {"given": 2, "used": 2, "programs": 2}
    assert [f["name"] for f in document["families"]] == ["add", "mul"]
    assert out == run(capsys, data / "m.json", "--dry-run", "--format", "json")[1]


def test_every_json_key_is_documented(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "calibrate.md").read_text()
    document = json.loads(run(capsys, data / "m.json", "--dry-run", "--format", "json")[1])

    def keys(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value)) if value else set()
        if isinstance(value, dict):
            named = {k for k in value if "." not in k}
            return named.union(*map(keys, value.values()))
        return set()

    for key in keys(document):
        assert f"`{key}`" in page, key


def test_markdown_and_hostile_names(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "<script>|`x`\n.asm"
    write_program(data / hostile, "V_EXP_V gp0, gp0, 0\n")
    runs = [
        {"program": hostile, "compute_cycles": 3, "executed": 2},
        {"program": "add", "compute_cycles": 3},
    ]
    (data / "m.json").write_text(json.dumps({"version": 1, "runs": runs}))
    code, out, _ = run(capsys, data / "m.json", "--dry-run", "--format", "markdown")
    assert code == 0
    assert "**Parameters**" in out
    assert "<script>" not in out
    for line in out.splitlines():
        if line.startswith("|"):
            assert line.count("`") == line.count("\\`")
    code, text, _ = run(capsys, data / "m.json", "-o", data / "new.yaml")
    assert code == 0
    assert "\\n.asm" in text
    yaml.safe_load((data / "new.yaml").read_text())


@pytest.mark.parametrize(
    "argv", [("absent.json",), ("absent.json", "--board", "nope"), ("--board", "v80")]
)
def test_bad_input(argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *argv, "--dry-run")
    assert code == 2
    assert out == ""
    assert err
