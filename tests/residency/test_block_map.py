"""Which region owns a block, against looking at every region."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from residency.reference import region_at

from isa_analysis.manifest import Manifest, Region
from isa_analysis.residency.block_map import NOBODY, block_map


def test_by_hand() -> None:
    # 64..192 and 128..256 overlap; 300..310 has no first byte of a block.
    found = block_map(Manifest((Region(0, 64, 128), Region(0, 128, 128), Region(0, 300, 10))))
    assert [found.owner[found.stretch(b)] for b in range(6)] == [NOBODY, 0, 1, 1, NOBODY, NOBODY]
    assert found.bounds(2) == (2, 4)
    assert found.bounds(100) == (4, None)


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 500)), max_size=12))
def test_every_block(pairs: list[tuple[int, int]]) -> None:
    pairs.sort(key=lambda p: (p[0], p[0] + p[1]))
    found = block_map(Manifest(tuple(Region(0, o, n) for o, n in pairs)))
    plain = [{"offset": o, "size": n} for o, n in pairs]
    wanted = [region_at(plain, 64 * block) for block in range(25)]
    wanted_owner = [NOBODY if w is None else w for w in wanted]
    assert [found.owner[found.stretch(b)] for b in range(25)] == wanted_owner
    assert found.owners(np.arange(25)).tolist() == wanted_owner
    assert all(a != b for a, b in zip(found.owner, found.owner[1:], strict=False))
    for block in range(25):
        first, behind = found.bounds(block)
        assert first <= block and (behind is None or block < behind)
