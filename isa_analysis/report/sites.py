"""Every static instruction with how often it runs and what one execution costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION
from isa_analysis.isa import canonical
from isa_analysis.kernels.regions import Regions
from isa_analysis.pricing import cycle_model
from isa_analysis.report.nests import Nests, nests_of
from isa_analysis.report.stages import Run, Stage

#: Integers of 64 bits, or Python's where sums could be larger.
Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Loops:
    """Columns over the loops that have both their marks and no C_BREAK: instructions of
    C_LOOP_START and C_LOOP_END, trip counts, and whether no loop lies inside."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    trip: NDArray[np.int64]
    leaf: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sites:
    """Columns over the static instructions of a stage.

    ``times`` are executions, ``by_op[op]`` the instructions (ascending) of each ``op``, ``loop``
    the innermost loop (-1: none), ``kernel`` the kernel's index, ``mnemonics[op]`` the canonical
    mnemonic. ``times`` holds Python integers where products could exceed 64 bits, so sums of
    ``times * price`` are always exact.
    """

    program: Program
    regions: Regions
    op: NDArray[np.int32]
    mnemonics: tuple[str, ...]
    times: Numbers
    loop: NDArray[np.int32]
    kernel: NDArray[np.int32]
    by_op: tuple[NDArray[np.int64], ...]
    loops: Loops
    nests: Nests

    def __len__(self) -> int:
        return len(self.op)

    def of(self, *mnemonics: str) -> NDArray[np.int64]:
        """Indices of the well-formed instructions with one of ``mnemonics``."""
        parts = [
            pc for pc, m in zip(self.by_op, self.mnemonics, strict=True) if m and m in mnemonics
        ]
        if len(parts) == 1:
            return parts[0]
        return np.sort(np.concatenate(parts), kind="stable") if parts else np.zeros(0, np.int64)

    def operand(self, pc: NDArray[np.int64], slot: int) -> NDArray[np.int32]:
        """Operand number ``slot`` of each of ``pc``: a register number or an immediate."""
        out: NDArray[np.int32] = self.program.rows.values[self.program.row[pc], slot]
        return out

    def kind(self, pc: NDArray[np.int64], slot: int) -> NDArray[np.uint8]:
        """Token kind of operand ``slot`` (an index into ``KINDS``)."""
        out: NDArray[np.uint8] = self.program.rows.kinds[self.program.row[pc], slot]
        return out


def sites_of(stage: Stage) -> Sites:
    """The sites of ``stage``; they do not depend on the board, prices do (:func:`prices`)."""
    program, regions = stage.program, stage.regions
    rows = program.rows
    most = max(regions.multiplicities, default=1) * max(len(program), 1) << 16
    exact = np.int64 if most < 1 << 62 else object
    mnemonics = (*(canonical(s) for s in rows.spellings), "")
    good = np.where(rows.status == INSTRUCTION, rows.op, len(rows.spellings))
    op = good[program.row].astype(np.int32)
    order = np.argsort(op, kind="stable")
    by_op = tuple(np.split(order, np.cumsum(np.bincount(op, minlength=len(mnemonics)))[:-1]))
    nests = nests_of(program)
    return Sites(
        program,
        regions,
        op,
        mnemonics,
        np.repeat(np.array(regions.multiplicities, exact)[regions.times], regions.size),
        np.repeat(regions.loop, regions.size),
        np.repeat(regions.kernel, regions.size),
        by_op,
        _loops(program, nests, op, mnemonics),
        nests,
    )


def _loops(
    program: Program, nests: Nests, op: NDArray[np.int32], mnemonics: tuple[str, ...]
) -> Loops:
    loops = program.loops
    end = np.array([loop.end for loop in loops], np.int64)
    is_end = np.array([m == "C_LOOP_END" for m in mnemonics])[op]
    good = np.array([not loop.has_break for loop in loops], np.bool_)
    good &= end < len(program)
    good[good] = is_end[end[good]]
    return Loops(
        np.array([loop.start for loop in loops], np.int64)[good],
        end[good],
        np.array([loop.trip for loop in loops], np.int64)[good],
        np.array(nests.leaf, np.bool_)[good],
    )


def prices(stage: Stage, run: Run) -> Numbers:
    """Cycles of one execution of each static instruction under the run's model.

    Memory operations cost their fixed charge, or 0 where their time depends on addresses.
    """
    found = cycle_model(run.board, stage.options, stage.program.dialect).price(stage.program.rows)
    most = max((c.cycles for c in found.classes), default=0)
    each = np.array([c.cycles for c in found.classes], np.int64 if most < 1 << 16 else object)
    return each[found.of_row][stage.program.row]


def summed(keys: NDArray[np.generic], values: Numbers) -> dict[int, int]:
    """The sum of ``values`` for each distinct key, as Python integers."""
    if not len(keys):
        return {}
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begin = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    sums = np.add.reduceat(values[order], begin)
    return dict(zip(ordered[begin].tolist(), (int(s) for s in sums.tolist()), strict=True))


def whole(values: Numbers) -> int:
    """The exact sum of ``values``."""
    return int(values.sum()) if len(values) else 0
