"""Logs as clean lines: unpacked, decoded, without terminal colours and carriage returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isa_analysis.diagnostics import error

#: Largest file that is read, in unpacked bytes.
MAX_BYTES = 1 << 30
#: Longest line that is looked at, in bytes; what follows is cut off.
MAX_LINE = 1 << 16

# CSI sequences (colours, cursor), OSC sequences (titles, links) and two-byte escapes.
_ANSI = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_=>()][0-9A-B]?"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, and its text without colours, CR and trailing blanks."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """An unpacked file. ``data`` is UTF-8 or something near it, without escape sequences."""

    path: str
    sha256: str
    data: bytes

    @property
    def text(self) -> str:
        """All of it; bytes that are not UTF-8 become replacement characters."""
        return self.data.decode("utf-8", "replace")

    def lines(self, wanted: re.Pattern[bytes]) -> Iterator[Line]:
        """The lines in which ``wanted`` occurs. A CR ends a line too, and shares its number."""
        number, counted = 1, 0
        position = 0
        while found := wanted.search(self.data, position):
            start = self.data.rfind(b"\n", 0, found.start()) + 1
            end = self.data.find(b"\n", found.start())
            end = len(self.data) if end < 0 else end
            number += self.data.count(b"\n", counted, start)
            counted = start
            for piece in self.data[start : min(end, start + MAX_LINE)].split(b"\r"):
                if wanted.search(piece):
                    yield Line(number, piece.decode("utf-8", "replace").rstrip())
            position = end + 1
            if position > len(self.data):
                return


def read_content(path: str) -> Content:
    """The file ``path``, or standard input for ``-``; ``.gz`` and ``.xz`` are unpacked.

    Raises :class:`InputError`: E201 (no such file), E202 (unreadable, damaged, too large).
    """
    import hashlib

    from isa_analysis.assembly.source import chunks, open_source

    source = open_source(path)
    digest = hashlib.sha256()
    parts: list[bytes] = []
    size = 0
    with source.open() as handle:
        for block in chunks(source, handle, digest.update):
            size += len(block)
            if size > MAX_BYTES:
                raise error("E202", f"is larger than {MAX_BYTES:,} bytes", path=source.name)
            parts.append(block)
    return Content(source.name, digest.hexdigest(), cleaned(b"".join(parts)))


def cleaned(data: bytes) -> bytes:
    """``data`` as UTF-8 without terminal escape sequences; line ends stay where they are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # some shells write logs as UTF-16
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    return _ANSI.sub(b"", data) if b"\x1b" in data else data
