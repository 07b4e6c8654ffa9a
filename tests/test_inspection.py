"""Everything about a program at once equals each analysis alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from isa_analysis import forking, inspection, load_board, parse, parse_text
from isa_analysis.cli.app import main
from isa_analysis.footprint import footprint
from isa_analysis.inspection import inspect
from isa_analysis.lint import lint
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.profiling import run as profiling

SAMPLES = Path(__file__).parent.parent / "sample_asm"
BOARD = load_board("v80")
#: Reads SRAM far beyond its end.
FAULTY = "S_LUI_INT gp1, 1000000\nM_MM 0, gp1, gp0\n"


@pytest.mark.parametrize("name", ["decoder.asm", "decode_step.asm"])
@pytest.mark.parametrize("processes", [1, 2])
def test_each_part_is_what_it_is_alone(
    name: str, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forking, "can_fork", lambda: processes > 1)
    monkeypatch.setattr(inspection, "_LARGE", 1)
    monkeypatch.setattr(profiling, "_LARGE", 1)
    program = parse(str(SAMPLES / name))
    found = inspect(program, BOARD)
    alone = profile(program, BOARD, ModelOptions(traffic=True))
    assert found.profile.totals == alone.totals
    assert found.profile.cells == alone.cells
    assert found.profile.loops == alone.loops
    assert found.profile.diagnostics == alone.diagnostics
    assert found.footprint == footprint(alone, BOARD, ("layer", "kernel"))
    assert found.lint == lint(program, BOARD)


def test_the_command_shows_all_sections(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(SAMPLES / "decoder.asm"), "--top", "3"]) == 0
    text = capsys.readouterr().out
    for title in ("Total  ", "HBM traffic by opcode", "Footprint\n", "1 note in 1 file"):
        assert title in text
    assert text.count("isa-analysis ") == 1 + text.count("isa-analysis: ")


def test_the_document_holds_the_documents(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(SAMPLES / "decoder.asm")
    assert main(["inspect", file, "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert (whole["format"], whole["format_version"]) == ("isa-analysis-inspection", 1)
    for command, key in (("traffic", "traffic"), ("footprint", "footprint"), ("lint", "lint")):
        main([command, file, "--format", "json"])
        assert json.loads(capsys.readouterr().out) == whole[key]
    main(["profile", file, "--format", "json"])
    assert json.loads(capsys.readouterr().out) == whole["profile"]


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = tmp_path / "faulty.asm"
    faulty.write_text(FAULTY)
    assert lint(parse_text(FAULTY), BOARD).has_errors
    assert main(["inspect", str(faulty)]) == 1
    faulty.write_text("M_MX 1\n")
    assert main(["inspect", str(faulty)]) == 2
    assert "E002" in capsys.readouterr().err
    assert main(["inspect", "-", "-"]) == 2
    assert os.listdir(tmp_path) == ["faulty.asm"]  # noqa: PTH208
