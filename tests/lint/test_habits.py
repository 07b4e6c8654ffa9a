"""The rules that are no faults: what they report, what they leave alone."""

from __future__ import annotations

import pytest
from lint.linting import findings_of, located, report_of

# L101, L102 ------------------------------------------------------------------------------------


def test_registers_never_written() -> None:
    found = findings_of("S_ADDI_INT gp1, gp2, 1\nS_ADDI_INT gp1, gp2, 1\n", select=["L101"])
    assert [(f.line, f.count) for f in found] == [(1, 2)]
    assert "gp2 is read, but nothing writes it anywhere" in found[0].message


def test_registers_written_too_late() -> None:
    text = "S_ADDI_INT gp1, gp2, 1\nS_ADDI_INT gp2, gp0, 4\nS_ADDI_INT gp1, gp2, 1\n"
    (found,) = findings_of(text, select=["L101"])
    assert (found.line, found.count) == (1, 1)
    assert "before line 2" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "S_ADDI_INT gp1, gp0, 1\nS_ADDI_INT gp1, gp1, 1\n",
        "C_LOOP_START gp1, 3\nS_ADDI_INT gp2, gp1, 1\nC_LOOP_END gp1\n",  # a counter is set
        "M_MM gp3, gp0, gp0\n",  # a product's destination is not read
        "V_RED_SUM f0, gp3\n",  # skipped
        "S_ADD_INT gp1, gp0, gp0\n",
    ],
)
def test_registers_that_are_fine(text: str) -> None:
    assert located(text, select=["L101"]) == []


def test_a_pointer_read_before_its_first_write_in_a_loop() -> None:
    text = "C_LOOP_START gp1, 3\nS_ADDI_INT gp2, gp2, 64\nC_LOOP_END gp1\n"
    assert located(text, select=["L101"]) == [("L101", 2)]


def test_base_addresses() -> None:
    transfer = "H_PREFETCH_V gp0, gp0, a0, 0, 0\n"
    assert located(transfer, select=["L101"]) == [("L101", 1)]
    assert located("C_SET_ADDR_REG a0, gp0, gp0\n" + transfer, select=["L101"]) == []


def test_accumulated_before_it_is_set() -> None:
    (found,) = findings_of("V_RED_SUM f2, gp0\nS_ADD_FP f1, f2, f0\n", select=["L102"])
    assert (found.line, found.count) == (1, 1)
    assert "accumulated into" in found.message
    assert located("S_ADD_FP f2, f0, f0\nV_RED_SUM f2, gp0\n", select=["L102"]) == []
    assert located("S_ADD_FP f1, f0, f0\nS_ST_FP f0, gp0, 0\n", select=["L102"]) == []
    assert located("V_MUL_VF gp0, gp0, f3, 0\n", select=["L102"]) == [("L102", 1)]
    assert located("S_ADD_FP f0, f3, f3\n", select=["L102"]) == []  # skipped


# L103, L104 ------------------------------------------------------------------------------------

MX = "S_ADDI_INT gp1, gp0, 64\nC_SET_SCALE_REG gp1\n"


def test_stride_and_scale() -> None:
    strided = "H_PREFETCH_M gp0, gp0, a0, 1, 0\n"
    assert located(MX + strided, select=["L103"]) == [("L103", 3)]
    assert located(MX + "C_SET_STRIDE_REG gp1\n" + strided, select=["L103"]) == []
    assert located(MX + "H_PREFETCH_M gp0, gp0, a0, 0, 0\n", select=["L103"]) == []
    assert located(strided + MX + strided, select=["L104"]) == [("L104", 1)]
    assert located(MX + strided, select=["L104"]) == []


# L105, L106 ------------------------------------------------------------------------------------

TILE = "H_PREFETCH_M gp0, {}, a0, 0, 0\n"


def test_prefetch_overwritten() -> None:
    other = "S_ADDI_INT gp1, gp0, 64\n"
    assert located(TILE.format("gp0") + other + TILE.format("gp1"), select=["L105"]) == [
        ("L105", 1)
    ]
    used = TILE.format("gp0") + other + "M_MM 0, gp0, gp0\n" + TILE.format("gp1")
    assert located(used, select=["L105"]) == []
    # Between iterations of a loop the tile may have been used: not judged.
    loop = other + "C_LOOP_START gp9, 2\n" + TILE.format("gp1") + "C_LOOP_END gp9\n"
    assert located(TILE.format("gp0") + loop, select=["L105"]) == []


def test_vector_prefetch_overwritten_only_when_all_rows_are() -> None:
    prefetch = "H_PREFETCH_V gp0, gp0, a0, 0, 0\n"
    rows = "".join(f"S_ADDI_INT gp1, gp0, {64 * i}\nV_EXP_V gp1, gp2, 0\n" for i in range(4))
    far = "S_ADDI_INT gp2, gp0, 6400\n"
    assert located(far + prefetch + rows, select=["L105"]) == [("L105", 2)]
    assert located(far + prefetch + rows[: rows.rindex("S_ADDI")], select=["L105"]) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("V_EXP_V gp0, gp1, 0\nV_EXP_V gp0, gp1, 0\n", [2]),
        ("V_EXP_V gp0, gp1, 0\nV_ADD_VV gp0, gp0, gp1, 0\n", []),  # it reads what it overwrites
        ("V_EXP_V gp0, gp1, 0\nV_RED_SUM f1, gp0\nV_EXP_V gp0, gp1, 0\n", []),
        ("V_EXP_V gp0, gp1, 0\nV_EXP_V gp0, gp1, 1\n", []),  # a mask keeps some of it
        ("V_EXP_V gp0, gp1, 0\nM_MM 0, gp0, gp0\nV_EXP_V gp0, gp1, 0\n", []),
        ("V_EXP_V gp0, gp1, 0\nH_STORE_V gp0, gp0, a0, 0, 0\nV_EXP_V gp0, gp1, 0\n", []),
        ("M_MM_WO gp0, gp0, 0\nV_EXP_V gp0, gp1, 0\n", []),  # three of its rows stay
        ("S_ST_FP f1, gp0, 3\nS_ST_FP f2, gp0, 3\n", [2]),
        ("S_ST_FP f1, gp0, 3\nS_LD_FP f1, gp0, 3\nS_ST_FP f2, gp0, 3\n", []),
        ("S_ST_FP f1, gp0, 3\nS_MAP_V_FP gp0, gp0, 0\nS_ST_FP f2, gp0, 3\n", []),
        ("S_ST_FP f1, gp0, 3\nS_MAP_V_FP gp0, gp0, 4\nS_ST_FP f2, gp0, 3\n", [2]),
        ("S_ST_INT gp1, gp0, 3\nS_ST_INT gp0, gp0, 3\n", [2]),
        ("S_ST_INT gp1, gp0, 3\nS_LD_INT gp2, gp0, 3\nS_ST_INT gp0, gp0, 3\n", []),
        # A read at an unknown address may be of anything.
        ("S_LD_INT gp3, gp0, 9\nS_ST_FP f1, gp0, 3\nS_LD_FP f1, gp3, 0\nS_ST_FP f2, gp0, 3\n", []),
        ("S_ST_FP f1, gp0, 3\nC_LOOP_START gp9, 2\nS_ST_FP f2, gp0, 3\nC_LOOP_END gp9\n", []),
    ],
)
def test_writes_nobody_reads(text: str, lines: list[int]) -> None:
    found = located("S_ADDI_INT gp1, gp0, 64\n" + text, select=["L106"])
    assert [line for _, line in found] == lines


# L107 ------------------------------------------------------------------------------------------


def test_prefetched_again() -> None:
    again = TILE.format("gp0") + "M_MM 0, gp0, gp0\n" + TILE.format("gp0")
    assert located(again, select=["L107"]) == [("L107", 3)]
    store = TILE.format("gp0") + "H_STORE_V gp0, gp0, a0, 0, 0\n" + TILE.format("gp0")
    assert located(store, select=["L107"]) == []
    moved = TILE.format("gp0") + "C_SET_SCALE_REG gp1\n" + TILE.format("gp0")
    assert located("S_ADDI_INT gp1, gp0, 64\n" + moved, select=["L107"]) == []
    base = TILE.format("gp0") + "C_SET_ADDR_REG a0, gp0, gp1\n" + TILE.format("gp0")
    assert located("S_ADDI_INT gp1, gp0, 64\n" + base, select=["L107"]) == []


def test_prefetched_again_in_every_iteration() -> None:
    loop = "C_LOOP_START gp9, 5\n" + TILE + "M_MM 0, gp0, gp0\n{}C_LOOP_END gp9\n"
    (found,) = findings_of(loop.format("gp0", ""), select=["L107"])
    assert found.line == 2
    assert "4 transfers too many" in found.message
    moving = loop.format("gp1", "S_ADDI_INT gp1, gp1, 4096\n")
    assert located(moving, select=["L107"]) == []
    two = loop.format("gp0", "S_ADDI_INT gp1, gp0, 64\n" + TILE.format("gp1"))
    assert located(two, select=["L107"]) == []  # the tile holds something else in between
    assert located(loop.format("gp0", "H_STORE_V gp0, gp0, a0, 0, 0\n"), select=["L107"]) == []


# L110 to L112 ----------------------------------------------------------------------------------


def test_prefetch_rows_that_do_not_fit() -> None:
    text = "S_ADDI_INT gp1, gp0, {}\nH_PREFETCH_V gp1, gp0, a0, 0, 0\n"
    small = "memory.vector_sram_depth=8"
    assert located(text.format(256), small, select=["L111", "L0"]) == []
    assert located(text.format(320), small, select=["L111", "L0"]) == [("L111", 2)]
    assert located(text.format(512), small, select=["L111", "L0"]) == [("L010", 2)]


def test_rounded_prefetches() -> None:
    text = TILE.format("gp0")
    assert located(text, "memory.prefetch_m_rows=65", select=["L112"]) == [("L112", 1)]
    assert located(text, "memory.prefetch_m_rows=32", select=["L112"]) == [("L112", 1)]
    assert located(text, select=["L112"]) == []


# L201 to L205 ----------------------------------------------------------------------------------


def test_loop_invariants() -> None:
    text = (
        "C_LOOP_START gp9, 100\n"
        "S_LUI_INT gp3, 1\n"  # with the next line: one value, can move out
        "S_ADDI_INT gp3, gp3, 64\n"
        "S_ADDI_INT gp4, gp0, 128\n"  # gp4 holds two values in turn
        "V_ADD_VV gp3, gp3, gp4, 0\n"
        "S_ADDI_INT gp4, gp0, 192\n"
        "V_ADD_VV gp3, gp3, gp4, 0\n"
        "S_ADDI_INT gp5, gp0, 0\n"  # a pointer that is reset, and advanced: no waste
        "S_ADDI_INT gp5, gp5, 4096\n"
        "S_ADDI_INT gp6, gp6, 64\n"  # moves on
        "S_ADDI_INT gp5, gp5, 64\n"
        "C_LOOP_END gp9\n"
    )
    (found,) = findings_of(text, select=["L201"])
    assert found.line == 2
    assert found.cycles == 99 * found.count
    assert "100 iterations" in found.message


def test_invariant_pairs_and_turns() -> None:
    text = (
        "C_LOOP_START gp9, 100\n"
        "S_LUI_INT gp3, 1\n"
        "S_ADDI_INT gp3, gp3, 64\n"
        "S_ADDI_INT gp4, gp0, 128\n"
        "V_ADD_VV gp3, gp3, gp4, 0\n"
        "S_ADDI_INT gp4, gp0, 192\n"
        "V_ADD_VV gp3, gp3, gp4, 0\n"
        "C_LOOP_END gp9\n"
    )
    (found,) = findings_of(text, select=["L201"])
    assert (found.count, found.cycles) == (4, 396)
    assert found.hint.startswith("2 can move out unchanged; 2 take turns")


def test_invariants_of_cold_loops_are_left_out() -> None:
    cold = "C_LOOP_START gp9, 2\nS_ADDI_INT gp3, gp0, 64\nC_LOOP_END gp9\n"
    hot = "C_LOOP_START gp8, 4000\nM_MM 0, gp0, gp0\nC_LOOP_END gp8\n"
    assert located(cold, select=["L201"]) == [("L201", 2)]
    assert located(cold + hot, select=["L201"]) == []


def test_single_trips() -> None:
    text = "C_LOOP_START gp9, 1\nS_ADDI_INT gp1, gp0, 1\nC_LOOP_END gp9\n"
    (found,) = findings_of(text, select=["L202"])
    assert (found.line, found.count, found.cycles) == (1, 1, 2)
    nested = "C_LOOP_START gp8, 7\n" + text + "C_LOOP_END gp8\n"
    (found,) = findings_of(nested, select=["L202"])
    assert (found.line, found.cycles) == (2, 14)
    left = "C_LOOP_START gp9, 5\nC_BREAK\n"  # one iteration, but there is no C_LOOP_END
    assert located(left, select=["L202"]) == []


def test_chains() -> None:
    text = "S_ADDI_INT gp1, gp0, {}\nS_ADDI_INT gp1, gp1, {}\n"
    (found,) = findings_of(text.format(4, 8), select=["L203"])
    assert (found.line, found.cycles) == (1, 1)
    assert located(text.format(262143, 1), select=["L203"]) == []  # 18 bits hold no 262144
    other = "S_ADDI_INT gp1, gp0, 4\nS_ADDI_INT gp2, gp1, 8\n"
    assert located(other, select=["L203"]) == []
    apart = "S_ADDI_INT gp1, gp0, 4\nV_EXP_V gp1, gp1, 0\nS_ADDI_INT gp1, gp1, 8\n"
    assert located(apart, select=["L203"]) == []


def test_instructions_that_change_nothing() -> None:
    text = "S_ADDI_INT gp0, gp0, 0\n" * 3
    (found,) = findings_of(text)
    assert (found.rule, found.line, found.count, found.cycles) == ("L205", 1, 3, 3)
    assert located("S_ADDI_INT gp1, gp0, 0\n", select=["L2"]) == []


def test_addresses_that_cannot_be_followed() -> None:
    text = "C_LOOP_START gp9, 7\nS_LD_INT gp1, gp0, 3\nV_EXP_V gp1, gp1, 0\nC_LOOP_END gp9\n"
    (found,) = findings_of(text, select=["L0", "L204"])
    assert (found.rule, found.line, found.count) == ("L204", 3, 1)
    assert "(7 executions)" in found.message


def test_a_clean_program() -> None:
    text = (
        "S_ADDI_INT gp3, gp0, 0\n"
        "S_ADDI_INT gp1, gp0, 64\n"
        "C_SET_SCALE_REG gp1\n"
        "C_SET_ADDR_REG a0, gp0, gp0\n"
        "C_LOOP_START gp9, 5\n"
        "H_PREFETCH_M gp0, gp3, a0, 0, 0\n"
        "M_MM 0, gp0, gp1\n"
        "S_ADDI_INT gp3, gp3, 4096\n"
        "C_LOOP_END gp9\n"
        "M_MM_WO gp0, gp0, 0\n"
    )
    assert located(text) == []


def test_findings_of_one_rule_are_capped() -> None:
    body = "C_LOOP_START gp9, 9\nS_ADDI_INT gp3, gp0, 64\nC_LOOP_END gp9\n"
    report = report_of(body * 50, select=["L201"])
    assert len(report.findings) == 20
    assert report.omitted == (("L201", 30),)
