"""Settings files: which column counts, what is replaced, and what is refused."""

import hashlib
from pathlib import Path

import pytest

from isa_analysis.boards import LoadedBoard, apply_settings, load_board
from isa_analysis.boards.schema import Latency
from isa_analysis.diagnostics import Diagnostic, InputError

NAMES = [key.upper() for key in Latency.model_fields if key != "dc_lib_en"]


def settings_text(
    dc_en: str | None = "1", profile: str | None = None, config: str = "", fpga: bool = True
) -> str:
    """Every latency is 1 with the library, 2 without; the profile fpga has 3 for vector add."""
    out = ["[MODE]", 'active = "transactional"']
    if dc_en is not None:
        out += ["[TRANSACTIONAL.CONFIG.DC_EN]", f"value = {dc_en}"]
    if profile is not None:
        out += ["[TRANSACTIONAL.CONFIG.LATENCY_PROFILE]", f'value = "{profile}"']
    out += ["[TRANSACTIONAL.CONFIG.HBM_GEN]", 'value = "HBM2"', config]
    for name in NAMES:
        out += [f"[TRANSACTIONAL.LATENCY.{name}]", "dc_lib_en = 1", "dc_lib_dis = 2"]
        if fpga and name == "VECTOR_ADD_CYCLES":
            out += ["fpga = 3"]
    return "\n".join([*out, "[TRANSACTIONAL.LATENCY.VECTOR_BASIC_CYCLES]", "dc_lib_en = 1", ""])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plena_settings.toml"


def apply(
    file: Path,
    text: str,
    *,
    dc_en: bool | None = None,
    profile: str | None = None,
    environ: dict[str, str] | None = None,
    board: str = "nexys_a7",
    overrides: tuple[str, ...] = (),
) -> LoadedBoard:
    file.write_text(text)
    return apply_settings(
        load_board(board, overrides),
        str(file),
        dc_en=dc_en,
        latency_profile=profile,
        environ=environ or {},
    )


def problems(file: Path, text: str, profile: str | None = None) -> list[Diagnostic]:
    with pytest.raises(InputError) as caught:
        apply(file, text, profile=profile)
    return list(caught.value.diagnostics)


ENV = {"PLENA_LATENCY_PROFILE": "fpga"}
NO = {"PLENA_LATENCY_PROFILE": "default"}
EMPTY = {"PLENA_LATENCY_PROFILE": ""}
BAD = {"PLENA_LATENCY_PROFILE": "nope"}


# dc_en of the caller and of the file, profile of the caller, the environment and the file
# -> cycles of vector add (the profile has an entry) and vector mul (it has none).
@pytest.mark.parametrize(
    ("dc", "file_dc", "caller", "environ", "in_file", "add", "mul"),
    [
        (None, None, None, {}, None, 1, 1),
        (None, "1", None, {}, None, 1, 1),
        (None, "true", None, {}, None, 1, 1),
        (None, "0", None, {}, None, 2, 2),
        (None, "false", None, {}, None, 2, 2),
        (True, "0", None, {}, None, 1, 1),
        (False, "1", None, {}, None, 2, 2),
        (None, "1", "fpga", {}, None, 1, 1),
        (None, "1", "nope", BAD, "nope", 1, 1),
        (None, "0", "fpga", {}, None, 3, 2),
        (None, "0", None, ENV, None, 3, 2),
        (None, "0", None, {}, "fpga", 3, 2),
        (None, "0", "fpga", BAD, "nope", 3, 2),
        (None, "0", None, ENV, "nope", 3, 2),
        (None, "0", "default", ENV, "fpga", 2, 2),
        (None, "0", "dc_lib_dis", ENV, "fpga", 2, 2),
        (None, "0", "", ENV, "fpga", 2, 2),
        (None, "0", None, NO, "fpga", 2, 2),
        (None, "0", None, EMPTY, "fpga", 2, 2),
        (None, "0", None, {}, "default", 2, 2),
        (None, "0", None, {}, "dc_lib_dis", 2, 2),
        (None, "0", None, {}, "", 2, 2),
        (False, None, "fpga", {}, None, 3, 2),
    ],
)
def test_selection(
    file: Path,
    dc: bool | None,
    file_dc: str | None,
    caller: str | None,
    environ: dict[str, str],
    in_file: str | None,
    add: int,
    mul: int,
) -> None:
    text = settings_text(file_dc, in_file)
    latency = apply(file, text, dc_en=dc, profile=caller, environ=environ).board.latency
    assert (latency.vector_add_cycles, latency.vector_mul_cycles) == (add, mul)
    assert latency.dc_lib_en == (mul == 1)


def test_the_process_environment_is_the_default(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLENA_LATENCY_PROFILE", "fpga")
    file.write_text(settings_text("0"))
    assert apply_settings(load_board("v80"), str(file)).board.latency.vector_add_cycles == 3


@pytest.mark.parametrize("profile", ["nope", "FPGA", "fpgaa"])
def test_unknown_profile_names_those_present(file: Path, profile: str) -> None:
    (found,) = problems(file, settings_text("0"), profile)
    assert found.code == "E104"
    assert repr(profile) in found.message
    assert "profiles: fpga" in found.hint
    (found,) = problems(file, settings_text("0", fpga=False), profile)
    assert "no profiles" in found.hint


def test_machine_and_memory_are_replaced(file: Path) -> None:
    values = {
        "MLEN": 128,
        "VLEN": 256,
        "BLEN": 8,
        "HLEN": 32,
        "BROADCAST_AMOUNT": 2,
        "MAX_LOOP_INSTRUCTIONS": 5,
        "HBM_M_Prefetch_Amount": 128,
        "HBM_V_Prefetch_Amount": 16,
        "HBM_V_Writeback_Amount": 17,
        "MATRIX_SRAM_SIZE": 1024,
        "VECTOR_SRAM_SIZE": 65536,
        "FP_SRAM_DEPTH": 512,
    }
    config = "\n".join(f"[TRANSACTIONAL.CONFIG.{k}]\nvalue = {v}" for k, v in values.items())
    before = load_board("nexys_a7")
    after = apply(file, settings_text(config=config))
    machine, memory = after.board.machine, after.board.memory
    assert (machine.mlen, machine.vlen, machine.blen, machine.hlen) == (128, 256, 8, 32)
    assert (machine.broadcast_amount, machine.max_loop_instructions) == (2, 5)
    assert (memory.prefetch_m_rows, memory.prefetch_v_rows, memory.writeback_rows) == (128, 16, 17)
    assert (memory.matrix_sram_rows, memory.vector_sram_depth) == (1024, 65536)
    assert (memory.fp_sram_depth, memory.int_sram_depth) == (512, 1024)
    assert memory.timing_model == "none"
    assert not memory.has_charges
    # What the settings do not say stays.
    assert memory.capacity_bytes == before.board.memory.capacity_bytes
    assert after.clock_hz == before.clock_hz
    assert after.board.resources == before.board.resources
    assert (after.path, after.sha256) == (before.path, before.sha256)


def test_a_board_with_the_newer_sram_spelling(file: Path) -> None:
    config = "[TRANSACTIONAL.CONFIG.MATRIX_SRAM_SIZE]\nvalue = 128"
    for key, rows in (("matrix_sram_depth", 9216), ("matrix_sram_tiles", 9216)):
        board = load_board("v80", [f"memory.{key}={rows}"])
        file.write_text(settings_text(config=config))
        # The override was given by hand, so it wins over the settings.
        assert apply_settings(board, str(file), environ={}).board.memory.matrix_sram_rows == rows
    assert apply(file, settings_text(config=config)).board.memory.matrix_sram_rows == 128


@pytest.mark.parametrize("board", ["v80", "emulator", "custom_a7"])
def test_memory_timing_is_removed(file: Path, board: str) -> None:
    memory = apply(file, settings_text(), board=board).board.memory
    assert (memory.timing_model, memory.service, memory.has_charges) == ("none", None, False)


def test_overrides_win_over_the_settings(file: Path) -> None:
    overrides = ("latency.vector_add_cycles=77", "memory.prefetch_v_cycles=5")
    after = apply(file, settings_text(), overrides=overrides)
    assert after.board.latency.vector_add_cycles == 77
    assert after.board.latency.vector_mul_cycles == 1
    assert after.board.memory.prefetch_v_cycles == 5
    assert after.overrides == overrides


@pytest.mark.parametrize(
    ("dc", "profile", "words"),
    [("1", "fpga", "dc_lib_en"), ("0", "", "dc_lib_dis"), ("0", "fpga", "profile fpga")],
)
def test_the_source_is_recorded(file: Path, dc: str, profile: str, words: str) -> None:
    text = settings_text(dc)
    settings = apply(file, text, profile=profile).settings
    assert settings.startswith(str(file))
    assert words in settings
    assert hashlib.sha256(text.encode()).hexdigest() in settings


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)


def test_wrong_latency_is_located(file: Path) -> None:
    text = settings_text().replace("MUL_CYCLES]\ndc_lib_en = 1", "MUL_CYCLES]\ndc_lib_en = -1")
    (found,) = problems(file, text)
    assert (found.code, found.path) == ("E104", str(file))
    assert found.line == line_of(text, "dc_lib_en = -1")
    assert "latency.vector_mul_cycles" in found.message


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalue = '64'", "E103"),
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalue = 64.0", "E103"),
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalue = true", "E103"),
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalue = 1979-05-27", "E103"),
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalue = 0", "E104"),
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalues = 64", "E102"),
        ("[TRANSACTIONAL.CONFIG]\nMLEN = 64", "E103"),
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalue = 64\nvalue = 64", "E100"),
    ],
)
def test_wrong_config(file: Path, config: str, code: str) -> None:
    text = settings_text(config=config)
    (found,) = problems(file, text)
    assert (found.code, found.path) == (code, str(file))
    assert abs(found.line - line_of(text, config.splitlines()[1])) <= 1


@pytest.mark.parametrize("value", ["2", "1.0", "'1'", "[]"])
def test_wrong_dc_en(file: Path, value: str) -> None:
    text = settings_text(value)
    (found,) = problems(file, text)
    assert (found.code, found.line) == ("E104", line_of(text, f"value = {value}"))


def test_wrong_profile_type(file: Path) -> None:
    text = settings_text("0", "x").replace('value = "x"', "value = 3")
    assert problems(file, text)[0].code == "E103"


def test_every_missing_latency_is_named(file: Path) -> None:
    text = (
        settings_text()
        .replace("VECTOR_ADD_CYCLES", "VECTOR_AD_CYCLES")
        .replace("[TRANSACTIONAL.LATENCY.SCALAR_INT_BASIC_CYCLES]", "[TRANSACTIONAL.LATENCY.OTHER]")
    )
    found = problems(file, text)
    assert [d.code for d in found] == ["E102", "E102"]
    assert "VECTOR_ADD_CYCLES" in str([d.message for d in found])
    assert "SCALAR_INT_BASIC_CYCLES" in str([d.message for d in found])
    assert "'VECTOR_AD_CYCLES'" in str([d.hint for d in found])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E102"),
        ("[TRANSACTIONAL.CONFIG.MLEN]\nvalue = 64", "E102"),
        ("TRANSACTIONAL = 3", "E103"),
        ("[TRANSACTIONAL]\nLATENCY = 3", "E103"),
        ("[TRANSACTIONAL.LATENCY]\nVECTOR_ADD_CYCLES = 3", "E103"),
        ("[TRANSACTIONAL.LATENCY.VECTOR_ADD_CYCLES]\ndc_lib_dis = 3", "E102"),
        ("[[TRANSACTIONAL]]", "E103"),
        ("[TRANSACTIONAL", "E100"),
        ("\x00", "E100"),
    ],
)
def test_unusable_files(file: Path, text: str, code: str) -> None:
    found = problems(file, text)
    assert code in [d.code for d in found]
    assert {d.path for d in found} == {str(file)}


def test_missing_file(file: Path) -> None:
    with pytest.raises(InputError) as caught:
        apply_settings(load_board("v80"), str(file / "nothing"))
    assert [d.code for d in caught.value.diagnostics] == ["E107"]


def test_full_table_of_both_columns(file: Path) -> None:
    """The published columns are those of the boards emulator and emulator_nodc."""
    on, off = load_board("emulator").board.latency, load_board("emulator_nodc").board.latency
    text = "".join(
        f"[TRANSACTIONAL.LATENCY.{name}]\n"
        f"dc_lib_en = {getattr(on, name.lower())}\ndc_lib_dis = {getattr(off, name.lower())}\n"
        for name in NAMES
    )
    assert apply(file, text, dc_en=True).board.latency == on
    assert apply(file, text, dc_en=False).board.latency == off
