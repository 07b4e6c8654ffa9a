"""Batches of rows to spans: one per block and engine, one per run and engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import Loop
from isa_analysis.schedule.model import ENGINES, Ints, Schedule
from isa_analysis.timeline.build.rows import Batch
from isa_analysis.timeline.model import Span


@dataclass(frozen=True, slots=True)
class Grouped:
    """The rows of a batch by span. ``order``: working rows, span by span; ``begins``: where in
    ``order`` each span's rows begin; ``span_of``: the span of each row (-1: it does not work)."""

    order: Ints
    begins: Ints
    span_of: Ints

    def __len__(self) -> int:
        return len(self.begins)


def group(batch: Batch) -> Grouped:
    """The spans of ``batch``: rows of one piece and engine."""
    working = np.flatnonzero(batch.works)
    key = batch.piece[working] * len(ENGINES) + batch.engine[working]
    by_key = np.argsort(key, kind="stable")
    order = working[by_key]
    begins = np.flatnonzero(np.diff(key[by_key], prepend=-1))
    span_of = np.full(len(batch.works), -1, np.int64)
    number = np.zeros(len(order), np.int64)
    number[begins[1:]] = 1
    span_of[order] = np.cumsum(number)
    return Grouped(order, begins, span_of)


@dataclass(frozen=True, slots=True)
class Names:
    """Kernels by instruction: region starts (also as a list), the kernel's number in each; loops of
    the program, and the kernel that the body of each begins in."""

    starts: Ints
    listed: list[int]
    kernel: Ints
    loops: tuple[Loop, ...]
    of_loop: list[int]

    @staticmethod
    def of(starts: Ints, kernel: Ints, loops: tuple[Loop, ...]) -> Names:
        """Everything that follows from regions and loops."""
        bodies = np.array([loop.start + 1 for loop in loops], np.int64)
        of_loop = [0] * len(loops)
        if len(kernel):
            of_loop = kernel[np.searchsorted(starts, bodies, side="right") - 1].tolist()
        return Names(starts, starts.tolist(), kernel, loops, of_loop)

    def kernel_at(self, pc: Ints) -> Ints:
        """The kernel of each instruction."""
        found: Ints = self.kernel[np.searchsorted(self.starts, pc, side="right") - 1]
        return found


def spans_of(
    schedule: Schedule, batch: Batch, grouped: Grouped, names: Names, first_id: int, lifecycle: bool
) -> Iterator[Span]:
    """The spans of ``batch``, numbered from ``first_id``."""
    if not len(grouped):
        return
    steps, order, begins = schedule.steps, grouped.order, grouped.begins
    step, dispatch = batch.step[order], batch.dispatch[order]
    # Where a model hides work behind a transfer, it counts as issued when it starts.
    issued = dispatch + np.minimum(steps.start[step], 0)
    head = order[begins]
    leaf = batch.leaf[head]
    pc = batch.pc[order]

    def least(values: Ints) -> list[int]:
        return _absolute(np.minimum.reduceat(values, begins), batch.base)

    def most(values: Ints) -> list[int]:
        return _absolute(np.maximum.reduceat(values, begins), batch.base)

    columns: list[list[int] | list[None]] = [
        list(range(first_id, first_id + len(begins))),
        batch.engine[head].tolist(),
        np.array([x.loop for x in batch.leaves], np.int64)[leaf].tolist(),
        least(dispatch + steps.start[step]),
        most(dispatch + steps.end[step]),
        np.diff(begins, append=len(order)).tolist(),
        [1] * len(begins),
        np.minimum.reduceat(pc, begins).tolist(),
        (np.maximum.reduceat(pc, begins) + 1).tolist(),
        np.add.reduceat(steps.busy[step], begins).tolist(),
        [0] * len(begins),
        least(issued) if lifecycle else [None] * len(begins),
        most(dispatch + steps.finish[step]) if lifecycle else [None] * len(begins),
        [None] * len(begins),
    ]
    if len(names.kernel):
        columns[10] = names.kernel_at(np.minimum.reduceat(pc, begins)).tolist()
    rows = map(Span._make, zip(*columns, strict=True))
    if not batch.runs:
        yield from rows
        return
    is_run = batch.run[head].tolist()
    for span, run, of_leaf in zip(rows, is_run, leaf.tolist(), strict=True):
        yield _run(batch, span, of_leaf, names, lifecycle) if run else span


def _absolute(values: NDArray[np.int64], base: int) -> list[int]:
    if base < 1 << 61:
        values = values + base
        base = 0
    return [int(value) + base for value in values.tolist()]


def _run(batch: Batch, span: Span, leaf: int, names: Names, lifecycle: bool) -> Span:
    """``span`` with the figures of a run of iterations, from its summary."""
    it = batch.leaves[leaf]
    use = batch.runs[leaf].engines[span.engine]
    loop = names.loops[it.loop]
    return Span(
        span.id,
        span.engine,
        it.loop,
        it.begin + use.start,
        it.begin + use.end,
        use.insns,
        it.repeat,
        loop.start + 1,
        loop.end + 1,
        use.busy,
        names.of_loop[it.loop],
        it.begin + use.dispatch if lifecycle else None,
        it.begin + use.finish if lifecycle else None,
    )
