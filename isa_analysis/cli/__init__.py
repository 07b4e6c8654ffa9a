"""The command line: wires arguments to the library and results to views. No logic of its own."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence

#: Files smaller than this (bytes) are not read ahead of everything else.
_LARGE = 8 << 20


def run(argv: Sequence[str] | None = None) -> None:
    """The entry point of ``isa-analysis`` and ``python -m isa_analysis``; exits the process.

    Exit codes: 0 ok, 1 the answer is no, 2 bad usage or input.
    """
    import gc

    # A profile makes hundreds of thousands of objects and no cycles worth collecting before exit.
    gc.disable()
    # Nothing here multiplies matrices: spare NumPy the threads that it would start for that.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Looking for pydantic plugins means reading the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    arguments = list(sys.argv[1:] if argv is None else argv)
    reading = _read_ahead(arguments)
    from isa_analysis.cli.app import main

    try:
        code = main(arguments)
    finally:
        if reading:
            from isa_analysis.assembly import parallel

            parallel.stop_ahead()
    gc.freeze()  # the collections at exit find nothing that the end of the process does not
    sys.exit(code)


def _read_ahead(arguments: Sequence[str]) -> bool:
    """Start reading the first large file named, whatever it turns out to be for.

    A second process then reads while this one imports what it needs to look at its arguments.
    """
    for argument in arguments:
        try:
            status = os.stat(argument)  # noqa: PTH116 - pathlib is not imported yet
        except (OSError, ValueError):
            continue
        if argument != "-" and stat.S_ISREG(status.st_mode) and status.st_size >= _LARGE:
            from isa_analysis.assembly import parallel
            from isa_analysis.assembly.source import open_source

            parallel.start_ahead(open_source(argument))
            return True
    return False
