"""The words of the instruction table: dialects, operands, forms, cost formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DialectName = Literal["plena", "plena-tvm"]
Engine = Literal["control", "scalar", "vector", "matrix", "hbm"]
Category = Literal["matrix", "vector", "scalar", "memory", "control"]

ENGINES: tuple[Engine, ...] = ("control", "scalar", "vector", "matrix", "hbm")
CATEGORIES: tuple[Category, ...] = ("matrix", "vector", "scalar", "memory", "control")

#: The most operands any form has.
MAX_OPERANDS = 6


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one dialect can encode: register counts and immediate widths in bits."""

    name: DialectName
    registers: Mapping[str, int]
    immediates: Mapping[str, int]


DIALECTS: dict[DialectName, Dialect] = {
    "plena": Dialect("plena", {"gp": 16, "f": 8, "a": 8}, {"wide": 22, "narrow": 18}),
    "plena-tvm": Dialect("plena-tvm", {"gp": 32, "f": 8, "a": 16}, {"wide": 21, "narrow": 16}),
}

#: Operand kinds of the forms below, as error messages name them.
KIND_NAMES: dict[str, str] = {
    "gp": "a gp register",
    "f": "an f register",
    "a": "an a register",
    "gp|zero": "a gp register or a literal 0",
    "zero": "a literal 0",
    "wide": "an immediate",
    "narrow": "an immediate",
    "u4": "an immediate",
}


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand of a form.

    ``kind`` is a key of :data:`KIND_NAMES`; ``written`` / ``read`` say whether the *register* is
    written or read (an address register of a store is read).
    """

    name: str
    kind: str
    written: bool
    read: bool

    def accepts(self, token: str) -> bool:
        """Whether a token of kind ``gp``, ``f``, ``a`` or ``int`` can stand here."""
        if token == "int":
            return self.kind in ("gp|zero", "zero", "wide", "narrow", "u4")
        return self.kind.split("|")[0] == token

    def limit(self, token: str, dialect: Dialect) -> int:
        """One more than the largest value that ``token`` may have here in ``dialect``."""
        if token != "int":
            return dialect.registers[token]
        if self.kind in ("gp|zero", "zero"):
            return 1
        return 1 << (4 if self.kind == "u4" else dialect.immediates[self.kind])


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing an instruction: its operands, the last ``optional`` of them omissible."""

    operands: tuple[Operand, ...]
    optional: int

    def accepts(self, tokens: tuple[str, ...]) -> bool:
        """Whether operands of these token kinds (``gp f a int``) fit."""
        count = len(tokens)
        if not len(self.operands) - self.optional <= count <= len(self.operands):
            return False
        return all(o.accepts(t) for o, t in zip(self.operands, tokens, strict=False))

    def __str__(self) -> str:
        out = ""
        for index, operand in enumerate(self.operands):
            word = f"{operand.name}:{operand.kind}"
            comma = ", " if index else ""
            if index >= len(self.operands) - self.optional:
                out += f"[{comma}{word}" if index else f"[{word}"
            else:
                out += comma + word
        return out + "]" * self.optional


def parse_form(text: str) -> Form:
    """A form from its table notation.

    ``vd:gp =rd:f +acc:f [mask:u4]``: blank-separated operands in written order; ``=`` marks a
    register that is written, ``+`` one that is read and written; brackets mark a trailing operand
    that may be left out.
    """
    operands = []
    optional = 0
    for word in text.split():
        optional += word.startswith("[")
        word = word.strip("[]")
        mark = word[0] if word[0] in "=+" else ""
        name, kind = word.lstrip("=+").split(":")
        if kind not in KIND_NAMES:
            raise ValueError(f"unknown operand kind {kind!r} in form {text!r}")
        operands.append(Operand(name, kind, mark != "", mark != "="))
    return Form(tuple(operands), optional)


@dataclass(frozen=True, slots=True)
class Formula:
    """A cost in cycles that is linear in latency keys and machine parameters.

    ``terms`` maps a latency key of the board, or ``MLEN`` / ``VLEN``, to its factor.
    """

    constant: int
    terms: tuple[tuple[str, int], ...]

    def cycles(self, values: Mapping[str, int]) -> int:
        """The cost in cycles. Raises :class:`KeyError` for a key that ``values`` lacks."""
        return self.constant + sum(factor * values[key] for key, factor in self.terms)


def parse_formula(text: str) -> Formula:
    """A formula from its notation: terms joined by ``+``, each ``name``, ``n`` or ``n * name``."""
    constant = 0
    terms = []
    for term in text.split("+"):
        factor, _, name = term.strip().rpartition("*")
        name = name.strip()
        if name.isdigit():
            constant += int(name)
        else:
            terms.append((name, int(factor) if factor else 1))
    return Formula(constant, tuple(terms))


@dataclass(frozen=True, slots=True)
class Instruction:
    """One row of the instruction table.

    ``cost`` is the formula of the serial emulator model in the notation of :func:`parse_formula`;
    empty for instructions whose time the memory model gives. ``cost_by`` names an operand that
    selects one of ``cost_variants`` instead. ``f0_free``: with destination f0 the instruction is
    skipped and costs nothing. ``reads`` / ``writes`` name memories and special registers; the
    operand whose value addresses a memory stands in brackets.
    """

    mnemonic: str
    code: int | None
    dialects: tuple[DialectName, ...]
    engine: Engine
    category: Category
    forms: tuple[str, ...]
    cost: str
    meaning: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    f0_free: bool = False
    cost_by: str = ""
    cost_variants: tuple[str, ...] = ()
    emulated: bool = True
