"""Which rows of keys and values a program reads: the context it was compiled for.

Attention reads the cache in blocks of rows. Blocks that follow each other without a gap are one
tensor (the keys or the values of one head and layer); its rows are the positions that the program
attends to. They are whole blocks, so the context is that number or a little less.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from isa_analysis.profiling import Profile
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.linear import Linear, linear_pieces
from isa_analysis.traffic.requests import STORE_V

#: Kernels whose transfers read keys and values, as the naming rules call them.
READERS = frozenset({"attention loop", "attention scores", "attention x V", "kv load"})

#: Transfers that are followed one by one; more than any cache has blocks.
_MOST_PLACES = 1 << 20


@dataclass(frozen=True, slots=True)
class CacheReads:
    """The cache as the program reads it.

    ``positions`` is the number of rows of every tensor, ``block`` how many of them one transfer
    brings, ``tensors`` how many tensors there are, ``row_bytes`` the bytes of one position in all
    of them together (elements and scales).
    """

    positions: int
    block: int
    tensors: int
    row_bytes: int


def cache_reads(profile: Profile) -> CacheReads | None:
    """What ``profile`` (with traffic) reads of keys and values; None where its addresses or the
    shape of its transfers do not tell."""
    traffic = profile.traffic
    assert traffic is not None
    layers = {name: number for number, name in enumerate({k.layer: 0 for k in profile.kernels})}
    readers = [layers[k.layer] if k.kernel in READERS else -1 for k in profile.kernels]
    # Sliced programs use one set of addresses for all layers: those are tensors of each layer.
    places: dict[int, set[tuple[int, int]]] = {}
    kinds: set[int] = set()
    count = 0
    for i in range(len(traffic.transfers)):
        kind = int(traffic.transfers.kind[i])
        layer = readers[int(traffic.kernel[i])]
        if kind == STORE_V or layer < 0:
            continue
        found = _places(traffic, i)
        count += len(found or ())
        if found is None or count > _MOST_PLACES:
            return None
        kinds.add(kind)
        places.setdefault(layer, set()).update(found)
    if len(kinds) != 1:  # none, or two shapes of reads of which neither is the whole
        return None
    geometry = traffic.machine.kinds[kinds.pop()]
    if not geometry.scale_bytes:
        return None  # only scales keep one tensor apart from the next
    chains = [chain for found in places.values() for chain in _chains(found, geometry.rows)]
    lengths = {blocks for _, _, blocks in chains}
    if len(lengths) != 1 or len(chains) % 2:  # keys and values come in pairs
        return None
    each = geometry.element_bytes + geometry.scale_bytes
    return CacheReads(lengths.pop() * geometry.rows, geometry.rows, len(chains), each * len(chains))


def _chains(places: set[tuple[int, int]], rows: int) -> list[tuple[int, int, int]]:
    """(stride, start, blocks) of every run of blocks without a gap."""
    out = []
    for stride, start in sorted(places):
        if (stride, start - rows * stride) in places:
            continue
        blocks = 1
        while (stride, start + blocks * rows * stride) in places:
            blocks += 1
        out.append((stride, start, blocks))
    return out


def _places(traffic: Traffic, i: int) -> set[tuple[int, int]] | None:
    """(row stride, byte address of the first element) of every execution of transfer ``i``; None
    when one depends on data or there are too many."""
    t = traffic.transfers
    parts = [int(part[i]) for part in (t.offset, t.high, t.low, t.stride)]
    if min(parts) >= 0:
        return {(parts[3], (parts[1] << 32) + parts[2] + parts[0])}
    out: set[tuple[int, int]] = set()
    for piece in linear_pieces(traffic.definitions.values, parts, traffic.trips):
        if piece is None:
            return None
        (offset, high, low, stride), _ = piece
        if any(step for step, _ in (*high.dimensions, *stride.dimensions)):
            return None
        base = (high.base << 32) + low.base + offset.base
        starts = _sums(low, offset)
        if starts is None:
            return None
        out |= {(stride.base, base + extra) for extra in starts}
    return out


def _sums(low: Linear, offset: Linear) -> set[int] | None:
    """What the loops add to the base, each value once."""
    moving = [
        (a + b, count)
        for (a, count), (b, _) in zip(low.dimensions, offset.dimensions, strict=True)
        if a + b and count > 1
    ]
    places = 1
    for _, count in moving:
        places *= count
    if places > _MOST_PLACES:
        return None
    ranges = [range(0, step * count, step) for step, count in moving]
    return {sum(turn) for turn in itertools.product(*ranges)}
