"""Closed forms over iteration spaces against looking at every iteration."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.dataflow import UNKNOWN, Values, ranges
from isa_analysis.dataflow.ranges import Box, Undecided

WORD = 0xFFFF_FFFF
coefficients = st.one_of(
    st.integers(-20, 20),
    st.sampled_from([64, 4096, -4096, 1 << 20, 1 << 30, -(1 << 30), (1 << 31) - 1, -(1 << 31)]),
)


@st.composite
def small_boxes(draw: st.DrawFn) -> Box:
    dims = []
    for loop in range(draw(st.integers(0, 3))):
        low = draw(st.integers(0, 1))
        dims.append((loop, draw(coefficients), low, low + draw(st.integers(0, 5))))
    return Box(draw(st.integers(0, WORD)), tuple(dims))


def numbers(box: Box) -> list[tuple[tuple[int, ...], int]]:
    """Every iteration in execution order, and its value."""
    spaces = [range(low, high + 1) for _, _, low, high in box.dims]
    return [
        (at, (box.base + sum(d[1] * i for d, i in zip(box.dims, at, strict=True))) & WORD)
        for at in itertools.product(*spaces)
    ]


@given(small_boxes(), st.integers(0, 1 << 31))
def test_first_value_at_least(box: Box, limit: int) -> None:
    expected = next((at for at, value in numbers(box) if value >= limit), None)
    assert ranges.first_at_least(box, limit) == expected


@given(small_boxes(), st.sampled_from([2, 16, 64, 4096]), st.integers(0, 4096))
def test_first_residue_at_least(box: Box, modulus: int, limit: int) -> None:
    expected = next((at for at, value in numbers(box) if value % modulus >= limit), None)
    assert ranges.first_at_least(box, limit, modulus) == expected


@given(small_boxes(), st.sampled_from([1, 2, 3, 4, 48, 64, 4096]))
def test_first_value_that_is_no_multiple(box: Box, divisor: int) -> None:
    expected = next((at for at, value in numbers(box) if value % divisor), None)
    assert ranges.first_not_multiple(box, divisor) == expected


@given(st.integers(0, WORD), st.lists(st.tuples(coefficients, st.integers(1, 6)), max_size=3))
def test_bounds(base: int, terms: list[tuple[int, int]]) -> None:
    values = Values()
    value = values.affine(base, {loop: c for loop, (c, _) in enumerate(terms)})
    trips = [trip for _, trip in terms]
    spaces = itertools.product(*map(range, trips))
    taken = [values.evaluate(value, dict(enumerate(at))) for at in spaces]
    assert ranges.bounds(values, value, trips) == (min(taken), max(taken))


def test_bounds_of_a_switch_leave_out_what_cannot_be() -> None:
    values = Values()
    switch = values.switch(0, 1000, values.affine(64, {0: 64}))
    assert ranges.bounds(values, switch, [5]) == (128, 1000)
    assert ranges.bounds(values, switch, [1]) == (1000, 1000)
    assert ranges.bounds(values, UNKNOWN, [5]) is None
    assert ranges.bounds(values, values.switch(0, 7, UNKNOWN), [5]) is None


def test_trip_counts_cost_nothing() -> None:
    # 64 per iteration of 4 million, 4096 x 4 million iterations outside: row 1000 is reached in
    # iteration 1000 of the innermost loop, the very first pass through it.
    million = 1 << 22
    box = Box(0, ((0, 0, 0, million - 1), (1, 4096, 0, million - 1), (2, 64, 0, million - 1)))
    assert ranges.first_at_least(box, 64_000) == (0, 0, 1000)
    # Only the outer loop gets there: 4096 x 15 < 64,000 <= 4096 x 16.
    box = Box(0, ((1, 4096, 0, million - 1), (2, 64, 0, 1)))
    assert ranges.first_at_least(box, 64_000) == (16, 0)
    assert ranges.first_not_multiple(box, 64) is None
    assert ranges.first_not_multiple(box, 128) == (0, 1)


def test_a_wrapping_value_that_only_a_search_could_decide() -> None:
    million = 1 << 22
    box = Box(0, ((0, 960, 0, million - 1), (1, 960, 0, million - 1)))
    with pytest.raises(Undecided):
        ranges.first_not_multiple(box, 48)  # 48 does not divide 2^32, and the value wraps


def test_scan_is_exact_while_it_finds_something() -> None:
    box = Box(5, ((0, 1, 0, 1 << 30),))
    assert ranges.first_by_scan(box, lambda a: a == 1005) == (1000,)
    with pytest.raises(Undecided):
        ranges.first_by_scan(box, lambda a: a == 5 + ranges.SCAN)


@given(st.lists(st.tuples(st.integers(0, WORD), coefficients, st.integers(1, 6)), min_size=1))
def test_outline_covers_all_values(items: list[tuple[int, int, int]]) -> None:
    values = Values()
    trips = [trip for _, _, trip in items]
    made = sorted({values.affine(b, {i: c}) for i, (b, c, _) in enumerate(items)})
    outline = ranges.outline(values, np.array(made, np.int64), trips)
    for k, value in enumerate(made):
        for loop in range(len(items)):
            for i in range(trips[loop]):
                number = values.evaluate(value, dict.fromkeys(range(len(items)), i) | {loop: i})
                if any(i >= trips[v] for v in values.variables(value)):
                    continue
                assert number is not None
                if outline.low[k] >= 0 and outline.high[k] <= WORD:
                    assert outline.low[k] <= number <= outline.high[k]
                # Multiples stay multiples modulo a power of two.
                power = int(outline.divisor[k]) & -int(outline.divisor[k])
                assert number % power == 0 if power else number == 0
