"""Compute cycles of one execution of each instruction, by the rules of the PLENA emulator."""

from __future__ import annotations

from collections.abc import Mapping

from oracle.memory import Settings
from oracle.parser import Instruction

LATENCY_DC_ON: Mapping[str, int] = {
    "systolic_processing_overhead": 0,
    "vector_add_cycles": 1,
    "vector_mul_cycles": 1,
    "vector_exp_cycles": 1,
    "vector_reci_cycles": 2,
    "vector_max_cycles": 4,
    "vector_sum_cycles": 8,
    "scalar_fp_basic_cycles": 1,
    "scalar_fp_exp_cycles": 1,
    "scalar_fp_sqrt_cycles": 1,
    "scalar_fp_reci_cycles": 1,
    "scalar_int_basic_cycles": 1,
}
LATENCY_DC_OFF: Mapping[str, int] = {
    **LATENCY_DC_ON,
    "vector_add_cycles": 2,
    "vector_mul_cycles": 5,
    "vector_exp_cycles": 6,
    "vector_reci_cycles": 7,
    "vector_sum_cycles": 20,
    "scalar_fp_exp_cycles": 2,
    "scalar_fp_sqrt_cycles": 2,
    "scalar_fp_reci_cycles": 2,
}
TOPK_POLICIES = {0: (32, 4), 1: (128, 8)}
"""Policy -> (experts compared, indices written)."""

_LATENCY_KEY = {
    "vector_add_cycles": "V_ADD_VV V_ADD_VF V_SUB_VV V_SUB_VF",
    "vector_mul_cycles": "V_MUL_VV V_MUL_VF V_SHFT_V",
    "vector_exp_cycles": "V_EXP_V",
    "vector_reci_cycles": "V_RECI_V",
    "vector_max_cycles": "V_MAX_VF V_MIN_VF V_RED_MAX",
    "vector_sum_cycles": "V_RED_SUM",
    "scalar_fp_basic_cycles": "S_ADD_FP S_SUB_FP S_MAX_FP S_MUL_FP",
    "scalar_fp_exp_cycles": "S_EXP_FP",
    "scalar_fp_reci_cycles": "S_RECI_FP",
    "scalar_fp_sqrt_cycles": "S_SQRT_FP",
    "scalar_int_basic_cycles": "S_ADD_INT S_ADDI_INT S_SUB_INT S_MUL_INT S_LUI_INT S_LD_INT"
    " S_ST_INT S_SLL_INT S_SLLI_INT S_SRL_INT S_SRLI_INT S_DIV_INT S_REM_INT",
}
_KEY_OF = {name: key for key, names in _LATENCY_KEY.items() for name in names.split()}
_ONE_CYCLE = frozenset(
    {
        "M_MM_WO",
        "M_BMM_WO",
        "M_MV_WO",
        "M_BMV_WO",
        "S_LD_FP",
        "S_ST_FP",
        "C_SET_ADDR_REG",
        "C_SET_SCALE_REG",
        "C_SET_STRIDE_REG",
        "C_SET_V_MASK_REG",
        "C_LOOP_START",
        "C_LOOP_END",
        "C_BREAK",
    }
)
_SKIPPED_WHEN_F0 = frozenset(
    {
        "S_ADD_FP",
        "S_SUB_FP",
        "S_MAX_FP",
        "S_MUL_FP",
        "S_EXP_FP",
        "S_RECI_FP",
        "S_SQRT_FP",
        "V_RED_SUM",
        "V_RED_MAX",
    }
)


def is_skipped(instruction: Instruction) -> bool:
    """True for arithmetic and reductions into f0: counted as executed, but neither done nor paid.

    S_LD_FP f0 is not among them.
    """
    return instruction.mnemonic in _SKIPPED_WHEN_F0 and instruction.register(0, "f") == 0


def cycles_of(instruction: Instruction, settings: Settings, latency: Mapping[str, int]) -> int:
    """Compute cycles of one execution; memory operations count 0 here."""
    name = instruction.mnemonic
    overhead = latency["systolic_processing_overhead"]
    if is_skipped(instruction) or name.startswith("H_"):
        return 0
    if name in ("M_MM", "M_TMM", "M_BMM", "M_BTMM", "M_TMM_A"):
        return overhead + settings.mlen
    if name in ("M_MV", "M_TMV"):
        return settings.mlen
    if name in ("M_BMV", "M_BTMV"):
        return overhead + 1
    if name == "S_MAP_V_FP":
        return 2 * settings.vlen
    if name == "S_MAP_FP_V":
        return settings.vlen
    if name == "V_TOPK":
        experts, _ = TOPK_POLICIES.get(instruction.immediate(3, default=0), (0, 0))
        return latency["vector_max_cycles"] * experts
    if name in _ONE_CYCLE:
        return 1
    return latency[_KEY_OF[name]]
