"""The Pareto set: known answers, ties, and a property against every pair."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.sweep import pareto_set

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "200"))


def every_pair(points: list[tuple[float | None, ...]]) -> list[bool]:
    """The definition, pair by pair."""

    def beats(a: tuple[float | None, ...], b: tuple[float | None, ...]) -> bool:
        return all(x <= y for x, y in zip(a, b, strict=True)) and any(  # type: ignore[operator]
            x < y
            for x, y in zip(a, b, strict=True)  # type: ignore[operator]
        )

    return [None not in p and not any(beats(q, p) for q in points if None not in q) for p in points]


@pytest.mark.parametrize(
    ("points", "inside"),
    [
        ([], []),
        ([(1, 1)], [True]),
        ([(1, 3), (2, 2), (3, 1)], [True, True, True]),
        ([(1, 3), (2, 3), (3, 1)], [True, False, True]),
        ([(1, 1), (1, 1)], [True, True]),
        ([(1, 2), (1, 1)], [False, True]),
        ([(5,), (4,), (4,)], [False, True, True]),
        ([(1, None), (2, 2), (3, 3)], [False, True, False]),
        ([(1, 2, 3), (3, 2, 1), (2, 2, 2), (3, 3, 3)], [True, True, True, False]),
        ([(), ()], [True, True]),
    ],
)
def test_known_sets(points: list[tuple[float | None, ...]], inside: list[bool]) -> None:
    assert list(pareto_set(points)) == inside


@settings(max_examples=EXAMPLES)
@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(
            st.tuples(*[st.one_of(st.none(), st.integers(0, 4), st.sampled_from([0.5, 2.0]))] * n),
            max_size=25,
        )
    )
)
def test_against_every_pair(points: list[tuple[float | None, ...]]) -> None:
    assert list(pareto_set(points)) == every_pair(points)
