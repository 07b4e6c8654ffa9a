"""Test logs are appended to: a banner begins each run.

################## Testing /build/Tests/Models/conv on Siracusa Platform ##################
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from isa_analysis.measured.text import Line

_TESTING = re.compile(r"#{3,}\s*Testing\s(?P<rest>.*)")
_CRASH = re.compile(
    r"Invalid (?:access|fetch)\b|Segmentation fault|core dumped|panicked at|Illegal instruction"
    r"|\bAborted\b|Bus error"
)
# What says that a limit was reached, and not what the limit is.
_TIMEOUT = re.compile(
    r"\b[Tt]imed[ -]out\b|\bTIMED[ -]OUT\b|\bTIMEOUT\b(?!\s*[=:]\s*\d)|\bTimeoutExpired\b"
    r"|\b[Tt]ime-?out (?:after|exceeded|expired|reached)\b"
)
_SKIP = re.compile(r"\bSKIPPED\b")

#: What makes a line of a log worth looking at here.
TOKENS = (
    rb"Testing|Invalid |Segmentation fault|core dumped|panicked at|Illegal instruction|Aborted"
    rb"|Bus error|[Tt]imed[ -]out|[Tt]ime-?out|TIMEOUT|TIMED[ -]OUT|SKIPPED"
)


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one run. ``banner`` is False for what stands before the first banner, whose name
    is the file's path. ``crash``, ``timeout`` and ``skip`` are the lines that say so."""

    name: str
    platform: str
    line: int
    banner: bool
    path: str
    lines: tuple[Line, ...]
    crash: tuple[Line, ...] = ()
    timeout: tuple[Line, ...] = ()
    skip: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Open:
    name: str
    platform: str
    line: int
    banner: bool
    lines: list[Line] = field(default_factory=list)
    crash: list[Line] = field(default_factory=list)
    timeout: list[Line] = field(default_factory=list)
    skip: list[Line] = field(default_factory=list)

    def closed(self, path: str) -> Section:
        return Section(
            self.name, self.platform, self.line, self.banner, path, tuple(self.lines),
            tuple(self.crash), tuple(self.timeout), tuple(self.skip),
        )  # fmt: skip


def sections(lines: Iterable[Line], path: str) -> tuple[Section, ...]:
    """``lines`` cut at the banners, in file order; the first section may have no banner."""
    out = [_Open(path, "", 0, False)]
    for line in lines:
        if banner := _banner(line.text):
            out.append(_Open(*banner, line.number, True))
            continue
        here = out[-1]
        here.lines.append(line)
        if _CRASH.search(line.text):
            here.crash.append(line)
        elif _TIMEOUT.search(line.text):
            here.timeout.append(line)
        elif _SKIP.search(line.text):
            here.skip.append(line)
    return tuple(s.closed(path) for s in out)


def _banner(text: str) -> tuple[str, str] | None:
    """Name and platform of a banner; a banner that was cut off has no platform."""
    found = _TESTING.search(text)
    if not found:
        return None
    rest = found["rest"].rstrip("# ").strip()
    if not rest:
        return None
    if rest.endswith(" Platform"):
        name, on, platform = rest.removesuffix(" Platform").rpartition(" on ")
        if on:
            return name.strip(), platform.strip()
    return rest.split(maxsplit=1)[0], ""
