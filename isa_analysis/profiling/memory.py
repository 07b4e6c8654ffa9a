"""HBM bytes, and cycles that depend on addresses, folded into a breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from isa_analysis.assembly.program import Program
from isa_analysis.isa import kind_of
from isa_analysis.profiling.compute import Breakdown
from isa_analysis.profiling.model import Cell, Cost
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import NAMES, REQUEST_BYTES


def with_traffic(
    parts: Breakdown, program: Program, traffic: Traffic, cycles: Sequence[int] | None
) -> Breakdown:
    """``parts`` with the bytes of ``traffic``, and with ``cycles[i]`` for all executions of
    transfer i together (None: the cycles that are there already stay)."""
    extra: dict[tuple[int, str], list[int]] = {}
    requests = traffic.requests
    for i, (kernel, kind) in enumerate(
        zip(traffic.kernel.tolist(), traffic.transfers.kind.tolist(), strict=True)
    ):
        sums = extra.setdefault((kernel, NAMES[kind]), [0] * 6)
        sums[3] += cycles[i] if cycles is not None else 0
        sums[4] += REQUEST_BYTES * requests.read[i]
        sums[5] += REQUEST_BYTES * requests.written[i]
    cells = []
    for cell in parts.cells:
        more = extra.pop((cell.kernel, cell.mnemonic), None)
        cells.append(cell if more is None else replace(cell, cost=cell.cost + Cost(*more)))
    cells += [
        Cell(kernel, mnemonic, *kind_of(mnemonic), Cost(*more))
        for (kernel, mnemonic), more in extra.items()
    ]
    if cycles is None or not parts.loops:
        return replace(parts, cells=tuple(cells))
    added = [0] * len(parts.loops)
    for loop, spent in zip(traffic.loop.tolist(), cycles, strict=True):
        if loop >= 0:
            added[loop] += spent
    for i in range(len(added) - 1, -1, -1):
        parent = program.loops[i].parent
        if parent >= 0:
            added[parent] += added[i]
    loops = tuple(
        replace(loop, cycles=loop.cycles + more) if more else loop
        for loop, more in zip(parts.loops, added, strict=True)
    )
    return replace(parts, cells=tuple(cells), loops=loops)
