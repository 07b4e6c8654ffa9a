"""Memory models on small programs, worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from support import SAMPLES as PROGRAMS
from support import program_of

from isa_analysis import load_board, parse
from isa_analysis.diagnostics import InputError
from isa_analysis.manifest import Manifest, Region, load
from isa_analysis.manifest.build import build
from isa_analysis.manifest.rules import load_rules
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.residency import (
    MEMORY_MODELS,
    AccessTrace,
    MemoryRun,
    changes,
    choose_bandwidth,
    choose_capacity,
    evaluate,
    order,
    trace,
)

BOARD = load_board("custom_a7")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "samples"


def traced(text: str, *regions: Region, board: str = "custom_a7", **manifest: int) -> AccessTrace:
    loaded = load_board(board)
    p = profile(program_of(text), loaded, ModelOptions(traffic=True))
    return trace(p, Manifest(regions, **manifest), loaded)


def prefetch(*offsets: int) -> str:
    """One H_PREFETCH_V (4 rows of 64 elements: 4 element blocks) per offset; scales 0x10000 on."""
    return "S_ADDI_INT gp9, gp0, 65536\nC_SET_SCALE_REG gp9\n" + "".join(
        f"S_ADDI_INT gp1, gp0, {offset}\nH_PREFETCH_V gp0, gp1, a0, 0, 0\n" for offset in offsets
    )


W0 = Region(0, 0, 1024, "weight", "W_a_0")
W1 = Region(1, 1024, 1024, "weight", "W_b_1")
K = Region(0, 2048, 512, "kv", "K")
X = Region(0, 2560, 256, "activation", "X")
ALL = (W0, W1, K, X)


def run(found: AccessTrace, model: str, capacity: int, bandwidth: int = 10**9) -> MemoryRun:
    return evaluate(found, model, capacity=capacity, host_bandwidth=bandwidth)  # type: ignore[arg-type]


def test_streaming_by_hand() -> None:
    # 2 transfers in weights, 1 in KV: 4 element reads each; all scale reads are outside.
    found = run(traced(prefetch(0, 1024, 2048), *ALL), "host-stream", 4096, 38_000_000)
    assert (found.weight_reads, found.other_reads) == (8, 4 + 12)
    assert found.streamed_bytes == 8 * 64
    assert found.link_ns == 8 * Fraction(64_000_000_000, 38_000_000)
    assert found.resident_bytes == 768
    assert found.swaps == found.swapped_bytes == 0
    assert [(r.label, u.streamed_bytes) for r, u in found.regions] == [
        ("W_a_0", 256), ("W_b_1", 256), ("K", 0),
    ]  # fmt: skip
    assert run(
        traced(prefetch(0, 1024, 2048), *ALL), "weight-stream", 4096, 38_000_000
    ).link_ns == (found.link_ns)


def test_layer_swap_by_hand() -> None:
    found = traced(prefetch(0, 1024, 0, 1024, 2048), *ALL)
    one = run(found, "layer-swap", 1024)
    assert (one.swaps, one.first_loads, one.swapped_bytes) == (4, 2, 4096)
    assert one.link_ns == 4096
    assert [(layer, use.swaps, use.swapped_bytes) for layer, use in one.layers] == [
        (0, 2, 2048), (1, 2, 2048),
    ]  # fmt: skip
    both = run(found, "layer-swap", 2048)
    assert (both.swaps, both.swapped_bytes, both.resident_bytes) == (2, 2048, 2048 + 768)


def test_a_layer_has_all_its_weights() -> None:
    other = Region(0, 4096, 100, "weight", "W_c_0")
    found = run(traced(prefetch(0), W0, other), "layer-swap", 5000)
    assert (found.swaps, found.swapped_bytes) == (1, 1124)


def test_a_layer_larger_than_the_capacity_is_loaded_after_each_eviction() -> None:
    found = run(traced(prefetch(0, 0, 1024, 0), *ALL), "layer-swap", 100)
    assert found.swaps == 3
    assert [d.code for d in found.diagnostics].count("W704") == 2


def test_kv_swap_by_hand() -> None:
    # Weights take 2048; 600 are left: K (512) and X (256) cannot both be there.
    found = run(traced(prefetch(2048, 2560, 2048, 0), *ALL), "kv-swap", 2648)
    assert (found.swaps, found.first_loads) == (3, 2)
    assert found.swapped_bytes == 512 + 256 + 512
    assert found.resident_bytes == 2048 + 512
    assert not [d for d in found.diagnostics if d.code != "W706"]


def test_auto_takes_the_regime_and_says_what_was_asked() -> None:
    found = traced(prefetch(0, 2048), *ALL)
    for capacity, regime in ((2816, "resident"), (2815, "kv-swap"), (2047, "weight-stream")):
        one = run(found, "auto", capacity)
        assert (one.requested_model, one.model) == ("auto", regime)
        forced = run(found, regime, capacity)
        assert (forced.link_ns, forced.swaps) == (one.link_ns, one.swaps)


def test_time_without_and_with() -> None:
    found = run(traced(prefetch(0), *ALL), "host-stream", 4096, 64)
    # 2 scalar operations, then 1 + 25 cycles at 100 MHz; 4 blocks at 64 bytes/s are 4 s.
    assert found.base_cycles == 2 + 1 + 25
    assert found.base_ns == 280
    assert found.link_ns == 4 * 10**9
    assert found.total_cycles == 28 + 4 * 10**8
    assert found.total_ns == 280 + 4 * 10**9
    assert 0.999 < found.link_utilisation < 1
    assert found.local_busy == pytest.approx(250 / (280 + 4e9))


def test_cycles_are_rounded_once_halves_up() -> None:
    # 64 bytes at 12.8e9 bytes/s are 5 ns, half a cycle of 100 MHz; a transfer of 4 is 2 cycles.
    found = run(traced(prefetch(0), *ALL), "host-stream", 4096, 12_800_000_000)
    assert (found.link_ns, found.link_cycles) == (20, 2)
    half = Region(0, 0, 64, "weight")
    one = run(traced(prefetch(0), half), "host-stream", 4096, 12_800_000_000)
    assert (one.link_ns, one.link_cycles) == (5, 1)


def test_a_layer_above_18_gb() -> None:
    big = Region(0, 0, 20 * 10**9, "weight", "W_0")
    found = run(traced(prefetch(0), big), "layer-swap", 1 << 35, 38_000_000)
    assert found.swapped_bytes == 20 * 10**9
    assert found.link_ns == Fraction(20 * 10**18, 38_000_000)


@pytest.mark.parametrize(
    ("model", "capacity", "codes"),
    [
        ("resident", 4096, set()),
        ("resident", 2000, {"W705"}),
        ("weight-stream", 100, {"W703", "W705"}),
        ("kv-swap", 100, {"W703", "W705"}),
        ("kv-swap", 2100, {"W703"}),
        ("layer-swap", 1000, {"W703", "W704"}),
        ("layer-swap", 1024, set()),
    ],
)
def test_warnings(model: str, capacity: int, codes: set[str]) -> None:
    found = run(traced(prefetch(0), *ALL), model, capacity)
    assert {d.code for d in found.diagnostics} - {"W706"} == codes
    assert {d.severity for d in found.diagnostics} <= {"warning"}


def test_requests_outside_all_regions_are_counted_and_said() -> None:
    found = run(traced(prefetch(0, 8192), *ALL), "host-stream", 4096)
    assert found.outside_requests == 4 + 8
    assert [d.code for d in found.diagnostics] == ["W706"]


def test_unknown_addresses_have_a_bound() -> None:
    text = "S_LD_INT gp1, gp0, 3\nH_PREFETCH_V gp0, gp1, a0, 0, 0\n" + prefetch(0)
    found = traced(text, *ALL)
    assert found.unknown.read == 8
    assert found.unknown_most.read == 4 * 2 + 4
    assert found.unknown_lines == (2,)
    one = run(found, "host-stream", 4096)
    assert one.unknown is not None
    assert one.unknown.extra_link_bytes == 64 * 12
    assert "W707" in {d.code for d in one.diagnostics}
    swapped = run(found, "layer-swap", 4096)
    assert swapped.unknown is not None
    assert swapped.unknown.extra_link_bytes == 2 * 12 * 1024
    assert run(traced(prefetch(0), *ALL), "host-stream", 4096).unknown is None


def test_loops_walk_across_regions_in_closed_form() -> None:
    # 16 x 4 x 10^6 rounds over 2 KB of weights in steps of 256 bytes: 4 transfers in each layer.
    text = (
        "S_ADDI_INT gp9, gp0, 65536\nC_SET_SCALE_REG gp9\nC_LOOP_START gp10, 4000000\n"
        "C_LOOP_START gp11, 16\nS_ADDI_INT gp1, gp0, 0\nC_LOOP_START gp12, 8\n"
        "H_PREFETCH_V gp0, gp1, a0, 0, 0\nS_ADDI_INT gp1, gp1, 256\n"
        "C_LOOP_END gp12\nC_LOOP_END gp11\nC_LOOP_END gp10\n"
    )
    found = traced(text, *ALL)
    times = 16 * 4 * 10**6
    assert [q.read for q in found.requests] == [16 * times, 16 * times, 0, 0]
    assert run(found, "layer-swap", 1024).swaps == 2 * times
    assert run(found, "layer-swap", 2048).swaps == 2


def test_a_nest_that_is_too_irregular_is_unknown_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "C_LOOP_START gp10, 300\nS_ADD_INT gp1, gp2, gp0\nC_LOOP_START gp11, 40\n"
        "H_PREFETCH_V gp0, gp1, a0, 0, 0\nS_ADDI_INT gp1, gp1, 64\nC_LOOP_END gp11\n"
        "S_ADDI_INT gp2, gp2, 16\nC_LOOP_END gp10\n" + prefetch(0)
    )
    exact = traced(text, *ALL)
    assert exact.irregular == 0
    monkeypatch.setattr(order, "MOST_LOOKS", 50)
    found = traced(text, *ALL)
    assert found.irregular == 1
    assert found.unknown_lines == (4,)
    assert found.requests[0].read == 4
    for model in ("weight-stream", "layer-swap", "kv-swap"):
        some, all_ = run(found, model, 1100), run(exact, model, 1100)
        assert some.unknown is not None
        assert (
            some.link_bytes <= all_.link_bytes <= (some.link_bytes + some.unknown.extra_link_bytes)
        )


def test_a_program_without_transfers() -> None:
    found = traced("S_ADDI_INT gp1, gp0, 1\n", *ALL)
    for model in MEMORY_MODELS:
        assert run(found, model, 64).link_bytes == 0


def test_an_empty_manifest() -> None:
    found = run(traced(prefetch(0)), "auto", 64)
    assert (found.model, found.link_bytes, found.outside_requests) == ("resident", 0, 8)


def test_a_profile_without_traffic_is_refused() -> None:
    p = profile(program_of(prefetch(0)), BOARD)
    with pytest.raises(ValueError, match="traffic=True"):
        trace(p, Manifest(ALL))


# -- choices ---------------------------------------------------------------------------------------


def test_capacity_is_the_flag_then_the_manifest_then_the_board() -> None:
    with_one, without = Manifest((), 123), Manifest(())
    assert choose_capacity(with_one, BOARD, "1K") == (1024, "flag")
    assert choose_capacity(with_one, BOARD) == (123, "manifest")
    assert choose_capacity(without, BOARD) == (512 << 20, "board")


def test_bandwidth_is_the_flag_then_the_board() -> None:
    assert choose_bandwidth(BOARD, "38MB/s") == (38_000_000, "flag")
    assert choose_bandwidth(BOARD) == (1_500_000_000, "board")
    assert choose_bandwidth(load_board("nexys_video"))[0] == 4_750_000
    with pytest.raises(InputError) as caught:
        choose_bandwidth(load_board("custom_a7", ["host_link=null"]))
    assert caught.value.diagnostics[0].code == "E702"


# -- thresholds ------------------------------------------------------------------------------------


def test_first_changes_by_hand() -> None:
    found = traced(prefetch(0, 1024), *ALL)
    footprint = found.manifest.footprint()
    capacity, kv, bandwidth = changes(footprint, run(found, "auto", 1000))
    assert (capacity.before, capacity.at, capacity.after) == ("weight-stream", 2048, "kv-swap")
    assert (kv.before, kv.at) == ("weight-stream", None)
    # 512 bytes in the base time of 56 cycles = 560 ns.
    assert bandwidth.at is None
    slow = changes(footprint, run(found, "auto", 1000, 1000))[2]
    assert (slow.before, slow.after) == ("link-bound", "compute-bound")
    assert slow.at == Fraction(512 * 10**9, 560 - 10 * 2)
    _, tokens, _ = changes(footprint, run(found, "auto", 4096), context=16)
    # 4096 - 2048 - 256 = 1792 bytes for KV of 32 bytes per token.
    assert (tokens.quantity, tokens.now, tokens.at) == ("context", 16, 57)
    assert (tokens.before, tokens.after) == ("resident", "kv-swap")


def test_at_the_bandwidth_of_the_change_link_and_compute_are_equal() -> None:
    found = traced(prefetch(0, 1024), *ALL)
    at = changes(found.manifest.footprint(), run(found, "auto", 1000, 1000))[2].at
    assert at is not None
    there = evaluate(found, "auto", capacity=1000, host_bandwidth=at)
    assert there.link_ns == there.base_ns


# -- whole programs --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["decoder", "decode_step"])
def test_own_programs_with_their_builds(name: str) -> None:
    path = next(p for p in PROGRAMS if p.stem == name)
    built = build(str(path.parent / "compiled" / name), load_rules(), None)
    assert not built.dropped
    p = profile(parse(str(path)), BOARD, ModelOptions(traffic=True))
    found = trace(p, built.manifest, BOARD)
    assert found.outside.read == found.unknown.read == 0
    assert 64 * sum(q.read for q in found.requests) == p.totals.hbm_read_bytes
    assert 64 * sum(q.written for q in found.requests) == p.totals.hbm_write_bytes


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/samples")
@pytest.mark.parametrize("name", ["clm60m_dec1_m64", "smollm2_dec1_m64", "smolvlm2_vis1_m64"])
def test_real_programs_stay_in_their_regions(name: str) -> None:
    path = next((SHARED / "asm").glob(f"{name}.asm*"))
    p = profile(parse(str(path)), BOARD, ModelOptions(traffic=True))
    found = trace(p, load(str(SHARED / "manifests" / name / "weight_manifest.json")), BOARD)
    assert found.outside.read == found.unknown.read == found.irregular == 0
    assert 64 * sum(q.read for q in found.requests) == p.totals.hbm_read_bytes
