"""Texts that are equal but for their digits, and patterns that cannot tell them apart."""

from __future__ import annotations

import re
from functools import cache

_FOLD = bytes.maketrans(b"123456789", b"0" * 9)
_DIGIT = re.compile(r"[0-9]")
#: Parts of a pattern that mean all digits alike: escapes such as \d, repetitions, the whole range.
_EVEN = re.compile(r"\\[^0-9]|\{\d+(?:,\d*)?\}|0-9")


def fold(text: str) -> bytes:
    """``text`` with 0 for every digit: the same for texts that differ in digits only."""
    return text.encode("utf-8", "surrogatepass").translate(_FOLD)


def has_digit(text: str) -> bool:
    """Whether there is a digit in ``text``."""
    return _DIGIT.search(text) is not None


@cache
def is_even(pattern: str) -> bool:
    """Whether ``pattern`` surely matches alike, group by group, in texts with equal folds."""
    return "(?P=" not in pattern and not has_digit(_EVEN.sub("", pattern))
