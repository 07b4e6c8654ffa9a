"""Reports: several stages on several boards, as one value that every format renders."""

from isa_analysis.report.build import build
from isa_analysis.report.measurement import Measurement, read_measurement
from isa_analysis.report.model import (
    BarChart,
    IcicleChart,
    IcicleNode,
    Report,
    ReportTable,
    RooflineChart,
    RooflinePoint,
    Section,
)
from isa_analysis.report.stages import Run, Stage, run_stage

__all__ = [
    "BarChart",
    "IcicleChart",
    "IcicleNode",
    "Measurement",
    "Report",
    "ReportTable",
    "RooflineChart",
    "RooflinePoint",
    "Run",
    "Section",
    "Stage",
    "build",
    "read_measurement",
    "run_stage",
]
