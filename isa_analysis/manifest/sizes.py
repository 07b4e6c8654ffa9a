"""Sizes and bandwidths as people write them: ``512M``, ``256MiB``, ``38MB/s``."""

from __future__ import annotations

import re
from fractions import Fraction

from isa_analysis.diagnostics import error

_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_NUMBER = r"[0-9]{1,30}(?:\.[0-9]{1,30})?"
_SIZE = re.compile(rf"({_NUMBER})\s*([KMGT]?)(?:I?B|I)?", re.IGNORECASE)
_RATE = re.compile(
    rf"({_NUMBER}(?:E[+]?[0-9]{{1,2}})?)\s*([KMGT]?)(I?)(?:B(?:/S|PS)?)?", re.IGNORECASE
)


def parse_size(text: str, where: str = "size") -> int:
    """Bytes of a size text; units are binary: ``512M``, ``512MiB`` and ``512Mi`` are 512 x 2^20.

    ``where`` names the option or file in the diagnostic. Raises :class:`InputError` (E700) for
    zero, negative and fractional byte counts and for anything else.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise error(
            "E700",
            f"{text[:60]!r} is not a size" + (": it is negative" if _is_negative(text) else ""),
            path=where,
            hint="write 512M, 512MiB, 256Mi, 1G or plain bytes; units are binary",
        )
    size = Fraction(match[1]) * 1024 ** _POWERS[match[2].upper()]
    if size.denominator != 1:
        raise error("E700", f"{text[:60]!r} is not a whole number of bytes", path=where)
    if not size:
        raise error("E700", f"{text[:60]!r}: a size is at least 1 byte", path=where)
    return int(size)


def parse_bandwidth(text: str, where: str = "bandwidth") -> Fraction:
    """Bytes per second, exactly: ``38MB/s``, ``1.5GB/s`` and ``38M`` are decimal, ``38MiB/s`` is
    binary, ``38e6`` and ``38000000`` are plain.

    Raises :class:`InputError` (E701) for zero, negative and unreadable ones.
    """
    match = _RATE.fullmatch(text.strip())
    if match is None:
        raise error(
            "E701",
            f"{text[:60]!r} is not a bandwidth"
            + (": it is negative" if _is_negative(text) else ""),
            path=where,
            hint="write bytes per second (38e6), or 38MB/s, 1.5GB/s, 256MiB/s",
        )
    unit = 1024 if match[3] else 1000
    rate = Fraction(match[1]) * Fraction(unit ** _POWERS[match[2].upper()])
    if not rate:
        raise error("E701", "a bandwidth of 0 moves nothing: it must be above 0", path=where)
    return rate


def size_text(size: int) -> str:
    """``size`` bytes for a reader: with a binary unit, and the bytes where that is rounded."""
    for unit, power in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << power:
            exact = size % (1 << power) == 0
            number = f"{size >> power:,}" if exact else f"{size / (1 << power):,.1f}"
            return f"{number} {unit}" if exact else f"{number} {unit} ({size:,} bytes)"
    return f"{size:,} bytes"


def bandwidth_text(rate: Fraction) -> str:
    """``rate`` bytes per second for a reader, with a decimal unit."""
    for unit, power in (("GB/s", 9), ("MB/s", 6), ("kB/s", 3)):
        if rate >= 10**power:
            return f"{float(rate / 10**power):,.6g} {unit}"
    return f"{float(rate):,.6g} bytes/s"


def _is_negative(text: str) -> bool:
    return text.strip().startswith("-")
