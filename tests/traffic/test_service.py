"""Sampling in execution order, charges that need no address, and measured totals."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from dataflow.programs import programs
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.interpreter import run
from traffic.test_against_oracle import BOARD, SIZES, with_transfers

from isa_analysis import load_board, parse, parse_text
from isa_analysis.diagnostics import InputError
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.traffic.charges import aligned_charges
from isa_analysis.traffic.requests import machine_of
from isa_analysis.traffic.sample import LENGTH, RUNS, sample

SAMPLES = Path(__file__).parents[2] / ".." / "shared" / "samples"


@settings(max_examples=150, deadline=None)
@given(with_transfers())
def test_a_complete_sample_is_the_trace(lines) -> None:
    text = "\n".join(lines)
    result = run(text, trace=True, int_sram_entries=1 << 32, max_steps=100_000, **SIZES)
    p = profile(parse_text(text), BOARD, ModelOptions(traffic=True))
    if max(p.traffic.requests.times) > RUNS * LENGTH or any(p.traffic.requests.unknown):
        return
    got = sample(p.traffic, p.program.loops)
    pcs = p.traffic.transfers.pc[got.transfer].tolist()
    assert pcs == [t.pc for t in result.transfers]
    assert got.element.tolist() == [t.element_address for t in result.transfers]
    assert got.scale.tolist() == [t.scale_address for t in result.transfers]
    assert got.stride.tolist() == [t.stride for t in result.transfers]


def test_long_loops_are_sampled_in_runs() -> None:
    text = """
C_LOOP_START gp10, 1000
H_PREFETCH_V gp0, gp2, a0, 0, 0
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp10
"""
    p = profile(parse_text(text), BOARD, ModelOptions(traffic=True))
    got = sample(p.traffic, p.program.loops)
    starts = [0, 330, 661, 992]
    assert got.element.tolist() == [64 * (s + k) for s in starts for k in range(8)]


def test_charges_without_an_address_map() -> None:
    # v80 at 400 MHz: 120 ns plus 0.078125 ns per request; 120 ns per stored block.
    board = load_board("v80")
    machine = machine_of(board, "plena")
    assert aligned_charges(board.board.memory.service, machine, board.clock_hz) == {
        "H_PREFETCH_M": 52,  # 130 ns: 128 requests
        "H_PREFETCH_V": 48,  # 120.6 ns: 8 requests
        "H_STORE_V": 384,  # 960 ns: 8 blocks
    }


def test_service_needs_parameters() -> None:
    with pytest.raises(InputError, match="E109"):
        profile(
            parse_text("S_ADDI_INT gp1, gp0, 1"),
            load_board("custom_a7"),
            ModelOptions(memory="service"),
        )


@settings(max_examples=50, deadline=None)
@given(programs, st.integers(1, 4))
def test_loops_and_kernels_sum_with_service(lines, count) -> None:
    lines = [*lines, *["H_PREFETCH_V gp0, gp1, a0, 0, 0"] * count]
    p = profile(parse_text("\n".join(lines)), load_board("emulator"))
    assert p.totals.memory_cycles == sum(c.cost.memory_cycles for c in p.cells) > 0
    text = ["C_LOOP_START gp15, 3", *lines, "C_LOOP_END gp15"]
    p = profile(parse_text("\n".join(text)), load_board("emulator"))
    assert p.loops[0].cycles == p.totals.total_cycles


def measured() -> dict[str, list[dict[str, object]]]:
    file = SAMPLES / "measured.json"
    return json.loads(file.read_text()) if file.exists() else {}


@pytest.mark.skipif(not measured(), reason="the shared samples are not beside the checkout")
def test_measured_bytes_and_totals(tmp_path) -> None:
    errors = []
    for name, runs in measured().items():
        packed, plain = SAMPLES / "asm" / f"{name}.asm.xz", SAMPLES / "asm" / f"{name}.asm"
        if packed.exists() and packed.stat().st_size > 12_000:
            continue  # the large ones take long
        path = plain if plain.exists() else tmp_path / f"{name}.asm"
        if not plain.exists():
            path.write_bytes(lzma.decompress(packed.read_bytes()))
        program = parse(str(path))
        for r in runs:
            q = r["parameters"]
            keys = ("prefetch_m_rows", "prefetch_v_rows", "writeback_rows")
            board = load_board(
                "emulator" if q["dc_lib_en"] else "emulator_nodc",
                [f"machine.{k}={q[k]}" for k in ("mlen", "vlen", "blen")]
                + [f"memory.{k}={q[k]}" for k in keys],
            )
            p = profile(program, board, ModelOptions(traffic=True))
            assert p.totals.hbm_read_bytes == r["hbm_read_bytes"], name
            assert p.totals.hbm_write_bytes == r["hbm_write_bytes"], name
            if q["mlen"] == 1024:
                continue  # timed with an older DRAM model
            off = abs(p.totals.total_cycles - r["total_cycles"])
            if r["total_cycles"] > 10_000:
                errors.append(off / r["total_cycles"])
            else:
                assert off <= 100 + 0.1 * r["total_cycles"], name
    assert len(errors) > 30
    assert sum(errors) / len(errors) <= 0.01
    assert max(errors) <= 0.05
    assert sum(e <= 0.02 for e in errors) >= 0.95 * len(errors)
