"""When is the answer no? ``--fail-on CRASHED,TOO-LOW``, ``any``, ``error>5``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from isa_analysis.measured.flags import RULES, Flag
from isa_analysis.measured.join import Row

_LIMIT = re.compile(r"error\s*>\s*(?P<percent>\d{1,6}(?:\.\d{1,6})?)\s*%?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FailOn:
    """Codes of flags, and the largest error in percent (either sign) that passes; None: any."""

    codes: frozenset[str]
    error_percent: float | None


def parse(texts: Iterable[str]) -> FailOn:
    """The conditions in ``texts``, each a comma-separated list. Raises ValueError with a sentence
    for anything that is none."""
    codes: set[str] = set()
    limits: list[float] = []
    for word in (w.strip() for text in texts for w in text.split(",")):
        if not word:
            continue
        if found := _LIMIT.fullmatch(word):
            limits.append(float(found["percent"]))
        elif word.lower() == "any":
            codes.update(RULES)
        elif word.upper() in RULES:
            codes.add(word.upper())
        else:
            from isa_analysis.config.validation import did_you_mean

            known = [*RULES, "any", "error>PERCENT"]
            hint = did_you_mean(word, known) or f"known: {', '.join(known)}"
            raise ValueError(f"{word!r} is no flag: {hint}")
    return FailOn(frozenset(codes), min(limits, default=None))


def reasons(condition: FailOn, rows: Sequence[Row], others: Iterable[Flag] = ()) -> list[str]:
    """Why the answer is no, one sentence each; empty when it is yes.

    A limit on the error fails too when no row could be compared: a gate that checks nothing must
    not pass.
    """
    out = []
    for row in rows:
        for f in row.flags:
            if f.code in condition.codes:
                out.append(f"{f.code}: {row.measurement.label}: {f.reason}")
    out += [f"{f.code}: {f.reason}" for f in others if f.code in condition.codes]
    if condition.error_percent is not None:
        compared = [(r, r.error_percent) for r in rows if r.error_percent is not None]
        for row, percent in compared:
            if percent is not None and abs(percent) > condition.error_percent:
                out.append(
                    f"error of {row.measurement.label} is {percent:+.2f} %, "
                    f"more than {condition.error_percent:g} %"
                )
        if not compared:
            out.append(f"no row could be compared: error>{condition.error_percent:g} holds nothing")
    return list(dict.fromkeys(out))
