"""The profile as pandas frames: the finest breakdown, aggregated by pandas."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from isa_analysis.profiling.model import Profile

_SUMS = ["static", "dynamic", "compute_cycles", "memory_cycles", "total_cycles"]
_NAME = ["layer", "block", "kernel", "tensor", "head", "slot"]


def ops(profile: Profile) -> pd.DataFrame:
    """One row per kernel and opcode: name parts, mnemonic, engine, category, counts and cycles.

    Counts beyond 64 bits make their column one of Python integers.
    """
    rows = []
    for cell in profile.cells:
        name = profile.kernels[cell.kernel]
        cost = cell.cost
        rows.append(
            {
                "kernel_id": cell.kernel,
                **{part: getattr(name, part) for part in _NAME},
                "mnemonic": cell.mnemonic,
                "engine": cell.engine,
                "category": cell.category,
                "static": cost.static,
                "dynamic": cost.dynamic,
                "compute_cycles": cost.compute_cycles,
                "memory_cycles": cost.memory_cycles,
                "total_cycles": cost.total_cycles,
            }
        )
    columns = ["kernel_id", *_NAME, "mnemonic", "engine", "category", *_SUMS]
    return pd.DataFrame(rows, columns=columns)


def kernels(profile: Profile) -> pd.DataFrame:
    """One row per kernel: name parts, calls, counts and cycles."""
    frame = ops(profile).groupby(["kernel_id", *_NAME], sort=False)[_SUMS].sum().reset_index()
    calls = pd.Series(profile.calls, dtype=object).infer_objects()
    frame.insert(len(_NAME) + 1, "calls", frame["kernel_id"].map(calls))
    return frame


def categories(profile: Profile) -> pd.DataFrame:
    """One row per category that occurs: counts and cycles."""
    return ops(profile).groupby("category", sort=True)[_SUMS].sum().reset_index()


def loops(profile: Profile) -> pd.DataFrame:
    """One row per loop, in program order."""
    from isa_analysis.profiling.model import LoopCost

    columns = list(LoopCost.__dataclass_fields__)
    return pd.DataFrame([asdict(loop) for loop in profile.loops], columns=columns)
