"""Latencies of ``rtl-v1``: what the RTL takes, where that was measured.

Where the source gives a range the longer end is taken. Whatever is not listed keeps its serial
cost.
"""

from __future__ import annotations

from collections.abc import Mapping


def rtl_latencies(vlen: int, blen: int) -> Mapping[str, int]:
    """Cycles by mnemonic on a machine of these dimensions (elements).

    Source: RTL-calibrated latencies of the upstream timing study (``rtl-v1``).
    """
    levels = vlen.bit_length()  # ceil(log2(VLEN + 1))
    add, multiply = 13, 11
    return {
        "M_MM": blen + 4,
        "M_TMM": blen + 4,
        "M_TMM_A": blen + 4,
        "M_MM_WO": 2 * blen + 13,
        "V_ADD_VV": add,
        "V_ADD_VF": add,
        "V_SUB_VV": add,
        "V_SUB_VF": add,
        "V_MUL_VV": multiply,
        "V_MUL_VF": multiply,
        "V_EXP_V": 21,
        "V_RECI_V": 11,
        "V_RED_SUM": 5 + 7 * levels,
        "V_RED_MAX": 5 + 2 * levels,
        "S_ADD_FP": 10,
        "S_SUB_FP": 10,
        "S_MUL_FP": 8,
        "S_EXP_FP": 20,
        "S_MAP_V_FP": vlen + 3,
    }
