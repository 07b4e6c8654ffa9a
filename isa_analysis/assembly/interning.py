"""Equal lines to equal numbers, for a whole chunk of text at a time.

Unrolled programs repeat some ten thousand lines millions of times. A dictionary numbers them one
by one; most of that time goes into making and freeing a bytes object per line. Here NumPy looks
lines up as fixed-width keys in a table of its own that stands in front of the dictionary, and only
lines that the table does not hold become objects. A line is taken to be known only when every byte
of it agrees with the key, so a collision of hashes costs time and never changes a result.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]

#: Lines up to these lengths in bytes, newline included, have a table each; longer ones have none.
WIDTHS = (32, 64, 128)
#: Bytes of keys per table: small beside the program, large enough for 2^17 short lines.
_KEY_BYTES = 1 << 22
#: A table is made when a block has at least this many lines.
_WORTH = 2000
#: Odd and without pattern, so that its powers make good multipliers.
_SEED = 0x9E3779B97F4A7C15
_MULTIPLIERS = np.array([pow(_SEED, i + 1, 1 << 64) for i in range(WIDTHS[-1] // 8)], np.uint64)
#: Gathers of the widest key may read this far beyond the last line.
PADDING = bytes(WIDTHS[-1])


def line_bounds(block: bytes) -> tuple[Positions, Positions]:
    """Where the lines of ``block`` start, and one past each one's newline, which all have."""
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 10)
    ends += 1
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1]
    return starts, ends


class LineCache:
    """Numbers of lines, as the mapping behind it gives them (which may number as it is asked)."""

    __slots__ = ("_numbers", "_tables")

    def __init__(self, numbers: Mapping[bytes, int]) -> None:
        self._numbers = numbers
        self._tables: dict[int, _Table] = {}

    def find(self, block: bytes, starts: Positions, ends: Positions) -> NDArray[np.int32]:
        """The number of each line of ``block``."""
        text = block + PADDING
        lengths = ends - starts
        if not self._tables and len(starts) < _WORTH:
            return self._ask(text, starts, lengths)
        found = self._look_up(WIDTHS[0], text, starts, lengths)
        for width in WIDTHS[1:]:
            # Longer lines than the last table holds: few, and so far without a number.
            longer = np.flatnonzero(found < 0)
            if not len(longer):
                return found
            found[longer] = self._look_up(width, text, starts[longer], lengths[longer])
        longer = np.flatnonzero(found < 0)
        found[longer] = self._ask(text, starts[longer], lengths[longer])
        return found

    def _look_up(
        self, width: int, text: bytes, starts: Positions, lengths: Positions
    ) -> NDArray[np.int32]:
        """The numbers of the lines that are at most ``width`` long, -1 for the others."""
        table = self._tables.get(width)
        if table is None:
            table = self._tables[width] = _Table(width)
        keys = table.keys_of(text, starts, lengths)
        slots = table.slots_of(keys)
        found = table.find(keys, slots)
        new = np.flatnonzero(found < 0)
        new = new[lengths[new] <= width]
        if len(new):
            # The two slots of a pair are each other's spare.
            found[new] = table.find(keys[new], slots[new] ^ 1)
            new = new[found[new] < 0]
        while len(new):
            # One line of each slot is asked for; it answers for those equal to it.
            first, agrees = table.firsts(keys[new], slots[new])
            asked = new[first == np.arange(len(new))]
            found[asked] = self._ask(text, starts[asked], lengths[asked])
            table.store(keys[asked], slots[asked], found[asked])
            found[new[agrees]] = found[new[first[agrees]]]
            new = new[~agrees]
        return found

    def _ask(self, text: bytes, starts: Positions, lengths: Positions) -> NDArray[np.int32]:
        ends = (starts + lengths - 1).tolist()
        lines = [text[s:e] for s, e in zip(starts.tolist(), ends, strict=True)]
        return np.fromiter(map(self._numbers.__getitem__, lines), np.int32, len(lines))


class _Table:
    """A hash table of lines of at most ``width`` bytes, each in one of the two slots of a pair.

    A key is the line with its newline, filled up with zeros: no two lines share one. A line that
    finds both its slots taken is left to the dictionary.
    """

    __slots__ = ("_dtype", "_first", "_keys", "_masks", "_numbers", "_shift")

    def __init__(self, width: int) -> None:
        self._dtype = np.dtype((np.void, width))
        bits = (_KEY_BYTES // width).bit_length() - 1
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros((1 << bits, width // 8), np.uint64)
        self._numbers = np.full(1 << bits, -1, np.int32)
        self._first = np.zeros(1 << bits, np.int64)
        place = np.arange(width)
        masks = np.where(place < np.arange(width + 1)[:, None], 255, 0).astype(np.uint8)
        self._masks = masks.view(np.uint64)

    def keys_of(self, text: bytes, starts: Positions, lengths: Positions) -> NDArray[np.uint64]:
        """The keys of lines, shape [lines, width / 8]."""
        width = self._dtype.itemsize
        # Every position of the text as a key-wide item: items may overlap and need no alignment.
        items = np.ndarray((len(text) - width + 1,), self._dtype, text, 0, (1,))
        keys = items[starts].view(np.uint64).reshape(-1, width // 8)
        keys &= _rows_of(self._masks, np.minimum(lengths, width))
        return keys

    def slots_of(self, keys: NDArray[np.uint64]) -> Positions:
        """The preferred slot of each key."""
        hashes: NDArray[np.uint64] = keys[:, 0] * _MULTIPLIERS[0]
        for i in range(1, keys.shape[1]):
            hashes += keys[:, i] * _MULTIPLIERS[i]
        hashes ^= hashes >> np.uint64(32)
        hashes *= _MULTIPLIERS[-1]
        return (hashes >> self._shift).astype(np.int64)

    def find(self, keys: NDArray[np.uint64], slots: Positions) -> NDArray[np.int32]:
        """The numbers of ``keys``, -1 for those that are not in their slot."""
        stored = _rows_of(self._keys, slots)
        stored ^= keys
        differs = stored[:, 0]
        for i in range(1, keys.shape[1]):
            differs |= stored[:, i]
        numbers = self._numbers[slots]
        numbers[differs != 0] = -1
        return numbers

    def firsts(
        self, keys: NDArray[np.uint64], slots: Positions
    ) -> tuple[Positions, NDArray[np.bool_]]:
        """For each key one of those with the same slot (for all the same), and if they agree."""
        order = np.arange(len(slots))
        self._first[slots] = order
        first = self._first[slots]
        return first, (keys == keys[first]).all(axis=1)

    def store(self, keys: NDArray[np.uint64], slots: Positions, numbers: NDArray[np.int32]) -> None:
        """Keep ``keys`` where there is room; of two new ones for one slot the last is kept."""
        slots = np.where(self._numbers[slots] < 0, slots, slots ^ 1)
        free = np.flatnonzero(self._numbers[slots] < 0)
        self._keys[slots[free]] = keys[free]
        self._numbers[slots[free]] = numbers[free]


def _rows_of(matrix: NDArray[np.uint64], index: Positions) -> NDArray[np.uint64]:
    """``matrix[index]``; as items of one row each, which NumPy copies faster."""
    item = np.dtype((np.void, matrix.shape[1] * 8))
    return matrix.view(item)[:, 0][index].view(np.uint64).reshape(-1, matrix.shape[1])
