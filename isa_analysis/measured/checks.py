"""What a run says about its own correctness: ``Errors: 0 out of 4`` and compared losses."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.sections import Section
from isa_analysis.measured.text import Line

ERRORS = re.compile(r"Errors:\s*(?P<errors>\d{1,18})\s+out of\s+(?P<compared>\d{1,18})")
_LOSS = re.compile(
    r"\[loss[+-]?\s*(?P<index>\d+)\]\s+computed=(?P<computed>\S+)\s+ref=(?P<ref>\S+)"
    r"\s+diff=(?P<diff>\S+)\s+TOL=(?P<tolerance>[^\s,;]+)"
)

#: What makes a line worth looking at here.
TOKENS = rb"Errors:|\[loss"


def check_flags(lines: Sequence[Line]) -> tuple[Flag, ...]:
    """FAILED-CHECK for errors, for a comparison of nothing, and for losses that are no numbers or
    beyond their tolerance whatever the count says."""
    out: list[Flag] = []
    for line in lines:
        if found := ERRORS.search(line.text):
            errors, compared = int(found["errors"]), int(found["compared"])
            if errors:
                what = f"{errors:,} errors out of {compared:,} (line {line.number})"
                out.append(flag("FAILED-CHECK", what=what))
            elif not compared:
                what = f"no errors, because nothing was compared (line {line.number})"
                out.append(flag("FAILED-CHECK", what=what))
        elif found := _LOSS.search(line.text):
            reason = _wrong_loss(found["computed"], found["ref"], found["tolerance"])
            if reason:
                what = f"loss {found['index']} {reason} (line {line.number})"
                out.append(flag("FAILED-CHECK", what=what))
    return tuple(dict.fromkeys(out))


def check_facts(lines: Sequence[Line]) -> tuple[tuple[str, int], ...]:
    """``errors`` and ``compared``, summed over the lines that count them, and ``loss_lines``."""
    counts = [found for line in lines if (found := ERRORS.search(line.text))]
    losses = sum(_LOSS.search(line.text) is not None for line in lines)
    out: list[tuple[str, int]] = []
    if counts:
        out.append(("errors", sum(int(c["errors"]) for c in counts)))
        out.append(("compared", sum(int(c["compared"]) for c in counts)))
    if losses:
        out.append(("loss_lines", losses))
    return tuple(out)


def end_flags(section: Section, result: bool) -> tuple[Flag, ...]:
    """How a run ended: CRASHED, TIMEOUT or SKIPPED; ``result`` says whether it printed one."""
    if section.crash:
        line = section.crash[0]
        also = "; the cycles that it printed mean nothing" if result else ""
        what = f"{shortened(line.text)} (line {line.number}){also}"
        return (flag("CRASHED", what=what),)
    if result:
        return ()
    if section.timeout:
        line = section.timeout[0]
        return (flag("TIMEOUT", what=f"{shortened(line.text)} (line {line.number})"),)
    if section.skip:
        line = section.skip[0]
        return (flag("SKIPPED", what=shortened(line.text), other=f"line {line.number}"),)
    if section.banner:
        what = f"the banner (line {section.line}) is followed by no result"
        return (flag("CRASHED", what=what),)
    return ()


def shortened(text: str, width: int = 120) -> str:
    """``text`` as one line of a reason."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def _wrong_loss(computed: str, reference: str, tolerance: str) -> str:
    values = [_number(text) for text in (computed, reference, tolerance)]
    if any(v is None or not math.isfinite(v) for v in values):
        return f"is {computed} against {reference}: nothing can be compared"
    got, wanted, most = (v for v in values if v is not None)
    # The log prints six decimals: a difference of half a unit in the last one is no difference.
    if abs(got - wanted) > most + 1e-6:
        return f"is {computed} against {reference}, more than {tolerance} apart"
    return ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
