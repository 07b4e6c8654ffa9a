"""A decoder-only transformer: embedding, layers, final norm."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .attention import attend
from .emitter import Emitter
from .kernels import (
    allocate,
    combine,
    fill_zero,
    load_batch,
    project,
    rms_norm,
    rope,
    silu_gate,
    store,
)
from .machine import LayoutError, Machine, Matrix, Memory


@dataclass(frozen=True, slots=True)
class Model:
    """Sizes of the transformer; all but ``layers`` in elements or tokens."""

    hidden: int = 128
    layers: int = 1
    sequence: int = 64
    heads: int = 2
    kv_heads: int = 1
    head_dim: int = 64
    ffn: int = 128
    max_k_tiles: int = 4

    def check(self, m: Machine) -> None:
        """Raise :class:`LayoutError` for sizes the templates cannot tile."""
        for name in ("hidden", "sequence", "head_dim", "ffn"):
            value = getattr(self, name)
            if value < 1 or value % m.mlen:
                raise LayoutError(f"{name} {value} is not a positive multiple of MLEN {m.mlen}")
        if self.layers < 1:
            raise LayoutError("at least one layer is needed")
        if self.kv_heads < 1 or self.heads % self.kv_heads:
            raise LayoutError(f"{self.heads} heads do not divide among {self.kv_heads} KV heads")
        if not 1 <= self.max_k_tiles <= m.matrix_tiles:
            raise LayoutError(f"max_k_tiles must be 1..{m.matrix_tiles}")
        if self.head_dim // m.mlen > m.matrix_tiles:
            raise LayoutError("one head does not fit the matrix SRAM")


@dataclass(frozen=True, slots=True)
class Buffers:
    """The activations of one layer; every layer reuses them."""

    x: Matrix
    residual: Matrix
    query: Matrix
    key: Matrix
    value: Matrix
    rotated: Matrix
    scores: Matrix
    product: Matrix
    attended: Matrix
    gate: Matrix
    up: Matrix
    temp: Matrix
    cos: Matrix
    sin: Matrix
    mask: Matrix
    gamma: Matrix


def decoder(asm: Emitter, m: Machine, model: Model) -> Memory:
    """Write the whole program and return where its tensors are; raises :class:`LayoutError` when it
    does not fit the machine."""
    m.check()
    model.check(m)
    memory = Memory(m)
    b = _buffers(memory, model)
    seq, hd = model.sequence, model.head_dim
    for matrix, name, rows, cols in (
        (b.cos, "COS", seq, hd),
        (b.sin, "SIN", seq, hd),
        (b.mask, "causal_mask", m.mlen, m.mlen),
        (b.x, "X", seq, model.hidden),
        (b.residual, "POS", seq, model.hidden),
    ):
        load_batch(asm, m, memory.tensor(name, rows, cols), matrix)
    combine(asm, m, b.x, replace(b.residual, name="POS"))
    allocate(asm, b.residual)
    for layer in range(model.layers):
        asm.note(f"=== LAYER {layer}/{model.layers} START ===")
        _attention_part(asm, m, model, memory, b, layer)
        _ffn_part(asm, m, model, memory, b, layer)
        asm.note(f"=== LAYER {layer}/{model.layers} COMPLETE ===")
    _norm(asm, m, model, memory, b, "final_norm")
    store(asm, m, b.x, memory.tensor("OUT", seq, model.hidden))
    return memory


def _buffers(memory: Memory, model: Model) -> Buffers:
    m, seq, hd = memory.machine, model.sequence, model.head_dim
    return Buffers(
        cos=memory.matrix("COS", seq, hd),
        sin=memory.matrix("SIN", seq, hd),
        mask=memory.matrix("CAUSAL_MASK", m.mlen, m.mlen),
        x=memory.matrix("X", seq, model.hidden),
        residual=memory.matrix("residual_scratch", seq, model.hidden),
        query=memory.matrix("Q", seq, model.heads * hd),
        key=memory.matrix("K", seq, hd),
        value=memory.matrix("V", seq, hd),
        rotated=memory.matrix("Q_rot", seq, hd),
        scores=memory.matrix("S", m.mlen, m.mlen),
        product=memory.matrix("PV", m.mlen, hd),
        attended=memory.matrix("O_full", seq, model.heads * hd),
        gate=memory.matrix("gate", seq, model.ffn),
        up=memory.matrix("up", seq, model.ffn),
        temp=memory.matrix("temp", seq, m.mlen),
        gamma=memory.matrix("gamma", m.rows_per_dma, model.hidden),
    )


def _norm(asm: Emitter, m: Machine, model: Model, memory: Memory, b: Buffers, name: str) -> None:
    weight = memory.tensor(f"W_{name}", m.rows_per_dma, model.hidden)
    load_batch(asm, m, weight, replace(b.gamma, name=name))
    rms_norm(asm, m, b.x, b.gamma, b.temp.base)


def _save_residual(asm: Emitter, m: Machine, b: Buffers) -> None:
    fill_zero(asm, m, b.residual)
    combine(asm, m, b.residual, b.x)


def _attention_part(
    asm: Emitter, m: Machine, model: Model, memory: Memory, b: Buffers, layer: int
) -> None:
    seq, hd, hidden = model.sequence, model.head_dim, model.hidden
    temp, tiles = b.temp.base, model.max_k_tiles
    turn = memory.tensor("R_rope", hd, hd)
    _save_residual(asm, m, b)
    _norm(asm, m, model, memory, b, f"norm1_{layer}")
    query = replace(b.query, name=f"Q_{layer}")
    allocate(asm, query)
    weight = memory.tensor(f"W_q_{layer}", hidden, model.heads * hd)
    project(asm, m, b.x, weight, query, temp, tiles)
    keys, values = [], []
    for head in range(model.kv_heads):
        suffix = f"{layer}_h{head}"
        key, value = replace(b.key, name=f"K_{suffix}"), replace(b.value, name=f"V_{suffix}")
        project(asm, m, b.x, memory.tensor(f"W_k_{suffix}", hidden, hd), key, temp, tiles)
        project(asm, m, b.x, memory.tensor(f"W_v_{suffix}", hidden, hd), value, temp, tiles)
        rotated = replace(b.rotated, name=f"K_rot_{suffix}")
        project(asm, m, key, turn, rotated, temp, tiles)
        rope(asm, m, key, rotated, b.cos, b.sin)
        keys.append(memory.tensor(f"K_stored_{suffix}", seq, hd))
        values.append(memory.tensor(f"V_stored_{suffix}", seq, hd))
        store(asm, m, key, keys[-1], precision=1)
        store(asm, m, value, values[-1], precision=1)
    for head in range(model.heads):
        block = head * hd // m.mlen
        view = Matrix(f"Q_h{head}_{layer}", query.at(block), seq, hd, m.mlen)
        asm.note(f"VRAM View {view.name}: ({seq}, {hd}) at VRAM[{view.base}]")
        rotated = replace(b.rotated, name=f"Q_rot_{layer}_h{head}")
        project(asm, m, view, turn, rotated, temp, tiles)
        rope(asm, m, view, rotated, b.cos, b.sin)
        group = head * model.kv_heads // model.heads
        attend(
            asm,
            m,
            layer=layer,
            head=head,
            query=view,
            key=keys[group],
            value=values[group],
            mask=b.mask,
            scores=b.scores,
            product=b.product,
            out=Matrix(f"O_h{head}_{layer}", b.attended.at(block), seq, hd, m.mlen),
        )
    weight = memory.tensor(f"W_o_{layer}", model.heads * hd, hidden)
    out = replace(b.x, name=f"O_proj_{layer}")
    allocate(asm, out)
    project(asm, m, replace(b.attended, name=f"O_full_{layer}"), weight, out, temp, tiles)
    combine(asm, m, out, b.residual)


def _ffn_part(
    asm: Emitter, m: Machine, model: Model, memory: Memory, b: Buffers, layer: int
) -> None:
    hidden, ffn, temp = model.hidden, model.ffn, b.temp.base
    tiles = model.max_k_tiles
    _save_residual(asm, m, b)
    _norm(asm, m, model, memory, b, f"norm2_{layer}")
    asm.note("FFN Generation ")
    asm.raw(f" ; FFN Upsize Linear Generation (k_size={hidden}, out_size={ffn})")
    up = memory.tensor(f"W_up_{layer}", hidden, ffn)
    project(asm, m, b.x, up, replace(b.up, name=f"up_{layer}"), temp, tiles)
    asm.raw(f" ; FFN Gate Projection (k_size={hidden}, out_size={ffn})")
    gate = memory.tensor(f"W_gate_{layer}", hidden, ffn)
    activation = replace(b.gate, name=f"gate_{layer}")
    project(asm, m, b.x, gate, activation, temp, tiles)
    silu_gate(asm, m, activation, b.up, temp)
    asm.note("FFN Downsize Linear Generation ")
    down = memory.tensor(f"W_down_{layer}", ffn, hidden)
    project(asm, m, activation, down, b.x, temp, tiles)
    combine(asm, m, b.x, b.residual)
