"""Every plena mnemonic in every operand form, grouped by generic kernel markers."""

from __future__ import annotations

from collections.abc import Callable

from .emitter import Emitter
from .machine import FP_ONE, LayoutError, Machine

#: Vector SRAM rows used below, in rows of VLEN elements: inputs, results, and a place for
#: whole per-head products.
_A, _B, _OUT, _HEADS = 64, 65, 68, 1024


def every_opcode(asm: Emitter, m: Machine) -> None:
    """Write the program; raises :class:`LayoutError` for a machine it cannot show."""
    m.check()
    if m.mlen < 32:
        raise LayoutError("V_TOPK needs vectors of at least 32 elements")
    asm.note("Each mnemonic of dialect plena at least once, in every operand form")
    _kernel(asm, "setup", _setup, m)
    _kernel(asm, "hbm", _hbm, m)
    _kernel(asm, "matrix", _matrix, m)
    _kernel(asm, "vector", _vector, m)
    _kernel(asm, "scalar_fp", _scalar_fp, m)
    _kernel(asm, "scalar_int", _scalar_int, m)
    _kernel(asm, "loops", _loops, m)


def _kernel(asm: Emitter, name: str, body: Callable[[Emitter, Machine], None], m: Machine) -> None:
    asm.note(f"@kernel {name}")
    body(asm, m)
    asm.note("@end")
    asm.raw("")


def _setup(asm: Emitter, m: Machine) -> None:
    asm.li(1, m.tile)
    asm.op("C_SET_ADDR_REG", "a1", "gp0", "gp1")
    asm.op("C_SET_ADDR_REG", "a7", "gp0", "gp0")
    asm.op("C_SET_SCALE_REG", "gp1")
    asm.li(2, m.mlen)
    asm.op("C_SET_STRIDE_REG", "gp2")
    asm.li(3, 1)
    asm.op("C_SET_V_MASK_REG", "gp3")
    asm.op("S_LD_FP", "f1", "gp0", FP_ONE)


def _hbm(asm: Emitter, m: Machine) -> None:
    asm.li(4, 0)
    asm.li(5, _A * m.mlen)
    asm.op("H_PREFETCH_M", "gp4", "gp0", "a1", 1, 0)
    asm.li(4, m.tile)
    asm.op("H_PREFETCH_M", "gp4", "gp0", "a1", 0, 1, 0)
    asm.op("H_PREFETCH_V", "gp5", "gp0", "a7", 1, 0)
    asm.op("H_PREFETCH_V", "gp5", "gp0", "a7", 0, 1, 0)
    asm.op("H_STORE_V", "gp5", "gp0", "a7", 1, 0)
    asm.op("H_STORE_V", "gp5", "gp0", "a7", 0, 1, 0)


def _matrix(asm: Emitter, m: Machine) -> None:
    asm.li(4, m.tile)
    asm.li(5, _A * m.mlen)
    asm.li(6, _OUT * m.mlen)
    asm.li(7, 2)
    asm.op("M_MM", 0, "gp4", "gp5")
    asm.op("M_MM", "gp0", "gp0", "gp5")
    asm.op("M_MM_WO", "gp6", "gp0", m.blen)
    asm.op("M_TMM", 0, "gp5", "gp4")
    asm.op("M_TMM", "gp0", "gp5", "gp0")
    asm.op("M_MM_WO", "gp6", "gp7", 0)
    asm.li(8, _HEADS * m.mlen)
    asm.op("M_BMM", 0, "gp4", "gp5")
    asm.op("M_BTMM", "gp0", "gp4", "gp5")
    asm.op("M_BMM_WO", "gp8", 0)
    asm.op("M_MV", 0, "gp4", "gp5")
    asm.op("M_MV", "gp0", "gp4", "gp5")
    asm.op("M_MV_WO", "gp6", 0)
    asm.op("M_TMV", 0, "gp4", "gp5")
    asm.op("M_MV_WO", "gp6", "gp0", m.blen)
    asm.op("M_BMV", "gp0", "gp4", "gp5")
    asm.op("M_BTMV", 0, "gp4", "gp5")
    asm.op("M_BMV_WO", "gp8", m.mlen)


def _vector(asm: Emitter, m: Machine) -> None:
    asm.li(1, _OUT * m.mlen)
    asm.li(2, _A * m.mlen)
    asm.li(3, _B * m.mlen)
    for name in ("V_ADD_VV", "V_SUB_VV", "V_MUL_VV"):
        asm.op(name, "gp1", "gp2", "gp3")
        asm.op(name, "gp1", "gp2", "gp3", 0)
        asm.op(name, "gp1", "gp2", "gp3", 1)
    for name in ("V_ADD_VF", "V_MUL_VF", "V_MAX_VF", "V_MIN_VF"):
        asm.op(name, "gp1", "gp2", "f1")
        asm.op(name, "gp1", "gp2", "f1", 0)
    asm.op("V_SUB_VF", "gp1", "gp2", "f1", 0, 0)
    asm.op("V_SUB_VF", "gp1", "gp2", "f1", 0, 1)
    asm.op("V_EXP_V", "gp1", "gp2")
    asm.op("V_EXP_V", "gp1", "gp2", 0)
    asm.op("V_EXP_V", "gp1", "gp2", 0, 0)
    asm.op("V_RECI_V", "gp1", "gp2", 0)
    asm.op("S_ADD_FP", "f2", "f0", "f0")
    asm.op("V_RED_SUM", "f2", "gp2")
    asm.op("V_RED_SUM", "f2", "gp2", 0)
    asm.op("V_RED_SUM", "f2", "gp2", 0, 0)
    asm.op("V_RED_MAX", "f2", "gp2", 0)
    asm.note("a reduction into f0 does nothing and costs nothing")
    asm.op("V_RED_SUM", "f0", "gp2", 0)
    asm.li(4, 3)
    asm.op("V_SHFT_V", "gp1", "gp2", "gp4")
    asm.li(5, 128)
    asm.li(6, 32)
    asm.op("V_TOPK", "gp5", "gp2", "gp6", 0)
    if m.mlen >= 128:
        asm.op("V_TOPK", "gp5", "gp2", "gp6", 1)


def _scalar_fp(asm: Emitter, m: Machine) -> None:
    asm.li(1, 64)
    asm.op("S_LD_FP", "f3", "gp0", FP_ONE)
    for name in ("S_ADD_FP", "S_SUB_FP", "S_MAX_FP", "S_MUL_FP"):
        asm.op(name, "f4", "f3", "f1")
    for name in ("S_EXP_FP", "S_RECI_FP", "S_SQRT_FP"):
        asm.op(name, "f5", "f3")
        asm.op(name, "f5", "f3", 0)
    asm.note("arithmetic into f0 does nothing and costs nothing")
    asm.op("S_MUL_FP", "f0", "f3", "f3")
    asm.op("S_ST_FP", "f5", "gp1", 1)
    asm.li(2, _OUT * m.mlen)
    asm.op("S_MAP_V_FP", "gp2", "gp1", 0)


def _scalar_int(asm: Emitter, m: Machine) -> None:
    asm.op("S_LUI_INT", "gp1", 70)
    asm.op("S_ADDI_INT", "gp1", "gp1", 300)
    asm.op("S_ADDI_INT", "gp2", "gp0", 5)
    asm.op("S_ADD_INT", "gp3", "gp1", "gp2")
    asm.op("S_SUB_INT", "gp3", "gp3", "gp2")
    asm.op("S_MUL_INT", "gp3", "gp3", "gp2")
    asm.op("S_ST_INT", "gp3", "gp2", 11)
    asm.op("S_LD_INT", "gp4", "gp0", 16)
    asm.op("S_ADDI_INT", "gp0", "gp0", 0)


def _loops(asm: Emitter, m: Machine) -> None:
    asm.op("C_LOOP_START", "gp1", 3)
    asm.op("C_LOOP_START", "gp2", 2)
    asm.op("S_ADDI_INT", "gp3", "gp1", 0)
    asm.op("C_LOOP_END", "gp2", 0)
    asm.op("C_LOOP_END", "gp1")
    asm.note("C_BREAK takes the place of C_LOOP_END: this body runs once")
    for operands in ((), (0, 0, 0)):
        asm.op("C_LOOP_START", "gp1", 4)
        asm.op("S_ADDI_INT", "gp3", "gp0", 1)
        asm.op("C_BREAK", *operands)
