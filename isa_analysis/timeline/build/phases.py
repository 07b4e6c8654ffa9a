"""Phases: which kernel has the issue point, and where it stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from isa_analysis.schedule.model import STALLS, Schedule
from isa_analysis.timeline.build.rows import Batch
from isa_analysis.timeline.build.spans import Names
from isa_analysis.timeline.model import Phase

#: The lane of kernels, and the prefix of the lanes of stalls.
KERNELS, STALL = "kernel", "stall: "
_PORT = STALLS.index("write-back")


def stalls_of(schedule: Schedule, batch: Batch) -> Iterator[Phase]:
    """One phase per block (or run) and kind of stall in it, in order of time per kind."""
    steps = schedule.steps
    plain = ~batch.run
    stall, port = steps.stall[batch.step], steps.port[batch.step]
    waits = np.flatnonzero(plain & (stall > 0))
    ports = np.flatnonzero(plain & (port > 0))
    rows = np.concatenate([waits, ports])
    kind = np.concatenate([steps.kind[batch.step[waits]], np.full(len(ports), _PORT, np.int64)])
    length = np.concatenate([stall[waits], port[ports]])
    begin = batch.dispatch[rows] + np.concatenate([np.zeros(len(waits), np.int64), stall[ports]])
    key = batch.piece[rows] * len(STALLS) + kind
    order = np.argsort(key, kind="stable")
    heads = np.flatnonzero(np.diff(key[order], prepend=-1))
    found = []
    if len(heads):
        found = list(
            zip(
                kind[order[heads]].tolist(),
                np.minimum.reduceat(begin[order], heads).tolist(),
                np.maximum.reduceat((begin + length)[order], heads).tolist(),
                np.add.reduceat(length[order], heads).tolist(),
                strict=True,
            )
        )
    for k, start, end, cycles in found:
        yield Phase(STALL + STALLS[k], STALLS[k], start + batch.base, end + batch.base, cycles)
    for leaf, summary in batch.runs.items():
        sums: dict[int, int] = {}
        for (k, _, _), cycles in summary.waits.items():
            sums[k] = sums.get(k, 0) + cycles
        begin_at = batch.leaves[leaf].begin
        for k, cycles in sorted(sums.items()):
            yield Phase(STALL + STALLS[k], STALLS[k], begin_at, begin_at + summary.cycles, cycles)


@dataclass(slots=True)
class KernelPhases:
    """Stretches of one kernel after the other, at the issue point."""

    labels: tuple[str, ...]
    marks: list[tuple[int, int]] = field(default_factory=list)

    def add(self, batch: Batch, names: Names) -> None:
        """Take in the leaves of ``batch``."""
        if not len(batch.piece):
            return
        heads = np.flatnonzero(np.diff(batch.piece, prepend=-1))
        leaf = batch.leaf[heads]
        kernels = names.kernel_at(batch.pc[heads]).tolist()
        for i in np.flatnonzero(batch.run[heads]).tolist():
            kernels[i] = names.of_loop[batch.leaves[int(leaf[i])].loop]
        begins = batch.dispatch[heads].tolist()
        for kernel, begin in zip(kernels, begins, strict=True):
            if not self.marks or self.marks[-1][1] != kernel:
                self.marks.append((begin + batch.base, kernel))

    def phases(self, end: int) -> Iterator[Phase]:
        """One phase per stretch; the last one ends at ``end``."""
        for (start, kernel), (stop, _) in pairwise([*self.marks, (end, -1)]):
            if stop > start:
                yield Phase(KERNELS, self.labels[kernel], start, stop, stop - start)
