"""Requests and bytes of every H_ instruction over all its executions, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import Definitions
from isa_analysis.traffic import requests
from isa_analysis.traffic.requests import REQUEST_BYTES, Machine
from isa_analysis.traffic.residues import distribution
from isa_analysis.traffic.transfers import Transfers


@dataclass(frozen=True, slots=True)
class Requests:
    """Per transfer, over all executions: 64-byte requests read and written.

    ``unknown`` counts executions at an address that depends on data; their requests are those of
    an address aligned to 64 bytes.
    """

    times: tuple[int, ...]
    read: tuple[int, ...]
    written: tuple[int, ...]
    unknown: tuple[int, ...]

    def read_bytes(self) -> int:
        """Bus bytes read, over all transfers."""
        return REQUEST_BYTES * sum(self.read)

    def written_bytes(self) -> int:
        """Bus bytes written, over all transfers."""
        return REQUEST_BYTES * sum(self.written)


def count_requests(
    transfers: Transfers,
    definitions: Definitions,
    machine: Machine,
    trips: Sequence[int],
    times: Sequence[int],
) -> Requests:
    """Requests of each of ``transfers``; ``times[i]`` is how often transfer i runs and ``trips``
    the trip counts of all loops."""
    n = len(transfers)
    read, written, unknown = [0] * n, [0] * n, [0] * n
    parts = (transfers.offset, transfers.low, transfers.scale, transfers.stride)
    constant = np.ones(n, np.bool_)
    for part in parts:
        constant &= part >= 0
    for kind in range(3):
        fixed = np.flatnonzero((transfers.kind == kind) & constant)
        if len(fixed):
            r, w = _constant(machine, kind, *(part[fixed] for part in parts))
            for i, a, b in zip(fixed.tolist(), r.tolist(), w.tolist(), strict=True):
                read[i], written[i] = a * times[i], b * times[i]
    known: dict[tuple[int, ...], tuple[int, int]] = {}
    for i in np.flatnonzero(~constant).tolist():
        kind = int(transfers.kind[i])
        components = tuple(int(part[i]) for part in parts)
        for residues, count in distribution(
            definitions.values, components, trips, times[i], machine.period
        ).items():
            if None in residues:
                unknown[i] += count
            key = (kind, *(0 if r is None else r for r in residues))
            if None in residues:
                key = (kind, 0, 0, 0, 0 if residues[3] is None else int(residues[3]))
            if key not in known:
                r, w = _constant(machine, kind, *(np.array([k], np.int64) for k in key[1:]))
                known[key] = int(r[0]), int(w[0])
            a, b = known[key]
            read[i] += a * count
            written[i] += b * count
    return Requests(tuple(times), tuple(read), tuple(written), tuple(unknown))


def _constant(
    machine: Machine,
    kind: int,
    offset: NDArray[np.int64],
    low: NDArray[np.int64],
    scale: NDArray[np.int64],
    stride: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Requests (read, written) of one execution of each transfer; equal ones are counted once."""
    ratio = machine.kinds[kind].ratio
    element = (low + offset) % REQUEST_BYTES
    scales = (low + scale + offset // ratio) % REQUEST_BYTES
    keys = (element * REQUEST_BYTES + scales) * machine.period + stride % machine.period
    unique, inverse = np.unique(keys, return_inverse=True)
    rest, strides = unique // machine.period, unique % machine.period
    r, w = requests.count(machine, kind, rest // REQUEST_BYTES, rest % REQUEST_BYTES, strides)
    return r[inverse.reshape(-1)], w[inverse.reshape(-1)]
