"""Registers that are read before anything writes them, and control registers never set."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, Rows
from isa_analysis.isa import canonical, forms_of, instruction, is_known
from isa_analysis.lint.context import Context
from isa_analysis.lint.findings import finding, plural
from isa_analysis.lint.model import Finding

_BLOCK = 1 << 14
#: Matrix instructions whose first operand is a register that is really read.
_OFFSETS = ("M_BMV", "M_BTMV")


def unwritten(context: Context) -> Iterator[Finding]:
    """L101 and L102."""
    for kind, rule in (("gp", "L101"), ("a", "L101"), ("f", "L102")):
        reads = _masks(context.program.rows, kind, "read")
        writes = _masks(context.program.rows, kind, "written")
        used = int(np.bitwise_or.reduce(reads, initial=0))
        for register in range(32):
            # gp0 and f0 are 0 by convention.
            if used >> register & 1 and (register or kind == "a"):
                yield from _unwritten(context, rule, f"{kind}{register}", register, reads, writes)


def _unwritten(
    context: Context, rule: str, name: str, register: int,
    reads: NDArray[np.uint32], writes: NDArray[np.uint32],
) -> Iterator[Finding]:  # fmt: skip
    row = context.program.row
    bit = np.uint32(1 << register)
    first_write = _first(row, (writes & bit) != 0, len(row))
    read = (reads & bit) != 0
    first = _first(row, read, min(first_write + 1, len(row)))
    if first >= len(row) or first > first_write:
        return
    early = int(np.count_nonzero(read[row[: first_write + 1]]))
    where = "anywhere" if first_write >= len(row) else f"before line {context.line(first_write)}"
    accumulates = rule == "L102" and bool(writes[row[first]] & bit)
    what = "accumulated into" if accumulates else "read"
    message = f"{name} is {what}, but nothing writes it {where}: it holds 0 from reset"
    hint = ""
    if early > 1:
        hint = f"{plural(early, 'instruction')} read it before it is written"
    yield finding(context, rule, first, message, hint, count=early)


def unset(context: Context) -> Iterator[Finding]:
    """L103 and L104: transfers before STRIDE or SCALE is set."""
    row = context.program.row
    rows = context.program.rows
    transfers = context.rows_of("H_PREFETCH_M", "H_PREFETCH_V", "H_STORE_V")
    strided = transfers & (rows.values[:, 3] == 1)
    cases = [("L103", strided, "C_SET_STRIDE_REG", "STRIDE is 1 byte from reset")]
    if context.sizes.scales:
        message = "SCALE is 0 from reset: block scales are taken from the elements"
        cases.append(("L104", transfers, "C_SET_SCALE_REG", message))
    for rule, wanted, setter, message in cases:
        if not wanted.any():
            continue
        stop = _first(row, context.rows_of(setter), len(row))
        pcs = np.flatnonzero(wanted[row[:stop]])
        if len(pcs):
            yield finding(
                context, rule, int(pcs[0]), message,
                f"{plural(len(pcs), 'transfer')} before {setter}"
                + ("" if stop < len(row) else ", which never comes"), len(pcs),
            )  # fmt: skip


def _first(row: NDArray[np.int32], wanted: NDArray[np.bool_], stop: int) -> int:
    """The first instruction below ``stop`` with a wanted row; ``len(row)`` when there is none."""
    if not wanted.any():
        return len(row)
    size = _BLOCK
    begin = 0
    while begin < stop:
        hits = wanted[row[begin : min(begin + size, stop)]]
        at = int(np.argmax(hits))
        if hits[at]:
            return begin + at
        begin += size
        size *= 4
    return len(row)


def _masks(rows: Rows, kind: str, how: str) -> NDArray[np.uint32]:
    """Per row, one bit for each register of ``kind`` that it reads or writes."""
    out = np.zeros(len(rows.op), np.uint32)
    token = KINDS.index(kind)
    plain = (rows.status == INSTRUCTION) & (rows.op >= 0)
    f0 = (rows.kinds[:, 0] == KINDS.index("f")) & (rows.values[:, 0] == 0)
    for op, spelling in enumerate(rows.spellings):
        if not is_known(spelling):
            continue
        skipped = f0 if instruction(spelling).f0_free else np.zeros_like(f0)
        for form, described in enumerate(forms_of(spelling)):
            slots = [i for i, o in enumerate(described.operands) if getattr(o, how)]
            if how == "read" and described.operands[:1] and _unread(spelling, described):
                slots = slots[1:]
            mine = np.flatnonzero(plain & (rows.op == op) & (rows.form == form) & ~skipped)
            for slot in slots:
                held = rows.kinds[mine, slot] == token
                number = np.where(held, rows.values[mine, slot], 0).astype(np.uint32)
                out[mine] |= np.where(held, np.uint32(1) << number, np.uint32(0))
    return out


def _unread(spelling: str, form: object) -> bool:
    """Products name a destination that they do not read (0 or gp0 as a rule)."""
    name = canonical(spelling)
    first = form.operands[0]  # type: ignore[attr-defined]
    return name.startswith("M_") and first.kind == "gp|zero" and name not in _OFFSETS
