"""Traffic summed by opcode, kernel, loop, tensor and transfer shape."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Generic, TypeVar

from isa_analysis.kernels import KernelName
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.linear import linear_pieces
from isa_analysis.traffic.regions import RegionMap
from isa_analysis.traffic.requests import NAMES, REQUEST_BYTES
from isa_analysis.traffic.touched import Touched, touched_by

_K = TypeVar("_K", bound=Hashable)
_K_co = TypeVar("_K_co", bound=Hashable, covariant=True)

#: What a tensor is called when nothing names it.
UNNAMED = "(unnamed)"
OUTSIDE = "(outside every region)"
UNKNOWN_ADDRESS = "(address depends on data)"


@dataclass(frozen=True, slots=True)
class TrafficSum(Generic[_K_co]):
    """A group of transfers.

    ``transfers`` counts executions; ``read_bytes`` and ``write_bytes`` are bus bytes (64 per
    request), ``useful_bytes`` the element and scale bytes among those moved.
    """

    key: _K_co
    transfers: int
    read_requests: int
    write_requests: int
    useful_bytes: int
    unknown_transfers: int
    touched: Touched

    @property
    def read_bytes(self) -> int:
        """Bus bytes read."""
        return REQUEST_BYTES * self.read_requests

    @property
    def write_bytes(self) -> int:
        """Bus bytes written."""
        return REQUEST_BYTES * self.write_requests

    @property
    def refetch_factor(self) -> float | None:
        """Useful bytes moved per distinct byte touched; None when a part is unknown."""
        if self.unknown_transfers or not self.touched.unique_bytes or self.touched.unknown:
            return None
        return self.useful_bytes / self.touched.unique_bytes


@dataclass(frozen=True, slots=True)
class Sums(Generic[_K_co]):
    """Sums of groups: all of them in order of first appearance, or the largest (by bus bytes, most
    first) of ``groups``."""

    rows: tuple[TrafficSum[_K_co], ...]
    groups: int


def summed(traffic: Traffic, keys: Sequence[_K], top: int | None = None) -> Sums[_K]:
    """Sums of the transfers by their ``keys``; of the ``top`` largest groups only where given,
    which spares the addresses of the others."""
    members: dict[_K, list[int]] = {}
    for i, key in enumerate(keys):
        members.setdefault(key, []).append(i)
    groups = list(members.items())
    if top is not None:
        read, written = traffic.requests.read.__getitem__, traffic.requests.written.__getitem__
        groups.sort(key=lambda group: -sum(map(read, group[1])) - sum(map(written, group[1])))
        del groups[top:]
    return Sums(tuple(_sums(traffic, groups)), len(members))


def _sums(traffic: Traffic, groups: Sequence[tuple[_K, list[int]]]) -> Iterator[TrafficSum[_K]]:
    requests = traffic.requests
    useful = [kind.useful_bytes for kind in traffic.machine.kinds]
    all_touched = touched_by(traffic, [which for _, which in groups])
    for (key, which), found in zip(groups, all_touched, strict=True):
        times = list(map(requests.times.__getitem__, which))
        kinds = traffic.transfers.kind[which].tolist()
        yield TrafficSum(
            key,
            sum(times),
            sum(map(requests.read.__getitem__, which)),
            sum(map(requests.written.__getitem__, which)),
            sum(map(mul, times, map(useful.__getitem__, kinds))),
            sum(map(requests.unknown.__getitem__, which)),
            found,
        )


def whole(traffic: Traffic) -> TrafficSum[str]:
    """The sum of all transfers."""
    return next(_sums(traffic, [("total", list(range(len(traffic.transfers))))]))


def by_opcode(traffic: Traffic, top: int | None = None) -> Sums[str]:
    """Sums by H_ mnemonic."""
    return summed(traffic, [NAMES[kind] for kind in traffic.transfers.kind.tolist()], top)


def by_kernel(
    traffic: Traffic,
    kernels: Sequence[KernelName],
    parts: tuple[str, ...],
    top: int | None = None,
) -> Sums[tuple[str, ...]]:
    """Sums by parts of the kernel's name."""
    from isa_analysis.kernels import path_of

    paths = [path_of(name, parts) for name in kernels]
    return summed(traffic, [paths[kernel] for kernel in traffic.kernel.tolist()], top)


def by_loop(traffic: Traffic, top: int | None = None) -> Sums[int]:
    """Sums by innermost loop number, -1 for transfers in no loop."""
    return summed(traffic, traffic.loop.tolist(), top)


@dataclass(frozen=True, slots=True)
class Shape:
    """A transfer shape: opcode, rows x columns in elements, byte stride of rows (None: varies or
    depends on data), precision field."""

    mnemonic: str
    rows: int
    columns: int
    stride: int | None
    precision: int


def by_shape(traffic: Traffic, top: int | None = None) -> Sums[Shape]:
    """Sums by transfer shape."""
    t, machine = traffic.transfers, traffic.machine.kinds
    columns = zip(t.kind.tolist(), t.stride.tolist(), t.precision.tolist(), strict=True)
    made: dict[tuple[int, int, int], Shape] = {}
    keys = []
    for column in columns:
        if column not in made:
            kind, stride, precision = column
            g = machine[kind]
            known = stride if stride >= 0 else None
            made[column] = Shape(NAMES[kind], g.rows, g.elements, known, precision)
        keys.append(made[column])
    return summed(traffic, keys, top)


def by_tensor(
    traffic: Traffic,
    kernels: Sequence[KernelName],
    regions: RegionMap | None,
    top: int | None = None,
) -> Sums[str]:
    """Sums by tensor: the region that holds the first row, or what the comments call it."""

    def name(i: int) -> str:
        if regions is None:
            return kernels[int(traffic.kernel[i])].tensor or UNNAMED
        address = lowest_address(traffic, i)
        if address is None:
            return UNKNOWN_ADDRESS
        return regions.name_at(address) or OUTSIDE

    return summed(traffic, [name(i) for i in range(len(traffic.transfers))], top)


def lowest_address(traffic: Traffic, i: int) -> int | None:
    """The lowest byte that transfer ``i`` begins at; None when it depends on data."""
    t = traffic.transfers
    parts = [int(part[i]) for part in (t.offset, t.high, t.low)]
    if min(parts) >= 0:
        return (parts[1] << 32) + parts[2] + parts[0]
    lows = []
    for piece in linear_pieces(traffic.definitions.values, parts, traffic.trips):
        if piece is None:
            return None
        (offset, high, low), _ = piece
        lows.append((high.low << 32) + low.low + offset.low)
    return min(lows, default=None)
