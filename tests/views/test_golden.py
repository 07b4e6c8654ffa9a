"""Whole reports, kept in golden/.

After a wanted change: ``ISA_ANALYSIS_GOLDEN=write pytest tests/views/test_golden.py``.
Versions and hashes of boards are masked: they change without the report changing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from support import ROOT

from isa_analysis import __version__, load_board, parse
from isa_analysis.profiling import ModelOptions, Profile, profile
from isa_analysis.views import csv, json, text

GOLDEN = Path(__file__).parent / "golden"
VIEWS: dict[str, Callable[[Sequence[Profile]], str]] = {
    "txt": text.render,
    "json": json.render,
    "csv": csv.render,
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("board", "memory"), [("v80", "none"), ("nexys_video", "board")])
def test_decoder(board: str, memory: str, view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    loaded = load_board(board)
    model = ModelOptions(memory=memory)  # type: ignore[arg-type]
    report = VIEWS[view]([profile(parse("sample_asm/decoder.asm"), loaded, model)])
    report = report.replace(__version__, "VERSION").replace(loaded.sha256, "BOARD-SHA256")
    file = GOLDEN / f"decoder.{board}.{view}"
    if os.environ.get("ISA_ANALYSIS_GOLDEN") == "write":
        file.write_text(report, encoding="utf-8")
    assert report == file.read_text(encoding="utf-8")
