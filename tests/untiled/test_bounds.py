"""The three bounds: by hand, and on random programs against the oracle that executes them."""

from __future__ import annotations

import os
import re

import pytest
from dataflow.programs import with_transfers
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.interpreter import Result, run
from support import lines_of, nests, program_of

from isa_analysis import load_board
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.untiled.bounds import is_overhead, sram_reads, untiled
from isa_analysis.untiled.model import Bounds, Cycles, Untiled

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))
#: Small rows so that touched bytes can be listed one by one; charges as on the shipped board.
SETS = (
    "machine.mlen=16", "machine.vlen=16", "memory.prefetch_v_rows=3", "memory.writeback_rows=2",
    "memory.prefetch_m_rows=16",
)  # fmt: skip
SIZES = {"prefetch_v_rows": 3, "writeback_rows": 2, "vlen": 16, "mlen": 16, "prefetch_m_rows": 16}
CHARGES = {"H_PREFETCH_M": 400, "H_PREFETCH_V": 25, "H_STORE_V": 25}


def of(text: str, far: int = 10, board: str = "nexys_a7", sets: tuple[str, ...] = ()) -> Untiled:
    loaded = load_board(board, sets)
    model = ModelOptions(traffic=True)
    return untiled(profile(program_of(text), loaded, model), loaded, far, ("kernel",), model)


def test_a_tile_loop_by_hand() -> None:
    # nexys_a7: M_MM 64, scalar and control 1. 1 + 8 x (64 + 1 + 1) = 529 cycles.
    u = of("C_LOOP_START gp5, 8\nM_MM 0, gp1, gp2\nS_ADDI_INT gp1, gp1, 4\nC_LOOP_END gp5\n")
    w = u.whole
    assert w.program == Cycles(529, 0)
    # START, ADDI and END once each: 8 x 64 + 3.
    assert w.u1 == Cycles(515, 0)
    assert (w.overhead_cycles, w.overhead_once) == (17, 3)
    assert w.u2 == w.program
    # M_MM reads matrix and vector SRAM: 16 reads of 10 cycles.
    assert (w.sram_reads, w.u3) == (16, Cycles(529 + 160, 0))
    assert w.refetch_factor is None


def test_fetching_once_by_hand() -> None:
    # One row of 64 elements and 8 scales, 4 rows: 288 bytes, fetched 5 times at 25 cycles.
    text = (
        "S_LUI_INT gp2, 1\nC_SET_SCALE_REG gp2\n"
        "C_LOOP_START gp5, 5\nH_PREFETCH_V gp1, gp3, a0, 0, 0\nC_LOOP_END gp5\n"
    )
    u = of(text)
    w = u.whole
    assert w.program == Cycles(8, 125)
    assert (w.moved_bytes, w.unique_bytes, w.refetch_factor) == (5 * 288, 288, 5.0)
    assert w.bus_bytes == 5 * 8 * 64
    assert w.u2 == Cycles(8, 25)
    assert w.u1 == Cycles(4, 125)
    matrix, vector, fp, integer = u.capacities
    assert matrix.needs_bytes == fp.needs_bytes == integer.needs_bytes == 0
    # 256 distinct elements of 2 bytes on chip; 4,194,304 rows of 64 elements are there.
    assert (vector.distinct_bytes, vector.used_bytes) == (512, 512)
    assert (vector.needs_bytes, vector.has_bytes) == (512, 4194304 * 64 * 2)
    assert vector.fits is vector.used_fits is True


def test_every_kind_of_transfer_counts_its_own_bytes() -> None:
    # The store writes back what was fetched: the bytes are distinct once, at the prefetch.
    text = (
        "S_LUI_INT gp2, 1\nC_SET_SCALE_REG gp2\n"
        "H_PREFETCH_V gp1, gp3, a0, 0, 0\nH_STORE_V gp1, gp3, a0, 0, 0\n"
    )
    w = of(text).whole
    assert (w.moved_bytes, w.unique_bytes) == (576, 288)
    assert w.u2.memory == 25


def test_a_weight_that_does_not_fit() -> None:
    # 2 tiles of 64 x 64 are 16 KiB in BF16; the memory is cut to one tile.
    text = (
        "S_LUI_INT gp2, 64\nC_SET_SCALE_REG gp2\nS_LUI_INT gp3, 1\n"
        "H_PREFETCH_M gp0, gp0, a0, 0, 0\nH_PREFETCH_M gp0, gp3, a0, 0, 0\n"
    )
    matrix, *_ = of(text, sets=("memory.matrix_sram_tiles=64",)).capacities
    assert (matrix.used_bytes, matrix.used_fits) == (8192, True)
    assert (matrix.needs_bytes, matrix.has_bytes, matrix.fits) == (16384, 8192, False)


def test_addresses_that_depend_on_data_stay_in_full() -> None:
    text = (
        "S_LD_INT gp3, gp0, 0\nC_LOOP_START gp5, 4\nH_PREFETCH_V gp1, gp3, a0, 0, 0\n"
        "C_LOOP_END gp5\n"
    )
    u = of(text)
    assert u.whole.unknown == 4
    assert u.whole.u2.memory == u.whole.program.memory == 100
    assert u.whole.refetch_factor is None
    assert u.capacities[1].unknown == 1
    assert u.capacities[1].fits is None


def test_skipped_instructions_read_nothing() -> None:
    assert of("V_RED_SUM f1, gp1\nV_RED_SUM f0, gp1\nS_LD_FP f0, gp1, 0\n").whole.sram_reads == 2


@pytest.mark.parametrize(
    ("mnemonic", "reads"),
    [("M_MM", 2), ("V_ADD_VV", 2), ("V_EXP_V", 1), ("H_STORE_V", 1), ("H_PREFETCH_V", 0),
     ("S_LD_FP", 1), ("S_ST_FP", 0), ("S_MAP_V_FP", 1), ("S_LD_INT", 1), ("M_MM_WO", 0),
     ("V_TOPK", 1), ("S_ADD_FP", 0), ("V_WHAT", 0)],
)  # fmt: skip
def test_operand_reads(mnemonic: str, reads: int) -> None:
    assert sram_reads(mnemonic) == reads


def test_overhead() -> None:
    assert all(map(is_overhead, ("C_LOOP_END", "S_ADDI_INT", "S_LD_INT", "C_SET_ADDR_REG")))
    assert not any(map(is_overhead, ("S_ADD_FP", "V_ADD_VV", "M_MM", "H_STORE_V", "V_WHAT")))


def test_the_bracket() -> None:
    assert (Cycles(30, 70).overlapped, Cycles(30, 70).total) == (70, 100)
    assert (Cycles(70, 30).overlapped, Cycles(70, 30).total) == (70, 100)


def test_an_empty_program() -> None:
    u = of("; nothing\n")
    assert [c.total for _, c in u.whole.cycles()] == [0, 0, 0, 0]


def test_a_latency_must_be_given_and_possible() -> None:
    with pytest.raises(ValueError, match="0 cycles or more"):
        of("S_LUI_INT gp1, 1", far=-1)


def test_a_nest_of_a_trillion_iterations_is_closed_form() -> None:
    w = of("C_LOOP_START gp5, 1000000\nC_LOOP_START gp6, 1000000\nV_EXP_V gp1, gp1\n"
           "C_LOOP_END gp6\nC_LOOP_END gp5\n").whole  # fmt: skip
    assert w.u1.compute == 6 * 10**12 + 4
    assert w.sram_reads == 10**12


# -- random programs ------------------------------------------------------------------------------

reads_of = {
    "M_MM": 2, "M_MV": 2, "V_ADD_VV": 2, "V_SUB_VF": 1, "V_MUL_VF": 1, "V_EXP_V": 1, "V_RECI_V": 1,
    "V_RED_SUM": 1, "V_RED_MAX": 1, "V_MAX_VF": 1, "V_TOPK": 1, "V_SHFT_V": 1, "S_LD_FP": 1,
    "S_LD_INT": 1, "S_MAP_V_FP": 1, "H_STORE_V": 1,
}  # fmt: skip


def expected(lines: list[str], result: Result, cycles_each: list[int]) -> tuple[int, int]:
    """U1's compute cycles and the SRAM reads, instruction by instruction."""
    u1 = reads = 0
    for line, times, each in zip(lines, result.executed_at, cycles_each, strict=True):
        mnemonic = line.split()[0]
        overhead = mnemonic.startswith("C_") or mnemonic.endswith("_INT")
        u1 += each * (min(times, 1) if overhead else times)
        skipped = mnemonic.startswith("V_RED") and re.search(r"\bf0,", line)
        reads += 0 if skipped else times * reads_of.get(mnemonic, 0)
    return u1, reads


def check_invariants(b: Bounds) -> None:
    for bound in (b.u1, b.u2):
        assert bound.total <= b.program.total
        assert bound.overlapped <= b.program.overlapped
    assert b.u3.total >= b.program.total
    for _, c in b.cycles():
        assert c.overlapped <= c.total
        assert c.overlapped == max(c.compute, c.memory)
        assert c.total == c.compute + c.memory
    assert b.unique_bytes <= b.moved_bytes


@settings(max_examples=EXAMPLES)
@given(nests(size=10), st.integers(0, 1000))
def test_u1_and_u3_against_the_oracle(tree, far: int) -> None:
    lines = [line for line in lines_of(tree) if not line.startswith((";", "//"))]
    result = run("\n".join(lines))
    single = [run("\n".join([line])).cycles if not line.startswith("C_LOOP") else 1
              for line in lines]  # fmt: skip
    u = of("\n".join(lines), far, "emulator")
    u1, reads = expected(lines, result, single)
    w = u.whole
    assert w.program.compute == result.cycles
    assert w.u1.compute == u1
    assert w.sram_reads == reads
    assert w.u3.compute == result.cycles + far * reads
    for b in (w, *u.kernels):
        check_invariants(b)
    assert sum(b.u1.total for b in u.kernels) == w.u1.total
    assert sum(b.u3.total for b in u.kernels) == w.u3.total


def touched(result: Result, kind: str) -> set[int]:
    out: set[int] = set()
    for t in result.transfers:
        if t.mnemonic != kind:
            continue
        for row in range(t.rows):
            start = t.element_address + row * t.stride
            out.update(range(start, start + 16))
            scale = t.scale_address + row * t.stride // 8
            out.update(range(scale, scale + 2))
    return out


@settings(max_examples=EXAMPLES)
@given(with_transfers())
def test_u2_against_the_oracle(lines: list[str]) -> None:
    text = "\n".join(lines)
    result = run(text, trace=True, int_sram_entries=1 << 32, max_steps=100_000, **SIZES)
    u = of(text, 1, "nexys_a7", SETS)
    for b in (u.whole, *u.kernels):
        check_invariants(b)
    if u.whole.unknown or not u.whole.exact or any(t.stride >= 1 << 31 for t in result.transfers):
        return
    seen: set[int] = set()
    memory = 0
    for kind, charge in CHARGES.items():
        mine = [t for t in result.transfers if t.mnemonic == kind]
        moved = sum(18 * t.rows for t in mine)
        fresh = touched(result, kind) - seen
        seen |= fresh
        if moved:
            memory += -(-charge * len(mine) * len(fresh) // moved)
    if u.whole.unique_bytes == len(seen):
        assert u.whole.u2.memory == memory
    else:  # an address that cannot be followed keeps its transfers in full
        assert u.whole.unique_bytes > len(seen)
        assert memory <= u.whole.u2.memory
