"""A file as a stream of row numbers: equal lines share a row, each row is decoded once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.interning import LineCache, line_bounds
from isa_analysis.assembly.shapes import RowBuilder, Rows

#: Decode newly met lines in batches of at least this many.
_BATCH = 1 << 15
#: Forget the interned lines beyond this many, to bound memory; equal lines then get a second row.
_MAX_INTERNED = 1 << 19
#: Just below the size (bytes) from which the GNU allocator never recycles.
_RECYCLED = 31 << 20
#: After a chunk in which most lines were new, this many chunks are decoded without interning, and
#: twice as many each time that repeats.
_SKIP = 8


@dataclass(frozen=True, slots=True)
class LineStream:
    """``blocks`` end to end hold the row of each line; ``rows`` describes the rows.

    The blocks are small and stay apart: memory used for the first time costs as much as the work
    done in it.
    """

    blocks: list[NDArray[np.int32]]
    rows: Rows

    def __len__(self) -> int:
        """The number of lines."""
        return sum(map(len, self.blocks))

    @property
    def ids(self) -> NDArray[np.int32]:
        """``ids[i]`` is the row of line i (from 0)."""
        return np.concatenate([np.zeros(0, np.int32), *self.blocks])


class _Interner(dict[bytes, int]):
    """Line -> row number; an unknown line gets the next one."""

    __slots__ = ("base",)
    base: int

    def __missing__(self, line: bytes) -> int:
        row = self[line] = self.base + len(self)
        return row


def read_lines(
    blocks: Iterable[bytes], progress: Callable[[int], None] | None = None
) -> LineStream:
    """Intern and decode newline-terminated ``blocks``; ``progress`` is told bytes as they pass."""
    # The GNU allocator returns large freed blocks to the system, and getting them back costs a page
    # fault per 4 kB. It stops doing so for sizes up to that of the largest block freed so far: free
    # one that was never touched, so that every chunk reuses the memory of the last.
    np.empty(_RECYCLED, np.uint8)
    builder = RowBuilder()
    interner = _Interner()
    interner.base = 0
    cache = LineCache(interner)
    decoded = 0  # rows of the interner that the builder already has
    skip, next_skip = 0, _SKIP
    parts: list[NDArray[np.int32]] = []

    def flush() -> None:
        nonlocal decoded
        if len(interner) > decoded:
            fresh = islice(interner, decoded, None)
            builder.add(b"\n".join(fresh) + b"\n")
            decoded = len(interner)

    for block in blocks:
        if progress is not None:
            progress(len(block))
        if skip:
            skip -= 1
            start = builder.count
            builder.add(block)
            parts.append(np.arange(start, builder.count, dtype=np.int32))
            interner.base = builder.count - len(interner)
            continue
        starts, ends = line_bounds(block)
        before = len(interner)
        parts.append(cache.find(block, starts, ends))
        new = len(interner) - before
        if (2 * new > len(starts) and new > 1000) or len(interner) > _MAX_INTERNED:
            flush()
            interner.clear()
            interner.base = builder.count
            decoded = 0
            skip, next_skip = next_skip, 2 * next_skip
        elif len(interner) - decoded > _BATCH:
            flush()
    flush()
    return LineStream(parts, builder.rows())


def join(parts: Sequence[LineStream]) -> LineStream:
    """The stream of consecutive parts of a file; equal lines of two parts keep separate rows."""
    number: dict[str, int] = {}
    ops: list[NDArray[np.int32]] = []
    blocks: list[NDArray[np.int32]] = []
    comments: dict[int, str] = {}
    offset = 0
    for part in parts:
        rows = part.rows
        renumber = [number.setdefault(spelling, len(number)) for spelling in rows.spellings]
        ops.append(np.array([*renumber, -1], np.int32)[rows.op])
        shift = np.int32(offset)
        blocks += [block + shift for block in part.blocks] if offset else part.blocks
        comments |= {row + offset: text for row, text in rows.comments.items()}
        offset += len(rows.status)
    rows = Rows(
        np.concatenate([part.rows.status for part in parts]),
        np.concatenate(ops),
        np.concatenate([part.rows.form for part in parts]),
        np.concatenate([part.rows.kinds for part in parts]),
        np.concatenate([part.rows.values for part in parts]),
        tuple(number),
        comments,
    )
    return LineStream(blocks, rows)
