"""First-in-first-out residency: by hand, and in loops against playing every iteration."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.residency.fifo import Swaps, Units, play
from isa_analysis.residency.nodes import Node, Repeat


def stream(*units: int) -> Node:
    return np.array([2 * u for u in units], np.int64)


def units(*sizes: int) -> Units:
    of_access = np.repeat(np.arange(len(sizes)), 2)
    return Units(sizes, of_access)


def test_by_hand() -> None:
    # Room for two of three: 0 and 1 are loaded, 2 drops 0, then 1 is there, 0 drops 1.
    found = play((stream(0, 1, 2, 1, 0),), units(10, 10, 10), 20)
    assert found.times == {0: 2, 1: 1, 2: 1}
    assert found.resident == (2, 0)


def test_hits_do_not_make_younger() -> None:
    # 0 is used again and again, and still it is the oldest when 2 needs room.
    found = play((stream(0, 1, 0, 0, 2, 0),), units(1, 1, 1), 2)
    assert found.times == {0: 2, 1: 1, 2: 1}


def test_as_many_as_needed_are_dropped() -> None:
    found = play((stream(0, 1, 2, 3),), units(5, 5, 5, 9), 15)
    assert found.resident == (2, 3)


def test_larger_than_the_memory_is_loaded_alone() -> None:
    found = play((stream(0, 0, 1, 0, 2, 2),), units(100, 1, 1), 10)
    assert found.times == {0: 2, 1: 1, 2: 1}
    assert found.resident == (2,)


@pytest.mark.parametrize("capacity", [0, -5])
def test_without_room_every_change_is_a_load(capacity: int) -> None:
    assert play((stream(0, 1, 1, 0),), units(1, 1), capacity).times == {0: 2, 1: 1}


def test_writes_can_count_or_not() -> None:
    accesses = (np.array([0, 3], np.int64),)  # a read of region 0, a blind write of region 1
    assert play(accesses, Units((1, 1), np.array([0, 0, 1, 1])), 5).times == {0: 1, 1: 1}
    assert play(accesses, Units((1, 1), np.array([0, -1, 1, -1])), 5).times == {0: 1}


def test_preloaded_in_order_as_far_as_it_goes() -> None:
    found = play((stream(0, 2),), units(4, 4, 4), 8, preloaded=True)
    assert found.times == {2: 1}
    assert found.resident == (1, 2)


def test_a_trillion_iterations() -> None:
    # Three units in room for two: every access of every iteration misses.
    inner = Repeat(10**6, (stream(0, 1, 2),))
    found = play((Repeat(10**6, (inner,)),), units(1, 1, 1), 2)
    assert found.times == {0: 10**12, 1: 10**12, 2: 10**12}
    assert found.resident == (1, 2)
    assert play((Repeat(10**6, (inner,)),), units(1, 1, 1), 3).times == {0: 1, 1: 1, 2: 1}


def test_a_period_longer_than_one_iteration() -> None:
    # Sizes 2, 1, 1 and 3 in a memory of 4: the state returns after more than one iteration.
    body = (stream(0, 1, 2, 3, 1),)
    for times in range(40):
        whole = play((Repeat(times, body),) if times else (), units(2, 1, 1, 3), 4)
        assert whole == play(body * times, units(2, 1, 1, 3), 4)


streams = st.lists(st.integers(0, 5), min_size=1, max_size=6).map(lambda u: stream(*u))
nodes = st.recursive(
    streams,
    lambda inner: st.builds(
        Repeat, st.integers(1, 9), st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


def unrolled(node: Any) -> list[Node]:
    if isinstance(node, Repeat):
        return [leaf for _ in range(node.times) for part in node.body for leaf in unrolled(part)]
    return [node]


@given(
    st.lists(nodes, min_size=1, max_size=3),
    st.lists(st.integers(1, 9), min_size=6, max_size=6),
    st.integers(0, 30),
    st.booleans(),
)
def test_loops_equal_their_iterations(
    tree: list[Node], sizes: list[int], capacity: int, preloaded: bool
) -> None:
    flat = [leaf for node in tree for leaf in unrolled(node)]
    want = play(flat, units(*sizes), capacity, preloaded=preloaded)
    assert play(tree, units(*sizes), capacity, preloaded=preloaded) == want
    assert isinstance(want, Swaps)
