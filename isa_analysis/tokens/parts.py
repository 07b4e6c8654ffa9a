"""A program's cycles by how they grow: with layers, with the context, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from isa_analysis.profiling import Profile
from isa_analysis.tokens.cache_reads import READERS

#: Kernels of attention between the cache and the output projection: they grow with the context if
#: they run once per block of keys, and do not if they run once per head.
CORE = frozenset(
    {
        "attention output", "flash attention setup", "head merge", "output accumulation",
        "output init", "output rescale", "score mask", "score mask load", "score mask setup",
        "softmax", "softmax init", "softmax normalisation",
    }
)  # fmt: skip

_LAYER = re.compile(r"(.*)layer (\d+)")


@dataclass(frozen=True, slots=True)
class Cycles:
    """Compute cycles and cycles charged for transfers."""

    compute: int = 0
    memory: int = 0

    def __add__(self, other: Cycles) -> Cycles:
        return Cycles(self.compute + other.compute, self.memory + other.memory)

    @property
    def total(self) -> int:
        """Both."""
        return self.compute + self.memory


@dataclass(frozen=True, slots=True)
class Part:
    """A layer, or what is in no layer.

    ``readers`` read keys and values, so they grow with the context; ``core`` is the rest of
    attention between cache and output projection, which may; ``rest`` does not.
    """

    readers: Cycles = Cycles()
    core: Cycles = Cycles()
    rest: Cycles = Cycles()

    @property
    def total(self) -> int:
        """All cycles."""
        return self.readers.total + self.core.total + self.rest.total


@dataclass(frozen=True, slots=True)
class Parts:
    """``layers`` of the program in order, and ``outside``: what the comments put in no layer.

    ``family`` is what its layers are called; programs with several families (a vision encoder and
    a decoder) count the one named ``layer``, and the others are ``outside``.
    """

    layers: tuple[Part, ...]
    outside: Part
    family: str = "layer"


def split(profile: Profile) -> Parts:
    """The cycles of ``profile`` by layer and kind; they add up to its totals."""
    keys = [_layer(name.layer) for name in profile.kernels]
    families = list(dict.fromkeys(key[0] for key in keys if key is not None))
    family = "layer" if "layer" in families or not families else families[0]
    numbers = [layer_number(name.layer, family) for name in profile.kernels]
    sums: dict[tuple[int, str], Cycles] = {}
    for cell in profile.cells:
        layer = numbers[cell.kernel]
        name = profile.kernels[cell.kernel].kernel
        kind = "readers" if name in READERS else "core" if name in CORE else "rest"
        spent = Cycles(cell.cost.compute_cycles, cell.cost.memory_cycles)
        sums[layer, kind] = sums.get((layer, kind), Cycles()) + spent
    there = sorted({layer for layer, _ in sums if layer >= 0})
    return Parts(tuple(_part(sums, number) for number in there), _part(sums, -1), family)


def add(parts: Iterable[Part]) -> Part:
    """The sum of ``parts``."""
    readers = core = rest = Cycles()
    for part in parts:
        readers, core, rest = readers + part.readers, core + part.core, rest + part.rest
    return Part(readers, core, rest)


def layer_number(name: str, family: str) -> int:
    """The number of the layer called ``name``; -1 when it is none of ``family``."""
    key = _layer(name)
    return key[1] if key is not None and key[0] == family else -1


def _part(sums: dict[tuple[int, str], Cycles], layer: int) -> Part:
    return Part(*(sums.get((layer, kind), Cycles()) for kind in ("readers", "core", "rest")))


def _layer(name: str) -> tuple[str, int] | None:
    match = _LAYER.fullmatch(name)
    return (f"{match[1]}layer", int(match[2])) if match else None
