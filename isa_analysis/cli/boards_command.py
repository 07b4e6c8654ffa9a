"""``isa-analysis boards list|show|validate|schema``."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

app = typer.Typer(no_args_is_help=True, help="Board files: list, show, validate, JSON Schema.")


@app.command("list")
def list_() -> None:
    """The shipped boards, one per line."""
    from isa_analysis.boards import load_board, shipped_boards
    from isa_analysis.output import write
    from isa_analysis.table import render_text
    from isa_analysis.views.boards import board_list

    write(render_text(board_list([load_board(name) for name in shipped_boards()])) + "\n", None)


@app.command()
def show(
    board: Annotated[str, typer.Argument(help="Name or path.")],
    set_: Annotated[Optional[list[str]], typer.Option("--set", help="section.key=value")] = None,
) -> None:
    """Everything a board file says, with units."""
    from isa_analysis.boards import load_board
    from isa_analysis.output import write
    from isa_analysis.views.boards import render_board

    write(render_board(load_board(board, set_ or [])), None)


@app.command()
def validate(boards: Annotated[list[str], typer.Argument(help="Names or paths.")]) -> None:
    """Check board files; exit 2 with located errors when one is not valid."""
    from isa_analysis.boards import load_board
    from isa_analysis.diagnostics import Problems
    from isa_analysis.output import write

    problems = Problems()
    for board in boards:
        with problems.caught():
            loaded = load_board(board)
            write(f"{loaded.path}: ok ({loaded.board.name}, sha256 {loaded.sha256[:12]})\n", None)
    problems.raise_all()


@app.command()
def schema() -> None:
    """The JSON Schema of board files, for editors."""
    import json

    from isa_analysis.boards import board_schema
    from isa_analysis.output import write

    write(json.dumps(board_schema(), indent=1) + "\n", None)
