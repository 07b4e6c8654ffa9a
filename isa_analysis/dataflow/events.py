"""The instructions that change what the integer side of the machine holds, as a compact stream.

Registers are numbered in one space: gp0.. from 0, then two per address register (the high and the
low 32 bits), then SCALE and STRIDE.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, Rows
from isa_analysis.isa import canonical

GP = 0
ADDRESS = 32
SCALE = 64
STRIDE = 65
REGISTERS = 66

(
    ADDI, CONSTANT, ADD, SUB, MUL, SLL, SRL, DIV, REM, SLLI, SRLI, LOAD, STORE, TOPK,
    SET_ADDRESS, COPY,
) = range(16)  # fmt: skip

_CODES = {
    "S_ADDI_INT": ADDI,
    "S_LUI_INT": CONSTANT,
    "S_ADD_INT": ADD,
    "S_SUB_INT": SUB,
    "S_MUL_INT": MUL,
    "S_SLL_INT": SLL,
    "S_SRL_INT": SRL,
    "S_DIV_INT": DIV,
    "S_REM_INT": REM,
    "S_SLLI_INT": SLLI,
    "S_SRLI_INT": SRLI,
    "S_LD_INT": LOAD,
    "S_ST_INT": STORE,
    "V_TOPK": TOPK,
    "C_SET_ADDR_REG": SET_ADDRESS,
    "C_SET_SCALE_REG": COPY,
    "C_SET_STRIDE_REG": COPY,
}
#: A source that is the literal 0 instead of a register.
LITERAL_ZERO = -1
_INTEGER = KINDS.index("int")


@dataclass(frozen=True, slots=True)
class Events:
    """Event k is instruction ``pc[k]`` doing ``code[k]``: it writes register ``target[k]`` (-1 for
    none; SET_ADDRESS writes the register after it too) from registers ``a[k]`` and ``b[k]``
    (LITERAL_ZERO where the operand is 0 itself) and the immediate ``imm[k]``."""

    pc: NDArray[np.int32]
    code: NDArray[np.int8]
    target: NDArray[np.int8]
    a: NDArray[np.int8]
    b: NDArray[np.int8]
    imm: NDArray[np.int64]


def extract(program: Program) -> Events:
    """The events of ``program`` in program order; loops are not among them."""
    code, columns = _decode(program.rows)
    if all(loop.counter != GP for loop in program.loops) and not (columns[0] == GP).any():
        # gp0 holds 0 throughout: adding to it sets a constant, the most frequent event of all.
        code[(code == ADDI) & (columns[1] == GP)] = CONSTANT
    pc = np.flatnonzero((code >= 0)[program.row]).astype(np.int32)
    row = program.row[pc]
    target, a, b = (column.astype(np.int8)[row] for column in columns[:3])
    return Events(pc, code[row], target, a, b, columns[3][row])


def _decode(rows: Rows) -> tuple[NDArray[np.int8], tuple[NDArray[np.int64], ...]]:
    """Per row the code (-1: no event), target, two sources and immediate."""
    code_of = np.array([_CODES.get(canonical(s), -1) for s in rows.spellings] or [-1], np.int8)
    known = (rows.status == INSTRUCTION) & (rows.op >= 0)
    code = np.where(known, code_of[rows.op], np.int8(-1))
    first, second, third, fourth = (rows.values[:, k].astype(np.int64) for k in range(4))
    target, a, b, imm = first.copy(), second.copy(), third.copy(), third.copy()
    lui = code == CONSTANT
    imm[lui] = (second[lui] << 12) & 0xFFFF_FFFF
    store = code == STORE
    a[store], b[store] = first[store], second[store]
    topk = code == TOPK
    a[topk] = first[topk]  # b is the third operand: the INT SRAM base
    imm[topk] = np.where(fourth[topk] != 0, 8, 4)  # how many entries the policy writes
    target[store | topk | (code < 0)] = -1
    base = code == SET_ADDRESS
    target[base] = ADDRESS + 2 * first[base]
    copy = code == COPY
    scale = np.array([canonical(s) == "C_SET_SCALE_REG" for s in rows.spellings] or [False])
    target[copy] = np.where(scale[rows.op[copy]], SCALE, STRIDE)
    a[copy] = first[copy]
    product = code == MUL
    a[product & (rows.kinds[:, 1] == _INTEGER)] = LITERAL_ZERO
    b[product & (rows.kinds[:, 2] == _INTEGER)] = LITERAL_ZERO
    return code, (target, a, b, imm)
