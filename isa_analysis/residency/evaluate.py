"""The memory models, evaluated on an access trace.

Time: each byte over the host link costs 10^9 / bandwidth ns, one chunk or region at a time, and the
machine waits; the local memory's own time is what the profile already has. Sums are exact
fractions (the emulator cuts every single event down to whole ns, which makes less than 1 ns per
event).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from isa_analysis.manifest import Manifest, Region, regime_of
from isa_analysis.manifest.regime import transfer_ns
from isa_analysis.residency.fifo import Swaps, Units, play
from isa_analysis.residency.model import MemoryModel, MemoryRun, UnknownBound, Use
from isa_analysis.residency.trace import AccessTrace
from isa_analysis.residency.warn import warnings
from isa_analysis.traffic.requests import REQUEST_BYTES


def evaluate(
    trace: AccessTrace,
    model: MemoryModel = "auto",
    *,
    capacity: int,
    host_bandwidth: Fraction | int,
    preloaded: bool = False,
) -> MemoryRun:
    """``trace`` under ``model`` with ``capacity`` bytes and ``host_bandwidth`` bytes/s.

    Memory that is swapped starts empty; ``preloaded``: with as many regions (layers) as fit, in the
    order of addresses (of layers).
    """
    manifest, footprint = trace.manifest, trace.manifest.footprint()
    chosen: MemoryModel = regime_of(footprint, capacity) if model == "auto" else model
    bandwidth = Fraction(host_bandwidth)
    regions = manifest.regions
    streams = chosen in ("weight-stream", "host-stream")
    layers = _layer_units(manifest)
    if chosen == "kv-swap":
        room = max(capacity - footprint.weight, 0)
        units = _region_units(manifest)
    else:
        room = capacity
        units = layers.units
    swapping = chosen in ("kv-swap", "layer-swap")
    swaps = Swaps({}, ())
    if swapping:
        swaps = play(trace.nodes, units, room, preloaded=preloaded)
    loads = swaps.times
    by_region = []
    for r, region in enumerate(regions):
        requests = trace.requests[r]
        streamed = REQUEST_BYTES * requests.read if streams and region.kind == "weight" else 0
        unit = layers.unit_of[r] if chosen == "layer-swap" else r
        times = loads.get(unit, 0)
        by_region.append(
            _use(requests.read, requests.written, streamed, times, times * region.size, bandwidth)
        )
    swapped = sum(times * units.size[u] for u, times in loads.items())
    streamed = sum(use.streamed_bytes for use in by_region)
    held = sum(units.size[u] for u in swaps.resident)
    resident = {
        "resident": footprint.total,
        "kv-swap": footprint.weight + held,
        "layer-swap": held + footprint.kv + footprint.activation,
    }.get(chosen, footprint.kv + footprint.activation)
    weight_reads = sum(
        q.read for q, region in zip(trace.requests, regions, strict=True) if region.kind == "weight"
    )
    totals, clock = trace.profile.totals, trace.profile.board.clock_hz
    known_reads = sum(q.read for q in trace.requests)
    return MemoryRun(
        requested_model=model,
        model=chosen,
        capacity_bytes=capacity,
        preloaded=preloaded,
        host_bandwidth=bandwidth,
        clock_hz=clock,
        base_cycles=totals.total_cycles,
        memory_cycles=totals.memory_cycles,
        base_ns=Fraction(totals.total_cycles * 10**9, clock),
        link_ns=transfer_ns(swapped + streamed, bandwidth),
        swaps=sum(loads.values()),
        first_loads=len(loads),
        swapped_bytes=swapped,
        streamed_bytes=streamed,
        resident_bytes=resident,
        weight_reads=weight_reads,
        other_reads=known_reads - weight_reads + trace.outside.read + trace.unknown.read,
        writes=sum(q.written for q in trace.requests)
        + trace.outside.written
        + trace.unknown.written,
        outside_requests=trace.outside.read + trace.outside.written,
        local_bytes_per_s=trace.local_bytes_per_s,
        regions=tuple(
            (region, use)
            for region, use in zip(regions, by_region, strict=True)
            if use.read or use.written or use.swaps
        ),
        layers=_by_layer(regions, by_region, loads, layers, chosen, bandwidth),
        unknown=_unknown(trace, chosen, units, swapped),
        diagnostics=tuple(warnings(trace, chosen, capacity, room)),
    )


def _use(
    read: int, written: int, streamed: int, swaps: int, swapped: int, bandwidth: Fraction
) -> Use:
    return Use(read, written, streamed, swaps, swapped, transfer_ns(streamed + swapped, bandwidth))


def _region_units(manifest: Manifest) -> Units:
    """KV and activation regions, each swapped by itself; writes bring a region in, too."""
    managed = [region.kind != "weight" for region in manifest.regions]
    return _units(
        tuple(region.size for region in manifest.regions),
        [r if managed[r] else -1 for r in range(len(managed))],
        writes=True,
    )


def _units(size: tuple[int, ...], of_region: list[int], *, writes: bool) -> Units:
    of_access = np.full(2 * len(of_region), -1, np.int64)
    of_access[0::2] = of_region
    if writes:
        of_access[1::2] = of_region
    return Units(size, of_access)


@dataclass(frozen=True, slots=True)
class _Layers:
    """Weights by layer: ``ids`` of the units, the unit of each region (-1: not a weight)."""

    ids: tuple[int, ...]
    unit_of: list[int]
    units: Units


def _layer_units(manifest: Manifest) -> _Layers:
    """The layers of ``manifest``; a write to a weight does not bring its layer in."""
    sizes = manifest.layer_bytes("weight")
    number = {layer: u for u, layer in enumerate(sizes)}
    unit_of = [
        number[region.layer_id] if region.kind == "weight" else -1 for region in manifest.regions
    ]
    return _Layers(tuple(sizes), unit_of, _units(tuple(sizes.values()), unit_of, writes=False))


def _by_layer(
    regions: tuple[Region, ...],
    uses: list[Use],
    loads: dict[int, int],
    layers: _Layers,
    model: MemoryModel,
    bandwidth: Fraction,
) -> tuple[tuple[int, Use], ...]:
    """Sums over the regions of each layer; a layer that is swapped whole counts as one swap."""
    sums: dict[int, list[int]] = {}
    for region, use in zip(regions, uses, strict=True):
        row = sums.setdefault(region.layer_id, [0, 0, 0, 0, 0])
        parts = (use.read, use.written, use.streamed_bytes, use.swaps, use.swapped_bytes)
        for k, part in enumerate(parts):
            row[k] += part
    if model == "layer-swap":
        for layer, row in sums.items():
            row[3] = loads.get(layers.ids.index(layer), 0) if layer in layers.ids else 0
    return tuple(
        (layer, _use(row[0], row[1], row[2], row[3], row[4], bandwidth))
        for layer, row in sorted(sums.items())
        if any(row)
    )


def _unknown(
    trace: AccessTrace, model: MemoryModel, units: Units, swapped: int
) -> UnknownBound | None:
    """The bound for requests at unknown addresses.

    Streaming: each read may be one of a weight. Swapping: a known access can miss at most whenever
    it differs from the one before it (what a memory without room does), and each unknown request
    may load the largest unit and make the access after it load again.
    """
    if not trace.unknown_lines:
        return None
    count = trace.unknown_most.read + trace.unknown_most.written
    extra = 0
    if model in ("weight-stream", "host-stream"):
        extra = REQUEST_BYTES * trace.unknown_most.read
    elif model in ("kv-swap", "layer-swap"):
        worst = play(trace.nodes, units, 0).times
        most = sum(times * units.size[u] for u, times in worst.items())
        managed = np.unique(units.of_access[units.of_access >= 0]).tolist()
        largest = max((units.size[u] for u in managed), default=0)
        extra = most - swapped + 2 * count * largest
    return UnknownBound(count, extra, trace.unknown_lines)
