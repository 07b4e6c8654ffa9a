"""Where the values of a JSON text stand, found on request: nothing is kept of what nobody asks for.

Only what lies before a value is read again, by Python's own scanner, so that an error in the middle
of a file of a hundred megabytes is located in about the time that reading the file takes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from isa_analysis.config.documents import Loc

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]')
_SCAN = json.JSONDecoder().raw_decode
#: Offsets of the key (of an item: the item itself) and of the value.
_Offsets = tuple[int, int]


@dataclass(slots=True)
class JsonPlaces:
    """Places in ``text``, which is valid JSON: line and column, both from 1."""

    text: str
    _children: dict[Loc, dict[str | int, _Offsets]] = field(default_factory=dict, repr=False)
    _line_ends: list[int] = field(default_factory=list, repr=False)

    def of_value(self, loc: Loc) -> tuple[int, int] | None:
        """The place of the value at ``loc``; None when there is none."""
        offset = self._offset(loc)
        return None if offset is None else self.line_column(offset)

    def of_key(self, loc: Loc) -> tuple[int, int] | None:
        """The place of the key of the value at ``loc``; None when there is none."""
        if not loc or not isinstance(loc[-1], str):
            return None
        found = self._inside(loc[:-1]).get(loc[-1])
        return None if found is None else self.line_column(found[0])

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at ``offset``."""
        if not self._line_ends:
            # The mark stands for the end of the text, which is a place too.
            lines = (self.text + "|").splitlines(keepends=True)
            self._line_ends.extend(accumulate(map(len, lines)))
        line = bisect_right(self._line_ends, offset)
        return line + 1, offset - (self._line_ends[line - 1] if line else 0) + 1

    def _offset(self, loc: Loc) -> int | None:
        if not loc:
            return self._skip(0)
        found = self._inside(loc[:-1]).get(loc[-1])
        return None if found is None else found[1]

    def _inside(self, loc: Loc) -> dict[str | int, _Offsets]:
        """Where the parts of the value at ``loc`` are."""
        if loc not in self._children:
            offset = self._offset(loc)
            opening = "" if offset is None else self.text[offset : offset + 1]
            parts: Iterator[tuple[str | int, _Offsets]] = iter(())
            if offset is not None and opening == "{":
                parts = self._members(offset)
            elif offset is not None and opening == "[":
                parts = self._items(offset)
            self._children[loc] = dict(parts)
        return self._children[loc]

    def _members(self, offset: int) -> Iterator[tuple[str, _Offsets]]:
        at = self._skip(offset + 1)
        while self.text[at] != "}":
            name, end = _SCAN(self.text, at)
            value = self._skip(self._skip(end) + 1)
            yield name, (at, value)
            at = self._next(value)

    def _items(self, offset: int) -> Iterator[tuple[int, _Offsets]]:
        at = self._skip(offset + 1)
        number = 0
        while self.text[at] != "]":
            yield number, (at, at)
            number += 1
            at = self._next(at)

    def _next(self, at: int) -> int:
        """Behind the value at ``at`` and its comma; at the closing bracket when it is the last."""
        _, end = _SCAN(self.text, at)
        end = self._skip(end)
        return self._skip(end + 1) if self.text[end] == "," else end

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at


def repeated_key(text: str) -> tuple[str, int]:
    """The first key that an object of ``text`` has a second time, and the offset of that second
    time; ("", 0) when there is none."""
    open_objects: list[set[str] | None] = []
    is_key = False
    for token in _TOKEN.finditer(text):
        mark = token[0]
        inner = open_objects[-1] if open_objects else None
        if mark == "{":
            open_objects.append(set())
            is_key = True
        elif mark == "[":
            open_objects.append(None)
            is_key = False
        elif mark in "}]":
            open_objects = open_objects[:-1]
            is_key = False
        elif mark == ",":
            is_key = inner is not None
        elif is_key and inner is not None:
            name = json.loads(mark)
            if name in inner:
                return name, token.start()
            inner.add(name)
            is_key = False
    return "", 0
