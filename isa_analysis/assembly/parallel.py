"""Reading a large file with two processors: a forked child reads its end, another one
hashes it.

Reading is bound by the interpreter, so a second process nearly halves it. The child sends its
columns back through a pipe; whatever goes wrong there, the caller reads the whole file by itself
instead. The command line starts the child before anything else (:func:`start_ahead`), so that it
reads while the rest of the program is still being imported.
"""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

import isa_analysis.forking as forking
from isa_analysis.assembly.lines import LineStream, join, read_lines
from isa_analysis.assembly.source import CHUNK, Source, chunks

#: Files smaller than this (bytes) are not worth a second process.
_WORTH = 8 << 20
#: The share of the file that this process reads before it looks how far the child has come: half,
#: or little when the child starts ahead.
_HALF, _LITTLE = 0.5, 0.125
#: This process takes over half of what the child has left, as long as that is this many bytes: far
#: more than the child reads in one go, so that it always learns in time.
_TAKEN = 4 << 20


@dataclass(slots=True)
class SecondReader:
    """A child that reads ``source`` from byte ``middle`` on; ``size`` tells a changed file.

    ``marks``, shared with the child, are how far it has read and where it has to stop.
    """

    source: Source
    size: int
    middle: int
    marks: NDArray[np.int64]
    child: int
    pipe: int
    hasher: _Hasher

    def finish(self, progress: Callable[[int], None] | None) -> LineStream | None:
        """Read what the child does not; the stream of the whole file. Then :meth:`digest` is due.

        None when another process or thread failed. Raises :class:`InputError` like reading alone.
        """
        stream = None
        try:
            first = self._read(0, self.middle, progress)
            last: list[LineStream] = []
            end = self.size
            while (begin := self._take_over(end)) < end:
                last.insert(0, self._read(begin, end, progress))
                end = begin
            second = forking.received(self.pipe, LineStream)
            if progress:
                progress(end - self.middle)
            if second is not None and int(self.marks[0]) == end:
                stream = join([first, second, *last])
        finally:
            forking.end(self.child, self.pipe)
            if stream is None:
                self.hasher.stop()
        return stream

    def digest(self) -> str:
        """The SHA-256 of the file; empty when the hasher failed."""
        try:
            return self.hasher.result()
        finally:
            self.hasher.stop()

    def _read(self, begin: int, end: int, progress: Callable[[int], None] | None) -> LineStream:
        with self.source.open() as handle:
            handle.seek(begin)
            return read_lines(chunks(self.source, handle, size=end - begin), progress)

    def _take_over(self, end: int) -> int:
        """Where to read from up to ``end`` in the child's place; ``end`` when it is nearly done."""
        left = end - int(self.marks[0])
        if left < 2 * _TAKEN:
            return end
        begin = _line_boundary(self.source, end - left // 2)
        if not end - left // 2 <= begin < end:
            return end
        self.marks[1] = begin
        return begin

    def stop(self) -> None:
        """End the child and the hasher, whatever they are doing."""
        forking.end(self.child, self.pipe)
        self.hasher.stop()


class _Bounded:
    """What :func:`chunks` needs of a file that ends where ``marks`` says at the time."""

    def __init__(self, handle: BinaryIO, marks: NDArray[np.int64]) -> None:
        self.handle = handle
        self.marks = marks

    def tell(self) -> int:
        return self.handle.tell()

    def read(self, size: int) -> bytes:
        position, end = self.marks.tolist()
        block = self.handle.read(max(min(size, end - position), 0))
        self.marks[0] = position + len(block)
        return block


@dataclass(slots=True)
class _Hasher:
    """A process that takes the SHA-256 of a file. A thread would do it for free, were it not that
    every hand-over of the interpreter lock delays the imports that go on meanwhile."""

    child: int
    pipe: int

    def result(self) -> str:
        """The hexadecimal digest; empty when the process failed."""
        digest = b""
        with suppress(OSError):
            while part := os.read(self.pipe, 64):
                digest += part
        return digest.decode("ascii") if len(digest) == 64 else ""

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        forking.end(self.child, self.pipe)


def _hash(source: Source, writing: int) -> None:
    os.nice(10)  # the readers come first: the hash is wanted last
    with source.open() as handle:
        digest = hashlib.sha256()
        while block := handle.read(CHUNK):
            digest.update(block)
    os.write(writing, digest.hexdigest().encode())


_ahead: list[SecondReader] = []


def start_ahead(source: Source) -> None:
    """Start on ``source`` before it is known what for; :func:`second_reader` hands it out."""
    if reader := _start(source, _LITTLE):
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
    return _start(source, _HALF)


def _start(source: Source, share: float) -> SecondReader | None:
    size = source.plain_size
    if size < _WORTH or not forking.can_fork():
        return None
    try:
        middle = _line_boundary(source, int(size * share))
        if not 0 < middle < size:
            return None
        marks = np.frombuffer(mmap.mmap(-1, 16), np.int64)
        marks[:] = middle, size
        pipe, child = forking.spawn(lambda writing: _send(source, marks, writing))
    except OSError:
        return None
    try:
        hash_pipe, hash_child = forking.spawn(lambda writing: _hash(source, writing))
    except OSError:
        forking.end(child, pipe)
        return None
    hasher = _Hasher(hash_child, hash_pipe)
    return SecondReader(source, size, middle, marks, child, pipe, hasher)


def _line_boundary(source: Source, position: int) -> int:
    """The first line start at or after byte ``position``; 0 when there is none near."""
    with source.open() as handle:
        handle.seek(position)
        newline = handle.read(CHUNK).find(b"\n")
    return position + newline + 1 if newline >= 0 else 0


def _send(source: Source, marks: NDArray[np.int64], writing: int) -> None:
    """Read from the first mark to the second and send the stream."""
    with source.open() as handle:
        handle.seek(int(marks[0]))
        stream = read_lines(chunks(source, cast(BinaryIO, _Bounded(handle, marks))))
    forking.send(stream, writing)
