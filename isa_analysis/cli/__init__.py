"""The command line: wires arguments to the library and results to views. No logic of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def run(argv: Sequence[str] | None = None) -> None:
    """The entry point of ``isa-analysis`` and ``python -m isa_analysis``; exits the process.

    Exit codes: 0 ok, 1 the answer is no, 2 bad usage or input.
    """
    import gc

    # A profile makes hundreds of thousands of objects and no cycles worth collecting before exit.
    gc.disable()
    from isa_analysis.cli.app import main

    sys.exit(main(list(sys.argv[1:] if argv is None else argv)))
