"""Measurement files: both shapes, joining, and malformed ones by the dozen with located errors."""

import gzip
import json
import lzma
from pathlib import Path

import pytest
from calibrate_support import write_program

from isa_analysis.calibrate import calibrate, read_measurements
from isa_analysis.diagnostics import InputError

PROGRAM = "V_ADD_VV gp0, gp0, gp0\n"
RUN = {"program": "p.asm", "compute_cycles": 3}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_program(tmp_path / "p.asm", PROGRAM)
    return tmp_path


def read(folder: Path, text: str | bytes, name: str = "m.json") -> list[object]:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(data)
    return list(read_measurements([str(folder / name)]).runs)


def own(**change: object) -> str:
    return json.dumps({"version": 1, "runs": [{**RUN, **change}]}, indent=1)


def problems(folder: Path, text: str | bytes, name: str = "m.json") -> list[tuple[str, int]]:
    with pytest.raises(InputError) as caught:
        read(folder, text, name)
    assert caught.value.diagnostics
    for d in caught.value.diagnostics:
        assert d.path.endswith(name)
        assert d.message
    return [(d.code, d.line) for d in caught.value.diagnostics]


def test_the_documented_shape(folder: Path) -> None:
    (run,) = read(
        folder,
        own(
            family="adds",
            parameters={"mlen": 128, "prefetch_v_rows": 16, "dc_lib_en": False},
            set=["machine.hlen=32"],
            executed=1,
            total_cycles=3.0,
            opcodes={"V_ADD_VV": {"count": 1, "cycles": 3}},
            hbm_instructions=[[4, "H_STORE_V", 2, 230.5]],
            memory=False,
            note="by hand",
        ),
    )
    assert run.name == run.label == "p.asm"
    assert run.overrides == ("machine.hlen=32", "machine.mlen=128", "memory.prefetch_v_rows=16")
    assert run.dc_lib_en is False
    assert (run.family, run.memory, run.executed) == ("adds", False, 1)
    assert (run.compute_cycles, run.total_cycles) == (3, 3)
    assert isinstance(run.total_cycles, int)
    assert run.opcodes[0].cycles == 3
    assert run.transfers[0].ns == 230.5


def test_yaml_is_read_too(folder: Path) -> None:
    (run,) = read(folder, "version: 1\nruns:\n  - program: p\n    total_cycles: 12\n", "m.yaml")
    assert run.total_cycles == 12
    assert run.program.endswith("p.asm")


def test_the_samples_shape(folder: Path) -> None:
    text = json.dumps(
        {"p": [{"parameters": {"mlen": 64}, "compute_cycles": 3, "dialect": "plena"}]}
    )
    (run,) = read(folder, text)
    assert (run.name, run.compute_cycles) == ("p", 3)


@pytest.mark.parametrize("ending", ["asm", "asm.xz", "asm.gz"])
@pytest.mark.parametrize("place", ["", "asm"])
def test_where_programs_are_found(tmp_path: Path, ending: str, place: str) -> None:
    pack = {"asm": bytes, "asm.xz": lzma.compress, "asm.gz": gzip.compress}[ending]
    (tmp_path / place).mkdir(exist_ok=True)
    (tmp_path / place / f"x.{ending}").write_bytes(pack(PROGRAM.encode()))
    (run,) = read(tmp_path, '{"version": 1, "runs": [{"program": "x", "compute_cycles": 3}]}')
    assert run.program.endswith(f"x.{ending}")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "m.json").write_text('{"x": [{"parameters": {}}]}')
    found = read_measurements([str(elsewhere / "m.json")], str(tmp_path))
    assert found.runs[0].program.endswith(f"x.{ending}")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_files(folder: Path, pack) -> None:  # type: ignore[no-untyped-def]
    name = "m.json.gz" if pack is gzip.compress else "m.json.xz"
    assert len(read(folder, pack(own().encode()), name)) == 1
    assert problems(folder, b"not packed", name)[0][0] == "E202"
    assert problems(folder, pack(own().encode())[:40], name)[0][0] == "E202"


def test_records_of_one_run_are_joined_across_files(folder: Path) -> None:
    a, b = folder / "a.json", folder / "b.json"
    a.write_text(json.dumps({"p": [{"parameters": {"mlen": 64}, "compute_cycles": 3}]}))
    b.write_text(json.dumps({"p": [{"parameters": {"mlen": 64}, "hbm_instructions": []}]}))
    found = read_measurements([str(a), str(b)])
    (run,) = found.runs
    assert (run.compute_cycles, run.transfers, run.files) == (3, (), (0, 1))
    assert len({file.sha256 for file in found.files}) == 2


def test_records_that_contradict_one_another(folder: Path) -> None:
    runs = [RUN, {**RUN, "compute_cycles": 4}]
    with pytest.raises(InputError) as caught:
        read(folder, json.dumps({"version": 1, "runs": runs}))
    (problem,) = caught.value.diagnostics
    assert problem.code == "E643"
    assert "compute_cycles (3 and 4)" in problem.message


def test_labels_tell_runs_apart(folder: Path) -> None:
    runs = [{**RUN, "parameters": {"mlen": m, "vlen": 64}} for m in (64, 128)]
    found = read(folder, json.dumps({"version": 1, "runs": runs}))
    assert [run.label for run in found] == ["p.asm (mlen=64)", "p.asm (mlen=128)"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "E640", 0),
        ("   \n", "E640", 0),
        ("{", "E100", 1),
        ("[]", "E640", 0),
        ("{}", "E640", 0),
        ("3", "E640", 0),
        ('{"p": 3}', "E640", 0),
        ('{"p": []}', "E640", 0),
        ('{"p": [3]}', "E640", 0),
        ('{"inputs": [], "totals": {}}', "E640", 0),
        ('{"runs": []}', "E102", 1),
        ('{"version": 1, "runs": []}', "E104", 1),
        ('{"version": 2, "runs": [{"program": "p"}]}', "E104", 1),
        ('{"version": 1, "runs": 3}', "E103", 1),
        ('{"version": 1, "runs": [3]}', "E103", 1),
        (own(program=3), "E103", 5),
        (own(program=""), "E104", 5),
        (own(program="absent"), "E641", 5),
        (own(program="../" * 400), "E641", 5),
        (own(program="a\u0000b"), "E641", 5),
        (own(total_cycles="12"), "E103", 7),
        (own(total_cycles=-1), "E104", 7),
        (own(total_cycles=1e30), "E104", 7),
        (own(total_cycle=12), "E101", 7),
        (own(compute_cycles=True), "E103", 6),
        (own(executed=1.5), "E103", 7),
        (own(parameters={"mlen": 0}), "E104", 8),
        (own(parameters={"mlem": 64}), "E101", 8),
        (own(parameters={"mlen": "64"}), "E103", 8),
        (own(parameters={"dc_lib_en": 1}), "E103", 8),
        (own(parameters=[]), "E103", 7),
        (own(opcodes={"V_ADD_VV": 3}), "E103", 8),
        (own(opcodes={"V_ADD_VV": {"cycle": 3}}), "E101", 9),
        (own(hbm_instructions=[[1, "H_STORE_V", 2]]), "E102", 8),
        (own(hbm_instructions=[[1, "H_STORE_V", 2, -5]]), "E104", 12),
        (own(hbm_instructions=[["1", "H_STORE_V", 2, 5]]), "E103", 9),
        (own(set=["latency.vector_add_cycles=3"]), "E644", 8),
        (own(set=["memory.timing=none"]), "E644", 8),
        (own(set=["machine.mlen"]), "E644", 8),
        (own(set="machine.mlen=3"), "E103", 7),
        (own(result="absent.log"), "E642", 7),
        (own(memory="no"), "E103", 7),
        (own(family=""), "E104", 7),
        ('{"version": 1, "version": 1, "runs": []}', "E100", 0),
        ('{"p": [{"parameters": {"mlen": "x"}}]}', "E103", 1),
        ('{"absent": [{"parameters": {}}]}', "E641", 1),
        (b"\xff\xfe\x00", "E106", 0),
    ],
)
def test_malformed_files(folder: Path, text: str | bytes, code: str, line: int) -> None:
    found = problems(folder, text)
    if isinstance(text, bytes):
        assert found[0][0].startswith("E1")
        return
    assert code in [c for c, _ in found]
    if line:
        assert (code, line) in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("runs: [\n", "E100"),
        ("runs:\n\t- program: p\n", "E100"),
        ("version: 1\nruns:\n- program: p\n  total_cycles: 0x1G\n", "E103"),
        ("version: 1\nversion: 1\nruns:\n- program: p\n", "E105"),
        ("version: 1\nruns: &a\n- program: p\n", "E106"),
        ("version: 1\nruns:\n- program: p\n  total_cycles: 010\n", "E106"),
    ],
)
def test_malformed_yaml(folder: Path, text: str, code: str) -> None:
    assert code in [c for c, _ in problems(folder, text, "m.yaml")]


def test_all_problems_of_a_file_at_once(folder: Path) -> None:
    runs = [{**RUN, "program": f"absent{i}"} for i in range(4)]
    assert [c for c, _ in problems(folder, json.dumps({"version": 1, "runs": runs}))] == [
        "E641"
    ] * 4


def test_no_such_file() -> None:
    with pytest.raises(InputError) as caught:
        read_measurements(["/nowhere/m.json"])
    assert caught.value.diagnostics[0].code == "E201"


def test_results_of_the_emulator(folder: Path) -> None:
    (folder / "run.log").write_text(
        "INFO Simulation completed. Latency 7.000ns\n"
        "INFO HBM Statistics - Bytes read: 0 | Bytes written: 0 | Utilization: 0 bytes/sec\n"
    )
    (folder / "stats.json").write_text(
        '{"sim_latency_ns": 7.0, "hbm_bytes_read": 0, "hbm_bytes_written": 0, "return_code": 0}'
    )
    for result in ("run.log", "stats.json"):
        entry = {"program": "p", "result": result}
        (run,) = read(folder, json.dumps({"version": 1, "runs": [entry]}))
        assert (run.total_cycles, run.hbm_read_bytes) == (7, 0)
    assert problems(folder, own(result="run.log", total_cycles=8)) == [("E643", 8)]
    (folder / "crash.json").write_text('{"return_code": 101}')
    assert problems(folder, own(result="crash.json"))[0][0] == "E642"


def test_settings_that_the_board_refuses(folder: Path) -> None:
    runs = [{**RUN, "set": ["machine.mlen=much"]}]
    (folder / "m.json").write_text(json.dumps({"version": 1, "runs": runs}))
    with pytest.raises(InputError) as caught:
        calibrate(read_measurements([str(folder / "m.json")]), "emulator")
    assert {d.code for d in caught.value.diagnostics} == {"E644"}


def test_nothing_to_fit(folder: Path) -> None:
    (folder / "m.json").write_text('{"version": 1, "runs": [{"program": "p"}]}')
    with pytest.raises(InputError) as caught:
        calibrate(read_measurements([str(folder / "m.json")]), "emulator")
    assert caught.value.diagnostics[0].code == "E645"
    write_program(folder / "p.asm", "V_ADD_VV gp0\n")
    (folder / "m.json").write_text(own())
    with pytest.raises(InputError) as caught:
        calibrate(read_measurements([str(folder / "m.json")]), "emulator")
    assert caught.value.diagnostics[0].code == "E645"
    assert "cannot be read: E003 in line 1" in caught.value.diagnostics[0].hint
