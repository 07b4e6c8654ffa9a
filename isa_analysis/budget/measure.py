"""Program on a board to :class:`Snapshot`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.budget.metrics import memory_metrics
from isa_analysis.budget.snapshot import (
    GROUP,
    LINES_KEPT,
    KernelSnapshot,
    Piece,
    PieceOpcode,
    Snapshot,
    snapshot_of,
)
from isa_analysis.isa import canonical
from isa_analysis.kernels import KernelRules, path_of
from isa_analysis.pricing import ModelOptions, cycle_model
from isa_analysis.profiling.model import Cost, Profile, total
from isa_analysis.profiling.run import profile
from isa_analysis.timing.model import RowPrices

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard

Ints = NDArray[np.int64]


def measure(
    program: Program,
    board: LoadedBoard,
    options: ModelOptions | None = None,
    rules: KernelRules | None = None,
) -> Snapshot:
    """The snapshot of ``program`` on ``board``. Raises :class:`InputError` as :func:`profile`."""
    options = options or ModelOptions()
    result = profile(program, board, options, rules)
    prices = cycle_model(board, options, program.dialect).price(program.rows)
    pieces = _pieces(program, result, prices)
    return snapshot_of(board.clock_hz, _kernels(result, pieces), memory_metrics(result, board))


def _kernels(
    result: Profile, pieces: dict[tuple[str, ...], tuple[Piece, ...]]
) -> list[KernelSnapshot]:
    paths = [path_of(name, GROUP) for name in result.kernels]
    opcodes: dict[tuple[str, ...], dict[str, Cost]] = {}
    for cell in result.cells:
        group = opcodes.setdefault(paths[cell.kernel], {})
        group[cell.mnemonic] = group.get(cell.mnemonic, Cost()) + _in_cycles(cell.cost)
    calls: dict[tuple[str, ...], int] = defaultdict(int)
    for path, count in zip(paths, result.calls, strict=True):
        calls[path] += count
    return [
        KernelSnapshot(
            path, calls[path], total(costs.values()), dict(sorted(costs.items())), pieces[path]
        )
        for path, costs in opcodes.items()
    ]


def _in_cycles(cost: Cost) -> Cost:
    """``cost`` without bytes, which a snapshot holds for the whole program."""
    return Cost(cost.static, cost.dynamic, cost.compute_cycles, cost.memory_cycles)


def _pieces(
    program: Program, result: Profile, prices: RowPrices
) -> dict[tuple[str, ...], tuple[Piece, ...]]:
    """The pieces of each kernel group."""
    regions = result.regions
    if not len(program) or regions is None:
        return {}
    number: dict[tuple[str, ...], int] = {}
    group_of = np.array(
        [number.setdefault(path_of(name, GROUP), len(number)) for name in result.kernels], np.int64
    )
    # One piece per pair of innermost loop (0: none) and kernel group.
    pair = (regions.loop.astype(np.int64) + 1) * len(number) + group_of[regions.kernel]
    pairs, piece_of_region = np.unique(pair, return_inverse=True)
    piece = np.repeat(piece_of_region.reshape(-1), regions.size)
    n_classes = len(prices.classes)
    key = piece * n_classes + prices.of_row[program.row]
    order = np.argsort(key, kind="stable")
    keys, first, counts = np.unique(key[order], return_index=True, return_counts=True)

    names = [canonical(c.spelling) for c in prices.classes]
    contents: dict[int, dict[str, list[int]]] = defaultdict(dict)
    places: dict[int, dict[str, Ints]] = defaultdict(dict)
    for k, at, count in zip(keys.tolist(), first.tolist(), counts.tolist(), strict=True):
        which, cls = divmod(k, n_classes)
        if prices.classes[cls].counted:
            entry = contents[which].setdefault(names[cls], [0, 0])
            entry[0] += count
            entry[1] += count * prices.classes[cls].cycles
            places[which].setdefault(names[cls], order[at : at + min(count, LINES_KEPT)])

    trips: list[tuple[int, ...]] = []
    for loop in program.loops:
        trips.append((*(trips[loop.parent] if loop.parent >= 0 else ()), loop.trip))
    grouped: dict[int, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
    for which, entries in contents.items():
        inside, group = divmod(int(pairs[which]), len(number))
        identity = (
            trips[inside - 1] if inside else (),
            tuple((name, *entry) for name, entry in sorted(entries.items())),
        )
        grouped[group][identity].append(which)
    paths = list(number)
    return {
        paths[group]: tuple(
            sorted(
                (
                    _piece(program, pairs, len(number), members, contents, places, trips)
                    for members in by_identity.values()
                ),
                key=lambda p: (p.trips, p.opcodes),
            )
        )
        for group, by_identity in grouped.items()
    }


def _piece(
    program: Program,
    pairs: Ints,
    n_groups: int,
    members: list[int],
    contents: dict[int, dict[str, list[int]]],
    places: dict[int, dict[str, Ints]],
    trips: list[tuple[int, ...]],
) -> Piece:
    """The piece that ``members`` are equal instances of; lines are those of the first ones."""
    model = members[0]
    loops = [int(pairs[m]) // n_groups - 1 for m in members[:LINES_KEPT]]
    opcodes = tuple(
        PieceOpcode(name, static, cycles, tuple(program.line[places[model][name]].tolist()))
        for name, (static, cycles) in sorted(contents[model].items())
    )
    last = len(program) - 1
    spans = tuple(
        (
            int(program.line[program.loops[i].start]),
            int(program.line[min(program.loops[i].end, last)]),
        )
        for i in loops
        if i >= 0
    )
    if not spans:
        lines = [line for opcode in opcodes for line in opcode.lines]
        spans = ((min(lines), max(lines)),)
    return Piece(trips[loops[0]] if loops[0] >= 0 else (), len(members), opcodes, spans)
