"""Service time of a program's transfers from their addresses: ``--memory service`` on a board
with an address map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.assembly.program import Program
from isa_analysis.timing.model import cycles
from isa_analysis.timing.service import ServiceModel, Transfers, features
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import STORE_V
from isa_analysis.traffic.sample import Sample, sample

if TYPE_CHECKING:
    from isa_analysis.boards.schema import Service

#: Requests per pass; bounds memory to about a hundred megabytes.
_CHUNK = 1 << 18
#: Transfers that are repeated at the beginning of a pass, so that it finds the right rows open.
_WARM_UP = 64


def service_cycles(
    traffic: Traffic, program: Program, service: Service, clock_hz: int
) -> list[int]:
    """Cycles of all executions together of each transfer, rounded once per static instruction."""
    model = ServiceModel.from_board(service)
    chosen = sample(traffic, program.loops)
    n = len(traffic.transfers)
    total, count = np.zeros(n), np.zeros(n, np.int64)
    kind = traffic.transfers.kind[chosen.transfer]
    per_transfer = np.array(
        [g.rows * (-(-g.element_bytes // 64) + 1) for g in traffic.machine.kinds], np.int64
    )
    ends = np.cumsum(per_transfer[kind])
    first = 0
    while first < len(kind):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + _CHUNK)), first + 1)
        begin = max(first - _WARM_UP, 0)
        ns = _transfer_ns(model, traffic, chosen, begin, last)[first - begin :]
        which = chosen.transfer[first:last]
        total += np.bincount(which, weights=ns, minlength=n)
        count += np.bincount(which, minlength=n)
        first = last
    mean = total / np.maximum(count, 1)
    return [
        cycles(ns * times, clock_hz)
        for ns, times in zip(mean.tolist(), traffic.requests.times, strict=True)
    ]


def _transfer_ns(
    model: ServiceModel, traffic: Traffic, chosen: Sample, begin: int, end: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Times (ns) of the sampled executions ``begin`` to ``end``."""
    part = slice(begin, end)
    machine = traffic.machine
    kind = traffic.transfers.kind[chosen.transfer[part]]

    def geometry(name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([getattr(g, name) for g in machine.kinds], np.int64)[kind]

    transfers = Transfers(
        is_store=kind == STORE_V,
        element=chosen.element[part],
        scale=chosen.scale[part],
        stride=chosen.stride[part],
        rows=geometry("rows"),
        row_bytes=geometry("element_bytes"),
        scale_bytes=geometry("scale_bytes"),
        ratio=geometry("ratio"),
        known=chosen.known[part],
        all_scales=machine.tvm,
        blind_store=machine.tvm,
    )
    return model.transfer_ns(features(transfers, model.address_map))
