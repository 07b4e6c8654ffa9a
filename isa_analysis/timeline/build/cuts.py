"""What a block is: straight code of one kernel, of a limited number of instructions."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.model import ENGINES, Block, Schedule


@dataclass(frozen=True, slots=True)
class Cuts:
    """``starts`` (and as a list ``listed``): instructions, ascending from 0, at which kernels and
    loop bodies begin; ``detail``: instructions in a block at most."""

    starts: NDArray[np.int64]
    detail: int
    listed: list[int]

    def number(
        self,
        pc: NDArray[np.int64],
        first: NDArray[np.bool_],
        whole: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.int64]:
        """The number of the block that each instruction is in, from 0. ``pc`` is a row of straight
        pieces; ``first`` marks where each begins. What is ``whole`` is not cut further."""
        begins = first.copy()
        heads = np.flatnonzero(first if whole is None else first & ~whole)
        begins[self._inner(pc, first, heads)] = True
        if self.detail >= len(pc):
            return np.cumsum(begins) - 1
        index = np.arange(len(pc))
        since = index - np.maximum.accumulate(np.where(begins, index, 0))
        cut = since % self.detail == 0
        if whole is not None:
            cut = np.where(whole, first, cut)
        return np.cumsum(cut) - 1

    def _inner(
        self, pc: NDArray[np.int64], first: NDArray[np.bool_], heads: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Where in ``pc`` kernels and loop bodies begin inside the straight pieces at ``heads``."""
        edges = np.append(np.flatnonzero(first), len(pc))
        size = edges[np.searchsorted(edges, heads, side="right")] - heads
        low = np.searchsorted(self.starts, pc[heads], side="right")
        count = np.searchsorted(self.starts, pc[heads] + size - 1, side="right") - low
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        inside = self.starts[np.repeat(low, count) + within]
        found: NDArray[np.int64] = inside + np.repeat(heads - pc[heads], count)
        return found

    def places(self, block: Block) -> tuple[int, ...]:
        """Where in ``block`` kernels or loop bodies begin, its own begin apart."""
        low = bisect_left(self.listed, block.pc + 1)
        high = bisect_left(self.listed, block.pc + len(block.steps), low)
        return tuple(at - block.pc for at in self.listed[low:high]) if high > low else ()

    def instances(self, schedule: Schedule, block: Block) -> tuple[int, ...]:
        """Per engine: how many blocks ``block`` is cut into that use it."""
        n = len(block.steps)
        first = np.zeros(n, np.bool_)
        first[:1] = True
        number = self.number(block.pc + np.arange(n), first)
        engine = schedule.steps.engine[block.steps]
        works = ~schedule.steps.free[block.steps]
        keys = np.unique(number[works] * len(ENGINES) + engine[works])
        return tuple(np.bincount(keys % len(ENGINES), minlength=len(ENGINES)).tolist())
