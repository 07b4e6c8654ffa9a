"""When are two names the same? By whole path components, never by the base name alone."""

from __future__ import annotations

from collections.abc import Sequence

_SUFFIXES = (".gz", ".xz", ".asm", ".json", ".log", ".txt")
#: Fewest components of a shorter name that must agree with the end of a longer one.
FEWEST = 2


def components(name: str) -> tuple[str, ...]:
    """The path components of ``name``, without file suffixes and ``.`` components."""
    name = name.replace("\\", "/")
    cut = True
    while cut:
        cut = False
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) > len(suffix):
                name, cut = name.removesuffix(suffix), True
    return tuple(part for part in name.split("/") if part not in ("", "."))


def same(one: str, other: str) -> bool:
    """Whether the names agree in full, or the shorter one (of at least two components) is the end
    of the longer one."""
    if one == other:
        return True
    a, b = sorted((components(one), components(other)), key=len)
    if a == b:
        return bool(a)
    return len(a) >= FEWEST and b[-len(a) :] == a


def best(name: str, candidates: Sequence[str]) -> int | None:
    """The index of the one candidate that is ``name``: in full, else by its end; None when there
    is none or more than one."""
    equal = [i for i, c in enumerate(candidates) if c == name]
    equal = equal or [i for i, c in enumerate(candidates) if components(c) == components(name)]
    found = equal or [i for i, c in enumerate(candidates) if same(c, name)]
    return found[0] if len(found) == 1 else None


def base_name(name: str) -> str:
    """The last component."""
    parts = components(name)
    return parts[-1] if parts else name
