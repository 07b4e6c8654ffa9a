"""Opportunities: rules that look for cycles to save, each with an upper bound."""

from isa_analysis.report.advice.model import Context, Finding, Opportunity, Rule
from isa_analysis.report.advice.registry import RULES
from isa_analysis.report.advice.run import advise

__all__ = ["RULES", "Context", "Finding", "Opportunity", "Rule", "advise"]
