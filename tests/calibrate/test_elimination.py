"""Which unknowns are determined: known answers, and ranks against NumPy."""

import os
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.calibrate.elimination import reduce_exactly, reduce_floats

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))


def test_an_unknown_alone_is_determined() -> None:
    reduced = reduce_exactly([(3, 0, 12), (6, 0, 24)], 2)
    assert reduced.consistent
    assert reduced.determined() == {0: 4}
    assert reduced.seen() == {0}


def test_a_sum_determines_only_the_combination() -> None:
    reduced = reduce_exactly([(2, 4, 20)], 2)
    assert reduced.determined() == {}
    assert reduced.combinations() == [({0: Fraction(1), 1: Fraction(2)}, Fraction(10))]


def test_two_sums_determine_both() -> None:
    assert reduce_exactly([(1, 1, 7), (1, 2, 10)], 2).determined() == {0: 4, 1: 3}


def test_contradiction_is_seen() -> None:
    assert not reduce_exactly([(1, 5), (2, 11)], 1).consistent
    assert not reduce_exactly([(0, 1)], 1).consistent
    assert reduce_exactly([(0, 0)], 1).consistent


def test_huge_counts_stay_exact() -> None:
    n = 10**30
    found = reduce_exactly([(n, 1, 3 * n + 5), (n, 2, 3 * n + 10)], 2)
    assert found.determined() == {0: 3, 1: 5}


def test_no_rows() -> None:
    assert reduce_exactly([], 3).rows == ()
    assert reduce_floats([], 3).determined() == {}


def test_floats_agree_with_exact_arithmetic() -> None:
    rows = [(1.0, 2.0, 0.0, 5.0), (0.0, 0.0, 4.0, 8.0)]
    reduced = reduce_floats(rows, 3)
    assert set(reduced.determined()) == {2}
    ((factors, _),) = reduced.combinations()
    assert factors.keys() == {0, 1}
    assert abs(factors[1] / factors[0] - 2) < 1e-9


@settings(max_examples=EXAMPLES)
@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=6))
def test_determined_means_in_the_row_space(rows: list[list[int]]) -> None:
    a = np.array(rows, dtype=float)
    x = np.array([3.0, 1.0, 4.0, 2.0])
    table = [(*row, int(np.array(row) @ x)) for row in rows]
    exact = reduce_exactly(table, 4)
    rank = int(np.linalg.matrix_rank(a))
    assert exact.consistent
    assert len(exact.rows) == rank
    for j in range(4):
        unit = np.zeros((1, 4))
        unit[0, j] = 1
        alone = int(np.linalg.matrix_rank(np.vstack([a, unit]))) == rank
        assert (j in exact.determined()) == alone
        if alone:
            assert exact.determined()[j] == x[j]
    floats = reduce_floats([tuple(map(float, row)) for row in table], 4)
    assert floats.determined().keys() == exact.determined().keys()
