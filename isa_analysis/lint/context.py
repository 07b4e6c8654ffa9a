"""Everything the rules look at, computed once per program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import written_gp
from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION
from isa_analysis.dataflow import Definitions, follow
from isa_analysis.dataflow.accesses import Accesses, find_accesses
from isa_analysis.dataflow.machine import Sizes, sizes_of
from isa_analysis.isa import canonical
from isa_analysis.kernels import KernelRules, KernelSpans
from isa_analysis.kernels.naming import name_kernels
from isa_analysis.kernels.regions import Regions, build_regions
from isa_analysis.lint.order import Order, execution_order
from isa_analysis.lint.structure import Structure, control_structure
from isa_analysis.lint.suppress import Suppressions, suppressions
from isa_analysis.pricing import ModelOptions, cycle_model
from isa_analysis.timing.model import RowPrices

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard


@dataclass(frozen=True, slots=True)
class Context:
    """A program on a board, followed.

    ``limit`` is the machine's instruction limit per loop iteration. ``family[k]`` numbers the
    operation that kernel k is: one number for the softmax of all layers and heads. ``written[r]``
    is the gp register that program row r writes, or -1.
    """

    program: Program
    board: LoadedBoard
    sizes: Sizes
    limit: int
    structure: Structure
    order: Order
    definitions: Definitions
    accesses: Accesses
    spans: KernelSpans
    family: NDArray[np.int64]
    regions: Regions
    prices: RowPrices
    suppressions: Suppressions
    written: NDArray[np.int8]

    def rows_of(self, *mnemonics: str) -> NDArray[np.bool_]:
        """The program rows that are one of these instructions."""
        rows = self.program.rows
        wanted = np.array([canonical(s) in mnemonics for s in rows.spellings] or [False])
        found: NDArray[np.bool_] = wanted[rows.op] & (rows.op >= 0) & (rows.status == INSTRUCTION)
        return found

    def pcs_of(self, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The instructions that have one of these rows."""
        if not rows.any():
            return np.zeros(0, np.int64)
        return np.flatnonzero(rows[self.program.row])

    def region(self, pc: NDArray[np.int64]) -> NDArray[np.int64]:
        """The region that each instruction is in."""
        return np.searchsorted(self.regions.start, pc, side="right") - 1

    def times(self, pc: int) -> int:
        """How often instruction ``pc`` runs."""
        region = int(np.searchsorted(self.regions.start, pc, side="right")) - 1
        return self.regions.multiplicities[int(self.regions.times[region])]

    def families(self, pc: NDArray[np.int64]) -> NDArray[np.int64]:
        """The operation that each instruction belongs to."""
        at = np.searchsorted(self.spans.start_pc, pc, side="right") - 1
        return self.family[self.spans.kernel[at]]

    def kernel_name(self, pc: int) -> str:
        """The kernel of instruction ``pc`` for a reader; empty when nothing names it."""
        if not len(self.spans):
            return ""
        at = int(np.searchsorted(self.spans.start_pc, pc, side="right")) - 1
        name = self.spans.names[int(self.spans.kernel[at])]
        return f"{name.layer}: {name.kernel}" if name.layer else name.kernel

    def cycles(self, pc: int) -> int:
        """Compute cycles of one execution of instruction ``pc``; 0 for transfers."""
        return self.prices.classes[int(self.prices.of_row[self.program.row[pc]])].cycles

    def compute_cycles(self) -> int:
        """Compute cycles of the whole program."""
        regions = self.regions
        if not len(regions.start):
            return 0
        cycles = np.array([c.cycles for c in self.prices.classes], np.int64)[self.prices.of_row]
        sums = np.add.reduceat(cycles[self.program.row], regions.start)
        return sum(
            s * regions.multiplicities[t]
            for s, t in zip(sums.tolist(), regions.times.tolist(), strict=True)
        )

    def line(self, pc: int) -> int:
        """The line of instruction ``pc``."""
        return int(self.program.line[pc])


def build_context(
    program: Program,
    board: LoadedBoard,
    rules: KernelRules | None = None,
    definitions: Definitions | None = None,
    accesses: Accesses | None = None,
) -> Context:
    """Follow ``program`` and find its accesses on ``board``, unless its ``definitions`` and
    ``accesses`` are there."""
    structure = control_structure(program)
    if definitions is None:
        definitions = follow(program)
    sizes = sizes_of(board, program.dialect)
    spans, _ = name_kernels(program, rules)
    return Context(
        program=program,
        board=board,
        sizes=sizes,
        limit=board.board.machine.max_loop_instructions,
        structure=structure,
        order=execution_order(program, structure.horizon),
        definitions=definitions,
        accesses=accesses or find_accesses(program, definitions, sizes),
        spans=spans,
        family=_families(spans),
        regions=build_regions(len(program), program.loops, spans),
        prices=cycle_model(board, ModelOptions(memory="none"), program.dialect).price(program.rows),
        suppressions=suppressions(program),
        written=written_gp(program.rows),
    )


def _families(spans: KernelSpans) -> NDArray[np.int64]:
    number: dict[tuple[str, str], int] = {}
    keys = [(name.block, name.kernel) for name in spans.names]
    return np.array([number.setdefault(key, len(number)) for key in keys], np.int64)
