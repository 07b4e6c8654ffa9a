from __future__ import annotations

import pytest

from isa_analysis.isa import spellings
from isa_analysis.isa.table import ALIASES, TABLE
from isa_analysis.views.isa import instruction_list, render_instruction


def test_the_list_has_every_instruction() -> None:
    table = instruction_list()
    assert [row[0] for row in table.rows] == [row.mnemonic for row in TABLE]
    rows = {row[0]: row for row in table.rows}
    assert rows["M_MM"][1:5] == ("0x01", "both", "matrix", "systolic_processing_overhead + MLEN")
    assert rows["S_SLL_INT"][1:3] == ("-", "plena-tvm")
    assert rows["H_STORE_V"][4] == "memory model"
    assert all(old in table.note for old in ALIASES)


@pytest.mark.parametrize("name", spellings())
def test_showing_one(name: str) -> None:
    text = render_instruction(name)
    assert text.startswith(name)
    assert "cycles" in text
    assert "\n  operands  " in text


def test_details() -> None:
    assert "policy 1: 128 * vector_max_cycles" in render_instruction("V_TOPK")
    assert "old spelling of V_SHFT_V" in render_instruction("V_SHIFT_V")
    assert "destination f0: skipped" in render_instruction("S_EXP_FP")
    assert "the value is the RTL's" in render_instruction("V_PS_V")
    reads = [line for line in render_instruction("V_RED_SUM").splitlines() if "reads" in line]
    assert reads == ["  reads     fd, vs1, vsram[vs1], vmask"]
