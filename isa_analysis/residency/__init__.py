"""What has to be swapped or streamed when a model does not fit the local memory, and its cost."""

from isa_analysis.residency.choices import choose_bandwidth, choose_capacity
from isa_analysis.residency.evaluate import evaluate
from isa_analysis.residency.model import MEMORY_MODELS, MemoryModel, MemoryRun, UnknownBound, Use
from isa_analysis.residency.thresholds import Change, changes
from isa_analysis.residency.trace import AccessTrace, trace

__all__ = [
    "MEMORY_MODELS",
    "AccessTrace",
    "Change",
    "MemoryModel",
    "MemoryRun",
    "UnknownBound",
    "Use",
    "changes",
    "choose_bandwidth",
    "choose_capacity",
    "evaluate",
    "trace",
]
