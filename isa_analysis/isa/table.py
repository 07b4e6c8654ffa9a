"""The instruction table: the only list of PLENA opcodes in the project.

Columns: mnemonic, opcode number in dialect ``plena`` (``None`` where only ``plena-tvm`` has the
instruction), operand forms, cost formula, meaning, then the memories and special registers it
reads and writes. Sources: the public PLENA ISA specification and RTL opcode enumeration for codes
and forms, the emulator's timing for the cost column.

Forms use the notation of :func:`isa_analysis.isa.model.parse_form`. Memories: ``msram`` matrix
SRAM, ``vsram`` vector SRAM, ``fpsram``, ``intsram``, ``hbm``; special registers: ``macc`` the
matrix accumulator, ``scale``, ``stride``, ``vmask``.
"""

from __future__ import annotations

from isa_analysis.isa.model import Category, DialectName, Engine, Instruction

BOTH: tuple[DialectName, ...] = ("plena", "plena-tvm")
PLENA: tuple[DialectName, ...] = ("plena",)
TVM: tuple[DialectName, ...] = ("plena-tvm",)

_BY_PREFIX: dict[str, tuple[Engine, Category]] = {
    "M_": ("matrix", "matrix"),
    "V_": ("vector", "vector"),
    "S_": ("scalar", "scalar"),
    "H_": ("hbm", "memory"),
    "C_": ("control", "control"),
}


def _row(
    mnemonic: str,
    code: int | None,
    forms: str,
    cost: str,
    meaning: str,
    reads: str = "",
    writes: str = "",
    *,
    dialects: tuple[DialectName, ...] = BOTH,
    f0_free: bool = False,
    cost_by: str = "",
    cost_variants: tuple[str, ...] = (),
    emulated: bool = True,
) -> Instruction:
    engine, category = _BY_PREFIX[mnemonic[:2]]
    return Instruction(
        mnemonic,
        code,
        dialects,
        engine,
        category,
        tuple(form.strip() for form in forms.split("/")),
        cost,
        meaning,
        tuple(reads.split()),
        tuple(writes.split()),
        f0_free,
        cost_by,
        cost_variants,
        emulated,
    )


_MM = "rd:gp|zero matrix:gp vector:gp"
_TMM = "rd:gp|zero vector:gp matrix:gp"
_VV = "vd:gp vs1:gp vs2:gp [mask:u4]"
_VF = "vd:gp vs1:gp fs:f [mask:u4]"
_V = "vd:gp vs1:gp [mask:u4] [zero:zero]"
_RED = "+fd:f vs1:gp [mask:u4] [zero:zero]"
_FFF = "=fd:f fs1:f fs2:f"
_FF = "=fd:f fs1:f [zero:zero]"
_III = "=rd:gp rs1:gp rs2:gp"
_II = "=rd:gp rs1:gp imm:narrow"
_H = "sram:gp offset:gp base:a rstride:u4 precision:u4 [zero:zero]"

_SYSTOLIC = "systolic_processing_overhead + MLEN"
_ADD = "vector_add_cycles"
_MUL = "vector_mul_cycles"
_MAX = "vector_max_cycles"
_BASIC = "scalar_fp_basic_cycles"
_INT = "scalar_int_basic_cycles"
_VV_READS = "vsram[vs1] vsram[vs2] vmask"
_V_READS = "vsram[vs1] vmask"

TABLE: tuple[Instruction, ...] = (
    # Matrix engine
    _row("M_MM", 0x01, _MM, _SYSTOLIC, "accumulate vector[BLEN x MLEN] . matrix tile columns",
         "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_TMM", 0x02, _TMM, _SYSTOLIC, "as M_MM with the tile transposed",
         "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_TMM_A", None, _TMM, _SYSTOLIC, "M_TMM variant of the TVM compiler",
         "msram[matrix] vsram[vector] macc", "macc", dialects=TVM),
    _row("M_BMM", 0x03, _MM, _SYSTOLIC, "per-head batched matrix product (rd must be 0)",
         "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_BTMM", 0x04, _MM, _SYSTOLIC,
         "per-head batched product with the tile transposed (rd must be 0)",
         "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_BMM_WO", 0x05, "vd:gp imm:narrow", "1",
         "write out all heads to vector SRAM at vd + imm", "macc", "vsram[vd+imm] macc"),
    _row("M_MM_WO", 0x06, "vd:gp rstride:gp imm:narrow", "1",
         "write out BLEN x BLEN to vector SRAM at vd + imm (row stride), clear the accumulator",
         "macc", "vsram[vd+imm] macc"),
    _row("M_MV", 0x07, _MM, "MLEN", "matrix . vector",
         "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_TMV", 0x08, _MM, "MLEN", "transposed matrix . vector",
         "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_BMV", 0x09, _MM, "systolic_processing_overhead + 1", "per-head matrix . vector",
         "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_BTMV", 0x0A, _MM, "systolic_processing_overhead + 1",
         "per-head transposed matrix . vector", "msram[matrix] vsram[vector] macc", "macc"),
    _row("M_MV_WO", 0x0B, "vd:gp imm:narrow / vd:gp rstride:gp imm:narrow", "1",
         "write out a matrix-vector result", "macc", "vsram[vd+imm] macc"),
    _row("M_BMV_WO", 0x0C, "vd:gp imm:narrow", "1",
         "write out per-head matrix-vector results", "macc", "vsram[vd+imm] macc"),
    # Vector engine
    _row("V_ADD_VV", 0x0D, _VV, _ADD, "element-wise sum", _VV_READS, "vsram[vd]"),
    _row("V_ADD_VF", 0x0E, _VF, _ADD, "add a broadcast scalar", _V_READS, "vsram[vd]"),
    _row("V_SUB_VV", 0x0F, _VV, _ADD, "element-wise difference", _VV_READS, "vsram[vd]"),
    _row("V_SUB_VF", 0x10, _VF + " [order:u4]", _ADD,
         "subtract a broadcast scalar; order 1: scalar - vector", _V_READS, "vsram[vd]"),
    _row("V_MUL_VV", 0x11, _VV, _MUL, "element-wise product", _VV_READS, "vsram[vd]"),
    _row("V_MUL_VF", 0x12, _VF, _MUL, "multiply by a broadcast scalar", _V_READS, "vsram[vd]"),
    _row("V_EXP_V", 0x13, _V, "vector_exp_cycles", "element-wise exponential", _V_READS,
         "vsram[vd]"),
    _row("V_RECI_V", 0x14, _V, "vector_reci_cycles", "element-wise reciprocal", _V_READS,
         "vsram[vd]"),
    _row("V_RED_SUM", 0x15, _RED, "vector_sum_cycles", "fd += sum of the row", _V_READS,
         f0_free=True),
    _row("V_RED_MAX", 0x16, _RED, _MAX, "fd = max(fd, row)", _V_READS, f0_free=True),
    _row("V_SHFT_V", 0x32, "vd:gp vs1:gp amount:gp / vd:gp vs1:gp amount:narrow", _MUL,
         "shift the elements of a row (priced as a multiplication)", _V_READS, "vsram[vd]",
         dialects=PLENA),
    _row("V_MAX_VF", 0x35, _VF, _MAX, "clamp from below by a scalar", _V_READS, "vsram[vd]",
         dialects=PLENA),
    _row("V_MIN_VF", 0x36, _VF, _MAX, "clamp from above by a scalar", _V_READS, "vsram[vd]",
         dialects=PLENA),
    _row("V_TOPK", 0x37, "fp:gp logits:gp idx:gp policy:u4", "",
         "router top-k: policy 0 = top 4 of 32, policy 1 = top 8 of 128", "vsram[logits]",
         "fpsram[fp] intsram[idx]", dialects=PLENA, cost_by="policy",
         cost_variants=("32 * vector_max_cycles", "128 * vector_max_cycles")),
    _row("V_PS_V", None, "vd:gp vs1:gp vs2:gp [mask:u4] / vd:gp vs1:gp [mask:u4]",
         "vector_prefix_scan_cycles", "prefix sum of a row (listed by the RTL only)", _V_READS,
         "vsram[vd]", dialects=PLENA, emulated=False),
    # Scalar engine: floating point
    _row("S_ADD_FP", 0x17, _FFF, _BASIC, "fd = fs1 + fs2", f0_free=True),
    _row("S_SUB_FP", 0x18, _FFF, _BASIC, "fd = fs1 - fs2", f0_free=True),
    _row("S_MAX_FP", 0x19, _FFF, _BASIC, "fd = max(fs1, fs2)", f0_free=True),
    _row("S_MUL_FP", 0x1A, _FFF, _BASIC, "fd = fs1 * fs2", f0_free=True),
    _row("S_EXP_FP", 0x1B, _FF, "scalar_fp_exp_cycles", "fd = exp(fs1)", f0_free=True),
    _row("S_RECI_FP", 0x1C, _FF, "scalar_fp_reci_cycles", "fd = 1 / fs1", f0_free=True),
    _row("S_SQRT_FP", 0x1D, _FF, "scalar_fp_sqrt_cycles", "fd = sqrt(fs1)", f0_free=True),
    _row("S_LD_FP", 0x1E, "=fd:f rs1:gp imm:narrow", "1", "fd = FP SRAM at rs1 + imm",
         "fpsram[rs1+imm]"),
    _row("S_ST_FP", 0x1F, "fs:f rs1:gp imm:narrow", "1", "FP SRAM at rs1 + imm = fs", "",
         "fpsram[rs1+imm]"),
    _row("S_MAP_V_FP", 0x20, "vd:gp rs1:gp imm:narrow", "2 * VLEN",
         "VLEN values from FP SRAM to a vector SRAM row", "fpsram[rs1+imm]", "vsram[vd]"),
    _row("S_MAP_FP_V", None, "fp:gp vs:gp imm:narrow", "VLEN",
         "a vector SRAM row to VLEN values in FP SRAM", "vsram[vs]", "fpsram[fp+imm]",
         dialects=TVM),
    # Scalar engine: integer
    _row("S_ADD_INT", 0x21, _III, _INT, "rd = rs1 + rs2 modulo 2^32"),
    _row("S_ADDI_INT", 0x22, _II, _INT, "rd = rs1 + imm modulo 2^32"),
    _row("S_SUB_INT", 0x23, _III, _INT, "rd = rs1 - rs2 modulo 2^32"),
    _row("S_MUL_INT", 0x24, "=rd:gp rs1:gp|zero rs2:gp|zero", _INT, "rd = rs1 * rs2 modulo 2^32"),
    _row("S_LUI_INT", 0x25, "=rd:gp imm:wide", _INT, "rd = imm << 12"),
    _row("S_LD_INT", 0x26, _II, _INT, "rd = INT SRAM at rs1 + imm", "intsram[rs1+imm]"),
    _row("S_ST_INT", 0x27, "rs:gp rs1:gp imm:narrow", _INT, "INT SRAM at rs1 + imm = rs", "",
         "intsram[rs1+imm]"),
    _row("S_SLL_INT", None, _III, _INT, "rd = rs1 << (rs2 mod 32)", dialects=TVM),
    _row("S_SLLI_INT", None, _II, _INT, "rd = rs1 << (imm mod 32)", dialects=TVM),
    _row("S_SRL_INT", None, _III, _INT, "rd = rs1 >> (rs2 mod 32), unsigned", dialects=TVM),
    _row("S_SRLI_INT", None, _II, _INT, "rd = rs1 >> (imm mod 32), unsigned", dialects=TVM),
    _row("S_DIV_INT", None, _III, _INT, "rd = rs1 / rs2 unsigned; x / 0 = 0", dialects=TVM),
    _row("S_REM_INT", None, _III, _INT, "rd = rs1 % rs2 unsigned; x % 0 = x", dialects=TVM),
    # Memory
    _row("H_PREFETCH_M", 0x28, _H, "", "HBM to matrix SRAM: MLEN x prefetch rows",
         "hbm[base+offset] scale stride", "msram[sram]"),
    _row("H_PREFETCH_V", 0x29, _H, "", "HBM to vector SRAM: prefetch rows of VLEN",
         "hbm[base+offset] scale stride", "vsram[sram]"),
    _row("H_STORE_V", 0x2A, _H, "", "vector SRAM to HBM: writeback rows of VLEN",
         "vsram[sram] scale stride", "hbm[base+offset]"),
    # Control
    _row("C_SET_ADDR_REG", 0x2B, "=ad:a high:gp low:gp", "1", "ad = high << 32 or low"),
    _row("C_SET_SCALE_REG", 0x2C, "rs:gp", "1", "scale offset = rs", "", "scale"),
    _row("C_SET_STRIDE_REG", 0x2D, "rs:gp", "1", "stride = rs", "", "stride"),
    _row("C_SET_V_MASK_REG", 0x2E, "rs:gp", "1", "vector mask = rs", "", "vmask"),
    _row("C_LOOP_START", 0x2F, "=counter:gp trip:wide", "1",
         "counter = trip; the body up to the matching C_LOOP_END runs trip times"),
    _row("C_LOOP_END", 0x30, "+counter:gp [zero:zero]", "1",
         "jump back while counter > 1, else counter = 0"),
    _row("C_BREAK", 0x34, "[zero:zero] [zero:zero] [zero:zero]", "1",
         "leave the innermost loop's bookkeeping (its counter = 0) and go on"),
    _row("C_HADAMARD_TRANSFORM", None, "rd:gp rs1:gp [rs2:gp]", "1",
         "Hadamard transform (listed by the RTL only)", dialects=PLENA, emulated=False),
)  # fmt: skip

#: Old spellings met in real files: spelling -> (mnemonic, its own forms or () for the same ones).
ALIASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "V_SHIFT_V": ("V_SHFT_V", ()),
    "M_MO": ("M_MM_WO", ("vd:gp imm:narrow", "vd:gp rstride:gp imm:narrow")),
}
