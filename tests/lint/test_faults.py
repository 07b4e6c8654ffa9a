"""Every fault, with instruction, iteration and executed count worked out by hand."""

from __future__ import annotations

import pytest
from lint.linting import constant, findings_of, located

from isa_analysis import load_board, parse_text
from isa_analysis.assembly import ParseOptions
from isa_analysis.diagnostics import InputError
from isa_analysis.lint import Finding, lint

TVM = "S_SLLI_INT gp20, gp0, 0\n"


def fault_of(text: str, *sets: str) -> Finding:
    """The fault that stops ``text``."""
    first = [f for f in findings_of(text, *sets, select=["L0"]) if f.first_fault]
    assert len(first) == 1
    return first[0]


def told(text: str, *sets: str) -> tuple[str, str, int, int]:
    """Rule, kind, instruction and executed count of the first fault."""
    f = fault_of(text, *sets)
    assert f.executed_before is not None
    return f.rule, f.fault, f.pc, f.executed_before


@pytest.mark.parametrize(
    ("text", "rule", "kind"),
    [
        # plena: offsets in a tile count rows of MLEN = 64, BLEN = 4 of them at a time.
        ("S_ADDI_INT gp1, gp0, 32\nM_MM 0, gp1, gp0\n", "L006", "M_MM offset"),
        ("S_ADDI_INT gp1, gp0, 64\nM_MM 0, gp1, gp0\n", "L006", "M_MM offset"),
        ("S_ADDI_INT gp1, gp0, 64\nM_TMM 0, gp0, gp1\n", "L006", "M_TMM offset"),
        # 64 tiles of 4096 elements: tile 64 begins at 262144.
        (constant(1, 262144) + "M_MM 0, gp1, gp0\n", "L007", "mram address out of bounds"),
        (constant(1, 262144) + "M_BTMM 0, gp1, gp0\n", "L007", "mram address out of bounds"),
        (constant(1, 262144) + "H_PREFETCH_M gp1, gp0, a0, 0, 0\n", "L007",
         "mram address out of bounds"),
        ("S_ADDI_INT gp1, gp0, 2048\nH_PREFETCH_M gp1, gp0, a0, 0, 0\n", "L008",
         "H_PREFETCH_M destination not a multiple of MLEN x MLEN"),
        ("S_ADDI_INT gp1, gp0, 32\nV_EXP_V gp0, gp1, 0\n", "L009",
         "vram address not a multiple of VLEN"),
        ("S_ADDI_INT gp1, gp0, 32\nV_EXP_V gp1, gp0, 0\n", "L009",
         "vram address not a multiple of VLEN"),
        ("S_ADDI_INT gp1, gp0, 32\nM_MM 0, gp0, gp1\n", "L009",
         "vram address not a multiple of VLEN"),
        ("S_ADDI_INT gp1, gp0, 32\nH_STORE_V gp1, gp0, a0, 0, 0\n", "L009",
         "vram address not a multiple of VLEN"),
        # 4194304 rows of 64: the memory ends at 2^28.
        (constant(1, 1 << 28) + "V_EXP_V gp0, gp1, 0\n", "L010", "vram address out of bounds"),
        ("S_ADDI_INT gp1, gp0, 2\nM_MM_WO gp1, gp0, 0\n", "L011",
         "M_MM_WO address not a multiple of BLEN"),
        ("M_MV_WO gp0, 66\n", "L011", "M_MV_WO address not a multiple of BLEN"),
        ("M_BMM_WO gp0, 4\n", "L009", "vram address not a multiple of VLEN"),
        ("V_TOPK gp0, gp0, gp0, 2\n", "L013", "V_TOPK policy"),
        ("S_LD_FP f1, gp0, 1024\n", "L014", "fp sram address out of bounds"),
        ("S_MAP_V_FP gp0, gp0, 961\n", "L014", "fp sram address out of bounds"),
        ("S_ST_INT gp0, gp0, 1024\n", "L015", "int sram address out of bounds"),
        ("S_ADDI_INT gp1, gp0, 1021\nV_TOPK gp0, gp0, gp1, 0\n", "L015",
         "int sram address out of bounds"),
    ],
)  # fmt: skip
def test_one_bad_address(text: str, rule: str, kind: str) -> None:
    pc = text.count("\n") - 1
    assert told(text) == (rule, kind, pc, pc)


@pytest.mark.parametrize(
    "text",
    [
        "S_ADDI_INT gp1, gp0, 256\nM_MM 0, gp1, gp0\n",  # column 4
        constant(1, 262144 - 4096) + "H_PREFETCH_M gp1, gp0, a0, 0, 0\nM_BTMM gp0, gp1, gp0\n",
        constant(1, (1 << 28) - 64) + "V_EXP_V gp1, gp1, 0\n",
        constant(1, (1 << 28) - 64) + "H_PREFETCH_V gp1, gp0, a0, 0, 0\n",  # later rows are dropped
        "S_ADDI_INT gp1, gp0, 68\nM_MM_WO gp1, gp0, 0\n",
        "V_TOPK gp0, gp0, gp0, 1\n",
        "S_LD_FP f1, gp0, 1023\nS_MAP_V_FP gp0, gp0, 960\nS_LD_INT gp1, gp0, 1023\n",
        "S_ADDI_INT gp1, gp0, 32\nV_RED_SUM f0, gp1\n",  # skipped: no address is looked at
        "S_ADDI_INT gp1, gp0, 3\nV_SHFT_V gp0, gp0, gp1\n",  # an amount, no address
        "S_LD_INT gp1, gp0, 0\nV_EXP_V gp1, gp1, 0\n",  # data: nothing is claimed
        TVM + "S_LD_FP f1, gp0, 57377\n",  # no known bound in plena-tvm
        TVM + "S_ADDI_INT gp1, gp0, 60\nM_MM 0, gp1, gp0\n",  # plena-tvm: columns as such
    ],
)
def test_good_addresses(text: str) -> None:
    assert located(text, select=["L0"]) == []


def test_plena_tvm_offsets() -> None:
    below = TVM + "S_ADDI_INT gp1, gp0, {}\nM_MM 0, gp1, gp0\n"
    assert told(below.format(64)) == ("L006", "M_MM offset", 2, 2)  # not below MLEN
    assert told(below.format(2)) == ("L006", "M_MM offset", 2, 2)  # not a multiple of BLEN
    row = TVM + "S_ADDI_INT gp1, gp0, 4\nM_TMM 0, gp0, gp1\n"
    assert told(row) == ("L006", "M_TMM offset", 2, 2)


def test_the_iteration_in_which_a_running_pointer_leaves_its_row() -> None:
    # gp2 advances by 65 per iteration: 0 first, 65 in the second. Before that: START, 4 + END.
    text = (
        "C_LOOP_START gp9, 10\n"
        "V_EXP_V gp2, gp2, 0\n"
        "S_ADDI_INT gp3, gp3, 1\n"
        "S_ADDI_INT gp2, gp2, 65\n"
        "S_ADDI_INT gp4, gp2, 0\n"
        "C_LOOP_END gp9\n"
    )
    f = fault_of(text)
    assert (f.rule, f.line, f.pc, f.executed_before) == ("L009", 2, 1, 6)
    assert [(i.line, i.iteration, i.of) for i in f.iteration] == [(1, 2, 10)]
    assert f.values == (("gp2", 65),)
    assert f.source == "V_EXP_V gp2, gp2, 0"
    assert f.column == 1


def test_a_nest_of_a_trillion() -> None:
    # Rows 64 apart in the inner loop of 1000, started anew at 64,000 per outer iteration, in a
    # third loop of a million: row 4,194,304 is reached in outer iteration 4194 (from 0), inner
    # 304. One inner iteration runs 3 instructions, an outer one 1000 x 3 + 2.
    text = (
        "C_LOOP_START gp7, 1000000\n"
        "S_ADDI_INT gp2, gp0, 0\n"
        "C_LOOP_START gp8, 1000000\n"
        "C_LOOP_START gp9, 1000\n"
        "V_EXP_V gp2, gp2, 0\n"
        "S_ADDI_INT gp2, gp2, 64\n"
        "C_LOOP_END gp9\n"
        "C_LOOP_END gp8\n"
        "C_LOOP_END gp7\n"
    )
    f = fault_of(text, "machine.max_loop_instructions=1000000000000")
    assert (f.rule, f.pc) == ("L010", 4)
    assert [(i.line, i.iteration) for i in f.iteration] == [(1, 1), (3, 4195), (4, 305)]
    assert f.executed_before == 3 + 4194 * 3002 + 1 + 304 * 3
    assert dict(f.values) == {"gp2": 1 << 28}


def test_rows_of_one_access_count() -> None:
    # A store of 4 rows from the last but two rows: the third is outside.
    text = constant(1, (1 << 28) - 128) + "H_STORE_V gp1, gp0, a0, 0, 0\n"
    f = fault_of(text)
    assert f.rule == "L010"
    assert "row 2 of the access: address 268435456" in f.message


def test_checks_come_in_the_order_of_the_machine() -> None:
    both = constant(1, 262144 + 32) + "M_MM 0, gp1, gp1\n"
    assert [(f.rule, f.first_fault) for f in findings_of(both, select=["L0"])] == [
        ("L006", True), ("L007", False), ("L009", False),
    ]  # fmt: skip


def test_faults_are_told_at_their_own_first_execution() -> None:
    text = (
        "S_ADDI_INT gp1, gp0, 32\n"
        "V_EXP_V gp0, gp1, 0\n"
        "S_LD_FP f1, gp0, 2000\n"
    )  # fmt: skip
    found = findings_of(text, select=["L0"])
    assert [(f.rule, f.executed_before, f.first_fault) for f in found] == [
        ("L009", 1, True), ("L014", 2, False),
    ]  # fmt: skip


# Loops -----------------------------------------------------------------------------------------


def test_loop_limit() -> None:
    # One iteration: 9 + END = 10 instructions. A limit of 10 holds, with 9 the tenth is refused.
    text = "S_ADDI_INT gp1, gp0, 1\nC_LOOP_START gp9, 3\n" + "S_ADDI_INT gp1, gp1, 1\n" * 9
    text += "C_LOOP_END gp9\n"
    assert located(text, "machine.max_loop_instructions=10", select=["L0"]) == []
    f = fault_of(text, "machine.max_loop_instructions=9")
    assert (f.fault, f.pc, f.executed_before) == ("Loop exceeded max instructions limit", 11, 11)
    assert "the loop at line 2 executes 10 instructions" in f.message


def test_loop_limit_inside_an_inner_loop() -> None:
    # The outer iteration runs 1 + 5 x 3 + 1 = 17. With a limit of 10 the outer loop's base is 1;
    # the 11th instruction behind it is the first of the inner loop's fourth iteration.
    text = (
        "C_LOOP_START gp9, 2\n"
        "C_LOOP_START gp8, 5\n"
        "S_ADDI_INT gp1, gp1, 1\n"
        "S_ADDI_INT gp1, gp1, 1\n"
        "C_LOOP_END gp8\n"
        "C_LOOP_END gp9\n"
    )
    f = fault_of(text, "machine.max_loop_instructions=10")
    assert (f.pc, f.executed_before) == (2, 11)
    assert [(i.line, i.iteration) for i in f.iteration] == [(1, 1), (2, 4)]


def test_loop_limit_comes_before_the_address() -> None:
    text = "C_LOOP_START gp9, 2\nS_ADDI_INT gp1, gp0, 32\nV_EXP_V gp0, gp1, 0\nC_LOOP_END gp9\n"
    assert told(text, "machine.max_loop_instructions=1")[:3] == (
        "L005", "Loop exceeded max instructions limit", 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S_ADDI_INT gp1, gp0, 1\nC_LOOP_START gp9, 0\nC_LOOP_END gp9\n",
         ("L001", "C_LOOP_START 0", 1, 1)),
        ("C_LOOP_START gp9, 3\nC_LOOP_END gp9\nC_LOOP_END gp9\n",
         ("L002", "C_LOOP_END without an open loop", 2, 4)),
        ("C_LOOP_START gp9, 3\nC_LOOP_END gp9\nC_BREAK\n",
         ("L003", "C_BREAK without an open loop", 2, 4)),
        ("C_LOOP_START gp9, 3\nC_BREAK\nC_LOOP_END gp9\n",  # C_BREAK has closed the loop
         ("L002", "C_LOOP_END without an open loop", 2, 2)),
        ("C_LOOP_START gp9, 3\nC_LOOP_START gp8, 0\nC_LOOP_END gp8\nC_LOOP_END gp9\n",
         ("L001", "C_LOOP_START 0", 1, 1)),
    ],
)  # fmt: skip
def test_control_flow(text: str, expected: tuple[str, str, int, int]) -> None:
    assert told(text) == expected


def test_loops_that_do_not_nest_are_no_fault_but_an_error() -> None:
    crossed = "C_LOOP_START gp9, 3\nC_LOOP_START gp8, 2\nC_LOOP_END gp9\nC_LOOP_END gp8\n"
    found = findings_of(crossed, select=["L0"])
    assert [(f.rule, f.line, f.fault, f.first_fault) for f in found] == [("L004", 3, "", False)]
    unclosed = "C_LOOP_START gp9, 3\nS_LD_FP f1, gp0, 2000\n"
    assert [(f.rule, f.line, f.first_fault) for f in findings_of(unclosed, select=["L0"])] == [
        ("L004", 1, False), ("L014", 2, True),
    ]  # fmt: skip


def test_nothing_is_predicted_behind_an_uncertain_place() -> None:
    # The body writes the counter: whether the loop runs again, nobody says.
    text = (
        "C_LOOP_START gp9, 3\nS_ADDI_INT gp9, gp0, 1\nS_LD_FP f1, gp1, 1023\n"
        "S_ADDI_INT gp1, gp1, 1\nC_LOOP_END gp9\nS_LD_FP f1, gp0, 2000\n"
    )
    assert located(text, select=["L0", "L110"]) == [("L110", 2)]


def test_refused_at_load() -> None:
    text = "S_ADDI_INT gp1, gp0, 32\nV_EXP_V gp0, gp1, 0\nM_BMM gp3, gp0, gp0\n"
    assert told(text) == ("L012", "M_BMM rd not 0", 2, 0)
    assert located("M_BMM gp0, gp0, gp0\nM_BTMM 0, gp0, gp0\n", select=["L0"]) == []


def test_text_that_is_no_program_is_no_lint() -> None:
    with pytest.raises(InputError, match="E002"):
        findings_of("C_LOOP_END gp1\nM_MMM 0, gp1, gp2\n")


def test_one_finding_per_operation_counts_the_others() -> None:
    bad = "S_ADDI_INT gp1, gp0, 32\n" + "V_EXP_V gp0, gp1, 0\n" * 30
    found = findings_of(bad, select=["L0"])
    assert [(f.rule, f.line, f.count) for f in found] == [("L009", 2, 30)]


def test_odd_machines() -> None:
    # Sizes that are no powers of two are decided too: rows of 48, tiles of 48 x 48.
    odd = ("machine.mlen=48", "machine.vlen=48", "machine.blen=3", "memory.prefetch_m_rows=48")
    text = "C_LOOP_START gp9, 5\nV_EXP_V gp1, gp1, 0\nS_ADDI_INT gp1, gp1, {}\nC_LOOP_END gp9\n"
    assert located(text.format(96), *odd, select=["L0"]) == []
    assert told(text.format(72), *odd) == ("L009", "vram address not a multiple of VLEN", 1, 4)
    column = "S_ADDI_INT gp1, gp0, {}\nM_MM 0, gp1, gp0\n"
    assert located(column.format(144), *odd, select=["L0"]) == []
    assert told(column.format(96), *odd)[:2] == ("L006", "M_MM offset")


def test_an_unknown_instruction_that_counts() -> None:
    text = "C_LOOP_START gp9, 3\nS_NEW gp1, gp2\nS_NEW gp1, gp2\nC_LOOP_END gp9\n"
    program = parse_text(text, ParseOptions(unknown_opcode="warn"))
    board = load_board("emulator", ["machine.max_loop_instructions=1"])
    (found,) = lint(program, board, select=["L0"]).findings
    assert (found.pc, found.executed_before, found.values) == (2, 2, ())
