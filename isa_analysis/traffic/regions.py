"""Named regions of HBM: from a compiler's address map, or from a weight manifest."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from isa_analysis.diagnostics import Diagnostic, InputError, error


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
    starts = _numbers(path)
    sizes = _numbers(sizes_path) if sizes_path else {}
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
    data = _json(path)
    entries = data.get("regions") if isinstance(data, Mapping) else None
    if not isinstance(entries, list):
        raise error("E210", "a weight manifest has a list named regions", path=path)
    regions, problems = [], []
    for i, entry in enumerate(entries):
        if not isinstance(entry, Mapping) or not all(
            _is_count(entry.get(key)) for key in ("offset", "size")
        ):
            message = f"regions[{i}]: offset and size are byte counts of 0 or more"
            problems.append(Diagnostic(path, 0, 0, "E210", "error", message))
            continue
        kind = entry.get("kind", "weight")
        name = (
            entry.get("name")
            or f"{kind} of layer {entry.get('layer_id', '?')} at {entry['offset']}"
        )
        regions.append(Region(entry["offset"], entry["offset"] + entry["size"], str(name)))
    if problems:
        raise InputError(problems)
    return RegionMap(tuple(sorted(regions)))


def _numbers(path: str) -> dict[str, int]:
    data = _json(path)
    if not isinstance(data, Mapping) or not data:
        raise error("E210", "expected an object of tensor names and byte counts", path=path)
    bad = [name for name, value in data.items() if not _is_count(value)]
    if bad:
        raise InputError(
            Diagnostic(path, 0, 0, "E210", "error", f"{name!r}: expected a byte count of 0 or more")
            for name in bad
        )
    return dict(data)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _json(path: str) -> object:
    from isa_analysis.config import read_bytes

    try:
        return json.loads(read_bytes(path, 1 << 28))
    except json.JSONDecodeError as problem:
        raise error(
            "E210", f"not valid JSON: {problem.msg}", path=path,
            line=problem.lineno, column=problem.colno,
        ) from None  # fmt: skip
    except (UnicodeDecodeError, RecursionError) as problem:
        raise error("E210", f"not valid JSON: {problem}", path=path) from None
