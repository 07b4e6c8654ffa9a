"""``isa-analysis diff OLD NEW``: what changed in cost, and where?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.assembly.program import Program
    from isa_analysis.budget.snapshot import Snapshot


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    markdown = "markdown"


@grouped
def diff(
    old: Annotated[
        str,
        typer.Argument(help="Assembly file, JSON profile, lock, or REV:path; REV: for NEW at REV."),
    ],
    new: Annotated[
        Optional[str], typer.Argument(help="The same; default: the path of OLD as it is now.")
    ] = None,
    *,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    isa: opt.IsaOption = opt.Isa.auto,
    models: opt.Models,
    kernel_rules: opt.RulesOption = None,
    top: opt.Top = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
) -> None:
    """Compare the costs of two assembly files, JSON profiles, locks, or git revisions of them.

    Per kernel and opcode, with the loops behind it and the first differing lines. The board and
    model options apply to assembly; profiles and locks hold their own. Example:

    isa-analysis diff HEAD~1: decoder.asm
    """
    from isa_analysis.budget.lines import first_hunks
    from isa_analysis.budget.operands import load_pair
    from isa_analysis.budget.update import program_change
    from isa_analysis.output import write
    from isa_analysis.views import budget_diff as view

    costed: list[str] = []

    def cost(program: Program) -> Snapshot:
        from isa_analysis.budget.measure import measure

        loaded, chosen = sizes.load(board), models.options()
        memory = loaded.board.memory.timing_model if chosen.memory == "board" else chosen.memory
        costed.append(
            f"assembly is costed on {loaded.board.name}, timing {chosen.timing}, memory {memory}"
        )
        rules = opt.load_kernel_rules(kernel_rules)
        return measure(program, loaded, chosen, rules)

    before, after = load_pair(old, new, cost, isa.value)
    changes = tuple(
        program_change(key, before.programs.get(key), after.programs.get(key))
        for key in sorted(before.programs.keys() | after.programs.keys())
    )
    notes = costed[:1]
    if before.conditions != after.conditions:
        notes += [f"costed for {'; '.join(side.conditions) or 'the board given here'}: {side.name}"
                  for side in (before, after)]  # fmt: skip
    hunks = tuple(first_hunks(before.lines, after.lines)) if before.lines and after.lines else ()
    comparison = view.Comparison(before.name, after.name, changes, hunks, tuple(notes))
    if format is Format.json:
        text = view.render_diff_json(comparison)
    elif format is Format.markdown:
        text = view.render_diff_markdown(comparison, top)
    else:
        text = view.render_diff_text(comparison, top)
    write(text, output)
