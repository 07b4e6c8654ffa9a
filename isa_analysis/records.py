"""Many records at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any, TypeVar

R = TypeVar("R")


def from_columns(record: type[R], count: int, *columns: Iterable[Any]) -> tuple[R, ...]:
    """``tuple(map(record, *columns))`` for a frozen dataclass with slots, in under half the time.

    A frozen dataclass sets each field through a Python-level call. Here each field is set for all
    ``count`` records in one pass, by the slot itself. ``columns`` gives every field, in order,
    defaults included; there must be no ``__post_init__``.
    """
    made = tuple(map(object.__new__, repeat(record, count)))
    for name, column in zip(record.__slots__, columns, strict=True):  # type: ignore[attr-defined]
        deque(map(getattr(record, name).__set__, made, column), maxlen=0)
    return made


def columns_of(record: type[R], records: Sequence[R]) -> list[list[Any]]:
    """The fields of ``records``, column by column: what :func:`from_columns` takes. Columns go
    through a pipe in a small part of the time that records take."""
    return [list(map(attrgetter(name), records)) for name in record.__slots__]  # type: ignore[attr-defined]
