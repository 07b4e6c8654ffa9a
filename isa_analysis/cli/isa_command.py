"""``isa-analysis isa list|show``."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The instruction set: list it, show one instruction.")


@app.command("list")
def list_() -> None:
    """Every instruction: code, dialects, engine, cost formula, operand forms."""
    from isa_analysis.output import write
    from isa_analysis.table import render_text
    from isa_analysis.views.isa import instruction_list

    write(render_text(instruction_list()) + "\n", None)


@app.command()
def show(mnemonic: Annotated[str, typer.Argument(help="A mnemonic or an old spelling.")]) -> None:
    """One instruction: meaning, forms, cost, what it reads and writes."""
    from isa_analysis.diagnostics import error
    from isa_analysis.isa import is_known, nearest
    from isa_analysis.output import write
    from isa_analysis.views.isa import render_instruction

    name = mnemonic.upper()
    if not is_known(name):
        close = nearest(name)
        hint = f"did you mean {' or '.join(close)}?" if close else "see: isa-analysis isa list"
        raise error("E002", f"unknown mnemonic {mnemonic}", hint=hint)
    write(render_instruction(name), None)
