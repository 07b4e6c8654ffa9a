"""Generated C of a network compiler: memory arenas, and tiles per call.

    static const uint32_t Net_MEMORYARENA_L1_len = 4096;
    Net_MEMORYARENA_L1 = (int8_t *)pmsis_l1_malloc(sizeof(int8_t) * Net_MEMORYARENA_L1_len);
    static PI_L1 uint8_t Net_TILING_CODEGEN_L1_conv_numTiles[3] = {0, 3, 5};

The allocating call says where an arena lives, whatever its name; a header's ``_len`` is the best
source of its size.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from isa_analysis.measured.c_expressions import type_bytes
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.model import Tiling

FORMAT = "generated-c"
WANTED = "MEMORYARENA definitions or numTiles arrays"
TOKENS = rb"MEMORYARENA|_numTiles\s*\["

_COMMENT = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|' r"'(?:[^'\\\n]|\\.)*'" r"|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL
)
_CONSTANT = re.compile(
    r"\b[A-Za-z_]\w*\s+(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>[^;{}\"'=]{1,1000}?)\s*;"
)
_DEFINE = re.compile(
    r"^[ \t]*#[ \t]*define[ \t]+(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>(?:\\\n|[^\n])+)",
    re.MULTILINE,
)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"(?P<file>[^"\n]+)"', re.MULTILINE)
_ASSIGNED = re.compile(
    r"(?<![\w.>])(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<casts>(?:\([^()]{0,100}\)\s*){0,4})"
    r"(?P<call>[A-Za-z_]\w*)\s*\("
)
_TILES = re.compile(
    r"(?:\b(?P<type>u?int(?:8|16|32)_t|unsigned char|unsigned int|int)\s+)?"
    r"\b(?P<name>[A-Za-z_]\w*?)_numTiles\s*\[\s*(?P<size>\w*)\s*\]\s*=\s*\{(?P<values>[^{}]*)\}"
)
_TILING_NAME = re.compile(
    r"^(?P<network>.*?)_?TILING_(?:CODEGEN|REPLACED)_(?P<level>L\d)_(?P<node>.+)$"
)
_LEVEL = re.compile(r"(?:^|_|[a-z])[lL](?P<level>[123])_?\w*?alloc", re.ASCII)
_RAM = re.compile(r"(?:^|_)(?:ram|hyperram)_\w*alloc", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Allocation:
    """``name = call(size)``; ``level`` as the call says, empty for one that does not."""

    name: str
    call: str
    level: str
    size: str
    line: int


@dataclass(frozen=True, slots=True)
class Definition:
    """``name = value`` or ``#define name value``, not yet evaluated."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """What one C file or header says. ``declared`` are arena names that it mentions."""

    path: str
    definitions: tuple[Definition, ...]
    allocations: tuple[Allocation, ...]
    tilings: tuple[Tiling, ...]
    includes: tuple[str, ...]
    declared: tuple[tuple[str, int], ...]


def level_of(call: str) -> str:
    """``L1``, ``L2`` or ``L3`` for an allocator; empty for one that does not say."""
    if found := _LEVEL.search(call):
        return f"L{found['level']}"
    return "L3" if _RAM.search(call) else ""


def scan(text: str, path: str) -> Source:
    """The parts of the C source ``text`` that concern memory."""
    includes = tuple(m["file"] for m in _INCLUDE.finditer(text))
    text = _active(_COMMENT.sub(_blank, text))
    newlines = _Lines(text)
    definitions = [
        Definition(m["name"], m["value"].replace("\\\n", " "), newlines.at(m.start("name")))
        for pattern in (_CONSTANT, _DEFINE)
        for m in pattern.finditer(text)
    ]
    allocations = []
    for m in _ASSIGNED.finditer(text):
        if "MEMORYARENA" in m["name"] and "alloc" in m["call"].lower():
            size = _last_argument(text, m.end())
            line = newlines.at(m.start("name"))
            allocations.append(Allocation(m["name"], m["call"], level_of(m["call"]), size, line))
    tilings = [
        _tiling(m, path, newlines.at(m.start("name"))) for m in _TILES.finditer(text)
    ]  # fmt: skip
    declared: dict[str, int] = {}
    for m in re.finditer(r"\b\w*MEMORYARENA\w*\b", text):
        name = m[0].removesuffix("_len")
        declared.setdefault(name, newlines.at(m.start()))
    return Source(
        path, tuple(definitions), tuple(allocations), tuple(t for t in tilings if t),
        includes, tuple(declared.items()),
    )  # fmt: skip


def _blank(found: re.Match[str]) -> str:
    """A comment as blanks; a string keeps its quotes and loses its text."""
    text = found[0]
    if text[0] in "\"'":
        return text[0] * 2
    return " " + "\n" * text.count("\n")


def _active(text: str) -> str:
    """``text`` without what ``#if 0`` switches off; lines keep their numbers."""
    if not re.search(r"^[ \t]*#[ \t]*if[ \t]+0\b", text, re.MULTILINE):
        return text
    out: list[str] = []
    stack: list[bool] = []
    for line in text.split("\n"):
        word = re.match(r"[ \t]*#[ \t]*(\w+)[ \t]*(\w*)", line)
        name = word[1] if word else ""
        if name in ("if", "ifdef", "ifndef"):
            stack.append(name == "if" and word is not None and word[2] == "0")
        elif name in ("else", "elif") and stack:
            stack[-1] = False
        elif name == "endif" and stack:
            stack.pop()
        out.append("" if any(stack) else line)
    return "\n".join(out)


class _Lines:
    """Line numbers of ascending and other positions."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def at(self, position: int) -> int:
        return bisect_right(self.starts, position)


def _last_argument(text: str, start: int) -> str:
    """The last argument of the call whose parenthesis opened before ``start``, over line ends."""
    depth, begin = 1, start
    for at in range(start, min(len(text), start + 4000)):
        c = text[at]
        if c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
            if depth == 0:
                return " ".join(text[begin:at].split())
        elif c == "," and depth == 1:
            begin = at + 1
        elif c == ";":
            break
    return ""


def _tiling(found: re.Match[str], path: str, line: int) -> Tiling | None:
    words = [w.strip() for w in found["values"].split(",") if w.strip()]
    if any(not re.fullmatch(r"(?:0[xX][0-9a-fA-F]{1,16}|\d{1,18})[uUlL]*", w) for w in words):
        return None
    counts = tuple(int(w.rstrip("uUlL"), 0 if w[:2] in ("0x", "0X") else 10) for w in words)
    name = _TILING_NAME.match(found["name"])
    network, level, node = ("", "", found["name"])
    if name:
        network, level, node = name["network"], name["level"], name["node"]
    flags = _tiling_flags(found, counts, node, line)
    return Tiling(network, node, level, counts, path, line, flags)


def _tiling_flags(
    found: re.Match[str], counts: tuple[int, ...], node: str, line: int
) -> tuple[Flag, ...]:
    where = f"numTiles of {node} (line {line})"
    if len(counts) < 2 or counts[0] != 0:
        what = f"{where} is no list of cumulative counts from 0"
        return (flag("FAILED-CHECK", what=what),)
    size = found["size"]
    if size.isdecimal() and int(size) != len(counts):
        what = f"{where} has {len(counts)} values in an array of {size}"
        return (flag("FAILED-CHECK", what=what),)
    if any(b < a for a, b in pairwise(counts)):
        bits = 8 * (type_bytes(found["type"]) or 0) if found["type"] else 0
        what = f"{where} decreases"
        if bits and max(counts) < 1 << bits:
            what += f", as a sum does that no longer fits its {bits} bits"
        return (flag("FAILED-CHECK", what=what),)
    return ()
