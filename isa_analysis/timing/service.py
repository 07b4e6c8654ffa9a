"""Service time of HBM transfers (``memory.timing: service``), from their addresses.

A transfer becomes 64-byte requests; the address map of the memory sends each to a queue (one
pseudo-channel of one group of channels), a bank and a row of that bank. The time then follows from
a few counts, each with a physical reading:

- prefetch (all requests issued at once): ``base + slot x slots + row_open x miss_share +
  bank_chain x chain``;
- store (one block after another): ``block x read_blocks + row_open x openings +
  turnaround x runs``.

``slots`` are the cycles that the busiest controller needs for its data and commands; ``openings``
rows that must be opened; ``miss_share`` the share of banks that start with another row open;
``chain`` openings that wait for one another in one bank. Open rows are carried from transfer to
transfer, so transfers are given in the order of execution: a representative sample is enough (each
loop a few times), which keeps the cost independent of trip counts.

Row policy (rows stay open), request order, scheduler window and the shape of the address map are
those of the DRAM simulator behind the PLENA emulator; the times are fitted (``calibration/``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from isa_analysis.boards.schema import Service

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

REQUEST_BYTES = 64
#: Share of row hits that a data-dependent address turns into misses: between always the same
#: expert (0) and another one each time (1); from the measured routed-expert programs.
UNKNOWN_MISS = 0.25


@dataclass(frozen=True, slots=True)
class AddressMap:
    """Where a 64-byte request goes: each bit of a queue or bank number is the exclusive or of the
    listed bits of the byte address; ``address >> row_shift`` is the row.

    The first ``controller_bits`` of ``queue_bits`` select the controller, whose scheduler reorders
    up to ``window`` requests.
    """

    queue_bits: tuple[tuple[int, ...], ...]
    bank_bits: tuple[tuple[int, ...], ...]
    row_shift: int
    controller_bits: int
    window: int

    @property
    def queues(self) -> int:
        """Number of queues."""
        return 1 << len(self.queue_bits)

    @property
    def banks(self) -> int:
        """Number of banks of one queue."""
        return 1 << len(self.bank_bits)

    def locate(self, address: Ints) -> tuple[Ints, Ints, Ints]:
        """Queue, bank (numbered over all queues) and row of each byte address."""
        queue = _gather_bits(address, self.queue_bits)
        bank = queue * self.banks + _gather_bits(address, self.bank_bits)
        return queue, bank, address >> self.row_shift


def _gather_bits(address: Ints, bits: tuple[tuple[int, ...], ...]) -> Ints:
    number = np.zeros_like(address)
    for sources in bits:
        bit = np.zeros_like(address)
        for source in sources:
            bit ^= address >> source
        number = (number << 1) | (bit & 1)
    return number


@dataclass(frozen=True, slots=True)
class Transfers:
    """Executions of H_ instructions, in the order of execution; all arrays have one entry each.

    ``element`` and ``scale`` are the byte addresses of the first row, ``stride`` the bytes from one
    element row to the next, ``row_bytes`` and ``scale_bytes`` the length of a row (scale 0: no
    scales), ``ratio`` element bytes per scale byte. ``known`` is False where the address depends on
    data (give a typical one): ``UNKNOWN_MISS`` of the rows such a transfer finds open count as
    missed.

    ``all_scales``: a prefetch reads every scale block of a row, not just the first.
    ``blind_store``: a store writes element blocks without reading them. Both hold in plena-tvm.
    """

    is_store: Flags
    element: Ints
    scale: Ints
    stride: Ints
    rows: Ints
    row_bytes: Ints
    scale_bytes: Ints
    ratio: Ints
    known: Flags
    all_scales: bool = False
    blind_store: bool = False

    def __len__(self) -> int:
        return len(self.element)

    def requests(self) -> tuple[Ints, Ints, Flags]:
        """64-byte requests in the order of issue: transfer index, byte address, and whether the
        block is read (False for blocks that a store only writes)."""
        transfer = np.repeat(np.arange(len(self)), self.rows)
        row = _counted(self.rows)
        element = self.element[transfer] + row * self.stride[transfer]
        scale = self.scale[transfer] + row * self.stride[transfer] // self.ratio[transfer]
        start = np.stack([element, scale], axis=1).ravel()
        length = np.stack([self.row_bytes[transfer], self.scale_bytes[transfer]], axis=1).ravel()
        first = start // REQUEST_BYTES
        count = np.where(length > 0, (start + length - 1) // REQUEST_BYTES - first + 1, 0)
        store = np.repeat(self.is_store[transfer], 2)
        is_scale = np.arange(len(start)) % 2 == 1
        if not self.all_scales:
            count = np.where(is_scale & ~store, np.minimum(count, 1), count)
        read = ~(store & ~is_scale) if self.blind_store else np.ones(len(start), dtype=np.bool_)
        address = (np.repeat(first, count) + _counted(count)) * REQUEST_BYTES
        return np.repeat(np.repeat(transfer, 2), count), address, np.repeat(read, count)


def _counted(counts: Ints) -> Ints:
    """0, 1, ... counts[0]-1, 0, 1, ... counts[1]-1, ..."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) - np.repeat(ends - counts, counts)


@dataclass(frozen=True, slots=True)
class Features:
    """What the time of a transfer depends on; counts per execution, one entry per transfer.

    Averages over executions are allowed, since the model is linear in all of them.
    ``read_blocks``: requests that wait for a read; ``runs``: stores only, blocks whose two
    predecessors went to the same queue.
    """

    is_store: Flags
    slots: Floats
    read_blocks: Floats
    openings: Floats
    chain: Floats
    miss_share: Floats
    runs: Floats

    def after(self, skipped: int) -> Features:
        """The features without those of the first ``skipped`` transfers."""
        return Features(
            self.is_store[skipped:],
            self.slots[skipped:],
            self.read_blocks[skipped:],
            self.openings[skipped:],
            self.chain[skipped:],
            self.miss_share[skipped:],
            self.runs[skipped:],
        )


def features(transfers: Transfers, address_map: AddressMap) -> Features:
    """Counts of each transfer, with the rows that the transfers before it left open.

    Time and memory grow with the number of requests (about 1 microsecond each).
    """
    index, address, read = transfers.requests()
    n = len(transfers)
    queue, bank, row = address_map.locate(address)
    store = transfers.is_store[index]
    window = _windows(index, queue, store, address_map)
    openings = _Openings.count(index, bank, row, window, read, transfers.known[index])
    in_queue = np.bincount(index * address_map.queues + queue, minlength=n * address_map.queues)
    opened_queue = openings.bank // address_map.banks
    opened = np.bincount(
        openings.index * address_map.queues + opened_queue,
        weights=openings.conflicts,
        minlength=n * address_map.queues,
    )
    per_queue: Floats = opened.astype(np.float64).reshape(n, address_map.queues)
    same = (index[2:] == index[:-2]) & (queue[2:] == queue[1:-1]) & (queue[1:-1] == queue[:-2])
    same &= read[2:] & read[1:-1] & read[:-2]
    is_store = transfers.is_store
    return Features(
        is_store=is_store,
        slots=_slots(in_queue.reshape(n, address_map.queues), per_queue, address_map),
        read_blocks=np.bincount(index[read], minlength=n).astype(np.float64),
        openings=per_queue.sum(axis=1),
        chain=openings.chain(n, opened_queue, address_map),
        miss_share=openings.miss_share(n),
        runs=np.bincount(index[2:][same & store[2:]], minlength=n).astype(np.float64),
    )


def _slots(requests: NDArray[Any], openings: Floats, address_map: AddressMap) -> Floats:
    """Cycles for which the busiest controller is occupied: its data buses (2 cycles per request of
    a queue) or its command bus (one command per request, two per opening), whichever is longer."""
    controllers = 1 << address_map.controller_bits
    shape = (len(requests), controllers, address_map.queues // controllers)
    commands = (requests + 2 * openings).reshape(shape).sum(axis=2)
    data = 2 * requests.reshape(shape).max(axis=2, initial=0)
    return np.asarray(np.maximum(commands, data).max(axis=1, initial=0), dtype=np.float64)


def _windows(index: Ints, queue: Ints, store: Flags, address_map: AddressMap) -> Ints:
    """Number of the scheduler window of each request in its transfer and controller; a store's
    blocks are served one by one."""
    controllers = 1 << address_map.controller_bits
    controller = queue >> (len(address_map.queue_bits) - address_map.controller_bits)
    group = index * controllers + controller
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group)
    rank = np.empty_like(index)
    rank[order] = _counted(counts)
    position = np.arange(len(index)) - np.searchsorted(index, index)
    return np.where(store, position, rank // address_map.window)


@dataclass(frozen=True, slots=True)
class _Openings:
    """One entry per (bank, transfer, window): rows opened there."""

    index: Ints
    bank: Ints
    window: Ints
    conflicts: Floats
    initial: Floats
    starts: Flags

    @classmethod
    def count(
        cls, index: Ints, bank: Ints, row: Ints, window: Ints, read: Flags, known: Flags
    ) -> _Openings:
        order = np.lexsort((np.arange(len(index)), window, index, bank))
        index, bank, row, window = (a[order] for a in (index, bank, row, window))
        read, known = read[order], known[order]
        new_bank = _changes(bank)
        new_transfer = new_bank | _changes(index)
        new_segment = new_transfer | _changes(window)
        segment = np.cumsum(new_segment) - 1
        first = np.flatnonzero(new_segment)
        # The row left open in the bank before the segment; -1: none was ever opened.
        before = np.where(new_bank[first], -1, row[first - 1])
        distinct = np.lexsort((row, segment))
        fresh = _changes(segment[distinct]) | _changes(row[distinct])
        rows = np.bincount(segment[distinct][fresh], minlength=len(first))
        hit = np.zeros(len(first), dtype=np.bool_)
        hit[segment[row == before[segment]]] = True
        opened = ((rows - hit) * read[first]).astype(np.float64)
        closed = before == -1
        mismatch = np.where(hit, 0.0, np.where(closed, 0.5, 1.0))
        guess = np.where(hit & new_transfer[first] & ~known[first], UNKNOWN_MISS, 0.0)
        # A row opened in a closed bank needs no precharge.
        return cls(
            index[first],
            bank[first],
            window[first],
            opened - np.where(closed & (opened > 0), 0.5, 0.0) + guess,
            mismatch + guess,
            new_transfer[first],
        )

    def miss_share(self, n: int) -> Floats:
        """Share of a transfer's banks that start with another row open (a closed bank: half)."""
        banks = np.bincount(self.index[self.starts], minlength=n)
        missed = np.bincount(
            self.index[self.starts], weights=self.initial[self.starts], minlength=n
        )
        return np.asarray(missed / np.maximum(banks, 1), dtype=np.float64)

    def chain(self, n: int, queue: Ints, address_map: AddressMap) -> Floats:
        """Openings that wait for one another: beyond the first of a bank in each window, the most
        of any bank, added up over the windows of the controller that has most."""
        controllers = 1 << address_map.controller_bits
        controller = queue >> (len(address_map.queue_bits) - address_map.controller_bits)
        group = self.index * controllers + controller
        order = np.lexsort((self.window, group))
        group, window = group[order], self.window[order]
        first = np.flatnonzero(_changes(group) | _changes(window))
        extra = np.maximum(self.conflicts[order] - 1, 0)
        worst = np.maximum.reduceat(extra, first) if len(first) else extra
        total = np.bincount(group[first], weights=worst, minlength=n * controllers)
        return np.asarray(total.reshape(n, controllers).max(axis=1, initial=0), dtype=np.float64)


def _changes(values: Ints) -> Flags:
    """Where a value differs from the one before it; the first always does."""
    changed = np.ones(len(values), dtype=np.bool_)
    changed[1:] = values[1:] != values[:-1]
    return changed


#: Names of the fitted times, in the order of the columns of :func:`design`.
TIMES = (
    "prefetch_base_ns",
    "prefetch_slot_ns",
    "row_open_ns",
    "bank_chain_ns",
    "store_block_ns",
    "store_turnaround_ns",
)


def design(features: Features) -> Floats:
    """What each of ``TIMES`` is multiplied by: one row per transfer, one column per time."""
    f, store = features, features.is_store
    columns = (
        ~store,
        np.where(store, 0, f.slots),
        np.where(store, f.openings, f.miss_share),
        np.where(store, 0, f.chain),
        np.where(store, f.read_blocks, 0),
        np.where(store, f.runs, 0),
    )
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


@dataclass(frozen=True, slots=True)
class ServiceModel:
    """Times of the service model in ns; the fields are those of the board's ``memory.service``.

    ``prefetch_base_ns``: latency of one prefetch whose rows are open. ``prefetch_slot_ns``: one
    cycle of the busiest controller. ``row_open_ns``: closing a row and opening another.
    ``bank_chain_ns``: added per further opening in the same bank. ``store_block_ns``: one block
    read, changed and written. ``store_turnaround_ns``: added per block that follows two others in
    its queue, where the read waits for a posted write.
    """

    address_map: AddressMap
    prefetch_base_ns: float
    prefetch_slot_ns: float
    store_block_ns: float
    row_open_ns: float = 0.0
    bank_chain_ns: float = 0.0
    store_turnaround_ns: float = 0.0

    @classmethod
    def from_board(cls, service: Service) -> ServiceModel:
        """The model of a board's ``memory.service`` section; without an address map all requests
        go through one queue (2 slots each) of one bank whose row stays open."""
        parts = service.address_map
        address_map = AddressMap((), (), 63, 0, 1)
        if parts is not None:
            address_map = AddressMap(
                parts.queue_bits,
                parts.bank_bits,
                parts.row_shift,
                parts.controller_bits,
                parts.window,
            )
        return cls(address_map, **{name: getattr(service, name) for name in TIMES})

    def transfer_ns(self, features: Features) -> Floats:
        """Time of one execution of each transfer (ns)."""
        times = np.array([getattr(self, name) for name in TIMES])
        return np.asarray(design(features) @ times, dtype=np.float64)

    def mean_ns(self, transfers: Transfers, group: Ints, groups: int) -> Floats:
        """Mean time (ns) of the transfers of each group, for example of each static instruction;
        ``group[i]`` is the group of transfer i. A group without transfers is 0."""
        times = self.transfer_ns(features(transfers, self.address_map))
        counts = np.bincount(group, minlength=groups)
        total = np.bincount(group, weights=times, minlength=groups)
        return np.asarray(total / np.maximum(counts, 1), dtype=np.float64)
