"""JSON to a :class:`Document`: duplicate keys refused, values located when something is wrong.

Reading is as fast as Python's own; positions are worked out (by the YAML reader, of which JSON is
nearly a subset) only when a diagnostic asks for one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from isa_analysis.config.documents import Document, Loc
from isa_analysis.diagnostics import InputError, error


def read_json(content: bytes, path: str, code: str = "E100") -> Document:
    """The JSON document in ``content``; lists stay lists. Raises InputError with ``code``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise error(code, f"not valid JSON: {problem}", path=path) from None
    try:
        data = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as problem:
        raise error(
            code, f"not valid JSON: {problem.msg}", path=path,
            line=problem.lineno, column=problem.colno,
        ) from None  # fmt: skip
    except (RecursionError, _DuplicateKey, ValueError) as problem:
        # ValueError: an integer of more digits than Python converts.
        raise error(code, f"not valid JSON: {problem}", path=path) from None
    positions = _Positions(text, path)
    return Document(path, text, data, positions, _Positions(text, path, of_keys=True))


class _DuplicateKey(Exception):
    pass


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _DuplicateKey(f"the key {key!r} is written twice")
            seen.add(key)
    return out


@dataclass(slots=True)
class _Positions(Mapping[Loc, tuple[int, int]]):
    """Positions of all values (or keys), found on first use; empty where the YAML reader fails."""

    text: str
    path: str
    of_keys: bool = False
    _found: Mapping[Loc, tuple[int, int]] | None = field(default=None, repr=False)

    def _all(self) -> Mapping[Loc, tuple[int, int]]:
        if self._found is None:
            from isa_analysis.config.yaml_reader import read_yaml

            try:
                document = read_yaml(self.text, self.path)
                self._found = document.keys if self.of_keys else document.positions
            except InputError:
                self._found = {}
        return self._found

    def __getitem__(self, loc: Loc) -> tuple[int, int]:
        return self._all()[loc]

    def __iter__(self) -> Iterator[Loc]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
