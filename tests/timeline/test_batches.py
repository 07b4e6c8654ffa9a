"""Leaves in batches of any size make the same spans, phases and counters."""

from __future__ import annotations

import pytest
from support import ROOT, program_of

from isa_analysis.boards import load_board
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.schedule import schedule
from isa_analysis.timeline import Timeline
from isa_analysis.timeline.build import TimelineOptions, build_timeline, rows


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("name", ["decoder", "decoder_unrolled", "vision_patch"])
def test_small_batches_change_nothing(
    name: str, level: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = program_of((ROOT / "sample_asm" / f"{name}.asm").read_bytes())
    board, options = load_board("emulator"), ModelOptions("in-order", traffic=level == 3)
    when, found = schedule(program, board, options), profile(program, board, options)

    def built() -> Timeline:
        made = build_timeline(when, program, found, TimelineOptions(level), board=board)
        assert made is not None
        return made

    whole = built()
    monkeypatch.setattr(rows, "_BATCH", 50)
    small = built()
    assert small.spans == whole.spans
    assert small.phases == whole.phases
    assert small.samples == whole.samples
    assert small.loops == whole.loops
    assert small.edges == whole.edges
    assert small.path == whole.path
