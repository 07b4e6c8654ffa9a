"""A line against a staircase: known answers, and every context one by one."""

from __future__ import annotations

import os
from fractions import Fraction as F

from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.tokens.crossover import Piece, changes, first_below, first_reach
from isa_analysis.tokens.memory_bound import Model, Paths, memory_time, straight_lines

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "200"))


def test_known_answers() -> None:
    # Memory 2 + context, compute 10 at every context: level from 8 on.
    level = Piece(1, 1000, F(2), F(1), F(10), F(0), 64)
    assert first_reach(level, 1) == 8
    assert first_below(level, 8) is None
    assert changes([level]) == ((1, "compute"), (8, "memory"))
    # Compute of 1 per block of 10 and memory of 1/20 per position: never.
    never = Piece(1, 1000, F(0), F(1, 20), F(0), F(1), 10)
    assert first_reach(never, 1) is None
    assert changes([never]) == ((1, "compute"),)
    # The other way round: memory at once, and for good.
    always = Piece(1, 1000, F(1), F(1), F(0), F(1), 10)
    assert changes([always]) == ((1, "memory"),)
    # A weight-bound start that long contexts turn around: 100 against 10 per block of 64.
    turned = Piece(1, 10_000, F(100), F(0), F(0), F(10), 64)
    assert changes([turned]) == ((1, "memory"), (641, "compute"))


def naive(pieces: list[Piece]) -> tuple[tuple[int, str], ...]:
    out: list[tuple[int, str]] = []
    for p in pieces:
        for context in range(p.first, p.last + 1):
            block = (context + p.block - 1) // p.block
            memory = p.a + p.b * context >= p.c + p.d * block
            now = "memory" if memory else "compute"
            if not out or out[-1][1] != now:
                out.append((context, now))
    return tuple(out[:6])


numbers = st.fractions(min_value=0, max_value=20, max_denominator=7)


@st.composite
def followed(draw: st.DrawFn) -> list[Piece]:
    block = draw(st.integers(1, 12))
    out, start = [], 1
    for length in draw(st.lists(st.integers(1, 90), min_size=1, max_size=3)):
        a = draw(st.fractions(min_value=-20, max_value=20, max_denominator=7))
        rest = [draw(numbers) for _ in range(3)]
        out.append(Piece(start, start + length - 1, a, *rest, block))  # type: ignore[arg-type]
        start += length
    return out


@settings(max_examples=EXAMPLES)
@given(followed())
def test_against_every_context(pieces: list[Piece]) -> None:
    assert changes(pieces) == naive(pieces)


@settings(max_examples=EXAMPLES)
@given(
    st.integers(1, 60), st.integers(0, 9), st.integers(0, 40), st.integers(1, 120),
    st.integers(1, 9), st.one_of(st.none(), st.integers(1, 9)),
)  # fmt: skip
def test_straight_lines_are_the_memory_time(
    weight: int, kv: int, activation: int, capacity: int, local: int, host: int | None
) -> None:
    model = Model(weight, F(kv), activation)
    paths = Paths(F(local), None if host is None else F(host), capacity)
    lines = straight_lines(model, paths, 50)
    covered = [c for first, last, _, _ in lines for c in range(first, last + 1)]
    assert covered == list(range(1, len(covered) + 1))
    for first, last, a, b in lines:
        for context in range(first, last + 1):
            assert memory_time(model, paths, context).seconds.low == a + b * context
    if host is not None:
        assert len(covered) == 50
    elif len(covered) < 50:
        try:
            memory_time(model, paths, len(covered) + 1)
        except ValueError as problem:
            assert "host link" in str(problem)
        else:
            raise AssertionError("the next context needs no link")
