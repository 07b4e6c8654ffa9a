"""Requests, bytes and touched addresses against the oracle, which executes every transfer."""

from __future__ import annotations

from dataflow.programs import with_transfers
from dataflow.test_walk import EXAMPLES
from hypothesis import given, settings
from oracle.interpreter import run

from isa_analysis import load_board, parse_text
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.traffic import summary

SIZES = {"prefetch_v_rows": 3, "writeback_rows": 2, "vlen": 16, "mlen": 16, "prefetch_m_rows": 16}
BOARD = load_board(
    "custom_a7",
    [
        "machine.mlen=16",
        "machine.vlen=16",
        "memory.prefetch_v_rows=3",
        "memory.writeback_rows=2",
        "memory.prefetch_m_rows=16",
    ],
)


def touched_bytes(result, tvm):
    out = set()
    for t in result.transfers:
        for row in range(t.rows):
            start = t.element_address + row * t.stride
            out.update(range(start, start + 16))
            scale = t.scale_address + row * t.stride // 8
            out.update(range(scale, scale + 2))
    return out


@settings(max_examples=EXAMPLES)
@given(with_transfers())
def test_traffic_equals_the_oracle(lines) -> None:
    text = "\n".join(lines)
    result = run(text, trace=True, int_sram_entries=1 << 32, max_steps=100_000, **SIZES)
    assert result.fault is None
    p = profile(parse_text(text), BOARD, ModelOptions(traffic=True))
    whole = summary.whole(p.traffic)
    assert whole.transfers == len(result.transfers)
    if whole.unknown_transfers:
        return  # data-dependent here (never-written INT SRAM), zeros in the oracle
    assert p.totals.hbm_read_bytes == result.hbm_read_bytes
    assert p.totals.hbm_write_bytes == result.hbm_write_bytes
    if any(t.stride >= 1 << 31 for t in result.transfers):
        return  # rows beyond any memory: only the requests are compared
    if whole.touched.unknown:
        return
    wanted = touched_bytes(result, tvm=False)
    assert whole.touched.exact
    assert whole.touched.unique_bytes == len(wanted)
    assert (whole.touched.low, whole.touched.high) == (min(wanted), max(wanted) + 1)


def test_sums_agree_between_groupings() -> None:
    text = """
C_SET_ADDR_REG a0, gp0, gp0
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
C_LOOP_START gp10, 5
H_PREFETCH_V gp0, gp2, a0, 1, 0
S_ADDI_INT gp2, gp2, 48
C_LOOP_END gp10
H_STORE_V gp0, gp2, a0, 0, 0
"""
    p = profile(parse_text(text), BOARD, ModelOptions(traffic=True))
    traffic = p.traffic
    whole = summary.whole(traffic)
    for sums in (
        summary.by_opcode(traffic),
        summary.by_loop(traffic),
        summary.by_shape(traffic),
        summary.by_kernel(traffic, p.kernels, ("kernel",)),
        summary.by_tensor(traffic, p.kernels, None),
    ):
        assert sum(r.read_bytes for r in sums.rows) == whole.read_bytes == p.totals.hbm_read_bytes
        assert (
            sum(r.write_bytes for r in sums.rows) == whole.write_bytes == p.totals.hbm_write_bytes
        )
        assert sum(r.transfers for r in sums.rows) == 6
        assert sums.groups == len(sums.rows)


def test_the_largest_groups_come_first_and_the_others_are_counted() -> None:
    text = "".join(
        f"; @kernel k{n}\n" + "H_PREFETCH_V gp0, gp2, a0, 1, 0\n" * n + "; @end\n"
        for n in (1, 3, 2)
    )
    p = profile(parse_text(text), BOARD, ModelOptions(traffic=True))
    assert p.traffic is not None
    sums = summary.by_kernel(p.traffic, p.kernels, ("kernel",), top=2)
    assert [(r.key, r.transfers) for r in sums.rows] == [(("k3",), 3), (("k2",), 2)]
    assert sums.groups == 3


def test_a_nest_of_a_trillion_transfers_is_counted_in_closed_form() -> None:
    # 10^6 x 10^6 iterations; rows of 16 elements: 1 element block each, 48 bytes apart, so that
    # offsets are 0, 16, 32, 48 modulo 64 equally often and never cross a block boundary.
    text = """
C_LOOP_START gp10, 1000000
C_LOOP_START gp11, 1000000
H_PREFETCH_V gp0, gp2, a0, 0, 0
S_ADDI_INT gp2, gp2, 48
C_LOOP_END gp11
C_LOOP_END gp10
"""
    p = profile(parse_text(text), BOARD, ModelOptions(traffic=True))
    assert summary.whole(p.traffic).transfers == 10**12
    # 3 rows at offsets o, o + 16, o + 32: an element and a scale block per row.
    assert p.totals.hbm_read_bytes == 64 * 6 * 10**12
