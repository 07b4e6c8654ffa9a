"""Deltas: exact by kernel, opcode and loop, whatever was changed."""

from __future__ import annotations

import random

import pytest
from budget_project import BOARD, GROWN, PROGRAM, snapshot_of_text
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.budget.delta import Delta, compare
from isa_analysis.profiling.model import Cost

TWO_LOOPS = """\
C_LOOP_START gp3, 16
V_ADD_VV gp1, gp1, gp1
C_LOOP_END gp3
C_LOOP_START gp3, 16
V_ADD_VV gp1, gp1, gp1
C_LOOP_END gp3
"""


def _delta(old: str, new: str) -> Delta:
    return compare(snapshot_of_text(old), snapshot_of_text(new))


def test_no_difference() -> None:
    delta = _delta(PROGRAM, PROGRAM)
    assert delta.is_empty
    assert (delta.cycles, delta.dynamic) == (0, 0)


def test_moving_a_program_down_is_no_difference() -> None:
    assert _delta(PROGRAM, "; a comment\n\n" + PROGRAM).is_empty


def test_one_instruction_more_in_a_loop() -> None:
    delta = _delta(PROGRAM, GROWN)
    (kernel,) = delta.kernels
    assert (kernel.status, kernel.label.endswith("add")) == ("changed", True)
    assert (kernel.cycles, kernel.dynamic) == (128, 64)
    (loop,) = kernel.loops
    assert (loop.old_trips, loop.new_trips, loop.lines) == ((16, 4), (16, 4), ((9, 12),))
    (opcode,) = loop.opcodes
    assert (opcode.mnemonic, opcode.static, opcode.dynamic, opcode.cycles, opcode.lines) == (
        "V_ADD_VV", 1, 64, 128, (10, 11),
    )  # fmt: skip


def test_one_of_two_equal_loops_is_named() -> None:
    lines = TWO_LOOPS.splitlines()
    lines.insert(5, "V_MUL_VV gp1, gp1, gp1")
    (kernel,) = _delta(TWO_LOOPS, "\n".join(lines)).kernels
    (loop,) = kernel.loops
    assert (loop.count, loop.lines, loop.trips) == (1, ((4, 7),), (16,))
    assert [(o.mnemonic, o.dynamic, o.cycles) for o in loop.opcodes] == [("V_MUL_VV", 16, 80)]


def test_a_changed_trip_count() -> None:
    (kernel,) = _delta(PROGRAM, PROGRAM.replace("gp4, 4", "gp4, 5")).kernels
    (loop,) = kernel.loops
    assert (loop.old_trips, loop.new_trips) == ((16, 4), (16, 5))
    assert {o.mnemonic: (o.static, o.dynamic, o.cycles) for o in loop.opcodes} == {
        "V_ADD_VV": (0, 16, 32),
        "C_LOOP_END": (0, 16, 16),
    }


def test_a_new_loop() -> None:
    (kernel,) = _delta("S_ADDI_INT gp1, gp0, 1\n", "S_ADDI_INT gp1, gp0, 1\n" + TWO_LOOPS).kernels
    new = [loop for loop in kernel.loops if loop.old_trips is None]
    assert [(loop.new_trips, loop.count) for loop in new] == [((16,), 2)]


def test_added_and_removed_kernels() -> None:
    more = PROGRAM + "; @kernel store\nS_SUB_FP f1, f2, f3\n; @end\n"
    (added,) = _delta(PROGRAM, more).kernels
    assert (added.status, added.old, added.new_cost) == ("added", None, Cost(1, 1, 1, 0))
    (removed,) = _delta(more, PROGRAM).kernels
    assert (removed.status, removed.new, removed.cycles) == ("removed", None, -1)


def test_a_renamed_kernel_is_matched_by_its_content() -> None:
    (kernel,) = _delta(PROGRAM, PROGRAM.replace("@kernel add", "@kernel plus")).kernels
    assert kernel.status == "renamed"
    assert kernel.old is not None and kernel.new is not None
    assert (kernel.old.path[-1], kernel.new.path[-1]) == ("add", "plus")
    assert (kernel.cycles, kernel.opcodes, kernel.loops) == (0, (), ())


def test_a_kernel_renamed_and_changed() -> None:
    delta = _delta(PROGRAM, GROWN.replace("@kernel add", "@kernel plus"))
    (kernel,) = delta.kernels
    assert (kernel.status, kernel.cycles, kernel.dynamic) == ("renamed", 128, 64)
    assert [o.mnemonic for o in kernel.opcodes] == ["V_ADD_VV"]


def test_unlike_kernels_are_no_rename() -> None:
    old = "; @kernel a\nS_ADDI_INT gp1, gp0, 1\n; @end\n"
    new = "; @kernel b\nV_ADD_VV gp1, gp1, gp1\n; @end\n"
    assert {k.status for k in _delta(old, new).kernels} == {"added", "removed"}


def test_worst_first() -> None:
    old = "".join(f"; @kernel k{i}\nS_ADDI_INT gp1, gp0, {i}\n; @end\n" for i in range(3))
    more = ["V_ADD_VV gp1, gp1, gp1\n", "V_MUL_VV gp1, gp1, gp1\n", ""]
    new = "".join(f"; @kernel k{i}\nS_ADDI_INT gp1, gp0, {i}\n{more[i]}; @end\n" for i in range(3))
    assert [k.cycles for k in _delta(old, new).kernels] == [5, 2]


OPS = [
    "V_ADD_VV gp1, gp1, gp1", "V_MUL_VV gp1, gp1, gp1", "S_ADDI_INT gp1, gp0, 1",
    "S_ADD_FP f0, f1, f2", "S_ADD_FP f3, f1, f2", "H_PREFETCH_V gp1, gp1, a0, 1, 0",
]  # fmt: skip


def _random_program(seed: int) -> str:
    chooser = random.Random(seed)
    lines: list[str] = []

    def block(depth: int) -> None:
        for _ in range(chooser.randint(1, 4)):
            if depth < 3 and chooser.random() < 0.4:
                counter = f"gp{8 + depth}"
                lines.append(f"C_LOOP_START {counter}, {chooser.randint(1, 4)}")
                block(depth + 1)
                lines.append(f"C_LOOP_END {counter}")
            else:
                lines.append(chooser.choice(OPS))

    for kernel in range(chooser.randint(1, 3)):
        lines.append(f"; @kernel k{kernel}")
        block(0)
        lines.append("; @end")
    return "\n".join(lines) + "\n"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from([BOARD, "emulator"]))
def test_loop_growth_sums_to_kernel_growth(first: int, second: int, board: str) -> None:
    """On ``emulator`` a transfer's cycles depend on its address, so that loops may not know."""
    old, new = (snapshot_of_text(_random_program(seed), board) for seed in (first, second))
    delta = compare(old, new)
    assert sum(k.cycles for k in delta.kernels) == delta.cycles
    assert sum(o.cycles for o in delta.opcodes) == delta.cycles
    for kernel in delta.kernels:
        if kernel.old is None or kernel.new is None:
            continue
        for opcode in kernel.opcodes:
            parts = [
                o for loop in kernel.loops for o in loop.opcodes if o.mnemonic == opcode.mnemonic
            ]
            assert sum(o.dynamic for o in parts) == opcode.dynamic
            assert sum(o.static for o in parts) == opcode.static
            cycles = [o.cycles for o in parts if o.cycles is not None]
            if len(cycles) == len(parts) and parts:
                assert sum(cycles) == opcode.cycles
            else:
                assert opcode.mnemonic.startswith("H_") and board == "emulator"


@pytest.mark.parametrize("seed", range(5))
def test_a_program_and_itself(seed: int) -> None:
    assert _delta(_random_program(seed), _random_program(seed)).is_empty
