"""Operation counts that variants must share: the same work, however it is arranged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from isa_analysis.compare.match import Match
from isa_analysis.compare.variant import Variant, category_of
from isa_analysis.isa import CATEGORIES, canonical, is_known, spellings
from isa_analysis.profiling.model import Cost

#: What two variants of one input have in common when nothing else is said.
SAME_WORK = ("matrix", "vector")


@dataclass(frozen=True, slots=True)
class Violation:
    """An opcode that is executed unlike often. ``kernels`` are those where the counts differ, with
    both counts, most different first; empty when only the sums are known."""

    variant: int
    mnemonic: str
    before: int
    after: int
    kernels: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Preserved:
    """A check: what was asked for, which opcodes that came to, and what violates it."""

    asked: tuple[str, ...]
    mnemonics: tuple[str, ...]
    violations: tuple[Violation, ...]


def parse_names(text: str) -> tuple[str, ...]:
    """The categories, opcodes and opcode patterns of ``--preserve``; nothing for ``none``.

    Raises :class:`ValueError` with a sentence for a name that is none of these.
    """
    from isa_analysis.isa import nearest

    names = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if not names:
        raise ValueError("names nothing: matrix,vector or M_MM,V_* or none")
    if names == ("none",):
        return ()
    out = []
    for name in names:
        if name.lower() in CATEGORIES:
            out.append(name.lower())
        elif is_known(name):
            out.append(canonical(name))
        elif "*" in name and any(fnmatchcase(s, name) for s in spellings()):
            out.append(name)
        else:
            near = ", ".join(nearest(name))
            known = f"; near: {near}" if near else ""
            raise ValueError(
                f"{name!r} is neither an opcode nor a category ({', '.join(CATEGORIES)}){known}"
            )
    return tuple(out)


def is_meant(mnemonic: str, names: Sequence[str]) -> bool:
    """Whether ``mnemonic`` is one of ``names``: a category, an opcode or a pattern."""
    return any(name == category_of(mnemonic) or fnmatchcase(mnemonic, name) for name in names)


def check(
    variants: Sequence[Variant], matches: Sequence[Match], names: tuple[str, ...]
) -> Preserved:
    """Whether every variant executes the opcodes meant by ``names`` as often as the first."""
    found = []
    first = variants[0]
    seen: set[str] = set()
    for i, other in enumerate(variants):
        seen |= {m for m in other.whole.opcodes if is_meant(m, names)}
        for mnemonic, before, after in differing(first.whole.opcodes, other.whole.opcodes, names):
            found.append(Violation(i, mnemonic, before, after, _places(matches, i, mnemonic)))
    return Preserved(names, tuple(sorted(seen)), tuple(found))


def differing(
    old: Mapping[str, Cost], new: Mapping[str, Cost], names: Sequence[str]
) -> list[tuple[str, int, int]]:
    """Opcodes meant by ``names`` that are executed unlike often, with both counts."""
    out = []
    for mnemonic in sorted(old.keys() | new.keys()):
        before, after = old.get(mnemonic, Cost()).dynamic, new.get(mnemonic, Cost()).dynamic
        if before != after and is_meant(mnemonic, names):
            out.append((mnemonic, before, after))
    return out


def _places(
    matches: Sequence[Match], variant: int, mnemonic: str
) -> tuple[tuple[str, int, int], ...]:
    out = []
    for match in matches:
        old, new = match.kernels[0], match.kernels[variant]
        before = old.opcodes.get(mnemonic, Cost()).dynamic if old else 0
        after = new.opcodes.get(mnemonic, Cost()).dynamic if new else 0
        if before != after:
            out.append((match.label, before, after))
    return tuple(sorted(out, key=lambda p: (-abs(p[2] - p[1]), p[0])))
