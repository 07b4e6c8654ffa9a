"""What two manifests of one model disagree about, and why."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.manifest.build import Build
from isa_analysis.manifest.model import Manifest, Region

_WHY = {
    "sizes": "the size is that of hbm_sizes.json",
    "layout": "the size is the storage shape times the bytes per element",
    "distance": "the size is the distance to the next offset, an upper bound",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: ``ours`` and ``theirs`` as text, ``-`` for nothing; ``why`` what is
    known about our side."""

    where: str
    field: str
    ours: str
    theirs: str
    why: str = ""


def differences(ours: Build, theirs: Manifest) -> tuple[Difference, ...]:
    """Where the manifest of ``ours`` differs from ``theirs``, apart from names.

    Regions are paired by offset, several at one offset in the order of their sizes.
    """
    out = []
    for field, here, there in (
        ("ddr_capacity_bytes", ours.manifest.capacity_bytes, theirs.capacity_bytes),
        ("activation_ceiling", ours.manifest.activation_ceiling, theirs.activation_ceiling),
    ):
        if here != there:
            out.append(Difference("manifest", field, _text(here), _text(there)))
    mine, other = _by_offset(ours.manifest), _by_offset(theirs)
    sizing = {t.region: t.sizing for t in ours.tensors}
    for key in sorted(mine.keys() | other.keys()):
        a, b = mine.get(key), other.get(key)
        region = a or b
        assert region is not None
        if a is None or b is None:
            why = "" if a is None else f"sized by {sizing[a]}"
            out.append(Difference(region.label, "region", _region(a), _region(b), why))
            continue
        for field in ("size", "kind", "layer_id"):
            x, y = getattr(a, field), getattr(b, field)
            if x != y:
                why = _WHY[sizing[a]] if field == "size" else "by the naming rules"
                out.append(Difference(a.label, field, _text(x), _text(y), why))
    return tuple(out)


def _by_offset(manifest: Manifest) -> dict[tuple[int, int], Region]:
    out: dict[tuple[int, int], Region] = {}
    for region in sorted(manifest.regions, key=lambda r: (r.offset, r.size)):
        number = 0
        while (region.offset, number) in out:
            number += 1
        out[region.offset, number] = region
    return out


def _text(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _region(region: Region | None) -> str:
    return "-" if region is None else f"{region.kind}, {region.size:,} bytes at {region.offset:#x}"
