"""Profile on a board -> :class:`Untiled`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.shapes import INSTRUCTION, KINDS
from isa_analysis.dataflow.accesses import HBM, MEMORIES
from isa_analysis.footprint.compute import capacities
from isa_analysis.isa import canonical, instruction, is_known
from isa_analysis.kernels import path_of
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import KINDS as TRANSFERS
from isa_analysis.traffic.requests import PREFETCH_M, REQUEST_BYTES
from isa_analysis.traffic.touched import touched
from isa_analysis.untiled.model import Bounds, Capacity, Cycles, Untiled

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.pricing import ModelOptions
    from isa_analysis.profiling.model import Profile

_SRAM = re.compile(r"(msram|vsram|fpsram|intsram)\[")


def is_overhead(mnemonic: str) -> bool:
    """Whether an instruction is loop control or address arithmetic: everything of the control
    category, and the integer scalars."""
    if not is_known(mnemonic):
        return False
    return instruction(mnemonic).category == "control" or canonical(mnemonic).endswith("_INT")


def sram_reads(mnemonic: str) -> int:
    """SRAM operands that one execution reads, by the instruction table."""
    if not is_known(mnemonic):
        return 0
    return sum(bool(_SRAM.match(entry)) for entry in instruction(mnemonic).reads)


def untiled(
    profile: Profile,
    board: LoadedBoard,
    far_latency: int,
    parts: tuple[str, ...] = ("layer", "kernel"),
    options: ModelOptions | None = None,
) -> Untiled:
    """The bounds of a profile that was made with traffic on ``board`` under ``options``.

    ``far_latency`` is in cycles per SRAM operand read, 0 or more.
    """
    if profile.program is None or profile.traffic is None or profile.regions is None:
        raise ValueError("bounds need a profile made with ModelOptions(traffic=True)")
    if far_latency < 0:
        raise ValueError("a latency is 0 cycles or more")
    paths = [path_of(name, parts) for name in profile.kernels]
    number: dict[tuple[str, ...], int] = {}
    group = np.array([number.setdefault(path, len(number)) for path in paths], np.int64)
    sums = _instruction_sums(profile, board, group, len(number), options)
    traffic = profile.traffic
    of_transfer = group[traffic.kernel] if len(traffic.kernel) else np.zeros(0, np.int64)
    spent = _memory_cycles(profile, group, len(number))
    kernels = tuple(
        _bounds(
            path, sums[g], spent[g], traffic, np.flatnonzero(of_transfer == g).tolist(),
            far_latency,
        )
        for path, g in number.items()
    )  # fmt: skip
    everything = list(range(len(traffic.transfers)))
    whole_sums = _Sums(*(sum(column) for column in zip(*(_fields(s) for s in sums), strict=True)))
    whole_spent = [sum(column) for column in zip(*spent, strict=True)] or [0, 0, 0]
    whole = _bounds((), whole_sums, whole_spent, traffic, everything, far_latency)
    from isa_analysis.report.fits import block_ram_bytes

    return Untiled(
        far_latency,
        parts,
        whole,
        kernels,
        _capacities(profile, board),
        block_ram_bytes(board) or None,
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """Of a group of kernels: compute cycles, cycles of overhead over all executions and when each
    instruction counts once, SRAM operands read."""

    compute: int = 0
    overhead: int = 0
    once: int = 0
    reads: int = 0


def _fields(sums: _Sums) -> tuple[int, int, int, int]:
    return sums.compute, sums.overhead, sums.once, sums.reads


def _instruction_sums(
    profile: Profile,
    board: LoadedBoard,
    group: NDArray[np.int64],
    groups: int,
    options: ModelOptions | None,
) -> list[_Sums]:
    """Sums over the instructions that are no transfers."""
    from isa_analysis.pricing import ModelOptions as Options
    from isa_analysis.pricing import cycle_model

    program, regions = profile.program, profile.regions
    assert program is not None and regions is not None
    if not len(program):
        return [_Sums()] * groups
    model = cycle_model(board, options or Options(), program.dialect)
    prices = model.price(program.rows)
    classes = len(prices.classes)
    rows = program.rows
    # One kind of line for every price and for whether it reads (a destination f0 skips the read).
    skipped = (rows.kinds[:, 0] == KINDS.index("f")) & (rows.values[:, 0] == 0)
    skipped &= np.array([is_known(s) and instruction(s).f0_free for s in rows.spellings] or [False],
                        np.bool_)[rows.op]  # fmt: skip
    reads_of = np.array([sram_reads(s) for s in rows.spellings] or [0], np.int64)[rows.op]
    reads_of = np.where((rows.status == INSTRUCTION) & ~skipped, reads_of, 0)
    most = int(reads_of.max(initial=0)) + 1
    row_key = prices.of_row.astype(np.int64) * most + reads_of
    n_times = len(regions.multiplicities)
    place = group[regions.kernel] * n_times + regions.times
    key = np.repeat(place, regions.size) * (classes * most) + row_key[program.row]
    found, counts = np.unique(key, return_counts=True)
    sums = [[0, 0, 0, 0] for _ in range(groups)]
    for k, count in zip(found.tolist(), counts.tolist(), strict=True):
        where, which = divmod(k, classes * most)
        g, times = divmod(where, n_times)
        price, reads = divmod(which, most)
        cls, runs = prices.classes[price], regions.multiplicities[times]
        if not cls.counted:
            continue
        mine = sums[g]
        mine[3] += count * runs * reads
        if cls.is_memory:
            continue
        mine[0] += count * runs * cls.cycles
        if is_overhead(cls.spelling):
            mine[1] += count * runs * cls.cycles
            mine[2] += count * cls.cycles
    return [_Sums(*s) for s in sums]


def _memory_cycles(profile: Profile, group: NDArray[np.int64], groups: int) -> list[list[int]]:
    """Memory cycles of each group of kernels by kind of transfer."""
    out = [[0, 0, 0] for _ in range(groups)]
    for cell in profile.cells:
        if cell.mnemonic in TRANSFERS:
            out[int(group[cell.kernel])][TRANSFERS[cell.mnemonic]] += cell.cost.memory_cycles
    return out


def _bounds(
    path: tuple[str, ...],
    sums: _Sums,
    spent: Sequence[int],
    traffic: Traffic,
    which: Sequence[int],
    far_latency: int,
) -> Bounds:
    memory = sum(spent)
    once = _fetched_once(traffic, which, spent)
    requests = traffic.requests
    return Bounds(
        path,
        Cycles(sums.compute, memory),
        Cycles(sums.compute - sums.overhead + sums.once, memory),
        Cycles(sums.compute, once.cycles),
        Cycles(sums.compute + far_latency * sums.reads, memory),
        sums.overhead,
        sums.once,
        REQUEST_BYTES * sum(requests.read[i] + requests.written[i] for i in which),
        once.moved,
        once.unique,
        sum(requests.unknown[i] for i in which),
        once.exact,
        sums.reads,
    )


@dataclass(frozen=True, slots=True)
class _Once:
    cycles: int
    moved: int
    unique: int
    exact: bool


def _fetched_once(traffic: Traffic, which: Sequence[int], spent: Sequence[int]) -> _Once:
    """The transfers ``which`` with every distinct byte moved once.

    A byte counts at the first kind of transfer that moves it (prefetch M, prefetch V, store), and
    the cycles of a kind shrink as its bytes do. Transfers whose addresses are not known keep all
    their bytes.
    """
    kinds = traffic.transfers.kind
    known: list[int] = []
    cycles = moved = unique = before = 0
    exact = True
    for kind, time in enumerate(spent):
        mine = [i for i in which if int(kinds[i]) == kind]
        each = traffic.machine.kinds[kind].useful_bytes
        useful = sum(traffic.requests.times[i] for i in mine) * each
        good = [i for i in mine if not traffic.requests.unknown[i] and _is_followed(traffic, i)]
        kept = useful - sum(traffic.requests.times[i] for i in good) * each
        known += good
        so_far = touched(traffic, known) if known else None
        size = so_far.unique_bytes if so_far else 0
        exact = exact and (so_far is None or so_far.exact)
        fresh = min(max(size - before, 0) + kept, useful)
        before = size
        moved += useful
        unique += fresh
        # Rounded up: a bound must not promise more than the bytes do.
        cycles += -(-time * fresh // useful) if useful else time
    return _Once(cycles, moved, unique, exact)


def _is_followed(traffic: Traffic, i: int) -> bool:
    """Whether every address of transfer ``i`` is known."""
    t = traffic.transfers
    if min(int(part[i]) for part in (t.offset, t.high, t.low, t.scale, t.stride)) >= 0:
        return True
    return not touched(traffic, [i]).unknown


def _capacities(profile: Profile, board: LoadedBoard) -> tuple[Capacity, ...]:
    """What each bound needs of the on-chip memories."""
    from isa_analysis.footprint import footprint

    program, traffic = profile.program, profile.traffic
    assert program is not None and traffic is not None
    has = capacities(board)
    if program.dialect == "plena-tvm":
        has["fpsram"] = 0  # its depth is not known
    found = footprint(profile, board, ()).whole
    used = {o.memory: None if o.unknown else o.high or 0 for o in found}
    distinct = _distinct(traffic, board)
    return tuple(
        Capacity(memory, has[memory] or None, used.get(memory), *distinct.get(memory, (0,)))
        for memory in MEMORIES[:HBM]
    )


def _distinct(traffic: Traffic, board: LoadedBoard) -> dict[str, tuple[int, bool, int]]:
    """Distinct elements between HBM and matrix or vector SRAM, in bytes on chip; whether that is
    exact; transfers that are not in it."""
    kinds = traffic.transfers.kind
    # Elements without their scales, which stay in HBM's format.
    bare = replace(
        traffic,
        machine=replace(
            traffic.machine,
            kinds=tuple(replace(k, scale_bytes=0) for k in traffic.machine.kinds),  # type: ignore[arg-type]
        ),
    )
    precision = board.board.precision
    out = {}
    for memory, is_mine, bits, stored in (
        ("msram", kinds == PREFETCH_M, precision.matrix_sram.element_bits,
         precision.hbm_weight.element_bits),
        ("vsram", kinds != PREFETCH_M, precision.vector_sram.element_bits,
         precision.hbm_activation.element_bits),
    ):  # fmt: skip
        found = touched(bare, np.flatnonzero(is_mine).tolist())
        out[memory] = (-(-found.unique_bytes * bits // stored), found.exact, found.unknown)
    return out
