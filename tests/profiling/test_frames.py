"""The pandas frames: columns, exact sums, empty programs, large integers."""

from __future__ import annotations

import pytest
from support import SAMPLES, Loop, profile_of, text_of

from isa_analysis.profiling import Profile

SUMS = {
    "static": "static",
    "dynamic": "dynamic",
    "compute_cycles": "compute_cycles",
    "memory_cycles": "memory_cycles",
    "total_cycles": "total_cycles",
}


def assert_frames_sum(p: Profile) -> None:
    frames = p.frames
    for frame in (frames.ops, frames.kernels, frames.categories):
        for column, attribute in SUMS.items():
            assert int(frame[column].sum()) == getattr(p.totals, attribute), column
    assert len(frames.ops) == len(p.cells)
    assert len(frames.loops) == len(p.loops)
    assert frames.kernels["kernel_id"].is_unique
    assert frames.categories["category"].is_unique


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_sample_programs(path) -> None:  # type: ignore[no-untyped-def]
    p = profile_of(path.read_bytes(), "nexys_video")
    assert_frames_sum(p)
    calls = dict(zip(p.frames.kernels["kernel_id"], p.frames.kernels["calls"], strict=True))
    assert all(calls[k] == p.calls[k] for k in calls)


def test_columns() -> None:
    frames = profile_of("C_LOOP_START gp1, 2\nM_MM 0, gp1, gp1\nC_LOOP_END gp1\n").frames
    name = ["layer", "block", "kernel", "tensor", "head", "slot"]
    sums = list(SUMS)
    assert list(frames.ops) == ["kernel_id", *name, "mnemonic", "engine", "category", *sums]
    assert list(frames.kernels) == ["kernel_id", *name, "calls", *sums]
    assert list(frames.categories) == ["category", *sums]
    assert list(frames.loops) == [
        "first_line", "last_line", "depth", "trip", "iterations", "cycles", "dynamic",
        "iteration_instructions", "kernel",
    ]  # fmt: skip
    assert frames.loops.iloc[0].to_dict() == {
        "first_line": 1, "last_line": 3, "depth": 1, "trip": 2, "iterations": 2,
        "cycles": 1 + 2 * 65, "dynamic": 5, "iteration_instructions": 2, "kernel": 0,
    }  # fmt: skip


def test_a_program_without_instructions() -> None:
    p = profile_of("; nothing\n")
    assert_frames_sum(p)
    assert p.frames.ops.empty


def test_counts_beyond_64_bits_stay_exact() -> None:
    tree: tuple[object, ...] = ("S_LUI_INT gp9, 1",)
    for _ in range(5):
        tree = (Loop(4_000_000, tree),)
    p = profile_of(text_of(tree))
    assert p.totals.dynamic > 1 << 64
    assert_frames_sum(p)
