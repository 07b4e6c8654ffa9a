"""The seed profiler's price list, quirks included.

Its rules go by the first word of a line, so they are patterns here: the first that matches the
whole word decides, and what matches none costs 1 cycle. Formulas are in the notation of the
instruction table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from isa_analysis.isa.model import parse_formula

_RULES: tuple[tuple[str, str], ...] = (
    (r"M_(MM|TMM|BMM|BTMM|MV|TMV|BMV|BTMV)", "systolic_processing_overhead + MLEN"),
    (r"V_(ADD|SUB).*", "vector_add_cycles"),
    (r"V_MUL.*|V_SHIFT_V", "vector_mul_cycles"),
    (r"V_EXP_V", "vector_exp_cycles"),
    (r"V_RECI_V", "vector_reci_cycles"),
    (r"V_RED_MAX", "vector_max_cycles"),
    (r"V_RED_SUM", "vector_sum_cycles"),
    (r"S_(ADD|SUB|MAX|MUL)_FP", "scalar_fp_basic_cycles"),
    (r"S_EXP_FP", "scalar_fp_exp_cycles"),
    (r"S_RECI_FP", "scalar_fp_reci_cycles"),
    (r"S_SQRT_FP", "scalar_fp_sqrt_cycles"),
    (r"S_MAP_V_FP", "VLEN"),
    (r"S_(ADD|ADDI|SUB|MUL|LUI|LD|ST)_INT", "scalar_int_basic_cycles"),
)


def counts(word: str) -> bool:
    """Whether the seed takes a line that begins with ``word`` for an instruction."""
    return word.startswith(("S_", "C_", "H_", "V_", "M_"))


@cache
def _formula(word: str) -> str:
    return next((cost for pattern, cost in _RULES if re.fullmatch(pattern, word)), "1")


def cycles(word: str, values: Mapping[str, int]) -> int:
    """Cycles of a line that begins with ``word`` (memory operations aside)."""
    return parse_formula(_formula(word)).cycles(values)


def charge(word: str, charge_of: Callable[[str], int]) -> int:
    """Memory cycles of a line that begins with the H_ word ``word``."""
    if word.startswith("H_PREFETCH_M"):
        return charge_of("H_PREFETCH_M") if word == "H_PREFETCH_M" else charge_of("H_PREFETCH_V")
    if word.startswith("H_PREFETCH"):
        return charge_of("H_PREFETCH_V")
    return charge_of("H_STORE_V") if word.startswith("H_STORE") else 1
