"""What limits a program: which engine bounds each kernel, what is waited for, what could be gained.

Gains come from scheduling again with the machine changed, so they are exact for the model; where
the change is idealised ("infinitely fast"), the gain is the most that any improvement of that kind
can bring. Every figure is in cycles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.kernels import KernelName
from isa_analysis.schedule.model import (
    ENGINES,
    HBM_READ,
    HBM_WRITE,
    STALLS,
    VECTOR,
    Schedule,
)
from isa_analysis.schedule.run import Plan, run_plan
from isa_analysis.schedule.scoreboard import Scoreboard

if TYPE_CHECKING:
    from isa_analysis.kernels.regions import Regions


@dataclass(frozen=True, slots=True)
class KernelBound:
    """One kernel: its ``cycles`` of the makespan, how long each engine (in the order of
    ``ENGINES``) works for it, the engine that works longest (empty: none works).

    ``least`` is what it would take if that engine never waited, ``transfers`` the busy cycles of
    the HBM engines together, and ``compute`` the longest of the others.
    """

    kernel: int
    name: KernelName
    cycles: int
    busy: tuple[int, ...]
    bound_by: str
    least: int
    compute: int
    transfers: int


@dataclass(frozen=True, slots=True)
class Blame:
    """A share of the makespan: ``cycles`` in which ``engine`` issued or computed (``reason``
    ``issue``), or waited for ``producer`` (empty: nobody in particular) for ``reason``."""

    engine: str
    reason: str
    producer: str
    cycles: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change of the machine and the time the program then takes.

    ``low`` and ``high`` bracket the makespan (equal: exact for the model); ``gain_low`` and
    ``gain_high`` are the cycles saved. ``err_cycles``: by how much ``low`` may be too high, where a
    loop was not closed exactly.
    """

    name: str
    low: int
    high: int
    gain_low: int
    gain_high: int
    err_cycles: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """The analysis of one schedule. ``floor`` is the makespan with engines that never are busy: the
    longest path of dependencies under in-order issue of one instruction per cycle. ``blame`` tiles
    the makespan exactly."""

    schedule: Schedule
    makespan: int
    bound_by: str
    floor: int
    kernels: tuple[KernelBound, ...]
    blame: tuple[Blame, ...]
    what_ifs: tuple[WhatIf, ...]


def bottlenecks(
    plan: Plan,
    schedule: Schedule,
    kernels: tuple[KernelName, ...],
    regions: Regions,
    floor_plan: Plan | None = None,
) -> Bottlenecks:
    """What limits ``schedule``, which is that of ``plan``.

    ``kernels`` and ``regions`` are those of the program's profile. ``floor_plan``: a plan of the
    same program for the model ``in-order``, for models that are no scoreboards themselves (None:
    ``plan`` serves). Raises :class:`ValueError` when such a plan is missing.
    """
    busiest = max(schedule.engines, key=lambda e: e.busy, default=None)
    floor = floor_of(floor_plan or plan)
    return Bottlenecks(
        schedule,
        schedule.makespan,
        busiest.engine if busiest is not None and busiest.busy else "",
        min(floor, schedule.makespan),
        kernel_bounds(schedule, kernels, regions),
        blame_of(schedule),
        what_ifs(plan, schedule),
    )


def kernel_bounds(
    schedule: Schedule, kernels: tuple[KernelName, ...], regions: Regions
) -> tuple[KernelBound, ...]:
    """Which engine bounds each kernel, in the order of ``kernels``."""
    kernel = np.repeat(regions.kernel.astype(np.int64), regions.size)
    cycles = _by(kernel, schedule.attributed, len(kernels))
    engine = schedule.engine_of.astype(np.int64)
    known = engine >= 0
    key = kernel[known] * len(ENGINES) + engine[known]
    busy = _by(key, schedule.worked[known], len(kernels) * len(ENGINES))
    out = []
    for index, name in enumerate(kernels):
        mine = tuple(busy[index * len(ENGINES) : (index + 1) * len(ENGINES)])
        most = max(mine)
        transfers = mine[HBM_READ] + mine[HBM_WRITE]
        out.append(
            KernelBound(
                index, name, cycles[index], mine, ENGINES[mine.index(most)] if most else "",
                min(most, cycles[index]), max(mine[:HBM_READ]), transfers,
            )
        )  # fmt: skip
    return tuple(out)


def _by(key: NDArray[np.int64], values: NDArray[Any], count: int) -> list[int]:
    out = np.zeros(count, values.dtype)
    np.add.at(out, key, values)
    result: list[int] = out.tolist()
    return result


def blame_of(schedule: Schedule) -> tuple[Blame, ...]:
    """Every cycle of the makespan by who issued or who waited for whom; most cycles first."""
    t = schedule.steps
    sums: dict[tuple[str, str, str], int] = {}

    def add(engine: str, reason: str, producer: str, cycles: int) -> None:
        key = (engine, reason, producer)
        sums[key] = sums.get(key, 0) + cycles

    for k, times in enumerate(schedule.executed):
        if not int(t.advance[k]) and not int(t.stall[k]):
            continue
        engine = ENGINES[int(t.engine[k])]
        stall, port = int(t.stall[k]), int(t.port[k])
        producer = int(t.producer[k])
        add(engine, "issue", "", times * (int(t.advance[k]) - stall - port))
        add(engine, STALLS[int(t.kind[k])], ENGINES[producer] if producer >= 0 else "",
            times * stall)  # fmt: skip
        add(engine, "write-back", "", times * port)
    add("", "drain", "", schedule.drain)
    rows = [Blame(*key, cycles) for key, cycles in sums.items() if cycles]
    return tuple(sorted(rows, key=lambda b: (-b.cycles, b.engine, b.reason, b.producer)))


def what_ifs(plan: Plan, schedule: Schedule) -> tuple[WhatIf, ...]:
    """What single improvements would bring."""
    base = schedule.makespan
    out = []
    without: dict[int, Schedule] = {}
    for number, use in enumerate(schedule.engines):
        if use.busy:
            other = without[number] = run_plan(plan, skip=frozenset([number]))
            out.append(
                _exact(base, f"infinitely fast {use.engine}", other,
                       f"{use.engine} instructions take no time and nobody waits for them")
            )  # fmt: skip
    reads = schedule.engines[HBM_READ].busy
    if reads:
        other = without[HBM_READ]
        low = min(base, max(other.makespan, reads))
        out.append(
            WhatIf("perfect prefetch", low, low, base - low, base - low, other.err_cycles,
                   "nobody waits for a prefetch, but all of them still take their time")
        )  # fmt: skip
    transfers = reads + schedule.engines[HBM_WRITE].busy
    if transfers:
        compute = run_plan(plan, skip=frozenset([HBM_READ, HBM_WRITE]))
        low = min(base, max(compute.makespan, transfers))
        out.append(
            WhatIf("double buffering", low, base, 0, base - low, compute.err_cycles,
                   "transfers of the next part run behind the computing of this one: between all "
                   "of the shorter side hidden and nothing more than now")
        )  # fmt: skip
    if schedule.engines[VECTOR].busy:
        more = schedule
        meaning = "the model executes one instruction at a time, whatever units there are"
        if isinstance(plan.machine, Scoreboard):
            number = plan.machine.units[VECTOR] + 1
            units = [number if e == VECTOR else n for e, n in enumerate(plan.machine.units)]
            more = run_plan(plan, replace(plan.machine, units=tuple(units)))
            meaning = f"{number} vector instructions at one time"
        out.append(_exact(base, "one more vector unit", more, meaning))
    return tuple(out)


def _exact(base: int, name: str, other: Schedule, meaning: str) -> WhatIf:
    makespan = min(other.makespan, base)
    gain = base - makespan
    return WhatIf(name, makespan, makespan, gain, gain, other.err_cycles, meaning)


def floor_of(plan: Plan) -> int:
    """The makespan with unlimited engines: only dependencies and the issue of one instruction per
    cycle are left (cycles). Transfers too are unlimited, 64 of each direction under way."""
    free = Scoreboard(pipelined=(True,) * len(ENGINES), write_back_ports=64, queue=64)
    if not isinstance(plan.machine, Scoreboard):
        raise ValueError("the plan has not the ranges of a scoreboard: give one of in-order")
    return run_plan(plan, free).makespan
