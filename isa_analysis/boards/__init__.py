"""Boards: the machine a program is costed for.

``load_board("v80")`` gives a :class:`LoadedBoard`; ``apply_settings`` replaces its latencies with
those of a ``plena_settings.toml``. Import :mod:`isa_analysis.boards.schema` for the models.
"""

from isa_analysis.boards.load import LoadedBoard, board_schema, load_board, shipped_boards
from isa_analysis.boards.settings import apply_settings

__all__ = ["LoadedBoard", "apply_settings", "board_schema", "load_board", "shipped_boards"]
