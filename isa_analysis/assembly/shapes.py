"""Columns out of lines: each distinct *shape* of line is parsed once by the grammar.

The shape of a line is the line with every digit replaced by ``0``. All lines of one shape have
the same tokens in the same places, so the grammar's verdict on one of them, and the places of its
integers, hold for all; the integers themselves are decoded by NumPy for whole blocks of lines.
Lines whose digits mean more than their value (hexadecimal, digits in a mnemonic, integers beyond
16 digits) take the slow path: the grammar, line by line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.grammar import ParsedLine, SyntaxProblem, parse_line
from isa_analysis.assembly.interning import PADDING, LineCache, line_bounds
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
#: Integers of up to this many digits are decoded as two words of eight.
_MAX_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Rows:
    """Distinct lines as columns; row i describes one line (or several equal ones).

    ``status`` is one of ``BLANK COMMENT INSTRUCTION UNKNOWN MALFORMED``; ``op`` indexes
    ``spellings`` (-1 for none); ``form`` indexes the spelling's forms; ``kinds`` and ``values`` are
    [rows, MAX_OPERANDS], stored column by column: operand token kinds (index into ``KINDS``) and
    integer values, which saturate at 31 bits: no operand field is that wide.
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
    """What one shape says about all its lines; operand i is written as digit run i."""

    status: int
    spelling: str = ""
    form: int = 0
    kinds: tuple[int, ...] = ()
    signs: tuple[int, ...] = ()


#: Per operand slot: token kind, sign, where in the line its digits start, how many there are.
_Slots = tuple[int, ...]
_Body = tuple[_Slots, _Slots, _Slots, _Slots]

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
    """Shape -> its number, the row of the template columns; a new shape gets the next one."""

    ops: dict[str, int] = field(default_factory=dict)
    by_code: dict[bytes, _Template] = field(default_factory=dict)
    head: list[tuple[int, int, int, int]] = field(default_factory=list)
    body: list[_Body] = field(default_factory=list)

    def __missing__(self, shape: bytes) -> int:
        number = self[shape] = len(self.head)
        comment = _COMMENT_START.search(shape)
        code = shape[: comment.start()] if comment else shape
        runs = [run.span() for run in _DIGIT_RUN.finditer(code)]
        if not code.strip(b" \t"):
            template = _COMMENT_TEMPLATE if comment else _BLANK_TEMPLATE
        elif (comment and code.endswith(b"\r")) or any(
            end - start > _MAX_DIGITS for start, end in runs
        ):
            # A carriage return before a comment does not end the line, as it would end the code.
            template = _SLOW_TEMPLATE
        else:
            key = _DIGIT_RUN.sub(b"0", code)
            known = self.by_code.get(key)
            if known is None:
                known = self.by_code[key] = _template(key)
            template = known
        op = self.ops.setdefault(template.spelling, len(self.ops)) if template.spelling else -1
        self.head.append((template.status, op, template.form, len(template.kinds)))
        rest = (0,) * (MAX_OPERANDS - len(template.kinds))
        runs = runs[: len(template.kinds)]
        self.body.append(
            (
                (*template.kinds, *rest),
                (*template.signs, *rest),
                (*(start for start, _ in runs), *rest),
                (*(end - start for start, end in runs), *rest),
            )
        )
        return number


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
        tuple(-1 if o.text.startswith("-") else 1 for o in operands),
    )


@dataclass(slots=True)
class RowBuilder:
    """Grows :class:`Rows` block by block."""

    shapes: _Shapes = field(default_factory=_Shapes)
    cache: LineCache = field(init=False)
    count: int = 0
    blocks: list[tuple[NDArray[np.generic], ...]] = field(default_factory=list)
    comments: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cache = LineCache(self.shapes)

    def add(self, block: bytes) -> None:
        """Decode the lines of ``block`` (each ended by a newline) into further rows."""
        starts, ends = line_bounds(block)
        shape = self.cache.find(block.translate(_TO_SHAPE), starts, ends)
        head = np.array(self.shapes.head or [(0, 0, 0, 0)], np.int32)
        kinds_of, sign_of, start_of, size_of = np.array(
            self.shapes.body or [((0,) * MAX_OPERANDS,) * 4], np.int64
        ).transpose(1, 2, 0)
        status = head[:, 0].astype(np.uint8)[shape]
        op = head[:, 1][shape]
        form = head[:, 2].astype(np.int8)[shape]
        operands = head[:, 3][shape]
        kinds = np.empty((MAX_OPERANDS, len(starts)), np.uint8).T
        for slot in range(MAX_OPERANDS):
            kinds[:, slot] = kinds_of[slot].astype(np.uint8)[shape]
        values = np.zeros((MAX_OPERANDS, len(starts)), np.int32).T
        text = block + PADDING
        for slot in range(int(operands.max(initial=0))):
            lines = np.flatnonzero(operands > slot)
            which = shape[lines]
            numbers = _integers(text, starts[lines] + start_of[slot][which], size_of[slot][which])
            values[lines, slot] = numbers * sign_of[slot][which]
        for i in np.flatnonzero(status == COMMENT).tolist():
            line = block[starts[i] : ends[i]]
            self.comments[self.count + i] = line.strip().decode("utf-8", "replace")
        for i in np.flatnonzero(status == _SLOW).tolist():
            line = block[starts[i] : ends[i] - 1]
            status[i], op[i], form[i] = self._slow(line, kinds[i], values[i])
        self.blocks.append((status, op, form, kinds, values))
        self.count += len(starts)

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
        ops = self.shapes.ops
        return ops.setdefault(spelling, len(ops)) if spelling else -1

    def rows(self) -> Rows:
        """Everything added so far."""
        if not self.blocks:
            self.add(b"")
        status, op, form, kinds, values = map(np.concatenate, zip(*self.blocks, strict=True))
        return Rows(status, op, form, kinds, values, tuple(self.shapes.ops), self.comments)


def first_word(text: str) -> str:
    """The first blank-separated word of a line that is no comment, if it looks like a mnemonic."""
    words = text.split(None, 1)
    word = words[0] if words else ""
    return word if word[:2] in ("S_", "C_", "H_", "V_", "M_") else ""


def _integers(
    text: bytes, starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The integers of ``sizes`` digits (1 to 16) at ``starts`` in the text, saturated at 31 bits.

    Eight more bytes must follow each one's start.
    """
    view = np.ndarray((len(text) - 7,), "<u8", text, 0, (1,))
    values = _eight_digits(view[starts], np.minimum(sizes, 8))
    longer = np.flatnonzero(sizes > 8)
    if len(longer):
        rest = sizes[longer] - 8
        low = _eight_digits(view[starts[longer] + 8], rest)
        values[longer] = values[longer] * 10**rest + low
    return np.minimum(values, _MOST)


def _eight_digits(words: NDArray[np.uint64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The integers whose ``sizes`` (1 to 8) digits are the first bytes of little-endian ``words``.

    All eight digits at once: neighbours are joined to pairs, pairs to fours, fours to the whole.
    """
    words = words << ((8 - sizes) * 8).astype(np.uint64)  # zeros take the place of leading digits
    words &= np.uint64(0x0F0F0F0F0F0F0F0F)
    for step, factor, mask in (
        (8, 10, 0x00FF00FF00FF00FF),
        (16, 100, 0x0000FFFF0000FFFF),
        (32, 10_000, 0x00000000FFFFFFFF),
    ):
        words *= np.uint64(factor << step | 1)
        words >>= np.uint64(step)
        words &= np.uint64(mask)
    return words.view(np.int64)
