"""JSON results: one object per file, figures that are counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from isa_analysis.config.documents import Document, Loc, describe, dotted
from isa_analysis.config.json_reader import read_json
from isa_analysis.diagnostics import Diagnostic, error

#: Figures beyond this are damaged files, not measurements.
MOST = 10**18


@dataclass(frozen=True, slots=True)
class Figures:
    """An object and the problems found in it so far (E231, located)."""

    document: Document
    data: dict[str, Any]
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The file's name."""
        return self.document.path

    def at(self, loc: Loc) -> Any:
        """The value at ``loc``; None where there is none."""
        value: Any = self.data
        for part in loc:
            if not isinstance(value, dict) or part not in value:
                return None
            value = value[part]
        return value

    def count(self, *loc: str) -> int | None:
        """The whole number at ``loc``; None when it is null or missing; anything else is a problem.
        Whole floats are numbers, as some writers know no others."""
        value = self.at(loc)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST:
            self.refuse(loc, "not a whole number of 0 or more")
            return None
        return value

    def refuse(self, loc: Loc, what: str) -> None:
        """Note that the value at ``loc`` is ``what``."""
        message = f"{dotted(loc)} is {describe(self.at(loc))}, {what}"
        self.problems.append(self.document.diagnostic(loc, "E231", message))


def read_figures(content: bytes, path: str) -> Figures:
    """The object in ``content``. Raises :class:`InputError` (E230): no JSON, no object."""
    document = read_json(content, path, "E230")
    if not isinstance(document.data, dict):
        raise error("E230", "holds no measured result: expected is an object", path=path)
    return Figures(document, document.data)
