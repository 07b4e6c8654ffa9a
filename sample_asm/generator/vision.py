"""Patch embedding of an image by im2col and one projection, with a layer norm after it."""

from __future__ import annotations

from dataclasses import dataclass

from .emitter import Emitter, Pointer
from .kernels import ROWS, TILES, combine, load_batch, project, store
from .machine import FP_EPS, FP_MEAN, FP_ONE, LayoutError, Machine, Matrix, Memory, Tensor


@dataclass(frozen=True, slots=True)
class Image:
    """An NCHW image of one batch, cut into kernel x kernel patches; sizes in pixels."""

    channels: int = 3
    height: int = 16
    width: int = 64
    kernel: int = 8
    hidden: int = 128
    max_k_tiles: int = 2

    def check(self, m: Machine) -> None:
        """Raise :class:`LayoutError` for sizes the template cannot handle."""
        if self.width != m.mlen:
            raise LayoutError(f"the image must be MLEN {m.mlen} pixels wide")
        if self.kernel < 1 or self.width % self.kernel or self.height % self.kernel:
            raise LayoutError("the kernel must divide width and height")
        if self.kernel % m.rows_per_dma or m.mlen % self.kernel:
            raise LayoutError("the kernel must be whole DMA transfers and divide MLEN")
        if self.columns % m.mlen or self.hidden % m.mlen or self.patches % m.rows_per_dma:
            raise LayoutError("channels*kernel^2 and hidden must be multiples of MLEN")

    @property
    def patches(self) -> int:
        return (self.height // self.kernel) * (self.width // self.kernel)

    @property
    def columns(self) -> int:
        return self.channels * self.kernel * self.kernel


def vision_patch(asm: Emitter, m: Machine, image: Image) -> None:
    """Write the program; raises :class:`LayoutError` when the image does not fit."""
    m.check()
    image.check(m)
    memory = Memory(m)
    basis = memory.matrix("im2col_basis", m.mlen, m.mlen)
    pixels = memory.matrix("im2col_scratch", m.mlen // image.kernel, m.mlen)
    masked = memory.matrix("im2col_temp", m.rows_per_dma, m.mlen)
    flat = memory.matrix("im2col_out", image.patches, image.columns)
    out = memory.matrix("V_PATCH_OUT", image.patches, image.hidden)
    bias = memory.matrix("V_PATCH_BIAS_POS_load", image.patches, image.hidden)
    scale = memory.matrix("vision_l0_ln1_gamma", image.patches, image.hidden)
    temp = memory.matrix("linear_out_temp", image.patches, m.mlen)
    source = memory.tensor("V_IMAGE", image.channels * image.height, image.width)

    _unit_vectors(asm, m, basis)
    _im2col(asm, m, image, source, basis, pixels, masked, flat)
    weight = memory.tensor("V_PATCH_W", image.columns, image.hidden)
    project(asm, m, flat, weight, out, temp.base, image.max_k_tiles)
    load_batch(asm, m, memory.tensor("V_PATCH_BIAS_POS", image.patches, image.hidden), bias)
    combine(asm, m, out, bias)
    asm.note("=== VISION LAYER 0/1 START ===")
    _layer_norm(asm, m, out, temp.base)
    load_batch(asm, m, memory.tensor("V_LN1_weight_0", image.patches, image.hidden), scale)
    combine(asm, m, out, scale, "V_MUL_VV")
    asm.note("=== VISION LAYER 0/1 COMPLETE ===")
    store(asm, m, out, memory.tensor("V_OUT", image.patches, image.hidden))


def _unit_vectors(asm: Emitter, m: Machine, basis: Matrix) -> None:
    """Row i of ``basis`` becomes the unit vector e_i, built in FP SRAM slots mlen .. 2*mlen."""
    asm.note("-- Setup: build unit vectors in VRAM --")
    asm.op("S_LD_FP", "f5", "gp0", FP_ONE)
    asm.sweep(
        4,
        m.mlen,
        (Pointer(1, m.mlen, 1),),
        lambda: asm.op("S_ST_FP", "f0", "gp1", 0),
        ROWS,
    )

    def unit() -> None:
        asm.op("S_ST_FP", "f5", "gp1", 0)
        asm.op("S_MAP_V_FP", "gp2", "gp3", 0)
        asm.op("S_ST_FP", "f0", "gp1", 0)

    asm.li(3, m.mlen)
    asm.sweep(4, m.mlen, (Pointer(1, m.mlen, 1), Pointer(2, basis.base, m.mlen)), unit, ROWS)


def _im2col(
    asm: Emitter,
    m: Machine,
    image: Image,
    source: Tensor,
    basis: Matrix,
    pixels: Matrix,
    masked: Matrix,
    flat: Matrix,
) -> None:
    """Pick every patch pixel with a unit vector and a sum; VLEN of them make an output row."""
    kernel, across = image.kernel, image.width // image.kernel
    row_slots = 2 * m.mlen
    asm.raw("; " + "=" * 60)
    asm.note("im2col (no-shift): NCHW input in HBM -> im2col matrix in VRAM")
    asm.note(f"  input  : (1,{image.channels},{image.height},{image.width})")
    asm.note(f"  kernel : {kernel}x{kernel}  OH={image.height // kernel}  OW={across}")
    asm.note(f"  output : ({flat.rows},{flat.cols}) @ VRAM base {flat.base}")
    asm.raw("; " + "=" * 60)
    asm.raw("")
    asm.note("-- Setup: HBM stride and scale --")
    asm.li(1, source.base)
    asm.op("C_SET_ADDR_REG", "a0", "gp0", "gp1")
    asm.li(1, source.elements)
    asm.op("C_SET_SCALE_REG", "gp1")
    asm.li(1, image.width)
    asm.op("C_SET_STRIDE_REG", "gp1")
    asm.note("-- Setup: pin scratch/temp VRAM pointers --")
    asm.li(8, masked.base)
    asm.li(9, row_slots)
    rows_per_tile = m.mlen // kernel

    def pick() -> None:
        asm.op("V_MUL_VV", "gp8", "gp10", "gp11", 0)
        asm.op("S_ADD_FP", "f1", "f0", "f0")
        asm.op("V_RED_SUM", "f1", "gp8", 0, 0)
        asm.op("S_ST_FP", "f1", "gp12", 0)

    for tile in range(flat.blocks):
        first = tile * rows_per_tile
        asm.note(
            f"==== TILE t={tile}  global cols [{tile * m.mlen}..{(tile + 1) * m.mlen - 1}] ===="
        )
        for patch in range(flat.rows):
            down, right = divmod(patch, across)
            target = flat.at(tile, patch)
            asm.note(
                f"==== tile={tile} output row m={patch}  oh={down}  ow={right}  vram={target} ===="
            )
            for index in range(rows_per_tile):
                channel, line = divmod(first + index, kernel)
                offset = (channel * image.height + down * kernel + line) * image.width
                asm.note(f"(c={channel}, kr={line})  hbm_off={offset}")
                if right == 0 and index % m.rows_per_dma == 0:
                    asm.li(1, pixels.at(0, index))
                    asm.li(2, offset)
                    asm.op("H_PREFETCH_V", "gp1", "gp2", "a0", 1, 0)
                asm.li(10, pixels.at(0, index))
                asm.sweep(
                    4,
                    kernel,
                    (
                        Pointer(11, basis.at(0, right * kernel), m.mlen),
                        Pointer(12, row_slots + index * kernel, 1),
                    ),
                    pick,
                    TILES,
                )
            asm.li(1, target)
            asm.op("S_MAP_V_FP", "gp1", "gp9", 0)
    asm.note("im2col (no-shift) complete")


def _layer_norm(asm: Emitter, m: Machine, x: Matrix, scratch: int) -> None:
    """Each row minus its mean, divided by its standard deviation, in place."""
    asm.note(f"Normalize (layer) {x.name}, logical=({x.rows}, {x.cols})")
    asm.note("Layer Norm generation ")
    asm.op("S_LD_FP", "f1", "gp0", FP_EPS)
    asm.op("S_LD_FP", "f2", "gp0", FP_MEAN)
    asm.li(3, scratch)
    walk = (Pointer(11, 0, x.block_size, 10),)

    def center() -> None:
        asm.op("V_SUB_VF", "gp11", "gp11", "f3", 0, 0)
        asm.op("V_MUL_VV", "gp3", "gp11", "gp11")
        asm.op("V_RED_SUM", "f4", "gp3")

    def row() -> None:
        asm.op("S_ADD_FP", "f3", "f0", "f0")
        asm.op("S_ADD_FP", "f4", "f0", "f0")
        asm.sweep(5, x.blocks, walk, lambda: asm.op("V_RED_SUM", "f3", "gp11"), TILES)
        asm.op("S_MUL_FP", "f3", "f3", "f2")
        asm.sweep(5, x.blocks, walk, center, TILES)
        asm.op("S_MUL_FP", "f4", "f4", "f2")
        asm.op("S_ADD_FP", "f4", "f4", "f1")
        asm.op("S_SQRT_FP", "f4", "f4", 0)
        asm.op("S_RECI_FP", "f4", "f4")
        asm.sweep(5, x.blocks, walk, lambda: asm.op("V_MUL_VF", "gp11", "gp11", "f4", 0), TILES)

    asm.sweep(4, x.rows, (Pointer(10, x.base, m.mlen),), row, ROWS)
