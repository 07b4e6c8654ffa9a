"""Weight manifests: where a model's tensors lie in memory, how large they are, whether they fit."""

from isa_analysis.manifest.model import KINDS, Footprint, Kind, Manifest, Region
from isa_analysis.manifest.reader import load
from isa_analysis.manifest.regime import Regime, regime_of
from isa_analysis.manifest.sizes import parse_bandwidth, parse_size

__all__ = [
    "KINDS",
    "Footprint",
    "Kind",
    "Manifest",
    "Regime",
    "Region",
    "load",
    "parse_bandwidth",
    "parse_size",
    "regime_of",
]
