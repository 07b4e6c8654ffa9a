"""``isa-analysis timeline`` and ``--timeline`` of the profile command."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from support import ROOT
from timeline.perfetto_checker import check
from timeline.timelines import FOREIGN, V0, V1, V2, changed

from isa_analysis.cli.app import main

LEVEL_WORDS = ("0 (no timeline)", "1 (spans and loops)", "2 (+ issue", "3 (+ control")
DECODER = "sample_asm/decoder.asm"
NEST = (
    "C_LOOP_START gp9, 100\nC_LOOP_START gp10, 50\nM_MM 0, gp1, gp2\nV_ADD_VV gp1, gp1, gp1, 0\n"
    "C_LOOP_END gp10\nC_LOOP_END gp9\n"
)


@pytest.fixture
def nest(tmp_path: Path) -> Path:
    path = tmp_path / "nest.asm"
    path.write_text(NEST)
    return path


@pytest.fixture
def foreign(tmp_path: Path) -> list[Path]:
    out = []
    for version, document in enumerate(FOREIGN):
        path = tmp_path / f"v{version}.json"
        path.write_text(json.dumps(document))
        out.append(path)
    return out


def made(cli: Any, tmp_path: Path, *argv: object) -> dict[str, Any]:
    """The timeline file that a command writes."""
    out = tmp_path / "out.json"
    ran = cli("timeline", *argv, "-o", out)
    assert ran.code == 0, ran.err
    assert ran.out == ""
    found: dict[str, Any] = json.loads(out.read_text())
    return found


@pytest.mark.parametrize(
    ("flags", "level"),
    [
        (("--timeline",), 3),
        (("--timeline=1",), 1),
        (("--timeline=2",), 2),
        (("--timeline=3",), 3),
        (("--timeline", "2"), 2),
    ],
)
def test_levels(cli: Any, tmp_path: Path, nest: Path, flags: tuple[str, ...], level: int) -> None:
    data = made(cli, tmp_path, nest, *flags)
    assert data["level"] == {"requested": level, "effective": level}
    assert data["version"] == level - 1
    assert ("edges" in data) == (level >= 2)
    assert ("phases" in data) == (level >= 3)
    assert data["estimated"] is True


@pytest.mark.parametrize("flags", [(), ("--timeline=0",), ("--timeline", "0")])
def test_level_0_writes_nothing(cli: Any, tmp_path: Path, nest: Path, flags: Any) -> None:
    ran = cli("timeline", nest, *flags, "-o", tmp_path / "none.json")
    assert (ran.code, ran.out) == (0, "")
    assert "level 0" in ran.err
    assert not (tmp_path / "none.json").exists()


@pytest.mark.parametrize(
    "value", ["4", "-1", "03", "full", "true", "", "1.0", "2 ", "0x2", "99999999999999999999"]
)
@pytest.mark.parametrize("command", ["timeline", "profile"])
def test_no_clamping(cli: Any, nest: Path, command: str, value: str) -> None:
    ran = cli(command, nest, f"--timeline={value}")
    assert ran.code == 2
    flat = " ".join(ran.err.replace("│", " ").split())
    for words in LEVEL_WORDS:
        assert words in flat


def test_a_bare_flag_before_a_file(cli: Any, tmp_path: Path, nest: Path) -> None:
    assert made(cli, tmp_path, "--timeline", nest)["level"]["requested"] == 3


@pytest.mark.parametrize("format", ["text", "json", "csv"])
def test_reports_are_byte_identical_at_all_levels(
    cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    for timing in ("serial", "in-order"):
        argv = (ROOT / DECODER, "--format", format, "--timing", timing)
        plain = cli(*argv)
        assert plain.code == 0
        monkeypatch.chdir(tmp_path)
        for level in range(4):
            out = tmp_path / f"t{level}.json"
            ran = cli(*argv, f"--timeline={level}", "--timeline-output", out)
            assert ran.code == 0
            # The command changes to the root of the project: absolute paths everywhere.
            assert ran.out == plain.out
            assert out.exists() == (level > 0)
            if level:
                assert json.loads(out.read_text())["level"]["effective"] == level
                out.unlink()


def test_the_profile_command_writes_beside(
    tmp_path: Path, nest: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert main(["profile", str(nest), "--timeline=1", "--window", "0:50", "-q"]) == 0
    captured = capsys.readouterr()
    assert "nest.timeline.json (level 1)" in captured.err
    data = json.loads((here / "nest.timeline.json").read_text())
    assert data["extent"]["window"] == [0, 50]
    assert main([str(nest), "--timeline", "--max-events", "40", "--timeline-output", "x.gz"]) == 0
    data = json.loads(gzip.decompress((here / "x.gz").read_bytes()))
    assert data["accounting"]["max_events"] == 40
    assert data["accounting"]["events"] <= 40
    assert data["meta"]["model"] == "serial"


def test_the_profile_command_refuses(cli: Any, tmp_path: Path, nest: Path) -> None:
    other = tmp_path / "d" / "nest.asm"
    other.parent.mkdir()
    other.write_text(NEST)
    for argv in (
        (nest, "--timeline-output", "x.json"),
        (nest, "--window", "0:5"),
        (nest, "--timeline", "--timeline-output", "-"),
        (nest, other, "--timeline"),
        (nest, other, "--timeline", "--timeline-output", "x.json"),
        (nest, "--timeline", "--timing", "legacy"),
        (nest, "--timeline", "--window", "5:5"),
    ):
        assert cli("profile", *argv).code == 2, argv


@pytest.mark.parametrize("value", ["", "5", "5:", ":5", "9:3", "4:4", "-1:5", "a:b", "1:2:3"])
def test_windows_that_are_none(cli: Any, nest: Path, value: str) -> None:
    ran = cli("timeline", nest, "--timeline", f"--window={value}")
    assert ran.code == 2
    assert "START:END" in ran.err


def test_a_window_after_the_end(cli: Any, nest: Path) -> None:
    ran = cli("timeline", nest, "--timeline", "--window", "99999999:100000000")
    assert ran.code == 2
    assert "window" in ran.err


def test_a_window_unrolls_loops(cli: Any, tmp_path: Path, nest: Path) -> None:
    whole = made(cli, tmp_path, nest, "--timeline=2")
    data = made(cli, tmp_path, nest, "--timeline=2", "--window", "1000:1500")
    columns = data["columns"]["spans"]
    assert max(row[columns.index("repeat")] for row in whole["spans"]) > 1
    assert {row[columns.index("repeat")] for row in data["spans"]} == {1}
    start, end = columns.index("start"), columns.index("end")
    for row in data["spans"]:
        assert row[start] < 1500
        assert row[end] > 1000
    assert data["extent"]["mode"] == "window"
    assert data["totals"] == whole["totals"]
    a = data["accounting"]
    assert a["dropped"] > 0
    assert a["shown"] + a["summarised"] + a["dropped"] == a["spans_total"]


def test_one_line_tells_of_the_budget(cli: Any, tmp_path: Path) -> None:
    ran = cli(
        "timeline", DECODER, "--timeline", "--max-events", 60, "-q", "-o", tmp_path / "t.json"
    )
    assert ran.code == 0
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("timeline: ")
    for word in ("events of at most 60", "shown", "summarised", "dropped"):
        assert word in ran.err
    steps = json.loads((tmp_path / "t.json").read_text())["accounting"]["steps"]
    assert steps
    assert all(step["step"] in ran.err for step in steps)


@pytest.mark.parametrize("value", ["0", "-5", "many", "1.5"])
def test_budgets_that_are_none(cli: Any, nest: Path, value: str) -> None:
    assert cli("timeline", nest, "--timeline", "--max-events", value).code == 2


@pytest.mark.parametrize("timing", ["serial", "overlap", "async-slots", "in-order", "rtl-v1"])
def test_models(cli: Any, tmp_path: Path, nest: Path, timing: str) -> None:
    data = made(cli, tmp_path, nest, "--timeline", "--timing", timing)
    assert data["meta"]["model"] == timing
    ran = cli("timeline", "validate", tmp_path / "out.json")
    assert ran.code == 0
    assert "ok (version 2, level 3" in ran.out
    ran = cli("timeline", "export", tmp_path / "out.json")
    assert check(ran.out).about["model"] == timing


def test_statistics_without_a_file(cli: Any, nest: Path) -> None:
    ran = cli("timeline", nest, "--timeline")
    assert ran.code == 0
    for title in ("Engines (cycles)", "Loops (cycles", "Stalls (cycles)", "Critical path"):
        assert title in ran.out


def test_statistics_of_a_file_are_those_of_the_program(
    cli: Any, tmp_path: Path, nest: Path
) -> None:
    direct = cli("timeline", nest, "--timeline=2").out
    made(cli, tmp_path, nest, "--timeline=2")
    assert cli("timeline", "stats", tmp_path / "out.json").out == direct
    packed = tmp_path / "out.json.gz"
    assert cli("timeline", nest, "--timeline=2", "-o", packed).code == 0
    assert cli("timeline", "stats", packed).out == direct


def test_statistics_of_levels_have_dashes(cli: Any, tmp_path: Path, nest: Path) -> None:
    made(cli, tmp_path, nest, "--timeline=1")
    text = cli("timeline", "stats", tmp_path / "out.json").out
    path = text[text.index("Critical path") :]
    assert "Not recorded" in path
    assert path.splitlines()[3].split() == ["-", "-", "-", "-", "-"]


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown"])
def test_formats_of_statistics(cli: Any, tmp_path: Path, nest: Path, format: str) -> None:
    made(cli, tmp_path, nest, "--timeline")
    out = tmp_path / "stats"
    ran = cli("timeline", "stats", tmp_path / "out.json", "--format", format)
    assert ran.code == 0
    assert cli("timeline", "stats", tmp_path / "out.json", "--format", format, "-o", out).code == 0
    assert out.read_text() == ran.out
    if format == "json":
        data = json.loads(ran.out)
        assert sum(r["cycles"] for r in data["tables"]["stalls"][:-1]) == data["cycles"]
        assert data["tables"]["loops"][0]["trip"] in (50, 100)


@pytest.mark.parametrize("table", ["engines", "loops", "stalls", "critical"])
def test_csv_tables(cli: Any, tmp_path: Path, nest: Path, table: str) -> None:
    made(cli, tmp_path, nest, "--timeline")
    file = tmp_path / "out.json"
    ran = cli("timeline", "stats", file, "--format", "csv", "--table", table)
    assert ran.code == 0
    assert cli("timeline", "stats", file, "--format", "csv", "--table", "functions").code == 2


def test_foreign_statistics(cli: Any, foreign: list[Path]) -> None:
    ran = cli("timeline", "stats", foreign[0])
    assert ran.code == 0
    rows = [line.split() for line in ran.out.splitlines() if line.startswith(("func ", "TOTAL"))]
    assert rows == [
        ["func", "0", "1", "10.000", "-", "-", "-", "-"],
        ["func", "3", "1", "6.250", "-", "-", "-", "-"],
        ["TOTAL", "2", "8.125", "-", "-", "-", "-"],
    ]
    assert "Total test time: -" in ran.out
    for file in foreign[1:]:
        ran = cli("timeline", "stats", file)
        assert "Total test time: 20.500 us" in ran.out
        assert "87.0 %" in ran.out  # 10 of 11.5
    assert "orch_fanin" in ran.out


@pytest.mark.parametrize("version", [0, 1, 2])
@pytest.mark.parametrize("format", ["perfetto", "chrome", "html", "svg"])
def test_foreign_exports(
    cli: Any, tmp_path: Path, foreign: list[Path], version: int, format: str
) -> None:
    ran = cli("timeline", "export", foreign[version], "--format", format)
    assert ran.code == 0
    if format in ("perfetto", "chrome"):
        trace = check(ran.out)
        assert trace.about["status"] == "MEASURED"
        assert trace.counts["X"] == (2, 4, 7)[version]
        assert ("otherData" in json.loads(ran.out)) == (format == "chrome")
    out = tmp_path / "exported"
    assert cli("timeline", "export", foreign[version], "--format", format, "-o", out).code == 0
    assert out.read_text() == ran.out


@pytest.mark.parametrize("version", [0, 1, 2])
def test_foreign_imports(cli: Any, tmp_path: Path, foreign: list[Path], version: int) -> None:
    out = tmp_path / "ours.json.gz"
    assert cli("timeline", "import", foreign[version], "-o", out).code == 0
    data = json.loads(gzip.decompress(out.read_bytes()))
    assert (data["format"], data["version"], data["estimated"]) == ("isa-timeline", version, False)
    for command in ("stats", "export"):
        assert cli("timeline", command, out).out == (
            cli("timeline", command, foreign[version]).out
        ), command
    assert cli("timeline", "validate", out).code == 0
    direct = cli("timeline", "import", foreign[version])
    assert json.loads(direct.out) == data


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input(cli: Any, monkeypatch: pytest.MonkeyPatch, foreign: list[Path]) -> None:
    plain = foreign[1].read_bytes()
    for data in (plain, gzip.compress(plain)):
        for command in ("stats", "export", "import", "validate"):
            monkeypatch.setattr(sys, "stdin", _Stdin(data))
            ran = cli("timeline", command, "-")
            assert ran.code == 0, ran.err
            assert ran.out


def test_compressed_exports(cli: Any, tmp_path: Path, nest: Path) -> None:
    made(cli, tmp_path, nest, "--timeline")
    plain = cli("timeline", "export", tmp_path / "out.json").out
    out = tmp_path / "trace.json.gz"
    assert cli("timeline", "export", tmp_path / "out.json", "-o", out).code == 0
    assert gzip.decompress(out.read_bytes()).decode() == plain


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main(["timeline", *map(str, argv)])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, captured.out, captured.err


def test_validate_says_no(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], foreign: list[Path], nest: Path
) -> None:
    good = tmp_path / "good.json"
    assert run(capsys, nest, "--timeline=2", "-o", good)[0] == 0
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(changed(json.loads(good.read_text()), ("accounting", "dropped"), 5)))
    code, out, err = run(capsys, "validate", good, bad, foreign[2])
    assert code == 1
    assert out.splitlines()[0].startswith(f"{good}: ok (version 1, level 2")
    assert out.splitlines()[1].startswith(f"{foreign[2]}: ok (foreign, version 2")
    assert "error[E520]" in err
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    code, _, err = run(capsys, "validate", bad, broken, tmp_path / "none.json")
    assert code == 2
    assert "error[E100]" in err
    assert "error[E201]" in err
    assert "error[E520]" in err


@pytest.mark.parametrize("command", ["stats", "export", "import", "validate"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E100"),
        ("[]", "E510"),
        ('{"format": "other"}', "E510"),
        (json.dumps({**V1, "version": 9}), "E510"),
        (json.dumps({**V0, "tasks": []}), "E517"),
        (json.dumps(changed(V2, ("tasks", 0, "core_id"), "x")), "E512"),
    ],
)
def test_one_loader_for_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, text: str, code: str
) -> None:
    path = tmp_path / "t.json"
    path.write_text(text)
    status, out, err = run(capsys, command, path)
    assert (status, out) == (2, "")
    assert f"error[{code}]" in err
    assert str(path) in err


def test_files_that_cannot_be_written(cli: Any, tmp_path: Path, nest: Path) -> None:
    ran = cli("timeline", nest, "--timeline", "-o", tmp_path / "no" / "such.json")
    assert ran.code == 2
    assert "E203" in ran.err


def test_a_truncated_gzip(cli: Any, tmp_path: Path, foreign: list[Path]) -> None:
    path = tmp_path / "cut.json.gz"
    path.write_bytes(gzip.compress(foreign[0].read_bytes())[:-9])
    ran = cli("timeline", "stats", path)
    assert ran.code == 2
    assert "E202" in ran.err


def test_the_floor_is_told(cli: Any, tmp_path: Path) -> None:
    # Four matrix products into one accumulator can only follow one another.
    path = tmp_path / "chain.asm"
    path.write_text("M_MM 0, gp1, gp2\n" * 4)
    data = made(cli, tmp_path, path, "--timeline=2", "--board", "emulator")
    assert data["extent"]["floor"] == data["extent"]["cycles"] == 4 * 64
    # Independent scalar work is bounded by its engine only.
    path.write_text("".join(f"S_EXP_FP f{i}, f{i}, 0\n" for i in range(1, 8)))
    data = made(cli, tmp_path, path, "--timeline=2", "--board", "emulator")
    assert data["extent"]["floor"] <= data["extent"]["cycles"]
