"""Reader of PLENA assembly for the oracle: one line, one instruction, nothing shared with the tool.

A line is cut at the first ``;`` or ``//``; what is left is a mnemonic, blanks, and operands
separated by commas. The reader accepts no labels and no directives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TVM_ONLY = frozenset(
    {
        "S_SLL_INT",
        "S_SLLI_INT",
        "S_SRL_INT",
        "S_SRLI_INT",
        "S_DIV_INT",
        "S_REM_INT",
        "S_MAP_FP_V",
        "M_TMM_A",
    }
)
ALIASES = {"V_SHIFT_V": "V_SHFT_V"}

REGISTERS = {"gp": 32, "f": 8, "a": 16}
"""Registers of each kind, both dialects together."""

_REGISTER = re.compile(r"(gp|f|a)(\d+)")
_INTEGER = re.compile(r"[+-]?(0[xX][0-9a-fA-F]+|\d+)")


class AssemblyError(ValueError):
    """The text is not PLENA assembly; the message names the line (1-based)."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A register (``kind`` is gp, f or a) or an immediate (``kind`` is imm)."""

    kind: str
    value: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction; ``line`` is 1-based in the source text."""

    line: int
    mnemonic: str
    operands: tuple[Operand, ...]

    def register(self, index: int, kind: str = "gp") -> int:
        """Number of the register at ``index``; a bare 0 stands for register 0."""
        operand = self._operand(index)
        if operand.kind == kind or operand == Operand("imm", 0):
            return operand.value
        raise AssemblyError(
            f"line {self.line}: operand {index + 1} of {self.mnemonic} is not a {kind} register"
        )

    def immediate(self, index: int, default: int | None = None) -> int:
        """Immediate at ``index``; ``default`` when the operand is not written."""
        if default is not None and index >= len(self.operands):
            return default
        operand = self._operand(index)
        if operand.kind != "imm":
            raise AssemblyError(
                f"line {self.line}: operand {index + 1} of {self.mnemonic} is not a number"
            )
        return operand.value

    def _operand(self, index: int) -> Operand:
        if index < len(self.operands):
            return self.operands[index]
        raise AssemblyError(f"line {self.line}: {self.mnemonic} has too few operands")


def parse(text: str) -> list[Instruction]:
    """Instructions of ``text`` in order; the index in the list is the program counter."""
    instructions = []
    known: dict[str, tuple[str, tuple[Operand, ...]]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        code = line.split(";", 1)[0].split("//", 1)[0].strip()
        if code:
            if code not in known:
                known[code] = _parse_instruction(number, code)
            instructions.append(Instruction(number, *known[code]))
    return instructions


def dialect_of(instructions: list[Instruction]) -> str:
    """``plena-tvm`` when a mnemonic or register number exists only there, else ``plena``."""
    for instruction in instructions:
        if instruction.mnemonic in TVM_ONLY:
            return "plena-tvm"
        for operand in instruction.operands:
            beyond_base = {"gp": 16, "a": 8}.get(operand.kind)
            if beyond_base is not None and operand.value >= beyond_base:
                return "plena-tvm"
    return "plena"


def _parse_instruction(number: int, code: str) -> tuple[str, tuple[Operand, ...]]:
    mnemonic, *rest = code.split(None, 1)
    mnemonic = ALIASES.get(mnemonic, mnemonic)
    fields = rest[0].split(",") if rest else []
    return mnemonic, tuple(_parse_operand(number, field.strip()) for field in fields)


def _parse_operand(number: int, field: str) -> Operand:
    register = _REGISTER.fullmatch(field)
    if register:
        if int(register[2]) >= REGISTERS[register[1]]:
            raise AssemblyError(f"line {number}: no register {field}")
        return Operand(register[1], int(register[2]))
    if _INTEGER.fullmatch(field):
        digits = field.lstrip("+-")
        magnitude = int(digits, 16) if digits[:2] in ("0x", "0X") else int(digits)
        return Operand("imm", -magnitude if field.startswith("-") else magnitude)
    raise AssemblyError(f"line {number}: cannot read operand {field!r}")
