"""Which regime a memory of a given capacity is in, and the formulas that follow from it.

Pure functions of bytes, bytes per second and nanoseconds. Results are exact fractions; round them
for display only. Source: the capacity regimes of the PLENA simulator.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from isa_analysis.manifest.model import Footprint, Manifest

Regime = Literal["resident", "kv-swap", "weight-stream"]

#: Bytes of one memory request, the chunk that the host link moves.
CHUNK_BYTES = 64
NS_PER_S = 10**9

Number = int | Fraction


def regime_of(what: Manifest | Footprint, capacity: int) -> Regime:
    """The regime of a memory of ``capacity`` bytes.

    ``resident`` when everything fits, else ``kv-swap`` when the weights fit (they are pinned, KV
    and activations are swapped through the rest), else ``weight-stream``.
    """
    footprint = what.footprint() if isinstance(what, Manifest) else what
    if footprint.total <= capacity:
        return "resident"
    return "kv-swap" if footprint.weight <= capacity else "weight-stream"


def transfer_ns(size: Number, bandwidth: Number) -> Fraction:
    """Time (ns) to move ``size`` bytes at ``bandwidth`` bytes/s: size x 10^9 / bandwidth."""
    return Fraction(size) * NS_PER_S / Fraction(bandwidth)


def chunk_ns(bandwidth: Number) -> Fraction:
    """Time (ns) of one 64-byte chunk on a link of ``bandwidth`` bytes/s (38 MB/s: 1,684.2)."""
    return transfer_ns(CHUNK_BYTES, bandwidth)


def tokens_per_second(bytes_per_token: Number, bandwidth: Number) -> Fraction:
    """Tokens/s when each token reads ``bytes_per_token`` at ``bandwidth`` and nothing else counts:
    the memory-bound rate."""
    return Fraction(bandwidth) / Fraction(bytes_per_token)


def kv_bytes(kv_now: Number, context_now: int, context: Number) -> Fraction:
    """KV bytes at ``context`` tokens when ``kv_now`` bytes hold ``context_now``: linear."""
    return Fraction(kv_now) * Fraction(context) / context_now


def at_context(footprint: Footprint, context_now: int, context: int) -> Footprint:
    """``footprint`` with its KV grown from ``context_now`` to ``context`` tokens, rounded up."""
    kv = kv_bytes(footprint.kv, context_now, context)
    return Footprint(footprint.weight, -(-kv.numerator // kv.denominator), footprint.activation)


def max_context(footprint: Footprint, capacity: int, context_now: int) -> int | None:
    """The longest context (tokens) at which everything is resident in ``capacity`` bytes.

    None when there is no KV to grow; 0 when weights and activations alone do not leave room.
    """
    if not footprint.kv:
        return None
    room = capacity - footprint.weight - footprint.activation
    return max(room * context_now // footprint.kv, 0)


def capacity_thresholds(footprint: Footprint) -> tuple[tuple[int, Regime], ...]:
    """The capacities (bytes) from which each regime holds, ascending; ``weight-stream`` from 0.

    A regime that no capacity leads to is left out.
    """
    out: list[tuple[int, Regime]] = []
    if footprint.weight:
        out.append((0, "weight-stream"))
    if footprint.weight < footprint.total:
        out.append((footprint.weight, "kv-swap"))
    out.append((footprint.total, "resident"))
    return tuple(out)
