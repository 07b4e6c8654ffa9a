"""Bounded and robust least squares, against enumeration of all active sets."""

import itertools
import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.calibrate.least_squares import absolute, bounded, robust_fit

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))


def by_enumeration(a: np.ndarray, y: np.ndarray) -> float:
    """The least residual norm over all choices of unknowns that are 0."""
    best = float(np.linalg.norm(y))
    n = a.shape[1]
    for size in range(1, n + 1):
        for free in itertools.combinations(range(n), size):
            x = np.linalg.lstsq(a[:, free], y, rcond=None)[0]
            if (x >= -1e-9).all():
                best = min(best, float(np.linalg.norm(a[:, free] @ np.maximum(x, 0) - y)))
    return best


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32 - 1), st.integers(3, 8), st.integers(1, 4))
def test_bounded_is_the_best_nonnegative_solution(seed: int, rows: int, unknowns: int) -> None:
    rng = np.random.default_rng(seed)
    a, y = rng.normal(size=(rows, unknowns)), rng.normal(size=rows)
    x = bounded(a, y, np.zeros(unknowns))
    assert (x >= 0).all()
    assert np.linalg.norm(a @ x - y) <= by_enumeration(a, y) * (1 + 1e-6) + 1e-9


def test_an_open_direction_stays_near_the_start() -> None:
    x = bounded(np.array([[1.0, 1.0]]), np.array([10.0]), np.array([4.0, 4.0]))
    assert x == pytest.approx([5, 5])


def test_a_negative_solution_is_held_at_zero() -> None:
    assert bounded(np.array([[1.0]]), np.array([-3.0]), np.zeros(1)) == pytest.approx([0])


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32 - 1))
def test_exact_data_with_outliers_is_recovered_exactly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a = rng.uniform(0.5, 50, size=(60, 4))
    truth = rng.uniform(1, 20, size=4)
    y = a @ truth
    bad = rng.permutation(60)[:6]
    y[bad] *= rng.uniform(1.5, 4, size=6)
    fit = robust_fit(a, y, y, np.ones(60), np.ones(4))
    assert fit.values == pytest.approx(truth, rel=1e-9)
    assert sorted(np.flatnonzero(fit.outlier)) == sorted(bad)


def test_noise_is_averaged_and_gives_a_standard_error() -> None:
    rng = np.random.default_rng(5)
    a = rng.uniform(1, 50, size=(400, 3))
    truth = np.array([5.0, 9.0, 2.0])
    y = a @ truth * rng.normal(1, 0.02, size=400)
    fit = robust_fit(a, y, y, np.ones(400), np.ones(3))
    assert not fit.outlier.any()
    assert (np.abs(fit.values - truth) < 4 * fit.errors).all()
    assert (fit.errors > 0).all()


def test_an_unseen_unknown_has_no_error_bound() -> None:
    a = np.array([[1.0, 0.0], [2.0, 0.0]])
    fit = robust_fit(a, np.array([3.0, 6.0]), np.array([3.0, 6.0]), np.ones(2), np.ones(2))
    assert fit.values[0] == pytest.approx(3)
    assert fit.errors[1] == np.inf


def test_weights_count() -> None:
    a, y = np.ones((2, 1)), np.array([10.0, 10.4])
    light = absolute(a, y, y, np.array([1.0, 1e-6]), np.zeros(1))
    assert light[0] == pytest.approx(10, abs=0.01)
