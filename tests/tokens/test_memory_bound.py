"""Bytes and bandwidths: the known answers for a model of 256 million parameters."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from isa_analysis.tokens.memory_bound import (
    Model,
    Paths,
    kv_passes_weights,
    largest_resident,
    memory_time,
)
from isa_analysis.tokens.scaling import Bracket

#: 256 M parameters of 1.125 bytes; 27 MB of keys and values per thousand tokens.
WEIGHTS = 288_000_000
MODEL = Model(WEIGHTS, F(27_000))
DDR3 = 512 << 20
GB = 10**9


def test_288_mb_at_1_gb_per_s() -> None:
    time = memory_time(Model(WEIGHTS, F(0)), Paths(F(GB), None, DDR3), 1)
    assert time.regime == "resident"
    assert time.seconds == Bracket(F(288, 1000), F(288, 1000))  # about 290 ms
    assert 3 < 1 / time.seconds.low < 4  # tokens per second


def test_streaming_over_38_mb_per_s_is_25_times_worse() -> None:
    streamed = memory_time(Model(WEIGHTS, F(0)), Paths(F(GB), F(38_000_000), 64 << 20), 1)
    assert streamed.regime == "weight-stream"
    assert streamed.link_bytes == Bracket(F(WEIGHTS), F(WEIGHTS))
    assert round(float(streamed.seconds.low), 1) == 7.6
    resident = memory_time(Model(WEIGHTS, F(0)), Paths(F(GB), None, DDR3), 1)
    assert 25 < streamed.seconds.low / resident.seconds.low < 27


def test_180_ms_at_1_6_gb_per_s() -> None:
    time = memory_time(Model(WEIGHTS, F(0)), Paths(F(1_600_000_000), None, DDR3), 1)
    assert time.seconds.low == F(180, 1000)
    assert 5 < 1 / time.seconds.low < 6


def test_the_context_adds_its_bytes() -> None:
    time = memory_time(MODEL, Paths(F(GB), None, DDR3), 4000)
    assert time.local_bytes == WEIGHTS + 108_000_000
    assert time.seconds.low == F(396, 1000)


def test_what_does_not_fit_is_swapped() -> None:
    paths = Paths(F(GB), F(38_000_000), 300_000_000)
    fits = largest_resident(MODEL, paths.capacity)
    assert fits == 444  # 12,000,000 / 27,000
    assert memory_time(MODEL, paths, 444).regime == "resident"
    swapped = memory_time(MODEL, paths, 445)
    assert swapped.regime == "kv-swap"
    assert swapped.link_bytes == Bracket(F(15_000), F(445 * 27_000))  # the overflow to all of it
    assert swapped.seconds.low == F(WEIGHTS + 445 * 27_000, GB)
    assert swapped.seconds.high == swapped.seconds.low + F(445 * 27_000, 38_000_000)


def test_a_regime_without_its_link_is_an_error() -> None:
    with pytest.raises(ValueError, match="weight-stream needs a host link"):
        memory_time(MODEL, Paths(F(GB), None, 1 << 20), 1)
    with pytest.raises(ValueError, match="kv-swap needs a host link"):
        memory_time(MODEL, Paths(F(GB), None, 300_000_000), 445)


@pytest.mark.parametrize(
    ("model", "capacity", "expected"),
    [
        (Model(100, F(10)), 99, -1),
        (Model(100, F(10)), 100, 0),
        (Model(100, F(10)), 139, 3),
        (Model(100, F(10), 35), 139, 0),
        (Model(100, F(0)), 139, None),
        (Model(100, F(0)), 99, -1),
        (Model(100, F(1, 3)), 101, 3),
    ],
)
def test_the_longest_resident_context(model: Model, capacity: int, expected: int | None) -> None:
    assert largest_resident(model, capacity) == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [(Model(100, F(10)), 11), (Model(99, F(10)), 10), (Model(100, F(0)), None), (MODEL, 10667)],
)
def test_where_keys_and_values_pass_the_weights(model: Model, expected: int | None) -> None:
    assert kv_passes_weights(model) == expected
    if expected is not None:
        assert model.kv_per_token * expected > model.weight
        assert model.kv_per_token * (expected - 1) <= model.weight
