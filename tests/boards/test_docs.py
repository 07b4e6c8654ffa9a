"""The example board of the documentation, and its tables, against the code."""

import re
from pathlib import Path

from isa_analysis.boards import load_board, shipped_boards
from isa_analysis.boards.load import as_board
from isa_analysis.boards.schema import (
    Board,
    HostLink,
    Latency,
    Machine,
    Memory,
    Precisions,
    Scoreboard,
    Service,
)
from isa_analysis.config import read_yaml

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "boards.md").read_text(encoding="utf-8")


def test_the_example_is_a_board() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)
    board = as_board(read_yaml(example, "docs/boards.md"))
    assert board.memory.timing_model == "charge"


def test_every_key_is_documented() -> None:
    words = set(re.findall(r"\w+", TEXT))
    for model in (Board, HostLink, Latency, Machine, Memory, Precisions, Scoreboard, Service):
        missing = set(model.model_fields) - words
        assert not missing, f"{model.__name__}: {missing}"


def test_every_shipped_board_is_listed() -> None:
    for name in shipped_boards():
        assert f"| `{name}` | {load_board(name).board.clock_mhz:g} MHz |" in TEXT


def test_every_example_override_works() -> None:
    examples = re.findall(r"--set ([a-z_.0-9]+=[a-z0-9.]+)", TEXT.replace("section.key", ""))
    assert len(examples) >= 6
    load_board("emulator", [e for e in examples if not e.startswith("tile_hints")])
    load_board("v80", [e for e in examples if e.startswith("tile_hints")])
