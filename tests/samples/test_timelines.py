"""Timelines of real programs: valid, within their budget, and read alike by everyone."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from samples.test_measured import FOLDER, read, text_of
from timeline.perfetto_checker import check

from isa_analysis.boards import load_board
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.timeline import read_timeline
from isa_analysis.timeline.build import TimelineOptions, build_timeline
from isa_analysis.timeline.validate import validate
from isa_analysis.timeline.writer import chunks
from isa_analysis.views import timeline_perfetto

#: The smallest packed ones; thirty when all samples are asked for.
COUNT = 30 if os.environ.get("ISA_ANALYSIS_ALL_SAMPLES") else 10
PACKED = FOLDER.glob("asm/*.asm.xz")
FILES = sorted(PACKED, key=lambda path: (path.stat().st_size, path.name))[:COUNT]

pytestmark = pytest.mark.skipif(not FILES, reason="../shared/samples is not here")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_program(path: Path) -> None:
    board = load_board("v80")
    program = read(text_of(path.name.partition(".")[0]), lenient=True)
    found = profile(program, board, ModelOptions("in-order", traffic=True))
    assert found.schedule is not None
    whole = None
    for level, most in ((3, 200_000), (2, 20_000), (1, 5_000), (3, 1_000)):
        options = TimelineOptions(level, max_events=most)
        t = build_timeline(found.schedule, program, found, options, board=board)
        assert t is not None
        assert validate(t, path.name) == ()
        text = "".join(timeline_perfetto.render(t))
        check(text)
        assert len(json.loads(text)["traceEvents"]) <= (t.accounting.events or 0) <= most
        again, _ = read_timeline("".join(chunks(t)).encode(), "t.json")
        assert again == t
        for before, after in pairwise(t.path or ()):
            assert before.end == after.start
        whole = whole or t
        assert t.extent.cycles == found.totals.total_cycles == whole.extent.cycles
        assert t.accounting.spans_total == whole.accounting.spans_total
        assert t.totals is not None
        assert whole.totals is not None
        assert t.totals.engines == whole.totals.engines
        assert t.totals.stalls == whole.totals.stalls
        if level > 1:
            assert t.totals.blame == whole.totals.blame
            assert t.accounting.edges_total == whole.accounting.edges_total
