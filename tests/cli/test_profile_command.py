"""``isa-analysis FILE...``: options and formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from support import LATENCIES, ROOT, settings_toml

from isa_analysis.kernels.spans import PARTS

DECODER = "sample_asm/decoder.asm"
SHORT = "M_MM 0, gp1, gp1\nS_MAP_V_FP gp1, gp0, 0\nH_PREFETCH_M gp0, gp0, a0, 0, 0\n"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    path = tmp_path / "short.asm"
    path.write_text(SHORT)
    return path


def totals(cli: Any, *argv: object) -> dict[str, Any]:
    """The totals of a run in JSON."""
    ran = cli(*argv, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["totals"]  # type: ignore[no-any-return]


def document(cli: Any, *argv: object) -> dict[str, Any]:
    """The whole document of a run in JSON."""
    ran = cli(*argv, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)  # type: ignore[no-any-return]


def test_no_command_is_the_profile_command(cli) -> None:  # type: ignore[no-untyped-def]
    plain = cli(DECODER)
    assert plain.code == 0
    assert plain == cli("profile", DECODER)
    assert "Board    v80 (" in plain.out


def test_options_may_come_first(cli, short: Path) -> None:  # type: ignore[no-untyped-def]
    assert cli("--board", "nexys_video", short) == cli(short, "--board", "nexys_video")


def test_the_board_by_flag_by_environment_and_by_path(  # type: ignore[no-untyped-def]
    cli, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_flag = document(cli, short, "--board", "nexys_a7")
    assert by_flag["board"]["name"] == "nexys_a7"
    by_path = document(cli, short, "--board", "board_configs/nexys_a7.yaml")
    assert by_path["board"] == by_flag["board"]
    monkeypatch.setenv("ISA_ANALYSIS_BOARD", "nexys_a7")
    assert document(cli, short)["board"] == by_flag["board"]
    assert document(cli, short, "--board", "v80")["board"]["name"] == "v80"
    monkeypatch.setenv("ISA_ANALYSIS_BOARD", "no_such")
    assert cli(short).code == 2


def test_two_boards_of_one_name_are_told_apart(cli, short: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    mine = tmp_path / "v80.yaml"
    mine.write_text((ROOT / "board_configs" / "v80.yaml").read_text() + "# mine\n")
    ours, theirs = (document(cli, short, "--board", b)["board"] for b in ("v80", mine))
    assert ours["name"] == theirs["name"]
    assert ours["path"] != theirs["path"]
    assert ours["sha256"] != theirs["sha256"]
    assert str(mine) in cli(short, "--board", mine).out


@pytest.mark.parametrize(
    ("board", "words"),
    [
        ("v8O", "did you mean v80"),
        ("nexys", "nexys_"),
        ("", "error"),
        ("/no/such.yaml", "/no/such.yaml"),
        ("sample_asm/decoder.asm", "sample_asm/decoder.asm"),
        ("sample_asm", "error"),
        ("a\nb", "error"),
    ],
)
def test_unknown_boards(cli, short: Path, board: str, words: str) -> None:  # type: ignore[no-untyped-def]
    ran = cli(short, "--board", board)
    assert ran.code == 2
    assert words in ran.err


@pytest.mark.parametrize(
    "setting",
    ["machine.mlen=zero", "machine.mlen=0", "machine.mlen=-4", "machine.mlen=1.5", "machine.mlne=4",
     "machine", "machine=4", "=4", "machine.mlen=", "latency.vector_add_cycles=-1",
     "latency.vector_add_cycles=1e3", "clock_mhz=nan", "clock_mhz=inf", "clock_mhz=0", "a.b.c.d=1",
     "machine.mlen=99999999999999999999", "machine.mlen=[1]", "machine.mlen=on", "é=1", "\0=1"],
)  # fmt: skip
def test_bad_overrides(cli, short: Path, setting: str) -> None:  # type: ignore[no-untyped-def]
    ran = cli(short, "--set", setting)
    assert ran.code == 2
    assert "--set" in ran.err


def test_sizes_and_clock_by_flags(cli, short: Path) -> None:  # type: ignore[no-untyped-def]
    found = document(
        cli, short, "--mlen", 256, "--vlen", 128, "--blen", 16, "--clock-mhz", 33.25, "--memory",
        "none",
    )  # fmt: skip
    parameters = found["model"]["parameters"]
    assert (parameters["mlen"], parameters["vlen"], parameters["blen"]) == (256, 128, 16)
    assert found["board"]["clock_hz"] == 33_250_000
    assert found["totals"]["compute_cycles"] == 256 + 2 * 128
    assert found["totals"]["seconds"] == pytest.approx(512 / 33.25e6)


def test_set_is_applied_in_order_after_the_flags(cli, short: Path) -> None:  # type: ignore[no-untyped-def]
    found = document(cli, short, "--mlen", 256, "--set", "machine.mlen=64", "--set",
                     "machine.mlen=128")  # fmt: skip
    assert found["model"]["parameters"]["mlen"] == 128


@pytest.mark.parametrize(
    "argv",
    [("--mlen", "x"), ("--mlen", "0"), ("--mlen", "-1"), ("--clock-mhz", "fast"), ("--top", "0"),
     ("--top", "x"), ("--format", "xml"), ("--timing", "best"), ("--memory", "all"),
     ("--isa", "x86"), ("--unknown-opcode", "ignore"), ("--no-such-option",), ("--board",),
     ("--group", "kernels"), ("--group", "layer,,kernel"), ("--group", ""), ("--dc-en",),
     ("--latency-profile", "x"), ("--settings", "/no/such.toml"),
     ("--kernel-rules", "/no/such.yaml"), ("-o", "/no/such/folder/x.txt"), ("-o", ".")],
    ids=" ".join,
)  # fmt: skip
def test_bad_options(cli, short: Path, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert cli(short, *argv).code == 2


@pytest.mark.parametrize("timing", ["serial", "legacy"])
@pytest.mark.parametrize("memory", ["board", "charge", "none"])
def test_models(cli, short: Path, timing: str, memory: str) -> None:  # type: ignore[no-untyped-def]
    found = document(cli, short, "--board", "nexys_video", "--timing", timing, "--memory", memory)
    assert found["model"]["timing"] == timing
    assert found["totals"]["memory_cycles"] == (0 if memory == "none" else 400)
    overhead = 8
    compute = {"serial": 64 + overhead + 128, "legacy": 64 + overhead + 64}[timing]
    assert found["totals"]["compute_cycles"] == compute


@pytest.mark.parametrize(
    "group", [*PARTS, "layer,kernel", "kernel, layer", ",".join(PARTS), "auto"]
)
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_groups(cli, group: str, form: str) -> None:  # type: ignore[no-untyped-def]
    ran = cli(DECODER, "--group", group, "--format", form, "-q")
    assert ran.code == 0
    assert ran.err == ""
    whole = totals(cli, DECODER)["total_cycles"]
    if form == "json":
        assert sum(k["total_cycles"] for k in json.loads(ran.out)["kernels"]) == whole
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(ran.out)))
        assert sum(int(r["total_cycles"]) for r in rows) == whole
    else:
        assert f"{whole:,} cycles" in ran.out


def test_top_cuts_tables(cli) -> None:  # type: ignore[no-untyped-def]
    short, long = cli(DECODER, "--top", 2), cli(DECODER, "--top", 50)
    assert len(short.out.splitlines()) < len(long.out.splitlines())
    assert " more)" in short.out


def test_warnings_go_to_stderr_only_and_quiet_hides_them(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "w.asm"
    path.write_text("C_LOOP_START gp1, 1\nC_LOOP_END gp1\n")
    for form in ("text", "json", "csv"):
        loud, quiet = cli(path, "--format", form), cli(path, "--format", form, "-q")
        assert loud.code == quiet.code == 0
        assert f"{path}:1:1: warning[W010]" in loud.err
        assert "warning[W010]" not in loud.out
        assert quiet.err == ""
        assert loud.out == quiet.out


def test_dialects(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "d.asm"
    path.write_text("S_SLLI_INT gp1, gp2, 3\n")
    assert document(cli, path)["inputs"][0]["dialect"] == "plena-tvm"
    assert document(cli, path, "--isa", "plena-tvm")["inputs"][0]["dialect"] == "plena-tvm"
    ran = cli(path, "--isa", "plena")
    assert ran.code == 2
    assert f"{path}:1:1: error[E007]" in ran.err
    path.write_text("S_SLLI_INT gp1, gp2, 3\nV_MAX_VF gp1, gp1, f1\n")
    ran = cli(path)
    assert ran.code == 2
    assert f"{path}:2:1: error[E008]" in ran.err
    assert "line 1" in ran.err


BROKEN = "S_LUI_INT gp1, 1\na title\nV_NEW gp1\nC_LOOP_END gp1\n"


def test_errors_leave_no_numbers(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path, output = tmp_path / "b.asm", tmp_path / "out.txt"
    path.write_text(BROKEN)
    ran = cli(path, "-o", output)
    assert ran.code == 2
    assert not output.exists()
    for where in (":2:1: error[E001]", ":3:1: error[E002]", ":4:1: error[E010]"):
        assert f"{path}{where}" in ran.err
    assert "    a title\n    ^" in ran.err


def test_lenient_and_unknown_opcodes(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "b.asm"
    path.write_text(BROKEN)
    ran = cli(path, "--lenient")
    assert ran.code == 0
    assert "INCOMPLETE" in ran.out
    assert "warning[E001]" in ran.err
    assert totals(cli, path, "--lenient") | {"complete": 0} == totals(
        cli, path, "--lenient", "-q"
    ) | {"complete": 0}
    assert totals(cli, path, "--lenient")["dynamic_instructions"] == 1 + 1
    both = totals(cli, path, "--lenient", "--unknown-opcode", "warn")
    assert both["dynamic_instructions"] == 1 + 1 + 1
    assert both["complete"] is False
    path.write_text("S_LUI_INT gp1, 1\nV_NEW gp1\n")
    assert cli(path).code == 2
    ran = cli(path, "--unknown-opcode", "warn")
    assert ran.code == 0
    assert f"{path}:2:1: warning[E002]" in ran.err
    assert "INCOMPLETE" in ran.out


def test_all_files_problems_are_told(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first, second = tmp_path / "a.asm", tmp_path / "b.asm"
    first.write_text("FOO\n")
    second.write_text("S_LUI_INT gp1, 1\nBAR\n")
    ran = cli(first, tmp_path / "c.asm", DECODER, second)
    assert ran.code == 2
    for words in (f"{first}:1:1: error[E002]", f"{second}:2:1: error[E002]", "c.asm: error[E201]"):
        assert words in ran.err


def test_many_problems_are_capped_and_counted(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "m.asm"
    path.write_text("FOO\n" * 5000)
    ran = cli(path)
    assert ran.err.count("error[E002]") == 100
    assert "4900 more" in ran.err.replace(",", "")


def test_several_files_are_stages(cli, short: Path) -> None:  # type: ignore[no-untyped-def]
    found = document(cli, short, DECODER, short, "--board", "nexys_video")
    assert [i["path"] for i in found["inputs"]] == [str(short), DECODER, str(short)]
    alone = totals(cli, short, "--board", "nexys_video")["total_cycles"]
    decoder = totals(cli, DECODER, "--board", "nexys_video")["total_cycles"]
    assert found["totals"]["total_cycles"] == 2 * alone + decoder
    assert "Stages (cycles)" in cli(short, DECODER).out


def test_settings(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    toml, program = tmp_path / "plena_settings.toml", tmp_path / "p.asm"
    program.write_text("V_EXP_V gp1, gp1\nM_MM 0, gp1, gp1\n")
    toml.write_text(settings_toml())
    at = LATENCIES.index("VECTOR_EXP_CYCLES")

    def compute(*argv: str) -> int:
        return int(totals(cli, program, "--settings", toml, *argv)["compute_cycles"])

    assert compute("--dc-en") == at + 0 + 128
    assert compute("--no-dc-en") == (at + 100) + 100 + 128
    assert compute("--no-dc-en", "--latency-profile", "fpga") == (at + 200) + 200 + 128
    assert compute("--no-dc-en", "--latency-profile", "default") == (at + 100) + 100 + 128
    assert compute("--dc-en", "--latency-profile", "fpga") == at + 0 + 128
    assert compute("--dc-en", "--mlen", "64") == at + 64
    assert "settings" in cli(program, "--settings", toml, "--dc-en").out
    toml.write_text("[TRANSACTIONAL\n")
    ran = cli(program, "--settings", toml)
    assert ran.code == 2
    assert f"{toml}:1:" in ran.err


def test_kernel_rules(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rules, program = tmp_path / "rules.yaml", tmp_path / "p.asm"
    program.write_text("; my part alpha\nS_LUI_INT gp1, 1\n")
    rules.write_text(
        "version: 1\nrules:\n- {id: mine, family: generic, action: kernel, begins: ['my part'], "
        "pattern: 'my part (?P<name>\\w+)', block: b, kernel: '{name}'}\n"
    )
    assert "alpha" not in cli(program).out
    assert "alpha" in cli(program, "--kernel-rules", rules).out
    rules.write_text("version: 1\nrules:\n- {id: mine, pattern: '('}\n")
    ran = cli(program, "--kernel-rules", rules)
    assert ran.code == 2
    assert f"{rules}:3:" in ran.err


def test_output_file(cli, short: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for form in ("text", "json", "csv"):
        output = tmp_path / f"report.{form}"
        output.write_text("old")
        ran = cli(short, "--format", form, "-o", output)
        assert (ran.code, ran.out) == (0, "")
        assert output.read_text() == cli(short, "--format", form, "-o", "-").out
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("argv", [("--help",), ("profile", "--help"), ("x.asm", "--help"),
                                  ("boards", "--help"), ("isa", "--help")])  # fmt: skip
def test_help(cli, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    ran = cli(*argv)
    assert ran.code == 0
    assert "Usage:" in ran.out


@pytest.mark.parametrize("argv", [("--version",), (DECODER, "--version"), ("boards", "--version")])
def test_version(cli, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    from isa_analysis import __version__

    assert cli(*argv).out == f"isa-analysis {__version__}\n"


def test_no_file(cli) -> None:  # type: ignore[no-untyped-def]
    assert cli("profile").code == 2
    assert cli("--board", "v80").code == 2
