"""What each memory model honours and leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from isa_analysis.residency.model import MemoryModel
from isa_analysis.timing.model import ModelInfo

_OVERLAP = "overlap of the host link with compute or with the local memory"
_LATENCY = "latency and protocol of the link: bytes over bandwidth only"
_REGIMES = "capacity regimes of the PLENA simulator"
_STREAMS = "streaming models of the PLENA simulator"

MODELS: Mapping[MemoryModel, ModelInfo] = MappingProxyType(
    {
        "auto": ModelInfo(
            "auto",
            "the regime that the capacity leads to: resident, kv-swap or weight-stream",
            (),
            _REGIMES,
        ),
        "resident": ModelInfo(
            "resident",
            "everything is in local memory; nothing crosses the host link",
            ("loading the model in the first place",),
            _REGIMES,
        ),
        "kv-swap": ModelInfo(
            "kv-swap",
            "weights are pinned; KV and activation regions are loaded whole when they are accessed "
            "and not there, the oldest-admitted dropped first",
            (
                "loading the weights in the first place",
                "writing changed regions back to the host when they are dropped",
                _OVERLAP,
                _LATENCY,
            ),
            _REGIMES,
        ),
        "weight-stream": ModelInfo(
            "weight-stream",
            "each 64-byte read of a weight crosses the host link; KV and activations stay",
            (_OVERLAP, _LATENCY),
            _REGIMES,
        ),
        "layer-swap": ModelInfo(
            "layer-swap",
            "the weights of a layer are loaded whole when one is read and they are not there, the "
            "oldest-admitted layer dropped first; KV and activations stay and take no capacity",
            (_OVERLAP, _LATENCY),
            _STREAMS,
        ),
        "host-stream": ModelInfo(
            "host-stream",
            "each 64-byte read in a weight region crosses the host link, then takes the local "
            "memory's own time; other reads are local",
            (_OVERLAP, _LATENCY),
            _STREAMS,
        ),
    }
)
