"""The calibrated board file: valid, with provenance, and otherwise as it was written."""

import shutil
from pathlib import Path

import pytest
from calibrate_support import fit_runs, write_program
from support import ROOT

from isa_analysis.boards import load_board, shipped_boards
from isa_analysis.calibrate import new_board
from isa_analysis.calibrate.board_file import is_same_file
from isa_analysis.calibrate.run import Calibration
from isa_analysis.diagnostics import InputError

BODY = "V_ADD_VV gp0, gp0, gp0\nV_EXP_V gp0, gp0, 0\nV_RECI_V gp0, gp0, 0\n"


def calibration(tmp_path: Path, board: str, add: int = 77) -> Calibration:
    path = write_program(tmp_path / "p.asm", BODY)
    opcodes = {"V_ADD_VV": {"cycles": add}}
    runs = [{"program": str(path), "compute_cycles": add + 9, "opcodes": opcodes}]
    return fit_runs(tmp_path / "m.json", runs, board)


def loaded(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    (tmp_path / "new.yaml").write_text(text)
    return load_board(str(tmp_path / "new.yaml")).board


@pytest.mark.parametrize("board", shipped_boards())
def test_only_the_measured_value_changes(tmp_path: Path, board: str) -> None:
    text = new_board(calibration(tmp_path, board), board)
    old = load_board(board).board
    new = loaded(tmp_path, text)
    assert new.latency.vector_add_cycles == 77
    assert new.model_copy(update={"latency": old.latency}) == old
    changed = new.latency.model_copy(update={"vector_add_cycles": old.latency.vector_add_cycles})
    assert changed == old.latency


def test_provenance(tmp_path: Path) -> None:
    found = calibration(tmp_path, "emulator")
    text = new_board(found, "emulator")
    sha = found.files[0].sha256
    head = [line for line in text.splitlines() if line.startswith("# calibrate: ")]
    assert any(sha in line for line in head)
    assert any(load_board("emulator").sha256 in line for line in head)
    assert any(line.startswith("# calibrate: error of compute cycles: before") for line in head)
    lines = {line.split(":")[0].strip(): line for line in text.splitlines()}
    assert lines["vector_add_cycles"] == (
        f"  vector_add_cycles: 77  # measured: 1 run of 1 program, exact, was 1; sha256 {sha[:12]}"
    )
    assert "# not determined: only together with vector_reci_cycles" in lines["vector_exp_cycles"]
    assert "# not determined: never executed: V_PS_V" in lines["vector_prefix_scan_cycles"]
    # Comments that have nothing to do with the fit stay.
    original = (ROOT / "board_configs" / "emulator.yaml").read_text().splitlines()
    for line in original:
        if "_cycles:" not in line and "_overhead:" not in line and "_ns:" not in line:
            assert line in text.splitlines()


def test_an_assumption_goes_when_all_times_are_measured(tmp_path: Path) -> None:
    path = write_program(
        tmp_path / "p.asm",
        "C_SET_SCALE_REG gp0\nH_PREFETCH_V gp0, gp0, a0, 0, 0\n"
        "H_PREFETCH_M gp0, gp0, a0, 0, 0\nH_STORE_V gp0, gp0, a0, 0, 0\n",
    )
    times = [[1, "H_PREFETCH_V", 1, 116.0], [2, "H_PREFETCH_M", 1, 356.0]]
    old = load_board("v80").board.memory.service
    assert old is not None
    assert old.assumption
    some = fit_runs(tmp_path / "m.json", [{"program": str(path), "hbm_instructions": times}], "v80")
    part = loaded(tmp_path, new_board(some, "v80")).memory.service
    # 8 and 128 requests of 2 slots: base 100 ns and slot 1 ns explain both.
    assert (part.prefetch_base_ns, part.prefetch_slot_ns) == (100, 1)
    assert part.assumption
    assert part.source.endswith("not measured: store_block_ns")
    times.append([3, "H_STORE_V", 1, 800.0])
    every = fit_runs(
        tmp_path / "m.json", [{"program": str(path), "hbm_instructions": times}], "v80"
    )
    text = new_board(every, "v80")
    whole = loaded(tmp_path, text).memory.service
    assert whole.store_block_ns == 100
    assert not whole.assumption
    assert "not measured" not in whole.source
    assert every.files[0].sha256[:12] in whole.source


def test_calibrating_twice_replaces_the_notes(tmp_path: Path) -> None:
    first = new_board(calibration(tmp_path, "emulator"), "emulator")
    path = tmp_path / "first.yaml"
    path.write_text(first)
    second = new_board(calibration(tmp_path, str(path), add=78), str(path))
    assert second.count("# calibrate: from") == 1
    assert second.count("not determined: never executed: V_PS_V") == 1
    assert "vector_add_cycles: 78  # measured: 1 run of 1 program, exact, was 77" in second
    again = tmp_path / "second.yaml"
    again.write_text(second)
    third = new_board(calibration(tmp_path, str(again), add=78), str(again))
    add = next(line for line in third.splitlines() if "vector_add_cycles" in line)
    assert add.count("measured:") == 1
    assert "as before" in add


def test_overrides_and_names_go_into_the_file(tmp_path: Path) -> None:
    from isa_analysis.calibrate import calibrate, read_measurements

    calibration(tmp_path, "emulator")
    found = calibrate(
        read_measurements([str(tmp_path / "m.json")]), "emulator", ["machine.mlen=128"]
    )
    new = loaded(tmp_path, new_board(found, "emulator", 'mine: "a" # b'))
    assert (new.name, new.machine.mlen, new.latency.vector_add_cycles) == ('mine: "a" # b', 128, 77)
    removed = calibrate(
        read_measurements([str(tmp_path / "m.json")]), "nexys_video", ["memory.burst_cycles=null"]
    )
    assert loaded(tmp_path, new_board(removed, "nexys_video")).memory.burst_cycles is None


def test_a_board_in_braces_is_edited_or_refused(tmp_path: Path) -> None:
    import yaml

    data = yaml.safe_load((ROOT / "board_configs" / "emulator.yaml").read_text())
    flow = tmp_path / "flow.yaml"
    flow.write_text(
        "".join(
            f"{k}: {yaml.safe_dump(v, default_flow_style=True, width=10**6)}"
            if isinstance(v, dict)
            else f"{k}: {v!r}\n"
            for k, v in data.items()
        )
    )
    text = new_board(calibration(tmp_path, str(flow)), str(flow))
    assert loaded(tmp_path, text).latency.vector_add_cycles == 77
    assert "# vector_add_cycles: measured: " in text
    whole = tmp_path / "whole.yaml"
    whole.write_text(yaml.safe_dump(data, default_flow_style=True, width=10**6))
    with pytest.raises(InputError) as caught:
        new_board(calibration(tmp_path, str(whole)), str(whole))
    assert caught.value.diagnostics[0].code == "E646"


def test_the_same_file_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    shutil.copy(ROOT / "board_configs" / "v80.yaml", path)
    (tmp_path / "link.yaml").symlink_to(path)
    assert is_same_file(str(path), str(tmp_path / "link.yaml"))
    assert is_same_file("v80", str(ROOT / "board_configs" / "v80.yaml"))
    assert not is_same_file("v80", str(path))
    assert not is_same_file("v80", str(tmp_path / "none.yaml"))
