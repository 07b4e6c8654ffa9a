"""Whole-cycle parameters: exact where the data agree, robust where they do not."""

import os
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.calibrate.integers import Row, fit_whole

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))
NAMES = ("a", "b", "c", "d")


def row(target: int | Fraction, **slopes: int) -> Row:
    return Row(0, "t", slopes, target)


def start() -> dict[str, int]:
    return dict.fromkeys(NAMES, 1)


def test_one_row_per_parameter() -> None:
    fit = fit_whole([row(30, a=10), row(0, b=4)], start())
    assert fit.values == {"a": 3, "b": 0}
    assert fit.errors == {"a": 0.0, "b": 0.0}
    assert fit.outliers == ()


def test_only_the_sum_is_determined() -> None:
    fit = fit_whole([row(30, a=2, b=2), row(15, a=1, b=1), row(8, c=2)], start())
    assert fit.values == {"c": 4}
    assert fit.combinations == (({"a": 1, "b": 1}, 15.0),)
    assert fit.seen == {"a", "b", "c"}


def test_an_outlier_among_agreeing_rows_is_set_aside() -> None:
    rows = [row(3 * n, a=n) for n in (1, 5, 20, 400)]
    rows.insert(2, row(90, a=10))
    fit = fit_whole(rows, start())
    assert fit.values == {"a": 3}
    assert fit.errors == {"a": 0.0}
    assert fit.outliers == (2,)


def test_a_parameter_known_only_from_an_outlier_takes_it_for_true() -> None:
    # One equation alone cannot be told to be wrong.
    assert fit_whole([row(90, a=10), row(6, b=2)], start()).values == {"a": 9, "b": 3}


def test_a_fixed_cost_that_was_measured_otherwise_is_set_aside() -> None:
    fit = fit_whole([row(6, a=2), row(5)], start())
    assert fit.values == {"a": 3}
    assert fit.outliers == (1,)


def test_noise_is_rounded_away() -> None:
    noise = (0.01, -0.02, 0.015, -0.01, 0.005)
    rows = [row(Fraction(7 * 100 * (1 + e)), a=100) for e in noise]
    fit = fit_whole(rows, start())
    assert fit.values == {"a": 7}
    assert 0 < fit.errors["a"] < 0.5


def test_half_cycles_are_unsure() -> None:
    fit = fit_whole([row(25, a=10)], start())
    assert fit.values["a"] in (2, 3)
    assert fit.errors["a"] == pytest.approx(0.5)


@settings(max_examples=EXAMPLES)
@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=4),
    st.lists(
        st.dictionaries(st.sampled_from(NAMES), st.integers(1, 10**12), max_size=4),
        min_size=1,
        max_size=8,
    ),
)
def test_what_is_determined_is_exact(truth: list[int], slopes: list[dict[str, int]]) -> None:
    value = dict(zip(NAMES, truth, strict=True))
    rows = [row(sum(f * value[n] for n, f in s.items()), **s) for s in slopes]
    fit = fit_whole(rows, start())
    assert fit.outliers == ()
    assert all(value[name] == found for name, found in fit.values.items())
    for factors, total in fit.combinations:
        assert len(factors) > 1
        assert total == pytest.approx(float(sum(f * value[n] for n, f in factors.items())))


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32 - 1))
def test_outliers_among_many_rows(seed: int) -> None:
    import random

    rng = random.Random(seed)
    value = {name: rng.randint(0, 30) for name in NAMES}
    rows = []
    for _ in range(30):
        s = {name: rng.randint(1, 1000) for name in rng.sample(NAMES, 2)}
        rows.append(row(sum(f * value[n] for n, f in s.items()), **s))
    bad = rng.sample(range(30), 3)
    for i in bad:
        rows[i] = Row(0, "t", rows[i].slopes, rows[i].target * 2 + 1000)
    fit = fit_whole(rows, start())
    assert fit.values == value
    assert fit.outliers == tuple(sorted(bad))
