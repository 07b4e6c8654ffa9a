"""The memory models, played one 64-byte request at a time.

Plain and slow on purpose, and sharing no code with the static evaluation: the program is executed
by the interpreter in ``tests/oracle``, and every request looks at a memory that is a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from oracle.interpreter import run
from oracle.memory import Settings


@dataclass
class Played:
    """What happened."""

    model: str
    swaps: int = 0
    swapped_bytes: int = 0
    streamed_bytes: int = 0
    link_ns: Fraction = Fraction(0)
    weight_reads: int = 0
    other_reads: int = 0
    writes: int = 0
    resident_bytes: int = 0
    swaps_of: dict[object, int] = field(default_factory=dict)
    reads_of: dict[int, int] = field(default_factory=dict)
    unknown: int = 0


def requests_of(text: str, dialect: str, sizes: dict[str, int]) -> Iterator[tuple[int | None, str]]:
    """(byte address, "read" or "write") of every 64-byte request, in order; None: unknown."""
    settings = Settings(**sizes)
    done = run(text, trace=True, dialect=dialect, int_sram_entries=1 << 32, **sizes)
    assert done.fault is None, done.fault
    tvm = dialect == "plena-tvm"
    for t in done.transfers:
        if t.element_address is None or t.scale_address is None or t.stride is None:
            yield None, "read"
            continue
        dim = settings.mlen if t.mnemonic == "H_PREFETCH_M" else settings.vlen
        elements = settings.element_bits * dim // 8
        scales = settings.scale_bits * (dim // settings.block) // 8 if settings.block else 0
        store = t.mnemonic == "H_STORE_V"
        for row in range(t.rows):
            start = t.element_address + row * t.stride
            for block in range(start // 64, (start + elements - 1) // 64 + 1):
                if not (store and tvm):
                    yield 64 * block, "read"
                if store:
                    yield 64 * block, "write"
            if not scales:
                continue
            start = t.scale_address + row * t.stride // settings.scale_ratio
            last = (start + scales - 1) // 64
            if not store and not tvm:
                last = start // 64
            for block in range(start // 64, last + 1):
                yield 64 * block, "read"
                if store:
                    yield 64 * block, "write"


def region_at(regions: list[dict], address: int) -> int | None:
    """The region that holds the byte; the one that starts last (then ends last) where several."""
    found = [i for i, r in enumerate(regions) if r["offset"] <= address < r["offset"] + r["size"]]
    key = lambda i: (regions[i]["offset"], regions[i]["size"], i)  # noqa: E731
    return max(found, key=key) if found else None


def play(
    requests: list[tuple[int | None, str]],
    regions: list[dict],
    model: str,
    capacity: int,
    bandwidth: Fraction,
    preloaded: bool = False,
) -> Played:
    """The model on the requests; ``regions`` in ascending order of offset."""
    total = {
        kind: sum(r["size"] for r in regions if r["kind"] == kind)
        for kind in ("weight", "kv", "activation")
    }
    if model == "auto":
        model = "weight-stream"
        if total["weight"] <= capacity:
            model = "kv-swap"
        if sum(total.values()) <= capacity:
            model = "resident"
    out = Played(model)
    room = capacity - total["weight"] if model == "kv-swap" else capacity
    resident: list[object] = []  # oldest first
    size: dict[object, int] = {}
    for i, r in enumerate(regions):
        if model == "kv-swap" and r["kind"] != "weight":
            size[i] = r["size"]
        if model == "layer-swap" and r["kind"] == "weight":
            size[("layer", r["layer_id"])] = size.get(("layer", r["layer_id"]), 0) + r["size"]
    if preloaded:
        used = 0
        for unit in sorted(size):
            if used + size[unit] > room:
                break
            resident.append(unit)
            used += size[unit]
    for address, way in requests:
        if address is None:
            out.unknown += 1
            continue
        i = region_at(regions, address)
        kind = None if i is None else regions[i]["kind"]
        if way == "write":
            out.writes += 1
        elif kind == "weight":
            out.weight_reads += 1
        else:
            out.other_reads += 1
        if i is None:
            continue
        if way == "read":
            out.reads_of[i] = out.reads_of.get(i, 0) + 1
        unit: object = None
        if model == "kv-swap" and kind != "weight":
            unit = i
        if model == "layer-swap" and kind == "weight" and way == "read":
            unit = ("layer", regions[i]["layer_id"])
        if unit is not None and unit not in resident:
            while resident and sum(size[u] for u in resident) + size[unit] > room:
                resident.pop(0)
            resident.append(unit)
            out.swaps += 1
            out.swaps_of[unit] = out.swaps_of.get(unit, 0) + 1
            out.swapped_bytes += size[unit]
            out.link_ns += Fraction(size[unit] * 10**9) / bandwidth
        if model in ("weight-stream", "host-stream") and kind == "weight" and way == "read":
            out.streamed_bytes += 64
            out.link_ns += Fraction(64 * 10**9) / bandwidth
    held = sum(size[u] for u in resident)
    out.resident_bytes = {
        "resident": sum(total.values()),
        "kv-swap": total["weight"] + held,
        "layer-swap": held + total["kv"] + total["activation"],
    }.get(model, total["kv"] + total["activation"])
    return out
