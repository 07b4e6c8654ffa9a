"""The committed features reproduce the shipped parameters, and the fit holds on unseen families."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from isa_analysis.boards import load_board
from isa_analysis.timing.service import TIMES, ServiceModel

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"


def _module() -> ModuleType:
    path = ROOT / "calibration" / "calibrate.py"
    spec = importlib.util.spec_from_file_location("calibrate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibrate"] = module
    spec.loader.exec_module(module)
    return module


calibrate = _module()
DATA = calibrate.load()


@pytest.mark.parametrize("board", ["emulator", "emulator_nodc"])
def test_fit_reproduces_the_board(board: str) -> None:
    service = load_board(board).board.memory.service
    assert service is not None
    shipped = [getattr(service, name) for name in TIMES]
    assert [round(time, 2) for time in calibrate.fit(DATA)] == shipped
    assert ServiceModel.from_board(service).address_map == calibrate.HBM2_MAP
    assert not service.assumption


def test_fitted_error_bars() -> None:
    quality = calibrate.quality(DATA, DATA.columns @ calibrate.fit(DATA))
    assert quality.mean < 0.003
    assert quality.within_2_percent == 1.0
    assert quality.worst < 0.02
    assert quality.small_ok


def test_error_bars_hold_for_families_left_out() -> None:
    ns, fits = calibrate.left_out(DATA)
    quality = calibrate.quality(DATA, ns)
    assert quality.mean < 0.01
    assert quality.within_2_percent >= 0.95
    assert quality.worst < 0.05
    assert quality.small_ok
    assert len(fits) >= 8
    names = [run.key[0] for run in DATA.runs]
    assert {calibrate.family_of(name) for name in names} >= set(fits)


def test_times_have_a_physical_size() -> None:
    times = dict(zip(TIMES, calibrate.fit(DATA), strict=True))
    assert times["prefetch_base_ns"] == pytest.approx(9, abs=0.5)  # CL 7 + burst 2
    assert times["prefetch_slot_ns"] == pytest.approx(1, abs=0.1)  # clock period
    assert times["row_open_ns"] == pytest.approx(14, abs=1)  # precharge 7 + activate 7


def test_a_fit_recovers_known_times() -> None:
    truth = np.array([10.0, 1.5, 20.0, 3.0, 13.0, 7.0])
    synthetic = replace(DATA, ns=DATA.columns @ truth)
    assert calibrate.fit(synthetic) == pytest.approx(truth, abs=1e-6)


def test_a_wrong_model_is_noticed() -> None:
    times = calibrate.fit(DATA)
    times[1] *= 2
    assert calibrate.quality(DATA, DATA.columns @ times).worst > 0.05


def test_data_is_small_and_excludes_the_old_memory_model() -> None:
    assert calibrate.FEATURES.stat().st_size < 300_000
    assert calibrate.PROGRAMS.stat().st_size < 300_000
    assert all(run.key[1] != str(calibrate.EXCLUDED_MLEN) for run in DATA.runs)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the repository")
def test_extraction_gives_the_committed_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {"at_rope", "tilelang_SSB_2_concat", "moe_real_layer0"}
    real = calibrate.json.load
    monkeypatch.setattr(
        calibrate.json, "load", lambda file: {k: v for k, v in real(file).items() if k in few}
    )
    monkeypatch.setattr(calibrate, "FEATURES", tmp_path / "features.csv")
    monkeypatch.setattr(calibrate, "PROGRAMS", tmp_path / "programs.csv")
    calibrate.extract(SAMPLES)
    again = (tmp_path / "features.csv").read_text().splitlines()[1:]
    committed = (ROOT / "calibration" / "features.csv").read_text().splitlines()
    assert again == [line for line in committed if line.split(",")[0] in few]
