"""Columns out of lines: each distinct *shape* of line is parsed once by the grammar.

The shape of a line is the line with every digit replaced by ``0``. All lines of one shape have
the same tokens in the same places, so the grammar's verdict on one of them, and the places of its
integers, hold for all; the integers themselves are decoded by NumPy for whole blocks of lines.
Lines whose digits mean more than their value (hexadecimal, digits in a mnemonic, integers beyond
64 bits) take the slow path: the grammar, line by line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.grammar import ParsedLine, SyntaxProblem, parse_line
from isa_analysis.isa import forms_of, is_known
from isa_analysis.isa.model import MAX_OPERANDS

BLANK, COMMENT, INSTRUCTION, UNKNOWN, MALFORMED = range(5)
_SLOW = 5

#: Operand token kinds as stored in the ``kinds`` column.
KINDS = ("", "gp", "f", "a", "int")

_TO_SHAPE = bytes(48 if 48 <= c <= 57 else c for c in range(256))
_DIGIT_RUN = re.compile(rb"0+")
_COMMENT_START = re.compile(rb";|//")
_MOST = (1 << 31) - 1
#: Integers with more digits than this may not fit 64 bits.
_MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Rows:
    """Distinct lines as columns; row i describes one line (or several equal ones).

    ``status`` is one of ``BLANK COMMENT INSTRUCTION UNKNOWN MALFORMED``; ``op`` indexes
    ``spellings`` (-1 for none); ``form`` indexes the spelling's forms; ``kinds`` and ``values`` are
    [rows, MAX_OPERANDS]: operand token kinds (index into ``KINDS``) and integer values, which
    saturate at 31 bits: no operand field is that wide.
    ``comments`` holds the text of each comment row.
    """

    status: NDArray[np.uint8]
    op: NDArray[np.int32]
    form: NDArray[np.int8]
    kinds: NDArray[np.uint8]
    values: NDArray[np.int32]
    spellings: tuple[str, ...]
    comments: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Template:
    """What one shape says about all its lines."""

    status: int
    spelling: str = ""
    form: int = 0
    kinds: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()
    signs: tuple[int, ...] = ()


_BLANK_TEMPLATE = _Template(BLANK)
_COMMENT_TEMPLATE = _Template(COMMENT)
_SLOW_TEMPLATE = _Template(_SLOW)


def classify(parsed: ParsedLine) -> tuple[int, int]:
    """Status and form index of a line that the grammar accepts."""
    if not parsed.mnemonic:
        return (COMMENT if parsed.comment else BLANK), 0
    if not is_known(parsed.mnemonic):
        return UNKNOWN, 0
    tokens = tuple(operand.kind for operand in parsed.operands)
    for index, form in enumerate(forms_of(parsed.mnemonic)):
        if form.accepts(tokens):
            return INSTRUCTION, index
    return MALFORMED, 0


@dataclass(slots=True)
class _Shapes(dict[bytes, int]):
    """Shape -> index into the template columns, filled on first sight."""

    templates: list[_Template] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    by_code: dict[bytes, _Template] = field(default_factory=dict)

    def __missing__(self, shape: bytes) -> int:
        index = self[shape] = len(self.templates)
        runs = _DIGIT_RUN.findall(shape)
        self.totals.append(len(runs))
        comment = _COMMENT_START.search(shape)
        code = shape[: comment.start()] if comment else shape
        if not code.strip(b" \t"):
            template = _COMMENT_TEMPLATE if comment else _BLANK_TEMPLATE
        elif max(map(len, _DIGIT_RUN.findall(code)), default=0) > _MAX_DIGITS:
            template = _SLOW_TEMPLATE
        else:
            key = _DIGIT_RUN.sub(b"0", code)
            known = self.by_code.get(key)
            if known is None:
                known = self.by_code[key] = _template(key)
            template = known
        self.templates.append(template)
        return index


def _template(code: bytes) -> _Template:
    """The template of a shape's code part, its digit runs already folded to single zeros."""
    text = code.decode("utf-8", "replace")
    try:
        parsed = parse_line(text)
    except SyntaxProblem:
        return _SLOW_TEMPLATE
    if not parsed.mnemonic:  # a lone carriage return
        return _BLANK_TEMPLATE
    if "0" in parsed.mnemonic or any(o.text[-2:] in ("x0", "X0") for o in parsed.operands):
        return _SLOW_TEMPLATE
    if len(parsed.operands) > MAX_OPERANDS and is_known(parsed.mnemonic):
        return _SLOW_TEMPLATE
    if any("x" in o.text.lower() for o in parsed.operands):
        return _SLOW_TEMPLATE
    status, form = classify(parsed)
    if status == MALFORMED:
        return _SLOW_TEMPLATE
    operands = parsed.operands[:MAX_OPERANDS]
    return _Template(
        status,
        parsed.mnemonic,
        form,
        tuple(KINDS.index(o.kind) for o in operands),
        tuple(range(len(operands))),
        tuple(-1 if o.text.startswith("-") else 1 for o in operands),
    )


@dataclass(slots=True)
class RowBuilder:
    """Grows :class:`Rows` block by block."""

    shapes: _Shapes = field(default_factory=_Shapes)
    ops: dict[str, int] = field(default_factory=dict)
    count: int = 0
    blocks: list[tuple[NDArray[np.generic], ...]] = field(default_factory=list)
    comments: dict[int, str] = field(default_factory=dict)

    def add(self, block: bytes) -> None:
        """Decode the lines of ``block`` (each ended by a newline) into further rows."""
        names = block.translate(_TO_SHAPE).split(b"\n")
        names.pop()
        n = len(names)
        shape = np.fromiter(map(self.shapes.__getitem__, names), np.int32, n)
        del names
        templates = self.shapes.templates
        used = np.bincount(shape, minlength=len(templates)) > 0
        status_of = np.zeros(len(templates), np.uint8)
        op_of = np.full(len(templates), -1, np.int32)
        form_of = np.zeros(len(templates), np.int8)
        kinds_of = np.zeros((len(templates), MAX_OPERANDS), np.uint8)
        run_of = np.full((len(templates), MAX_OPERANDS), -1, np.int32)
        sign_of = np.ones((len(templates), MAX_OPERANDS), np.int8)
        for index in np.flatnonzero(used).tolist():
            t = templates[index]
            status_of[index] = t.status
            if t.spelling:
                op_of[index] = self.ops.setdefault(t.spelling, len(self.ops))
                form_of[index] = t.form
                kinds_of[index, : len(t.kinds)] = t.kinds
                run_of[index, : len(t.runs)] = t.runs
                sign_of[index, : len(t.signs)] = t.signs
        status = status_of[shape]
        op = op_of[shape]
        form = form_of[shape]
        kinds = kinds_of[shape]
        values = np.zeros((n, MAX_OPERANDS), np.int32)
        totals = np.array(self.shapes.totals, np.int64)[shape]
        offsets = np.cumsum(totals) - totals
        numbers = _integers(block)
        width = int((run_of[used] >= 0).sum(axis=1).max(initial=0))
        if numbers.size:
            for slot in range(width):
                run = run_of[shape, slot]
                index = np.minimum(offsets + np.maximum(run, 0), numbers.size - 1)
                values[:, slot] = np.where(run >= 0, numbers[index] * sign_of[shape, slot], 0)
        slow = np.flatnonzero(status == _SLOW)
        comment = np.flatnonzero(status == COMMENT)
        if slow.size or comment.size:
            starts = _line_starts(block)
            for i in comment.tolist():
                text = block[starts[i] : starts[i + 1] - 1]
                self.comments[self.count + i] = text.strip().decode("utf-8", "replace")
            for i in slow.tolist():
                text = block[starts[i] : starts[i + 1] - 1]
                status[i], op[i], form[i] = self._slow(text, kinds[i], values[i])
        self.blocks.append((status, op, form, kinds, values))
        self.count += n

    def _slow(
        self, line: bytes, kinds: NDArray[np.uint8], values: NDArray[np.int32]
    ) -> tuple[int, int, int]:
        """One line through the grammar; fills ``kinds`` and ``values``, returns its columns."""
        text = line.decode("utf-8", "replace")
        try:
            parsed = parse_line(text)
        except SyntaxProblem:
            return MALFORMED, self._op(first_word(text)), 0
        status, form = classify(parsed)
        for i, operand in enumerate(parsed.operands[:MAX_OPERANDS]):
            kinds[i] = KINDS.index(operand.kind)
            values[i] = min(max(operand.value, -_MOST), _MOST)
        return status, self._op(parsed.mnemonic), form

    def _op(self, spelling: str) -> int:
        return self.ops.setdefault(spelling, len(self.ops)) if spelling else -1

    def rows(self) -> Rows:
        """Everything added so far."""
        if not self.blocks:
            self.add(b"")
        columns = [np.concatenate(parts) for parts in zip(*self.blocks, strict=True)]
        status, op, form, kinds, values = columns
        return Rows(status, op, form, kinds, values, tuple(self.ops), self.comments)


def first_word(text: str) -> str:
    """The first blank-separated word of a line that is no comment, if it looks like a mnemonic."""
    words = text.split(None, 1)
    word = words[0] if words else ""
    return word if word[:2] in ("S_", "C_", "H_", "V_", "M_") else ""


def _line_starts(block: bytes) -> list[int]:
    data = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(data == 10) + 1
    return [0, *ends.tolist()]


def _integers(block: bytes) -> NDArray[np.int32]:
    """The value of every run of digits in ``block``, in order, saturated at 31 bits."""
    data = np.frombuffer(block, np.uint8)
    digit = data - np.uint8(48)
    is_digit = np.zeros(len(data) + 1, np.bool_)
    is_digit[1:] = digit < 10
    edges = np.flatnonzero(is_digit[1:] != is_digit[:-1])
    starts, ends = edges[0::2], edges[1::2]
    length = np.minimum(ends - starts, _MAX_DIGITS)
    values = digit[starts].astype(np.int64)
    place = 1
    more = np.flatnonzero(length > 1)
    while more.size:
        values[more] = values[more] * 10 + digit[starts[more] + place]
        place += 1
        more = more[length[more] > place]
    return np.minimum(values, _MOST).astype(np.int32)
