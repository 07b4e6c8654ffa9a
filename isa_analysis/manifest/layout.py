"""How the regions of a manifest lie: overlaps, gaps, and what is suspicious about them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.manifest.model import Manifest, Region
from isa_analysis.manifest.sizes import size_text

#: Warnings of one kind that are given; the others are counted.
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two regions that share ``size`` bytes from ``offset`` on."""

    first: Region
    second: Region
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Gap:
    """``size`` bytes from ``offset`` on that no region has, between two that do."""

    offset: int
    size: int


def overlaps(manifest: Manifest) -> Iterator[Overlap]:
    """Every pair of regions that share bytes, in order of the second one's offset."""
    open_: list[tuple[int, int]] = []
    for i, region in enumerate(manifest.regions):
        while open_ and open_[0][0] <= region.offset:
            heapq.heappop(open_)
        if not region.size:
            continue
        for _, k in sorted(open_, key=lambda item: item[1]):
            first = manifest.regions[k]
            end = min(first.end, region.end)
            yield Overlap(first, region, region.offset, end - region.offset)
        heapq.heappush(open_, (region.end, i))


def gaps(manifest: Manifest) -> tuple[Gap, ...]:
    """The stretches between regions that belong to none."""
    out = []
    reach = manifest.regions[0].offset if manifest.regions else 0
    for region in manifest.regions:
        if region.offset > reach:
            out.append(Gap(reach, region.offset - reach))
        reach = max(reach, region.end)
    return tuple(out)


def check(manifest: Manifest) -> tuple[Diagnostic, ...]:
    """Warnings about a readable manifest: overlaps (W708), empty regions (W709), regions larger
    than its capacity (W703)."""

    def warn(code: str, message: str) -> Diagnostic:
        return Diagnostic(manifest.path, 0, 0, code, "warning", message)

    out = list(manifest.diagnostics)
    count = 0
    for pair in overlaps(manifest):
        count += 1
        if count <= _SHOWN:
            out.append(
                warn(
                    "W708",
                    f"{pair.first.label} and {pair.second.label} share {size_text(pair.size)} "
                    f"at {pair.offset:#x}; both count in full",
                )
            )
        if count > 10**5:
            break
    if count > _SHOWN:
        exact = "" if count <= 10**5 else "at least "
        out.append(warn("W708", f"... and {exact}{count - _SHOWN:,} more pairs of regions overlap"))
    empty = [region for region in manifest.regions if not region.size]
    for region in empty[:_SHOWN]:
        out.append(warn("W709", f"{region.label} has 0 bytes"))
    if len(empty) > _SHOWN:
        out.append(warn("W709", f"... and {len(empty) - _SHOWN:,} more regions of 0 bytes"))
    capacity = manifest.capacity_bytes
    if capacity is not None:
        out += [
            warn(
                "W703",
                f"{region.label} has {size_text(region.size)}, more than the capacity of "
                f"{size_text(capacity)}",
            )
            for region in manifest.regions
            if region.size > capacity
        ][:_SHOWN]
    return tuple(out)
