"""Named regions of HBM: from a compiler's address map, or from a weight manifest."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from isa_analysis.manifest import Manifest
from isa_analysis.manifest import reader as manifest_reader


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """The half-open byte range ``[start, end)`` of the tensor ``name``; ``guessed`` when the end is
    only the start of the next region, an upper bound."""

    start: int
    end: int
    name: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class RegionMap:
    """Regions in ascending order; where two overlap, the one that starts later wins."""

    regions: tuple[Region, ...]

    def name_at(self, address: int) -> str | None:
        """The region that holds byte ``address``; None outside all of them."""
        index = bisect_right(self.regions, address, key=lambda r: r.start)
        for region in reversed(self.regions[:index]):
            if address < region.end:
                return region.name
        return None


def load_addresses(path: str, sizes_path: str | None = None) -> RegionMap:
    """Regions from ``hbm_addrs.json`` (name -> byte offset) and ``hbm_sizes.json`` (name -> bytes).

    A region without a size ends where the next one starts. Raises :class:`InputError`.
    """
    starts = manifest_reader.load_numbers(path)
    sizes = manifest_reader.load_numbers(sizes_path) if sizes_path else {}
    order = sorted(starts.items(), key=lambda item: (item[1], item[0]))
    regions = []
    for i, (name, start) in enumerate(order):
        later = [s for _, s in order[i + 1 :] if s > start]
        if name in sizes:
            regions.append(Region(start, start + sizes[name], name))
        else:
            regions.append(Region(start, later[0] if later else 1 << 62, name, guessed=True))
    return RegionMap(tuple(regions))


def load_manifest(path: str) -> RegionMap:
    """Regions of a weight manifest: its ``regions``, each with offset, size and (optionally) name.

    Raises :class:`InputError`.
    """
    return region_map(manifest_reader.load(path))


def region_map(manifest: Manifest) -> RegionMap:
    """The regions of ``manifest`` by name."""
    return RegionMap(tuple(sorted(Region(r.offset, r.end, r.label) for r in manifest.regions)))
