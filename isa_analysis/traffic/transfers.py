"""The H_ instructions of a program with what their registers hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION
from isa_analysis.dataflow import Definitions
from isa_analysis.dataflow.events import ADDRESS, SCALE, STRIDE
from isa_analysis.isa import canonical
from isa_analysis.traffic.requests import KINDS, Machine


@dataclass(frozen=True, slots=True)
class Transfers:
    """One row per static H_ instruction.

    ``kind`` indexes :data:`NAMES`. The other columns are values of the dataflow (a constant, or a
    reference into its table): ``sram`` the destination or source in elements, ``offset`` the HBM
    byte offset, ``high`` and ``low`` the halves of the base address register, ``scale`` the SCALE
    offset, ``stride`` the byte distance of rows as it applies.
    """

    pc: NDArray[np.int64]
    kind: NDArray[np.int8]
    precision: NDArray[np.int32]
    sram: NDArray[np.int64]
    offset: NDArray[np.int64]
    high: NDArray[np.int64]
    low: NDArray[np.int64]
    scale: NDArray[np.int64]
    stride: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pc)


def find(program: Program, definitions: Definitions, machine: Machine) -> Transfers:
    """The transfers of ``program``, in program order."""
    rows = program.rows
    kind_of = np.array([KINDS.get(canonical(s), -1) for s in rows.spellings] or [-1], np.int8)
    row_kind = np.where(
        (rows.status == INSTRUCTION) & (rows.op >= 0), kind_of[rows.op], np.int8(-1)
    )
    pc = np.flatnonzero(row_kind[program.row] >= 0)
    row = program.row[pc]
    kind = row_kind[row]
    operand = rows.values[row].astype(np.int64)
    base = ADDRESS + 2 * operand[:, 2]
    own = np.array([g.element_bytes for g in machine.kinds], np.int64)[kind]
    stride = definitions.at(np.full(len(pc), STRIDE), pc)
    return Transfers(
        pc,
        kind,
        rows.values[row, 4],
        definitions.at(operand[:, 0], pc),
        definitions.at(operand[:, 1], pc),
        definitions.at(base, pc),
        definitions.at(base + 1, pc),
        definitions.at(np.full(len(pc), SCALE), pc),
        np.where(operand[:, 3] == 1, stride, own),
    )
