"""The first lines in which two assembly texts differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Lines looked at after the first difference.
_WINDOW = 400


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of lines that differs: first line numbers (from 1) and the lines themselves."""

    old_line: int
    new_line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def first_hunks(old: Sequence[str], new: Sequence[str], most: int = 3) -> list[Hunk]:
    """The first ``most`` differences; blanks at line ends and comments beside instructions do not
    count. Takes time proportional to the lines before the first difference."""
    before = 0
    for a, b in zip(old, new, strict=False):
        if a != b and _code(a) != _code(b):
            break
        before += 1
    left, right = old[before : before + _WINDOW], new[before : before + _WINDOW]
    matcher = SequenceMatcher(None, [_code(a) for a in left], [_code(b) for b in right], False)
    hunks: list[Hunk] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        # At the end of a window that was cut, the two sides differ only by where they were cut.
        cut = i_end == len(left) < len(old) - before or j_end == len(right) < len(new) - before
        if tag != "equal" and len(hunks) < most and not (cut and hunks):
            hunks.append(
                Hunk(before + i + 1, before + j + 1, tuple(left[i:i_end]), tuple(right[j:j_end]))
            )
    return hunks


def _code(line: str) -> str:
    """The instruction of a line in one spelling; a line that is only a comment as it is."""
    code, _, _ = line.partition(";")
    return " ".join(code.replace(",", ", ").split()) or line.strip()
