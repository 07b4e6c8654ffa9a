"""``isa-analysis untiled`` through its entry point."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from browser import browser, chromium

#: What the fixture ``run`` runs.
COMMAND = "untiled"

DECODER = "sample_asm/decoder.asm"


def test_the_far_latency_has_no_default(run) -> None:
    code, out, err = run(DECODER)
    assert (code, out) == (2, "")
    assert "--far-latency" in err


@pytest.mark.parametrize("value", ["-1", "x", "1.5", ""])
def test_impossible_latencies(run, value: str) -> None:
    assert run(DECODER, "--far-latency", value)[0] == 2


def test_bounds_of_the_sample(run) -> None:
    code, out, _ = run(
        DECODER, "--far-latency", 7, "--board", "nexys_video", "-q", "--format", "json"
    )
    assert code == 0
    found = json.loads(out)
    assert (found["format"], found["format_version"]) == ("isa-analysis-untiled", 1)
    (program,) = found["programs"]
    whole = program["program"]
    totals = {k: b["exposed_100_percent_cycles"] for k, b in whole["bounds"].items()}
    assert totals["program"] == 714_166
    assert totals["U1"] == 714_166 - whole["overhead_cycles"] + whole["overhead_once_cycles"]
    assert totals["U3"] == 714_166 + 7 * whole["sram_reads"]
    assert totals["U2"] <= totals["program"]
    assert whole["bounds"]["program"]["exposed_0_percent_cycles"] == 697_216
    assert whole["unique_bytes"] == 167_616
    for kernel in program["kernels"]:
        each = {k: b["exposed_100_percent_cycles"] for k, b in kernel["bounds"].items()}
        assert max(each["U1"], each["U2"]) <= each["program"] <= each["U3"]


def test_csv(run) -> None:
    code, out, _ = run(DECODER, "--far-latency", 7, "-q", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    kernels = [r for r in rows if r["kernel"] and r["bound"] == "program"]
    assert sum(int(r["exposed_100_percent_cycles"]) for r in kernels) == 622_188


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_formats(run, format: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    words = (DECODER, "sample_asm/routed_experts.asm", "--far-latency", 3, "--format", format)
    assert run(*words, "-q", "-o", file)[0] == 0
    text = " ".join(file.read_text(encoding="utf-8").split())
    assert "no near memory" in text
    assert "depend on data" in text


@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_a_long_path_fits_a_narrow_page(run, tmp_path: Path) -> None:
    program = tmp_path / ("long_folder_name_" * 8) / "decoder.asm"
    program.parent.mkdir()
    program.write_text(Path(DECODER).read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "u.html"
    words = ("--far-latency", "100", "-q", "--format", "html", "-o", str(file))
    assert run(program, *words)[0] == 0
    with browser() as page:
        page.open(file, width=320)
        assert page.run("document.documentElement.scrollWidth <= innerWidth") is True
