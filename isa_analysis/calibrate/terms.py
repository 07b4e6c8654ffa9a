"""A program on a machine setting as linear terms of the parameters to be fitted.

Compute cycles are linear in the board's latencies, with executed counts as coefficients. A cost
formula is evaluated with all latencies 0 and with one of them 1: the differences are the
coefficients. They are exact integers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.boards import LoadedBoard
from isa_analysis.boards.schema import Latency
from isa_analysis.dataflow import Definitions, follow
from isa_analysis.isa import canonical
from isa_analysis.kernels.naming import name_kernels
from isa_analysis.kernels.regions import Regions, build_regions
from isa_analysis.timing.model import SimulatorCycleModel
from isa_analysis.timing.service import TIMES, AddressMap, ServiceModel
from isa_analysis.traffic.analyse import Traffic, analyse
from isa_analysis.traffic.charges import needs_addresses
from isa_analysis.traffic.requests import NAMES, STORE_V, machine_of

#: The latencies of a board, in the order of its file.
LATENCIES = tuple(key for key in Latency.model_fields if key != "dc_lib_en")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """``constant`` cycles plus ``slopes[key]`` times each latency, over ``count`` executions."""

    count: int
    constant: int
    slopes: Mapping[str, int]

    def cycles(self, latency: Mapping[str, int]) -> int:
        """The cycles with these latencies."""
        return self.constant + sum(factor * latency[key] for key, factor in self.slopes.items())


@dataclass(frozen=True, slots=True)
class TransferTerms:
    """One entry per static H_ instruction: index among the instructions, mnemonic, executions, and
    [transfers, TIMES] what each time of the service model is multiplied by in one execution.
    ``known`` is False where an execution's address depends on data."""

    pc: tuple[int, ...]
    mnemonic: tuple[str, ...]
    times: tuple[int, ...]
    design: Floats
    known: NDArray[np.bool_]
    read_bytes: int
    written_bytes: int


@dataclass(frozen=True, slots=True)
class Terms:
    """A program on one setting. ``opcodes`` has every executed opcode but the H_ instructions.

    ``static`` counts instructions, ``executed`` their executions; ``may_break``: C_BREAK may leave
    a loop early, so that counts are upper bounds.
    """

    static: int
    executed: int
    may_break: bool
    opcodes: Mapping[str, Linear]
    transfers: TransferTerms

    @property
    def compute(self) -> Linear:
        """The sum over all opcodes."""
        slopes: Counter[str] = Counter()
        for term in self.opcodes.values():
            slopes.update(term.slopes)
        return Linear(
            sum(term.count for term in self.opcodes.values()),
            sum(term.constant for term in self.opcodes.values()),
            dict(slopes),
        )


@dataclass(frozen=True, slots=True)
class _Shared:
    """A parsed program, and what all its settings share."""

    program: Program
    regions: Regions
    row_counts: Mapping[int, int]
    definitions: Definitions


def terms_of(program: Program, boards: Sequence[LoadedBoard]) -> list[Terms]:
    """The terms of ``program`` on each of ``boards``, whose latencies and times do not matter.

    What the settings share is worked out once: where the loops are, and every address.
    """
    spans, _ = name_kernels(program)
    regions = build_regions(len(program), program.loops, spans)
    shared = _Shared(program, regions, _row_counts(program, regions), follow(program))
    known: dict[object, Terms] = {}
    out = []
    for board in boards:
        machine = board.board.machine
        key = (
            machine.mlen, machine.vlen, machine_of(board, program.dialect), address_map_of(board)
        )  # fmt: skip
        if key not in known:
            known[key] = _terms(shared, board)
        out.append(known[key])
    return out


def _terms(shared: _Shared, board: LoadedBoard) -> Terms:
    program, size = shared.program, board.board.machine
    machine = machine_of(board, program.dialect)
    traffic = analyse(program, machine, shared.regions, shared.definitions)
    requests = traffic.requests
    return Terms(
        len(program),
        sum(shared.row_counts.values()),
        any(loop.has_break for loop in program.loops),
        opcode_terms(program, shared.row_counts, size.mlen, size.vlen),
        TransferTerms(
            tuple(traffic.transfers.pc.tolist()),
            tuple(NAMES[kind] for kind in traffic.transfers.kind.tolist()),
            requests.times,
            _design(traffic, program, board),
            np.array([not unknown for unknown in requests.unknown], np.bool_),
            requests.read_bytes(),
            requests.written_bytes(),
        ),
    )


def _design(traffic: Traffic, program: Program, board: LoadedBoard) -> Floats:
    if board.board.memory.timing_model != "service" or not len(traffic.transfers):
        return np.zeros((len(traffic.transfers), len(TIMES)))
    address_map = address_map_of(board)
    if address_map is None:
        return _aligned(traffic)
    from isa_analysis.traffic.service import mean_design

    return mean_design(traffic, program, address_map)


def address_map_of(board: LoadedBoard) -> AddressMap | None:
    """The address map of the board's service model; None when transfers need no addresses."""
    service = board.board.memory.service
    if service is None or not needs_addresses(service):
        return None
    return ServiceModel.from_board(service).address_map


def _row_counts(program: Program, regions: Regions) -> dict[int, int]:
    """Executions of each row of the program, exactly."""
    counts: Counter[int] = Counter()
    n = len(program.rows.op)
    which = np.repeat(regions.times, regions.size)
    for i, times in enumerate(regions.multiplicities):
        static = np.bincount(program.row[which == i], minlength=n)
        for row in np.flatnonzero(static).tolist():
            counts[row] += int(static[row]) * times
    return dict(counts)


def opcode_terms(
    program: Program, row_counts: Mapping[int, int], mlen: int, vlen: int
) -> dict[str, Linear]:
    """The linear terms of each executed opcode, H_ instructions aside."""
    zero = dict.fromkeys(LATENCIES, 0)
    base = SimulatorCycleModel(zero, mlen, vlen, {}, memory="none").price(program.rows)
    units = {
        key: SimulatorCycleModel({**zero, key: 1}, mlen, vlen, {}, memory="none").price(
            program.rows
        )
        for key in LATENCIES
    }
    counts: Counter[int] = Counter()
    for row, count in row_counts.items():
        counts[int(base.of_row[row])] += count
    total: Counter[str] = Counter()
    constant: Counter[str] = Counter()
    slopes: dict[str, Counter[str]] = {}
    for number, count in counts.items():
        price = base.classes[number]
        if not price.counted or price.is_memory:
            continue
        name = canonical(price.spelling)
        total[name] += count
        constant[name] += count * price.cycles
        mine = slopes.setdefault(name, Counter())
        for key, prices in units.items():
            if slope := prices.classes[number].cycles - price.cycles:
                mine[key] += count * slope
    return {name: Linear(total[name], constant[name], dict(slopes[name])) for name in total}


def _aligned(traffic: Traffic) -> Floats:
    """What the times are multiplied by on a board without an address map: requests aligned to 64
    bytes, through one queue (2 slots each) of one bank whose row stays open."""
    from isa_analysis.traffic import requests

    rows = []
    zero = np.zeros(1, np.int64)
    for kind in range(len(NAMES)):
        stride = np.array([traffic.machine.kinds[kind].element_bytes], np.int64)
        read = int(requests.count(traffic.machine, kind, zero, zero, stride)[0][0])
        prefetch = {"prefetch_base_ns": 1, "prefetch_slot_ns": 2 * read}
        of = {"store_block_ns": read} if kind == STORE_V else prefetch
        rows.append([float(of.get(name, 0)) for name in TIMES])
    return np.array(rows)[traffic.transfers.kind]
