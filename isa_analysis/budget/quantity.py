"""Quantities of a budget: ``1.2e6 cycles``, ``3 ms``, ``2%``; exact, as fractions.

A limit must never pass or fail by rounding, so no amount becomes a float on the way from the file
to the comparison.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

#: What a unit measures. ``number`` is a bare number, ``percent`` a share of the locked value.
Dimension = Literal["number", "cycles", "instructions", "bytes", "seconds", "percent"]

_UNITS: dict[str, tuple[Dimension, Fraction]] = {
    "": ("number", Fraction(1)),
    "cycles": ("cycles", Fraction(1)),
    "cycle": ("cycles", Fraction(1)),
    "kcycles": ("cycles", Fraction(1000)),
    "Mcycles": ("cycles", Fraction(10**6)),
    "instructions": ("instructions", Fraction(1)),
    "instruction": ("instructions", Fraction(1)),
    "B": ("bytes", Fraction(1)),
    "byte": ("bytes", Fraction(1)),
    "bytes": ("bytes", Fraction(1)),
    "kB": ("bytes", Fraction(1000)),
    "MB": ("bytes", Fraction(10**6)),
    "GB": ("bytes", Fraction(10**9)),
    "KiB": ("bytes", Fraction(1 << 10)),
    "MiB": ("bytes", Fraction(1 << 20)),
    "GiB": ("bytes", Fraction(1 << 30)),
    "ns": ("seconds", Fraction(1, 10**9)),
    "us": ("seconds", Fraction(1, 10**6)),
    "ms": ("seconds", Fraction(1, 1000)),
    "s": ("seconds", Fraction(1)),
    "%": ("percent", Fraction(1, 100)),
}

# Digits may be grouped with underscores; the exponent is bounded so that no text is a huge number.
_QUANTITY = re.compile(
    r"(?P<number>\d[\d_]{0,30}(?:\.\d{1,18})?(?:[eE][+-]?\d{1,2})?)\s*(?P<unit>%|[A-Za-z]*)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``amount`` in base units (cycles, instructions, bytes, seconds; 0.02 for ``2%``), and the
    ``text`` it was written as."""

    amount: Fraction
    dimension: Dimension
    text: str


def parse_quantity(value: object) -> Quantity:
    """The quantity written as ``value``, a number or a text with a unit.

    Raises :class:`ValueError` with a sentence that says what is wrong.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("expected a number with a unit, such as 1.2e6 cycles, 3 ms or 2%")
    if isinstance(value, int) and abs(value) >= 10**30:
        raise ValueError("the number is too large")
    text = " ".join(value.split()) if isinstance(value, str) else str(value)
    match = _QUANTITY.fullmatch(text)
    if match is None:
        if text.startswith("-"):
            raise ValueError(f"{text[:40]!r} is negative")
        raise ValueError(
            f"{text[:40]!r} is no quantity; write a number and a unit, such as 1.2e6 cycles, "
            "3 ms or 2%"
        )
    unit = match["unit"]
    if unit not in _UNITS:
        raise ValueError(f"unknown unit {unit[:20]!r}; units: {', '.join(u for u in _UNITS if u)}")
    dimension, scale = _UNITS[unit]
    return Quantity(Fraction(match["number"].replace("_", "")) * scale, dimension, text)
