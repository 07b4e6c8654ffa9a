"""Type checks of a JSON document that collect every problem, each at its place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from isa_analysis.config.documents import (
    MAX_DIAGNOSTICS,
    Document,
    Loc,
    describe,
    dotted,
    raise_all,
)
from isa_analysis.diagnostics import Diagnostic

#: The value of a key that is not there; that has been noted, so nothing more is said about it.
ABSENT: object = object()


@dataclass(slots=True)
class Checks:
    """Collects the problems of ``document``; each method returns a usable value all the same."""

    document: Document
    problems: list[Diagnostic] = field(default_factory=list)
    omitted: int = 0

    def problem(self, loc: Loc, code: str, message: str, hint: str = "") -> None:
        """Note one problem at ``loc``."""
        if len(self.problems) >= MAX_DIAGNOSTICS:
            self.omitted += 1
            return
        self.problems.append(self.document.diagnostic(loc, code, message, hint=hint))

    def raise_if_any(self) -> None:
        """Raise :class:`~isa_analysis.diagnostics.InputError` with the problems noted, if any."""
        raise_all(self.problems, self.omitted)

    def wrong(self, loc: Loc, wanted: str, value: object) -> None:
        """Note that the value at ``loc`` is not what is ``wanted``."""
        self.problem(
            loc, "E512", f"{dotted(loc) or 'the file'} must be {wanted}, found {describe(value)}"
        )

    def missing(self, loc: Loc, key: str) -> None:
        """Note that the object at ``loc`` lacks ``key``."""
        where = dotted(loc)
        self.problem(loc, "E513", f"{where + ' lacks' if where else 'the file lacks'} {key!r}")

    def mapping(self, value: object, loc: Loc) -> dict[str, Any]:
        """``value`` as an object; an empty one when it is not."""
        if isinstance(value, dict):
            return value
        if value is not ABSENT:
            self.wrong(loc, "an object", value)
        return {}

    def items(self, value: object, loc: Loc) -> list[Any]:
        """``value`` as a list; an empty one when it is not."""
        if isinstance(value, list):
            return value
        if value is not ABSENT:
            self.wrong(loc, "a list", value)
        return []

    def get(self, owner: dict[str, Any], key: str, loc: Loc) -> object:
        """The value of ``key``, which must be there; :data:`ABSENT`, and noted, when it is not."""
        if key not in owner:
            self.missing(loc, key)
            return ABSENT
        return owner[key]

    def integer(self, owner: dict[str, Any], key: str, loc: Loc, least: int | None = 0) -> int:
        """The integer ``owner[key]``, at least ``least``."""
        if key not in owner:
            self.missing(loc, key)
            return least or 0
        value = owner[key]
        if type(value) is not int:
            self.wrong((*loc, key), "an integer", value)
        elif least is not None and value < least:
            self.wrong((*loc, key), f"{least} or more", value)
        else:
            return value
        return least or 0

    def maybe_integer(
        self, owner: dict[str, Any], key: str, loc: Loc, least: int = 0
    ) -> int | None:
        """Like :meth:`integer`; None when the key is not there."""
        return self.integer(owner, key, loc, least) if key in owner else None

    def number(self, owner: dict[str, Any], key: str, loc: Loc) -> float:
        """The finite number ``owner[key]``, 0 or more."""
        if key not in owner:
            self.missing(loc, key)
            return 0.0
        value = owner[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong((*loc, key), "a number", value)
        elif isinstance(value, float) and not math.isfinite(value):
            self.wrong((*loc, key), "a finite number", value)
        elif value < 0:
            self.wrong((*loc, key), "0 or more", value)
        else:
            return value
        return 0.0

    def text(self, owner: dict[str, Any], key: str, loc: Loc) -> str:
        """The text ``owner[key]``."""
        if key not in owner:
            self.missing(loc, key)
            return ""
        value = owner[key]
        if isinstance(value, str):
            return value
        self.wrong((*loc, key), "text", value)
        return ""

    def maybe_text(self, owner: dict[str, Any], key: str, loc: Loc) -> str | None:
        """Like :meth:`text`; None when the key is not there."""
        return self.text(owner, key, loc) if key in owner else None

    def texts(self, value: object, loc: Loc) -> tuple[str, ...]:
        """``value`` as a list of texts."""
        out = self.items(value, loc)
        for i, item in enumerate(out):
            if not isinstance(item, str):
                self.wrong((*loc, i), "text", item)
        return tuple(map(str, out))

    def integers(self, value: object, loc: Loc, least: int = 0) -> tuple[int, ...]:
        """``value`` as a list of integers, each at least ``least``."""
        out = []
        for i, item in enumerate(self.items(value, loc)):
            if type(item) is not int or item < least:
                self.wrong((*loc, i), f"an integer of {least} or more", item)
            else:
                out.append(item)
        return tuple(out)

    def pair(self, owner: dict[str, Any], key: str, loc: Loc) -> tuple[int, int]:
        """The list ``owner[key]`` of two integers, the second not below the first."""
        value = self.get(owner, key, loc)
        if value is ABSENT:
            return 0, 0
        if (
            isinstance(value, list)
            and len(value) == 2
            and all(type(v) is int for v in value)
            and 0 <= value[0] <= value[1]
        ):
            return value[0], value[1]
        self.wrong((*loc, key), "two integers, in order", value)
        return 0, 0

    def keys(self, owner: dict[str, Any], known: Iterable[str], loc: Loc) -> None:
        """Note keys that are not ``known``."""
        known = tuple(known)
        for key in owner:
            if key not in known:
                self.problem(
                    (*loc, key),
                    "E514",
                    f"unknown key {dotted((*loc, key))}",
                    f"known: {', '.join(known)}",
                )
