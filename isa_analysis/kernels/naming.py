"""The kernels of a program."""

from __future__ import annotations

from isa_analysis.assembly.program import Program
from isa_analysis.diagnostics import Diagnostic
from isa_analysis.kernels.match import assign_kernels
from isa_analysis.kernels.rules import KernelRules, load_rules
from isa_analysis.kernels.spans import KernelSpans


def name_kernels(
    program: Program, rules: KernelRules | None = None
) -> tuple[KernelSpans, list[Diagnostic]]:
    """The kernels of ``program`` by ``rules`` (None: the default ones), and warnings."""
    return assign_kernels(
        program.comment_pc,
        program.comment_line,
        program.comment_text,
        program.texts,
        len(program),
        [(loop.start, loop.end) for loop in program.loops],
        rules if rules is not None else load_rules(),
    )
