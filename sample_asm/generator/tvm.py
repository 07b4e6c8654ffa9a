"""A kernel in the plena-tvm dialect: gp16 and up, shifts, inline comments, spilled indices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .emitter import Emitter
from .machine import FP_ONE, LayoutError, Machine, Memory


@dataclass(frozen=True, slots=True)
class Kernel:
    """A linear layer with a clipped activation: (rows, inner) @ (inner, cols)."""

    rows: int = 64
    inner: int = 128
    cols: int = 128

    def check(self, m: Machine) -> None:
        """Raise :class:`LayoutError` for sizes the template cannot tile."""
        for name in ("rows", "inner", "cols"):
            value = getattr(self, name)
            if value < 1 or value % m.mlen:
                raise LayoutError(f"{name} {value} is not a positive multiple of MLEN {m.mlen}")
        if m.mlen & (m.mlen - 1) or m.blen & (m.blen - 1):
            raise LayoutError("the addresses are built with shifts: MLEN and BLEN must be powers")
        if self.inner // m.mlen > m.matrix_tiles:
            raise LayoutError("one weight column does not fit the matrix SRAM")


@dataclass(slots=True)
class _Values:
    """Writes instructions with the value-numbering comment that this compiler leaves behind."""

    asm: Emitter
    number: int = 0
    loops: int = 0
    names: dict[str, str] = field(default_factory=dict)

    def op(self, mnemonic: str, *operands: object) -> None:
        args = ", ".join(map(str, operands))
        inner = ",".join(self.names.get(str(o), str(o)) for o in operands[1:])
        first = str(operands[0])
        if mnemonic.startswith("S_") and first.startswith("gp"):
            self.number += 1
            self.names[first] = f"%{self.number}"
            comment = f"%{self.number}={mnemonic}({inner})"
        else:
            comment = f"{mnemonic}({','.join(self.names.get(str(o), str(o)) for o in operands)})"
        self.asm.raw(f"{mnemonic} {args}   ; {comment}")

    def loop(
        self, name: str, trips: int, counter: int, index: int, body: Callable[[], None]
    ) -> None:
        self.loops += 1
        label = f"{self.loops}_{name}"
        gp = f"gp{index}"
        self.asm.note(f"for {label} in [0, {trips}) -- hw counter gp{counter}, idx {gp}")
        self.asm.op("S_ADDI_INT", gp, "gp0", 0)
        self.names[gp] = f"%{label}"
        self.asm.op("C_LOOP_START", f"gp{counter}", trips)
        body()
        self.asm.note(f"idx {label} += 1 ({gp})")
        self.asm.op("S_ADDI_INT", gp, gp, 1)
        self.asm.op("C_LOOP_END", f"gp{counter}")


def tvm_kernel(asm: Emitter, m: Machine, kernel: Kernel) -> None:
    """Write the kernel; raises :class:`LayoutError` when it does not fit the machine."""
    m.check()
    kernel.check(m)
    v = _Values(asm)
    memory = Memory(m)
    x = memory.tensor("X_hbm", kernel.rows, kernel.inner)
    w = memory.tensor("W_hbm", kernel.inner, kernel.cols)
    y = memory.tensor("Y_hbm", kernel.rows, kernel.cols)
    x_sh = memory.matrix("X_sh", kernel.rows, kernel.inner)
    y_loc = memory.matrix("Y_loc", kernel.rows, m.mlen)
    t_loc = memory.matrix("T_loc", kernel.rows, m.mlen)
    shift, tile_shift = m.mlen.bit_length() - 1, 2 * (m.mlen.bit_length() - 1)
    inner_tiles, block_bits = kernel.inner // m.mlen, m.blen.bit_length() - 1
    block_rows = shift + block_bits

    asm.note("PLENA ISA  --  kernel: linear_clip")
    asm.note("dialect: plena-tvm (registers up to gp31, integer shifts)")
    asm.raw("; " + "=" * 60)
    v.op("S_ADDI_INT", "gp1", "gp0", x.base)
    v.op("S_ADDI_INT", "gp2", "gp0", w.base)
    v.op("S_ADDI_INT", "gp3", "gp0", y.base)
    v.op("S_ADDI_INT", "gp4", "gp0", y_loc.base)
    v.op("S_ADDI_INT", "gp5", "gp0", t_loc.base)
    v.op("S_LD_FP", "f1", "gp0", FP_ONE)

    asm.note("dma_h2v_slice X_hbm -> X_sh  (grid d=1 s=1 h=1 b=1)")
    _region(v, 0, "gp1", x.elements, x.cols)

    def load_rows() -> None:
        v.op("S_MUL_INT", "gp20", "gp18", "gp16")
        v.op("S_SLLI_INT", "gp21", "gp19", shift)
        v.op("S_ADD_INT", "gp20", "gp20", "gp21")
        v.op("S_SLLI_INT", "gp22", "gp18", shift + m.rows_per_dma.bit_length() - 1)
        v.op("S_MUL_INT", "gp23", "gp19", "gp17")
        v.op("S_ADD_INT", "gp22", "gp22", "gp23")
        v.op("H_PREFETCH_V", "gp22", "gp20", "a0", 1, 0)

    v.op("S_ADDI_INT", "gp16", "gp0", m.rows_per_dma * x.cols)
    v.op("S_ADDI_INT", "gp17", "gp0", x_sh.block_size)
    v.loop(
        "h2v_block",
        x_sh.blocks,
        24,
        19,
        lambda: v.loop("h2v_inner", kernel.rows // m.rows_per_dma, 25, 18, load_rows),
    )

    def product() -> None:
        v.op("S_MUL_INT", "gp22", "gp18", "gp17")
        v.op("S_SLLI_INT", "gp23", "gp20", block_rows)
        v.op("S_ADD_INT", "gp22", "gp22", "gp23")
        v.op("S_ADDI_INT", "gp22", "gp22", x_sh.base)
        v.op("S_SLLI_INT", "gp23", "gp18", tile_shift)
        # This dialect selects the columns of a tile by element, plena by row.
        v.op("S_SLLI_INT", "gp21", "gp19", block_bits)
        v.op("S_ADD_INT", "gp23", "gp23", "gp21")
        v.op("M_MM", 0, "gp23", "gp22")

    def block() -> None:
        v.loop("mm_k", inner_tiles, 28, 18, product)
        v.op("S_SLLI_INT", "gp22", "gp20", block_rows)
        v.op("S_SLLI_INT", "gp23", "gp19", block_bits)
        v.op("S_ADD_INT", "gp22", "gp22", "gp23")
        v.op("S_ADD_INT", "gp22", "gp22", "gp4")
        v.op("M_MM_WO", "gp22", "gp0", 0)

    def column() -> None:
        asm.note("dma_h2m_slice W_hbm -> W_sh")
        _region(v, 1, "gp2", w.elements, w.cols)
        for k in range(inner_tiles):
            v.op("S_SLLI_INT", "gp21", "gp30", shift)
            v.op("S_ADDI_INT", "gp21", "gp21", k * m.mlen * w.cols)
            v.op("S_ADDI_INT", "gp22", "gp0", k * m.tile)
            v.op("H_PREFETCH_M", "gp22", "gp21", "a1", 1, 0)
        asm.note("STBACK %bx gp30 -> slot 3")
        asm.op("S_ST_INT", "gp30", "gp0", 3)
        asm.note(f"matmul (general) task matmul M={kernel.rows} K={kernel.inner} N={m.mlen}")
        blocks = m.mlen // m.blen
        v.loop(
            "mm_col",
            blocks,
            26,
            19,
            lambda: v.loop("mm_row", kernel.rows // m.blen, 27, 20, block),
        )
        asm.note("row scalar task row_clip op=clip src.parent=Y_loc")
        v.loop("row", kernel.rows, 26, 19, lambda: _clip_row(v, shift))
        asm.note("v binary v_mul V_MUL_VV dst.parent=Y_loc starts=[0, 0] extents=[1, 64]")
        v.loop("row", kernel.rows, 26, 19, lambda: _multiply_row(v, shift))
        asm.note("RELOAD %bx (slot 3) -> gp29")
        asm.op("S_LD_INT", "gp29", "gp0", 3)
        asm.note("dma_v2h_slice Y_loc -> Y_hbm  (grid d=1 s=1 h=1 b=1)")
        _region(v, 2, "gp3", y.elements, y.cols)
        v.op("S_SLLI_INT", "gp21", "gp29", shift)
        v.op("S_ADDI_INT", "gp16", "gp0", m.rows_per_dma * y.cols)
        v.loop("v2h_inner", kernel.rows // m.rows_per_dma, 26, 18, store_rows)

    def store_rows() -> None:
        v.op("S_MUL_INT", "gp22", "gp18", "gp16")
        v.op("S_ADD_INT", "gp22", "gp22", "gp21")
        v.op("S_SLLI_INT", "gp23", "gp18", shift + m.rows_per_dma.bit_length() - 1)
        v.op("S_ADD_INT", "gp23", "gp23", "gp4")
        v.op("H_STORE_V", "gp23", "gp22", "a2", 1, 0)

    v.loop("bx", kernel.cols // m.mlen, 31, 30, column)
    _index_arithmetic(asm, v, m)


def _region(v: _Values, address: int, base: str, scale: int, stride: int) -> None:
    v.op("C_SET_ADDR_REG", f"a{address}", "gp0", base)
    v.op("S_ADDI_INT", "gp6", "gp0", scale)
    v.op("C_SET_SCALE_REG", "gp6")
    v.op("S_ADDI_INT", "gp7", "gp0", stride)
    v.op("C_SET_STRIDE_REG", "gp7")


def _clip_row(v: _Values, shift: int) -> None:
    """T = 1 / (1 + exp(-Y)) of one row, its maximum kept in FP SRAM."""
    v.op("S_SLLI_INT", "gp22", "gp19", shift)
    v.op("S_ADD_INT", "gp23", "gp22", "gp5")
    v.op("S_ADD_INT", "gp22", "gp22", "gp4")
    v.op("S_ADD_FP", "f2", "f0", "f0")
    v.op("V_RED_MAX", "f2", "gp22", 0)
    v.op("S_ST_FP", "f2", "gp19", 512)
    v.op("V_SUB_VF", "gp23", "gp22", "f0", 0, 1)
    v.op("V_EXP_V", "gp23", "gp23", 0)
    v.op("V_ADD_VF", "gp23", "gp23", "f1", 0)
    v.op("V_RECI_V", "gp23", "gp23", 0)


def _multiply_row(v: _Values, shift: int) -> None:
    v.op("S_SLLI_INT", "gp22", "gp19", shift)
    v.op("S_ADD_INT", "gp23", "gp22", "gp5")
    v.op("S_ADD_INT", "gp22", "gp22", "gp4")
    v.op("V_MUL_VV", "gp22", "gp22", "gp23", 0)


def _index_arithmetic(asm: Emitter, v: _Values, m: Machine) -> None:
    """The integer and transfer opcodes that only this dialect has."""
    asm.note("fp scalar task fp_copy_at op=copy")
    v.op("S_ADDI_INT", "gp20", "gp0", 100)
    v.op("S_ADDI_INT", "gp21", "gp0", 7)
    v.op("S_DIV_INT", "gp22", "gp20", "gp21")
    v.op("S_REM_INT", "gp23", "gp20", "gp21")
    v.op("S_MUL_INT", "gp24", 0, "gp21")
    v.op("S_SLL_INT", "gp25", "gp23", "gp21")
    v.op("S_SRL_INT", "gp25", "gp25", "gp21")
    v.op("S_SRLI_INT", "gp26", "gp20", 2)
    v.op("S_SUB_INT", "gp27", "gp26", "gp22")
    v.op("S_ADDI_INT", "gp28", "gp0", 256)
    v.op("S_MAP_FP_V", "gp28", "gp4", 0)
    v.op("S_MAP_V_FP", "gp4", "gp28", 0)
    asm.note("btmm task btmm lhs_packed=vram[0] rhs_mram=0 lanes=4 head_width=16")
    v.op("M_BTMM", 0, "gp0", "gp0")
    asm.note("btmm write-only task btmm.wo out=vram[65536] tiles=1 lanes=4 head_width=16")
    v.op("S_LUI_INT", "gp29", 16)
    v.op("M_BMM_WO", "gp29", 0)
    asm.note("mm transposed accumulate")
    v.op("M_TMM_A", 0, "gp0", "gp0")
    v.op("M_MM_WO", "gp4", "gp0", 0)
