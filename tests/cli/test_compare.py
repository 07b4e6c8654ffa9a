"""``isa-analysis compare`` through its entry point."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from isa_analysis.cli.app import main

#: What the fixture ``run`` runs.
COMMAND = "compare"

DECODER, UNROLLED = "sample_asm/decoder.asm", "sample_asm/decoder_unrolled.asm"


def document(run, *words: object) -> dict:
    code, out, _ = run(*words, "-q", "--format", "json")
    assert code == 0
    return json.loads(out)


def test_the_sample_pair(run) -> None:
    found = document(run, DECODER, UNROLLED, "--board", "v80", "--preserve", "matrix,vector,memory")
    assert (found["format"], found["format_version"]) == ("isa-analysis-compare", 1)
    assert [v["label"] for v in found["variants"]] == ["decoder", "decoder_unrolled"]
    cells = found["program"]["variants"]
    assert [cell["total_cycles"] for cell in cells] == [622_188, 597_521]
    assert cells[1]["ratio"] == 597_521 / 622_188
    (changes,) = found["changes"]
    assert changes["delta_cycles"] == -24_667
    for rows in ("kernels", "opcodes", "categories"):
        assert sum(r["delta_cycles"] for r in changes[rows]) == -24_667
    assert {o["name"]: o["delta_cycles"] for o in changes["opcodes"] if o["delta_cycles"]} == {
        "S_ADDI_INT": -10_364, "C_LOOP_END": -9_025, "C_LOOP_START": -5_278,
    }  # fmt: skip
    assert found["preserved"]["violations"] == []
    (size,) = found["code_size"]
    assert size["program"]["saved_cycles"] == 24_667
    assert size["program"]["large_static"] - size["program"]["small_static"] == 3_854


def test_csv_is_exact_and_complete(run) -> None:
    code, out, _ = run(DECODER, UNROLLED, "-q", "--format", "csv", "--top", "1")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    whole = [r for r in rows if r["row"] == "program"]
    kernels = [r for r in rows if r["row"] == "kernel"]
    assert len(kernels) == 62
    for variant, total in zip(whole, (622_188, 597_521), strict=True):
        assert int(variant["total_cycles"]) == total
        mine = [r for r in kernels if r["variant"] == variant["variant"]]
        assert sum(int(r["total_cycles"]) for r in mine) == total
    assert sum(int(r["delta_cycles"] or 0) for r in kernels) == -24_667


def test_every_file_on_every_board(run) -> None:
    found = document(
        run, DECODER, UNROLLED, "--board", "v80", "--board",
        "nexys_video,latency.vector_exp_cycles=6", "--label", "x", "--label", "y",
    )  # fmt: skip
    assert [v["label"] for v in found["variants"]] == [
        "x @ v80", "x @ nexys_video", "y @ v80", "y @ nexys_video",
    ]  # fmt: skip
    assert found["variants"][1]["board"]["overrides"] == ["latency.vector_exp_cycles=6"]
    codes = [[f["code"] for f in cell["flags"]] for cell in found["program"]["variants"]]
    assert codes == [[], [], [], ["CONFIG-DIFFERS"]]


def test_a_stored_profile_is_a_variant(run, tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    assert main([DECODER, "-q", "--format", "json", "-o", str(base)]) == 0
    found = document(run, base, UNROLLED)
    assert found["changes"][0]["delta_cycles"] == -24_667
    code, _, err = run(base, UNROLLED, "--group", "tensor")
    assert code == 2
    assert "has no tensor" in " ".join(err.replace("│", " ").split())


def test_a_violation_is_exit_code_1(run) -> None:
    code, out, _ = run(DECODER, "sample_asm/decode_step.asm", "-q", "--preserve", "M_TMM,V_EXP_V")
    assert code == 1
    flat = " ".join(out.split())
    assert (
        "NOT PRESERVED: M_TMM is executed 512 times in decoder and 0 times in decode_step" in flat
    )
    assert "layer 0/attention scores 512 -> 0" in flat


def test_fail_on(run, tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    log.write_text("Simulation completed. Latency 528.000ns\n")
    words = (DECODER, UNROLLED, "-q", "--measured", f"decoder={log}")
    code, out, err = run(*words, "--fail-on", "too-low")
    assert code == 1
    assert "528" in out
    assert "--fail-on: TOO-LOW: 528 cycles are below the 512,768" in err
    assert run(*words, "--fail-on", "TOO-HIGH")[0] == 0
    assert run(*words, "--fail-on", "error>5")[0] == 1  # no row could be compared
    assert run(*words, "--fail-on", "SOMETHING")[0] == 2


def test_measurements_of_each_variant(run, tmp_path: Path) -> None:
    for name, cycles in (("a", 630_000), ("b", 600_000)):
        text = f"\x1b[32m INFO\x1b[0m Simulation completed. Latency {cycles}.000ns\r\n"
        (tmp_path / f"{name}.log").write_text(text)
    found = document(
        run, DECODER, UNROLLED, "--measured", f"decoder={tmp_path}/a.log",
        "--measured", f"decoder_unrolled={tmp_path}/b.log",
    )  # fmt: skip
    a, b = found["program"]["variants"]
    assert (a["measured_cycles"], b["measured_cycles"]) == (630_000, 600_000)
    assert a["error_percent"] == pytest.approx(100 * (622_188 - 630_000) / 630_000)
    assert b["measured_ratio"] == 600_000 / 630_000


def test_a_missing_log_is_a_flag(run) -> None:
    found = document(run, DECODER, UNROLLED, "--measured", "decoder=no/such.log")
    for cell in found["program"]["variants"]:
        assert [f["code"] for f in cell["flags"]] == ["MISSING"]


def test_one_file_twice_is_identical(run) -> None:
    found = document(run, DECODER, DECODER)
    assert [v["label"] for v in found["variants"]] == [DECODER, f"{DECODER} (2)"]
    assert found["program"]["variants"][1]["ratio"] is None
    assert found["program"]["variants"][1]["flags"][0]["code"] == "IDENTICAL"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ((DECODER,), "two files, or one file on two boards"),
        ((DECODER, UNROLLED, "--label", "a"), "1 labels for 2 variants"),
        ((DECODER, UNROLLED, "--label", "a", "--label", "a"), "two variants are called 'a'"),
        ((DECODER, UNROLLED, "--label", "a", "--label", " "), "must not be empty"),
        ((DECODER, UNROLLED, "--measured", "x.log"), "names no variant"),
        ((DECODER, UNROLLED, "--measured", "other=x.log"), "names no variant"),
        ((DECODER, UNROLLED, "--preserve", "M_MMM"), "M_MM"),
        ((DECODER, UNROLLED, "--group", "stage"), "no part of a kernel's name"),
        (("-", "-"), "standard input can be read once"),
        ((DECODER, "no/such.asm"), "E201"),
        ((DECODER, "no/such.json"), "E107"),
        ((DECODER, UNROLLED, "--board", "v90"), "v90"),
        ((DECODER, UNROLLED, "--board", "v80,latency.nonsense=6"), "nonsense"),
        ((DECODER, "sample_asm/malformed/label.asm"), "E0"),
        ((DECODER, UNROLLED, "--top", "0"), "--top"),
    ],
)
def test_wrong_command_lines(run, words, wanted: str) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert wanted in " ".join(err.replace("│", " ").split())


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json", "csv"])
def test_output_is_repeatable_and_hostile_names_stay_text(run, format, tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>|`x`\x1b[31m\n"
    words = (DECODER, UNROLLED, "-q", "--label", hostile, "--label", "b", "--format", format)
    code, out, _ = run(*words)
    assert code == 0
    assert "\x1b" not in out
    if format in ("html", "markdown"):
        outside = re.sub(r"^```.*?^```$", "", out, flags=re.DOTALL | re.MULTILINE)
        assert "<script>alert" not in outside
    file = tmp_path / "out"
    assert run(*words, "-o", file)[:2] == (0, "")
    assert file.read_text(encoding="utf-8") == out


def test_github_summary(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    code, out, _ = run(DECODER, UNROLLED, "-q", "--github-summary")
    assert (code, out) == (0, "")
    text = summary.read_text()
    assert text.startswith("before\n")
    assert "**Kernels (estimated cycles)**" in text
    assert "█" in text


def test_measurements_over_unlike_steps_are_flagged(run, tmp_path: Path) -> None:
    for name, steps, cycles in (("a", 4, 2_560_000), ("b", 1, 600_000)):
        (tmp_path / f"{name}.log").write_text(
            f"N_TRAIN_STEPS={steps}  N_ACCUM_STEPS=1  DATA_INPUTS=1\nErrors: 0 out of 8\n"
            f"BENCH train_cycles={cycles} opt_cycles=40 weight_sram=100\n"
        )
    words = (
        DECODER, UNROLLED, "--measured", f"decoder={tmp_path}/a.log",
        "--measured", f"decoder_unrolled={tmp_path}/b.log",
    )  # fmt: skip
    a, b = document(run, *words)["program"]["variants"]
    assert (a["measured_cycles"], b["measured_cycles"]) == (640_000, 600_000)
    assert b["measured_ratio"] is None
    assert [f["code"] for f in b["flags"]] == ["STEPS-DIFFER"]
    code, _, err = run(*words, "-q", "--fail-on", "STEPS-DIFFER")
    assert code == 1
    assert "ran 1 steps here and 4 elsewhere" in err
