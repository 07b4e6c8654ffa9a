"""Loading boards: the shipped ones against the published tables, paths, overrides, errors."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.boards import LoadedBoard, board_schema, load_board, shipped_boards
from isa_analysis.boards.load import as_board
from isa_analysis.boards.schema import Latency
from isa_analysis.config import read_yaml
from isa_analysis.diagnostics import Diagnostic, InputError
from isa_analysis.resources import folder

LATENCIES = tuple(Latency.model_fields)
#: In the order of LATENCIES.
DC_ON = (True, 0, 1, 1, 1, 2, 4, 8, 1, 9, 1, 1, 1, 1, 1)
DC_OFF = (False, 0, 2, 5, 6, 7, 4, 20, 1, 9, 1, 2, 2, 2, 1)
RTL = (False, 8, 9, 7, 15, 8, 4, 30, 1, 9, 1, 2, 2, 2, 1)

MINIMAL = """\
name: mine
clock_mhz: 250
memory: {type: ddr4, capacity_bytes: 1073741824, bandwidth_bytes_per_s: 19.2e9}
latency:
  dc_lib_en: false
""" + "".join(f"  {key}: 3\n" for key in LATENCIES[1:])


def problems(spec: str, *overrides: str) -> list[Diagnostic]:
    with pytest.raises(InputError) as caught:
        load_board(spec, overrides)
    return list(caught.value.diagnostics)


def test_shipped_boards() -> None:
    assert shipped_boards() == (
        "custom_a7",
        "emulator",
        "emulator_nodc",
        "nexys_a7",
        "nexys_video",
        "v80",
    )


@pytest.mark.parametrize(
    ("name", "hertz", "latencies", "timing", "charges"),
    [
        ("v80", 400_000_000, DC_ON, "service", (None, None, None)),
        ("nexys_a7", 100_000_000, DC_OFF, "charge", (25, 400, 25)),
        ("nexys_video", 100_000_000, RTL, "charge", (25, 400, 25)),
        ("custom_a7", 100_000_000, RTL, "charge", (25, 400, 25)),
        ("emulator", 1_000_000_000, DC_ON, "service", (None, None, None)),
        ("emulator_nodc", 1_000_000_000, DC_OFF, "service", (None, None, None)),
    ],
)
def test_published_numbers(
    name: str,
    hertz: int,
    latencies: tuple[int, ...],
    timing: str,
    charges: tuple[int | None, ...],
) -> None:
    loaded = load_board(name)
    board, memory, machine = loaded.board, loaded.board.memory, loaded.board.machine
    assert board.name == name
    assert loaded.clock_hz == hertz
    assert tuple(getattr(board.latency, key) for key in LATENCIES) == latencies
    assert memory.timing_model == timing
    assert (memory.prefetch_v_cycles, memory.prefetch_m_cycles, memory.store_v_cycles) == charges
    assert (machine.mlen, machine.vlen, machine.blen, machine.hlen) == (64, 64, 4, 16)
    assert (machine.broadcast_amount, machine.max_loop_instructions) == (4, 100000)
    assert (memory.prefetch_m_rows, memory.prefetch_v_rows, memory.writeback_rows) == (64, 4, 4)
    assert (memory.matrix_sram_rows, memory.vector_sram_depth) == (4096, 4194304)
    assert (memory.fp_sram_depth, memory.int_sram_depth) == (1024, 1024)
    precision = board.precision
    assert [precision.matrix_sram.bytes_per_element, precision.vector_sram.bytes_per_element] == [
        2.0,
        2.0,
    ]
    for format in (precision.hbm_activation, precision.hbm_weight, precision.hbm_kv):
        assert (format.bytes_per_element, format.bits_per_element) == (1.125, 9.0)


def test_memory_of_the_boards() -> None:
    v80 = load_board("v80").board
    assert (v80.memory.capacity_bytes, v80.memory.bandwidth_bytes_per_s) == (34359738368, 819.2e9)
    assert v80.memory.sustained_bytes_per_s == 819.2e9
    assert v80.memory.service is not None
    assert v80.memory.service.assumption
    assert v80.resources is not None
    assert v80.resources.dsp == 10848
    for name, link in (("nexys_a7", 4.75e6), ("nexys_video", 4.75e6), ("custom_a7", 1.5e9)):
        board = load_board(name).board
        assert board.memory.capacity_bytes == 536870912
        assert board.memory.sustained_bytes_per_s == 1.0e9
        assert board.host_link is not None
        assert board.host_link.bandwidth_bytes_per_s == link
        assert board.resources is not None
        assert (board.resources.lut, board.resources.ff) == (134600, 269200)
        assert (board.resources.bram36, board.resources.dsp) == (365, 740)
        assert [hint.status for hint in board.tile_hints].count("exceeds_resources") == 1


def test_emulator_twins_differ_in_latency_only() -> None:
    one, two = load_board("emulator").board, load_board("emulator_nodc").board
    assert one.memory == two.memory
    assert one.machine == two.machine
    assert one.latency != two.latency


def test_path_hash_and_equal_names(tmp_path: Path) -> None:
    file = tmp_path / "v80.yaml"
    file.write_text(MINIMAL.replace("mine", "v80"))
    mine, shipped = load_board(str(file)), load_board("v80")
    assert mine.board.name == shipped.board.name
    assert mine.path == str(file)
    assert mine.path != shipped.path
    assert mine.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert mine.sha256 != shipped.sha256
    content = (folder("board_configs") / "v80.yaml").read_bytes()
    assert shipped.sha256 == hashlib.sha256(content).hexdigest()


def test_shipped_path_names_no_directory_of_this_machine() -> None:
    assert load_board("v80").path == "board_configs/v80.yaml"


def test_file_without_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain").write_text(MINIMAL)
    monkeypatch.chdir(tmp_path)
    assert load_board("plain").board.name == "mine"
    assert load_board("./plain").board.name == "mine"


def test_minimal_board_defaults() -> None:
    board = as_board(read_yaml(MINIMAL, "m.yaml"))
    assert board.machine.mlen == 64
    assert board.memory.timing_model == "none"
    assert board.memory.sustained_bytes_per_s == 19.2e9
    assert board.precision.hbm_weight.bytes_per_element == 1.125
    assert board.host_link is None
    assert board.tile_hints == ()


@pytest.mark.parametrize("key", ["name", "clock_mhz", "memory", "latency"])
def test_required_sections(key: str) -> None:
    lines = [line for line in MINIMAL.splitlines() if not line.startswith(key)]
    if key == "latency":
        lines = [line for line in lines if not line.startswith("  ")]
    text = "\n".join(line.lstrip() if key == "latency" else line for line in lines)
    with pytest.raises(InputError) as caught:
        as_board(read_yaml(text, "m.yaml"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.line) == ("E102", 1)
    assert repr(key) in found.message


@pytest.mark.parametrize("key", LATENCIES)
def test_every_latency_is_required(key: str) -> None:
    text = "\n".join(line for line in MINIMAL.splitlines() if line.split(":")[0].strip() != key)
    with pytest.raises(InputError) as caught:
        as_board(read_yaml(text, "m.yaml"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.line, found.column) == ("E102", 4, 1)
    assert key in found.message


def test_unknown_name() -> None:
    (found,) = problems("nexsys_a7")
    assert found.code == "E107"
    assert "nexys_a7" in found.hint
    for name in shipped_boards():
        assert name in found.hint


@pytest.mark.parametrize(
    "spec", ["", "x" * 10000, "V80", "a\0b", "nope/", "/", ".", "nope.yaml", "é"]
)
def test_unusable_names(spec: str) -> None:
    assert [d.code for d in problems(spec)] == ["E107"]


@pytest.mark.parametrize(
    ("override", "section", "field", "value"),
    [
        ("machine.mlen=256", "machine", "mlen", 256),
        ("latency.vector_add_cycles=3", "latency", "vector_add_cycles", 3),
        ("memory.capacity_bytes=1024", "memory", "capacity_bytes", 1024),
        ("memory.bandwidth_bytes_per_s=1e12", "memory", "bandwidth_bytes_per_s", 1e12),
        (" machine . mlen = 32 ", "machine", "mlen", 32),
        ("memory.type='yes'", "memory", "type", "yes"),
        ("latency.dc_lib_en=false", "latency", "dc_lib_en", False),
    ],
)
def test_override(override: str, section: str, field: str, value: object) -> None:
    loaded = load_board("v80", [override])
    assert getattr(getattr(loaded.board, section), field) == value
    assert loaded.overrides == (override,)
    assert loaded.sha256 == load_board("v80").sha256


def test_overrides_apply_in_order_and_deep() -> None:
    loaded = load_board(
        "emulator",
        ["clock_mhz=200", "machine.mlen=1", "machine.mlen=2", "memory.service.store_block_ns=15"],
    )
    assert loaded.clock_hz == 200_000_000
    assert loaded.board.machine.mlen == 2
    assert loaded.board.memory.service is not None
    assert loaded.board.memory.service.store_block_ns == 15.0
    hinted = load_board("v80", ["tile_hints.0.batch=7"]).board.tile_hints
    assert [hint.batch for hint in hinted] == [7, 1, 1, 2]


def test_override_can_remove_and_create() -> None:
    board = load_board("nexys_a7", ["memory.store_v_cycles=null", "memory.timing=null"]).board
    assert board.memory.store_v_cycles is None
    assert board.memory.timing_model == "charge"
    board = load_board(
        "nexys_a7",
        [
            "memory.service.prefetch_base_ns=1",
            "memory.service.prefetch_slot_ns=2",
            "memory.service.store_block_ns=3",
            "memory.timing=service",
        ],
    ).board
    assert board.memory.timing_model == "service"
    assert load_board("emulator", ["memory.timing=none"]).board.memory.timing_model == "none"


@pytest.mark.parametrize("key", ["matrix_sram_tiles", "matrix_sram_depth"])
def test_matrix_sram_depth_has_two_spellings(key: str) -> None:
    assert load_board("v80", [f"memory.{key}=3072"]).board.memory.matrix_sram_rows == 3072


@pytest.mark.parametrize(
    ("override", "code", "words", "hint"),
    [
        ("machine.mlne=1", "E101", "machine.mlne", "'mlen'"),
        ("machin.mlen=1", "E101", "'machin'", "'machine'"),
        ("mlen=1", "E101", "'mlen'", "machine.mlen"),
        ("memory.servce.store_block_ns=1", "E101", "memory.servce", "'service'"),
        ("clock_mhz=fast", "E103", "expected a number, found text 'fast'", ""),
        ("machine.mlen=1e2", "E103", "expected a whole number", "write 100"),
        ("machine.mlen='64'", "E103", "found text '64'", ""),
        ("machine=1", "E103", "machine: expected a mapping", ""),
        ("machine.mlen.x=1", "E103", "machine.mlen is the number 64", ""),
        ("tile_hints.4.mlen=1", "E103", "tile_hints has 4 items", ""),
        ("latency.vector_add_cycles=null", "E103", "found no value", ""),
        ("latency.vector_add_cycles=-1", "E104", "at least 0", ""),
        ("machine.mlen=0", "E104", "at least 1", ""),
        ("clock_mhz=0", "E104", "above 0", ""),
        ("clock_mhz=33.3333333", "E104", "whole number of Hz", ""),
        ("memory.timing=servce", "E104", "'charge', 'service' or 'none'", "'service'"),
        ("memory.timing=charge", "E104", "none of prefetch_v_cycles", ""),
        ("memory.effective_bandwidth_bytes_per_s=1e15", "E104", "above the peak", ""),
        ("machine.mlen=yes", "E106", "boolean in YAML 1.1", "quote"),
        ("machine.mlen=010", "E106", "octal", "leading zeros"),
        ("machine.mlen=.inf", "E106", "finite", ""),
        ("machine.mlen=[1]", "E103", "single scalar", ""),
        ("machine.mlen=&x 1", "E106", "anchors", ""),
        ("machine.mlen", "E108", "section.key=value", "machine.mlen=128"),
        ("machine.mlen=", "E108", "no value", "null"),
        ("=1", "E108", "section.key=value", ""),
        (".=1", "E108", "section.key=value", ""),
        ("machine..mlen=1", "E108", "section.key=value", ""),
        (".".join("a" * 50) + "=1", "E108", "section.key=value", ""),
        ("", "E108", "section.key=value", ""),
    ],
)
def test_bad_override(override: str, code: str, words: str, hint: str) -> None:
    (found,) = problems("v80", override)
    assert (found.code, found.path, found.line) == (code, f"--set {override}", 0)
    assert words in found.message
    assert hint in found.hint


def test_problems_of_several_overrides_come_together() -> None:
    assert [d.code for d in problems("v80", "x", "y=yes", "machine.mlen.a=1")] == [
        "E108",
        "E106",
        "E103",
    ]
    assert len(problems("v80", "machine.mlne=1", "clock_mhz=x")) == 2


def test_override_repairs_the_file(tmp_path: Path) -> None:
    file = tmp_path / "b.yaml"
    file.write_text(MINIMAL.replace("clock_mhz: 250", "clock_mhz: fast"))
    assert problems(str(file))[0].line == 2
    assert load_board(str(file), ["clock_mhz=1"]).clock_hz == 1_000_000


def test_clock_is_exact() -> None:
    for text, hertz in (("0.1", 100_000), ("33.333333", 33_333_333), ("1e3", 10**9), ("1", 10**6)):
        assert load_board("v80", [f"clock_mhz={text}"]).clock_hz == hertz


def test_schema_is_json_and_names_every_section() -> None:
    schema = json.loads(json.dumps(board_schema()))
    assert set(schema["required"]) == {"name", "clock_mhz", "memory", "latency"}
    assert "tile_hints" in schema["properties"]
    for definition in (schema, *schema["$defs"].values()):
        assert definition["additionalProperties"] is False
        assert all(field.get("description") for field in definition["properties"].values())


def test_loading_a_name_does_not_import_the_views() -> None:
    code = (
        "import sys; from isa_analysis.boards import load_board; load_board('v80');"
        "print([m for m in ('pandas', 'numpy', 'rich', 'lark') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_loaded_board_is_immutable() -> None:
    loaded = load_board("v80")
    with pytest.raises(AttributeError):
        loaded.path = "x"  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        loaded.board.machine.mlen = 1
    assert isinstance(loaded, LoadedBoard)


# One line for every kind of damage; each is put in place of a line of a good file.
DAMAGE = [
    "clock_mhz: 'x'",
    "clock_mhz: -1",
    "clock_mhz: [1]",
    "clock_mhz: {a: 1}",
    "clock_mhz: null",
    "clock_mhz: true",
    "clock_mhz: 1e400",
    "clock_mhz: 1_0",
    "clock_mhz:",
    "clock_mhz: 1\nclock_mhz: 2",
    "clock_mhz: .nan",
    "clock: 1",
    "? x",
    "&a b: 1",
    "b: *a",
    "- 1",
    "\t",
    "}",
    "'",
    "name: mine",
    "\x07",
    "...",
    "--- x",
    "%TAG ! x",
    "!!set {a}",
    "5: 5",
    "precision: {hbm_kv: {}}",
    "precision: {hbm_kv: {format: a, element_bits: 0}}",
    "precision: {hbm_kv: {format: a, element_bits: 8, block: 0}}",
    "tile_hints: {}",
    "tile_hints: [{}]",
    "tile_hints: [{mlen: 1, vlen: 1, blen: 1, status: maybe}]",
    "resources: {lut: -1}",
    "power: {tdp_w: 0}",
    "host_link: {type: x, bandwidth_bytes_per_s: 0}",
    "machine: {mlen: 0}",
    "machine: {mlen: 1048577}",
    "machine: []",
]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda value: ascii(value))
@pytest.mark.parametrize("line", [1, 2, 4])
def test_damaged_file(damage: str, line: int) -> None:
    lines = MINIMAL.splitlines()
    lines.insert(line, damage)
    with pytest.raises(InputError) as caught:
        as_board(read_yaml("\n".join(lines), "m.yaml"))
    assert all(d.path == "m.yaml" and d.severity == "error" for d in caught.value.diagnostics)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_mutated_files_never_crash(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(folder("board_configs").glob("*.yaml")))).read_text()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        insert = data.draw(st.text(alphabet="ab:-[]{}&*!|>'\"%@#?\n\t019._ye\x00é", max_size=6))
        text = text[:start] + insert + text[end:]
    try:
        as_board(read_yaml(text, "m.yaml"))
    except InputError as problem:
        assert problem.diagnostics


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_override_text(key: str, value: str) -> None:
    for override in (f"{key}={value}", f"machine.{key}={value}", f"memory.type={value}"):
        try:
            load_board("v80", [override])
        except InputError as problem:
            assert problem.diagnostics
