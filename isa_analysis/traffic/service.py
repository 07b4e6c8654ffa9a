"""Service time of a program's transfers from their addresses: ``--memory service`` on a board
with an address map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.timing.model import cycles
from isa_analysis.timing.service import (
    TIMES,
    AddressMap,
    Features,
    ServiceModel,
    Transfers,
    design,
    features,
)
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import STORE_V
from isa_analysis.traffic.sample import Sample, sample

if TYPE_CHECKING:
    from isa_analysis.boards.schema import Service

Floats = NDArray[np.float64]

#: Requests per pass; bounds memory to about a hundred megabytes.
_CHUNK = 1 << 18
#: Transfers that are repeated at the beginning of a pass, so that it finds the right rows open.
_WARM_UP = 64


def service_cycles(
    traffic: Traffic, program: Program, service: Service, clock_hz: int
) -> list[int]:
    """Cycles of all executions together of each transfer, rounded once per static instruction."""
    model = ServiceModel.from_board(service)
    n = len(traffic.transfers)
    total, count = np.zeros(n), np.zeros(n, np.int64)
    for which, counts in sampled_features(traffic, program, model.address_map):
        total += np.bincount(which, weights=model.transfer_ns(counts), minlength=n)
        count += np.bincount(which, minlength=n)
    mean = total / np.maximum(count, 1)
    return [
        cycles(ns * times, clock_hz)
        for ns, times in zip(mean.tolist(), traffic.requests.times, strict=True)
    ]


def mean_design(traffic: Traffic, program: Program, address_map: AddressMap) -> Floats:
    """[transfers, TIMES]: what each time of the model is multiplied by in one execution of each
    transfer, as a mean over the sampled ones; its product with the times is the model's ns."""
    n = len(traffic.transfers)
    total, count = np.zeros((n, len(TIMES))), np.zeros(n, np.int64)
    for which, counts in sampled_features(traffic, program, address_map):
        for i, column in enumerate(design(counts).T):
            total[:, i] += np.bincount(which, weights=column, minlength=n)
        count += np.bincount(which, minlength=n)
    return np.asarray(total / np.maximum(count, 1)[:, None], dtype=np.float64)


def sampled_features(
    traffic: Traffic, program: Program, address_map: AddressMap
) -> Iterator[tuple[NDArray[np.int64], Features]]:
    """The sampled executions in passes of bounded size: the transfer that each is of, and what its
    time depends on."""
    chosen = sample(traffic, program.loops)
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
        counts = features(_executions(traffic, chosen, begin, last), address_map)
        yield chosen.transfer[first:last], counts.after(first - begin)
        first = last


def _executions(traffic: Traffic, chosen: Sample, begin: int, end: int) -> Transfers:
    """The sampled executions ``begin`` to ``end``, as the service model takes them."""
    part = slice(begin, end)
    machine = traffic.machine
    kind = traffic.transfers.kind[chosen.transfer[part]]

    def geometry(name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([getattr(g, name) for g in machine.kinds], np.int64)[kind]

    return Transfers(
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
