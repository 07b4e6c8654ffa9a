"""Diagnostics: the one record for everything the tool has to say about an input.

decoder.asm:12:15: error[E004]: gp16 is out of range: plena has gp0 to gp15
    S_ADDI_INT gp16, gp0, 4
               ^
  hint: registers gp16 to gp31 exist in the plena-tvm dialect only
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]

#: How many diagnostics one input prints before the rest is only counted.
DEFAULT_CAP = 100


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One located problem.

    ``line`` and ``column`` count from 1; 0 means "the input as a whole". ``source`` is the text of
    the line, kept so that rendering needs no second look at the file.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""
    source: str = ""

    def to_json(self) -> dict[str, object]:
        """The record as plain JSON values, without the source text."""
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


class InputError(Exception):
    """An input that cannot be used, with every problem found in it.

    Raised by loaders; the command line turns it into printed diagnostics and exit code 2.
    ``omitted`` counts further problems that were found but not kept.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], omitted: int = 0) -> None:
        self.diagnostics = tuple(diagnostics)
        self.omitted = omitted
        super().__init__(render_all(self.diagnostics, omitted))


@dataclass(slots=True)
class Problems:
    """The problems of several inputs, raised together when all have been looked at."""

    found: list[Diagnostic] = field(default_factory=list)
    omitted: int = 0

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Ends what is done inside at an :class:`InputError`, whose problems are kept."""
        try:
            yield
        except InputError as problem:
            self.found += problem.diagnostics
            self.omitted += problem.omitted

    def raise_all(self) -> None:
        """Raise :class:`InputError` with what was found, if anything was."""
        if self.found:
            raise InputError(self.found, self.omitted)


def error(
    code: str,
    message: str,
    *,
    path: str = "",
    line: int = 0,
    column: int = 0,
    hint: str = "",
    source: str = "",
) -> InputError:
    """An :class:`InputError` holding a single error diagnostic."""
    return InputError([Diagnostic(path, line, column, code, "error", message, hint, source)])


def render(diagnostic: Diagnostic) -> str:
    """One diagnostic as text: location, message, source line with a caret, hint."""
    d = diagnostic
    where = (
        ":".join([printable(d.path), *(str(n) for n in (d.line, d.column) if n)]) if d.path else ""
    )
    head = f"{where}: " if where else ""
    out = [f"{head}{d.severity}[{d.code}]: {printable(d.message)}"]
    if d.source and d.column:
        text, caret = _excerpt(d.source, d.column)
        out += [f"    {text}", f"    {caret}"]
    if d.hint:
        out.append(f"  hint: {printable(d.hint)}")
    return "\n".join(out)


def render_all(diagnostics: Iterable[Diagnostic], omitted: int = 0) -> str:
    """All diagnostics in file order, and a closing line for those that were only counted."""
    blocks = [render(d) for d in diagnostics]
    if omitted:
        blocks.append(f"... and {omitted} more not shown")
    return "\n".join(blocks)


def printable(text: str) -> str:
    """``text`` with every character that could move the cursor or hide text made visible."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def _excerpt(source: str, column: int, width: int = 100) -> tuple[str, str]:
    """A window of ``source`` around ``column`` (long lines are cut) and the caret line below it."""
    index = column - 1
    start = 0 if index < width - 20 else index - width // 2
    window = source[start : start + width]
    prefix = "…" if start else ""
    suffix = "…" if start + width < len(source.rstrip()) else ""
    before = printable(window[: index - start].replace("\t", " "))
    shown = printable(window.replace("\t", " ").rstrip())
    return f"{prefix}{shown}{suffix}", " " * (len(prefix) + len(before)) + "^"
