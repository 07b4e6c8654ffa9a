"""Kernels folded over layers: one row for "q projection" of all layers, with its spread."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from isa_analysis.kernels import KernelName
from isa_analysis.profiling import Cell, Cost, Profile
from isa_analysis.profiling.group import cost_by
from isa_analysis.table import one_line

_NUMBER = re.compile(r"\s*\d+$")

#: The family of a layer (``vision layer``; empty outside layers), the kernel, and what both are
#: called together.
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class FoldedKernel:
    """A kernel over all layers of one family. ``layer_cycles`` holds the total cycles of each layer
    that has the kernel, in program order; ``calls`` counts entries."""

    key: Key
    calls: int
    cost: Cost
    layer_cycles: tuple[int, ...]

    @property
    def label(self) -> str:
        """The kernel for a reader."""
        return label(self.key)


def family_of(layer: str) -> str:
    """A layer's name without its number: ``vision layer`` for ``vision layer 3``."""
    return _NUMBER.sub("", layer)


def keys_of(profile: Profile) -> list[Key]:
    """The folded kernel of each kernel.

    A kernel goes by its own name; those that occur in several families of layers, or inside and
    outside layers, say where they are.
    """
    family = {layer: family_of(layer) for layer in {name.layer for name in profile.kernels}}
    places = [(family[name.layer], name.kernel) for name in profile.kernels]
    inside: dict[str, set[str]] = {}
    for where, kernel in set(places):
        inside.setdefault(kernel, set()).add(where)
    key = {place: (*place, one_line(_told(*place, inside[place[1]]), 60)) for place in set(places)}
    return [key[place] for place in places]


def _told(family: str, kernel: str, families: set[str]) -> str:
    """How a reader is told of ``kernel``, which occurs in ``families``."""
    text = kernel or "-"
    if len(families) > 1 and not family:
        return f"{text} (outside layers)"
    return f"{text} ({family})" if len(families - {""}) > 1 else text


def label(key: Key) -> str:
    """The folded kernel for a reader."""
    return key[2]


def fold(profile: Profile) -> tuple[FoldedKernel, ...]:
    """The folded kernels, most cycles first; their costs sum to the totals."""
    keys = keys_of(profile)
    layers = [name.layer for name in profile.kernels]
    per_layer: dict[tuple[Key, str], list[int]] = {}
    for cell in profile.cells:
        place = (keys[cell.kernel], layers[cell.kernel])
        cell.cost.add_to(per_layer.setdefault(place, [0] * 6))
    spread: dict[Key, list[int]] = {}
    sums: dict[Key, Cost] = {}
    for (key, _), fields in per_layer.items():
        cost = Cost(*fields)
        spread.setdefault(key, []).append(cost.total_cycles)
        sums[key] = sums.get(key, Cost()) + cost
    calls: dict[Key, int] = {}
    for key, count in zip(keys, profile.calls, strict=True):
        calls[key] = calls.get(key, 0) + count
    rows = [FoldedKernel(k, calls[k], cost, tuple(spread[k])) for k, cost in sums.items()]
    return tuple(sorted(rows, key=lambda r: (-r.cost.total_cycles, -r.cost.dynamic, r.key)))


def small(profile: Profile) -> Profile:
    """``profile`` with one kernel per folded kernel: the same sums from far fewer cells."""
    keys = keys_of(profile)
    number = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    of_kernel = [number[key] for key in keys]
    sums: dict[tuple[int, str], list[int]] = {}
    kinds: dict[str, Cell] = {}
    for cell in profile.cells:
        kinds.setdefault(cell.mnemonic, cell)
        cell.cost.add_to(sums.setdefault((of_kernel[cell.kernel], cell.mnemonic), [0] * 6))
    calls = [0] * len(number)
    for kernel, count in zip(of_kernel, profile.calls, strict=True):
        calls[kernel] += count
    return replace(
        profile,
        kernels=tuple(KernelName(family, "", kernel) for family, kernel, _ in number),
        calls=tuple(calls),
        cells=tuple(
            Cell(kernel, mnemonic, kinds[mnemonic].engine, kinds[mnemonic].category, Cost(*fields))
            for (kernel, mnemonic), fields in sums.items()
        ),
    )


def opcodes_of(profile: Profile, key: Key) -> list[tuple[str, str, Cost]]:
    """Mnemonic, category and cost of each opcode in one folded kernel, most cycles first."""
    mine = {k for k, its in enumerate(keys_of(profile)) if its == key}
    cells = tuple(cell for cell in profile.cells if cell.kernel in mine)
    sums = cost_by(cells, lambda cell: (cell.mnemonic, cell.category))
    rows = [(mnemonic, category, cost) for (mnemonic, category), cost in sums.items()]
    return sorted(rows, key=lambda r: (-r[2].total_cycles, -r[2].dynamic, r[0]))
