"""Freed memory goes back to the system between the steps of large inputs.

Columns of some megabytes leave holes in the heap of glibc when they are freed, which later steps
fill badly: without this, the peak of a run is that of its steps together.
"""

from __future__ import annotations

from contextlib import suppress

#: Programs of this many instructions have columns that are worth it.
LARGE = 1 << 19


def trim(size: int) -> None:
    """Give back what has been freed, where the C library can, for inputs of ``size`` instructions
    or rows; of no effect on results."""
    if size >= LARGE:
        import ctypes

        with suppress(OSError, AttributeError, TypeError):  # no glibc here
            ctypes.CDLL(None).malloc_trim(0)
