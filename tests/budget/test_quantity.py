from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.budget.quantity import parse_quantity


@pytest.mark.parametrize(
    ("written", "amount", "dimension"),
    [
        ("1.2e6 cycles", 1_200_000, "cycles"),
        ("1 cycle", 1, "cycles"),
        ("3 ms", Fraction(3, 1000), "seconds"),
        ("0.5us", Fraction(1, 2_000_000), "seconds"),
        ("2%", Fraction(1, 50), "percent"),
        ("0.1 %", Fraction(1, 1000), "percent"),
        ("4 MiB", 4 * 1024 * 1024, "bytes"),
        ("4 MB", 4_000_000, "bytes"),
        ("1_000 instructions", 1000, "instructions"),
        ("  7   kB ", 7000, "bytes"),
        (1200, 1200, "number"),
        (1.5, Fraction(3, 2), "number"),
        (0, 0, "number"),
    ],
)
def test_known_quantities(written: object, amount: Fraction, dimension: str) -> None:
    quantity = parse_quantity(written)
    assert (quantity.amount, quantity.dimension) == (amount, dimension)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "no quantity"),
        ("fast", "no quantity"),
        ("-3 ms", "negative"),
        (-1, "negative"),
        ("3 parsecs", "unknown unit 'parsecs'"),
        ("3 MS", "unknown unit"),
        ("1e999", "no quantity"),
        ("1,000", "no quantity"),
        ("3 ms ms", "no quantity"),
        (True, "expected a number"),
        (None, "expected a number"),
        (10**31, "too large"),
    ],
)
def test_refused_quantities(written: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_quantity(written)


@given(st.integers(0, 10**29), st.sampled_from(["cycles", "bytes", "instructions"]))
def test_whole_numbers_are_exact(number: int, unit: str) -> None:
    assert parse_quantity(f"{number} {unit}").amount == number
