"""A schedule folded into a breakdown: cycles become shares of the makespan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.assembly.program import Program
from isa_analysis.isa import canonical
from isa_analysis.profiling.compute import Breakdown
from isa_analysis.schedule.api import durations_of
from isa_analysis.schedule.model import Schedule
from isa_analysis.schedule.run import build_schedule
from isa_analysis.timing.model import RowPrices, SimulatorCycleModel

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.traffic.analyse import Traffic


def schedule_parts(
    program: Program,
    board: LoadedBoard,
    model: SimulatorCycleModel,
    prices: RowPrices,
    traffic: Traffic | None,
    spent: Sequence[int] | None,
) -> Schedule:
    """The schedule of a program whose durations are known."""
    definitions = traffic.definitions if traffic is not None else None
    durations = durations_of(model, prices, traffic, spent)
    return build_schedule(program, board, model.timing, durations, definitions)


def with_schedule(parts: Breakdown, program: Program, schedule: Schedule) -> Breakdown:
    """``parts`` with the cycles of ``schedule``: those of H_ instructions are memory cycles, all
    others compute cycles, and their sum is the makespan."""
    shares = schedule.attributed
    regions = parts.regions
    rows = program.rows
    number: dict[str, int] = {}
    name_of = [number.setdefault(canonical(s), len(number)) for s in rows.spellings]
    name = np.array(name_of or [0], np.int32)[rows.op][program.row]
    kernels = len(parts.kernels)
    name *= kernels
    name += np.repeat(regions.kernel.astype(np.int32), regions.size)
    sums = np.zeros(kernels * len(number), shares.dtype)
    np.add.at(sums, name, shares)
    cycles = sums.tolist()
    cells = []
    for cell in parts.cells:
        spent = cycles[number[cell.mnemonic] * kernels + cell.kernel]
        memory = spent if cell.category == "memory" else 0
        cost = replace(cell.cost, compute_cycles=spent - memory, memory_cycles=memory)
        cells.append(replace(cell, cost=cost))
    loops = tuple(
        replace(loop, cycles=timing.cycles)
        for loop, timing in zip(parts.loops, schedule.loops, strict=True)
    )
    return replace(parts, cells=tuple(cells), loops=loops)
