"""Address-accurate HBM traffic, without executing."""

from isa_analysis.traffic.analyse import Traffic, analyse
from isa_analysis.traffic.requests import NAMES, REQUEST_BYTES, Machine, machine_of
from isa_analysis.traffic.touched import Touched, touched

__all__ = [
    "NAMES",
    "REQUEST_BYTES",
    "Machine",
    "Touched",
    "Traffic",
    "analyse",
    "machine_of",
    "touched",
]
