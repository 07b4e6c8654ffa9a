"""Reading timelines: one loader for every version, ours and foreign ones.

Whatever shows, checks, converts or sums a timeline file comes through :func:`load_timeline`.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from pathlib import Path

from isa_analysis.config.documents import Document, describe
from isa_analysis.config.json_reader import read_json
from isa_analysis.diagnostics import Diagnostic, error
from isa_analysis.timeline.model import Timeline
from isa_analysis.timeline.schema import FORMAT


def load_timeline(path: str) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """The timeline in the file ``path`` (``-``: standard input; gzip is unpacked), and warnings.

    Raises :class:`~isa_analysis.diagnostics.InputError` with every problem found: E201, E202
    (file), E100 (JSON), E510 (format, version), E511 (level), E512 to E517 (content).
    """
    name = "<stdin>" if path == "-" else path
    return read_timeline(_content(path, name), name)


def read_timeline(content: bytes, path: str) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """Like :func:`load_timeline` for bytes at hand; ``path`` is for diagnostics only."""
    import hashlib

    from isa_analysis.timeline.foreign import read_foreign
    from isa_analysis.timeline.native import read_native

    document = read_json(_unpacked(content, path), path)
    data = document.data
    if not isinstance(data, dict):
        raise _not_a_timeline(document, f"the file holds {describe(data)}")
    if "format" in data:
        if data["format"] != FORMAT:
            raise _not_a_timeline(document, f"format is {describe(data['format'])}", ("format",))
        return read_native(document)
    if "version" in data or "tasks" in data:
        return read_foreign(document, hashlib.sha256(content).hexdigest())
    raise _not_a_timeline(document, "it has neither a format nor a version")


def _not_a_timeline(document: Document, found: str, loc: tuple[str, ...] = ()) -> Exception:
    d = document.diagnostic(loc, "E510", f"not a timeline file: {found}")
    return error(
        d.code,
        d.message,
        path=d.path,
        line=d.line,
        column=d.column,
        hint=f'a timeline says "format": "{FORMAT}"; a foreign one has "version" and "tasks"',
        source=d.source,
    )


def _content(path: str, name: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise error("E201", "no such file", path=name) from None
    except IsADirectoryError:
        raise error("E201", "is a folder, not a file", path=name) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise error("E202", f"cannot be read: {reason}", path=name) from None


def _unpacked(content: bytes, path: str) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as problem:
        raise error("E202", f"cannot be unpacked: {problem}", path=path) from None
