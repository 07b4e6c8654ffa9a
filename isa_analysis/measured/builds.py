"""Arenas of a build: sizes from headers, levels from allocating calls, file by file and folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from isa_analysis.measured.c_expressions import evaluate
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.generated_c import Allocation, Source
from isa_analysis.measured.model import Arena

_WORD = 1 << 32
#: Definitions may stand after their use: how often they are gone through.
_PASSES = 20


def arenas(sources: Iterable[Source]) -> tuple[Arena, ...]:
    """The arenas that ``sources`` define, those of one folder taken together, in file order."""
    folders: dict[str, list[Source]] = {}
    for source in sources:
        folders.setdefault(str(PurePath(source.path).parent), []).append(source)
    return tuple(arena for group in folders.values() for arena in _of_folder(group))


def _of_folder(sources: Sequence[Source]) -> list[Arena]:
    symbols, header_line, unlike = _symbols(sources)
    out: list[Arena] = []
    allocated: set[str] = set()
    for source in sources:
        for call in source.allocations:
            allocated.add(call.name)
            out.append(_allocated(source, call, symbols, header_line, unlike))
    for source in sources:
        for name, line in source.declared:
            size = symbols.get(f"{name}_len")
            if name in allocated or size is None:
                continue
            allocated.add(name)
            path, at = header_line.get(f"{name}_len", (source.path, line))
            notes = ("no call allocates it in these files: where it lives is not known",)
            flags = _size_flags(name, size, unlike)
            out.append(Arena(name, "", size % _WORD, size, "", "header", path, at, flags, notes))
    return out


def _symbols(
    sources: Sequence[Source],
) -> tuple[dict[str, int], dict[str, tuple[str, int]], dict[str, int]]:
    """Values of all names, where each was defined, and second, unlike values of names."""
    symbols: dict[str, int] = {}
    place: dict[str, tuple[str, int]] = {}
    unlike: dict[str, int] = {}
    # Headers first: they are the best source. Names may be defined after their use, so again and
    # again while that resolves more.
    ordered = sorted(sources, key=lambda s: not s.path.endswith((".h", ".hpp", ".h.gz", ".h.xz")))
    pending = [(s.path, d) for s in ordered for d in s.definitions]
    for _ in range(_PASSES):
        left = []
        for path, d in pending:
            value = evaluate(d.value, symbols)
            if value is None:
                left.append((path, d))
            elif d.name not in symbols:
                symbols[d.name], place[d.name] = value, (path, d.line)
            elif symbols[d.name] != value:
                unlike.setdefault(d.name, value)
        if len(left) == len(pending):
            break
        pending = left
    for name in unlike:
        if not name.endswith("_len"):  # a variable: what it holds at the call is not known
            symbols.pop(name, None)
    return symbols, place, unlike


def _allocated(
    source: Source,
    call: Allocation,
    symbols: Mapping[str, int],
    header_line: Mapping[str, tuple[str, int]],
    unlike: Mapping[str, int],
) -> Arena:
    stated = symbols.get(f"{call.name}_len")
    asked = evaluate(call.size, symbols)
    if asked is not None and asked < 0:
        asked = None
    declared = stated if stated is not None else asked
    notes: list[str] = []
    flags = list(_size_flags(call.name, declared, unlike))
    if stated is not None and asked is not None and stated != asked:
        flags.append(
            flag("CONFIG-DIFFERS", what=f"the size of {call.name}", value=f"{asked:,} B",
                 other=f"{stated:,} B")
        )  # fmt: skip
    if not call.level:
        notes.append(f"{call.call} does not say which memory it allocates from")
    if declared is None:
        notes.append(f"the size {call.size or '?'!s} cannot be resolved from these files")
    named = _named_level(call.name)
    if named and call.level and named != call.level:
        notes.append(f"named {named}, allocated in {call.level}")
    source_of = "header" if stated is not None else "call" if asked is not None else "unresolved"
    path, line = source.path, call.line
    size = None if declared is None else declared % _WORD
    return Arena(
        call.name, call.level, size, declared, call.call, source_of, path, line,
        tuple(flags), tuple(notes),
    )  # fmt: skip


def _size_flags(name: str, size: int | None, unlike: Mapping[str, int]) -> tuple[Flag, ...]:
    out = []
    if size is not None and size >= _WORD:
        out.append(
            flag("WRAPPED", what=f"the size of {name}", value=size, other=f"{size % _WORD:,} B")
        )
    other = unlike.get(f"{name}_len")
    if other is not None and size is not None:
        what = f"the size of {name}"
        value, before = f"{size:,} B", f"{other:,} B"
        out.append(flag("CONFIG-DIFFERS", what=what, value=value, other=before))
    return tuple(out)


def _named_level(name: str) -> str:
    end = name.rpartition("_")[2]
    return end if end in ("L1", "L2", "L3") else ""


def distinct_tilings(
    found: Iterable[tuple[str, str, str, tuple[int, ...]]],
) -> dict[tuple[str, str, str], tuple[tuple[int, ...], ...]]:
    """The distinct tile vectors of each (network, level, node), in order of appearance."""
    out: dict[tuple[str, str, str], dict[tuple[int, ...], None]] = {}
    for network, level, node, calls in found:
        out.setdefault((network, level, node), {}).setdefault(calls, None)
    return {key: tuple(vectors) for key, vectors in out.items()}
