"""Building a weight manifest from what a compile leaves behind.

A build directory has ``hbm_addrs.json`` (tensor name -> byte offset, required), ``hbm_sizes.json``
(name -> bytes) and ``tensor_layouts.json`` (name -> {storage_shape}). The size of a tensor is, in
this order: the one in hbm_sizes; its storage shape times the bytes per element, rounded down; the
distance to the next offset, which is an upper bound. Entries that end up without offset or size are
dropped and reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from isa_analysis.diagnostics import Diagnostic, error
from isa_analysis.manifest.model import Footprint, Kind, Manifest, Region
from isa_analysis.manifest.reader import MAX_BYTES, is_count, read_json_object
from isa_analysis.manifest.rules import NamingRules

if TYPE_CHECKING:
    from isa_analysis.config import Document

ADDRESSES, SIZES, LAYOUTS = "hbm_addrs.json", "hbm_sizes.json", "tensor_layouts.json"

#: Where the size of a tensor comes from.
Sizing = Literal["sizes", "layout", "distance"]
SIZINGS: tuple[Sizing, ...] = ("sizes", "layout", "distance")

#: Capacity of a manifest when neither a flag nor a board names one, as the seed's tool has it.
DEFAULT_CAPACITY = 512 << 20

#: Warnings of one kind that are given; the others are counted.
_SHOWN = 10

#: Elements of a tensor beyond this are a mistake.
_MOST_ELEMENTS = 1 << 60


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor that made it into the manifest: its region, where its size comes from, and whether
    its name has a layer (False: shared, layer 0)."""

    region: Region
    sizing: Sizing
    in_layer: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """An entry that is not in the manifest."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Build:
    """A manifest and how it came about.

    ``tensors`` are its regions in order. ``files`` says which of the three files were there.
    ``notes`` are entries that were used although something about them is odd.
    """

    manifest: Manifest
    tensors: tuple[Tensor, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]
    files: Mapping[str, bool]
    directory: str

    def layers(self) -> tuple[int, ...]:
        """The layers that names mention, ascending."""
        return tuple(sorted({t.region.layer_id for t in self.tensors if t.in_layer}))

    def projected(self, total_layers: int) -> Footprint:
        """The footprint of a model of ``total_layers`` layers like those that were compiled.

        Weights and KV that belong to a layer grow in proportion (rounded up to bytes); shared
        tensors and activations stay: activations are reused from layer to layer.
        """
        compiled = len(self.layers())
        sums = {"weight": 0, "kv": 0, "activation": 0}
        growing = {"weight": 0, "kv": 0}
        for tensor in self.tensors:
            kind = tensor.region.kind
            if tensor.in_layer and kind != "activation":
                growing[kind] += tensor.region.size
            else:
                sums[kind] += tensor.region.size
        if compiled:
            for name, size in growing.items():
                sums[name] += -(-size * total_layers // compiled)
        return Footprint(sums["weight"], sums["kv"], sums["activation"])

    def warnings(self) -> tuple[Diagnostic, ...]:
        """Dropped entries (W701), and sizes that are upper bounds (W702)."""
        path = str(Path(self.directory) / ADDRESSES)
        out = [
            Diagnostic(path, 0, 0, "W701", "warning", f"{d.name!r} is dropped: {d.reason}")
            for d in self.dropped[:_SHOWN]
        ]
        if len(self.dropped) > _SHOWN:
            message = f"... and {len(self.dropped) - _SHOWN:,} more entries are dropped"
            out.append(Diagnostic(path, 0, 0, "W701", "warning", message))
        guessed = [t.region.name for t in self.tensors if t.sizing == "distance"]
        if guessed:
            names = ", ".join(repr(name) for name in guessed[:3])
            more = f" and {len(guessed) - 3} more" if len(guessed) > 3 else ""
            message = f"sizes of {names}{more} are distances to the next offset: upper bounds"
            hint = f"a {SIZES} beside it gives exact sizes"
            out.append(Diagnostic(path, 0, 0, "W702", "warning", message, hint))
        return tuple(out)


def build(directory: str, rules: NamingRules, capacity: int | None) -> Build:
    """The manifest of the build ``directory``, with ``capacity`` bytes (None: none named).

    Raises :class:`InputError`: E703 for a directory without hbm_addrs.json, E210 for files that
    are not JSON objects.
    """
    folder = Path(directory)
    if not (folder / ADDRESSES).is_file():
        what = "is not a directory" if not folder.is_dir() else f"has no {ADDRESSES}"
        raise error(
            "E703", what, path=directory, hint="give the directory that a compile wrote, with "
            f"{ADDRESSES}, and {SIZES} and {LAYOUTS} where there are any",
        )  # fmt: skip
    addresses = _object(folder / ADDRESSES)
    sizes = _object(folder / SIZES) if (folder / SIZES).is_file() else None
    layouts = _object(folder / LAYOUTS) if (folder / LAYOUTS).is_file() else None
    sizing = _Sizing(_data(addresses), _data(sizes), _data(layouts), rules, [], [], [])
    sizing.run()
    tensors = tuple(sorted(sizing.tensors, key=lambda t: (t.region.offset, t.region.name)))
    for name in [*_data(sizes), *_data(layouts)]:
        if name not in _data(addresses):
            sizing.dropped.append(Dropped(name, f"it has no offset in {ADDRESSES}"))
    regions = tuple(t.region for t in tensors)
    weights = [r.offset for r in regions if r.kind == "weight"]
    ceiling = min(weights) if weights else max((r.end for r in regions), default=0)
    return Build(
        Manifest(regions, capacity, ceiling),
        tensors,
        tuple(dict.fromkeys(sizing.dropped)),
        tuple(sizing.notes),
        {ADDRESSES: True, SIZES: sizes is not None, LAYOUTS: layouts is not None},
        directory,
    )


def _object(path: Path) -> Document:
    from isa_analysis.config import read_bytes

    return read_json_object(read_bytes(str(path), MAX_BYTES), str(path), path.name)


def _data(document: Document | None) -> dict[str, Any]:
    return document.data if document is not None else {}  # type: ignore[return-value]


@dataclass(slots=True)
class _Sizing:
    """The three files, and what becomes of each entry."""

    addresses: Mapping[str, object]
    sizes: Mapping[str, object]
    layouts: Mapping[str, object]
    rules: NamingRules
    tensors: list[Tensor]
    dropped: list[Dropped]
    notes: list[str]

    def run(self) -> None:
        """Size and classify every entry of the address map."""
        offsets: dict[str, int] = {}
        for name, offset in self.addresses.items():
            if is_count(offset) and isinstance(offset, int):
                offsets[name] = offset
            else:
                from isa_analysis.config.documents import describe

                reason = f"its offset is {describe(offset)}, not a whole number of at least 0"
                self.dropped.append(Dropped(name, reason))
        following = _following(offsets.values())
        for name, offset in offsets.items():
            found = self._size(name, offset, following)
            if found is None:
                continue
            size, sizing = found
            kind: Kind = self.rules.kind(name)
            layer = self.rules.layer(name)
            region = Region(layer or 0, offset, size, kind, name)
            self.tensors.append(Tensor(region, sizing, layer is not None))

    def _size(
        self, name: str, offset: int, following: Mapping[int, int | None]
    ) -> tuple[int, Sizing] | None:
        """Bytes of a tensor and where they come from; None when it is dropped."""
        why = []
        if name in self.sizes:
            size = self.sizes[name]
            if is_count(size) and isinstance(size, int) and size:
                return size, "sizes"
            why.append(f"its size in {SIZES} is no byte count above 0")
        if name in self.layouts:
            elements = _elements(self.layouts[name])
            if elements is not None and (size := _floor(elements * self.rules.bytes_per_element)):
                self._note(name, why, "its storage shape counts instead")
                return size, "layout"
            why.append(f"its storage_shape in {LAYOUTS} is no list of counts above 0")
        after = following[offset]
        if after is not None:
            self._note(name, why, "the distance to the next offset counts instead")
            return after - offset, "distance"
        why.append("no size, no layout, and nothing follows it")
        self.dropped.append(Dropped(name, "; ".join(why)))
        return None

    def _note(self, name: str, why: list[str], instead: str) -> None:
        if why:
            self.notes.append(f"{name!r}: {'; '.join(why)}; {instead}")


def _following(offsets: object) -> dict[int, int | None]:
    """The next larger offset of each."""
    order = sorted(set(offsets))  # type: ignore[call-overload]
    return dict(zip(order, [*order[1:], None], strict=True)) if order else {}


def _elements(layout: object) -> int | None:
    """The elements of ``storage_shape``; None when there is no usable one."""
    shape = layout.get("storage_shape") if isinstance(layout, dict) else None
    if not isinstance(shape, list) or not shape or len(shape) > 32:
        return None
    elements = 1
    for count in shape:
        if not is_count(count) or not count:
            return None
        elements *= count
        if elements > _MOST_ELEMENTS:
            return None
    return elements


def _floor(number: Fraction) -> int:
    return number.numerator // number.denominator
