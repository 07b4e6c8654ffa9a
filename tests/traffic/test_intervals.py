"""Byte sets against plain Python sets."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.traffic.intervals import ByteSet

boxes = st.tuples(
    st.integers(0, 200),
    st.lists(st.tuples(st.integers(-20, 60), st.integers(1, 5)), max_size=3),
    st.integers(1, 30),
)


def expand(base, dimensions, length):
    for ks in itertools.product(*(range(count) for _, count in dimensions)):
        start = base + sum(step * k for (step, _), k in zip(dimensions, ks, strict=True))
        yield from range(start, start + length)


@given(st.lists(boxes, max_size=5))
def test_union_of_boxes(items) -> None:
    bytes_ = ByteSet()
    wanted: set[int] = set()
    for base, dimensions, length in items:
        bytes_.add_box(base, dimensions, length)
        wanted.update(expand(base, dimensions, length))
    assert bytes_.exact
    assert bytes_.size() == len(wanted)
    assert bytes_.bounds() == ((min(wanted), max(wanted) + 1) if wanted else None)


def test_a_box_too_scattered_to_list_is_a_marked_bound() -> None:
    bytes_ = ByteSet()
    bytes_.add_box(0, [(1000, 10**9)], 10)
    assert not bytes_.exact
    assert bytes_.size() == 1000 * (10**9 - 1) + 10


def test_contiguous_dimensions_need_no_list() -> None:
    bytes_ = ByteSet()
    bytes_.add_box(64, [(64, 10**6), (64 * 10**6, 10**6)], 64)
    assert bytes_.exact
    assert bytes_.size() == 64 * 10**12


def test_ranges_are_merged_as_they_come() -> None:
    bytes_ = ByteSet()
    for i in range(10):
        bytes_.add(np.arange(0, 1000, 100) + i, 1)
    assert bytes_.size() == 100
