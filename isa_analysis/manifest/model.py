"""The weight manifest as a value: regions of memory by kind and layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from isa_analysis.diagnostics import Diagnostic

Kind = Literal["weight", "kv", "activation"]
KINDS: tuple[Kind, ...] = ("weight", "kv", "activation")


@dataclass(frozen=True, slots=True)
class Region:
    """The half-open byte range ``[offset, offset + size)`` of one tensor.

    ``layer_id`` 0 is also the layer of shared tensors; ``name`` is empty where the manifest has
    none (the seed's manifests have none).
    """

    layer_id: int
    offset: int
    size: int
    kind: Kind = "weight"
    name: str = ""

    @property
    def end(self) -> int:
        """One past the last byte."""
        return self.offset + self.size

    @property
    def label(self) -> str:
        """The name, or a description where there is none."""
        return self.name or f"{self.kind} of layer {self.layer_id} at {self.offset}"


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes by kind."""

    weight: int
    kv: int
    activation: int

    @property
    def total(self) -> int:
        """Bytes of all kinds."""
        return self.weight + self.kv + self.activation


@dataclass(frozen=True, slots=True)
class Manifest:
    """Regions in ascending order of offset.

    ``capacity_bytes`` is the file's ``ddr_capacity_bytes`` (None: it names none);
    ``activation_ceiling`` the address below which a manifest without kinds has activations (bytes).
    ``path`` and ``sha256`` say which file it came from (empty for one made in memory);
    ``diagnostics`` are warnings about the file.
    """

    regions: tuple[Region, ...]
    capacity_bytes: int | None = None
    activation_ceiling: int = 0
    path: str = ""
    sha256: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    def footprint(self) -> Footprint:
        """Sizes of all regions added up by kind; bytes that two regions share count twice."""
        sums = dict.fromkeys(KINDS, 0)
        for region in self.regions:
            sums[region.kind] += region.size
        return Footprint(sums["weight"], sums["kv"], sums["activation"])

    def layer_bytes(self, kind: Kind | None = None) -> dict[int, int]:
        """Bytes per layer, ascending; of one kind, or of all."""
        sums: dict[int, int] = {}
        for region in self.regions:
            if kind is None or region.kind == kind:
                sums[region.layer_id] = sums.get(region.layer_id, 0) + region.size
        return dict(sorted(sums.items()))
