"""Synthetic measurements: what a board with known parameters would have measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support import SAMPLES

from isa_analysis.assembly import parse
from isa_analysis.boards import LoadedBoard, load_board
from isa_analysis.calibrate import Calibration, calibrate, read_measurements
from isa_analysis.profiling import ModelOptions, profile

#: The latencies that instructions of the emulator are priced by.
PRICED = (
    "systolic_processing_overhead",
    "vector_add_cycles",
    "vector_mul_cycles",
    "vector_exp_cycles",
    "vector_reci_cycles",
    "vector_max_cycles",
    "vector_sum_cycles",
    "scalar_fp_basic_cycles",
    "scalar_fp_exp_cycles",
    "scalar_fp_sqrt_cycles",
    "scalar_fp_reci_cycles",
    "scalar_int_basic_cycles",
)
TIMES = (
    "prefetch_base_ns",
    "prefetch_slot_ns",
    "row_open_ns",
    "bank_chain_ns",
    "store_block_ns",
    "store_turnaround_ns",
)


def truth_board(board: str, latency: dict[str, int], service: dict[str, float]) -> LoadedBoard:
    """A shipped board with other parameters."""
    return load_board(
        board,
        [f"latency.{k}={v}" for k, v in latency.items()]
        + [f"memory.service.{k}={v}" for k, v in service.items()],
    )


def measured(
    program: Path, board: LoadedBoard, *what: str, memory: str = "board"
) -> dict[str, Any]:
    """A run entry with the numbers ``what`` as the profile of ``program`` on ``board`` has them."""
    result = profile(parse(str(program)), board, ModelOptions(memory=memory, traffic=True))  # type: ignore[arg-type]
    totals = result.totals
    entry: dict[str, Any] = {"program": str(program)}
    if "compute" in what:
        entry["compute_cycles"] = totals.compute_cycles
    if "total" in what:
        entry["total_cycles"] = totals.total_cycles
    if "bytes" in what:
        entry["hbm_read_bytes"] = totals.hbm_read_bytes
        entry["hbm_write_bytes"] = totals.hbm_write_bytes
    if "executed" in what:
        entry["executed"] = totals.dynamic
        entry["static"] = totals.static
    if "opcodes" in what:
        entry["opcodes"] = {
            o.mnemonic: {"count": o.cost.dynamic, "cycles": o.cost.compute_cycles}
            for o in result.opcodes
        }
    return entry


def write_runs(path: Path, runs: list[dict[str, Any]]) -> str:
    """A measurement file of the documented shape."""
    path.write_text(json.dumps({"version": 1, "runs": runs}), encoding="utf-8")
    return str(path)


def fit_runs(path: Path, runs: list[dict[str, Any]], board: str = "emulator") -> Calibration:
    """The calibration of ``board`` from ``runs``."""
    return calibrate(read_measurements([write_runs(path, runs)]), board)


def write_program(path: Path, text: str) -> Path:
    """``text`` as a program file."""
    path.write_text(text, encoding="utf-8")
    return path


PROGRAMS = SAMPLES
