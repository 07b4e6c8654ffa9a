"""``isa-analysis report`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from support import ROOT

from isa_analysis.cli.app import main
from isa_analysis.cli.report_command import stage_files

DECODER = str(ROOT / "sample_asm" / "decoder.asm")
VISION = str(ROOT / "sample_asm" / "vision_patch.asm")
TWO = ["--stage", f"vision={VISION}", "--stage", f"decoder={DECODER}"]


def run(*words: str) -> int:
    return main(["report", "-q", *words])


@pytest.mark.parametrize("format", ["markdown", "html", "json", "csv"])
def test_every_format(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    words = [DECODER, "--board", "v80", "--board", "nexys_video", "--format", format]
    assert run(*words, "-o", str(out)) == 0
    assert capsys.readouterr().out == ""
    assert run(*words) == 0
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")


def test_the_form_of_a_published_profile(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*TWO, "--board", "nexys_video", "--title", "Both", "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["title"] == "Both" and report["date"] is None
    tables = {b["id"]: b for s in report["sections"] for b in s["blocks"]}
    stages = [row[0] for row in tables["summary-totals"]["rows"]]
    assert stages == ["vision", "decoder"]
    kernels = {row[0] for row in tables["cycles-0-kernels-0"]["rows"]}
    assert "im2col" in kernels
    for number in range(2):
        assert {row[0] for row in tables[f"cycles-{number}-categories"]["rows"]} == {
            "matrix", "vector", "scalar", "memory", "control",
        }  # fmt: skip
        opcodes = tables[f"cycles-{number}-opcodes"]
        assert [c["key"] for c in opcodes["columns"]][:4] == [
            "mnemonic", "category", "static", "dynamic",
        ]  # fmt: skip
        assert f"memory-{number}-operations" in tables
        saved = [row[3] for row in tables[f"opportunities-{number}"]["rows"]]
        assert saved and saved == sorted(saved, reverse=True)
    assert {"validation-models", "validation-inputs"} <= set(tables)


def test_the_command_line_makes_the_report_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    words = ["sample_asm/decoder.asm", "--board", "v80", "--clock-mhz", "300", "--format", "json"]
    assert run(*words) == 0
    first = capsys.readouterr().out
    command = json.loads(first)["command"]
    assert command == "isa-analysis report sample_asm/decoder.asm --board v80 --clock-mhz 300"
    assert main([*command.split()[1:], "-q", "--format", "json"]) == 0
    assert capsys.readouterr().out == first


def test_measurements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stats = tmp_path / "rust_emulator_run_stats.json"
    stats.write_text('{"sim_latency_ns": 600000, "return_code": 0}', encoding="utf-8")
    assert run(DECODER, "--board", "emulator", "--measured", str(stats)) == 0
    assert "decoder was measured at 600,000 cycles" in capsys.readouterr().out
    assert run(*TWO, "--measured", f"decoder={stats}") == 0
    assert "MISSING" in capsys.readouterr().out
    assert run(*TWO, "--measured", str(stats)) == 2
    assert "names no stage" in capsys.readouterr().err
    stats.write_text("nothing", encoding="utf-8")
    assert run(DECODER, "--measured", str(stats)) == 2
    assert "E230" in capsys.readouterr().err


def test_github_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert run(DECODER, "--github-summary") == 0
    assert capsys.readouterr().out == ""
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n# decoder on v80")
    page = tmp_path / "out.html"
    assert run(DECODER, "--github-summary", "--format", "html", "-o", str(page)) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    summary.write_text("x" * ((1 << 20) - 3000), encoding="utf-8")
    assert run(DECODER, "--github-summary") == 0
    assert summary.stat().st_size <= 1 << 20
    assert "cut here" in summary.read_text(encoding="utf-8")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert run(DECODER, "--github-summary") == 0
    assert capsys.readouterr().out.startswith("# decoder on v80")


def test_problems_of_all_stages_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.asm"
    bad.write_text("NO_SUCH gp1\n", encoding="utf-8")
    assert run(str(bad), str(tmp_path / "none.asm"), DECODER) == 2
    shown = capsys.readouterr().err
    assert "bad.asm:1" in shown and "none.asm" in shown


def test_warnings_go_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "once.asm"
    file.write_text("C_LOOP_START gp1, 1\nM_MV 0, gp0, gp0\nC_LOOP_END gp1\n", encoding="utf-8")
    assert main(["report", str(file)]) == 0
    assert "W010" in capsys.readouterr().err


def test_names_of_stages() -> None:
    assert stage_files(["a/x.asm", "y.asm.gz"], ["n=z.asm"]) == [
        ("x", "a/x.asm"), ("y", "y.asm.gz"), ("n", "z.asm"),
    ]  # fmt: skip
    assert stage_files(["a/x.asm", "b/x.asm"], []) == [
        ("a/x.asm", "a/x.asm"), ("b/x.asm", "b/x.asm"),
    ]  # fmt: skip
    assert stage_files(["a\nb.asm"], []) == [("a\\nb", "a\nb.asm")]


@pytest.mark.parametrize(
    ("files", "stages"),
    [
        ([], []),
        ([], ["x"]),
        ([], ["=x.asm"]),
        ([], ["n="]),
        ([], ["n=a.asm", "n=b.asm"]),
        (["n.asm"], ["n=b.asm"]),
        (["-"], ["n=-"]),
    ],
)
def test_stages_that_make_no_sense(files: list[str], stages: list[str]) -> None:
    with pytest.raises(typer.BadParameter):
        stage_files(files, stages)
