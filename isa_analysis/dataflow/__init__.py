"""The integer side of the machine, followed in closed form."""

from isa_analysis.dataflow.values import UNKNOWN, Affine, Switch, Values
from isa_analysis.dataflow.walk import Definitions, follow

__all__ = ["UNKNOWN", "Affine", "Definitions", "Switch", "Values", "follow"]
