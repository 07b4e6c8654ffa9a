"""Snapshots: hand-computed pieces, and sums that agree with the profile on every program."""

from __future__ import annotations

from math import prod

import pytest
from budget_project import BOARD, CYCLES, DYNAMIC, PROGRAM, ROOT, snapshot_of_text

from isa_analysis.assembly import parse
from isa_analysis.boards import load_board
from isa_analysis.budget.measure import measure
from isa_analysis.budget.snapshot import Piece, PieceOpcode, Snapshot, label_of
from isa_analysis.profiling import profile
from isa_analysis.profiling.model import Cost

SAMPLES = sorted((ROOT / "sample_asm").glob("*.asm"))


def test_pieces_of_a_small_program() -> None:
    snapshot = snapshot_of_text(PROGRAM)
    add, load = snapshot.kernels
    assert (add.path[-1], load.path[-1]) == ("add", "load")
    assert load.cost == Cost(4, 18, 10, 200)
    assert add.cost == Cost(6, 177, 241, 0)
    assert snapshot.cost.total_cycles == CYCLES
    assert snapshot.cost.dynamic == DYNAMIC
    assert add.pieces == (
        Piece((), 1, (PieceOpcode("C_LOOP_START", 1, 1),)),
        Piece(
            (16,), 1,
            (PieceOpcode("C_LOOP_END", 1, 1), PieceOpcode("C_LOOP_START", 1, 1),
             PieceOpcode("S_ADDI_INT", 1, 1)),
        ),
        Piece((16, 4), 1, (PieceOpcode("C_LOOP_END", 1, 1), PieceOpcode("V_ADD_VV", 1, 2))),
    )  # fmt: skip
    assert [piece.lines for piece in add.pieces] == [((8, 8),), ((8, 13),), ((9, 11),)]
    assert add.pieces[2].opcodes[1].lines == (10,)


def test_equal_loops_are_counted() -> None:
    loop = "C_LOOP_START gp3, 16\nV_ADD_VV gp1, gp1, gp1\nC_LOOP_END gp3\n"
    (kernel,) = snapshot_of_text(loop * 6).kernels
    assert [(p.trips, p.count) for p in kernel.pieces] == [((), 1), ((16,), 6)]
    assert kernel.pieces[1].lines == ((1, 3), (4, 6), (7, 9), (10, 12))


def test_an_empty_program_costs_nothing() -> None:
    assert snapshot_of_text("; nothing\n").cost == Cost()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_pieces_account_for_every_execution(path: object) -> None:
    program, board = parse(str(path)), load_board(BOARD)
    snapshot = measure(program, board)
    result = profile(program, board)
    assert snapshot.cost == result.totals
    for kernel in snapshot.kernels:
        for mnemonic, cost in kernel.opcodes.items():
            uses = [(p, o) for p in kernel.pieces for o in p.opcodes if o.mnemonic == mnemonic]
            assert sum(p.count * o.static for p, o in uses) == cost.static
            assert sum(p.count * prod(p.trips) * o.static for p, o in uses) == cost.dynamic
            assert sum(p.count * p.passes * o.cycles for p, o in uses) == cost.total_cycles


@pytest.mark.parametrize(
    ("path", "label"),
    [
        (("layer 0", "ffn", "up"), "layer 0/ffn/up"),
        (("", "unmarked", "unmarked"), "unmarked"),
        (("", "", ""), "-"),
    ],
)
def test_labels(path: tuple[str, ...], label: str) -> None:
    assert label_of(path) == label


def test_a_snapshot_without_kernels() -> None:
    assert Snapshot(1, (), {}).cost == Cost()
