"""What one instruction does, with what its registers hold."""

from isa_analysis.explain.model import Explanation
from isa_analysis.explain.run import explain

__all__ = ["Explanation", "explain"]
