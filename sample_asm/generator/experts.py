"""Routed experts: a router picks experts per token, and their weights are found at run time."""

from __future__ import annotations

from dataclasses import dataclass

from .emitter import Emitter, Pointer
from .kernels import ROWS, TILES, load_batch, multiply, store
from .machine import FP_ONE, FP_ZERO, LayoutError, Machine, Matrix, Memory

#: What V_TOPK policy 0 selects.
EXPERTS, TOP_K = 32, 4

#: INT SRAM: the chosen experts, then the token of every pair.
CHOSEN, TOKEN_OF_PAIR = 0, 256

#: FP SRAM: router logits of one token, the chosen weights, a row to map.
LOGITS, WEIGHTS, ROW = 64, 256, 320


@dataclass(frozen=True, slots=True)
class Experts:
    """Sizes: tokens, model width and expert width in elements."""

    tokens: int = 4
    hidden: int = 128
    ffn: int = 64

    def check(self, m: Machine) -> None:
        """Raise :class:`LayoutError` for sizes the template cannot handle."""
        for name in ("hidden", "ffn"):
            value = getattr(self, name)
            if value < 1 or value % m.mlen:
                raise LayoutError(f"{name} {value} is not a positive multiple of MLEN {m.mlen}")
        if not 1 <= self.tokens <= 16 or self.tokens % m.rows_per_dma:
            raise LayoutError("tokens must be whole DMA transfers, at most 16")
        if m.mlen < EXPERTS or ROW + m.mlen > m.fp_slots or EXPERTS + LOGITS > WEIGHTS:
            raise LayoutError("the router needs a vector of at least 32 elements")


@dataclass(frozen=True, slots=True)
class _Place:
    x: Matrix
    acc: Matrix
    gathered: Matrix
    gate: Matrix
    up: Matrix
    out: Matrix
    bias: Matrix
    temp: Matrix


def routed_experts(asm: Emitter, m: Machine, sizes: Experts) -> None:
    """Write the program; raises :class:`LayoutError` when it does not fit."""
    m.check()
    sizes.check(m)
    memory = Memory(m)
    rows, hidden, ffn = m.rows_per_dma, sizes.hidden, sizes.ffn
    router = memory.matrix("router_weight", EXPERTS, hidden)
    logits = memory.matrix("router_logits", sizes.tokens, m.mlen)
    router_bias = memory.matrix("router_bias", sizes.tokens, m.mlen)
    place = _Place(
        x=memory.matrix("X", sizes.tokens, hidden),
        acc=memory.matrix("routing_acc", sizes.tokens, hidden),
        gathered=memory.matrix("gather", rows, hidden),
        gate=memory.matrix("gate", rows, ffn),
        up=memory.matrix("up", rows, ffn),
        out=memory.matrix("out", rows, hidden),
        bias=memory.matrix("bias", rows, max(hidden, ffn)),
        temp=memory.matrix("temp", rows, m.mlen),
    )
    load_batch(asm, m, memory.tensor("X", sizes.tokens, hidden), place.x)
    load_batch(asm, m, memory.tensor("router_weight", EXPERTS, hidden), router)
    load_batch(asm, m, memory.tensor("router_bias", sizes.tokens, m.mlen), router_bias)
    for token in range(sizes.tokens):
        _route(asm, m, token, place, router, logits, router_bias)
    asm.note(f"true-zero VRAM rows {list(range(sizes.tokens))} in {place.acc.name}")
    for block in range(place.acc.blocks):
        asm.sweep(
            4,
            sizes.tokens,
            (Pointer(1, place.acc.at(block), m.mlen),),
            lambda: asm.op("V_MUL_VF", "gp1", "gp1", "f0", 0),
            ROWS,
        )
    _tokens_of_pairs(asm, sizes)
    for pair in range(sizes.tokens * TOP_K):
        _pair(asm, m, memory, sizes, place, pair)
    store(asm, m, place.acc, memory.tensor("OUT", sizes.tokens, hidden))


def _route(
    asm: Emitter,
    m: Machine,
    token: int,
    place: _Place,
    router: Matrix,
    logits: Matrix,
    bias: Matrix,
) -> None:
    asm.note(f"Router dot token {token}, expert 0..{EXPERTS - 1}")
    asm.sweep(
        4,
        m.mlen,
        (Pointer(1, LOGITS, 1),),
        lambda: asm.op("S_ST_FP", "f0", "gp1", 0),
        ROWS,
    )
    asm.li(3, place.temp.base)

    def partial() -> None:
        asm.op("V_MUL_VV", "gp3", "gp12", "gp13", 0)
        asm.op("V_RED_SUM", "f1", "gp3", 0)

    def expert() -> None:
        asm.op("S_ADD_FP", "f1", "f0", "f0")
        asm.sweep(
            5,
            place.x.blocks,
            (
                Pointer(12, place.x.at(0, token), place.x.block_size),
                Pointer(13, 0, router.block_size, 10),
            ),
            partial,
            TILES,
        )
        asm.op("S_ST_FP", "f1", "gp11", 0)

    asm.sweep(4, EXPERTS, (Pointer(10, router.base, m.mlen), Pointer(11, LOGITS, 1)), expert, ROWS)
    asm.note(f"Router token {token}: map FPRAM logits scratch to a VRAM row")
    asm.li(1, LOGITS)
    asm.li(2, logits.at(0, token))
    asm.li(3, bias.at(0, token))
    asm.op("S_MAP_V_FP", "gp2", "gp1", 0)
    asm.op("V_ADD_VV", "gp2", "gp2", "gp3", 0)
    asm.note(f"Routed-MoE V_TOPK token{token}: token={token}, experts={EXPERTS}, top_k={TOP_K}")
    asm.li(1, WEIGHTS + token * TOP_K)
    asm.li(3, CHOSEN + token * TOP_K)
    asm.op("V_TOPK", "gp1", "gp2", "gp3", 0)


def _tokens_of_pairs(asm: Emitter, sizes: Experts) -> None:
    asm.note("router bookkeeping: token of each pair to INT SRAM")
    for token in range(sizes.tokens):
        asm.li(2, token)
        asm.sweep(
            4,
            TOP_K,
            (Pointer(1, TOKEN_OF_PAIR + token * TOP_K, 1),),
            lambda: asm.op("S_ST_INT", "gp2", "gp1", 0),
            ROWS,
        )


def _pair(
    asm: Emitter, m: Machine, memory: Memory, sizes: Experts, place: _Place, pair: int
) -> None:
    rows, hidden, ffn = m.rows_per_dma, sizes.hidden, sizes.ffn
    x = memory.tensor("X", sizes.tokens, hidden)
    asm.note(f"gather token rows from HBM: pair={pair}, hidden={hidden}")
    asm.li(1, x.base)
    asm.op("C_SET_ADDR_REG", "a0", "gp0", "gp1")
    asm.li(1, x.elements)
    asm.op("C_SET_SCALE_REG", "gp1")
    asm.op("S_LD_INT", "gp2", "gp0", TOKEN_OF_PAIR + pair)
    asm.li(3, hidden)
    asm.op("S_MUL_INT", "gp2", "gp2", "gp3")
    for block in range(place.gathered.blocks):
        asm.li(1, place.gathered.at(block))
        asm.add(3, 2, block * m.mlen)
        asm.op("H_PREFETCH_V", "gp1", "gp3", "a0", 0, 0)
    for name, left, out, width in (
        ("gate", place.gathered, place.gate, ffn),
        ("up", place.gathered, place.up, ffn),
        ("down", place.up, place.out, hidden),
    ):
        if name == "down":
            _activation(asm, m, place, pair)
        for col in range(out.blocks):
            _expert_projection(asm, m, memory, name, pair, left, out, col)
        table = memory.tensor(f"V_{name}_bias_table", EXPERTS * rows, width)
        asm.note(f"dynamic expert bias add {name}_bias: pair={pair}, rows=1")
        _expert_base(asm, table.base, rows * width, pair, 3)
        asm.li(6, table.elements)
        asm.op("C_SET_SCALE_REG", "gp6")
        for block in range(out.blocks):
            asm.li(1, place.bias.at(block))
            asm.li(2, block * m.mlen)
            asm.op("H_PREFETCH_V", "gp1", "gp2", "a3", 0, 0)
            asm.li(2, out.at(block))
            asm.op("V_ADD_VV", "gp2", "gp2", "gp1")
    _combine(asm, m, place, pair)


def _expert_base(asm: Emitter, table: int, stride: int, pair: int, register: int) -> None:
    """Address register = table + chosen expert of the pair * stride (bytes)."""
    asm.op("S_LD_INT", "gp4", "gp0", CHOSEN + pair)
    asm.li(5, stride)
    asm.op("S_MUL_INT", "gp4", "gp4", "gp5")
    asm.li(5, table)
    asm.op("S_ADD_INT", "gp4", "gp4", "gp5")
    asm.op("C_SET_ADDR_REG", f"a{register}", "gp0", "gp4")


def _expert_projection(
    asm: Emitter,
    m: Machine,
    memory: Memory,
    name: str,
    pair: int,
    left: Matrix,
    out: Matrix,
    col: int,
) -> None:
    """One column block of the chosen expert's weight, stored as EXPERTS tensors in a row."""
    elements = left.cols * out.cols
    stride = elements * 9 // 8
    table = memory.tensor(f"W_{name}_experts", EXPERTS * left.cols, out.cols)
    asm.note("=== Reset MRAM ===")
    asm.note(f"dynamic HBM weight prefetch: template=W_{name}_e0, pair={pair}, col={col}")
    asm.note(
        f"pair{pair}_{name}: expert_id_to_weight_base pair={pair}, table_base={table.base}, "
        f"stride={stride}"
    )
    _expert_base(asm, table.base, stride, pair, 2)
    asm.li(6, elements)
    asm.op("C_SET_SCALE_REG", "gp6")
    asm.li(7, out.cols)
    asm.op("C_SET_STRIDE_REG", "gp7")
    for k in range(left.blocks):
        offset = k * m.mlen * out.cols + col * m.mlen
        asm.note(f"SubBlock [{k}][{col}]: HBM offset = {offset}")
        asm.li(1, k * m.tile)
        asm.li(2, offset)
        asm.op("H_PREFETCH_M", "gp1", "gp2", "a2", 1, 0)
    asm.note(f"VRAM Sub Projection To: {left.name}[0][:] @ W_{name}_e0[:][{col}]")
    multiply(
        asm,
        m,
        source=left.base,
        source_step=left.block_size,
        target=out.at(col),
        rows=m.rows_per_dma,
        tiles=left.blocks,
    )


def _activation(asm: Emitter, m: Machine, place: _Place, pair: int) -> None:
    """``up = up * clamp(gate) * sigmoid(clamp(gate))``, row 0."""
    asm.note(f"=== Expert Activation pair={pair} ===")
    asm.op("S_LD_FP", "f1", "gp0", FP_ONE)
    asm.op("S_ADD_FP", "f2", "f1", "f1")
    asm.op("S_MUL_FP", "f2", "f2", "f2")
    asm.op("S_SUB_FP", "f3", "f0", "f2")
    asm.li(3, place.temp.base)
    for block in range(place.gate.blocks):
        asm.li(1, place.gate.at(block))
        asm.li(2, place.up.at(block))
        asm.note(f"Tile Row Min FP on VRAM[{place.gate.at(block)}]")
        asm.op("V_MIN_VF", "gp1", "gp1", "f2", 0)
        asm.note(f"Tile Row Max FP on VRAM[{place.gate.at(block)}]")
        asm.op("V_MAX_VF", "gp1", "gp1", "f3", 0)
        asm.op("V_SUB_VF", "gp3", "gp1", "f0", 0, 1)
        asm.op("V_EXP_V", "gp3", "gp3", 0)
        asm.op("V_ADD_VF", "gp3", "gp3", "f1", 0)
        asm.op("V_RECI_V", "gp3", "gp3", 0)
        asm.op("V_MUL_VV", "gp1", "gp1", "gp3", 0)
        asm.op("V_MUL_VV", "gp2", "gp2", "gp1", 0)


def _combine(asm: Emitter, m: Machine, place: _Place, pair: int) -> None:
    """acc[token] += out * route weight; the token comes from INT SRAM."""
    asm.note(f"materialize route weight pair={pair}, col_block=0")
    asm.op("S_LD_FP", "f1", "gp0", WEIGHTS + pair)
    asm.sweep(4, m.mlen, (Pointer(1, ROW, 1),), lambda: asm.op("S_ST_FP", "f1", "gp1", 0), ROWS)
    asm.li(1, ROW)
    asm.li(3, place.temp.base)
    asm.op("S_MAP_V_FP", "gp3", "gp1", 0)
    asm.note(f"VRAM scatter-add pair{pair}_scatter: 1 active rows")
    asm.op("S_LD_INT", "gp2", "gp0", TOKEN_OF_PAIR + pair)
    asm.li(4, m.mlen)
    asm.op("S_MUL_INT", "gp2", "gp2", "gp4")
    for block in range(place.out.blocks):
        asm.li(1, place.out.at(block))
        asm.op("V_MUL_VV", "gp1", "gp1", "gp3", 0)
        asm.add(4, 2, place.acc.at(block))
        asm.op("V_ADD_VV", "gp4", "gp4", "gp1", 0)
    asm.op("S_LD_FP", "f1", "gp0", FP_ZERO)
