"""Where assembly text comes from: a file, a ``.gz`` or ``.xz`` file, or standard input.

One :class:`Source` can be opened several times: the parser reads it once in large chunks, and a
diagnostic fetches the few lines it shows in a second pass.
"""

from __future__ import annotations

import codecs
import io
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from isa_analysis.diagnostics import InputError, error

#: Bytes per read. One chunk and its temporaries stay inside the second-level cache's reach.
CHUNK = 1 << 19


@dataclass(frozen=True, slots=True)
class Source:
    """A readable input: ``name`` is what reports print; ``data`` holds spooled standard input."""

    name: str
    path: Path | None
    data: IO[bytes] | None = None

    def open(self) -> BinaryIO:
        """The decompressed bytes from the start. Raises :class:`InputError`."""
        if self.data is not None:
            self.data.seek(0)
            return cast(BinaryIO, self.data)
        assert self.path is not None
        try:
            if self.path.suffix == ".gz":
                import gzip

                return cast(BinaryIO, gzip.open(self.path, "rb"))
            if self.path.suffix == ".xz":
                import lzma

                return cast(BinaryIO, lzma.open(self.path, "rb"))
            return self.path.open("rb")
        except OSError as problem:
            raise _unreadable(self.name, problem) from None

    @property
    def plain_size(self) -> int:
        """Size in bytes of an uncompressed regular file; 0 when it cannot be read in parts."""
        if self.data is not None or self.path is None or self.path.suffix in (".gz", ".xz"):
            return 0
        return self.path.stat().st_size if self.path.is_file() else 0


def open_source(spec: str) -> Source:
    """The source named ``spec``: a path, or ``-`` for standard input (spooled to a file).

    Raises :class:`InputError` when there is no such readable file.
    """
    if spec == "-":
        return Source("<stdin>", None, _spooled(sys.stdin.buffer))
    path = Path(spec)
    try:
        if path.is_dir():
            raise error("E201", "is a folder, not a file", path=spec, hint="name an assembly file")
        if not path.exists():
            raise error("E201", "no such file", path=spec, hint=_similar(path))
        if not path.is_file():  # a pipe or a device can be read once only
            with path.open("rb") as handle:
                return Source(spec, None, _spooled(handle))
    except (OSError, ValueError) as problem:
        raise _unreadable(spec, problem) from None
    return Source(spec, path)


class _Spool(tempfile.SpooledTemporaryFile[bytes]):
    """Lives as long as its source and is closed with it."""

    def __del__(self) -> None:
        self.close()


def _spooled(handle: BinaryIO) -> IO[bytes]:
    spool = _Spool(max_size=1 << 24)
    while block := handle.read(CHUNK):
        spool.write(block)
    return cast(IO[bytes], spool)


def text_source(text: str, name: str = "<text>") -> Source:
    """A source holding ``text``, for the Python API and tests."""
    return Source(name, None, io.BytesIO(text.encode("utf-8", "surrogateescape")))


def chunks(
    source: Source,
    handle: BinaryIO,
    tap: Callable[[bytes], object] | None = None,
    size: int | None = None,
) -> Iterator[bytes]:
    """The bytes of ``handle`` in chunks that end with a newline (one is added at the very end).

    ``tap`` is called with the bytes as read; ``size`` limits how many are. A UTF-8 byte-order mark
    at the very start is no part of the text. Raises :class:`InputError` on a damaged archive.
    """
    parts: list[bytes] = []
    at_start = handle.tell() == 0
    left = size
    while left is None or left > 0:
        try:
            block = handle.read(CHUNK if left is None else min(CHUNK, left))
        except (OSError, EOFError) as problem:
            raise _unreadable(source.name, problem) from None
        except Exception as problem:  # lzma.LZMAError and zlib.error share no base class
            if type(problem).__name__ in ("LZMAError", "error"):
                raise _unreadable(source.name, problem) from None
            raise
        if not block:
            break
        if left is not None:
            left -= len(block)
        if tap is not None:
            tap(block)
        if at_start:
            block = block.removeprefix(codecs.BOM_UTF8)
            at_start = False
        cut = block.rfind(b"\n") + 1
        if cut == 0:
            parts.append(block)
            continue
        parts.append(block[:cut] if cut < len(block) else block)
        yield b"".join(parts) if len(parts) > 1 else parts[0]
        parts = [block[cut:]] if cut < len(block) else []
    if parts:
        yield b"".join(parts) + b"\n"


def fetch_lines(source: Source, wanted: Iterable[int]) -> dict[int, str]:
    """The text of the lines numbered ``wanted`` (from 1), without newlines, in one pass."""
    pending = sorted(set(wanted))
    found: dict[int, str] = {}
    if not pending:
        return found
    last = 0
    with_close = source.open()
    try:
        for chunk in chunks(source, with_close):
            count = chunk.count(b"\n")
            if pending[0] <= last + count:
                lines = chunk.split(b"\n")
                while pending and pending[0] <= last + count:
                    number = pending.pop(0)
                    found[number] = lines[number - last - 1].decode("utf-8", "replace")
                if not pending:
                    break
            last += count
    finally:
        if source.data is None:
            with_close.close()
    return found


def _unreadable(name: str, problem: BaseException) -> InputError:
    reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return error("E202", f"cannot be read: {reason}", path=name)


def _similar(path: Path) -> str:
    import difflib

    folder = path.parent
    names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, names, n=3)
    return f"did you mean {', '.join(close)}?" if close else ""
