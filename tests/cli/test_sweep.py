"""``isa-analysis sweep`` from the command line."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from support import ROOT, keys_of

from isa_analysis.assembly import parse
from isa_analysis.boards import load_board
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.sweep.state import load_state

#: What the fixture ``run`` runs.
COMMAND = "sweep"

DECODER = "sample_asm/decoder.asm"
Run = Callable[..., tuple[int, str, str]]


def test_all_formats_have_all_points(run: Run, tmp_path: Path) -> None:
    words = [DECODER, "--board", "v80,nexys_video", "--mlen", "64,128", "--clock-mhz", "100",
             "--clock-mhz", "200", "--set", "latency.vector_exp_cycles=1,6"]  # fmt: skip
    code, text, err = run(*words)
    assert (code, err) == (0, "")
    assert "16 points: board (2) x mlen (2) x clock_mhz (2)" in text
    assert text.count("the machine stops") == 8
    _, out, _ = run(*words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 16
    _, out, _ = run(*words, "--format", "json")
    document = json.loads(out)
    assert document["format"] == "isa-analysis-sweep"
    inside = sum(point["pareto"] for point in document["points"])
    assert document["counts"] == {
        "points": 16, "ok": 8, "faults": 8, "failed": 0, "pareto": inside,
    }  # fmt: skip
    for row, point in zip(rows, document["points"], strict=True):
        assert int(row["total_cycles"]) == point["total_cycles"]
        assert float(row["seconds"]) == point["seconds"]
        assert (row["pareto"] == "yes") is point["pareto"]
        assert row["mlen"] == point["settings"]["mlen"]
    _, out, _ = run(*words, "--format", "markdown")
    assert sum(line.startswith(("| v80", "| nexys")) for line in
               out.splitlines()) == 16  # fmt: skip
    for format in ("html", "svg"):
        target = tmp_path / f"out.{format}"
        assert run(*words, "--format", format, "-o", target)[:2] == (0, "")
        page = target.read_text(encoding="utf-8")
        marks = page.count("<title>v80") + page.count("<title>nexys_video")
        assert marks == 16
        assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    ElementTree.parse(tmp_path / "out.svg")


def test_jobs_change_nothing(run: Run) -> None:
    words = [DECODER, "sample_asm/decode_step.asm", "--board", "v80,nexys_a7", "--format", "json"]
    assert run(*words, "--jobs", 1) == run(*words, "--jobs", 2) == run(*words)


def test_no_point_that_runs_is_a_no(run: Run) -> None:
    code, out, err = run(DECODER, "--mlen", "128,256")
    assert code == 1
    assert "at 2 points the machine would stop" in out
    assert "no point of the grid" in err
    assert run(DECODER, "--mlen", "128,256", "-q")[2] == ""
    assert run(DECODER, "--mlen", "128,256", "--no-fault-check")[0] == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["none.asm"], "E201"),
        ([DECODER, "--board", "v80,nope"], "E107"),
        ([DECODER, "--set", "nothing"], "E108"),
        ([DECODER, "--set", "machine.mlen="], "E108"),
        ([DECODER, "--set", "machine.nope=1,2"], "E101"),
        ([DECODER, "--mlen", "64,"], "empty value"),
        ([DECODER, "--mlen", "0"], "E104"),
        ([DECODER, "--mlen", "64", "--set", "machine.mlen=64"], "E740"),
        ([DECODER, "--timing", "serial,fast"], "fast"),
        ([DECODER, "--memory", "hbm"], "hbm"),
        ([DECODER, "--memory-model", "auto"], "--manifest"),
        ([DECODER, "--manifest", "none.json"], "none.json"),
        ([DECODER, "--capacity", "0"], "E700"),
        ([DECODER, "--capacity", "-1"], "E700"),
        ([DECODER, "--capacity", "512X"], "E700"),
        ([DECODER, "--host-bandwidth", "0"], "E701"),
        ([DECODER, "--host-bandwidth", "fast"], "E701"),
        ([DECODER, "--objectives", "time,beauty"], "E740"),
        ([DECODER, "--objectives", ","], "empty value"),
        ([DECODER, "--jobs", "0"], "--jobs"),
        ([DECODER, "--jobs", "2", "--scheduler", "tcp://h:1"], "one"),
        ([DECODER, "--resume", "README.md"], "E741"),
        ([DECODER, "--resume", "no/such/folder/state"], "E203"),
        ([DECODER, "-o", "no/such/folder/out"], "E203"),
        (["-", "-"], "once"),
        ([DECODER, "--format", "pdf"], "pdf"),
    ],
)
def test_bad_usage(run: Run, words: list[str], expected: str) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert expected in err


def test_resuming(run: Run, tmp_path: Path) -> None:
    state = tmp_path / "state"
    words = [DECODER, "--board", "v80,nexys_video", "--resume", state]
    first = run(*words)
    assert len(load_state(str(state))) == 2
    assert run(*words) == first
    run(*words, "--clock-mhz", "100,200")
    assert len(load_state(str(state))) == 5  # nexys_video has 100 MHz: that point was there
    state.write_bytes(state.read_bytes()[:-20])
    code, _, err = run(*words)
    assert code == 2 and "E741" in err and "damaged" in err


def test_names_are_text(run: Run, tmp_path: Path) -> None:
    hostile = tmp_path / "a<script>alert(1)|`b`.asm"
    hostile.write_bytes(b"V_ADD_VV gp0, gp0, gp0\n")
    for format in ("html", "svg"):
        _, page, _ = run(hostile, "--format", format)
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
    _, page, _ = run(hostile, "sample_asm/decoder.asm", "--format", "markdown")
    assert "<script>" not in page


def test_the_interrupted_keep_what_is_done(tmp_path: Path) -> None:
    """Ctrl-C to the whole process group, as a terminal sends it."""
    if not hasattr(os, "killpg"):
        pytest.skip("no process groups here")
    state = tmp_path / "state"
    values = ",".join(str(n) for n in range(1, 4000))
    command = [
        sys.executable, "-m", "isa_analysis", "sweep", DECODER, "--no-fault-check", "--resume",
        str(state), "--set", f"latency.vector_exp_cycles={values}", "--jobs", "2",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        _interrupt(process, state)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _interrupt(process: subprocess.Popen[str], state: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if state.exists() and state.stat().st_size > 1000:
            break
        time.sleep(0.05)
    assert process.poll() is None, process.stderr and process.stderr.read()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "interrupted" in err and f"points are in {state}" in err
    assert 0 < len(load_state(str(state))) < 3999


def test_one_manifest_for_all_or_one_each(run: Run, tmp_path: Path) -> None:
    manifest = tmp_path / "m.json"
    manifest.write_text(
        json.dumps({"activation_ceiling": 0, "regions": [
            {"layer_id": 0, "offset": 0, "size": 65536, "kind": "weight"}]}),
        encoding="utf-8",
    )  # fmt: skip
    words = [DECODER, "sample_asm/decode_step.asm", "--board", "custom_a7"]
    code, out, _ = run(*words, "--manifest", manifest, "--capacity", "32K,1M", "--format", "json")
    assert code == 0
    assert {p["system"]["regime"] for p in json.loads(out)["points"]} == {"weight-stream",
                                                                         "resident"}  # fmt: skip
    assert run(*words, "--manifest", manifest, "--manifest", manifest)[0] == 0
    assert run(*words, *["--manifest", manifest] * 3)[0] == 2


def test_every_json_key_is_documented(run: Run) -> None:
    words = [DECODER, "--board", "v80,nexys_video", "--memory", "service", "--format", "json"]
    document = json.loads(run(*words)[1])
    text = (ROOT / "docs" / "sweep.md").read_text(encoding="utf-8")
    given = {"format_version", "tool_version"}
    assert keys_of(document) - given <= set(re.findall(r"`(\w+)`", text))


def test_models_with_overlap_are_an_axis_like_any_other(run: Run, tmp_path: Path) -> None:
    """Each point is the profile's figure; four vector units are another machine than one."""
    rows = "".join(f"S_ADDI_INT gp{k}, gp0, {64 * k}\n" for k in range(1, 5))
    sums = "".join(f"V_RED_SUM f{k}, gp{k}, 0\n" for k in range(1, 5))
    path = tmp_path / "sums.asm"
    path.write_text(rows + sums)
    words = [path, "--board", "emulator", "--timing", "serial,overlap,in-order",
             "--set", "scoreboard.vector_units=1,4", "--format", "json"]  # fmt: skip
    code, out, _ = run(*words)
    assert code == 0
    found = {
        (p["timing"], p["settings"]["scoreboard.vector_units"]): p["total_cycles"]
        for p in json.loads(out)["points"]
    }
    program = parse(str(path))
    for (timing, units), cycles in found.items():
        board = load_board("emulator", [f"scoreboard.vector_units={units}"])
        assert profile(program, board, ModelOptions(timing)).totals.total_cycles == cycles
    assert len(found) == 6
    assert found["serial", "1"] == found["serial", "4"] == 4 + 4 * 8
    assert (found["in-order", "1"], found["in-order", "4"]) == (4 + 4 * 8, 4 + 3 + 8)


def test_a_timing_model_that_does_not_exist_is_refused(run: Run) -> None:
    code, _, err = run(DECODER, "--timing", "in-order,out-of-order")
    assert code == 2
    assert "out-of-order" in err
    assert "rtl-v1" in err
