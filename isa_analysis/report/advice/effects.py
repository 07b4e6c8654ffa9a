"""What an instruction reads and writes, by the names of registers and memories."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, Rows
from isa_analysis.isa import canonical, forms_of, instruction


@dataclass(frozen=True, slots=True)
class Effect:
    """``gp3``, ``f1``, ``a2``, ``stride``, ``fpsram`` ... that an instruction reads and writes."""

    mnemonic: str
    reads: frozenset[str]
    writes: frozenset[str]


def effect_of(rows: Rows, row: int) -> Effect | None:
    """The effect of row ``row``; None for a line that is not a known instruction."""
    if rows.status[row] != INSTRUCTION:
        return None
    spelling = rows.spellings[int(rows.op[row])]
    table = instruction(spelling)
    reads = {name.partition("[")[0] for name in table.reads}
    writes = {name.partition("[")[0] for name in table.writes}
    form = forms_of(spelling)[int(rows.form[row])]
    kinds, values = rows.kinds[row].tolist(), rows.values[row].tolist()
    for operand, kind, value in zip(form.operands, kinds, values, strict=False):
        token = KINDS[kind]
        if token in ("gp", "f", "a"):
            name = f"{token}{value}"
            if operand.read:
                reads.add(name)
            if operand.written:
                writes.add(name)
    return Effect(canonical(spelling), frozenset(reads), frozenset(writes))
