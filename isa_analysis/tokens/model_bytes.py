"""How many bytes a model has: from a manifest, from the program's own transfers, or as stated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.diagnostics import error
from isa_analysis.manifest import Manifest
from isa_analysis.profiling import Profile
from isa_analysis.report import words
from isa_analysis.tokens.cache_reads import READERS, CacheReads
from isa_analysis.tokens.parts import layer_number
from isa_analysis.traffic.requests import PREFETCH_M
from isa_analysis.traffic.touched import touched

if TYPE_CHECKING:
    from isa_analysis.tokens.parts import Parts


@dataclass(frozen=True, slots=True)
class Sized:
    """A number of bytes, and a sentence on where it comes from."""

    size: Fraction
    source: str


def weights_of_manifest(manifest: Manifest, layers: int | None) -> Sized:
    """Weight bytes of ``manifest``, with ``layers`` layers (None: those it has).

    Layer 0 also holds shared tensors. With several layers they are what it has more than the
    others; with one, the tensors without a number in their name.
    """
    by_layer = manifest.layer_bytes("weight")
    whole = sum(by_layer.values())
    if not whole:
        raise error(
            "E753", "the manifest has no weights", path=manifest.path,
            hint="--weight-bytes states them",
        )  # fmt: skip
    if layers is None or layers == len(by_layer):
        return Sized(Fraction(whole), "from the manifest")
    shared, how = _shared(manifest, by_layer)
    others = whole - shared
    each = Fraction(others, len(by_layer))
    text = (
        f"from the manifest, {len(by_layer)} to {words.count(layers, 'layer')}: "
        f"{float(each):,.0f} bytes each and {shared:,} shared ({how})"
    )
    return Sized(shared + layers * each, text)


def _shared(manifest: Manifest, by_layer: Mapping[int, int]) -> tuple[int, str]:
    first, *others = by_layer.values()
    if others:
        mean = Fraction(sum(others), len(others))
        shared = max(int(first - mean), 0)
        even = "equal" if len(set(others)) == 1 else "unequal, taken at their mean"
        return shared, f"what layer {min(by_layer)} has more than the others, which are {even}"
    named = [r for r in manifest.regions if r.kind == "weight" and r.name]
    if not named:
        return 0, "the manifest has no names to tell shared tensors: none are taken as shared"
    shared = sum(r.size for r in named if not re.search(r"\d", re.sub(r"_h\d+$", "", r.name)))
    return shared, "tensors without a number in their name"


def weights_of_program(profile: Profile, parts: Parts, layers: int | None) -> Sized:
    """Distinct bytes that ``profile`` (with traffic) loads into matrix SRAM, keys and values aside.

    Raises :class:`InputError` (E753) when addresses that depend on data hide some.
    """
    traffic = profile.traffic
    assert traffic is not None
    groups: dict[int, list[int]] = {}
    for i in np.flatnonzero(traffic.transfers.kind == PREFETCH_M).tolist():
        name = profile.kernels[int(traffic.kernel[i])]
        if name.kernel not in READERS:
            groups.setdefault(layer_number(name.layer, parts.family), []).append(i)
    sizes: dict[int, int] = {}
    for layer, which in groups.items():
        found = touched(traffic, which)
        if found.unknown:
            raise error(
                "E753", "weights are loaded from addresses that depend on data",
                path=profile.input.path, hint="give --manifest or --weight-bytes",
            )  # fmt: skip
        sizes[layer] = found.unique_bytes
    shared = sizes.pop(-1, 0)
    text = "distinct bytes that the program loads into matrix SRAM, keys and values aside"
    if layers is None or layers == len(sizes):
        return Sized(Fraction(shared + sum(sizes.values())), text)
    if not sizes:
        raise no_layers(profile.input.path)
    each = Fraction(sum(sizes.values()), len(sizes))
    text += (
        f"; {len(sizes)} to {words.count(layers, 'layer')}: {float(each):,.0f} bytes each and "
        f"{shared:,} in no layer"
    )
    return Sized(shared + layers * each, text)


def kv_of_manifest(
    manifest: Manifest, reads: CacheReads | None, held: int | None, layers: int | None
) -> Sized | None:
    """Bytes of keys and values per position; None when the manifest has none.

    ``held`` is how many positions the manifest's regions are for; when None it follows from the
    bytes of a position in one tensor, as the program reads it. Raises :class:`InputError` (E754)
    when it does not.
    """
    regions = [r for r in manifest.regions if r.kind == "kv"]
    if not regions:
        return None
    how = "as given"
    if held is None:
        row = Fraction(reads.row_bytes, reads.tensors) if reads else None
        counts = {Fraction(r.size) / row for r in regions} if row else set()
        if len(counts) != 1 or (only := counts.pop()).denominator != 1 or not only:
            raise error(
                "E754", "for how many positions the manifest's keys and values are is not known",
                path=manifest.path, hint="give --manifest-context POSITIONS",
            )  # fmt: skip
        held, how = int(only), "of the rows that the program reads"
    total = sum(r.size for r in regions)
    own = len({r.layer_id for r in regions})
    scale = Fraction(1) if layers is None else Fraction(layers, own)
    text = f"from the manifest, which holds {words.count(held, 'position')} ({how})"
    if scale != 1:
        text += f", {own} to {words.count(layers or 0, 'layer')}"
    return Sized(Fraction(total, held) * scale, text)


def kv_of_program(reads: CacheReads, own: int, layers: int | None, path: str) -> Sized:
    """Bytes of keys and values per position, from the rows that the program reads."""
    text = (
        f"from the rows that the program reads: {words.count(reads.tensors, 'tensor')} of "
        f"{reads.row_bytes // reads.tensors} bytes per position"
    )
    if layers is None or layers == own:
        return Sized(Fraction(reads.row_bytes), text)
    if not own:
        raise no_layers(path)
    text += f", {own} to {words.count(layers, 'layer')}"
    return Sized(Fraction(reads.row_bytes * layers, own), text)


def no_layers(path: str) -> Exception:
    """E752: a program whose comments name no layers cannot be given others."""
    return error(
        "E752", "the program names no layers, so --layers has nothing to go by", path=path,
        hint="leave --layers out, or name layers with ; @kernel layer 0 ... ; @end",
    )  # fmt: skip
