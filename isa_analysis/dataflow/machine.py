"""The sizes that decide what an instruction touches on chip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard

#: Expert counts and selected entries per V_TOPK policy.
TOPK = ((32, 4), (128, 8))


@dataclass(frozen=True, slots=True)
class Sizes:
    """Dimensions in elements, transfer rows, and the depth of every on-chip memory.

    ``matrix_rows`` counts rows of MLEN and ``vector_rows`` rows of VLEN; ``fp_entries`` is None
    where no bound is known (plena-tvm programs use entries far beyond 1024 and run).
    ``prefetch_m_rows`` is what one H_PREFETCH_M brings: whole tiles, at least one.
    ``m_row_bytes`` and ``v_row_bytes`` are element bytes of one row in HBM; ``scales`` says that
    the formats there have block scales, which SCALE locates.
    """

    mlen: int
    vlen: int
    blen: int
    hlen: int
    broadcast: int
    prefetch_m_rows: int
    prefetch_v_rows: int
    writeback_rows: int
    matrix_rows: int
    vector_rows: int
    fp_entries: int | None
    int_entries: int
    m_row_bytes: int
    v_row_bytes: int
    scales: bool
    tvm: bool

    @property
    def tile(self) -> int:
        """Elements of one matrix tile."""
        return self.mlen * self.mlen

    @property
    def tiles(self) -> int:
        """Whole tiles that matrix SRAM holds."""
        return self.matrix_rows // self.mlen


def sizes_of(board: LoadedBoard, dialect: str) -> Sizes:
    """The sizes of ``board`` for a program in ``dialect``."""
    machine, memory = board.board.machine, board.board.memory
    weight, activation = board.board.precision.hbm_weight, board.board.precision.hbm_activation
    tvm = dialect == "plena-tvm"
    return Sizes(
        mlen=machine.mlen,
        vlen=machine.vlen,
        blen=machine.blen,
        hlen=machine.hlen,
        broadcast=machine.broadcast_amount,
        prefetch_m_rows=-(-memory.prefetch_m_rows // machine.mlen) * machine.mlen,
        prefetch_v_rows=memory.prefetch_v_rows,
        writeback_rows=memory.writeback_rows,
        matrix_rows=memory.matrix_sram_rows,
        vector_rows=memory.vector_sram_depth,
        fp_entries=None if tvm else memory.fp_sram_depth,
        int_entries=memory.int_sram_depth,
        m_row_bytes=weight.element_bits * machine.mlen // 8,
        v_row_bytes=activation.element_bits * machine.vlen // 8,
        scales=bool(weight.scale_bits or activation.scale_bits),
        tvm=tvm,
    )
