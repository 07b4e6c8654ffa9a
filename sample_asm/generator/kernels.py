"""The building blocks of a transformer layer, each a function that writes its instructions.

Register use: gp1..gp3 addresses of the moment, gp4..gp6 loop counters, gp10..gp15 pointers.
"""

from __future__ import annotations

from .emitter import Emitter, Pointer, Unroll
from .machine import FP_EPS, FP_MEAN, FP_ONE, Machine, Matrix, Tensor

ROWS = Unroll.ALL
TILES = Unroll.TILES


def set_region(asm: Emitter, tensor: Tensor, register: int = 0) -> None:
    """Point address register, SCALE and STRIDE at a tensor (stride = its row length)."""
    asm.note("Preload Addr Reg Generation")
    asm.li(1, tensor.base)
    asm.op("C_SET_ADDR_REG", f"a{register}", "gp0", "gp1")
    asm.li(2, tensor.elements)
    asm.op("C_SET_SCALE_REG", "gp2")
    asm.li(3, tensor.cols)
    asm.op("C_SET_STRIDE_REG", "gp3")


def _transfer(
    asm: Emitter, m: Machine, op: str, matrix: Matrix, tensor: Tensor, precision: int, row: int
) -> None:
    """Move all column blocks of a matrix, ``rows_per_dma`` rows at a time."""
    step = m.rows_per_dma

    def block() -> None:
        asm.sweep(
            5,
            matrix.rows // step,
            (Pointer(12, 0, step * m.mlen, 10), Pointer(13, 0, step * tensor.cols, 11)),
            lambda: asm.op(op, "gp12", "gp13", "a0", 1, precision),
            ROWS,
        )

    asm.sweep(
        4,
        matrix.blocks,
        (Pointer(10, matrix.base, matrix.block_size), Pointer(11, row * tensor.cols, m.mlen)),
        block,
        TILES,
    )


def load_batch(asm: Emitter, m: Machine, tensor: Tensor, matrix: Matrix) -> None:
    """HBM tensor -> vector SRAM matrix of the same shape."""
    asm.note(f"Load_Batch {tensor.name} -> {matrix.name}")
    asm.note(f"HBM[{tensor.base}] → VRAM[{matrix.base}], shape=({matrix.rows}, {matrix.cols})")
    with asm.trailing_blank():
        set_region(asm, tensor)
        asm.note("Reset Registers [[12, 13]] ")
        asm.li(12, 0)
        asm.li(13, 0)
        asm.note("Preload Activation Generation ")
        _transfer(asm, m, "H_PREFETCH_V", matrix, tensor, 0, 0)


def store(
    asm: Emitter, m: Machine, matrix: Matrix, tensor: Tensor, precision: int = 0, row: int = 0
) -> None:
    """Vector SRAM matrix -> HBM tensor, from tensor row ``row`` on; precision 1 is KV data."""
    asm.note(f"Store {matrix.name} from VRAM to HBM")
    asm.note(f"VRAM[{matrix.base}] -> HBM[{tensor.base}], shape=({matrix.rows}, {matrix.cols})")
    set_region(asm, tensor)
    asm.note("Store Activation Generation")
    _transfer(asm, m, "H_STORE_V", matrix, tensor, precision, row)


def allocate(asm: Emitter, matrix: Matrix) -> None:
    """The comment that announces a matrix."""
    shape = f"({matrix.rows}, {matrix.cols})"
    asm.note(
        f"Allocate VRAM Matrix {matrix.name}: logical={shape} physical={shape} "
        f"at VRAM[{matrix.base}]"
    )


def fill_zero(asm: Emitter, m: Machine, matrix: Matrix) -> None:
    """Multiply every row by f0."""
    rows = list(range(matrix.rows))
    for block in range(matrix.blocks):
        asm.note(f"=== VRAM Fill Zero: VRAM[{matrix.at(block)}] rows {rows} = 0 ===")
        asm.sweep(
            4,
            matrix.rows,
            (Pointer(1, matrix.at(block), m.mlen),),
            lambda: asm.op("V_MUL_VF", "gp1", "gp1", "f0", 0),
            ROWS,
        )


def combine(asm: Emitter, m: Machine, target: Matrix, source: Matrix, op: str = "V_ADD_VV") -> None:
    """``target (+ or *)= source``, whole matrices."""
    sign, title = ("*", "Mul") if op == "V_MUL_VV" else ("+", "Add")
    rows = f"[0:{target.rows}]"
    asm.note(f"=== VRAM Matrix {title}: {target.name}{rows} {sign}= {source.name}{rows} ===")
    asm.note(
        f"dst shape: ({target.rows}, {target.cols}), src shape: ({source.rows}, {source.cols})"
    )
    asm.note(f"block add path: row_blocks={target.rows // m.mlen}, col_blocks={target.blocks}")
    for block in range(target.blocks):
        asm.note(
            f"VRAM Block {title}: {target.name}[0][{block}] = {target.name}[0][{block}] "
            f"{sign} {source.name}[0][{block}]"
        )
        combine_rows(asm, m, target.at(block), source.at(block), target.rows, op)


def combine_rows(
    asm: Emitter, m: Machine, target: int, source: int, rows: int, op: str = "V_ADD_VV"
) -> None:
    """``rows`` consecutive rows at ``target`` (+ or *)= those at ``source``."""
    asm.sweep(
        4,
        rows,
        (Pointer(1, target, m.mlen), Pointer(2, source, m.mlen)),
        lambda: asm.op(op, "gp1", "gp1", "gp2", 0),
        ROWS,
    )


def load_tiles(
    asm: Emitter, m: Machine, tensor: Tensor, tiles: list[tuple[int, int]], precision: int = 0
) -> None:
    """Bring tiles (row block, column block) of a tensor to matrix SRAM 0, 1, 2, ..."""
    for slot, (row, col) in enumerate(tiles):
        offset = row * m.mlen * tensor.cols + col * m.mlen
        asm.note(f"SubBlock [{row}][{col}]: HBM offset = {offset}")
        asm.li(1, slot * m.tile)
        asm.li(2, offset)
        asm.op("H_PREFETCH_M", "gp1", "gp2", "a0", 1, precision)


def multiply(
    asm: Emitter,
    m: Machine,
    *,
    source: int,
    source_step: int,
    target: int,
    rows: int,
    tiles: int,
    transposed: bool = False,
) -> None:
    """(rows x tiles*mlen) . matrix SRAM tiles 0..tiles-1 -> rows x mlen at ``target``.

    ``source_step`` is the distance between the column blocks of the left operand.
    """

    def product() -> None:
        if transposed:
            asm.op("M_TMM", 0, "gp14", "gp15")
        else:
            asm.op("M_MM", 0, "gp15", "gp14")

    def block() -> None:
        asm.sweep(
            6,
            tiles,
            (Pointer(14, 0, source_step, 12), Pointer(15, 0, m.tile, 10)),
            product,
            TILES,
        )
        asm.op("M_MM_WO", "gp13", "gp0", 0)

    def column() -> None:
        asm.sweep(
            5,
            rows // m.blen,
            (Pointer(12, source, m.blen * m.mlen), Pointer(13, 0, m.blen * m.mlen, 11)),
            block,
            ROWS,
        )

    asm.sweep(
        4,
        m.mlen // m.blen,
        (Pointer(10, 0, m.blen * m.mlen), Pointer(11, target, m.blen)),
        column,
        TILES,
    )


def project(
    asm: Emitter,
    m: Machine,
    left: Matrix,
    weight: Tensor,
    out: Matrix,
    scratch: int,
    max_tiles: int,
) -> None:
    """``out = left @ weight``, a column block at a time.

    When the inner dimension has more than ``max_tiles`` tiles it is cut into chunks, and the
    later partial sums pass through ``scratch`` (rows x mlen elements).
    """
    chunks = [
        range(first, min(first + max_tiles, left.blocks))
        for first in range(0, left.blocks, max_tiles)
    ]
    for col in range(out.blocks):
        for number, chunk in enumerate(chunks):
            target = scratch if number else out.at(col)
            label = f"{out.name}_temp" if number else out.name
            asm.note("=== Reset MRAM ===")
            set_region(asm, weight)
            if len(chunks) > 1:
                asm.raw(f" ; K-chunk {number + 1}/{len(chunks)}: tiles {chunk[0]}..{chunk[-1]}")
            asm.note(f"Load SubMatrix Col {weight.name}[:][{col}] -> MRAM[0]")
            load_tiles(asm, m, weight, [(k, col) for k in chunk])
            asm.note(
                f"VRAM Sub Projection To: {left.name}[0][:] @ {weight.name}[:][{col}] "
                f"-> {label}[0][{col}]"
            )
            asm.note(f"Result: ({out.rows}, {m.mlen}) at VRAM[{target}]")
            multiply(
                asm,
                m,
                source=left.at(chunk[0]),
                source_step=left.block_size,
                target=target,
                rows=out.rows,
                tiles=len(chunk),
            )
            if number:
                asm.note(
                    f"VRAM Block Add: {out.name}[0][{col}] = {out.name}[0][{col}] + {label}[0][0]"
                )
                combine_rows(asm, m, out.at(col), scratch, out.rows)


def rms_norm(asm: Emitter, m: Machine, x: Matrix, gamma: Matrix, scratch: int) -> None:
    """Each row / sqrt(mean square + eps), then times the first row of gamma, in place."""
    shape = f"({x.rows}, {x.cols})"
    asm.note(f"Normalize (rms) {x.name}, logical={shape} physical={shape}")
    asm.note("RMS Norm generation ")
    asm.op("S_LD_FP", "f1", "gp0", FP_EPS)
    asm.op("S_LD_FP", "f2", "gp0", FP_MEAN)
    asm.li(3, scratch)

    def square() -> None:
        asm.op("V_MUL_VV", "gp3", "gp11", "gp11", 0)
        asm.op("V_RED_SUM", "f3", "gp3", 0)

    def scale() -> None:
        asm.op("V_MUL_VF", "gp11", "gp11", "f3", 0)
        asm.op("V_MUL_VV", "gp11", "gp11", "gp12", 0)

    def row() -> None:
        asm.op("S_ADD_FP", "f3", "f0", "f0")
        asm.sweep(5, x.blocks, (Pointer(11, 0, x.block_size, 10),), square, TILES)
        asm.op("S_MUL_FP", "f3", "f3", "f2")
        asm.op("S_ADD_FP", "f3", "f3", "f1")
        asm.op("S_SQRT_FP", "f3", "f3")
        asm.op("S_RECI_FP", "f3", "f3", 0)
        asm.sweep(
            5,
            x.blocks,
            (Pointer(11, 0, x.block_size, 10), Pointer(12, gamma.base, gamma.block_size)),
            scale,
            TILES,
        )

    asm.sweep(4, x.rows, (Pointer(10, x.base, m.mlen),), row, ROWS)


def silu_gate(asm: Emitter, m: Machine, gate: Matrix, up: Matrix, scratch: int) -> None:
    """``gate = gate * sigmoid(gate) * up``, in place."""
    asm.note("SILU Generation ")
    asm.op("S_LD_FP", "f1", "gp0", FP_ONE)
    asm.li(3, scratch)

    def row() -> None:
        asm.op("V_SUB_VF", "gp3", "gp1", "f0", 0, 1)
        asm.op("V_EXP_V", "gp3", "gp3", 0)
        asm.op("V_ADD_VF", "gp3", "gp3", "f1", 0)
        asm.op("V_RECI_V", "gp3", "gp3", 0)
        asm.op("V_MUL_VV", "gp1", "gp1", "gp3", 0)
        asm.op("V_MUL_VV", "gp1", "gp1", "gp2", 0)

    for block in range(gate.blocks):
        asm.sweep(
            4,
            gate.rows,
            (Pointer(1, gate.at(block), m.mlen), Pointer(2, up.at(block), m.mlen)),
            row,
            ROWS,
        )


def rope(asm: Emitter, m: Machine, x: Matrix, rotated: Matrix, cos: Matrix, sin: Matrix) -> None:
    """``x = x * cos + rotated * sin``, in place; ``rotated`` is overwritten."""
    asm.note("RoPE: x = x * cos + rotate_half(x) * sin  (in-place)")

    def row() -> None:
        asm.op("V_MUL_VV", "gp1", "gp1", "gp10", 0)
        asm.op("V_MUL_VV", "gp2", "gp2", "gp11", 0)
        asm.op("V_ADD_VV", "gp1", "gp1", "gp2", 0)

    for block in range(x.blocks):
        asm.sweep(
            4,
            x.rows,
            (
                Pointer(1, x.at(block), m.mlen),
                Pointer(2, rotated.at(block), m.mlen),
                Pointer(10, cos.at(block), m.mlen),
                Pointer(11, sin.at(block), m.mlen),
            ),
            row,
            ROWS,
        )
