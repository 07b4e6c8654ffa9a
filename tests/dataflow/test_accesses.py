"""Addresses and extents of accesses, worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from isa_analysis import load_board, parse_text
from isa_analysis.dataflow import UNKNOWN, follow
from isa_analysis.dataflow.accesses import MEMORIES, find_accesses
from isa_analysis.dataflow.machine import sizes_of


@dataclass(frozen=True)
class Seen:
    pc: int
    memory: str
    write: bool
    address: object
    rows: int
    step: int
    length: int
    whole: bool = True


def accesses(text: str, *sets: str) -> list[Seen]:
    program = parse_text(text)
    board = load_board("emulator", sets)
    definitions = follow(program)
    found = find_accesses(program, definitions, sizes_of(board, program.dialect))
    out = []
    for i in range(len(found)):
        site = found.sites[int(found.site[i])]
        address = int(found.address[i])
        form = definitions.values.form(address) if address < 0 else None
        shown = address if address >= 0 else "unknown" if form is None else tuple(form)
        out.append(
            Seen(
                int(found.pc[i]), MEMORIES[site.memory], site.write, shown, site.shape.rows,
                int(found.step[i]), site.shape.length, site.shape.whole,
            )
        )  # fmt: skip
    return out


SET = "S_ADDI_INT gp1, gp0, 4096\nS_ADDI_INT gp2, gp0, 128\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # BLEN = 4 rows of MLEN elements, MLEN apart; matrix first, then the vector.
        ("M_MM 0, gp1, gp2",
         [("msram", False, 4096, 4, 64, 64), ("vsram", False, 128, 4, 64, 64)]),
        ("M_TMM 0, gp2, gp1",
         [("msram", False, 4096, 4, 64, 64), ("vsram", False, 128, 4, 64, 64)]),
        # A batched product reads MLEN rows, and of the tile the rows of one head (HLEN = 16).
        ("M_BTMM 0, gp1, gp2",
         [("msram", False, 4096, 16, 64, 64), ("vsram", False, 128, 64, 64, 64)]),
        ("M_BTMV gp2, gp1, gp2",  # the first operand is an offset into the matrix
         [("msram", False, 4224, 16, 64, 64), ("vsram", False, 128, 1, 64, 64)]),
        ("M_TMV 0, gp1, gp2",
         [("msram", False, 4096, 64, 64, 64), ("vsram", False, 128, 1, 64, 64)]),
        # BLEN x BLEN into BLEN rows; the stride counts rows, gp0 stands for 1.
        ("M_MM_WO gp1, gp0, 8", [("vsram", True, 4104, 4, 64, 4)]),
        ("M_MM_WO gp1, gp2, 8", [("vsram", True, 4104, 4, 8192, 4)]),
        ("M_BMM_WO gp1, 64", [("vsram", True, 4160, 256, 64, 64)]),
        ("V_ADD_VV gp1, gp2, gp1, 0",
         [("vsram", False, 128, 1, 64, 64), ("vsram", False, 4096, 1, 64, 64),
          ("vsram", True, 4096, 1, 64, 64)]),
        ("V_RED_SUM f1, gp2", [("vsram", False, 128, 1, 64, 64)]),
        ("V_RED_SUM f0, gp2", []),  # skipped
        ("V_TOPK gp2, gp1, gp2, 1",
         [("vsram", False, 4096, 2, 64, 64), ("fpsram", True, 128, 1, 0, 8),
          ("intsram", True, 128, 1, 0, 8)]),
        ("S_LD_FP f1, gp2, 7", [("fpsram", False, 135, 1, 0, 1)]),
        ("S_ST_INT gp1, gp2, 7", [("intsram", True, 135, 1, 0, 1)]),
        ("S_MAP_V_FP gp1, gp2, 3",
         [("fpsram", False, 131, 1, 0, 64), ("vsram", True, 4096, 1, 64, 64)]),
        ("S_ADD_FP f1, f2, f3", []),
        ("C_SET_SCALE_REG gp1", []),
    ],
)  # fmt: skip
def test_one_instruction(line: str, expected: list[tuple[object, ...]]) -> None:
    seen = [(a.memory, a.write, a.address, a.rows, a.step, a.length) for a in accesses(SET + line)]
    assert seen == expected


def test_transfers() -> None:
    text = (
        SET + "S_ADDI_INT gp3, gp0, 640\nC_SET_ADDR_REG a1, gp2, gp3\nC_SET_STRIDE_REG gp3\n"
        "H_PREFETCH_M gp1, gp2, a1, 1, 0\nH_PREFETCH_V gp1, gp2, a1, 0, 0\n"
        "H_STORE_V gp1, gp2, a1, 0, 0\n"
    )
    seen = accesses(text)
    assert [a.pc for a in seen] == [5, 5, 6, 6, 7, 7]
    hbm = [a for a in seen if a.memory == "hbm"]
    # a1 = 128 << 32 | 640, offset 128; 64 bytes per row of MXFP8; strided by 640 only when asked.
    assert [(a.write, a.address, a.rows, a.step, a.length) for a in hbm] == [
        (False, 768, 64, 640, 64), (False, 768, 4, 64, 64), (True, 768, 4, 64, 64),
    ]  # fmt: skip
    chip = [a for a in seen if a.memory != "hbm"]
    assert [(a.memory, a.write, a.rows, a.step) for a in chip] == [
        ("msram", True, 64, 64), ("vsram", True, 4, 64), ("vsram", False, 4, 64),
    ]  # fmt: skip


def test_addresses_in_loops_are_forms() -> None:
    text = (
        "C_LOOP_START gp5, 8\nV_EXP_V gp1, gp1, 0\nS_LD_FP f1, gp1, 3\n"
        "S_ADDI_INT gp1, gp1, 64\nC_LOOP_END gp5\n"
    )
    seen = accesses(text)
    assert [a.address for a in seen] == [(0, ((0, 64),)), (0, ((0, 64),)), (3, ((0, 64),))]


def test_unknown_addresses_stay_unknown() -> None:
    text = "S_LD_INT gp1, gp0, 0\nV_EXP_V gp1, gp1, 0\nS_LD_FP f1, gp1, 5\n"
    seen = accesses(text)
    assert [a.address for a in seen] == [0, "unknown", "unknown", "unknown"]
    assert UNKNOWN == -1


def test_what_overwrites_everything() -> None:
    text = "V_EXP_V gp1, gp1, 0\nV_EXP_V gp1, gp1, 1\nM_MM_WO gp1, gp0, 0\n"
    seen = accesses(text)
    assert [a.whole for a in seen if a.write] == [True, False, False]


def test_plena_tvm_reads_columns_of_a_tile() -> None:
    seen = accesses("S_SLLI_INT gp1, gp0, 0\nM_MM 0, gp1, gp1\n")
    assert (seen[0].rows, seen[0].step, seen[0].length) == (64, 64, 4)


def test_prefetch_rows_are_rounded_up_to_tiles() -> None:
    seen = accesses("H_PREFETCH_M gp0, gp0, a0, 0, 0", "memory.prefetch_m_rows=65")
    assert [a.rows for a in seen] == [128, 128]


def test_nothing_to_find() -> None:
    assert accesses("; nothing\n") == []
    assert accesses("S_ADDI_INT gp1, gp0, 1\n") == []
