"""Where a register got the value that an instruction reads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow.events import ADDRESS, SCALE
from isa_analysis.lint.context import Context


def lines_that_set(context: Context, register: int, pc: int) -> tuple[int, ...]:
    """The lines of the instructions that set ``register`` (numbered as in the dataflow) for ``pc``.

    Usually one. Where the value comes from the head of a loop: the write before the loop, then the
    last one in its body.
    """
    position = context.definitions.position[register]
    at = int(position[int(np.searchsorted(position, 2 * pc)) - 1])
    if at < 0:
        return ()
    writes = _writes(context, register)
    origin = at // 2
    if origin in writes:
        return (context.line(origin),)
    out = []
    for loop in context.program.loops:
        if loop.start == origin:  # the loop changes it: what it was before, and what it becomes
            out += [_last(writes, 0, loop.start), _last(writes, loop.start, loop.end)]
        elif loop.end == origin:
            out.append(_last(writes, loop.start, loop.end))
    return tuple(context.line(p) for p in out if p >= 0)


def _last(writes: NDArray[np.int64], after: int, before: int) -> int:
    """The last write in ``after <= pc < before``; -1 when there is none."""
    i = int(np.searchsorted(writes, before)) - 1
    return int(writes[i]) if i >= 0 and writes[i] >= after else -1


def _writes(context: Context, register: int) -> NDArray[np.int64]:
    rows = context.program.rows
    if register < ADDRESS:
        return context.pcs_of(context.written == register)
    if register < SCALE:
        mine = rows.values[:, 0] == (register - ADDRESS) // 2
        return context.pcs_of(context.rows_of("C_SET_ADDR_REG") & mine)
    name = "C_SET_SCALE_REG" if register == SCALE else "C_SET_STRIDE_REG"
    return context.pcs_of(context.rows_of(name))
