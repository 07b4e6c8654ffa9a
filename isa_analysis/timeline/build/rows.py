"""Leaves as columns: one row per instruction of straight code, one per engine of a run.

Times are offsets from ``base``, so that they fit 64 bits wherever the program is; the few numbers
of runs that might not are kept apart, as Python integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.model import ENGINES, Block, Ints, Schedule
from isa_analysis.timeline.build.cuts import Cuts
from isa_analysis.timeline.build.leaves import Leaf
from isa_analysis.timeline.build.summary import Summaries, Summary

#: Rows per batch; bounds temporaries to some tens of megabytes.
_BATCH = 1 << 18
#: Offsets within a batch stay below this.
_REACH = 1 << 60
_ZEROS = np.zeros(len(ENGINES), np.int32)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some leaves in a row. Per row: ``leaf`` (index into ``leaves``), ``piece`` (number of the
    piece that is told as one), ``block`` (number of the block, of which a piece may hold several),
    ``pc``, ``engine``, ``step`` (row of the schedule's steps), ``works`` (False: skipped by
    the hardware), ``run`` (it stands for a run), and the offset ``dispatch``."""

    base: int
    leaves: tuple[Leaf, ...]
    runs: dict[int, Summary]
    leaf: Ints
    piece: Ints
    block: Ints
    pc: Ints
    engine: Ints
    step: NDArray[np.int32]
    works: NDArray[np.bool_]
    run: NDArray[np.bool_]
    dispatch: Ints

    def run_rows(self) -> Iterator[tuple[int, int, int]]:
        """Row, leaf and engine of every row that stands for a run."""
        rows = np.flatnonzero(self.run)
        columns = rows, self.leaf[rows], self.engine[rows]
        return zip(*(column.tolist() for column in columns), strict=True)


def batches(
    schedule: Schedule, summaries: Summaries, found: Iterable[Leaf], cuts: Cuts
) -> Iterator[Batch]:
    """The leaves ``found``, in order, as columns; ``cuts`` tells pieces apart, those of
    ``summaries`` blocks."""
    group: list[Leaf] = []
    rows = 0
    for leaf in _short(schedule, found, summaries.cuts):
        size = len(leaf.node.steps) if isinstance(leaf.node, Block) else len(ENGINES)
        far = bool(group) and leaf.begin + leaf.node.cycles - group[0].begin >= _REACH
        if group and (rows + size > _BATCH or far):
            yield _batch(schedule, summaries, group, cuts)
            group, rows = [], 0
        group.append(leaf)
        rows += size
    if group:
        yield _batch(schedule, summaries, group, cuts)


def _short(schedule: Schedule, found: Iterable[Leaf], cuts: Cuts) -> Iterator[Leaf]:
    """``found``, long straight code in several leaves: they end where a piece ends anyway."""
    for leaf in found:
        node = leaf.node
        if not isinstance(node, Block) or len(node.steps) <= _BATCH:
            yield leaf
            continue
        edges = [0, *cuts.places(node), len(node.steps)]
        begin, first = leaf.begin, 0
        for edge, after in pairwise(edges[1:] + edges[-1:]):
            if after - first > _BATCH or edge == len(node.steps):
                steps = node.steps[first:edge]
                cycles = int(schedule.steps.advance[steps].sum())
                yield Leaf(begin, Block(node.pc + first, steps, cycles), leaf.loop, leaf.repeat)
                begin, first = begin + cycles, edge
                if edge == len(node.steps):
                    break


def _batch(schedule: Schedule, summaries: Summaries, group: list[Leaf], cuts: Cuts) -> Batch:
    steps = schedule.steps
    base = group[0].begin
    runs: dict[int, Summary] = {}
    step, pcs = [], []
    of_runs: list[int] = []  # the engines of the rows of runs
    for i, leaf in enumerate(group):
        if isinstance(leaf.node, Block):
            step.append(leaf.node.steps)
            pcs.append(leaf.node.pc)
        else:
            summary = runs[i] = summaries.of(leaf.node)
            used = sorted(summary.engines)
            step.append(_ZEROS[: len(used)])
            of_runs += used
            pcs.append(0)
    size = np.array([len(rows) for rows in step], np.int64)
    is_run = np.zeros(len(group), np.bool_)
    is_run[list(runs)] = True
    rows = np.concatenate(step)
    begins = np.cumsum(size) - size
    run = np.repeat(is_run, size)
    pc = np.arange(len(rows)) + np.repeat(np.array(pcs, np.int64) - begins, size)
    engine, advance = steps.engine[rows], steps.advance[rows]
    if of_runs:
        pc[run], engine[run], advance[run] = 0, of_runs, 0
    dispatch = np.cumsum(advance)
    dispatch -= advance
    first = np.zeros(len(rows), np.bool_)
    filled = np.flatnonzero(size)
    first[begins[filled]] = True
    offset = np.array([leaf.begin - base for leaf in group], np.int64)
    offset[filled] -= dispatch[begins[filled]]
    dispatch += np.repeat(offset, size)
    piece = block = pc
    if len(rows):
        piece = block = summaries.cuts.number(pc, first, run)
        if cuts.detail != summaries.cuts.detail:
            piece = cuts.number(pc, first, run)
    return Batch(
        base=base,
        leaves=tuple(group),
        runs=runs,
        leaf=np.repeat(np.arange(len(group)), size),
        piece=piece,
        block=block,
        pc=pc,
        engine=engine,
        step=rows,
        works=~steps.free[rows] | run,
        run=run,
        dispatch=dispatch,
    )
