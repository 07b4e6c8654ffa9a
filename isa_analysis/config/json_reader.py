"""JSON to a :class:`Document`: duplicate keys refused, values located when something is wrong.

Reading is as fast as Python's own; positions are worked out only when a diagnostic asks for one.
"""

from __future__ import annotations

import json

from isa_analysis.config.documents import Document, FoundPlaces, source_line
from isa_analysis.config.json_places import JsonPlaces, repeated_key
from isa_analysis.diagnostics import error


def read_json(content: bytes, path: str, code: str = "E100") -> Document:
    """The JSON document in ``content``; lists stay lists. Raises InputError with ``code``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise error(code, f"not valid JSON: {problem}", path=path) from None
    try:
        data = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as problem:
        line, column = JsonPlaces(text).line_column(problem.pos)
        raise error(
            code, f"not valid JSON: {problem.msg}", path=path, line=line, column=column,
            source=source_line(text, line),
        ) from None  # fmt: skip
    except _DuplicateKey:
        name, at = repeated_key(text)
        line, column = JsonPlaces(text).line_column(at)
        raise error(
            code, f"not valid JSON: the key {name!r} is written twice", path=path,
            line=line, column=column, source=source_line(text, line),
            hint="an object has each key once",
        ) from None  # fmt: skip
    except (RecursionError, ValueError) as problem:
        # ValueError: an integer of more digits than Python converts.
        raise error(code, f"not valid JSON: {problem}", path=path) from None
    places = JsonPlaces(text)
    return Document(path, text, data, FoundPlaces(places.of_value), FoundPlaces(places.of_key))


class _DuplicateKey(Exception):
    """An object has a key twice."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) < len(pairs):
        raise _DuplicateKey
    return out
