from __future__ import annotations

import pytest

from isa_analysis.boards import load_board, shipped_boards
from isa_analysis.views.boards import board_list, render_board


def test_the_list_names_each_board_once() -> None:
    table = board_list([load_board(name) for name in shipped_boards()])
    assert [row[0] for row in table.rows] == list(shipped_boards())
    rows = {row[0]: row for row in table.rows}
    assert rows["v80"][1] == 400.0
    assert rows["nexys_video"][1] == 100.0
    assert rows["v80"][4] == "64/64/4"


@pytest.mark.parametrize("name", shipped_boards())
def test_everything_in_a_board_is_shown(name: str) -> None:
    loaded = load_board(name, ("machine.mlen=128",))
    text = render_board(loaded)
    assert loaded.sha256 in text
    assert "overridden: machine.mlen=128" in text

    def keys(values: dict[str, object]) -> set[str]:
        out = set(values)
        for value in values.values():
            if isinstance(value, dict):
                out |= keys(value)
        return out

    for key in keys(loaded.board.model_dump(exclude_none=True)):
        assert key in text
