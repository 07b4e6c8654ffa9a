"""One decode step: a single token through a layer, with a KV cache, on the M_MV family."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .emitter import Emitter, Pointer
from .kernels import (
    ROWS,
    TILES,
    combine,
    load_batch,
    load_tiles,
    rms_norm,
    set_region,
    silu_gate,
    store,
)
from .machine import (
    FP_MINUS_INF,
    FP_SCALE,
    FP_ZERO,
    LayoutError,
    Machine,
    Matrix,
    Memory,
    Tensor,
)


@dataclass(frozen=True, slots=True)
class Step:
    """Sizes of the step: ``context`` keys (a multiple of MLEN) include the new token."""

    hidden: int = 128
    ffn: int = 256
    context: int = 192
    layer: int = 0

    def check(self, m: Machine) -> None:
        """Raise :class:`LayoutError` for sizes the templates cannot tile."""
        for name in ("hidden", "ffn", "context"):
            value = getattr(self, name)
            if value < 1 or value % m.mlen:
                raise LayoutError(f"{name} {value} is not a positive multiple of MLEN {m.mlen}")
        if max(self.hidden, self.ffn) // m.mlen > m.matrix_tiles:
            raise LayoutError("one weight column does not fit the matrix SRAM")


def decode_step(asm: Emitter, m: Machine, step: Step) -> Memory:
    """Write the program and return where its tensors are. The token is row 0 of matrices padded to
    one DMA transfer."""
    m.check()
    step.check(m)
    memory = Memory(m)
    rows, hidden = m.rows_per_dma, step.hidden
    x = memory.matrix("x_token", rows, hidden)
    residual = memory.matrix("residual_token", rows, hidden)
    gamma = memory.matrix("gamma", rows, hidden)
    query = memory.matrix("q_token", rows, m.mlen)
    key = memory.matrix("k_token", rows, m.mlen)
    value = memory.matrix("v_token", rows, m.mlen)
    attended = memory.matrix("o_token", rows, m.mlen)
    gate = memory.matrix("gate_token", rows, step.ffn)
    up = memory.matrix("up_token", rows, step.ffn)
    scratch = memory.matrix("scratch", rows, m.mlen)
    mask = memory.matrix("pad_mask", rows, step.context)
    heads = m.mlen // m.hlen
    scores = memory.matrix("S", heads, step.context)
    n = step.layer
    caches = [memory.tensor(f"{kind}_stored_{n}_h0", step.context, m.mlen) for kind in "KV"]

    asm.note("Decode step: one token, KV cache in HBM")
    load_batch(asm, m, memory.tensor("X", rows, hidden), x)
    load_batch(asm, m, memory.tensor("pad_mask", rows, step.context), mask)
    asm.note("=== LAYER 0/1 START ===")
    load_batch(asm, m, memory.tensor("X", rows, hidden), residual)
    load_batch(asm, m, memory.tensor(f"W_norm1_{n}", rows, hidden), gamma)
    rms_norm(asm, m, x, gamma, scratch.base)
    for name, out in (("q", query), ("k", key), ("v", value)):
        matvec(asm, m, x, memory.tensor(f"W_{name}_{n}", hidden, m.mlen), out)
    store(asm, m, key, caches[0], precision=1, row=step.context - rows)
    store(asm, m, value, caches[1], precision=1, row=step.context - rows)
    _scores(asm, m, query, caches[0], scores)
    _softmax(asm, m, scores, mask)
    _values(asm, m, scores, caches[1], attended)
    matvec(asm, m, attended, memory.tensor(f"W_o_{n}", m.mlen, hidden), x)
    combine(asm, m, x, residual)
    asm.note("=== VRAM Matrix Add: residual_token[0:1] = x_token[0:1] ===")
    for block in range(x.blocks):
        asm.li(1, residual.at(block))
        asm.li(2, x.at(block))
        asm.op("V_ADD_VF", "gp1", "gp2", "f0", 0)
    load_batch(asm, m, memory.tensor(f"W_norm2_{n}", rows, hidden), gamma)
    rms_norm(asm, m, x, gamma, scratch.base)
    asm.note("FFN Generation ")
    matvec(asm, m, x, memory.tensor(f"W_up_{n}", hidden, step.ffn), up)
    matvec(asm, m, x, memory.tensor(f"W_gate_{n}", hidden, step.ffn), gate)
    silu_gate(asm, m, replace(gate, rows=rows), up, scratch.base)
    matvec(asm, m, gate, memory.tensor(f"W_down_{n}", step.ffn, hidden), x)
    combine(asm, m, x, residual)
    asm.note("=== LAYER 0/1 COMPLETE ===")
    store(asm, m, x, memory.tensor("OUT", rows, hidden))
    return memory


def matvec(asm: Emitter, m: Machine, left: Matrix, weight: Tensor, out: Matrix) -> None:
    """Row 0 of ``out`` = row 0 of ``left`` @ ``weight``."""

    def product() -> None:
        asm.op("M_MV", 0, "gp15", "gp14")

    def block() -> None:
        asm.sweep(
            5,
            left.blocks,
            (Pointer(14, left.base, left.block_size), Pointer(15, 0, m.tile, 10)),
            product,
            TILES,
        )
        asm.op("M_MV_WO", "gp11", 0)

    for col in range(out.blocks):
        asm.note("=== Reset MRAM ===")
        set_region(asm, weight)
        asm.note(f"Load SubMatrix Col {weight.name}[:][{col}] -> MRAM[0]")
        load_tiles(asm, m, weight, [(k, col) for k in range(left.blocks)])
        asm.note(
            f"VRAM Sub Projection To: {left.name}[0][:] @ {weight.name}[:][{col}] "
            f"-> {out.name}[0][{col}]"
        )
        asm.sweep(
            4,
            m.mlen // m.blen,
            (Pointer(10, 0, m.blen), Pointer(11, out.at(col), m.blen)),
            block,
            ROWS,
        )


def _scores(asm: Emitter, m: Machine, query: Matrix, key: Tensor, scores: Matrix) -> None:
    """Per-head scores of all cached keys: one M_BTMV per key tile."""
    asm.note("=== Packed GQA QK^T with M_BTMV ===")
    set_region(asm, key)
    asm.li(3, query.base)
    for tile in range(scores.blocks):
        load_tiles(asm, m, key, [(tile, 0)], precision=1)
        asm.op("M_BTMV", 0, "gp1", "gp3")
        asm.li(2, scores.at(tile))
        asm.op("M_BMV_WO", "gp2", 0)


def _softmax(asm: Emitter, m: Machine, scores: Matrix, mask: Matrix) -> None:
    """Softmax over all key tiles of each head's row; the mask's first row hides the padding."""
    asm.note("=== Online Softmax Block S ===")
    asm.op("S_LD_FP", "f5", "gp0", FP_SCALE)

    def head() -> None:
        tiles = (Pointer(11, 0, scores.block_size, 10),)
        asm.op("S_LD_FP", "f1", "gp0", FP_MINUS_INF)
        asm.op("S_LD_FP", "f2", "gp0", FP_ZERO)

        def highest() -> None:
            asm.op("V_MUL_VF", "gp11", "gp11", "f5", 0)
            asm.op("V_ADD_VV", "gp11", "gp11", "gp12", 0)
            asm.op("V_RED_MAX", "f1", "gp11", 0)

        def exponent() -> None:
            asm.op("V_SUB_VF", "gp11", "gp11", "f1", 0, 0)
            asm.op("V_EXP_V", "gp11", "gp11", 0)
            asm.op("V_RED_SUM", "f2", "gp11", 0)

        masked = (*tiles, Pointer(12, mask.base, mask.block_size))
        asm.sweep(5, scores.blocks, masked, highest, TILES)
        asm.sweep(5, scores.blocks, tiles, exponent, TILES)
        asm.op("S_RECI_FP", "f2", "f2", 0)
        asm.sweep(
            5, scores.blocks, tiles, lambda: asm.op("V_MUL_VF", "gp11", "gp11", "f2", 0), TILES
        )

    asm.sweep(4, scores.rows, (Pointer(10, scores.base, m.mlen),), head, ROWS)


def _values(asm: Emitter, m: Machine, scores: Matrix, value: Tensor, out: Matrix) -> None:
    """Each head's weighted sum of its HLEN value columns, over all key tiles."""
    asm.note("=== Compute PV = P @ V[k_idx=all] ===")
    asm.note("=== PV Multiply (P @ V) using M_MV ===")
    set_region(asm, value)
    load_tiles(asm, m, value, [(tile, 0) for tile in range(scores.blocks)], precision=1)

    def product() -> None:
        asm.op("M_MV", 0, "gp15", "gp14")

    def columns() -> None:
        asm.sweep(
            6,
            scores.blocks,
            (Pointer(14, 0, scores.block_size, 12), Pointer(15, 0, m.tile, 10)),
            product,
            TILES,
        )
        asm.op("M_MV_WO", "gp11", "gp0", 0)

    for head in range(scores.rows):
        asm.note(f"=== Pack O head lane {head} into {out.name} ===")
        asm.li(12, scores.at(0, head))
        asm.sweep(
            4,
            m.hlen // m.blen,
            (
                Pointer(10, head * m.hlen, m.blen),
                Pointer(11, out.base + head * m.hlen, m.blen),
            ),
            columns,
            ROWS,
        )
