"""Writing results: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from isa_analysis.diagnostics import InputError, error


def write(text: str, path: str | None) -> None:
    """``text`` to the file ``path`` (atomically), or to standard output for ``None`` and ``-``.

    Characters that standard output cannot encode are escaped. Raises :class:`InputError` (E203)
    when the output cannot be written, and :class:`BrokenPipeError` when its reader has gone.
    """
    if path is not None and path != "-":
        write_bytes(text.encode("utf-8", "surrogateescape"), path)
        return
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        close_stdout()
        raise _unwritable("<stdout>", problem) from None


def close_stdout() -> None:
    """Send what is left in standard output's buffer nowhere, so that exiting cannot fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_bytes(data: bytes, path: str) -> None:
    """``data`` to ``path`` through a temporary file beside it, renamed into place.

    Raises :class:`InputError` (E203) when that is not possible.
    """
    write_chunks((data,), path)


def write_chunks(chunks: Iterable[bytes], path: str, compress: bool = False) -> None:
    """Like :func:`write_bytes`, piece by piece; ``compress``: by gzip, equal bytes each time."""
    target = Path(path)
    temporary = ""
    try:
        if target.exists() and not target.is_file():  # a device or a pipe: no renaming over it
            with target.open("wb") as file:
                _put(chunks, file, compress)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            _put(chunks, file, compress)
        mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        raise _unwritable(path, problem) from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _put(chunks: Iterable[bytes], file: BinaryIO, compress: bool) -> None:
    if not compress:
        file.writelines(chunks)
        return
    import gzip

    # No name and no time in the header: they would differ between equal results.
    with gzip.GzipFile("", "wb", 5, file, mtime=0) as packed:
        for chunk in chunks:
            packed.write(chunk)


def _unwritable(path: str, problem: OSError | ValueError) -> InputError:
    reason = getattr(problem, "strerror", None) or problem
    return error("E203", f"cannot be written: {reason}", path=path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
