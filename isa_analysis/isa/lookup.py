"""Look-ups on the instruction table, computed once."""

from __future__ import annotations

import difflib
import hashlib
from functools import cache

from isa_analysis.isa.model import Category, Engine, Form, Instruction, parse_form
from isa_analysis.isa.table import ALIASES, TABLE

_BY_NAME = {row.mnemonic: row for row in TABLE}


#: What an unknown mnemonic is by how it begins.
_PREFIXES: dict[str, tuple[Engine, Category]] = {
    "M_": ("matrix", "matrix"),
    "V_": ("vector", "vector"),
    "H_": ("hbm", "memory"),
    "C_": ("control", "control"),
}


def is_known(spelling: str) -> bool:
    """Whether ``spelling`` is a mnemonic or an old spelling of one."""
    return spelling in _BY_NAME or spelling in ALIASES


def canonical(spelling: str) -> str:
    """The mnemonic behind ``spelling``; an unknown spelling is returned unchanged."""
    alias = ALIASES.get(spelling)
    return alias[0] if alias else spelling


def instruction(spelling: str) -> Instruction:
    """The table row of a mnemonic or old spelling. Raises :class:`KeyError` when unknown."""
    return _BY_NAME[canonical(spelling)]


def kind_of(mnemonic: str) -> tuple[Engine, Category]:
    """Engine and category of a mnemonic; an unknown one goes by its prefix, else it is scalar."""
    if is_known(mnemonic):
        row = instruction(mnemonic)
        return row.engine, row.category
    return _PREFIXES.get(mnemonic[:2], ("scalar", "scalar"))


@cache
def forms_of(spelling: str) -> tuple[Form, ...]:
    """The operand forms that ``spelling`` accepts, in table order."""
    own = ALIASES.get(spelling, ("", ()))[1]
    return tuple(parse_form(text) for text in own or instruction(spelling).forms)


def spellings() -> tuple[str, ...]:
    """Every mnemonic in table order, then the old spellings."""
    return (*_BY_NAME, *ALIASES)


def nearest(name: str, count: int = 3) -> list[str]:
    """The known mnemonics most like ``name``, best first; empty when none is close."""
    return difflib.get_close_matches(name.upper(), spellings(), n=count, cutoff=0.6)


@cache
def table_hash() -> str:
    """SHA-256 of the table's contents: two tools with one hash price by the same ISA."""
    text = "\n".join(map(repr, TABLE)) + repr(sorted(ALIASES.items()))
    return hashlib.sha256(text.encode()).hexdigest()
