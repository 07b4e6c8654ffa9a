"""What a program occupies: lowest and highest byte, unique bytes and capacity of each memory."""

from isa_analysis.footprint.compute import Footprint, Occupied, footprint

__all__ = ["Footprint", "Occupied", "footprint"]
