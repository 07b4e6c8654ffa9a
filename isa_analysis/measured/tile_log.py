"""Profiled tiles: cycles of each tile of each node.

    [Conv_L2][SB][64 ops][Tile 0] Pre-Kernel :   100 cycles
    [Conv_L2][SB][64 ops][Tile 0] Kernel     :   800 cycles
    [Conv_L2][SB][64 ops][Tile 0] Post-Kernel:    60 cycles
    [Conv_L2][SB][64 ops][Tile 0] Total      :   960 cycles (83% Kernel + 17% Overhead, 800 + 160)

The kernel of an outer ``_L3`` tile contains the inner ``_L2`` tiles: only the outermost level of a
node is summed. The older form writes ``Input DMA took``, ``Kernel took`` and ``Output DMA took``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.model import Measurement, Tile
from isa_analysis.measured.sections import Section

FORMAT = "tile-log"
WANTED = "a line like [node][SB][8 ops][Tile 0] Kernel : ... cycles"
SIGN = "[node][SB][ops][Tile n]"
TOKENS = rb"Kernel|DMA took|\[Tile "

_PREFIX = re.compile(
    r"\[(?P<node>[^\[\]]{1,200})\](?:\[(?P<buffering>SB|DB)\])?(?:\[\s*(?P<ops>\d{1,19})\s*ops\])?"
    r"\[Tile\s+(?P<tile>\d{1,9})\](?:\[Core\s+(?P<core>\d{1,6})\])?\s*$"
)
_VALUE = re.compile(
    r"(?P<what>Pre-Kernel|Post-Kernel|Kernel took|Kernel|Total|Input DMA took|Output DMA took)"
    r"\s{0,20}:?\s{0,20}(?P<cycles>\d{1,19})\s*cycles"
    r"(?:.{0,80}?,\s*(?P<kernel>\d{1,19})\s*\+\s*(?P<overhead>\d{1,19})\s*\))?"
)
_LEVEL = re.compile(r"^(?P<node>.*?)[_ ](?P<level>L\d)$")
_PARTS = {
    "Pre-Kernel": "pre", "Input DMA took": "pre", "Kernel": "kernel", "Kernel took": "kernel",
    "Post-Kernel": "post", "Output DMA took": "post", "Total": "total",
}  # fmt: skip
_WRAP = 1 << 32
#: What nodes without a name are called.
UNNAMED = "(node)"

_Key = tuple[str, str, str, int | None, int, int | None]


@dataclass(slots=True)
class _Open:
    key: _Key
    call: int
    line: int
    values: dict[str, int] = field(default_factory=dict)
    stated: tuple[int, int] | None = None


def tiles(section: Section) -> tuple[Tile, ...]:
    """The tiles of the section in file order; a part that is printed again begins the next call."""
    out: list[_Open] = []
    newest: dict[_Key, _Open] = {}
    unnamed = -1
    for line in section.lines:
        start = 0
        while value := _VALUE.search(line.text, start):
            before = line.text[max(start, value.start() - 400) : value.start()]
            part = _PARTS[value["what"]]
            if prefix := _PREFIX.search(before):
                key = _key(prefix)
            elif value["what"] in _OLDER and (start or "[" not in before):
                unnamed += part == "pre" or unnamed < 0
                key = (UNNAMED, "", "", None, unnamed, None)
            else:
                start = value.end()
                continue
            block = newest.get(key)
            if block is None or part in block.values:
                block = _Open(key, 0 if block is None else block.call + 1, line.number)
                newest[key] = block
                out.append(block)
            block.values[part] = int(value["cycles"])
            if value["kernel"] is not None:
                block.stated = (int(value["kernel"]), int(value["overhead"]))
            start = value.end()
    return tuple(_closed(block, section.path) for block in out)


_OLDER = ("Input DMA took", "Kernel took", "Output DMA took")


def _key(prefix: re.Match[str]) -> _Key:
    name = " ".join(prefix["node"].split())
    level = ""
    if found := _LEVEL.match(name):
        name, level = found["node"], found["level"]
    ops = int(prefix["ops"]) if prefix["ops"] else None
    core = int(prefix["core"]) if prefix["core"] else None
    return name, level, prefix["buffering"] or "", ops, int(prefix["tile"]), core


def _closed(block: _Open, path: str) -> Tile:
    node, level, buffering, ops, number, core = block.key
    v = block.values
    tile = Tile(
        node, level, buffering, ops, number, core, block.call, path, block.line,
        v.get("pre"), v.get("kernel"), v.get("post"), v.get("total"),
    )  # fmt: skip
    return replace(tile, flags=_flags(tile, block.stated))


def _flags(tile: Tile, stated: tuple[int, int] | None) -> tuple[Flag, ...]:
    """Sums that do not hold, and kernels that never ran."""
    out = []
    where = f"tile {tile.tile} of {tile.node} (line {tile.line})"
    parts = [p for p in (tile.pre, tile.kernel, tile.post) if p is not None]
    sums = [sum(parts)] if len(parts) == 3 else []
    if stated is not None:
        sums.append(sum(stated))
    if tile.total is not None:
        for total in sums:
            if total == tile.total:
                continue
            if (total - tile.total) % _WRAP == 0:
                what, sums_to = f"the total of {where}", f"its parts, {total:,},"
                out.append(flag("WRAPPED", what=what, value=tile.total, other=sums_to))
            else:
                what = f"{where}: the total is {tile.total:,}, its parts are {total:,} cycles"
                out.append(flag("FAILED-CHECK", what=what))
    if tile.kernel == 0 and tile.ops:
        what = f"{tile.ops:,} operations of {where}"
        out.append(flag("TOO-LOW", measured=0, bound=1, what=what))
    return tuple(dict.fromkeys(out))


def runs(section: Section, found: Sequence[Tile]) -> list[Measurement]:
    """One measurement per node: its outermost tiles in sum, on the slowest core."""
    out = []
    for node in dict.fromkeys(t.node for t in found):
        mine = [t for t in found if t.node == node]
        level = max(t.level for t in mine)
        outer = [t for t in mine if t.level == level]
        cores = dict.fromkeys(t.core for t in outer)
        sums = {c: _sum(t for t in outer if t.core == c) for c in cores}
        known = [s for s in sums.values() if s is not None]
        total = max(known) if len(known) == len(sums) else None
        flags = list(dict.fromkeys(f for t in mine for f in t.flags))
        notes = []
        if total is None:
            flags.append(flag("CRASHED", what=f"{node}: a tile has no total and lacks a part"))
        if len(mine) > len(outer):
            inner = ", ".join(sorted({t.level or "?" for t in mine} - {level}))
            notes.append(f"the {level} tiles contain those of {inner}, which are not added")
        if len(cores) > 1:
            notes.append(f"the slowest of {len(cores)} cores")
        out.append(
            Measurement(
                section.name,
                node,
                section.path,
                outer[0].line,
                FORMAT,
                total,
                _calls(outer),
                32,
                settings=_settings(section, outer),
                facts=_facts(outer, level),
                flags=tuple(flags),
                notes=tuple(notes),
            )
        )
    return out


def _calls(outer: Sequence[Tile]) -> int:
    """How often the node ran: a tile that is printed again belongs to another call."""
    return max(t.call for t in outer) + 1


def _sum(found: Iterable[Tile]) -> int | None:
    cycles = [t.cycles for t in found]
    known = [c for c in cycles if c is not None]
    return sum(known) if len(known) == len(cycles) else None


def _settings(section: Section, outer: Sequence[Tile]) -> tuple[tuple[str, int | str], ...]:
    buffering = "+".join(sorted({t.buffering for t in outer} - {""}))
    pairs = (("platform", section.platform), ("buffering", buffering))
    return tuple((key, value) for key, value in pairs if value)


def _facts(outer: Sequence[Tile], level: str) -> tuple[tuple[str, int | str], ...]:
    counts = Counter(t.call for t in outer)
    parts: list[tuple[str, int | str]] = [("tiles", max(counts.values()))]
    if level:
        parts.append(("level", level))
    for key in ("pre", "kernel", "post"):
        values = [getattr(t, key) for t in outer]
        if None not in values:
            parts.append((f"{key}_cycles", sum(values)))
    return tuple(parts)
