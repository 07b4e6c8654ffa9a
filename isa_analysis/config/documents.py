"""A configuration document: plain data that remembers where each key and value was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from isa_analysis.diagnostics import Diagnostic, InputError, error

#: Where a value is inside a document: mapping keys and sequence indices from the root.
Loc: TypeAlias = tuple[str | int, ...]

#: Largest configuration file that is read, in bytes.
MAX_BYTES = 5_000_000
#: Deepest nesting of mappings and sequences.
MAX_DEPTH = 32
#: Diagnostics kept for one document; the others are counted.
MAX_DIAGNOSTICS = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A location to report: ``line`` and ``column`` count from 1 (0 = the input as a whole)."""

    path: str
    line: int = 0
    column: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class FoundPlaces(Mapping[Loc, tuple[int, int]]):
    """Places that ``find`` looks for when they are asked for. They can't be gone through: all
    places of a large file would take many times the room of the file."""

    find: Callable[[Loc], tuple[int, int] | None]

    def __getitem__(self, loc: Loc) -> tuple[int, int]:
        found = self.find(loc)
        if found is None:
            raise KeyError(loc)
        return found

    def __iter__(self) -> Iterator[Loc]:
        raise TypeError("places are found one by one")

    def __len__(self) -> int:
        raise TypeError("places are not counted")


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file and the positions of its parts.

    ``data`` holds dicts with string keys, tuples, strings, ints, floats, bools and None.
    ``positions`` gives (line, column) of each value, ``keys`` of each mapping key.
    ``origins`` names another place for values that did not come from the file (``--set``).
    """

    path: str
    text: str
    data: object
    positions: Mapping[Loc, tuple[int, int]]
    keys: Mapping[Loc, tuple[int, int]] = field(default_factory=dict)
    origins: Mapping[Loc, Place] = field(default_factory=dict)

    def locate(self, loc: Loc, key: bool = False) -> tuple[int, int]:
        """(line, column) of the value at ``loc``, or of its key; else of the nearest enclosing one.

        (0, 0) when nothing around ``loc`` has a position.
        """
        if key and loc in self.keys:
            return self.keys[loc]
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.positions:
                return self.positions[loc[:end]]
        return (0, 0)

    def place(self, loc: Loc, key: bool = False) -> Place:
        """Like :meth:`locate`, with the path and the source line, and following ``origins``."""
        for end in range(len(loc), 0, -1):
            if loc[:end] in self.origins:
                return self.origins[loc[:end]]
            if loc[:end] in self.positions:
                break
        line, column = self.locate(loc, key)
        return Place(self.path, line, column, source_line(self.text, line))

    def diagnostic(
        self, loc: Loc, code: str, message: str, *, hint: str = "", key: bool = False
    ) -> Diagnostic:
        """An error diagnostic at ``loc``."""
        place = self.place(loc, key)
        return Diagnostic(
            place.path, place.line, place.column, code, "error", message, hint, place.source
        )

    def replaced(self, loc: Loc, value: object, origin: Place) -> Document:
        """A copy with ``value`` at ``loc``, reported as coming from ``origin``.

        Missing mappings on the way are created. Raises InputError (E103) when the way leads
        through something that has no parts, or to a sequence item that is not there.
        """
        origins = dict(self.origins)

        def rebuild(node: object, at: int) -> object:
            if at == len(loc):
                return value
            part, here = loc[at], dotted(loc[:at])
            if isinstance(node, dict):
                if part not in node:
                    origins[loc[: at + 1]] = origin
                return {**node, part: rebuild(node.get(part, {}), at + 1)}
            if isinstance(node, tuple):
                if isinstance(part, str) and part.isdecimal() and len(part) < 10:
                    part = int(part)
                if isinstance(part, int) and part < len(node):
                    return (*node[:part], rebuild(node[part], at + 1), *node[part + 1 :])
                found = f"has {len(node)} items, counted from 0; no item {part!r}"
            elif node is None:
                return {part: rebuild({}, at + 1)}
            else:
                found = f"is {describe(node)} and has no part {part!r}"
            raise error("E103", f"{here} {found}", path=origin.path, source=origin.source)

        data = rebuild(self.data, 0)
        # Sequence items are addressed by number from here on.
        exact: Loc = ()
        node = data
        for part in loc:
            exact = (*exact, int(part) if isinstance(node, tuple) else part)
            node = node[exact[-1]] if isinstance(node, dict | tuple) else None  # type: ignore[index]
        origins[exact] = origin
        return replace(self, data=data, origins=origins)


def dotted(loc: Loc) -> str:
    """``memory.service.base_ns`` or ``tile_hints[2].mlen``."""
    out = ""
    for part in loc:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def describe(value: object) -> str:
    """A value as an error message names it: ``text '512M'``, ``the number 3``, ``a mapping``."""
    if value is None:
        return "no value (null)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"text {shorten(repr(value))}"
    if isinstance(value, int | float):
        # Python refuses to print integers of more than 4300 digits.
        small = isinstance(value, float) or value.bit_length() < 1000
        return f"the number {shorten(repr(value))}" if small else "a huge number"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, tuple | list):
        return "a list" if value else "an empty list"
    return f"a {type(value).__name__}"


def shorten(text: str, limit: int = 60) -> str:
    """``text`` cut to ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def source_line(text: str, line: int) -> str:
    """Line ``line`` (from 1) of ``text``; empty when there is none."""
    if line < 1:
        return ""
    lines = _lines(text)
    return lines[line - 1] if line <= len(lines) else ""


@lru_cache(maxsize=2)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines())


def decode(content: str | bytes, path: str, limit: int = MAX_BYTES) -> str:
    """``content`` as text without byte-order mark; InputError (E100) for anything unreadable."""
    if len(content) > limit:
        raise error("E100", f"the file is larger than {limit:,} bytes", path=path)
    if isinstance(content, bytes):
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as problem:
            good = content[: problem.start].decode("utf-8")
            line, column = line_column(good, len(good))
            byte = content[problem.start]
            raise error(
                "E100",
                f"byte 0x{byte:02x} is not UTF-8 text",
                path=path,
                line=line,
                column=column,
                hint="save the file as UTF-8",
            ) from None
    else:
        text = content
    text = text.removeprefix("\ufeff")
    if (bad := _unprintable(text)) is not None:
        line, column = line_column(text, bad)
        raise error(
            "E100",
            f"character U+{ord(text[bad]):04X} cannot stand in a configuration file",
            path=path,
            line=line,
            column=column,
            source=source_line(text, line),
        )
    return text


def _unprintable(text: str) -> int | None:
    """Where the first character stands that is outside the printable set of YAML 1.1, which is also
    what TOML refuses; None when there is none."""
    if text.replace("\n", "").replace("\t", "").replace("\r", "").isprintable():
        return None  # a subset of the set; building the pattern takes milliseconds
    pattern = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    bad = re.search(pattern, text)
    return bad.start() if bad else None


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at ``offset``."""
    lines = (text[:offset] + "|").splitlines()
    return len(lines), len(lines[-1])


def read_bytes(path: str, limit: int = MAX_BYTES) -> bytes:
    """The content of a file; InputError (E107) when it cannot be read or is over ``limit``."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(limit + 1)
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise error("E107", f"cannot read the file: {reason}", path=path) from None
    if len(content) > limit:
        raise error("E107", f"the file is larger than {limit:,} bytes", path=path)
    return content


def raise_all(diagnostics: list[Diagnostic], omitted: int = 0) -> None:
    """Raise InputError with the diagnostics in file order, if there are any.

    ``omitted`` counts problems that were found and not made into diagnostics.
    """
    if diagnostics:
        ordered = sorted(dict.fromkeys(diagnostics))
        dropped = max(0, len(ordered) - MAX_DIAGNOSTICS)
        raise InputError(ordered[:MAX_DIAGNOSTICS], dropped + omitted)
