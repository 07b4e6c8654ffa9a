"""Kernels: which instructions belong to which part of the model, as the comments tell."""

from isa_analysis.kernels.match import UNMARKED, assign_kernels
from isa_analysis.kernels.rules import KernelRules, load_rules
from isa_analysis.kernels.spans import KernelName, KernelSpan, KernelSpans

__all__ = [
    "UNMARKED",
    "KernelName",
    "KernelRules",
    "KernelSpan",
    "KernelSpans",
    "assign_kernels",
    "load_rules",
]
