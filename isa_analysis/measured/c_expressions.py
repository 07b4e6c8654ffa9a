"""Constant expressions of generated C: ``sizeof(int8_t) * 4096``, ``Net_ARENA_len``.

Values are those of the expression in unlimited integers; the target keeps them modulo 2^32.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

_SIZES = {
    "char": 1, "bool": 1, "_Bool": 1, "short": 2, "int": 4, "unsigned": 4, "long": 4, "float": 4,
    "double": 8, "size_t": 4, "uintptr_t": 4, "intptr_t": 4, "float16": 2, "bfloat16": 2,
    "float8": 1, "float32": 4, "float64": 8,
}  # fmt: skip
_WIDTH = re.compile(r"^(?:u?int|v\d+\w*|float|bfloat)(?P<bits>8|16|32|64)(?:alt)?_t$")
_TYPE = r"(?:const\s+|unsigned\s+|signed\s+|struct\s+)*[A-Za-z_]\w*(?:\s+(?:int|char|long|short))*"
_SIZEOF = re.compile(rf"\bsizeof\s*\(\s*(?P<type>{_TYPE})\s*(?P<pointer>\**)\s*\)")
_CAST = re.compile(rf"\(\s*(?P<type>{_TYPE})\s*(?P<pointer>\**)\s*\)\s*(?=[\w(])")
_SUFFIX = re.compile(r"\b(?P<digits>0[xX][0-9a-fA-F]+|\d+)[uUlL]+\b")
_OCTAL = re.compile(r"(?<![\w.])0[0-7]+\b")
_LONGEST = 1000
_MOST_BITS = 128


def evaluate(text: str, symbols: Mapping[str, int]) -> int | None:
    """The value of ``text``; None when it is no constant expression of known names."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    unknown = False

    def size(found: re.Match[str]) -> str:
        nonlocal unknown
        value = 4 if found["pointer"] else type_bytes(found["type"])
        unknown |= value is None
        return str(value or 0)

    text = " ".join(text.split())
    text = _SIZEOF.sub(size, text)
    text = _CAST.sub(lambda m: "" if _is_type(m) else m[0], text)
    text = _SUFFIX.sub(lambda m: m["digits"], text)
    text = _OCTAL.sub(lambda m: f"0o{m[0]}", text)
    if unknown or not text.strip():
        return None
    try:
        tree = ast.parse(text.strip(), mode="eval")
        return _value(tree.body, symbols)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def type_bytes(name: str) -> int | None:
    """Bytes of the type ``name`` on a 32-bit target; None for an unknown one."""
    words = [w for w in name.split() if w not in ("const", "signed", "struct")]
    if len(words) > 1 and "unsigned" in words:
        words = [w for w in words if w != "unsigned"]
    if words == ["long", "long"]:
        return 8
    word = words[0] if words else "unsigned"
    if found := _WIDTH.match(word):
        return int(found["bits"]) // 8
    return _SIZES.get(word) or _SIZES.get(word.removesuffix("_t"))


def _is_type(found: re.Match[str]) -> bool:
    return bool(found["pointer"]) or found["type"] == "void" or bool(type_bytes(found["type"]))


def _value(node: ast.expr, symbols: Mapping[str, int]) -> int | None:
    if isinstance(node, ast.Constant):
        return node.value if type(node.value) is int else None
    if isinstance(node, ast.Name):
        return symbols.get(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        inner = _value(node.operand, symbols)
        return -inner if inner is not None and isinstance(node.op, ast.USub) else inner
    if not isinstance(node, ast.BinOp):
        return None
    left, right = _value(node.left, symbols), _value(node.right, symbols)
    if left is None or right is None:
        return None
    return _binary(node.op, left, right)


def _binary(operator: ast.operator, left: int, right: int) -> int | None:
    value: int | None = None
    if isinstance(operator, ast.Add):
        value = left + right
    elif isinstance(operator, ast.Sub):
        value = left - right
    elif isinstance(operator, ast.Mult):
        value = left * right
    elif isinstance(operator, ast.Div) and right and left >= 0 and right > 0:
        value = left // right
    elif isinstance(operator, ast.Mod) and right > 0 and left >= 0:
        value = left % right
    elif isinstance(operator, ast.LShift) and 0 <= right < _MOST_BITS:
        value = left << right
    elif isinstance(operator, ast.RShift) and right >= 0 and left >= 0:
        value = left >> min(right, _MOST_BITS)
    return value if value is not None and value.bit_length() <= _MOST_BITS else None
