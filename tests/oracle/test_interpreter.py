"""The oracle itself is checked against answers worked out by hand, then against real programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from oracle.costs import LATENCY_DC_ON
from oracle.interpreter import LOOP_TOO_LONG, Result, run
from oracle.memory import Settings, requests
from oracle.parser import AssemblyError

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
SIZES = ("mlen", "vlen", "blen", "prefetch_m_rows", "prefetch_v_rows", "writeback_rows")


def lines(*instructions: str) -> str:
    return "\n".join(instructions) + "\n"


def registers(text: str, **options: Any) -> tuple[int | None, ...]:
    """gp registers after ``text``."""
    program = lines(text.rstrip("\n"), "S_ADD_FP f0, f0, f0")
    last = len([x for x in program.splitlines() if x]) - 1
    return run(program, watch=[last], **options).watched[last][0].gp


def set_gp(register: int, value: int) -> str:
    """Two instructions that load a 32-bit value whose low 12 bits fit the immediate."""
    return lines(
        f"S_LUI_INT gp{register}, {value >> 12}",
        f"S_ADDI_INT gp{register}, gp{register}, {value & 0xFFF}",
    ).rstrip()


def fault_of(*instructions: str, **options: Any) -> tuple[str, int, int]:
    fault = run(lines(*instructions), **options).fault
    assert fault is not None
    return fault.kind, fault.pc, fault.executed


# Reading


def test_comments_blank_lines_and_line_ends() -> None:
    text = "; C_LOOP_START gp1, 5\r\n\r\n  S_ADDI_INT gp1, gp0, 3 ; S_ADDI_INT\r\nC_BREAK; // x\n"
    result = run(text)
    assert result.counts == {"S_ADDI_INT": 1}
    assert result.fault is not None
    assert result.fault.pc == 1


@pytest.mark.parametrize(
    ("number", "value"), [("7", 7), ("0x10", 16), ("-1", 0xFFFF_FFFF), ("+2", 2)]
)
def test_number_forms(number: str, value: int) -> None:
    assert registers(f"S_ADDI_INT gp1, gp0, {number}")[1] == value


@pytest.mark.parametrize(
    "text",
    [
        "V_PS_V gp1, gp2, gp0",
        "S_ADDI_INT gp1, 3, 256",
        "S_ADDI_INT gp1, gp0",
        "S_ADDI_INT gp1, gp0, gp2",
        "S_ADDI_INT gp32, gp0, 1",
        "S_ADDI_INT gp1 gp0, 1",
        "S_ADDI_INT gp1,, gp0, 1",
        "C_SET_ADDR_REG aA, gp0, gp1",
        "H_PREFETCH_V gp1, gp2, gp3, 0, 0",
        "S_ADD_FP f8, f1, f2",
        "S_LUI_INT gp1, 1.5",
        "=== title ===",
        "s_addi_int gp1, gp0, 1",
    ],
)
def test_malformed_text_names_the_line(text: str) -> None:
    with pytest.raises(AssemblyError, match="line 2"):
        run(f"; first\n{text}\n")


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("S_ADDI_INT gp15, gp0, 1", "plena"),
        ("S_ADDI_INT gp16, gp0, 1", "plena-tvm"),
        ("C_SET_ADDR_REG a8, gp0, gp0", "plena-tvm"),
        ("S_SLLI_INT gp1, gp0, 1", "plena-tvm"),
    ],
)
def test_dialect_follows_from_the_text(text: str, dialect: str) -> None:
    assert run(text).dialect == dialect


# Integer registers


def test_integer_arithmetic_wraps_at_32_bits() -> None:
    gp = registers(
        lines(
            "S_LUI_INT gp1, 1048575",  # 0xFFFFF000
            "S_ADDI_INT gp1, gp1, 4095",  # 0xFFFFFFFF
            "S_ADDI_INT gp2, gp1, 3",
            "S_SUB_INT gp3, gp0, gp2",
            "S_MUL_INT gp4, gp1, gp1",
            "S_ADD_INT gp5, gp1, gp1",
            "S_LUI_INT gp6, 1048577",  # bit 20 falls off
        )
    )
    assert gp[1:7] == (0xFFFF_FFFF, 2, 0xFFFF_FFFE, 1, 0xFFFF_FFFE, 0x1000)


def test_shifts_and_division_of_the_tvm_dialect() -> None:
    gp = registers(
        lines(
            "S_ADDI_INT gp1, gp0, 7",
            "S_SLLI_INT gp2, gp1, 33",  # amount modulo 32
            "S_SLLI_INT gp3, gp1, 31",
            "S_SRLI_INT gp4, gp1, 1",
            "S_SLL_INT gp5, gp1, gp1",
            "S_SRL_INT gp6, gp3, gp1",
            "S_DIV_INT gp7, gp3, gp0",
            "S_REM_INT gp8, gp1, gp0",
            "S_ADDI_INT gp9, gp0, 2",
            "S_DIV_INT gp10, gp1, gp9",
            "S_REM_INT gp11, gp1, gp9",
        )
    )
    assert gp[2:9] == (14, 0x8000_0000, 3, 896, 0x0100_0000, 0, 7)
    assert gp[10:12] == (3, 1)


def test_literal_zero_stands_for_register_zero() -> None:
    assert registers(lines("S_ADDI_INT gp1, gp0, 5", "S_MUL_INT gp2, 0, gp1"))[2] == 0


def test_int_sram_stores_its_first_operand_and_starts_at_zero() -> None:
    text = lines(
        "S_ADDI_INT gp1, gp0, 9",
        "S_ADDI_INT gp2, gp0, 100",
        "S_ST_INT gp1, gp2, 23",
        "S_LD_INT gp3, gp0, 123",
        "S_LD_INT gp4, gp0, 5",
        "S_LD_INT gp5, gp0, 6",
    )
    assert registers(text, int_sram={6: 77})[3:6] == (9, 0, 77)


def test_values_written_by_topk_are_unknown_and_stay_so() -> None:
    gp = registers(
        lines(
            "S_ADDI_INT gp1, gp0, 10",
            "V_TOPK gp0, gp0, gp1, 0",
            "S_LD_INT gp2, gp0, 13",  # entries 10..13 are indices
            "S_LD_INT gp3, gp0, 14",
            "S_ADDI_INT gp4, gp2, 1",
            "S_MUL_INT gp5, gp0, gp4",
            "S_LD_INT gp6, gp2, 0",
            "S_ST_INT gp1, gp2, 0",  # anywhere: nothing is known afterwards
            "S_LD_INT gp7, gp0, 500",
        )
    )
    assert gp[2:8] == (None, 0, None, None, None, None)


def test_address_register_is_high_then_low() -> None:
    text = lines(
        "S_ADDI_INT gp1, gp0, 2",
        "S_ADDI_INT gp2, gp0, 5",
        "C_SET_ADDR_REG a3, gp1, gp2",
        "C_SET_SCALE_REG gp2",
        "C_BREAK",
    )
    [snapshot] = run(text, watch=[4]).watched[4]
    assert snapshot.a[3] == (2 << 32) + 5
    assert (snapshot.scale, snapshot.stride) == (5, 1)


# Cycles


@pytest.mark.parametrize(
    ("instruction", "on", "off"),
    [
        ("M_MM 0, gp1, gp1", 64, 64),
        ("M_TMM 0, gp1, gp1", 64, 64),
        ("M_TMM_A 0, gp1, gp1", 64, 64),
        ("M_BMM gp0, gp1, gp1", 64, 64),
        ("M_BTMM 0, gp1, gp1", 64, 64),
        ("M_MV 0, gp1, gp1", 64, 64),
        ("M_TMV 0, gp1, gp1", 64, 64),
        ("M_BMV gp0, gp1, gp1", 1, 1),
        ("M_BTMV 0, gp1, gp1", 1, 1),
        ("M_MM_WO gp1, gp0, 0", 1, 1),
        ("M_BMM_WO gp1, 0", 1, 1),
        ("M_MV_WO gp1, 0", 1, 1),
        ("M_MV_WO gp1, gp0, 0", 1, 1),
        ("M_BMV_WO gp1, 0", 1, 1),
        ("V_ADD_VV gp1, gp1, gp1", 1, 2),
        ("V_ADD_VF gp1, gp1, f1, 0", 1, 2),
        ("V_SUB_VV gp1, gp1, gp1, 1", 1, 2),
        ("V_SUB_VF gp1, gp1, f0, 0, 1", 1, 2),
        ("V_MUL_VV gp1, gp1, gp1", 1, 5),
        ("V_MUL_VF gp1, gp1, f0", 1, 5),
        ("V_SHFT_V gp1, gp1, 2", 1, 5),
        ("V_SHIFT_V gp1, gp1, gp2", 1, 5),
        ("V_EXP_V gp1, gp1", 1, 6),
        ("V_RECI_V gp1, gp1, 0", 2, 7),
        ("V_MAX_VF gp1, gp1, f1", 4, 4),
        ("V_MIN_VF gp1, gp1, f1", 4, 4),
        ("V_RED_MAX f1, gp1, 0", 4, 4),
        ("V_RED_SUM f1, gp1", 8, 20),
        ("V_RED_SUM f0, gp1", 0, 0),
        ("V_RED_MAX f0, gp1", 0, 0),
        ("V_TOPK gp1, gp1, gp1, 0", 128, 128),
        ("V_TOPK gp1, gp1, gp1, 1", 512, 512),
        ("S_ADD_FP f1, f2, f3", 1, 1),
        ("S_SUB_FP f0, f2, f3", 0, 0),
        ("S_EXP_FP f1, f2", 1, 2),
        ("S_RECI_FP f1, f2, 0", 1, 2),
        ("S_SQRT_FP f1, f2", 1, 2),
        ("S_SQRT_FP f0, f2", 0, 0),
        ("S_LD_FP f0, gp1, 0", 1, 1),
        ("S_ST_FP f0, gp1, 0", 1, 1),
        ("S_MAP_V_FP gp1, gp1, 0", 128, 128),
        ("S_MAP_FP_V gp1, gp1, 0", 64, 64),
        ("S_ADDI_INT gp1, gp1, 1", 1, 1),
        ("S_LD_INT gp1, gp1, 1", 1, 1),
        ("C_SET_V_MASK_REG gp1", 1, 1),
        ("H_PREFETCH_M gp0, gp0, a0, 0, 0", 0, 0),
        ("H_STORE_V gp0, gp0, a0, 0, 0", 0, 0),
    ],
)
def test_cycles_of_one_instruction(instruction: str, on: int, off: int) -> None:
    for dc_en, cycles in ((True, on), (False, off)):
        result = run(instruction, dc_en=dc_en)
        assert (result.executed, result.cycles, result.fault) == (1, cycles, None)
        assert list(result.opcode_cycles.values()) == [cycles]


def test_overhead_is_paid_by_products_but_not_by_matrix_vector() -> None:
    latency = {**LATENCY_DC_ON, "systolic_processing_overhead": 8}
    text = lines("M_MM 0, gp0, gp0", "M_MV 0, gp0, gp0", "M_BMV gp0, gp0, gp0")
    assert run(text, latency=latency, mlen=128, vlen=128).opcode_cycles == {
        "M_MM": 136,
        "M_MV": 128,
        "M_BMV": 9,
    }


def test_published_program_without_its_prefetch_time() -> None:
    text = lines(
        *["S_ADDI_INT gp1, gp0, 0"] * 8,
        "H_PREFETCH_V gp0, gp0, a0, 0, 0",
        *["M_MV 0, gp0, gp0"] * 100,
    )
    result = run(text)
    assert (result.executed, result.cycles) == (109, 6440 - 32)


# Loops


def test_a_loop_costs_its_start_and_an_end_per_iteration() -> None:
    text = lines(
        "C_LOOP_START gp1, 3",
        "C_LOOP_START gp2, 5",
        "V_RED_SUM f1, gp0, 0",
        "C_LOOP_END gp2",
        "C_LOOP_END gp1, 0",
    )
    result = run(text)
    assert result.cycles == 1 + 3 * (1 + 5 * (8 + 1) + 1)
    assert result.executed_at == (1, 3, 15, 15, 3)
    assert result.counts == {"C_LOOP_START": 4, "V_RED_SUM": 15, "C_LOOP_END": 18}
    assert result.completed


def test_counter_counts_down_to_zero() -> None:
    text = lines("C_LOOP_START gp1, 3", "S_ADD_INT gp2, gp2, gp1", "C_LOOP_END gp1")
    result = run(text, watch=[1])
    assert [snapshot.gp[1] for snapshot in result.watched[1]] == [3, 2, 1]
    assert registers(text)[1:3] == (0, 6)


def test_loop_end_decides_on_the_live_register() -> None:
    text = lines("C_LOOP_START gp1, 100", "S_ADDI_INT gp1, gp0, 1", "C_LOOP_END gp1")
    assert run(text).counts["C_LOOP_END"] == 1
    endless = lines("C_LOOP_START gp1, 2", "S_ADDI_INT gp1, gp0, 2", "C_LOOP_END gp1")
    result = run(endless, max_steps=50)
    assert (result.executed, result.fault, result.completed) == (50, None, False)


def test_loop_end_takes_the_innermost_loop_of_its_register() -> None:
    text = lines(
        "C_LOOP_START gp1, 2",
        "C_LOOP_START gp2, 2",
        "S_ADDI_INT gp3, gp3, 1",
        "C_LOOP_END gp1",  # closes the outer loop around the open inner one
        "C_LOOP_END gp2",
    )
    # The second START of gp2 stacks on the first: gp1 ends, then gp2 runs its body once more,
    # where C_LOOP_END gp1 finds no loop any more.
    assert fault_of(text) == ("C_LOOP_END without an open loop", 3, 9)


def test_reused_register_ends_the_inner_loop_and_an_open_loop_at_the_end_is_no_fault() -> None:
    text = lines(
        "C_LOOP_START gp1, 2",
        "C_LOOP_START gp1, 3",
        "S_ADDI_INT gp2, gp2, 1",
        "C_LOOP_END gp1",
    )
    result = run(text)
    assert (result.executed_at, result.fault) == ((1, 1, 3, 3), None)


def test_break_closes_the_innermost_loop_and_goes_on() -> None:
    text = lines(
        "C_LOOP_START gp1, 4",
        "C_LOOP_START gp2, 9",
        "C_BREAK",
        "S_ADDI_INT gp3, gp3, 1",
        "C_LOOP_END gp1",
    )
    result = run(text)
    assert result.counts["C_BREAK"] == 4
    assert registers(text)[1:4] == (0, 0, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C_LOOP_START gp1, 0", ("C_LOOP_START 0", 0, 0)),
        ("C_LOOP_END gp1", ("C_LOOP_END without an open loop", 0, 0)),
        ("C_BREAK 0, 0, 0", ("C_BREAK without an open loop", 0, 0)),
        (
            lines("C_LOOP_START gp1, 2", "C_LOOP_END gp2", "C_LOOP_END gp1"),
            ("C_LOOP_END without an open loop", 1, 1),
        ),
        (
            lines("C_LOOP_START gp1, 2", "C_BREAK", "C_LOOP_END gp1"),
            ("C_LOOP_END without an open loop", 2, 2),
        ),
    ],
)
def test_loop_faults(text: str, expected: tuple[str, int, int]) -> None:
    assert fault_of(text) == expected


def test_loop_counter_that_depends_on_data_stops_the_run() -> None:
    text = lines("V_TOPK gp0, gp0, gp0, 0", "C_LOOP_START gp1, 3", "S_LD_INT gp1, gp0, 0")
    assert fault_of(text, "C_LOOP_END gp1") == ("loop counter depends on data", 3, 3)


def test_iteration_may_have_exactly_the_limit() -> None:
    text = lines("C_LOOP_START gp1, 3", *["S_ADDI_INT gp2, gp2, 1"] * 3, "C_LOOP_END gp1")
    assert run(text, max_loop_instructions=4).fault is None
    assert fault_of(text, max_loop_instructions=3) == (LOOP_TOO_LONG, 4, 4)


def test_outer_iteration_counts_inner_instructions() -> None:
    text = lines(
        "C_LOOP_START gp1, 2",  # an iteration: START, 4 x 2, END = 10
        "C_LOOP_START gp2, 4",
        "S_ADDI_INT gp3, gp3, 1",
        "C_LOOP_END gp2",
        "C_LOOP_END gp1",
    )
    assert run(text, max_loop_instructions=10).fault is None
    assert fault_of(text, max_loop_instructions=9) == (LOOP_TOO_LONG, 4, 10)
    assert fault_of(text, max_loop_instructions=8) == (LOOP_TOO_LONG, 3, 9)


def test_too_long_loop_comes_before_any_other_fault() -> None:
    text = lines("C_LOOP_START gp1, 2", "S_ADDI_INT gp2, gp0, 1", "V_EXP_V gp2, gp2")
    assert fault_of(text, max_loop_instructions=1) == (LOOP_TOO_LONG, 2, 2)


# Address faults: MLEN = VLEN = 64, BLEN = 4, 64 tiles of matrix SRAM unless said otherwise


@pytest.mark.parametrize("offset", [0, 256, 512, 60 * 64, 63 * 4096 + 256])
def test_products_accept_whole_groups_of_blen_columns(offset: int) -> None:
    for product in ("M_MM 0, gp1, gp0", "M_TMM 0, gp0, gp1"):
        assert run(lines(set_gp(1, offset), product)).fault is None


@pytest.mark.parametrize("offset", [1, 4, 16, 63, 64, 128, 192, 4096 + 64, 256 + 4])
def test_product_offset_faults(offset: int) -> None:
    for name, product in (("M_MM", "M_MM 0, gp1, gp0"), ("M_TMM", "M_TMM 0, gp0, gp1")):
        assert fault_of(set_gp(1, offset), product) == (f"{name} offset", 2, 2)


def test_blen_decides_which_column_groups_are_aligned() -> None:
    text = lines("S_ADDI_INT gp1, gp0, 256", "M_MM 0, gp1, gp0")
    assert run(text, blen=4).fault is None
    assert fault_of(text, blen=16) == ("M_MM offset", 1, 1)


@pytest.mark.parametrize(("offset", "ok"), [(4, True), (60, True), (2, False), (64, False)])
def test_tvm_product_offset_counts_elements(offset: int, ok: bool) -> None:
    result = run(lines(set_gp(16, offset), "M_MM 0, gp16, gp0"))
    assert (result.fault is None) is ok


def test_product_checks_offset_then_tile_then_vector() -> None:
    past = 64 * 4096
    text = lines(set_gp(1, past), set_gp(2, past + 1), "S_ADDI_INT gp3, gp0, 1")
    assert fault_of(text, "M_MM 0, gp2, gp3")[0] == "M_MM offset"
    assert fault_of(text, "M_MM 0, gp1, gp3")[0] == "mram address out of bounds"
    assert fault_of(text, "M_MM 0, gp0, gp3")[0] == "vram address not a multiple of VLEN"
    assert fault_of(text, "M_BTMM 0, gp1, gp0")[0] == "mram address out of bounds"
    assert fault_of(text, "M_BTMV gp1, gp0, gp0")[0] == "mram address out of bounds"


def test_product_reads_blen_rows_and_batched_mlen() -> None:
    options: dict[str, Any] = {"vector_sram_rows": 64}
    for product, rows in (("M_MM", 4), ("M_BMM", 64), ("M_MV", 1), ("M_BMV", 1)):
        text = lines("S_ADDI_INT gp1, gp0, {}", product + " 0, gp0, gp1")
        assert run(text.format((64 - rows) * 64), **options).fault is None
        assert fault_of(text.format((65 - rows) * 64), **options)[0] == "vram address out of bounds"


def test_batched_destination_is_refused_before_anything_runs() -> None:
    assert fault_of("C_BREAK", "M_BMM gp3, gp1, gp2") == ("M_BMM rd not 0", 1, 0)
    assert fault_of("M_BTMM gp1, gp1, gp2") == ("M_BTMM rd not 0", 0, 0)


@pytest.mark.parametrize(
    ("write_out", "kind"),
    [
        ("M_MM_WO gp1, gp0, 4", None),
        ("M_MM_WO gp1, gp0, 60", None),
        ("M_MM_WO gp1, gp0, 2", "M_MM_WO address not a multiple of BLEN"),
        ("M_MV_WO gp1, 66", "M_MV_WO address not a multiple of BLEN"),
        ("M_MV_WO gp1, 68", None),
        ("M_BMM_WO gp1, 4", "vram address not a multiple of VLEN"),
        ("M_BMV_WO gp1, 1", "vram address not a multiple of VLEN"),
        ("M_BMM_WO gp1, 64", None),
    ],
)
def test_write_out_alignment(write_out: str, kind: str | None) -> None:
    fault = run(lines("S_ADDI_INT gp1, gp0, 128", write_out)).fault
    assert (fault.kind if fault else None) == kind


def test_write_out_rows_end_inside_vector_sram() -> None:
    block = lines("S_ADDI_INT gp1, gp0, 3", "M_MM_WO gp0, {}, 0")  # rows 0, 3, 6, 9 or 0..3
    assert run(block.format("gp1"), vector_sram_rows=10).fault is None
    assert fault_of(block.format("gp1"), vector_sram_rows=9)[0] == "vram address out of bounds"
    assert run(block.format("gp0"), vector_sram_rows=4).fault is None
    assert fault_of(block.format("gp0"), vector_sram_rows=3)[0] == "vram address out of bounds"
    for name, rows in (("M_BMM_WO", 4 * 64), ("M_BMV_WO", 4), ("M_MV_WO", 1)):
        assert run(f"{name} gp0, 0", vector_sram_rows=rows).fault is None
        kind = fault_of(f"{name} gp0, 64", vector_sram_rows=rows)[0]
        assert kind == "vram address out of bounds"


@pytest.mark.parametrize(
    "instruction",
    [
        "V_ADD_VV {}, gp0, gp0",
        "V_ADD_VV gp0, {}, gp0",
        "V_ADD_VV gp0, gp0, {}",
        "V_MUL_VV gp0, gp0, {}",
        "V_SUB_VF {}, gp0, f1, 0, 0",
        "V_EXP_V gp0, {}",
        "V_SHFT_V {}, gp0, gp0",
        "V_RED_MAX f1, {}, 0",
        "V_TOPK gp0, {}, gp0, 0",
        "S_MAP_V_FP {}, gp0, 0",
        "H_PREFETCH_V {}, gp0, a0, 0, 0",
        "H_STORE_V {}, gp0, a0, 0, 0",
    ],
)
def test_rows_are_multiples_of_vlen_inside_the_sram(instruction: str) -> None:
    text = lines("S_ADDI_INT gp1, gp0, 32", "S_ADDI_INT gp2, gp0, 512", instruction)
    kind, pc, _ = fault_of(text.format("gp1"), vector_sram_rows=8)
    assert (kind, pc) == ("vram address not a multiple of VLEN", 2)
    assert fault_of(text.format("gp2"), vector_sram_rows=8)[0] == "vram address out of bounds"
    assert run(text.format("gp2"), vector_sram_rows=12).fault is None


def test_skipped_reduction_checks_nothing_and_shift_amount_is_no_address() -> None:
    text = lines("S_ADDI_INT gp1, gp0, 1", "V_RED_SUM f0, gp1", "V_SHFT_V gp0, gp0, gp1")
    assert run(text).fault is None


def test_store_reads_all_its_rows_but_prefetch_drops_those_past_the_end() -> None:
    text = lines("S_ADDI_INT gp1, gp0, 128", "{} gp1, gp0, a0, 0, 0")
    assert run(text.format("H_PREFETCH_V"), vector_sram_rows=4).fault is None
    kind = fault_of(text.format("H_STORE_V"), vector_sram_rows=4)[0]
    assert kind == "vram address out of bounds"


def test_matrix_prefetch_needs_a_tile_boundary_and_all_its_tiles() -> None:
    prefetch = "H_PREFETCH_M gp1, gp0, a0, 0, 0"
    misplaced = "H_PREFETCH_M destination not a multiple of MLEN x MLEN"
    assert fault_of("S_ADDI_INT gp1, gp0, 64", prefetch) == (misplaced, 1, 1)
    assert run(lines(set_gp(1, 63 * 4096), prefetch)).fault is None
    past = "mram address out of bounds"
    assert fault_of(set_gp(1, 64 * 4096), prefetch) == (past, 2, 2)
    assert fault_of(set_gp(1, 63 * 4096), prefetch, prefetch_m_rows=65) == (past, 2, 2)


def test_topk_policy_and_scalar_srams() -> None:
    assert fault_of("V_TOPK gp0, gp0, gp0, 2") == ("V_TOPK policy", 0, 0)
    last = "S_ADDI_INT gp1, gp0, 1023"
    assert run(lines(last, "S_LD_INT gp2, gp1, 0", "S_LD_FP f1, gp1, 0")).fault is None
    assert fault_of(last, "S_ST_INT gp2, gp1, 1") == ("int sram address out of bounds", 1, 1)
    assert fault_of(last, "S_ST_FP f2, gp1, 1") == ("fp sram address out of bounds", 1, 1)
    assert fault_of(last, "S_MAP_V_FP gp0, gp1, 0")[0] == "fp sram address out of bounds"
    assert run(lines(last, "S_MAP_V_FP gp0, gp0, 960")).fault is None
    assert fault_of(last, "V_TOPK gp0, gp0, gp1, 0")[0] == "int sram address out of bounds"


def test_fp_sram_of_the_tvm_dialect_has_no_known_end() -> None:
    text = lines(set_gp(16, 57_376), "S_ST_FP f1, gp16, 1")
    assert run(text).fault is None
    assert fault_of(text, fp_sram_entries=57_377)[0] == "fp sram address out of bounds"


# HBM


def test_requests_of_the_published_geometry() -> None:
    small = run(
        lines(
            "H_PREFETCH_M gp0, gp0, a0, 0, 0",
            "H_PREFETCH_V gp0, gp0, a0, 0, 0",
            "H_STORE_V gp0, gp0, a0, 0, 0",
        ),
        trace=True,
    )
    assert [(t.reads, t.writes) for t in small.transfers] == [(128, 0), (8, 0), (8, 8)]
    assert (small.hbm_read_bytes, small.hbm_write_bytes) == (144 * 64, 8 * 64)
    large = Settings(
        mlen=1024, vlen=1024, prefetch_m_rows=1024, prefetch_v_rows=256, writeback_rows=256
    )
    assert requests(large, "H_PREFETCH_M", False, 0, 0, 1024) == (17_408, 0)
    assert requests(large, "H_PREFETCH_V", False, 0, 0, 1024) == (4_352, 0)
    assert requests(large, "H_STORE_V", False, 0, 0, 1024) == (4_608, 4_608)


def test_requests_of_the_tvm_dialect() -> None:
    """128 scale bytes per row: two blocks when aligned, three when not."""
    large = Settings(mlen=1024, vlen=1024, prefetch_v_rows=2, writeback_rows=2)
    assert requests(large, "H_PREFETCH_V", True, 0, 0, 1024) == (2 * (16 + 2), 0)
    assert requests(large, "H_PREFETCH_V", True, 0, 8, 1024) == (2 * (16 + 3), 0)
    assert requests(large, "H_STORE_V", True, 0, 0, 1024) == (2 * 2, 2 * (16 + 2))


def test_unaligned_rows_touch_one_more_block() -> None:
    settings = Settings(prefetch_v_rows=4, writeback_rows=4)
    assert requests(settings, "H_PREFETCH_V", False, 8, 0, 64) == (4 * (2 + 1), 0)
    # Rows at bytes 0, 96, 192, 288: two of them straddle. Scales at 0, 12, 24, 36: none does.
    assert requests(settings, "H_PREFETCH_V", False, 0, 0, 96) == (6 + 4, 0)
    # Scale rows of 8 bytes at 60, 68, 76, 84: the first straddles; a prefetch reads one block.
    assert requests(settings, "H_STORE_V", False, 0, 60, 64) == (4 + 5, 4 + 5)
    # Stride 4: elements at 0, 4, 8, 12; scales at 56, 56, 57, 57, of which two straddle.
    assert requests(settings, "H_STORE_V", False, 0, 56, 4) == (7 + 6, 7 + 6)
    assert requests(settings, "H_PREFETCH_V", False, 0, 60, 64) == (4 + 4, 0)
    assert requests(settings, "H_PREFETCH_V", True, 0, 60, 64) == (4 + 5, 0)


def test_plain_formats_have_no_scale_requests() -> None:
    plain = Settings(element_bits=16, block=0)
    assert requests(plain, "H_PREFETCH_V", False, 0, 0, 128) == (4 * 2, 0)


@pytest.mark.parametrize(("rows", "moved"), [(1, 64), (64, 64), (65, 128), (128, 128)])
def test_matrix_prefetch_rounds_up_to_whole_tiles(rows: int, moved: int) -> None:
    [transfer] = run("H_PREFETCH_M gp0, gp0, a0, 0, 0", trace=True, prefetch_m_rows=rows).transfers
    assert (transfer.rows, transfer.reads) == (moved, 2 * moved)


def test_traced_addresses_follow_base_offset_scale_and_stride() -> None:
    text = lines(
        "S_ADDI_INT gp1, gp0, 1",
        "S_ADDI_INT gp2, gp0, 4096",
        "C_SET_ADDR_REG a2, gp1, gp2",
        "C_SET_SCALE_REG gp2",
        "S_ADDI_INT gp3, gp0, 100",
        "C_LOOP_START gp4, 2",
        "H_PREFETCH_V gp0, gp3, a2, {}, 0",
        "S_ADDI_INT gp3, gp3, 128",
        "C_SET_STRIDE_REG gp3",
        "C_LOOP_END gp4",
    )
    base = (1 << 32) + 4096
    strided = run(text.format(1), trace=True).transfers
    assert [(t.pc, t.element_address, t.scale_address, t.stride) for t in strided] == [
        (6, base + 100, base + 4096 + 12, 1),
        (6, base + 228, base + 4096 + 28, 228),
    ]
    assert [t.stride for t in run(text.format(0), trace=True).transfers] == [64, 64]


def test_transfers_at_unknown_addresses_are_counted_and_assumed_aligned() -> None:
    text = lines("V_TOPK gp0, gp0, gp0, 0", "S_LD_INT gp1, gp0, 0")
    result = run(lines(text.rstrip(), "H_PREFETCH_V gp1, gp1, a0, 1, 0"), trace=True)
    # Stride 1 at reset: rows at bytes 0, 1, 2, 3 touch 1 + 2 + 2 + 2 blocks, and 4 of scales.
    assert (result.unknown_transfers, result.hbm_read_bytes) == (1, (7 + 4) * 64)
    [transfer] = result.transfers
    assert (transfer.element_address, transfer.sram_address) == (None, None)


def test_watched_registers_of_every_execution() -> None:
    text = lines("C_LOOP_START gp1, 3", "S_ADDI_INT gp2, gp2, 64", "C_LOOP_END gp1")
    watched = run(text, watch=[0, 1, 2]).watched
    assert [s.gp[2] for s in watched[1]] == [0, 64, 128]
    assert [s.gp[2] for s in watched[2]] == [64, 128, 192]
    assert len(watched[0]) == 1


def test_step_limit_that_the_program_just_meets_is_completion() -> None:
    text = lines("S_ADDI_INT gp1, gp0, 1", "S_ADDI_INT gp1, gp0, 2")
    assert run(text, max_steps=2).completed
    assert not run(text, max_steps=1).completed
    assert run("").executed == 0


# Real programs


def run_sample(name: str, parameters: dict[str, Any]) -> Result:
    source = SAMPLES / "asm" / f"{name}.asm"
    sizes = {key: parameters[key] for key in SIZES}
    return run(source.read_text("utf-8"), dc_en=parameters["dc_lib_en"], **sizes)


def load_samples(name: str) -> dict[str, Any]:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("needs the measured sample programs in ../shared, which are not here")
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


@pytest.mark.parametrize(
    "name",
    [
        "moe_topk",
        "de_v_shift_v",
        "de_silu",
        "at_rope",
        "at_rms_norm",
        "moe_clamp",
        "gptoss_glue",
        "at_fa_mha",
        "DSB__concat_q",
        "tilelang_SSB_2_concat",
    ],
)
def test_measured_programs(name: str) -> None:
    for measured in load_samples("measured.json")[name]:
        result = run_sample(name, measured["parameters"])
        assert result.fault is None
        assert result.dialect == measured["dialect"]
        assert result.executed == measured["executed"]
        assert result.cycles == measured["compute_cycles"]
        assert result.hbm_read_bytes == measured["hbm_read_bytes"]
        assert result.hbm_write_bytes == measured["hbm_write_bytes"]
        opcodes = measured["opcodes"]
        assert result.counts == {name: total["count"] for name, total in opcodes.items()}
        assert result.opcode_cycles == {name: total["cycles"] for name, total in opcodes.items()}


@pytest.mark.parametrize(
    "name", ["kev_linear", "tilelang_DSB_T_qknk", "tilelang_DSB_flash", "tilelang_SSB_2_gelu"]
)
def test_programs_that_the_machine_refuses(name: str) -> None:
    for measured in load_samples("faults.json")[name]:
        fault = run_sample(name, measured["parameters"]).fault
        assert fault is not None
        assert f"{fault.kind} (pc {fault.pc})" == measured["fault"]
        assert fault.executed == measured["executed_before_fault"]
