"""Kernels: which instructions belong to which part of the model, as the comments tell."""

from isa_analysis.kernels.match import UNMARKED, assign_kernels
from isa_analysis.kernels.rules import KernelRules, load_rules
from isa_analysis.kernels.spans import PARTS, KernelName, KernelSpan, KernelSpans, path_of

__all__ = [
    "PARTS",
    "UNMARKED",
    "KernelName",
    "KernelRules",
    "KernelSpan",
    "KernelSpans",
    "assign_kernels",
    "load_rules",
    "path_of",
]
