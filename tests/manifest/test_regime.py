"""Regimes and their formulas: published answers, and what must hold of any model."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.manifest import Footprint, Manifest, Region, load, parse_size, regime_of
from isa_analysis.manifest.regime import (
    at_context,
    capacity_thresholds,
    chunk_ns,
    kv_bytes,
    max_context,
    tokens_per_second,
    transfer_ns,
)

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "manifests"

MB = 10**6
#: SmolVLM2-256M in MXFP8: 256 M parameters x 1.125 bytes, 27 MB of KV at 1,024 tokens.
SMOLVLM2 = Footprint(288 * MB, 27 * MB, 0)


def test_smolvlm2_is_resident_in_512_mib() -> None:
    assert 256 * MB * Fraction(9, 8) == SMOLVLM2.weight
    assert regime_of(SMOLVLM2, 512 << 20) == "resident"
    at_4k = at_context(SMOLVLM2, 1024, 4096)
    assert 105 * MB < at_4k.kv < 109 * MB  # published: about 106 MB
    assert regime_of(at_4k, 512 << 20) == "resident"


@pytest.mark.parametrize(
    ("bandwidth", "ms", "low", "high"),
    [(10**9, 290, 3, 4), (16 * 10**8, 180, 5, 6)],
)
def test_weights_read_per_token(bandwidth: int, ms: int, low: int, high: int) -> None:
    assert abs(float(transfer_ns(SMOLVLM2.weight, bandwidth)) / 1e6 - ms) < 5
    assert low < tokens_per_second(SMOLVLM2.weight, bandwidth) < high


def test_the_slow_link_is_25_times_worse() -> None:
    slow = transfer_ns(SMOLVLM2.weight, 38 * MB)
    assert abs(float(slow) / 1e9 - 7.6) < 0.05
    assert 25 <= slow / transfer_ns(SMOLVLM2.weight, 10**9) < 27


def test_one_chunk_at_38_mb_per_s() -> None:
    assert int(chunk_ns(38 * MB)) == 1684
    assert chunk_ns(38 * MB) == Fraction(64_000_000_000, 38_000_000)


def test_a_layer_above_18_gb_does_not_overflow() -> None:
    size = 20 * 10**9
    assert size * 10**9 > 1 << 64
    assert transfer_ns(size, 10**9) == size
    assert transfer_ns(1 << 64, 1) == (1 << 64) * 10**9


@pytest.mark.parametrize(
    ("name", "regime"),
    [
        ("weight_manifest.json", "resident"),
        ("weight_manifest.cap114M.json", "kv-swap"),
        ("weight_manifest.cap64M.json", "weight-stream"),
        ("weight_manifest.cap8M.json", "weight-stream"),
    ],
)
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/samples/manifests")
def test_thirty_layers_at_four_capacities(name: str, regime: str) -> None:
    path = SAMPLES / "smollm2_dec30_m64" / name
    manifest = load(str(path))
    assert manifest.capacity_bytes == json.loads(path.read_text())["ddr_capacity_bytes"]
    assert regime_of(manifest, manifest.capacity_bytes) == regime
    if "cap" in name:
        assert manifest.capacity_bytes == parse_size(name.split("cap")[1].split(".")[0])


def test_boundaries_belong_to_the_better_regime() -> None:
    footprint = Footprint(100, 20, 3)
    assert regime_of(footprint, 123) == "resident"
    assert regime_of(footprint, 122) == "kv-swap"
    assert regime_of(footprint, 100) == "kv-swap"
    assert regime_of(footprint, 99) == "weight-stream"
    assert capacity_thresholds(footprint) == (
        (0, "weight-stream"), (100, "kv-swap"), (123, "resident"),
    )  # fmt: skip


def test_regime_of_a_manifest_is_that_of_its_footprint() -> None:
    manifest = Manifest((Region(0, 0, 100), Region(1, 100, 20, "kv"), Region(1, 120, 3, "kv")))
    assert manifest.footprint() == Footprint(100, 23, 0)
    assert manifest.layer_bytes() == {0: 100, 1: 23}
    assert manifest.layer_bytes("kv") == {1: 23}
    assert regime_of(manifest, 122) == "kv-swap"


sizes = st.integers(0, 1 << 40)


@given(sizes, sizes, sizes, st.integers(1, 1 << 42))
def test_thresholds_are_where_the_regime_changes(w: int, kv: int, a: int, capacity: int) -> None:
    footprint = Footprint(w, kv, a)
    thresholds = capacity_thresholds(footprint)
    expected = [regime for at, regime in thresholds if at <= capacity]
    assert regime_of(footprint, capacity) == expected[-1]
    for at, regime in thresholds:
        assert regime_of(footprint, at) == regime
        assert at == 0 or regime_of(footprint, at - 1) != regime


@given(sizes, st.integers(1, 1 << 40), sizes, st.integers(1, 1 << 42), st.integers(1, 1 << 20))
def test_the_longest_context_is_the_last_resident_one(
    w: int, kv: int, a: int, capacity: int, now: int
) -> None:
    footprint = Footprint(w, kv, a)
    longest = max_context(footprint, capacity, now)
    assert longest is not None
    if longest:
        assert regime_of(at_context(footprint, now, longest), capacity) == "resident"
    assert regime_of(at_context(footprint, now, longest + 1), capacity) != "resident"
    assert max_context(Footprint(w, 0, a), capacity, now) is None


@given(sizes, st.integers(1, 10**6), st.integers(1, 10**6))
def test_kv_grows_linearly(kv: int, now: int, then: int) -> None:
    assert kv_bytes(kv, now, now) == kv
    assert kv_bytes(kv, now, then) * now == kv * then
