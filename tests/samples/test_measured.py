"""Real programs of the compilers: emulator measurements and the seed's reports, to the digit.

The programs lie beside the project, in ../shared/samples. By default those of at most 5 MB are
read; ISA_ANALYSIS_ALL_SAMPLES=1 takes all.
"""

from __future__ import annotations

import io
import json
import lzma
import os
from collections import Counter
from typing import Any

import pytest
from support import ROOT

from isa_analysis.assembly import ParseOptions, Program
from isa_analysis.assembly.parse import parse_source
from isa_analysis.assembly.source import Source
from isa_analysis.boards import load_board
from isa_analysis.diagnostics import InputError
from isa_analysis.profiling import ModelOptions, profile

FOLDER = ROOT.parent / "shared" / "samples"
LIMIT = None if os.environ.get("ISA_ANALYSIS_ALL_SAMPLES") else 5_000_000


def known(name: str) -> dict[str, Any]:
    """The results in ``name``; empty where the samples are not there."""
    path = FOLDER / name
    return json.loads(path.read_text()) if path.is_file() else {}


MEASURED, LEGACY = known("measured.json"), known("legacy_profiler.json")

pytestmark = pytest.mark.skipif(not MEASURED, reason="../shared/samples is not here")


def text_of(name: str) -> bytes:
    """The text of a sample; skips the test when it is longer than wanted."""
    plain, packed = FOLDER / "asm" / f"{name}.asm", FOLDER / "asm" / f"{name}.asm.xz"
    if plain.is_file():
        return plain.read_bytes()
    if not packed.is_file():
        pytest.skip(f"{name} is not among the samples")
    with lzma.open(packed) as file:
        data = file.read(-1 if LIMIT is None else LIMIT + 1)
    if LIMIT is not None and len(data) > LIMIT:
        pytest.skip("larger than 5 MB: ISA_ANALYSIS_ALL_SAMPLES=1 reads it")
    return data


def read(data: bytes, **options: Any) -> Program:
    return parse_source(Source("s.asm", None, io.BytesIO(data)), ParseOptions(**options))


@pytest.mark.parametrize("name", sorted(MEASURED) or ["none"])
def test_measured_compute_cycles(name: str) -> None:
    program = read(text_of(name))
    for run in MEASURED[name]:
        given = run["parameters"]
        board = load_board(
            "emulator" if given["dc_lib_en"] else "emulator_nodc",
            [f"machine.{key}={given[key]}" for key in ("mlen", "vlen", "blen")]
            + [f"memory.{key}={given[key]}" for key in ("prefetch_m_rows", "prefetch_v_rows",
                                                         "writeback_rows")],
        )  # fmt: skip
        result = profile(program, board, ModelOptions(memory="none"))
        counts: Counter[str] = Counter()
        cycles: Counter[str] = Counter()
        for cell in result.cells:
            counts[cell.mnemonic] += cell.cost.dynamic
            cycles[cell.mnemonic] += cell.cost.total_cycles
        assert program.dialect == run["dialect"]
        assert result.totals.static == run["static"]
        assert result.totals.dynamic == run["executed"]
        assert result.totals.compute_cycles == run["compute_cycles"]
        opcodes = run["opcodes"]
        assert dict(counts) == {op: row["count"] for op, row in opcodes.items()}
        assert {op: cycles[op] for op in counts} == {
            op: row["cycles"] for op, row in opcodes.items()
        }
        assert result.complete


@pytest.mark.parametrize("name", sorted(LEGACY) or ["none"])
def test_the_seeds_reports(name: str) -> None:
    data = text_of(name)
    try:
        program = read(data)
    except InputError:
        program = read(data, lenient=True, unknown_opcode="warn")
    for board, report in LEGACY[name].items():
        model = ModelOptions(timing="legacy", memory="charge")
        totals = profile(program, load_board(board), model).totals
        assert totals.static == report["static_instruction_lines"]
        assert totals.dynamic == report["dynamic_instruction_count"]
        assert totals.total_cycles == report["estimated_cycles"]
