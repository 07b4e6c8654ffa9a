"""HBM traffic of a program: requests, bytes and addresses of every H_ instruction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow import Definitions, follow
from isa_analysis.kernels.regions import Regions
from isa_analysis.traffic.count import Requests, count_requests
from isa_analysis.traffic.requests import Machine
from isa_analysis.traffic.transfers import Transfers, find


@dataclass(frozen=True, slots=True)
class Traffic:
    """The transfers of a program and their requests.

    ``kernel[i]`` and ``loop[i]`` are the kernel and the innermost loop (-1: none) of transfer i;
    ``trips`` the trip counts of all loops.
    """

    machine: Machine
    definitions: Definitions
    transfers: Transfers
    requests: Requests
    kernel: NDArray[np.int32]
    loop: NDArray[np.int32]
    trips: tuple[int, ...]


def analyse(
    program: Program, machine: Machine, regions: Regions, definitions: Definitions | None = None
) -> Traffic:
    """The traffic of ``program`` on ``machine``; ``regions`` tell kernels and multiplicities."""
    definitions = definitions or follow(program)
    transfers = find(program, definitions, machine)
    region = np.searchsorted(regions.start, transfers.pc, side="right") - 1
    times = [regions.multiplicities[t] for t in regions.times[region].tolist()]
    trips = tuple(loop.trip for loop in program.loops)
    requests = count_requests(transfers, definitions, machine, trips, times)
    return Traffic(
        machine,
        definitions,
        transfers,
        requests,
        regions.kernel[region],
        regions.loop[region],
        trips,
    )
