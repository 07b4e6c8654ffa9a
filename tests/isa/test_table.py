"""The instruction table against facts written down independently of it."""

from __future__ import annotations

import pytest

from isa_analysis.boards import load_board, shipped_boards
from isa_analysis.isa import CATEGORIES, DIALECTS, ENGINES, forms_of, instruction
from isa_analysis.isa.model import MAX_OPERANDS, parse_form, parse_formula
from isa_analysis.isa.table import ALIASES, TABLE
from isa_analysis.pricing import ModelOptions, cycle_model

#: Opcode numbers of dialect plena.
CODES = {
    0x01: "M_MM", 0x02: "M_TMM", 0x03: "M_BMM", 0x04: "M_BTMM", 0x05: "M_BMM_WO", 0x06: "M_MM_WO",
    0x07: "M_MV", 0x08: "M_TMV", 0x09: "M_BMV", 0x0A: "M_BTMV", 0x0B: "M_MV_WO", 0x0C: "M_BMV_WO",
    0x0D: "V_ADD_VV", 0x0E: "V_ADD_VF", 0x0F: "V_SUB_VV", 0x10: "V_SUB_VF", 0x11: "V_MUL_VV",
    0x12: "V_MUL_VF", 0x13: "V_EXP_V", 0x14: "V_RECI_V", 0x15: "V_RED_SUM", 0x16: "V_RED_MAX",
    0x17: "S_ADD_FP", 0x18: "S_SUB_FP", 0x19: "S_MAX_FP", 0x1A: "S_MUL_FP", 0x1B: "S_EXP_FP",
    0x1C: "S_RECI_FP", 0x1D: "S_SQRT_FP", 0x1E: "S_LD_FP", 0x1F: "S_ST_FP", 0x20: "S_MAP_V_FP",
    0x21: "S_ADD_INT", 0x22: "S_ADDI_INT", 0x23: "S_SUB_INT", 0x24: "S_MUL_INT", 0x25: "S_LUI_INT",
    0x26: "S_LD_INT", 0x27: "S_ST_INT", 0x28: "H_PREFETCH_M", 0x29: "H_PREFETCH_V",
    0x2A: "H_STORE_V", 0x2B: "C_SET_ADDR_REG", 0x2C: "C_SET_SCALE_REG", 0x2D: "C_SET_STRIDE_REG",
    0x2E: "C_SET_V_MASK_REG", 0x2F: "C_LOOP_START", 0x30: "C_LOOP_END", 0x32: "V_SHFT_V",
    0x34: "C_BREAK", 0x35: "V_MAX_VF", 0x36: "V_MIN_VF", 0x37: "V_TOPK",
}  # fmt: skip
TVM_ONLY = {
    "S_SLL_INT", "S_SLLI_INT", "S_SRL_INT", "S_SRLI_INT", "S_DIV_INT", "S_REM_INT", "S_MAP_FP_V",
    "M_TMM_A",
}  # fmt: skip
PLENA_ONLY = {"V_SHFT_V", "V_MAX_VF", "V_MIN_VF", "V_TOPK", "V_PS_V", "C_HADAMARD_TRANSFORM"}
F0_FREE = {
    "S_ADD_FP", "S_SUB_FP", "S_MAX_FP", "S_MUL_FP", "S_EXP_FP", "S_RECI_FP", "S_SQRT_FP",
    "V_RED_SUM", "V_RED_MAX",
}  # fmt: skip


def test_each_mnemonic_and_each_code_occurs_once() -> None:
    names = [row.mnemonic for row in TABLE]
    assert len(names) == len(set(names))
    codes = [row.code for row in TABLE if row.code is not None]
    assert len(codes) == len(set(codes))


def test_the_codes_of_dialect_plena() -> None:
    assert {r.code: r.mnemonic for r in TABLE if r.code is not None} == CODES


def test_what_only_one_dialect_has() -> None:
    assert {r.mnemonic for r in TABLE if r.dialects == ("plena-tvm",)} == TVM_ONLY
    assert {r.mnemonic for r in TABLE if r.dialects == ("plena",)} == PLENA_ONLY
    assert all(r.dialects in (("plena",), ("plena-tvm",), tuple(DIALECTS)) for r in TABLE)


def test_a_coded_instruction_is_in_dialect_plena() -> None:
    assert all("plena" in r.dialects for r in TABLE if r.code is not None)


def test_which_destinations_are_free_when_f0() -> None:
    assert {r.mnemonic for r in TABLE if r.f0_free} == F0_FREE


def test_f0_free_instructions_write_an_f_register_first() -> None:
    for row in TABLE:
        if row.f0_free:
            first = forms_of(row.mnemonic)[0].operands[0]
            assert first.kind == "f"
            assert first.written


@pytest.mark.parametrize("row", TABLE, ids=lambda r: r.mnemonic)
def test_row(row) -> None:  # type: ignore[no-untyped-def]
    assert row.engine in ENGINES
    assert row.category in CATEGORIES
    assert row.meaning
    assert forms_of(row.mnemonic)
    prefix = {"M": "matrix", "V": "vector", "S": "scalar", "H": "memory", "C": "control"}
    assert row.category == prefix[row.mnemonic[0]]
    for form in row.forms:
        operands = parse_form(form).operands
        assert len(operands) <= MAX_OPERANDS
        names = [o.name for o in operands if o.kind != "zero"]
        assert len(set(names)) == len(names)
    priced = [row.cost, bool(row.cost_by), row.category == "memory"]
    assert sum(map(bool, priced)) == 1, "one of: a formula, variants, the memory model"
    assert bool(row.cost_by) == bool(row.cost_variants)


@pytest.mark.parametrize("board", shipped_boards())
def test_each_formula_evaluates_on_each_board(board: str) -> None:
    values = cycle_model(load_board(board), ModelOptions()).values()
    for row in TABLE:
        for formula in (*filter(None, [row.cost]), *row.cost_variants):
            cycles = parse_formula(formula).cycles(values)
            assert type(cycles) is int
            assert cycles >= 1


def test_named_memories_refer_to_operands_of_each_form() -> None:
    for row in TABLE:
        for memory in (*row.reads, *row.writes):
            if "[" in memory:
                address = memory[memory.index("[") + 1 : -1].split("+")
                for form in forms_of(row.mnemonic)[:1]:
                    names = {o.name for o in form.operands}
                    assert names.issuperset(address), (row.mnemonic, memory)


def test_aliases_resolve_to_rows_and_are_no_mnemonics() -> None:
    names = {row.mnemonic for row in TABLE}
    for old, (new, forms) in ALIASES.items():
        assert old not in names
        assert new in names
        assert instruction(old) is instruction(new)
        assert forms_of(old)
        for form in forms:
            parse_form(form)


def test_dialect_widths() -> None:
    plena, tvm = DIALECTS["plena"], DIALECTS["plena-tvm"]
    assert (plena.registers["gp"], plena.registers["f"]) == (16, 8)
    assert (tvm.registers["gp"], tvm.registers["f"]) == (32, 8)
    assert dict(plena.immediates) == {"wide": 22, "narrow": 18}
    assert dict(tvm.immediates) == {"wide": 21, "narrow": 16}
