"""The order of accesses as a value: streams of accesses, and repetitions of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Access: twice the number of the region, plus 1 for a write that does not read the block.
Stream: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``body`` ``times`` times over."""

    times: int
    body: tuple[Node, ...]


Node: TypeAlias = "Stream | Repeat"


def append(codes: Stream, out: list[Node]) -> None:
    """Append accesses to ``out``, those of no region (negative) left out and repetitions merged."""
    codes = codes[codes >= 0]
    if len(codes):
        out.append(merged(codes))


def merged(codes: Stream) -> Stream:
    """``codes`` with runs of equal ones as one."""
    keep = np.ones(len(codes), np.bool_)
    keep[1:] = codes[1:] != codes[:-1]
    return codes[keep]
