"""A profile's frame: models, caveats, warnings, and what makes it incomplete."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import ROOT, profile_of, program_of, settings_toml

from isa_analysis.boards import apply_settings, load_board
from isa_analysis.diagnostics import InputError
from isa_analysis.kernels import load_rules
from isa_analysis.profiling import ModelOptions, cycle_model, profile


def test_where_it_comes_from() -> None:
    p = profile_of("S_LUI_INT gp1, 1\n; x\n", "nexys_video", ("machine.mlen=128",))
    assert (p.input.path, p.input.lines, p.input.static_instructions) == ("t.asm", 2, 1)
    assert (p.input.dialect, p.input.skipped_lines) == ("plena", 0)
    assert (p.board.name, p.board.clock_hz) == ("nexys_video", 100_000_000)
    assert p.board.path == "board_configs/nexys_video.yaml"
    assert (p.model.timing, p.model.memory) == ("serial", "charge")
    assert p.model.parameters["mlen"] == 128
    assert p.seconds(100_000_000) == 1.0
    assert p.complete


def test_the_board_is_the_files_bytes() -> None:
    import hashlib

    p = profile_of("S_LUI_INT gp1, 1\n", "v80")
    data = (ROOT / "board_configs" / "v80.yaml").read_bytes()
    assert p.board.sha256 == hashlib.sha256(data).hexdigest()


def test_a_clean_program_has_no_diagnostics() -> None:
    assert profile_of("S_LUI_INT gp1, 1\n").diagnostics == ()


def test_an_empty_program_is_warned_of() -> None:
    p = profile_of("; nothing\n")
    assert p.totals.dynamic == 0
    assert [(d.code, d.line, d.column) for d in p.diagnostics] == [("W015", 0, 0)]


def test_a_long_iteration_is_warned_of() -> None:
    text = "C_LOOP_START gp1, 2\n{}C_LOOP_END gp1\n"
    sets = ("machine.max_loop_instructions=10",)
    at_limit = profile_of(text.format("S_LUI_INT gp9, 1\n" * 9), sets=sets)
    assert at_limit.diagnostics == ()
    beyond = profile_of(text.format("S_LUI_INT gp9, 1\n" * 10), sets=sets)
    (warning,) = beyond.diagnostics
    assert (warning.code, warning.line) == ("W013", 1)
    assert "11 instructions" in warning.message
    assert beyond.complete


def test_an_instruction_without_a_price_is_refused_where_it_stands() -> None:
    with pytest.raises(InputError) as caught:
        profile_of("S_LUI_INT gp1, 1\nV_TOPK gp1, gp2, gp3, 2\nV_TOPK gp1, gp2, gp3, 15\n")
    assert [(d.code, d.line) for d in caught.value.diagnostics] == [("E020", 2), ("E020", 3)]
    assert "policy 0" in caught.value.diagnostics[0].hint
    assert profile_of("V_TOPK gp1, gp2, gp3, 2\n", timing="legacy").totals.compute_cycles == 1


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("===\nS_LUI_INT gp1, 1\n", {"lenient": True}, "1 malformed lines were skipped"),
        ("FOO 1\nFOO 2\n", {"unknown_opcode": "warn"}, "2 executions of unknown opcodes"),
        ("FOO 1\n", {"unknown_opcode": "error", "lenient": True}, "1 malformed lines"),
        ("C_LOOP_START gp1, 2\n", {"lenient": True}, "malformed loops"),
        ("C_LOOP_END gp1\n", {"lenient": True}, "malformed loops"),
        ("C_LOOP_START gp1, 2\nC_BREAK\nC_LOOP_END gp1\n", {}, "UPPER BOUND: C_BREAK"),
    ],
)
def test_what_makes_a_profile_incomplete(text: str, options: dict[str, object], words: str) -> None:
    p = profile_of(text, **options)  # type: ignore[arg-type]
    assert not p.complete
    assert any(words in caveat for caveat in p.model.caveats)


def test_unknown_opcodes_count_per_execution() -> None:
    p = profile_of("C_LOOP_START gp1, 7\nFOO 1\nC_LOOP_END gp1\n", unknown_opcode="warn")
    assert p.totals.compute_cycles == 1 + 7 + 7
    assert any("7 executions of unknown opcodes" in c for c in p.model.caveats)


def test_a_skipped_line_costs_nothing_in_serial_timing() -> None:
    p = profile_of("M_MM nonsense\nS_LUI_INT gp1, 1\n", lenient=True)
    assert (p.totals.static, p.totals.compute_cycles) == (1, 1)
    assert p.input.skipped_lines == 1


def test_a_lenient_loop_that_is_never_closed_runs_to_the_end() -> None:
    p = profile_of("C_LOOP_START gp1, 5\nS_LUI_INT gp2, 1\n", lenient=True)
    assert p.totals.dynamic == 1 + 5


def test_settings_replace_latencies_and_say_so(tmp_path: Path) -> None:
    toml = tmp_path / "plena_settings.toml"
    toml.write_text(settings_toml())
    board = apply_settings(load_board("emulator"), str(toml), dc_en=False)
    assert cycle_model(board, ModelOptions()).cycles("V_ADD_VV") == 101
    p = profile(program_of("V_ADD_VV gp1, gp1, gp1\n"), board)
    assert p.totals.compute_cycles == 101
    assert any("latencies and machine come from settings" in c for c in p.model.caveats)


def test_own_rules_name_kernels() -> None:
    rules = load_rules(
        "version: 1\nrules:\n- {id: mine, family: generic, action: kernel, begins: ['my part'], "
        "pattern: 'my part (?P<name>\\w+)', block: b, kernel: '{name}'}\n",
        path="r.yaml",
    )
    program = program_of("; my part alpha\nS_LUI_INT gp1, 1\n")
    p = profile(program, load_board("v80"), rules=rules)
    assert "alpha" in {k.kernel for k in p.kernels}
