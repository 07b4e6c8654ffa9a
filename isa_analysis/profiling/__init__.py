"""Program on a board to :class:`Profile`."""

from isa_analysis.pricing import ModelOptions, cycle_model
from isa_analysis.profiling.model import (
    BoardInfo,
    Cell,
    Cost,
    InputInfo,
    LoopCost,
    ModelUsed,
    Profile,
    total,
)
from isa_analysis.profiling.run import profile

__all__ = [
    "BoardInfo",
    "Cell",
    "Cost",
    "InputInfo",
    "LoopCost",
    "ModelOptions",
    "ModelUsed",
    "Profile",
    "cycle_model",
    "profile",
    "total",
]
