"""Which loop holds which transfers and which loops, in program order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import Loop

#: What each loop (-1: the program) holds directly: transfers [first, last), and numbers of loops.
#: Loops without transfers are left out.
Item: TypeAlias = tuple[int, int] | int
Tree: TypeAlias = dict[int, list[Item]]


def chain_of(loops: Sequence[Loop], loop: int) -> list[int]:
    """The loops around, outermost first, ending with ``loop`` (-1: none)."""
    chain = []
    while loop >= 0:
        chain.append(loop)
        loop = loops[loop].parent
    return chain[::-1]


def build_tree(loop: NDArray[np.int32], loops: Sequence[Loop]) -> Tree:
    """The tree of transfers whose innermost loops are ``loop``, in program order."""
    tree: Tree = {-1: []}
    if not len(loop):
        return tree
    cuts = (np.flatnonzero(np.diff(loop)) + 1).tolist()
    for first, last in zip([0, *cuts], [*cuts, len(loop)], strict=True):
        inner = int(loop[first])
        for around in chain_of(loops, inner):
            if around not in tree:
                tree[around] = []
                tree[loops[around].parent].append(around)
        tree[inner].append((first, last))
    return tree
