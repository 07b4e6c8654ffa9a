"""Straight code outside loops, without a look at each instruction.

Two things spare it: a machine at rest stays so until an instruction leaves something unfinished,
and in large programs most stretches of code have been met before in the same state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.specs import Code
from isa_analysis.schedule.steps import STATE, Automaton, Node

Steps: TypeAlias = NDArray[np.int32]

#: Instructions that are remembered as one.
_PIECE = 512
#: Instructions that are remembered in all; bounds the memory that takes to some megabytes.
_REMEMBERED = 1 << 20


@dataclass(slots=True)
class Shortcuts:
    """``tokens``: for each instruction the token with its conflicts, where that could be found in
    advance."""

    code: Code
    automaton: Automaton
    tokens: Steps | None
    _known: dict[tuple[int, bytes], tuple[Steps, int, Node]] = field(default_factory=dict)
    _kept: int = 0
    _at_rest: Steps | None = None
    _advance: NDArray[np.int64] | None = None
    _leaving: NDArray[np.int32] | None = None

    def rest(self, node: Node, begin: int, end: int) -> tuple[Steps, int]:
        """Steps and cycles of the instructions from ``begin`` up to the first that leaves something
        unfinished, for a machine at rest; none where ``node`` is not at rest."""
        if node is not self.automaton.initial():
            return np.zeros(0, np.int32), 0
        if self._at_rest is None:
            self._look(node)
        assert self._at_rest is not None
        assert self._advance is not None
        assert self._leaving is not None
        place = int(np.searchsorted(self._leaving, begin))
        if place < len(self._leaving):
            end = min(end, int(self._leaving[place]))
        specs = self.code.of_pc[begin:end]
        return self._at_rest[specs], int(self._advance[specs].sum())

    def _look(self, node: Node) -> None:
        """Find what each kind of instruction does to a machine at rest."""
        taken, advance = [], []
        for spec in range(len(self.code.specs)):
            number, after = self.automaton.follow(node, spec)
            taken.append(number if after is node else -1)
            advance.append(self.automaton.steps[number].advance)
        self._at_rest = np.array(taken, np.int32)
        self._advance = np.array(advance, np.int64)
        leaves = (self._at_rest < 0)[self.code.of_pc]
        self._leaving = np.flatnonzero(leaves).astype(np.int32)

    def piece(self, node: Node, begin: int, end: int) -> tuple[Steps, int, Node]:
        """Steps and cycles of some instructions from ``begin`` on, and the state after them. To be
        asked for where tokens are known."""
        tokens = self.tokens
        assert tokens is not None
        end = min(end, begin + _PIECE)
        key = node[STATE].number, tokens[begin:end].tobytes()
        found = self._known.get(key)
        if found is None:
            taken, after = self._walk(node, tokens[begin:end].tolist())
            table = self.automaton.steps
            cycles = sum([table[s].advance for s in taken])
            found = np.array(taken, np.int32), cycles, after
            if self._kept < _REMEMBERED:
                self._known[key] = found
                self._kept += end - begin
        return found

    def _walk(self, node: Node, tokens: list[int]) -> tuple[list[int], Node]:
        taken: list[int] = []
        follow, append = self.automaton.follow, taken.append
        for token in tokens:
            found = node.get(token)
            if found is None:
                found = follow(node, token)
            append(found[0])
            node = found[1]
        return taken, node
