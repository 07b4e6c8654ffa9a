"""The measured samples: latencies exactly, totals of held-out families within the bars."""

from pathlib import Path

import pytest
from support import ROOT

from isa_analysis.boards import load_board
from isa_analysis.calibrate import calibrate, new_board, read_measurements
from isa_analysis.calibrate.errors import SMALL_TOTAL, quality
from isa_analysis.calibrate.run import Calibration

SAMPLES = ROOT.parent / "shared" / "samples"
FILES = [str(SAMPLES / name) for name in ("measured.json", "hbm_service.json.xz")]
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples are not beside the repository"
)
#: Nothing but these is left to the board: no instruction is priced by the one, the emulator does
#: not have the other.
OPEN = {"latency.vector_shift_cycles", "latency.vector_prefix_scan_cycles"}
#: A board with latencies and times that are all wrong.
WRONG = [f"latency.{key}=33" for key in (
    "systolic_processing_overhead", "vector_add_cycles", "vector_mul_cycles", "vector_exp_cycles",
    "vector_reci_cycles", "vector_max_cycles", "vector_sum_cycles", "scalar_fp_basic_cycles",
    "scalar_fp_exp_cycles", "scalar_fp_sqrt_cycles", "scalar_fp_reci_cycles",
    "scalar_int_basic_cycles",
)] + [f"memory.service.{key}=50" for key in (
    "prefetch_base_ns", "prefetch_slot_ns", "row_open_ns", "bank_chain_ns", "store_block_ns",
    "store_turnaround_ns",
)]  # fmt: skip


@pytest.fixture(scope="module", params=["emulator", "emulator_nodc"])
def found(request: pytest.FixtureRequest) -> tuple[str, Calibration]:
    return request.param, calibrate(read_measurements(FILES), request.param)


def test_latencies_are_exact(found: tuple[str, Calibration]) -> None:
    board, calibration = found
    latency = load_board(board).board.latency
    for f in calibration.findings:
        name = f.parameter.name
        if not name.startswith("latency."):
            continue
        assert (f.status == "undetermined") == (name in OPEN), f
        if name not in OPEN:
            assert f.error == 0
            assert f.value == getattr(latency, name.partition(".")[2])
    assert all(c.after == c.measured == c.held_out for c in calibration.compute)


@pytest.mark.parametrize("which", ["after", "held_out"])
def test_totals_are_within_the_bars(found: tuple[str, Calibration], which: str) -> None:
    _, calibration = found
    large = [c for c in calibration.total if c.measured > SMALL_TOTAL]
    q = quality(large, which)
    assert q is not None
    assert q.runs >= 45
    assert q.mean < 0.01
    assert q.within_2_percent >= 0.95
    assert q.worst < 0.05
    for c in calibration.total:
        if c.measured <= SMALL_TOTAL:
            assert abs(getattr(c, which) - c.measured) <= 100 + 0.1 * c.measured
    assert len(calibration.families) >= 10


def test_runs_on_another_memory_are_noticed(found: tuple[str, Calibration]) -> None:
    _, calibration = found
    sums = [e for e in calibration.left_out if "not its compute cycles" in e.reason]
    assert len(sums) == 11
    assert not calibration.outliers


def test_from_a_wrong_board(found: tuple[str, Calibration], tmp_path: Path) -> None:
    board, calibration = found
    again = calibrate(read_measurements(FILES), board, WRONG)
    for f in again.findings:
        if f.parameter.name not in OPEN:
            assert f.value == pytest.approx(calibration.values[f.parameter.name], rel=1e-4)
    path = tmp_path / "new.yaml"
    path.write_text(new_board(again, board))
    assert load_board(str(path)).board.latency == load_board(board).board.latency


def test_totals_alone(tmp_path: Path) -> None:
    calibration = calibrate(read_measurements(FILES[:1]), "emulator")
    # Runs on an older memory model stand out by their totals.
    assert len(calibration.outliers) == 11
    q = quality([c for c in calibration.total if c.measured > SMALL_TOTAL], "after")
    assert q is not None
    assert q.mean < 0.01
    assert q.worst < 0.05
