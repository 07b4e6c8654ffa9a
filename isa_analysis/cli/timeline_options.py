"""The option ``--timeline[=LEVEL]``: its value may be left out, and is never clamped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer

FLAG = "--timeline"
#: Level of a bare flag.
_BARE = "3"
#: What may follow the flag as a level of its own word: a number that is no file.
_NUMBER = re.compile(r"[+-]?\d+")


def _checked(text: str | None) -> str | None:
    if text is not None:
        from isa_analysis.timeline.levels import parse_level

        try:
            parse_level(text)
        except ValueError as problem:
            raise typer.BadParameter(str(problem)) from None
    return text


def level_from(text: str | None) -> int:
    """The level that the option's text means; 0 without it."""
    return int(text) if text is not None else 0


LevelOption = Annotated[
    Optional[str],
    typer.Option(
        FLAG,
        metavar="[=LEVEL]",
        callback=_checked,
        help="Timeline level: 0 none (as without the option), 1 spans and loops, 2 + issue, "
        "retire, dependencies, critical path, 3 (as --timeline alone) + phases, counters.",
    ),
]


def _window(text: str | None) -> str | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,30}):(\d{1,30})", text)
    if match is None or int(match[1]) >= int(match[2]):
        raise typer.BadParameter(f"{text!r} is not START:END, two cycles in order")
    return text


WindowOption = Annotated[
    Optional[str],
    typer.Option(
        "--window", metavar="START:END", callback=_window,
        help="Only these cycles (END exclusive), loops in them unrolled.",
    ),
]  # fmt: skip
MaxEvents = Annotated[
    int,
    typer.Option(
        "--max-events", min=1,
        help="Trace events at most; beyond, the timeline is told more coarsely.",
    ),
]  # fmt: skip
Detail = Annotated[
    Optional[int],
    typer.Option("--detail", min=1, help="Instructions per span of straight code at most."),
]


def cycles_of(window: str | None) -> tuple[int, int] | None:
    """The window as two integers."""
    if window is None:
        return None
    start, _, end = window.partition(":")
    return int(start), int(end)


def refuse_without_timeline(options: Mapping[str, object]) -> None:
    """Raise a usage error for the first of ``options`` that is given."""
    for name, value in options.items():
        if value is not None:
            raise typer.BadParameter("there is no timeline without --timeline", param_hint=name)


def spell_out(argv: Sequence[str]) -> list[str]:
    """``argv`` with every ``--timeline`` given its value: the number that follows, or 3."""
    out: list[str] = []
    words = iter(range(len(argv)))
    for i in words:
        word = argv[i]
        if word == "--":
            return [*out, *argv[i:]]
        if word != FLAG:
            out.append(word)
            continue
        after = argv[i + 1] if i + 1 < len(argv) else ""
        if _NUMBER.fullmatch(after) and not Path(after).exists():
            out.append(f"{FLAG}={after}")
            next(words)
        else:
            out.append(f"{FLAG}={_BARE}")
    return out
