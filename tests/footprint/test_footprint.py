"""Footprints by hand."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from isa_analysis import load_board, parse, parse_text
from isa_analysis.footprint import footprint
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.views import footprint as view

BOARD = load_board("custom_a7")  # MLEN = VLEN = 64, BF16 on chip: 128 bytes per vector row


def of(text, parts=("kernel",), board=BOARD):
    p = profile(parse_text(text), board, ModelOptions(memory="none", traffic=True))
    return p, footprint(p, board, parts)


def memory(found, name):
    return next(o for o in found.whole if o.memory == name)


def test_vector_rows_of_a_running_pointer() -> None:
    # Rows at elements 640, 768, ... (a gap of one row each): 5 rows of 128 bytes.
    _, found = of("""
S_ADDI_INT gp1, gp0, 640
C_LOOP_START gp10, 5
V_EXP_V gp1, gp1, 0
S_ADDI_INT gp1, gp1, 128
C_LOOP_END gp10
""")
    o = memory(found, "vsram")
    assert (o.low, o.high, o.unique_bytes) == (1280, (640 + 4 * 128 + 64) * 2, 5 * 128)
    assert o.capacity_bytes == 4194304 * 128
    assert o.fits
    assert o.exact


def test_a_row_read_and_written_counts_once() -> None:
    _, found = of("V_ADD_VV gp0, gp0, gp0\n" * 3)
    assert memory(found, "vsram").unique_bytes == 128


def test_prefetch_fills_sram_and_touches_hbm() -> None:
    _, found = of("H_PREFETCH_M gp0, gp0, a0, 0, 0\nH_PREFETCH_V gp0, gp0, a0, 0, 0")
    assert memory(found, "msram").unique_bytes == 64 * 64 * 2
    assert memory(found, "vsram").unique_bytes == 4 * 128
    # SCALE is 0: the scales of the first rows lie where the elements are.
    assert memory(found, "hbm").unique_bytes == 64 * 64


def test_spills_and_fp_constants() -> None:
    _, found = of("S_ST_INT gp1, gp0, 7\nS_LD_INT gp2, gp0, 7\nS_LD_FP f1, gp0, 3")
    assert (memory(found, "intsram").low, memory(found, "intsram").high) == (28, 32)
    assert (memory(found, "fpsram").low, memory(found, "fpsram").high) == (6, 8)


def test_an_address_from_data_is_unknown_not_zero() -> None:
    _, found = of("S_LD_INT gp1, gp0, 0\nV_EXP_V gp1, gp1, 0")
    o = memory(found, "vsram")
    assert (o.low, o.high, o.unique_bytes, o.unknown) == (None, None, 0, 2)
    assert o.fits is None


def test_beyond_the_capacity() -> None:
    board = load_board("custom_a7", ["memory.vector_sram_depth=2"])
    _, found = of("S_ADDI_INT gp1, gp0, 128\nV_EXP_V gp1, gp1, 0", board=board)
    assert memory(found, "vsram").fits is False


def test_kernels_and_whole() -> None:
    p, found = of("""
; @kernel first
V_EXP_V gp0, gp0, 0
; @end
; @kernel second
S_ADDI_INT gp1, gp0, 64
V_EXP_V gp1, gp0, 0
; @end
""")
    by_path = {path[0]: memories for path, memories in found.kernels}
    vector = {name: m[1].unique_bytes for name, m in by_path.items()}
    assert vector["first"] == 128
    assert vector["second"] == 256
    assert memory(found, "vsram").unique_bytes == 256
    document = json.loads(view.render_json([(p, found)], ("kernel",)))
    assert document["programs"][0]["memories"][1]["unique_bytes"] == 256


@pytest.mark.parametrize("name", ["decoder", "routed_experts", "tvm_kernel", "every_opcode"])
def test_views_of_the_samples(name) -> None:
    board = load_board("v80")
    program = parse(f"sample_asm/{name}.asm")
    p = profile(program, board, ModelOptions(memory="none", traffic=True))
    found = footprint(p, board)
    assert "Footprint by kernel" in view.render([(p, found)], ("kernel",), 10)
    root = ET.fromstring(view.render_svg(p, found))
    bars = [e for e in root.iter() if e.tag.endswith("rect") and e.get("class") in ("k", "p")]
    drawn = sum(o.high is not None for _, memories in found.kernels for o in memories)
    assert len(bars) == drawn
