"""What scheduling needs to know of an instruction, decoded once per distinct row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, UNKNOWN, Rows
from isa_analysis.isa import canonical, forms_of, instruction, is_known, kind_of
from isa_analysis.schedule.model import ENGINES, HBM_READ, HBM_WRITE
from isa_analysis.timing.model import RowPrices

#: Registers in one numbering: gp0.., f0.., a0.., then the accumulator and the special registers.
F_BASE, A_BASE = 32, 40
_SINGLE = {"macc": 56, "scale": 57, "stride": 58, "vmask": 59}
F0 = F_BASE
_BASES = {"gp": 0, "f": F_BASE, "a": A_BASE}
_REGISTERS = [KINDS.index(kind) for kind in _BASES]


@dataclass(frozen=True, slots=True)
class Spec:
    """One kind of instruction: everything a timing model asks about it but addresses.

    ``engine`` indexes ``ENGINES`` (-1: a line that is no instruction); ``duration`` in cycles, 0
    for what the hardware skips; ``reads`` and ``writes`` are register numbers, accumulators that
    are read-modify-write in both; ``accesses``: touches a memory on chip.
    """

    mnemonic: str
    engine: int
    duration: int
    reads: tuple[int, ...]
    writes: tuple[int, ...]
    accesses: bool


@dataclass(frozen=True, slots=True)
class Code:
    """A program as specs: instruction pc is ``specs[of_pc[pc]]``."""

    specs: tuple[Spec, ...]
    of_pc: NDArray[np.int32]


def decode(program: Program, prices: RowPrices, transfers: Mapping[int, int]) -> Code:
    """The specs of ``program``; ``transfers`` has the cycles of one execution of each H_
    instruction (by pc), which ``prices`` leaves open."""
    number: dict[Spec, int] = {}
    examples, kind_of = _kinds(program.rows, prices)
    of_kind = [
        number.setdefault(_spec(program.rows, r, prices), len(number)) for r in examples.tolist()
    ]
    of_pc = np.array(of_kind or [0], np.int32)[kind_of][program.row]
    specs = list(number)
    for pc, cycles in transfers.items():
        spec = replace(specs[of_pc[pc]], duration=cycles)
        found = number.setdefault(spec, len(number))
        if found == len(specs):
            specs.append(spec)
        of_pc[pc] = found
    return Code(tuple(specs), of_pc)


def _kinds(rows: Rows, prices: RowPrices) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A row of each kind, and the kind of each row: kinds differ in more than integers. Large
    programs have millions of rows, and a few hundred kinds."""
    operands = np.zeros(len(rows.op), np.int64)
    for kinds, values in zip(rows.kinds.T, rows.values.T, strict=True):
        register = np.isin(kinds, _REGISTERS)
        operands = operands << 9 | kinds.astype(np.int64) << 6 | np.where(register, values & 63, 0)
    _, operands = np.unique(operands, return_inverse=True)
    key = prices.of_row.astype(np.int64) << 6 | rows.status.astype(np.int64) << 3 | rows.form & 7
    key = key * (len(rows.op) + 1) + operands.reshape(-1)
    _, examples, kind_of = np.unique(key, return_index=True, return_inverse=True)
    return examples, kind_of.reshape(-1)


def _spec(rows: Rows, r: int, prices: RowPrices) -> Spec:
    status = rows.status[r]
    cls = prices.classes[prices.of_row[r]]
    if status not in (INSTRUCTION, UNKNOWN) or not cls.counted:
        return Spec("", -1, 0, (), (), False)
    spelling = rows.spellings[rows.op[r]]
    mnemonic = canonical(spelling)
    engine = engine_of(mnemonic)
    if status == UNKNOWN or not is_known(spelling):
        return Spec(mnemonic, engine, cls.cycles, (), (), False)
    info = instruction(spelling)
    reads: list[int] = []
    writes: list[int] = []
    operands = forms_of(spelling)[int(rows.form[r])].operands
    kinds, values = rows.kinds[r].tolist(), rows.values[r].tolist()
    for operand, kind, value in zip(operands, kinds, values, strict=False):
        base = _BASES.get(KINDS[kind])
        if base is None:
            continue
        register = base + value
        if register == F0:
            continue  # the constant zero: never waited for
        if operand.read:
            reads.append(register)
        if operand.written:
            writes.append(register)
    reads += [_SINGLE[name] for name in info.reads if name in _SINGLE]
    writes += [_SINGLE[name] for name in info.writes if name in _SINGLE]
    memories = (*info.reads, *info.writes)
    touches = any("[" in m and not m.startswith("hbm") for m in memories)
    return Spec(
        mnemonic,
        engine,
        cls.cycles,
        tuple(dict.fromkeys(reads)),
        tuple(dict.fromkeys(writes)),
        touches and cls.cycles >= 0,
    )


def engine_of(mnemonic: str) -> int:
    """The engine that executes ``mnemonic``."""
    engine = kind_of(mnemonic)[0]
    if engine == "hbm":
        return HBM_WRITE if mnemonic.startswith("H_STORE") else HBM_READ
    return ENGINES.index(engine)
