"""Reading a large file in two processes: the second half is read by a forked child.

Reading is bound by the interpreter, so a second core halves it. The child sends its columns back
through a pipe; whatever goes wrong there, the caller reads the whole file by itself instead.
"""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress

from isa_analysis.assembly.lines import LineStream, join, read_lines
from isa_analysis.assembly.source import CHUNK, Source, chunks

#: Files smaller than this (bytes) are not worth a second process.
_WORTH = 8 << 20


def read_in_two(
    source: Source,
    tap: Callable[[bytes], object],
    progress: Callable[[int], None] | None,
) -> LineStream | None:
    """The stream of a large plain file, or None where one process has to do it.

    ``tap`` is called with all bytes of the file in order, as :func:`chunks` does.
    """
    size = source.plain_size
    if size < _WORTH or not hasattr(os, "fork") or _processors() < 2:
        return None
    middle = _line_boundary(source, size // 2)
    if not 0 < middle < size:
        return None
    reading, writing = os.pipe()
    try:
        child = _fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if child == 0:
        _child(source, middle, reading, writing)
    os.close(writing)
    try:
        with source.open() as handle:
            # The child's half passes unseen: count each byte of this half twice.
            first = read_lines(
                chunks(source, handle, tap, middle),
                (lambda count: progress(2 * count)) if progress else None,
            )
            second = _received(reading)
            if second is None:
                second = read_lines(chunks(source, handle, tap))
            else:
                for block in _blocks(source, middle):
                    tap(block)
    finally:
        os.close(reading)
        os.waitpid(child, 0)
    return join(first, second)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _line_boundary(source: Source, position: int) -> int:
    """The first line start at or after byte ``position``; 0 when there is none near."""
    with source.open() as handle:
        handle.seek(position)
        newline = handle.read(CHUNK).find(b"\n")
    return position + newline + 1 if newline >= 0 else 0


def _fork() -> int:
    with warnings.catch_warnings():
        # NumPy's idle threads make fork() warn; the child calls nothing that uses them.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _child(source: Source, middle: int, reading: int, writing: int) -> None:
    """Read from ``middle`` on, send the stream, and end the process without any clean-up."""
    status = 1
    with suppress(BaseException):
        os.close(reading)
        with source.open() as handle:
            handle.seek(middle)
            stream = read_lines(chunks(source, handle))
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(stream, pipe, protocol=5)
        status = 0
    os._exit(status)


def _received(reading: int) -> LineStream | None:
    with suppress(Exception), os.fdopen(os.dup(reading), "rb") as pipe:
        stream = pickle.load(pipe)
        if isinstance(stream, LineStream):
            return stream
    return None


def _blocks(source: Source, start: int) -> Iterator[bytes]:
    with source.open() as handle:
        handle.seek(start)
        while block := handle.read(CHUNK):
            yield block
