"""Processes and a Dask cluster give what one process gives."""

from __future__ import annotations

import sys
import warnings

import pytest
from support import ROOT

from isa_analysis.assembly import parse
from isa_analysis.diagnostics import InputError
from isa_analysis.sweep import Axis, Grid, SweepOptions, engines, run_sweep
from isa_analysis.sweep.price import Bench

DECODER = str(ROOT / "sample_asm" / "decoder.asm")
GRID = Grid((DECODER,), ("v80", "nexys_video"), (Axis("mlen", ("64", "128")),))


def test_a_worker_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if "fork" not in __import__("multiprocessing").get_all_start_methods():
        pytest.skip("workers see the patched code only where they are forked")
    monkeypatch.setattr(Bench, "run", lambda self, task: __import__("os")._exit(9))
    with pytest.raises(InputError) as caught:
        run_sweep(GRID, parse, SweepOptions(jobs=2))
    assert caught.value.diagnostics[0].code == "E744"


def test_programs_travel_without_their_files() -> None:
    import pickle

    program = engines.portable(parse(DECODER))
    again = pickle.loads(pickle.dumps(program))
    assert again.source.path is None and len(again) == len(program)


def test_dask_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as caught:
        run_sweep(GRID, parse, SweepOptions(scheduler="tcp://127.0.0.1:8786"))
    (found,) = caught.value.diagnostics
    assert found.code == "E742"
    assert found.hint == "pip install 'isa-analysis[dask]'"


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip(
        "distributed", reason="Dask is not installed: pip install 'isa-analysis[dask]'"
    )
    alone = run_sweep(GRID, parse, SweepOptions(jobs=1))
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
    ):
        there = run_sweep(GRID, parse, SweepOptions(scheduler=cluster.scheduler_address))
    assert there == alone


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:1"])
def test_a_scheduler_that_does_not_answer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(
        "distributed", reason="Dask is not installed: pip install 'isa-analysis[dask]'"
    )
    monkeypatch.setattr(engines, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(InputError) as caught:
        run_sweep(GRID, parse, SweepOptions(scheduler=address))
    assert caught.value.diagnostics[0].code == "E743"
