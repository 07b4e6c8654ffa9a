"""What a rule of advice is, what it sees, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.boards import LoadedBoard
from isa_analysis.report import words
from isa_analysis.report.advice.invariants import Invariants
from isa_analysis.report.kernels import Key, label
from isa_analysis.report.sites import Numbers, Sites, whole
from isa_analysis.report.stages import Run, Stage


@dataclass(frozen=True, slots=True)
class Context:
    """One stage on one board, as rules see it.

    ``price[pc]`` are the cycles of one execution (0 for memory operations whose time depends on
    addresses); ``key_of_kernel[k]`` numbers the folded kernel of kernel k and ``keys`` names it.
    ``repeats`` gives, per folded kernel, useful and unique bytes of its prefetches.
    """

    stage: Stage
    run: Run
    sites: Sites
    price: Numbers
    key_of_kernel: NDArray[np.int64]
    keys: tuple[Key, ...]
    invariants: Invariants
    repeats: Mapping[int, tuple[int, int]]

    @property
    def board(self) -> LoadedBoard:
        """The board."""
        return self.run.board

    @property
    def mlen(self) -> int:
        """MLEN of the board's machine, elements."""
        return self.board.board.machine.mlen

    def cycles(self, pc: NDArray[np.int64]) -> Numbers:
        """Cycles of all executions of each instruction ``pc``."""
        out: Numbers = self.sites.times[pc] * self.price[pc]
        return out

    def kernel(self, pc: NDArray[np.int64]) -> NDArray[np.int64]:
        """Folded kernel of each instruction ``pc``, an index into ``keys``."""
        return self.key_of_kernel[self.sites.kernel[pc]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One opportunity in one folded kernel.

    ``saved`` is an upper bound in cycles; ``places`` counts the spots in the text, of which the
    first lies at lines ``first_line`` to ``last_line``.
    """

    kernel: str
    first_line: int
    last_line: int
    places: int
    saved: int
    what: str

    @property
    def lines(self) -> str:
        """Where: the first place, and how many more there are."""
        span = f"{self.first_line}"
        if self.last_line != self.first_line:
            span += f"-{self.last_line}"
        return f"{span} and {self.places - 1:,} more" if self.places > 1 else span


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of opportunity.

    ``action`` completes "to ..."; ``approach`` says how, ``assumption`` completes "supposing that
    ..." (empty: the saving needs nothing).
    ``find`` reports what there is; findings that save nothing are dropped.
    """

    id: str
    action: str
    approach: str
    assumption: str
    find: Callable[[Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A finding with its rule, stage and board."""

    stage: str
    board: LoadedBoard
    rule: Rule
    finding: Finding


def per_kernel(
    context: Context,
    pc: NDArray[np.int64],
    saved: Numbers,
    what: Callable[[int, int], str],
    last: NDArray[np.int64] | None = None,
) -> list[Finding]:
    """One finding per folded kernel for the instructions ``pc`` (ascending) that save ``saved``.

    ``what`` gets the number of instructions and of their executions; ``last`` are the instructions
    at which each place ends, where that is not the same one.
    """
    keep = np.flatnonzero(saved > 0)
    pc, saved = pc[keep], saved[keep]
    if not len(pc):
        return []
    end = pc if last is None else last[keep]
    kernel = context.kernel(pc)
    line = context.stage.program.line
    out = []
    for k in np.unique(kernel).tolist():
        mine = np.flatnonzero(kernel == k)
        first = mine[0]
        times = whole(context.sites.times[pc[mine]])
        out.append(
            Finding(
                label(context.keys[k]),
                int(line[pc[first]]),
                int(line[end[first]]),
                len(mine),
                whole(saved[mine]),
                what(len(mine), times),
            )
        )
    return out


def executions(noun: str) -> Callable[[int, int], str]:
    """``what`` for a plain count: "3 V_RED_SUM, executed 1,200 times"."""
    return lambda sites, times: f"{sites:,} {noun}, executed {words.count(times, 'time')}"
