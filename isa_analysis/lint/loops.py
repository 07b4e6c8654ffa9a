"""Loops: malformed, run once, counters written, and addresses that cannot be followed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from isa_analysis.isa import canonical
from isa_analysis.lint.context import Context
from isa_analysis.lint.faults import Prediction
from isa_analysis.lint.findings import finding, plural, sum_by_kernel, whole_file
from isa_analysis.lint.model import Finding


def malformed(context: Context) -> Iterator[Finding]:
    """L004 and L110: control flow that is no fault but cannot be predicted further."""
    for problem in context.structure.breaks:
        if not problem.fault:
            yield finding(context, problem.rule, problem.pc, problem.message, problem.hint)


def single_trip(context: Context) -> Iterator[Finding]:
    """L202."""
    program = context.program
    single = [lp for lp in program.loops if lp.trip == 1 and lp.end < len(program)]
    single = [lp for lp in single if _mnemonic(context, lp.end) == "C_LOOP_END"]
    pcs = np.array([lp.start for lp in single], np.int64)
    each = np.array([context.cycles(lp.start) + context.cycles(lp.end) for lp in single], np.int64)
    yield from whole_file(
        context,
        "L202",
        sum_by_kernel(context, "L202", pcs, each),
        lambda s: (
            f"{'a loop runs' if s.count == 1 else f'{s.count:,} loops run'} once: C_LOOP_START "
            f"and C_LOOP_END cost {plural(s.cycles, 'cycle')} and do nothing"
        ),
    )


def unfollowed(context: Context, prediction: Prediction) -> Iterator[Finding]:
    """L204."""
    if prediction.unchecked:
        message = (
            f"{plural(prediction.unchecked_sites, 'instruction')} "
            f"({plural(prediction.unchecked, 'execution')}) access memory at an address that "
            "cannot be followed: its faults are not predicted"
        )
        yield finding(
            context, "L204", prediction.first_unchecked, message, "", prediction.unchecked_sites
        )


def _mnemonic(context: Context, pc: int) -> str:
    rows = context.program.rows
    return canonical(rows.spellings[rows.op[context.program.row[pc]]])
