"""Unquoted YAML scalars: which ones are numbers, and which ones are too unclear to accept."""

from __future__ import annotations

import math
import re

from isa_analysis.config.documents import shorten

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("null", "Null", "NULL", "~")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
#: Plain scalars that YAML 1.1 and 1.2 (or people) read differently: pattern, what it is, hint.
_SURPRISES = tuple(
    (re.compile(pattern), what, hint)
    for pattern, what, hint in (
        (
            r"(?i:yes|no|on|off)",
            "a boolean in YAML 1.1 and text in YAML 1.2",
            "write true or false, or quote it",
        ),
        (
            r"[-+]?0[0-9_]+",
            "an octal number in YAML 1.1 and a decimal one in YAML 1.2",
            "write the decimal number without leading zeros, or quote it",
        ),
        (r"[-+]?0o[0-7_]+", "an octal number in YAML 1.2 only", "write the decimal number"),
        (r"[-+]?0b[01_]+", "a binary number in YAML 1.1 only", "write the decimal number"),
        (r"[-+]0x[0-9a-fA-F_]+", "a number in YAML 1.1 only", "write the decimal number"),
        (
            r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]+)?|0x[0-9a-fA-F_]+)",
            "a number in YAML 1.1 and text in YAML 1.2",
            "write the number without underscores",
        ),
        (
            r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?",
            "a base-60 number in YAML 1.1 and text in YAML 1.2",
            "write a plain number, or quote it",
        ),
        (r"[-+]?\.(?i:inf|nan)", "not a finite number", "write a finite number"),
        (
            r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?",
            "a date in YAML 1.1 and text in YAML 1.2",
            "quote it",
        ),
    )
)


class UnclearScalar(Exception):
    """A plain scalar that is not accepted: code, message and hint."""


def plain_scalar(value: str) -> object:
    """The value of an unquoted scalar; raises UnclearScalar for one that is not accepted."""
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if not value or not (value[0] in "+-.0123456789" or value[0] in "yYnNoO"):
        return value
    if len(value) > 400:  # no number, and too long for patterns that try every digit
        if value.strip("0123456789+-._eE"):
            return value
        raise UnclearScalar("E104", f"{shorten(value)} has too many digits for a number", "")
    if _INT.fullmatch(value):
        return int(value)
    if _HEX.fullmatch(value):
        return int(value, 16)
    for pattern, what, hint in _SURPRISES:
        if "_" not in value and "underscores" in hint:
            continue
        if pattern.fullmatch(value):
            raise UnclearScalar("E106", f"{shorten(value)} is {what}", hint)
    if _FLOAT.fullmatch(value):
        number = float(value)
        if not math.isfinite(number):
            raise UnclearScalar("E104", f"{shorten(value)} is too large for a number", "")
        return number
    return value
