"""Writing results: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from isa_analysis.diagnostics import error


def write(text: str, path: str | None) -> None:
    """``text`` to the file ``path`` (atomically), or to standard output for ``None`` and ``-``.

    Raises :class:`InputError` when the file cannot be written.
    """
    if path is None or path == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_bytes(text.encode("utf-8", "surrogateescape"), path)


def write_bytes(data: bytes, path: str) -> None:
    """``data`` to ``path`` through a temporary file beside it, renamed into place.

    Raises :class:`InputError` (E203) when that is not possible.
    """
    target = Path(path)
    temporary = ""
    try:
        if target.exists() and not target.is_file():  # a device or a pipe: no renaming over it
            target.write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as problem:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise error(
            "E203", f"cannot be written: {problem.strerror or problem}", path=path
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
