"""Timeline levels: what a timeline holds, and which file version says so.

Three bits decide; each implies the one below it. The version in a file is the effective level
minus one, derived here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

#: One span per block or loop instance and engine, and the loop table.
SPANS = 1
#: Issue and retire cycles, dependency edges, critical path and blame walk.
LIFECYCLE = 2
#: Control and stall phases, binned counters.
PHASES = 4

#: Level -> its bits.
BITS = (0, SPANS, SPANS | LIFECYCLE, SPANS | LIFECYCLE | PHASES)
HIGHEST = len(BITS) - 1

#: What each level is, for help and error messages.
NAMES = (
    "0 (no timeline)",
    "1 (spans and loops)",
    "2 (+ issue and retire cycles, dependencies, critical path)",
    "3 (+ control and stall phases, counters)",
)


def describe_levels() -> str:
    """All levels in one line."""
    return ", ".join(NAMES)


@dataclass(frozen=True, slots=True)
class Level:
    """What was asked for and what is there; ``reason`` says why less, empty when it is not."""

    requested: int
    effective: int
    reason: str = ""

    def has(self, bit: int) -> bool:
        """Whether the timeline holds the sections of ``bit``."""
        return bool(bits_of(self.effective) & bit)


def level_of(value: int | bool) -> int:
    """The level that an API argument means: True is 3, False is 0, 0 to 3 themselves.

    Raises :class:`ValueError`, naming the levels, for any other number, and :class:`TypeError` for
    anything else.
    """
    if isinstance(value, bool):  # before int: a bool is one
        return HIGHEST if value else 0
    if not isinstance(value, int):
        raise TypeError(f"a timeline level is an int or a bool, not {type(value).__name__}")
    if not 0 <= value <= HIGHEST:
        raise ValueError(f"there is no timeline level {value}: {describe_levels()}")
    return value


def parse_level(text: str) -> int:
    """The level that ``text`` spells: exactly one of 0, 1, 2, 3.

    Raises :class:`ValueError`, naming the levels: nothing is clamped or guessed.
    """
    if len(text) != 1 or text not in "0123":
        raise ValueError(f"there is no timeline level {text!r}: {describe_levels()}")
    return int(text)


def bits_of(level: int) -> int:
    """The bits of ``level``."""
    return BITS[level_of(level)]


def level_of_bits(bits: int) -> int:
    """The level whose bits are ``bits``, closed under implication (PHASES alone is level 3)."""
    if bits & ~(SPANS | LIFECYCLE | PHASES) or bits < 0:
        raise ValueError(f"unknown timeline bits {bits:#x}")
    return bits.bit_length()


def version_of(effective: int) -> int:
    """The file version of a timeline of level ``effective``: one less.

    Raises :class:`ValueError` for level 0, which has no file.
    """
    if level_of(effective) < 1:
        raise ValueError("level 0 has no timeline and so no file version")
    return effective - 1


def level_of_version(version: int) -> int:
    """The effective level of a file of ``version``.

    Raises :class:`ValueError` for an unknown one.
    """
    if isinstance(version, bool) or version not in VERSIONS:
        raise ValueError(f"unknown timeline version {version!r}")
    return VERSIONS[version]


#: File version -> effective level.
VERSIONS = {version_of(level): level for level in range(1, HIGHEST + 1)}
