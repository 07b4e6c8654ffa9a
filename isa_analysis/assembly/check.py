"""What the grammar leaves open, checked in columns: register numbers, immediate ranges, dialect.

Codes: E001 text that is no instruction, E002 unknown mnemonic, E003 operands that fit no form,
E004 register number, E005 immediate out of range, E006 syntax, E007 instruction of the other
dialect, E008 program that needs both dialects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.grammar import ParsedLine, SyntaxProblem, parse_line
from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, Rows
from isa_analysis.isa import (
    DIALECTS,
    Dialect,
    Form,
    forms_of,
    instruction,
    is_known,
    nearest,
)
from isa_analysis.isa.model import KIND_NAMES, MAX_OPERANDS, DialectName

IsaChoice = Literal["auto", "plena", "plena-tvm"]

_STRAY = re.compile(r"[!-~]{0,99}([^ -~\t])")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why one line cannot be used; ``column`` counts from 1."""

    code: str
    column: int
    message: str
    hint: str = ""


def dialect_evidence(rows: Rows) -> dict[DialectName, NDArray[np.bool_]]:
    """Per dialect, the rows that only that dialect has (a mnemonic or a register number)."""
    only: dict[DialectName, NDArray[np.bool_]] = {}
    for name in DIALECTS:
        alone = np.array(
            [is_known(s) and instruction(s).dialects == (name,) for s in rows.spellings] or [False]
        )
        only[name] = alone[rows.op] & (rows.op >= 0) & (rows.status == INSTRUCTION)
    small, large = DIALECTS["plena"].registers, DIALECTS["plena-tvm"].registers
    for kind in ("gp", "f", "a"):
        if large[kind] > small[kind]:
            for kinds, values in zip(rows.kinds.T, rows.values.T, strict=True):
                beyond = (values >= small[kind]) & (values < large[kind])
                only["plena-tvm"] |= beyond & (kinds == KINDS.index(kind))
    only["plena-tvm"] &= rows.status == INSTRUCTION
    return only


def out_of_range(rows: Rows, dialect: Dialect) -> NDArray[np.bool_]:
    """The instruction rows with a register or an immediate that ``dialect`` cannot encode."""
    forms = max((len(forms_of(s)) for s in rows.spellings if is_known(s)), default=1)
    limits = np.zeros((max(len(rows.spellings), 1), forms, MAX_OPERANDS, len(KINDS)), np.int64)
    limits[..., 0] = 1  # an absent operand has kind 0 and value 0
    foreign = np.zeros(max(len(rows.spellings), 1), np.bool_)
    for op, spelling in enumerate(rows.spellings):
        if not is_known(spelling):
            continue
        foreign[op] = dialect.name not in instruction(spelling).dialects
        for f, form in enumerate(forms_of(spelling)):
            for slot, operand in enumerate(form.operands):
                for kind, token in enumerate(KINDS):
                    if token and operand.accepts(token):
                        limits[op, f, slot, kind] = operand.limit(token, dialect)
    bad: NDArray[np.bool_] = foreign[rows.op]
    of_form = limits.reshape(-1, MAX_OPERANDS, len(KINDS))
    of_row = rows.op * forms + rows.form  # a row without op is no instruction
    for slot, (kinds, values) in enumerate(zip(rows.kinds.T, rows.values.T, strict=True)):
        if kinds.any():
            limit = of_form[:, slot, :].ravel()[of_row * len(KINDS) + kinds]
            bad |= (values < 0) | (values >= limit)
    bad &= rows.status == INSTRUCTION
    return bad


def explain(text: str, dialect: Dialect) -> LineProblem | None:
    """What is wrong with the line ``text`` in ``dialect``; ``None`` when nothing is.

    The slow path of record for a single line: the column checks must agree with it.
    """
    try:
        parsed = parse_line(text)
    except SyntaxProblem as problem:
        return _syntax(text, problem)
    if not parsed.mnemonic:
        return None
    if not is_known(parsed.mnemonic):
        close = nearest(parsed.mnemonic)
        hint = f"did you mean {' or '.join(close)}?" if close else "see: isa-analysis isa list"
        message = f"unknown mnemonic {_short(parsed.mnemonic)}"
        return LineProblem("E002", parsed.column, message, hint)
    row = instruction(parsed.mnemonic)
    tokens = tuple(operand.kind for operand in parsed.operands)
    form = next((f for f in forms_of(parsed.mnemonic) if f.accepts(tokens)), None)
    if form is None:
        return _wrong_operands(parsed)
    if dialect.name not in row.dialects:
        return LineProblem(
            "E007", parsed.column, f"{parsed.mnemonic} is not in dialect {dialect.name}",
            f"it belongs to {row.dialects[0]}: use --isa {row.dialects[0]}",
        )  # fmt: skip
    return _range(parsed, form, dialect)


def _syntax(text: str, problem: SyntaxProblem) -> LineProblem:
    word = problem.found.strip("'\"")
    expected = " or ".join(problem.expected)
    stray = _stray_character(text, problem.column)
    if "a mnemonic" in problem.expected and not text[: problem.column - 1].strip():
        hint = "comments start with ';' or '//'"
        if stray:
            hint = stray
        elif word.isidentifier() and is_known(word.upper()):
            hint = f"mnemonics are upper case: {word.upper()}"
        elif word.endswith(":"):
            hint = "PLENA assembly has no labels; loops are C_LOOP_START / C_LOOP_END"
        elif word.startswith("."):
            hint = "PLENA assembly has no directives"
        return LineProblem(
            "E001", problem.column, f"neither an instruction nor a comment: {problem.found}", hint
        )
    hint = ""
    if stray:
        hint = stray
    elif "." in word:
        hint = "immediates are integers"
    elif expected.startswith("','"):
        hint = "operands are separated by commas"
    elif word[:1] in "agf" and word[1:2].isalpha() and word.isalnum() and not word.startswith("gp"):
        hint = "symbolic registers are not supported: write a0 to a7"
    elif word[:2] in ("gp", "GP") or word[:1] in "FA":
        hint = "registers are gp0 to gp15, f0 to f7 and a0 to a7, in lower case"
    return LineProblem(
        "E006", problem.column, f"unexpected {problem.found}, expected {expected}", hint
    )


def _stray_character(text: str, column: int) -> str:
    """A hint about a character in or right after the word at ``column`` that a reader may not see;
    empty when there is none."""
    match = _STRAY.match(text.removesuffix("\r"), column - 1)
    found = match[1] if match else ""
    if found == "\r":
        return "a lone carriage return: lines end with LF or CRLF"
    if found == "\ufffd":
        return "bytes that are not UTF-8"
    if found and not found.isprintable():
        return f"invisible character U+{ord(found):04X}; words are separated by blanks or tabs"
    return ""


def _short(token: str) -> str:
    """``token`` for a message: long ones are cut."""
    return token if len(token) <= 40 else f"{token[:39]}…"


def _wrong_operands(parsed: ParsedLine) -> LineProblem:
    """Operands that fit no form: the column of the first one that no form accepts there."""
    forms = forms_of(parsed.mnemonic)
    spelled = " or ".join(f"{parsed.mnemonic} {form}".rstrip() for form in forms)
    hint = f"operand forms: {spelled}"

    def fitting(form: Form) -> int:
        pairs = zip(form.operands, parsed.operands, strict=False)
        return next((i for i, (o, p) in enumerate(pairs) if not o.accepts(p.kind)), 99)

    best = max(forms, key=fitting)
    index = fitting(best)
    if index < len(parsed.operands):
        wanted, given = best.operands[index], parsed.operands[index]
        message = f"{parsed.mnemonic}: expected {KIND_NAMES[wanted.kind]} ({wanted.name})"
        return LineProblem("E003", given.column, f"{message}, found {_short(given.text)}", hint)
    if len(parsed.operands) > len(best.operands):
        extra = parsed.operands[len(best.operands)]
        message = f"{parsed.mnemonic} takes at most {len(best.operands)} operands"
        return LineProblem("E003", extra.column, message, hint)
    last = parsed.operands[-1] if parsed.operands else None
    column = last.column + len(last.text) if last else parsed.column + len(parsed.mnemonic)
    missing = best.operands[len(parsed.operands)]
    message = f"{parsed.mnemonic}: missing operand {missing.name} ({KIND_NAMES[missing.kind]})"
    return LineProblem("E003", column, message, hint)


def _range(parsed: ParsedLine, form: Form, dialect: Dialect) -> LineProblem | None:
    for operand, given in zip(form.operands, parsed.operands, strict=False):
        limit = operand.limit(given.kind, dialect)
        text = _short(given.text)
        if 0 <= given.value < limit:
            continue
        if given.kind != "int":
            larger = any(d.registers[given.kind] > given.value for d in DIALECTS.values())
            hint = "dialect plena-tvm has more registers: --isa plena-tvm" if larger else ""
            message = f"{text} is out of range: {dialect.name} has {given.kind}0 to"
            return LineProblem("E004", given.column, f"{message} {given.kind}{limit - 1}", hint)
        if limit == 1:
            message = f"expected a literal 0 or a register ({operand.name}), found {text}"
            if operand.kind == "zero":
                message = f"expected a literal 0 ({operand.name}), found {text}"
            hint = f"a register is written gp{given.value}" if 0 <= given.value < 16 else ""
            return LineProblem("E003", given.column, f"{parsed.mnemonic}: {message}", hint)
        message = f"{text} is out of range for {operand.name}: 0 to {limit - 1}"
        hint = f"{(limit - 1).bit_length()}-bit field in dialect {dialect.name}"
        if operand.kind == "narrow" and given.value > 0:
            hint += "; a larger constant takes S_LUI_INT and S_ADDI_INT"
        return LineProblem("E005", given.column, message, hint)
    return None
