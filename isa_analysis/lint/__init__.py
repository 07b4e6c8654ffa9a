"""Faults before they happen, likely mistakes, and instructions that could be saved."""

from isa_analysis.lint.model import Finding, LintReport, LoopIteration
from isa_analysis.lint.rules import RULES, Rule
from isa_analysis.lint.run import lint, read

__all__ = ["RULES", "Finding", "LintReport", "LoopIteration", "Rule", "lint", "read"]
