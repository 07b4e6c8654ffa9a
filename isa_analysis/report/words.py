"""Numbers and lists as a sentence needs them."""

from __future__ import annotations

from collections.abc import Sequence


def percent(part: float, whole: float) -> str:
    """``part`` of ``whole``: "34 %", with decimals where the whole number would be misleading."""
    if not whole:
        return "0 %"
    value = 100 * part / whole
    if value == 0:
        return "0 %"
    if value < 0.1:
        return "under 0.1 %"
    if value < 10 or 99 < value < 100:
        return f"{value:.1f} %"
    return f"{value:.0f} %"


def time(seconds: float) -> str:
    """A time with a unit a reader can take in, three or four digits."""
    for limit, factor, unit in ((1e-6, 1e9, "ns"), (1e-3, 1e6, "us"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * factor:.4g} {unit}"
    return f"{seconds:,.4g} s"


def size(count: float) -> str:
    """Bytes in binary units, labelled so."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if abs(count) < 1024 or unit == "GiB":
            return f"{count:,.0f} B" if unit == "B" else f"{count:,.4g} {unit}"
        count /= 1024
    return ""


def rate(bytes_per_s: float) -> str:
    """A bandwidth in decimal units, as boards quote it."""
    for limit, factor, unit in ((1e6, 1e-3, "kB/s"), (1e9, 1e-6, "MB/s")):
        if bytes_per_s < limit:
            return f"{bytes_per_s * factor:,.4g} {unit}"
    return f"{bytes_per_s * 1e-9:,.4g} GB/s"


def count(number: int, noun: str, nouns: str = "") -> str:
    """``1 loop``, ``2,300 loops``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def times(ratio: float) -> str:
    """A factor: ``1.8 times``."""
    return f"{ratio:,.3g} times"
