"""``isa-analysis measured`` as its users call it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from measured_support import ACCESS, DONE, banner, bench, errors, steps, tile, training
from support import ROOT

from isa_analysis.cli.app import main

#: What the fixture ``run`` runs.
COMMAND = "measured"

DECODER = "sample_asm/decoder.asm"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log with a good run, a crash, a value too low and a tile."""
    file = tmp_path / "out.txt"
    file.write_text(
        training("/t/Models/Mixer", 2_488_752, 80, 2, 2)
        + banner("/t/Models/Toy") + steps() + ACCESS
        + banner("/t/Models/Low") + "Runtime: 528 cycles\n" + errors(0, 8)
        + tile("Conv_L2", 0, 10, 80, 6)
    )  # fmt: skip
    return file


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_text(run: Run, log: Path) -> None:
    code, out, err = run(log)
    assert (code, err) == (0, "")
    for word in (
        "/t/Models/Mixer",
        "622,188",
        "CRASHED",
        "Invalid access",
        "528",
        "Profiled nodes",
    ):
        assert word in out


def test_an_estimate_of_a_program(run: Run, log: Path) -> None:
    code, out, _ = run(
        log, "--format", "csv", "--estimate", f"Models/Mixer:train={DECODER}",
        "--estimate", f"Models/Low={DECODER}",
    )  # fmt: skip
    rows = rows_of(out)
    assert code == 0
    assert [(r["name"], r["part"], r["error_percent"], r["flags"]) for r in rows] == [
        ("/t/Models/Mixer", "train", "0.0", ""), ("/t/Models/Mixer", "optimizer", "", ""),
        ("/t/Models/Toy", "", "", "CRASHED"), ("/t/Models/Low", "", "", "TOO-LOW"),
        ("/t/Models/Low", "Conv", "", ""),
    ]  # fmt: skip
    assert rows[3]["cycles_per_call"] == "528"


def test_an_estimate_as_json(run: Run, log: Path, tmp_path: Path) -> None:
    stored = tmp_path / "profile.json"
    assert main(["profile", DECODER, "--format", "json", "-o", str(stored)]) == 0
    _, from_json, _ = run(log, "--format", "json", "--estimate", f"Models/Low={stored}")
    _, from_asm, _ = run(log, "--format", "json", "--estimate", f"Models/Low={DECODER}")
    a, b = (json.loads(text)["rows"][3] for text in (from_json, from_asm))
    assert [f["code"] for f in a["flags"]] == [f["code"] for f in b["flags"]] == ["TOO-LOW"]
    for key in ("cycles", "lower_bound_cycles", "lower_bound_engine", "sha256"):
        assert a["estimate"][key] == b["estimate"][key]


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", '{"format": "isa-analysis-profile"}', "nonsense",
     '{"format": "isa-analysis-profile", "format_version": 99}',
     '{"format": "isa-analysis-profile", "format_version": 1, "inputs": 5}',
     '{"format": "isa-analysis-profile", "format_version": 1, "inputs": [], "board": {}}'],
)  # fmt: skip
def test_a_file_that_is_no_profile(run: Run, log: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "p.json").write_text(text)
    code, out, err = run(log, "--estimate", tmp_path / "p.json")
    assert (code, out) == (2, "")
    assert "E230" in err


def test_a_manifest(run: Run, log: Path, tmp_path: Path) -> None:
    joins = tmp_path / "joins.yaml"
    joins.write_text(
        f"joins:\n  - {{measured: Models/Mixer, part: train, program: {ROOT / DECODER}}}\n"
        f"  - {{measured: Models/Mixer, part: optimizer, program: {ROOT / DECODER}, "
        "kernel: layer 9/none}\n"
        "  - {measured: Models/Gone, estimate_cycles: 5}\n"
    )
    code, out, err = run(log, "--manifest", joins, "--format", "json")
    assert code == 2
    assert "E622" in err
    assert "has no kernel layer 9/none" in err
    joins.write_text(joins.read_text().replace(", kernel: layer 9/none", ""))
    code, out, _ = run(log, "--manifest", joins, "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["rows"][0]["error_percent"] == 0
    assert [f["code"] for f in document["rows"][-1]["flags"]] == ["SKIPPED"]
    assert document["summary"]["comparable"] == 1
    assert document["summary"]["with_estimate"] == 3


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("CRASHED", 1), ("crashed", 1), ("TIMEOUT", 0), ("TIMEOUT,TOO-LOW", 0), ("any", 1),
        ("MISSING", 0), ("error>5", 1), ("", 0),
    ],
)  # fmt: skip
def test_fail_on(run: Run, log: Path, condition: str, code: int) -> None:
    found, out, err = run(log, "--fail-on", condition)
    assert found == code
    assert out
    assert bool(err) == bool(code)


def test_fail_on_an_error(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "run.log"
    file.write_text(DONE.format(600_000))
    estimate = ("--estimate", DECODER)
    assert run(file, *estimate, "--fail-on", "error>3.6")[0] == 1  # 622,188 is 3.698 % more
    assert run(file, *estimate, "--fail-on", "error>3.7")[0] == 0
    assert run(file, *estimate, "--fail-on", "error > 3.7 %")[0] == 0


@pytest.mark.parametrize(
    "argv",
    [
        (), ("--fail-on", "CRASH"), ("--fail-on", "error>x"), ("--capacity", "L1"),
        ("--capacity", "L9=5"), ("--capacity", "L1=0"), ("--capacity", "L1=5TB"),
        ("--format", "xml"), ("--table", "nothing"), ("--too-high", "0"),
        ("--estimate", "a.asm", "--manifest", "b.yaml"), ("--manifest", "/none.yaml"),
        ("--estimate", "/none.asm"), ("--program", "/none.asm"),
        ("--board", "none", "--estimate", DECODER),
    ],
)  # fmt: skip
def test_usage(run: Run, log: Path, argv: tuple[str, ...]) -> None:
    code, out, err = run(*([log] if argv else []), *argv)
    assert (code, out) == (2, "")
    assert err


def test_a_log_named_twice(run: Run, log: Path) -> None:
    assert run(log, log)[0] == 2


def test_a_missing_log_is_a_row(run: Run, log: Path, tmp_path: Path) -> None:
    code, out, _ = run(tmp_path / "gone.log", log, "--format", "csv")
    assert code == 0
    assert (rows_of(out)[0]["name"], rows_of(out)[0]["flags"]) == (
        str(tmp_path / "gone.log"), "MISSING",
    )  # fmt: skip
    assert run(tmp_path / "gone.log", "--fail-on", "MISSING")[0] == 1


def test_a_file_without_a_result_is_an_error(run: Run, tmp_path: Path) -> None:
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_text("nothing to see\n")
    code, out, err = run(tmp_path / "a.log", tmp_path / "b.log")
    assert (code, out) == (2, "")
    assert err.count("E230") == 2  # all problems at once
    assert "Simulation completed" in err


def test_an_empty_file_is_a_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("\n\n")
    code, out, _ = run(tmp_path / "a.log")
    assert code == 0
    assert "the file is empty" in out


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(DONE.format(5).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    code, out, _ = run("-", "--format", "csv")
    assert code == 0
    assert (rows_of(out)[0]["name"], rows_of(out)[0]["cycles_per_call"]) == ("<stdin>", "5")


def test_compressed_logs(run: Run, log: Path) -> None:
    packed = log.with_suffix(".txt.gz")
    packed.write_bytes(gzip.compress(log.read_bytes()))
    assert len(rows_of(run(packed, "--format", "csv")[1])) == 5
    packed.write_bytes(packed.read_bytes()[:60])
    code, out, err = run(packed)
    assert (code, out) == (2, "")
    assert "E202" in err


def test_a_folder(run: Run, tmp_path: Path, log: Path) -> None:
    build = tmp_path / "build"
    build.mkdir()
    (build / "Net.h").write_text("static const uint32_t Net_MEMORYARENA_L1_len = 739328;\n")
    (build / "Net.c").write_text(
        "Net_MEMORYARENA_L1 = (int8_t *)pi_l2_malloc(\n"
        "    sizeof(int8_t) * Net_MEMORYARENA_L1_len);\n"
        "uint8_t Net_TILING_CODEGEN_L1_a_numTiles[4] = {0, 3, 6, 8};\n"
    )
    (build / "other.c").write_text("int main(void) { return 0; }\n")
    code, out, _ = run(tmp_path, "--capacity", "L2=700KiB", "--program", DECODER)
    assert code == 0
    for word in ("739,328", "722 KiB", "700 KiB", "NO", "3 + 3 + 2", "matrix SRAM", "1 C files"):
        assert word in out
    _, out, _ = run(build, "--format", "csv", "--table", "arenas")
    assert [(r["level"], r["bytes"]) for r in rows_of(out)] == [("L2", "739328")]
    assert run(build, "--capacity", "L2=700KiB", "--fail-on", "DOES-NOT-FIT")[0] == 1
    _, out, _ = run(build, "--format", "csv", "--table", "tilings")
    assert rows_of(out)[0]["tiles_per_call"] == "3 + 3 + 2"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(empty)[0] == 2


def test_a_job_summary(
    run: Run, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for _ in range(2):
        assert run(log, "--github-summary") == (0, "", "")
    text = summary.read_text()
    assert text.startswith("before\n### Measured results\n")
    assert text.count("### Measured results") == 2
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert run(log, "--github-summary")[1].startswith("### Measured results")


def test_a_job_summary_has_room_for_a_mebibyte(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "out.txt"
    log.write_text("".join(training(f"/t/{'x' * 300}/{i}") for i in range(2_000)))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert run(log, "--github-summary")[0] == 0
    size = (tmp_path / "summary.md").stat().st_size
    assert 900_000 < size <= 1 << 20


def test_hostile_names_stay_text(run: Run, tmp_path: Path) -> None:
    log = tmp_path / "out.txt"
    log.write_text(banner("/t/<script>|`x`\x1b[2J\x07") + "Runtime: 5 cycles\n")
    _, out, _ = run(log, "--format", "markdown")
    assert "\\<script\\>\\|\\`x\\`" in out
    _, out, _ = run(log)
    assert "\x1b" not in out
    assert "\x07" not in out


def test_output_is_deterministic_and_goes_to_a_file(run: Run, log: Path, tmp_path: Path) -> None:
    for format in ("text", "markdown", "json", "csv"):
        target = tmp_path / f"out.{format}"
        assert run(log, "--format", format, "-o", target) == (0, "", "")
        assert target.read_text() == run(log, "--format", format)[1]


def test_another_machine_than_the_logs(run: Run, tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    log.write_text("mlen=128 vlen=64 blen=4\n" + DONE.format(622_188))
    _, out, _ = run(log, "--estimate", DECODER)
    assert "CONFIG-DIFFERS" in out
    assert "mlen of" in out


def test_unknown_opcodes_are_flagged(run: Run, tmp_path: Path) -> None:
    program, log = tmp_path / "p.asm", tmp_path / "run.log"
    program.write_text("M_MM 0, gp0, gp0\nX_NEW gp0\n")
    log.write_text(DONE.format(70))
    code, out, _ = run(log, "--estimate", program, "--unknown-opcode", "warn")
    assert code == 0
    assert "UNKNOWN-OPCODE" in out
    assert run(log, "--estimate", program)[0] == 2


def test_totals_are_per_call(run: Run, tmp_path: Path) -> None:
    log = tmp_path / "out.txt"
    log.write_text(banner("/t/a/b") + errors() + bench())
    _, out, _ = run(log)
    assert "no cycles per call" in out
