"""The optional ``scoreboard:`` section."""

from __future__ import annotations

import pytest

from isa_analysis.boards import load_board
from isa_analysis.diagnostics import InputError
from isa_analysis.schedule.machines import scoreboard_of


def test_the_default_is_one_of_everything() -> None:
    board = scoreboard_of(load_board("v80"))
    assert board.units == (1,) * 6
    assert (board.write_back_ports, board.queue, board.hold_registers) == (1, 8, False)
    assert not any(board.pipelined)


def test_every_key_arrives() -> None:
    board = scoreboard_of(
        load_board(
            "v80",
            ["scoreboard.vector_units=3", "scoreboard.matrix_units=2",
             "scoreboard.vector_pipelined=true", "scoreboard.write_back_ports=4",
             "scoreboard.transfer_queue=16", "scoreboard.hold_registers=true"],
        )
    )  # fmt: skip
    assert board.units == (1, 1, 3, 2, 1, 1)
    assert board.pipelined == (False, False, True, False, False, False)
    assert (board.write_back_ports, board.queue, board.hold_registers) == (4, 16, True)


@pytest.mark.parametrize(
    ("override", "code"),
    [
        ("scoreboard.vector_units=0", "E104"),
        ("scoreboard.vector_units=17", "E104"),
        ("scoreboard.vector_units=two", "E103"),
        ("scoreboard.transfer_queue=65", "E104"),
        ("scoreboard.transfer_queue=true", "E103"),
        ("scoreboard.write_back_ports=-1", "E104"),
        ("scoreboard.hold_registers=1", "E103"),
        ("scoreboard.vector_pipelined=maybe", "E103"),
        ("scoreboard.units=2", "E101"),
    ],
)
def test_wrong_values_are_refused(override: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        load_board("v80", [override])
    assert [d.code for d in caught.value.diagnostics] == [code]
