"""TOML to a :class:`Document`; the parser is the standard library's.

``tomllib`` keeps no positions, so a line scan finds where tables and keys are written. Keys inside
inline tables and multi-line arrays are located at the key that holds them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from isa_analysis.config.documents import (
    MAX_DEPTH,
    Document,
    Loc,
    decode,
    shorten,
    source_line,
)
from isa_analysis.diagnostics import error

#: Largest TOML file: the standard parser is not linear in hostile input.
MAX_TOML_BYTES = 1_000_000

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*")
_PARTS = re.compile(_PART)
_POSITION = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(text: str | bytes, path: str) -> Document:
    """The TOML document in ``text``; arrays become tuples. ``path`` is for diagnostics only.

    Raises InputError (E100) with the place of the first syntax error.
    """
    import tomllib

    text = decode(text, path, MAX_TOML_BYTES)
    scan = _scan(text, path)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError, OverflowError) as problem:
        raise _syntax(problem, text, path) from None
    return Document(path, text, _frozen(data, path), scan.positions, scan.keys)


def _syntax(problem: Exception, text: str, path: str) -> Exception:
    if isinstance(problem, RecursionError):
        return error("E100", f"nested more than {MAX_DEPTH} levels deep", path=path)
    message = str(problem)
    place = _POSITION.search(message)
    line = column = 0
    if place:
        message = message[: place.start()]
        if place[1]:
            line, column = int(place[1]), int(place[2])
        else:
            line = max(1, len(text.splitlines()))
            column = len(source_line(text, line)) + 1
    return error(
        "E100",
        f"not valid TOML: {shorten(message, 200)}",
        path=path,
        line=line,
        column=column,
        source=source_line(text, line),
    )


def _frozen(value: object, path: str, depth: int = 0) -> object:
    """``value`` with tuples for arrays; refuses what is nested too deep to walk safely."""
    if depth > MAX_DEPTH:
        raise error("E100", f"nested more than {MAX_DEPTH} levels deep", path=path)
    if isinstance(value, dict):
        return {key: _frozen(item, path, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(item, path, depth + 1) for item in value)
    return value


@dataclass(slots=True)
class _Scan:
    positions: dict[Loc, tuple[int, int]] = field(default_factory=lambda: {(): (1, 1)})
    keys: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    arrays: dict[Loc, int] = field(default_factory=dict)


def _scan(text: str, path: str) -> _Scan:
    """Positions of table headers and of ``key = value`` lines."""
    scan = _Scan()
    table: Loc = ()
    closing = ""
    brackets = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if closing:  # inside a multi-line string
            _, found, rest = line.partition(closing)
            if not found:
                continue
            closing, brackets = _open_value(rest, brackets)
            continue
        if brackets > 0:  # inside a multi-line array
            closing, brackets = _open_value(line, brackets)
            continue
        start = len(line) - len(line.lstrip(" \t"))
        array = line.startswith("[[", start)
        header = array or line.startswith("[", start)
        match = _KEY.match(line, start + (2 if array else 1 if header else 0))
        if not match:
            continue
        names = tuple(_bare(part) for part in _PARTS.findall(match[1]))
        column = match.start(1) + 1
        if len(names) > MAX_DEPTH:
            raise error(
                "E100",
                f"nested more than {MAX_DEPTH} levels deep",
                path=path,
                line=number,
                column=column,
                source=line,
            )
        if header:
            table = _resolve(scan, names, array)
            _note(scan, table, (number, column), (number, start + 1))
        elif line.startswith("=", match.end()):
            after = match.end() + 1
            value = after + len(line[after:]) - len(line[after:].lstrip(" \t"))
            _note(scan, (*table, *names), (number, column), (number, value + 1))
            closing, brackets = _open_value(line[after:], 0)
    return scan


def _resolve(scan: _Scan, names: tuple[str, ...], array: bool) -> Loc:
    """The location a table header opens: array tables count up, and are entered at their last."""
    loc: Loc = ()
    for at, name in enumerate(names):
        loc = (*loc, name)
        if array and at == len(names) - 1:
            scan.arrays[loc] = scan.arrays.get(loc, -1) + 1
        if loc in scan.arrays:
            loc = (*loc, scan.arrays[loc])
    return loc


def _note(scan: _Scan, loc: Loc, key: tuple[int, int], value: tuple[int, int]) -> None:
    scan.positions.setdefault(loc, value)
    scan.keys.setdefault(loc, key)
    for end in range(len(loc) - 1, 0, -1):
        scan.positions.setdefault(loc[:end], value)
        scan.keys.setdefault(loc[:end], key)


def _bare(part: str) -> str:
    return part[1:-1] if part[:1] in "\"'" else part


_TOKENS = re.compile(
    r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'[^']*'|#|[\[\]{}]""",
)


def _open_value(text: str, brackets: int) -> tuple[str, int]:
    """What is still open at the end of a line: a multi-line string's quotes, open brackets."""
    at = 0
    while match := _TOKENS.search(text, at):
        token = match[0]
        at = match.end()
        if token == "#":
            break
        if token in ('"""', "'''"):
            end = text.find(token, at)
            if end < 0:
                return token, brackets
            at = end + 3
        elif token in "[{":
            brackets += 1
        elif token in "]}":
            brackets -= 1
    return "", max(0, brackets)
