"""Fields of JSON objects, with the key in what is said about a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from isa_analysis.budget import codec
from isa_analysis.budget.codec import Malformed

_T = TypeVar("_T")
#: Counts from here on are no results: a nest of 16 loops of 2^22 iterations stays far below.
_MOST = 10**200


def count(row: Mapping[str, object], key: str) -> int:
    """The integer ``row[key]``, at least 0. Raises :class:`Malformed`."""
    value = row.get(key)
    if type(value) is not int or not 0 <= value < _MOST:
        raise Malformed(f"{key} is {_shown(value)}, not a whole number")
    return value


def maybe(row: Mapping[str, object], key: str) -> int | None:
    """As :func:`count`; None for null and for a key that is not there."""
    return None if row.get(key) is None else count(row, key)


def number(row: Mapping[str, object], key: str) -> int | float | None:
    """An integer or a float of at least 0, or None. Raises :class:`Malformed`."""
    value = row.get(key)
    if type(value) is float and 0 <= value < _MOST:
        return value
    return maybe(row, key)


def truth(row: Mapping[str, object], key: str) -> bool | None:
    """A truth value or None. Raises :class:`Malformed`."""
    value = row.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise Malformed(f"{key} is {_shown(value)}, not true, false or null")


def text(row: Mapping[str, object], key: str) -> str:
    """The text ``row[key]``. Raises :class:`Malformed`."""
    value = row.get(key)
    if not isinstance(value, str):
        raise Malformed(f"{key} is {_shown(value)}, not a text")
    return value


def words(row: Mapping[str, object], key: str) -> str:
    """As :func:`text`; empty for null and for a key that is not there."""
    return "" if row.get(key) is None else text(row, key)


def mapping(row: Mapping[str, object], key: str) -> Mapping[str, object]:
    """The object ``row[key]``. Raises :class:`Malformed`."""
    return _named(key, codec.mapping, row.get(key))


def objects(row: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """The objects in the list ``row[key]``. Raises :class:`Malformed`."""
    return [
        _named(key, codec.mapping, value) for value in _named(key, codec.sequence, row.get(key))
    ]


def texts(row: Mapping[str, object], key: str) -> list[str]:
    """The texts in the list ``row[key]``. Raises :class:`Malformed`."""
    return [_named(key, codec.text, value) for value in _named(key, codec.sequence, row.get(key))]


def counts(row: Mapping[str, object], key: str) -> dict[str, int]:
    """The integers in the object ``row[key]``, sorted by name. Raises :class:`Malformed`."""
    found = mapping(row, key)
    return {name: count(found, name) for name in sorted(found)}


def _named(key: str, read: Callable[[object], _T], value: object) -> _T:
    try:
        return read(value)
    except Malformed as problem:
        raise Malformed(f"{key}: {problem}") from None


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _MOST:
        return "too large"
    return f"{value!r:.40}"
