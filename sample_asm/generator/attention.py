"""Attention with an online softmax over blocks of MLEN queries and MLEN keys."""

from __future__ import annotations

from .emitter import Emitter, Pointer, Unroll
from .kernels import ROWS, combine_rows, load_tiles, multiply, set_region
from .machine import FP_FREE, FP_MINUS_INF, FP_SCALE, FP_ZERO, Machine, Matrix, Tensor


def attend(
    asm: Emitter,
    m: Machine,
    *,
    layer: int,
    head: int,
    query: Matrix,
    key: Tensor,
    value: Tensor,
    mask: Matrix,
    scores: Matrix,
    product: Matrix,
    out: Matrix,
) -> None:
    """``out = softmax(query @ key^T * scale + mask) @ value`` for one head, causal by block."""
    for q in range(query.rows // m.mlen):
        _init(asm, m, q, out)
        for k in range(q + 1):
            _scores(asm, m, layer, head, q, k, query, key, scores)
            if k == q:
                asm.note(f"=== VRAM Matrix Add: S[0:{m.mlen}] += CAUSAL_MASK[0:{m.mlen}] ===")
                combine_rows(asm, m, scores.base, mask.base, m.mlen)
            _online_softmax(asm, m, scores)
            _weighted_values(asm, m, k, scores, value, product)
            _rescale(asm, m, q, out)
            asm.note(f"=== VRAM Matrix Add: O[0:{m.mlen}] += PV[0:{m.mlen}] ===")
            for block in range(out.blocks):
                combine_rows(asm, m, out.at(block, q * m.mlen), product.at(block), m.mlen)
        _finish(asm, m, q, out)


def _maximum(m: Machine) -> int:
    return FP_FREE


def _correction(m: Machine) -> int:
    return FP_FREE + m.mlen


def _total(m: Machine) -> int:
    return FP_FREE + 2 * m.mlen


def _init(asm: Emitter, m: Machine, q: int, out: Matrix) -> None:
    asm.note(f"=== Init Online Softmax for Q block {q} ===")
    for slot, initial in ((_maximum(m), FP_MINUS_INF), (_total(m), FP_ZERO)):
        asm.note(f"Reset FP SRAM [{slot}, {slot + m.mlen})")
        asm.op("S_LD_FP", "f1", "gp0", initial)
        asm.sweep(
            4,
            m.mlen,
            (Pointer(1, slot, 1),),
            lambda: asm.op("S_ST_FP", "f1", "gp1", 0),
            ROWS,
        )
    for block in range(out.blocks):
        asm.sweep(
            4,
            m.mlen,
            (Pointer(1, out.at(block, q * m.mlen), m.mlen),),
            lambda: asm.op("V_MUL_VF", "gp1", "gp1", "f0", 0),
            ROWS,
        )


def _scores(
    asm: Emitter,
    m: Machine,
    layer: int,
    head: int,
    q: int,
    k: int,
    query: Matrix,
    key: Tensor,
    scores: Matrix,
) -> None:
    asm.note("=== Reset MRAM ===")
    set_region(asm, key)
    asm.note(f"Load SubMatrix Row {key.name}[{k}][:] -> MRAM[0]")
    load_tiles(asm, m, key, [(k, block) for block in range(query.blocks)], precision=1)
    asm.note(
        f"VRAM Sub Projection T To: Q_h{head}_{layer}[{q}][:] @ {key.name}[{k}][:]^T -> S[{q}][{k}]"
    )
    multiply(
        asm,
        m,
        source=query.at(0, q * m.mlen),
        source_step=query.block_size,
        target=scores.base,
        rows=m.mlen,
        tiles=query.blocks,
        transposed=True,
    )


def _online_softmax(asm: Emitter, m: Machine, scores: Matrix) -> None:
    asm.note("=== Online Softmax Block S ===")
    asm.note("=== Online Softmax ===")
    asm.op("S_LD_FP", "f7", "gp0", FP_SCALE)

    def row() -> None:
        asm.op("V_MUL_VF", "gp1", "gp1", "f7", 0)
        asm.op("S_LD_FP", "f1", "gp2", 0)
        asm.op("S_ADD_FP", "f2", "f1", "f0")
        asm.op("V_RED_MAX", "f2", "gp1", 0)
        asm.op("S_SUB_FP", "f3", "f1", "f2")
        asm.op("S_EXP_FP", "f3", "f3", 0)
        asm.op("S_ST_FP", "f2", "gp2", 0)
        asm.op("S_ST_FP", "f3", "gp2", _correction(m) - _maximum(m))
        asm.op("V_SUB_VF", "gp1", "gp1", "f2", 0, 0)
        asm.op("V_EXP_V", "gp1", "gp1", 0, 0)
        asm.op("S_LD_FP", "f4", "gp2", _total(m) - _maximum(m))
        asm.op("S_MUL_FP", "f4", "f4", "f3")
        asm.op("V_RED_SUM", "f4", "gp1", 0, 0)
        asm.op("S_ST_FP", "f4", "gp2", _total(m) - _maximum(m))

    asm.sweep(
        4,
        m.mlen,
        (Pointer(1, scores.base, m.mlen), Pointer(2, _maximum(m), 1)),
        row,
        Unroll.ALL,
    )


def _weighted_values(
    asm: Emitter, m: Machine, k: int, scores: Matrix, value: Tensor, product: Matrix
) -> None:
    asm.note(f"=== Compute PV = P @ V[k_idx={k}] ===")
    set_region(asm, value, 0)
    asm.note("=== PV Multiply (P @ V) using M_MM ===")
    for block in range(product.blocks):
        load_tiles(asm, m, value, [(k, block)], precision=1)
        multiply(
            asm,
            m,
            source=scores.base,
            source_step=scores.block_size,
            target=product.at(block),
            rows=m.mlen,
            tiles=1,
        )


def _rescale(asm: Emitter, m: Machine, q: int, out: Matrix) -> None:
    asm.note(f"=== Scale O[q_idx={q}] by m_res ===")
    asm.note("=== Scale O by m_res ===")
    _scale_rows(asm, m, q, out, _correction(m), reciprocal=False)


def _finish(asm: Emitter, m: Machine, q: int, out: Matrix) -> None:
    asm.note(f"=== Final Scale O for Q block {q} ===")
    asm.note("=== Final Scaling O = O / l ===")
    _scale_rows(asm, m, q, out, _total(m), reciprocal=True)


def _scale_rows(
    asm: Emitter, m: Machine, q: int, out: Matrix, slot: int, *, reciprocal: bool
) -> None:
    def row() -> None:
        asm.op("S_LD_FP", "f1", "gp2", 0)
        if reciprocal:
            asm.op("S_RECI_FP", "f1", "f1", 0)
        asm.op("V_MUL_VF", "gp1", "gp1", "f1", 0)

    for block in range(out.blocks):
        asm.sweep(
            4,
            m.mlen,
            (Pointer(1, out.at(block, q * m.mlen), m.mlen), Pointer(2, slot, 1)),
            row,
            ROWS,
        )
