"""Measured results: logs, statistics, stage profiles and generated builds, beside estimates."""

from isa_analysis.measured.averages import Mean, error_percent, geometric_mean
from isa_analysis.measured.flags import RULES, Flag, flag, usable
from isa_analysis.measured.model import Arena, MeasuredFile, Measurement, Tile, Tiling
from isa_analysis.measured.read import FORMATS, load, read

__all__ = [
    "FORMATS",
    "RULES",
    "Arena",
    "Flag",
    "Mean",
    "MeasuredFile",
    "Measurement",
    "Tile",
    "Tiling",
    "error_percent",
    "flag",
    "geometric_mean",
    "load",
    "read",
    "usable",
]
