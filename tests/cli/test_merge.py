"""``isa-analysis merge`` through its entry point."""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path

import pytest

DECODER, STEP = "sample_asm/decoder.asm", "sample_asm/decode_step.asm"


@pytest.fixture
def jobs(run, tmp_path: Path) -> Path:
    """a: a profile, b: another program, c: a comparison, d: a log measured, e: bounds."""
    log = tmp_path / "decoder.log"
    log.write_text("Simulation completed. Latency 630000.000ns\n")
    for name, words in {
        "a": (DECODER,),
        "b": (STEP,),
        "c": ("compare", DECODER, "sample_asm/decoder_unrolled.asm"),
        "d": ("measured", log, "--estimate", DECODER),
        "e": ("untiled", DECODER, "--far-latency", 3),
    }.items():
        assert run(*words, "-q", "--format", "json", "-o", tmp_path / f"{name}.json")[0] == 0
    return tmp_path


def rows_of(run, *words: object) -> list[dict]:
    code, out, _ = run("merge", *words, "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert (found["format"], found["format_version"]) == ("isa-analysis-merge", 1)
    return found["rows"]


def flags_of(rows: list[dict]) -> list[tuple[str, list[str]]]:
    return [(Path(r["source"]).name, [f["code"] for f in r["flags"]]) for r in rows if r["flags"]]


def test_every_kind_is_one_table(run, jobs: Path) -> None:
    rows = rows_of(run, *(jobs / f"{n}.json" for n in "abcde"))
    assert sorted((r["kind"], r["part"], r["estimated_cycles"]) for r in rows if r["part"]) == [
        ("compare", "decoder", 622_188),
        ("compare", "decoder_unrolled", 597_521),
        ("untiled", "U1", 557_517),
        ("untiled", "U2", 609_692),
        ("untiled", "U3", 694_227),
        ("untiled", "as it is", 622_188),
    ]
    (measured,) = (r for r in rows if r["kind"] == "measured")
    assert (measured["estimated_cycles"], measured["measured_cycles"]) == (622_188, 630_000)
    assert measured["error_percent"] == pytest.approx(-1.24)
    assert flags_of(rows) == []


def test_the_order_of_the_files_does_not_matter(run, jobs: Path) -> None:
    files = [jobs / f"{n}.json" for n in "abc"] + [jobs / "missing.json"]
    for format in ("text", "markdown", "json", "csv"):
        texts = {
            run("merge", *order, "--format", format)[1] for order in itertools.permutations(files)
        }
        assert len(texts) == 1


def test_missing_files_are_rows(run, jobs: Path) -> None:
    (jobs / "empty.json").write_text("")
    rows = rows_of(run, jobs / "a.json", jobs / "nothing.json", jobs / "empty.json")
    assert flags_of(rows) == [("empty.json", ["MISSING"]), ("nothing.json", ["MISSING"])]
    assert [r["estimated_cycles"] for r in rows if r["flags"]] == [None, None]
    code, out, err = run("merge", jobs / "a.json", jobs / "nothing.json", "--fail-on", "MISSING")
    assert code == 1
    assert "MISSING" in out
    assert "nothing.json does not exist" in err


def test_expected_programs(run, jobs: Path) -> None:
    code, out, _ = run("merge", jobs / "a.json", "--expect", STEP, "--expect", DECODER,
                       "--fail-on", "MISSING")  # fmt: skip
    assert code == 1
    assert f"no job has a result of {STEP}" in out


def test_duplicates_are_listed_and_none_is_used(run, jobs: Path) -> None:
    (jobs / "again.json").write_bytes((jobs / "d.json").read_bytes())
    code, out, _ = run("merge", jobs / "d.json", jobs / "again.json", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert flags_of(found["rows"]) == [("again.json", ["DUPLICATE"]), ("d.json", ["DUPLICATE"])]
    assert found["summary"]["error_ratio"] == {"value": None, "used": 0, "of": 2}


def edited(source: Path, to: Path, **changes: object) -> Path:
    value = json.loads(source.read_text())
    for key, new in changes.items():
        at, (*path, last) = value, key.split("__")
        for part in path:
            at = at[int(part) if part.isdigit() else part]
        at[last] = new
    to.write_text(json.dumps(value))
    return to


def test_one_name_for_two_inputs(run, jobs: Path) -> None:
    other = edited(jobs / "a.json", jobs / "z.json", inputs__0__sha256="0" * 64,
                   board__name="other")  # fmt: skip
    rows = rows_of(run, jobs / "a.json", other, "--per-board")
    assert flags_of(rows) == [("z.json", ["INPUT-CHANGED"]), ("a.json", ["INPUT-CHANGED"])]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"board__name": "other"}, "board of"),
        ({"board__sha256": "0" * 64}, "board file of"),
        ({"board__clock_hz": 1}, "clock of"),
        ({"model__timing": "legacy"}, "timing model of"),
        ({"model__memory": "none"}, "memory model of"),
        ({"model__parameters": {"mlen": 128}}, "mlen of"),
        ({"format_version": 2}, "format_version of"),
    ],
)
def test_other_configurations(run, jobs: Path, changes: dict, reason: str) -> None:
    third = edited(jobs / "a.json", jobs / "third.json", inputs__0__path="third.asm")
    other = edited(jobs / "b.json", jobs / "z.json", **changes)
    rows = rows_of(run, jobs / "a.json", third, other)
    assert flags_of(rows) == [("z.json", ["CONFIG-DIFFERS"])]
    (flag,) = next(r["flags"] for r in rows if r["flags"])
    assert reason in flag["reason"]


def test_boards_that_are_meant_to_differ(run, jobs: Path) -> None:
    board = jobs / "board.json"
    assert run(DECODER, "--board", "nexys_video", "-q", "--format", "json", "-o", board)[0] == 0
    assert len(flags_of(rows_of(run, jobs / "a.json", board))) == 1
    assert flags_of(rows_of(run, jobs / "a.json", board, "--per-board")) == []


def test_a_measurement_of_another_job_is_judged(run, jobs: Path) -> None:
    log = jobs / "sample_asm" / "decoder.log"
    log.parent.mkdir()
    log.write_text("Simulation completed. Latency 528.000ns\n")
    assert run("measured", log, "-q", "--format", "json", "-o", jobs / "m.json")[0] == 0
    rows = rows_of(run, jobs / "a.json", jobs / "m.json")
    (row,) = (r for r in rows if r["kind"] == "measured")
    assert (row["estimated_cycles"], row["measured_cycles"]) == (622_188, 528)
    assert [f["code"] for f in row["flags"]] == ["TOO-LOW"]
    assert row["error_percent"] is None


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "null", "{}", '{"format": "isa-analysis-diff", "format_version": 1}',
     '{"format": "isa-analysis-profile", "format_version": 1}',
     '{"format": "isa-analysis-measured", "format_version": 1, "rows": []}',
     '{"format": "isa-analysis-measured", "format_version": 1, "rows": [{}]}',
     '{"format": "isa-analysis-compare", "format_version": 1, "variants": 3}', "\x00",
     "[" * 100000],
)  # fmt: skip
def test_what_is_no_result_is_refused(run, jobs: Path, text: str) -> None:
    bad = jobs / "bad.json"
    bad.write_text(text)
    code, out, err = run("merge", jobs / "a.json", bad)
    assert (code, out) == (2, "")
    assert "bad.json: error[E601]" in err


def test_csv_and_summary(run, jobs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run("merge", jobs / "a.json", jobs / "c.json", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [int(r["estimated_cycles"]) for r in rows] == [622_188, 622_188, 597_521]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(jobs / "s.md"))
    assert run("merge", jobs / "a.json", "--github-summary")[:2] == (0, "")
    assert "622,188" in (jobs / "s.md").read_text()
