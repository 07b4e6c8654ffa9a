"""The instructions that change what the integer side of the machine holds, as a compact stream.

Registers are numbered in one space: gp0.. from 0, then two per address register (the high and the
low 32 bits), then SCALE and STRIDE.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION, Rows
from isa_analysis.isa import canonical

GP = 0
ADDRESS = 32
SCALE = 64
STRIDE = 65
REGISTERS = 66

(
    ADDI, CONSTANT, ADD, SUB, MUL, SLL, SRL, DIV, REM, SLLI, SRLI, LOAD, STORE, TOPK,
    SET_ADDRESS, COPY, LOOP_START, LOOP_END,
) = range(18)  # fmt: skip

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


@dataclass(frozen=True, slots=True)
class Events:
    """``pc[k]`` is the instruction of event k and ``decoded[row[k]]`` what it does:
    ``(code, target, source 1, source 2, immediate)``. ``target[k]`` is the register it writes, -1
    for none (C_SET_ADDR_REG writes the register after it too). Loop starts and ends have the loop's
    number in ``loop[k]``."""

    pc: NDArray[np.int64]
    row: NDArray[np.int32]
    decoded: list[tuple[int, int, int, int, int]]
    target: NDArray[np.int16]
    loop: dict[int, int]


def extract(program: Program) -> Events:
    """The events of ``program`` in program order."""
    rows = program.rows
    zero_stays = all(loop.counter != GP for loop in program.loops)
    decoded, relevant, target = _decode(rows, zero_stays)
    pcs = np.flatnonzero(relevant[program.row])
    boundaries = np.array([pc for loop in program.loops for pc in (loop.start, loop.end)], np.int64)
    boundaries = boundaries[boundaries < len(program)]
    pc = np.sort(np.concatenate([pcs, boundaries]), kind="stable")
    row = program.row[pc]
    loop = {lp.start: i for i, lp in enumerate(program.loops)}
    loop |= {lp.end: i for i, lp in enumerate(program.loops)}
    return Events(pc, row, decoded, target[row], loop)


def _decode(
    rows: Rows, zero_stays: bool
) -> tuple[list[tuple[int, int, int, int, int]], NDArray[np.bool_], NDArray[np.int16]]:
    code_of = np.array([_CODES.get(canonical(s), -1) for s in rows.spellings] or [-1], np.int8)
    code = np.where((rows.status == INSTRUCTION) & (rows.op >= 0), code_of[rows.op], -1)
    relevant = code >= 0
    target = np.full(len(code), -1, np.int16)
    decoded: list[tuple[int, int, int, int, int]] = [(-1, -1, 0, 0, 0)] * len(code)
    for r in np.flatnonzero(relevant).tolist():
        c = int(code[r])
        a, b, d = rows.values[r, :3].tolist()
        if c == CONSTANT:
            entry = (c, a, 0, 0, (b << 12) & 0xFFFF_FFFF)
        elif c in (STORE, TOPK):
            # TOPK's third operand is the INT SRAM base; the policy says how many entries follow.
            policy = int(rows.values[r, 3])
            entry = (c, -1, a, b if c == STORE else d, d if c == STORE else (8 if policy else 4))
        elif c == SET_ADDRESS:
            entry = (c, ADDRESS + 2 * a, b, d, 0)
        elif c == COPY:
            scale = canonical(rows.spellings[rows.op[r]]) == "C_SET_SCALE_REG"
            entry = (c, SCALE if scale else STRIDE, a, 0, 0)
        elif c == MUL:
            literal = rows.kinds[r, 1:3] == 4
            entry = (c, a, LITERAL_ZERO if literal[0] else b, LITERAL_ZERO if literal[1] else d, 0)
        else:
            entry = (c, a, b, d, d)
        decoded[r] = entry
        target[r] = entry[1]
    if zero_stays and not (target == GP).any():
        # gp0 holds 0 throughout: adding to it sets a constant, the most frequent event of all.
        for r in np.flatnonzero(code == ADDI).tolist():
            if decoded[r][2] == GP:
                decoded[r] = (CONSTANT, decoded[r][1], 0, 0, decoded[r][4])
    return decoded, relevant, target
