"""Why a figure must not be trusted or averaged: one table of flags for every command.

A flagged row stays visible and leaves the averages; its flag says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlagRule:
    """``summary`` is what the code means, ``template`` the reason in ``str.format`` syntax with the
    details of a case; ``leaves_averages``: whether a row with this flag is left out of means."""

    code: str
    summary: str
    template: str
    leaves_averages: bool = True


_RULES = (
    FlagRule(
        "TOO-LOW",
        "measured below what the machine can do at best",
        "{measured:,} cycles are below the {bound:,} of {what}, the least possible",
    ),
    FlagRule(
        "TOO-HIGH",
        "measured far above compute plus memory with nothing overlapped",
        "{measured:,} cycles are more than {factor:g} times the {bound:,} of {what}",
    ),
    FlagRule(
        "WRAPPED",
        "a counter of 32 bits overflowed: the value is known modulo 2^32 only",
        "{what}: {value:,} and {other} are equal modulo 2^32",
    ),
    FlagRule(
        "IDENTICAL",
        "the same program, after normalisation, on both sides",
        "{what} is the same program as {other}: a ratio means nothing",
    ),
    FlagRule(
        "REORDERED",
        "the same instructions in another order",
        "{what} has the instructions of {other} in another order",
    ),
    FlagRule(
        "INPUT-CHANGED",
        "one name for two different inputs",
        "{what} was {other} and is {value}",
    ),
    FlagRule(
        "MISSING",
        "no result where one was expected",
        "{what}",
    ),
    FlagRule(
        "SKIPPED",
        "the log was written and this run is not in it",
        "{what} is not among the runs of {other}",
    ),
    FlagRule(
        "CRASHED",
        "the run began and stopped without a result",
        "{what}",
    ),
    FlagRule(
        "FAILED-CHECK",
        "the run's own check of its results failed, or checked nothing",
        "{what}",
    ),
    FlagRule(
        "TIMEOUT",
        "the run was stopped because it took too long",
        "{what}",
    ),
    FlagRule(
        "STEPS-DIFFER",
        "unlike numbers of steps under one name",
        "{what} ran {value} steps here and {other} elsewhere",
    ),
    FlagRule(
        "CONFIG-DIFFERS",
        "measured and estimated, or measured twice, with different settings",
        "{what} is {value} here and {other} elsewhere",
    ),
    FlagRule(
        "STALE",
        "an old result: a later run of the same name replaces it",
        "{what}",
    ),
    FlagRule(
        "DUPLICATE",
        "two results under one name: both are listed, none is used",
        "{what} has {count} results: {places}",
    ),
    FlagRule(
        "DOES-NOT-FIT",
        "needs more bytes than the memory has",
        "{what} needs {value:,} B, there are {bound:,} B",
    ),
    FlagRule(
        "UNKNOWN-OPCODE",
        "the program has instructions without a price",
        "{what}",
    ),
)

#: Code -> rule, in the order in which flags are explained.
RULES = {rule.code: rule for rule in _RULES}


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """One flag of one row: a code of :data:`RULES` and the reason in this case."""

    code: str
    reason: str

    @property
    def leaves_averages(self) -> bool:
        """Whether the row is left out of means."""
        return RULES[self.code].leaves_averages


def flag(code: str, **details: object) -> Flag:
    """The flag ``code`` with its reason made from ``details``. Raises KeyError for an unknown code
    or a missing detail."""
    return Flag(code, RULES[code].template.format(**details))


def usable(flags: Iterable[Flag]) -> bool:
    """Whether a row with ``flags`` takes part in averages."""
    return not any(f.leaves_averages for f in flags)
