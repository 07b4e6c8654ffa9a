"""Which region of a manifest a 64-byte block belongs to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.manifest import Manifest
from isa_analysis.traffic.requests import REQUEST_BYTES

#: The owner of a block in no region.
NOBODY = -1

#: Byte addresses from here on are beyond every region (the manifest reader sees to it).
BEYOND = 1 << 62


@dataclass(frozen=True, slots=True)
class BlockMap:
    """Stretches of blocks with one owner.

    ``start[k]`` is the first block of stretch k, ``owner[k]`` the number of a region of the
    manifest, or :data:`NOBODY`.

    A block belongs to the region that holds its first byte, which is the address of its request;
    where regions overlap, to the one that starts last. Neighbouring stretches have different
    owners; the first starts before every address.
    """

    start: tuple[int, ...]
    owner: tuple[int, ...]

    def stretch(self, block: int) -> int:
        """The number of the stretch that holds ``block``."""
        return bisect_right(self.start, block) - 1

    def bounds(self, block: int) -> tuple[int, int | None]:
        """The first block of the stretch that holds ``block``, and the one behind its last (None:
        it has no end)."""
        k = self.stretch(block)
        return self.start[k], self.start[k + 1] if k + 1 < len(self.start) else None

    def owners(self, block: NDArray[np.int64]) -> NDArray[np.int64]:
        """The owner of each block."""
        return np.array(self.owner, np.int64)[self.stretches(block)]

    def stretches(self, block: NDArray[np.int64]) -> NDArray[np.int64]:
        """As :meth:`stretch`, of many blocks."""
        return np.searchsorted(np.array(self.start, np.int64), block, side="right") - 1


def block_map(manifest: Manifest) -> BlockMap:
    """The owners of all blocks by ``manifest``."""
    import heapq

    regions = manifest.regions
    points = sorted({p for r in regions for p in (_block(r.offset), _block(r.end))})
    order = sorted(range(len(regions)), key=lambda i: regions[i].offset)
    starts, owners = [-1], [NOBODY]
    # Regions that have begun; the one that starts last is on top.
    open_: list[tuple[int, int, int]] = []
    next_ = 0
    for point in points:
        while next_ < len(order) and _block(regions[order[next_]].offset) <= point:
            i = order[next_]
            heapq.heappush(open_, (-regions[i].offset, -regions[i].end, -i))
            next_ += 1
        while open_ and _block(-open_[0][1]) <= point:
            heapq.heappop(open_)
        owner = -open_[0][2] if open_ else NOBODY
        if owner != owners[-1]:
            starts.append(point)
            owners.append(owner)
    return BlockMap(tuple(starts), tuple(owners))


def _block(address: int) -> int:
    """The first block whose first byte is at ``address`` or behind it."""
    return -(-address // REQUEST_BYTES)
