"""HBM bytes and SRAM peak of a profile, by hand."""

from __future__ import annotations

from isa_analysis import load_board, parse_text
from isa_analysis.budget.metrics import memory_metrics
from isa_analysis.profiling import ModelOptions, profile

BOARD = load_board("custom_a7")  # MLEN = VLEN = 64, BF16 on chip


def metrics(text, traffic=True):
    result = profile(parse_text(text), BOARD, ModelOptions(memory="none", traffic=traffic))
    return memory_metrics(result, BOARD)


def test_bytes_and_peak() -> None:
    # 8 + 128 reads; vector rows 0..3 (4 x 128 bytes), one tile of 64 x 64 BF16, one FP entry at 9.
    text = "H_PREFETCH_V gp0, gp0, a0, 0, 0\nH_PREFETCH_M gp0, gp0, a0, 0, 0\nS_LD_FP f1, gp0, 9"
    assert metrics(text) == {"hbm_bytes": 64 * 136, "sram_peak": 512 + 8192 + 20}


def test_no_peak_where_an_address_depends_on_data() -> None:
    text = "S_LD_INT gp1, gp0, 0\nV_EXP_V gp1, gp1, 0"
    assert metrics(text) == {"hbm_bytes": 0}


def test_nothing_without_addresses() -> None:
    assert metrics("V_EXP_V gp0, gp0, 0", traffic=False) is None
