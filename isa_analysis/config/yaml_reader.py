"""YAML to a :class:`Document`, without YAML's surprises.

The accepted language is the common core of YAML 1.1 and 1.2: block and flow mappings, sequences
and scalars that both versions read alike. What they read differently (``yes``, ``010``, ``1:30``),
and what has no place in a configuration (aliases, tags, merge keys), is an error with a hint.
``1e6`` is a number here, as in YAML 1.2 and everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from isa_analysis.config.documents import (
    MAX_DEPTH,
    Document,
    Loc,
    decode,
    dotted,
    raise_all,
    shorten,
    source_line,
)
from isa_analysis.config.scalars import UnclearScalar, plain_scalar
from isa_analysis.diagnostics import Diagnostic, InputError, error


def read_yaml(text: str | bytes, path: str) -> Document:
    """The single YAML document in ``text``; ``path`` is only used in diagnostics.

    Raises InputError: E100 (syntax, encoding, size, nesting), E105 (duplicate key), E106 (a
    feature that is not allowed), with every problem found up to the first syntax error.
    """
    text = decode(text, path)
    builder = _Builder(path, text)
    try:
        _feed(builder)
    except _syntax_errors() as problem:
        builder.problem_at_mark(problem)
    raise_all(builder.problems)
    return Document(path, text, builder.root, builder.positions, builder.keys)


def read_scalar(text: str, path: str) -> object:
    """One scalar as YAML reads it (quotes allowed), for values given on the command line.

    Raises InputError (E100, E106) located at ``path`` as a whole.
    """
    try:
        data = read_yaml(text, path).data
    except InputError as problem:
        raise InputError(
            Diagnostic(path, 0, 0, d.code, "error", d.message, d.hint) for d in problem.diagnostics
        ) from None
    if isinstance(data, dict | tuple):
        raise error("E103", "the value must be a single scalar", path=path, hint="quote the text")
    return data


def _feed(builder: _Builder) -> None:
    """Run the parser; events rather than nodes, so that depth never becomes recursion."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # The parse function is untyped in some stub versions; the events are plain records.
    for event in yaml.parse(builder.text, Loader=loader):
        if not builder.take(type(event).__name__, event):
            return


def _syntax_errors() -> tuple[type[Exception], ...]:
    import yaml

    # Without libyaml, an escape beyond Unicode ("\\UFFFFFFFF") is not a YAMLError.
    return (yaml.YAMLError, ValueError, OverflowError)


@dataclass(slots=True)
class _Frame:
    """An open mapping (``items`` a dict) or sequence (a list)."""

    loc: Loc
    items: dict[str, object] | list[object]
    key: str | None = None
    #: The value that follows belongs to a key that was refused: read it, keep nothing.
    discard: bool = False
    lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Collects data, positions and problems from parser events."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.splitlines()
        self.root: object = None
        self.positions: dict[Loc, tuple[int, int]] = {}
        self.keys: dict[Loc, tuple[int, int]] = {}
        self.problems: list[Diagnostic] = []
        self.stack: list[_Frame] = []
        self.documents = 0
        self.serial = 0

    def take(self, kind: str, event: Any) -> bool:
        """Handle one event; False when reading on makes no sense."""
        if kind == "ScalarEvent":
            self.decorations(event)
            self.scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self.decorations(event)
            return self.open(event, {} if kind == "MappingStartEvent" else [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.close()
        elif kind == "AliasEvent":
            self.problem(event.start_mark, "E106", "aliases (*name) are not allowed")
            if self.expects_key():
                self.refuse_key()
            else:
                self.add(None, event.start_mark)
        elif kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self.problem(
                    event.start_mark, "E106", "a second document starts here; only one is allowed"
                )
                return False
        elif kind == "StreamEndEvent" and self.documents == 0:
            self.problem(None, "E100", "the file is empty")
        return True

    def decorations(self, event: Any) -> None:
        if event.anchor:
            self.problem(
                event.start_mark, "E106", f"anchors (&{shorten(event.anchor)}) are not allowed"
            )
        if event.tag:
            self.problem(event.start_mark, "E106", f"tags ({shorten(event.tag)}) are not allowed")

    def scalar(self, event: Any) -> None:
        value: object = event.value
        if event.style is None or event.style == "":
            if self.expects_key() and event.value == "<<":
                self.problem(event.start_mark, "E106", "merge keys (<<) are not allowed")
                self.refuse_key()
                return
            if not event.value:
                self.empty(event)
                return
            try:
                value = plain_scalar(event.value)
            except UnclearScalar as unclear:
                code, message, hint = unclear.args
                self.problem(event.start_mark, code, message, hint)
                value = event.value
        if self.expects_key():
            self.begin_entry(value, event)
        else:
            self.add(value, event.start_mark)

    def empty(self, event: Any) -> None:
        """A value that was left out: almost always forgotten, so it is not taken for null."""
        if self.expects_key():
            self.problem(event.start_mark, "E106", "a key is missing here")
            self.refuse_key()
            return
        if not self.stack:
            self.problem(event.start_mark, "E100", "the file has no content")
            return
        frame = self.stack[-1]
        if frame.key is not None:
            loc = (*frame.loc, frame.key)
            line, column = self.keys[loc]
            self.problem_line(line, column, "E106", f"{dotted(loc)} has no value", "write a value")
        elif not frame.discard:
            self.problem(event.start_mark, "E106", "a list item has no value")
        self.add(None, event.start_mark)

    def expects_key(self) -> bool:
        if not self.stack:
            return False
        frame = self.stack[-1]
        return isinstance(frame.items, dict) and frame.key is None and not frame.discard

    def refuse_key(self) -> None:
        self.stack[-1].discard = True

    def begin_entry(self, key: object, event: Any) -> None:
        frame = self.stack[-1]
        mark = event.start_mark
        if not isinstance(key, str):
            self.problem(
                mark, "E106", f"keys must be text, found {shorten(event.value)}", "quote the key"
            )
            self.refuse_key()
            return
        loc = (*frame.loc, key)
        if key in frame.lines:
            self.problem(
                mark,
                "E105",
                f"{shorten(dotted(loc))} is written twice",
                f"first written in line {frame.lines[key]}",
            )
            self.refuse_key()
            return
        frame.lines[key] = mark.line + 1
        frame.key = key
        self.keys[loc] = (mark.line + 1, mark.column + 1)

    def slot(self) -> Loc:
        """Where the next value goes."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if isinstance(frame.items, list):
            return (*frame.loc, len(frame.items))
        if frame.key is None:
            # Below a refused key: a place of its own, so that no position is overwritten.
            self.serial += 1
            return (*frame.loc, f"?{self.serial}")
        return (*frame.loc, frame.key)

    def add(self, value: object, mark: Any, loc: Loc | None = None) -> None:
        loc = self.slot() if loc is None else loc
        if mark is not None:
            self.positions[loc] = (mark.line + 1, mark.column + 1)
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.items, list):
            frame.items.append(value)
        elif frame.key is not None:
            frame.items[frame.key] = value
        frame.key = None
        frame.discard = False

    def open(self, event: Any, items: dict[str, object] | list[object]) -> bool:
        mark = event.start_mark
        if len(self.stack) >= MAX_DEPTH:
            self.problem(mark, "E100", f"nested more than {MAX_DEPTH} levels deep")
            return False
        if self.expects_key():
            self.problem(mark, "E106", "keys must be text, found a mapping or list")
            self.refuse_key()
            # Read through the complex key as if it were a value, then expect its value.
            self.stack.append(_Frame(("?",), items, key=None))
            return True
        loc = self.slot()
        self.positions[loc] = (mark.line + 1, mark.column + 1)
        self.stack.append(_Frame(loc, items))
        return True

    def close(self) -> None:
        frame = self.stack.pop()
        value: object = tuple(frame.items) if isinstance(frame.items, list) else frame.items
        if frame.loc == ("?",):
            return
        self.add(value, None, frame.loc)

    def problem(self, mark: Any, code: str, message: str, hint: str = "") -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
        self.problem_line(line, column, code, message, hint)

    def problem_line(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(
            Diagnostic(self.path, line, column, code, "error", message, hint, source)
        )

    def problem_at_mark(self, problem: Exception) -> None:
        """Note a syntax error of the parser library."""
        message = str(getattr(problem, "problem", None) or problem).splitlines() or ["unreadable"]
        mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
        context = getattr(problem, "context", None)
        first = shorten(message[0], 200)
        said = f"{context}: {first}" if context else first
        hint = ""
        if mark is not None and "\t" in source_line(self.text, mark.line + 1)[: mark.column + 1]:
            hint = "indent with spaces, not tabs"
        opened = getattr(problem, "context_mark", None)
        if not hint and opened is not None and mark is not None and opened.line != mark.line:
            hint = f"what is being read starts in line {opened.line + 1}"
        self.problem(mark, "E100", f"not valid YAML: {said}", hint)
