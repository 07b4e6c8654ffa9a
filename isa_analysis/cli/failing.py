"""The option ``--fail-on``: flags and errors that make the answer no."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.diagnostics import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isa_analysis.measured.fail_on import FailOn as Condition
    from isa_analysis.measured.flags import Flag

FailOn = Annotated[
    Optional[list[str]],
    typer.Option(
        "--fail-on",
        help="Exit 1 for these flags: codes with commas, any, error>PERCENT. Repeatable.",
    ),
]


def condition_of(texts: list[str] | None) -> Condition:
    """What ``--fail-on`` says."""
    from isa_analysis.measured import fail_on

    try:
        return fail_on.parse(texts or ())
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--fail-on") from None


def fails(condition: Condition, flags: Sequence[Flag], errors: Sequence[float | None]) -> bool:
    """Whether the answer is no, with the reasons on standard error.

    A limit on the error fails too when there is no error to hold against it.
    """
    reasons = [f"{f.code}: {f.reason}" for f in flags if f.code in condition.codes]
    limit = condition.error_percent
    if limit is not None:
        known = [error for error in errors if error is not None]
        reasons += [f"an error of {e:+.2f} % is more than {limit:g} %" for e in known
                    if abs(e) > limit]  # fmt: skip
        if not known:
            reasons.append(f"no row could be compared: error>{limit:g} holds nothing")
    return told(reasons)


def told(reasons: Sequence[str]) -> bool:
    """Whether there are any, each printed once on standard error."""
    for reason in dict.fromkeys(reasons):
        print(f"--fail-on: {printable(reason)}", file=sys.stderr)
    return bool(reasons)
