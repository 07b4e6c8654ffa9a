"""Reading a large file with two processors: a forked child reads its end, a thread hashes it.

Reading is bound by the interpreter, so a second process nearly halves it. The child sends its
columns back through a pipe; whatever goes wrong there, the caller reads the whole file by itself
instead. The command line starts the child before anything else (:func:`start_ahead`), so that it
reads while the rest of the program is still being imported.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

from isa_analysis.assembly.lines import LineStream, join, read_lines
from isa_analysis.assembly.source import CHUNK, Source, chunks

#: Files smaller than this (bytes) are not worth a second process.
_WORTH = 8 << 20
#: How many bytes a child that starts ahead has read when this process begins to read.
_LEAD = 64 << 20
#: Bytes per update of the hash: few updates, because the thread queues for the interpreter at each.
_HASHED = 1 << 23


@dataclass(slots=True)
class SecondReader:
    """A child that reads ``source`` from byte ``middle`` on; ``size`` tells a changed file."""

    source: Source
    size: int
    middle: int
    child: int
    pipe: int
    hasher: _Hasher

    def finish(self, progress: Callable[[int], None] | None) -> tuple[LineStream, str] | None:
        """Read what the child does not; the stream of the whole file and its SHA-256.

        None when another process or thread failed. Raises :class:`InputError` like reading alone.
        """
        try:
            with self.source.open() as handle:
                scale = self.size / max(self.middle, 1)  # the child's part passes unseen
                first = read_lines(
                    chunks(self.source, handle, size=self.middle),
                    (lambda count: progress(round(scale * count))) if progress else None,
                )
            second = _received(self.pipe)
            self.hasher.join()
        finally:
            self.stop()
        if second is None or not self.hasher.digest:
            return None
        return join(first, second), self.hasher.digest

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        os.close(self.pipe)
        with suppress(OSError):
            os.kill(self.child, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(self.child, 0)


class _Hasher(Thread):
    """The SHA-256 of a file, empty until the thread has ended well."""

    def __init__(self, source: Source) -> None:
        super().__init__(daemon=True)
        self.source = source
        self.digest = ""

    def run(self) -> None:
        with suppress(Exception), self.source.open() as handle:
            digest = hashlib.sha256()
            while block := handle.read(_HASHED):
                digest.update(block)
            self.digest = digest.hexdigest()


_ahead: list[SecondReader] = []


def start_ahead(source: Source) -> None:
    """Start on ``source`` before it is known what for; :func:`second_reader` hands it out."""
    if reader := _start(source, _LEAD):
        _ahead.append(reader)


def stop_ahead() -> None:
    """End a reader that nobody asked for."""
    while _ahead:
        _ahead.pop().stop()


def second_reader(source: Source) -> SecondReader | None:
    """A second reader of a large plain file, or None where one process has to do it."""
    if _ahead and _ahead[0].source == source:
        reader = _ahead.pop()
        if reader.size == source.plain_size:
            return reader
        reader.stop()
    return _start(source, 0)


def _start(source: Source, lead: int) -> SecondReader | None:
    size = source.plain_size
    if size < _WORTH or not hasattr(os, "fork") or _processors() < 2:
        return None
    try:
        middle = _line_boundary(source, max(size - lead, size // 8) // 2)
        if not 0 < middle < size:
            return None
        pipe, writing = os.pipe()
    except OSError:
        return None
    try:
        child = _fork()
    except OSError:
        os.close(pipe)
        os.close(writing)
        return None
    if child == 0:
        _child(source, middle, pipe, writing)
    os.close(writing)
    hasher = _Hasher(source)
    hasher.start()
    return SecondReader(source, size, middle, child, pipe, hasher)


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
