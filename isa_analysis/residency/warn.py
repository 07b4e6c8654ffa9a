"""What a user should know about a memory evaluation before believing it."""

from __future__ import annotations

from collections.abc import Iterable

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.manifest.sizes import size_text
from isa_analysis.residency.model import MemoryModel
from isa_analysis.residency.trace import AccessTrace

#: Warnings of one kind that are given; the others are counted.
_SHOWN = 3


def warnings(
    trace: AccessTrace, model: MemoryModel, capacity: int, room: int
) -> Iterable[Diagnostic]:
    """W703: a region larger than the memory; W704: a layer; W705: what stays does not fit; W706:
    requests outside all regions; W707: requests at unknown addresses. ``room`` is what swapped
    regions or layers share (bytes)."""
    manifest, footprint = trace.manifest, trace.manifest.footprint()

    def warn(code: str, message: str, hint: str = "") -> Diagnostic:
        return Diagnostic(manifest.path or "manifest", 0, 0, code, "warning", message, hint)

    def larger(code: str, what: list[tuple[str, int]], limit: int, of: str) -> Iterable[Diagnostic]:
        for name, size in what[:_SHOWN]:
            yield warn(code, f"{name} has {size_text(size)}, more than {of} of {size_text(limit)}")
        if len(what) > _SHOWN:
            yield warn(code, f"... and {len(what) - _SHOWN} more like it")

    yield from manifest.diagnostics
    swapped = {r for r in manifest.regions if model == "kv-swap" and r.kind != "weight"}
    big = [(r.label, r.size) for r in manifest.regions if r.size > capacity and r not in swapped]
    yield from larger("W703", big, capacity, "the capacity")
    if model == "kv-swap":
        if footprint.weight > capacity:
            yield warn(
                "W705",
                f"the weights ({size_text(footprint.weight)}) alone exceed the capacity of "
                f"{size_text(capacity)}; they count as pinned all the same",
                "weight-stream is the model for this capacity",
            )
        big = [(r.label, r.size) for r in manifest.regions if r.size > room and r in swapped]
        yield from larger("W703", big, room, "what the weights leave")
    if model == "layer-swap":
        sizes = manifest.layer_bytes("weight")
        big = [(f"layer {layer}", size) for layer, size in sizes.items() if size > capacity]
        yield from larger("W704", big, capacity, "the capacity")
    stays = {
        "resident": footprint.total,
        "weight-stream": footprint.kv + footprint.activation,
        "host-stream": footprint.kv + footprint.activation,
        "layer-swap": 0,
    }.get(model, 0)
    if stays > capacity:
        yield warn(
            "W705",
            f"what has to stay in local memory ({size_text(stays)}) exceeds the capacity of "
            f"{size_text(capacity)}; it counts as if it fitted",
        )
    outside = trace.outside.read + trace.outside.written
    if outside:
        total = outside + sum(q.read + q.written for q in trace.requests)
        yield warn(
            "W706",
            f"{outside:,} of {total:,} requests are outside all regions of the manifest; they are "
            "taken as local",
            "is it the manifest of this program?",
        )
    if trace.unknown_lines:
        lines = ", ".join(map(str, trace.unknown_lines[:_SHOWN]))
        more = len(trace.unknown_lines) - _SHOWN
        others = f" and {more} more" if more > 0 else ""
        irregular = " or change too irregularly to be followed" if trace.irregular else ""
        yield Diagnostic(
            trace.profile.input.path, trace.unknown_lines[0], 1, "W707", "warning",
            f"{trace.unknown.read + trace.unknown.written:,} requests go to addresses that depend "
            f"on data{irregular} (lines {lines}{others}); they are left out of swaps and streams, "
            "see the bound",
        )  # fmt: skip
