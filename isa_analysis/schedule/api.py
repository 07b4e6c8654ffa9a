"""The schedule of a program on a board, with the memory model that the options ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from isa_analysis.assembly.program import Program
from isa_analysis.diagnostics import InputError, error
from isa_analysis.pricing import ModelOptions, by_address, cycle_model, service_of
from isa_analysis.schedule.model import Schedule
from isa_analysis.schedule.run import Durations, Plan, prepare, run_plan, whole_durations

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.kernels.regions import Regions
    from isa_analysis.timing.model import RowPrices, SimulatorCycleModel
    from isa_analysis.traffic.analyse import Traffic


def plan(
    program: Program,
    board: LoadedBoard,
    options: ModelOptions | None = None,
    regions: Regions | None = None,
    traffic: Traffic | None = None,
) -> Plan:
    """What scheduling ``program`` needs; ``regions`` and ``traffic`` are those of its profile, if
    at hand: the program is not followed again.

    Raises :class:`InputError` (E500) for the timing model ``legacy``, which has no schedule, and
    as :func:`isa_analysis.pricing.cycle_model` does.
    """
    options = options or ModelOptions()
    if options.timing == "legacy":
        raise legacy_refused(program.name)
    model = cycle_model(board, options, program.dialect)
    prices = model.price(program.rows)
    spent = None
    if traffic is None and by_address(board, model.memory):
        from isa_analysis.traffic.analyse import analyse
        from isa_analysis.traffic.requests import machine_of

        if regions is None:
            from isa_analysis.kernels.naming import name_kernels
            from isa_analysis.kernels.regions import build_regions

            regions = build_regions(len(program), program.loops, name_kernels(program)[0])
        traffic = analyse(program, machine_of(board, program.dialect), regions)
    if traffic is not None and by_address(board, model.memory):
        from isa_analysis.traffic.service import service_cycles

        spent = service_cycles(traffic, program, service_of(board), board.clock_hz)
    definitions = traffic.definitions if traffic is not None else None
    durations = durations_of(model, prices, traffic, spent)
    return prepare(program, board, options.timing, durations, definitions)


def schedule(program: Program, board: LoadedBoard, options: ModelOptions | None = None) -> Schedule:
    """The schedule of ``program`` on ``board``; raises as :func:`plan` does."""
    return run_plan(plan(program, board, options))


def durations_of(
    model: SimulatorCycleModel,
    prices: RowPrices,
    traffic: Traffic | None,
    spent: Sequence[int] | None,
) -> Durations:
    """What instructions take before anything overlaps; ``spent[i]`` are the cycles of all
    executions of transfer i of ``traffic`` (None: ``prices`` say it all)."""
    if traffic is None or spent is None:
        return Durations(prices, {}, 0, model.memory)
    each, left = whole_durations(
        traffic.transfers.pc.tolist(), list(spent), list(traffic.requests.times)
    )
    return Durations(prices, each, left, model.memory)


def legacy_refused(path: str) -> InputError:
    """The problem of asking for a schedule under the seed's rules."""
    return error(
        "E500",
        "timing legacy has no schedule: it charges lines, in no order",
        path=path,
        hint="--timing serial, overlap, async-slots, in-order or rtl-v1",
    )
