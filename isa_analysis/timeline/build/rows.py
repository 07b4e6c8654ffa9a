"""Leaves as columns: one row per instruction of straight code, one per engine of a run.

Times are offsets from ``base``, so that they fit 64 bits wherever the program is; the few numbers
of runs that might not are kept apart, as Python integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.schedule.model import ENGINES, Block, Ints, Schedule
from isa_analysis.timeline.build.leaves import Leaf
from isa_analysis.timeline.build.summary import Summaries, Summary

#: Rows per batch; bounds temporaries to some tens of megabytes.
_BATCH = 1 << 18
#: Offsets within a batch stay below this.
_REACH = 1 << 60


@dataclass(frozen=True, slots=True)
class Batch:
    """Some leaves in a row. Per row: ``leaf`` (index into ``leaves``), ``piece`` (number of the
    block), ``pc``, ``engine``, ``step`` (row of the schedule's steps), ``works`` (False: skipped by
    the hardware), ``run`` (it stands for a run), and the offset ``dispatch``."""

    base: int
    leaves: tuple[Leaf, ...]
    runs: dict[int, Summary]
    leaf: Ints
    piece: Ints
    pc: Ints
    engine: Ints
    step: Ints
    works: NDArray[np.bool_]
    run: NDArray[np.bool_]
    dispatch: Ints

    def run_rows(self) -> Iterator[tuple[int, int, int]]:
        """Row, leaf and engine of every row that stands for a run."""
        rows = np.flatnonzero(self.run)
        columns = rows, self.leaf[rows], self.engine[rows]
        return zip(*(column.tolist() for column in columns), strict=True)


def batches(schedule: Schedule, summaries: Summaries, found: Iterable[Leaf]) -> Iterator[Batch]:
    """The leaves ``found``, in order, as columns."""
    group: list[Leaf] = []
    rows = 0
    for leaf in found:
        size = len(leaf.node.steps) if isinstance(leaf.node, Block) else len(ENGINES)
        far = bool(group) and leaf.begin + leaf.node.cycles - group[0].begin >= _REACH
        if group and (rows + size > _BATCH or far):
            yield _batch(schedule, summaries, group)
            group, rows = [], 0
        group.append(leaf)
        rows += size
    if group:
        yield _batch(schedule, summaries, group)


def _batch(schedule: Schedule, summaries: Summaries, group: list[Leaf]) -> Batch:
    steps = schedule.steps
    base = group[0].begin
    runs: dict[int, Summary] = {}
    step, engine, sizes, pcs, is_run = [], [], [], [], []
    known: dict[tuple[int, ...], tuple[Any, Any]] = {}  # rows of a run, by the engines it uses
    for i, leaf in enumerate(group):
        if isinstance(leaf.node, Block):
            step.append(leaf.node.steps)
            engine.append(steps.engine[leaf.node.steps])
            pcs.append(leaf.node.pc)
        else:
            runs[i] = summaries.of(leaf.node)
            used = tuple(sorted(runs[i].engines))
            if used not in known:
                known[used] = np.zeros(len(used), np.int32), np.array(used, np.int64)
            step.append(known[used][0])
            engine.append(known[used][1])
            pcs.append(0)
        is_run.append(i in runs)
        sizes.append(len(step[-1]))
    size = np.array(sizes, np.int64)
    rows = np.concatenate(step).astype(np.int64)
    leaf_of = np.repeat(np.arange(len(group)), size)
    run = np.array(is_run)[leaf_of]
    begins = np.cumsum(size) - size
    index = np.arange(len(rows)) - begins[leaf_of]
    pc = np.array(pcs, np.int64)[leaf_of] + np.where(run, 0, index)
    advance = np.where(run, 0, steps.advance[rows])
    before = np.cumsum(advance) - advance
    offset = np.array([leaf.begin - base for leaf in group], np.int64)
    nonempty = np.minimum(begins, max(len(rows) - 1, 0))
    dispatch = before - before[nonempty][leaf_of] + offset[leaf_of] if len(rows) else before
    first = np.zeros(len(rows), np.bool_)
    first[begins[size > 0]] = True
    return Batch(
        base=base,
        leaves=tuple(group),
        runs=runs,
        leaf=leaf_of,
        piece=summaries.cuts.number(pc, first, run) if len(rows) else before,
        pc=pc,
        engine=np.concatenate(engine),
        step=rows,
        works=~steps.free[rows] | run,
        run=run,
        dispatch=dispatch,
    )
