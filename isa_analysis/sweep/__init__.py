"""Sweeps: many programs, boards and models in one table, in parallel, with the Pareto set."""

from isa_analysis.sweep.grid import Axis, Grid, grid_points
from isa_analysis.sweep.model import Outcome, Point, Row, Sweep
from isa_analysis.sweep.pareto import pareto_set
from isa_analysis.sweep.run import SweepOptions, run_sweep

__all__ = [
    "Axis",
    "Grid",
    "Outcome",
    "Point",
    "Row",
    "Sweep",
    "SweepOptions",
    "grid_points",
    "pareto_set",
    "run_sweep",
]
