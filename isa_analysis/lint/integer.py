"""Integer instructions that could be saved: loop invariants and S_ADDI_INT chains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.shapes import Rows
from isa_analysis.dataflow import UNKNOWN, Affine
from isa_analysis.isa import DIALECTS
from isa_analysis.lint.context import Context
from isa_analysis.lint.findings import finding, plural, sum_by_kernel, whole_file
from isa_analysis.lint.model import Finding

_COMPUTES = (
    "S_ADDI_INT", "S_LUI_INT", "S_ADD_INT", "S_SUB_INT", "S_MUL_INT", "S_SLL_INT", "S_SLLI_INT",
    "S_SRL_INT", "S_SRLI_INT", "S_DIV_INT", "S_REM_INT",
)  # fmt: skip
#: A loop must waste this share of the program's compute cycles to be worth a word.
_HOT = 1000


def chains(context: Context) -> Iterator[Finding]:
    """L203."""
    program = context.program
    rows = program.rows
    pcs = context.pcs_of(context.rows_of("S_ADDI_INT") & ~_changes_nothing(rows))
    pcs = pcs[:-1][np.diff(pcs) == 1] if len(pcs) else pcs
    first, second = program.row[pcs], program.row[pcs + 1]
    target = rows.values[:, 0]
    same = (target[first] == target[second]) & (target[second] == rows.values[second, 1])
    fits = rows.values[first, 2] + rows.values[second, 2] < _immediates(program.dialect)
    yield from _saved(
        context, "L203", pcs[same & fits], "two S_ADDI_INT on one register could be one",
        "pairs of S_ADDI_INT on one register could be one each",
    )  # fmt: skip


def no_operations(context: Context) -> Iterator[Finding]:
    """L205."""
    pcs = context.pcs_of(context.rows_of("S_ADDI_INT") & _changes_nothing(context.program.rows))
    yield from _saved(
        context, "L205", pcs, "an instruction adds 0 to a register",
        "instructions add 0 to a register",
    )  # fmt: skip


def _saved(
    context: Context, rule: str, pcs: NDArray[np.int64], one: str, many: str
) -> Iterator[Finding]:
    each = np.full(len(pcs), context.cycles(int(pcs[0])) if len(pcs) else 0, np.int64)
    yield from whole_file(
        context,
        rule,
        sum_by_kernel(context, rule, pcs, each),
        lambda s: (
            f"{one if s.count == 1 else f'{s.count:,} {many}'}: {plural(s.cycles, 'cycle')} "
            f"in {plural(s.executions, 'execution')}"
        ),
    )


def _changes_nothing(rows: Rows) -> NDArray[np.bool_]:
    """The rows of a form ``rd, rs, 0`` with one register."""
    found: NDArray[np.bool_] = (rows.values[:, 0] == rows.values[:, 1]) & (rows.values[:, 2] == 0)
    return found


def _immediates(dialect: str) -> int:
    """One more than the largest immediate beside two registers."""
    return 1 << next(d.immediates["narrow"] for d in DIALECTS.values() if d.name == dialect)


def invariants(context: Context) -> Iterator[Finding]:
    """L201."""
    loops, regions = context.program.loops, context.regions
    pcs = context.pcs_of(context.rows_of(*_COMPUTES) & ~_changes_nothing(context.program.rows))
    loop = regions.loop[context.region(pcs)] if len(pcs) else np.zeros(0, np.int32)
    trip = np.array([lp.trip for lp in loops] or [0], np.int64)
    inside = (loop >= 0) & (trip[loop] > 1) if len(loops) else np.zeros(len(pcs), np.bool_)
    pcs, loop = pcs[inside], loop[inside]
    if not len(pcs):
        return
    same = _invariant(context, pcs, loop)
    pcs, loop = pcs[same], loop[same]
    threshold = context.compute_cycles() // _HOT
    order = np.argsort(loop, kind="stable")
    cuts = np.flatnonzero(np.diff(loop[order])) + 1
    out = []
    for mine in np.split(order, cuts) if len(order) else []:
        out += list(_one_loop(context, pcs[mine], int(loop[mine[0]]), threshold))
    yield from sorted(out, key=lambda f: -f.cycles)


def _one_loop(
    context: Context, pcs: NDArray[np.int64], loop: int, threshold: int
) -> Iterator[Finding]:
    lp = context.program.loops[loop]
    pcs, movable = _constant_registers(context, pcs, loop)
    pcs = pcs[context.suppressions.allowed("L201", pcs)]
    if not len(pcs):
        return
    runs = context.times(int(pcs[0]))
    cycles = sum(context.cycles(int(pc)) for pc in pcs.tolist()) * (runs - runs // lp.trip)
    if not cycles or cycles < threshold:
        return
    message = (
        f"{plural(len(pcs), 'integer instruction')} in the loop of line {context.line(lp.start)} "
        f"compute{'s' if len(pcs) == 1 else ''} the same in each of its {lp.trip:,} iterations: "
        f"{plural(cycles, 'cycle')}"
    )
    rest = len(pcs) - movable
    parts = [f"{movable} can move out unchanged"] if movable else []
    parts += [f"{rest} take turns in a register and need one for each value"] if rest else []
    yield finding(context, "L201", int(pcs[0]), message, "; ".join(parts), len(pcs), cycles)


def _invariant(
    context: Context, pcs: NDArray[np.int64], loop: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Whether each instruction computes the same value in all iterations of its loop."""
    definitions = context.definitions
    target = context.program.rows.values[context.program.row[pcs], 0]
    # What an instruction behind it would read.
    value = definitions.at(target.astype(np.int64), pcs + 1)
    out = value >= 0
    values = definitions.values
    moving = np.flatnonzero((value < 0) & (value != UNKNOWN))
    for i, v, lp in zip(
        moving.tolist(), value[moving].tolist(), loop[moving].tolist(), strict=True
    ):
        form = values.form(v)
        if isinstance(form, Affine):
            out[i] = all(variable != lp for variable, _ in form.terms)
        else:
            known = all(piece is not None for _, piece in values.alternatives(v))
            out[i] = known and lp not in values.variables(v)
    return out


def _constant_registers(
    context: Context, pcs: NDArray[np.int64], loop: int
) -> tuple[NDArray[np.int64], int]:
    """Those of ``pcs`` whose register only ever gets the same values in the body of ``loop``, and
    how many of them lead to a single value, so that they can leave the loop as they are.

    A register that the body also advances is a running pointer, and setting it is no waste. A
    value that the next instruction continues (S_LUI_INT, then S_ADDI_INT) is not final.
    """
    program, lp = context.program, context.program.loops[loop]
    body = program.row[lp.start + 1 : min(lp.end, len(program))]
    written = context.written[body]
    target = program.rows.values[program.row[pcs], 0]
    kept = np.zeros(len(pcs), np.bool_)
    movable = 0
    for register in np.unique(target).tolist():
        mine = pcs[target == register]
        if len(mine) != np.count_nonzero(written == register):
            continue
        kept |= target == register
        after = np.minimum(mine + 1, len(program) - 1)
        reads = program.rows.values[program.row[after], 1]
        continued = np.isin(mine + 1, mine) & (reads == register)
        if len(mine) - int(np.count_nonzero(continued)) == 1:
            movable += len(mine)
    return pcs[kept], movable
