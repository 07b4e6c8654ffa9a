"""Lines of text through the Lark grammar, and what went wrong with those that do not fit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from isa_analysis.resources import folder

if TYPE_CHECKING:
    from lark import Lark, Token

#: Terminal -> operand token kind, as forms of the instruction table name them.
TOKEN_KINDS = {"GP": "gp", "F": "f", "A": "a", "INT": "int", "HEX": "int"}

_WORDS = {
    "MNEMONIC": "a mnemonic",
    "GP": "a gp register",
    "F": "an f register",
    "A": "an a register",
    "INT": "an integer",
    "HEX": "an integer",
    "COMMA": "','",
    "COMMENT": "a comment",
    "_NEWLINE": "the end of the line",
    "$END": "the end of the line",
}


@dataclass(frozen=True, slots=True)
class ParsedOperand:
    """An operand as written: its kind (``gp f a int``), value, and column from 1."""

    kind: str
    value: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One line through the grammar; ``mnemonic`` is empty when it holds no instruction."""

    mnemonic: str
    column: int
    operands: tuple[ParsedOperand, ...]
    comment: str


class SyntaxProblem(Exception):
    """A line that the grammar refuses: where, what was met, what was expected."""

    def __init__(self, column: int, found: str, expected: tuple[str, ...]) -> None:
        super().__init__(f"column {column}: found {found}, expected {' or '.join(expected)}")
        self.column = column
        self.found = found
        self.expected = expected


@cache
def _parser() -> Lark:
    from lark import Lark

    text = (folder("grammars") / "plena.lark").read_text(encoding="utf-8")
    return Lark(
        text,
        parser="lalr",
        start=["line", "start"],
        maybe_placeholders=True,
        propagate_positions=False,
    )


def parse_line(text: str) -> ParsedLine:
    """``text`` (one line without its newline) through the grammar.

    Raises :class:`SyntaxProblem`.
    """
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

    try:
        tree = _parser().parse(text, start="line")
    except UnexpectedCharacters as problem:
        column = problem.column
        raise SyntaxProblem(
            column, _word_at(text, column), _expected(problem.allowed or ())
        ) from None
    except UnexpectedToken as problem:
        at_end = problem.token.type == "$END"
        column = len(text.rstrip()) + 1 if at_end else (problem.column or 1)
        found = "the end of the line" if at_end else _word_at(text, column)
        raise SyntaxProblem(column, found, _expected(problem.accepts or problem.expected)) from None
    except UnexpectedInput:  # pragma: no cover - the two classes above are all Lark raises here
        raise SyntaxProblem(1, _word_at(text, 1), ()) from None
    return _line_of(tree.children)


def parse_text(text: str) -> list[ParsedLine]:
    """A whole file through the grammar, line by line in one parse.

    The slow path of record: the column reader must agree with it. Raises Lark's own exceptions.
    """
    tree = _parser().parse(text, start="start")
    return [_line_of(line.children) for line in tree.children]  # type: ignore[union-attr]


def integer(text: str) -> int:
    """The value of an INT or HEX token; beyond 10^30 only its sign and size class are kept."""
    if len(text) > 60:
        digits = text.lstrip("+-0xX")
        if len(digits) > 30:
            return -(10**30) if text.startswith("-") else 10**30
        text = (
            ("-" if text.startswith("-") else "")
            + ("0x" if "x" in text.lower() else "")
            + (digits or "0")
        )
    return int(text, 16) if "x" in text or "X" in text else int(text)


def _line_of(children: Sequence[object]) -> ParsedLine:
    instruction, comment = children
    if instruction is None:
        return ParsedLine("", 0, (), str(comment or ""))
    mnemonic, *operands = instruction.children  # type: ignore[attr-defined]
    return ParsedLine(
        str(mnemonic),
        mnemonic.column,
        tuple(_operand(token) for token in operands if token is not None),
        str(comment or ""),
    )


def _operand(token: Token) -> ParsedOperand:
    kind = TOKEN_KINDS[token.type]
    digits = str(token) if kind == "int" else str(token).lstrip("gpfa")
    return ParsedOperand(kind, integer(digits), token.column or 0, str(token))


def _word_at(text: str, column: int) -> str:
    rest = text[column - 1 :]
    if not rest.strip():
        return repr(rest[0]) if rest else "the end of the line"
    if rest[0].isspace():
        return repr(rest[0])
    word = rest.split(",")[0].split(";")[0].split()
    found = (word[0] if word else rest[0])[:40]
    return repr(found)


def _expected(names: object) -> tuple[str, ...]:
    words = {_WORDS[name] for name in names if name in _WORDS}  # type: ignore[attr-defined]
    return tuple(sorted(words))
