"""Static profiler and cost analyzer for PLENA assembly.

from isa_analysis import load_board, parse, profile

result = profile(parse("decoder.asm"), load_board("v80"))
print(result.totals.total_cycles)
print(result.frames.kernels)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from isa_analysis._version import __version__

if TYPE_CHECKING:
    # mypy meets the package while it is importing it.
    from isa_analysis.assembly import (  # type: ignore[no-redef]
        ParseOptions,
        Program,
        parse,
        parse_text,
    )
    from isa_analysis.boards import LoadedBoard, load_board
    from isa_analysis.diagnostics import Diagnostic, InputError
    from isa_analysis.kernels import load_rules
    from isa_analysis.profiling import ModelOptions, Profile, profile

#: Public name -> module; resolved on first use, so that importing the package stays cheap.
_EXPORTS = {
    "Diagnostic": "isa_analysis.diagnostics",
    "InputError": "isa_analysis.diagnostics",
    "LoadedBoard": "isa_analysis.boards",
    "ModelOptions": "isa_analysis.profiling",
    "ParseOptions": "isa_analysis.assembly",
    "Profile": "isa_analysis.profiling",
    "Program": "isa_analysis.assembly",
    "load_board": "isa_analysis.boards",
    "load_rules": "isa_analysis.kernels",
    "parse": "isa_analysis.assembly",
    "parse_text": "isa_analysis.assembly",
    "profile": "isa_analysis.profiling",
}

__all__ = [
    "Diagnostic",
    "InputError",
    "LoadedBoard",
    "ModelOptions",
    "ParseOptions",
    "Profile",
    "Program",
    "__version__",
    "load_board",
    "load_rules",
    "parse",
    "parse_text",
    "profile",
]


def __getattr__(name: str) -> object:
    if name in _EXPORTS:
        return getattr(importlib.import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
