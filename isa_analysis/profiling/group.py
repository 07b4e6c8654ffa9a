"""Sums over the cells of a profile, by any part of a kernel's name."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from isa_analysis.kernels import path_of
from isa_analysis.profiling.model import Cell, Cost, OpcodeCost, Profile

_K = TypeVar("_K", bound=Hashable)


def cost_by(cells: tuple[Cell, ...], key: Callable[[Cell], _K]) -> dict[_K, Cost]:
    """The cost of each group of cells, in order of first appearance."""
    sums: dict[_K, list[int]] = {}
    for cell in cells:
        k = key(cell)
        known = sums.get(k)
        if known is None:
            known = sums[k] = [0, 0, 0, 0, 0, 0]
        cell.cost.add_to(known)
    return {k: Cost(*group) for k, group in sums.items()}


@dataclass(frozen=True, slots=True)
class KernelCost:
    """A group of kernels: its path, entries, cost, and the memory cycles by direction."""

    path: tuple[str, ...]
    calls: int
    cost: Cost
    prefetch_cycles: int
    store_cycles: int


def kernel_costs(
    profile: Profile, parts: tuple[str, ...] = ("layer", "kernel")
) -> list[KernelCost]:
    """Costs by the named ``parts`` of kernel names, in program order; they sum to the totals."""
    paths = [path_of(name, parts) for name in profile.kernels]
    costs = cost_by(profile.cells, lambda cell: paths[cell.kernel])
    prefetch: dict[tuple[str, ...], int] = {}
    store: dict[tuple[str, ...], int] = {}
    for cell in profile.cells:
        if cell.cost.memory_cycles:
            side = prefetch if cell.mnemonic.startswith("H_PREFETCH") else store
            path = paths[cell.kernel]
            side[path] = side.get(path, 0) + cell.cost.memory_cycles
    calls: dict[tuple[str, ...], int] = {}
    for path, count in zip(paths, profile.calls, strict=True):
        calls[path] = calls.get(path, 0) + count
    return [
        KernelCost(path, calls[path], cost, prefetch.get(path, 0), store.get(path, 0))
        for path, cost in costs.items()
    ]


def opcodes_of(cells: tuple[Cell, ...]) -> tuple[OpcodeCost, ...]:
    """Costs by opcode, most cycles first."""
    sums = cost_by(cells, lambda cell: (cell.mnemonic, cell.category, cell.engine))
    rows = [OpcodeCost(*key, cost) for key, cost in sums.items()]
    return tuple(sorted(rows, key=lambda r: (-r.cost.total_cycles, -r.cost.dynamic, r.mnemonic)))


def category_costs(profile: Profile) -> dict[str, Cost]:
    """Costs of all five categories, in table order, zeros included."""
    from isa_analysis.isa import CATEGORIES

    sums = {category: [0] * 6 for category in CATEGORIES}
    for row in profile.opcodes:
        row.cost.add_to(sums[row.category])
    return {category: Cost(*values) for category, values in sums.items()}
