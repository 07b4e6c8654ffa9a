"""Assembly text to :class:`Program`."""

from isa_analysis.assembly.loops import Loop
from isa_analysis.assembly.parse import ParseOptions, parse, parse_text
from isa_analysis.assembly.program import Program

__all__ = ["Loop", "ParseOptions", "Program", "parse", "parse_text"]
