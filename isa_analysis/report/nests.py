"""Loop nests: outermost loops with the loops in them, grouped by their trip counts."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.assembly.program import Program


@dataclass(frozen=True, slots=True)
class Nests:
    """``root[i]`` is the outermost loop around loop i; ``shape_of_loop[i]`` indexes ``shapes``: the
    trip counts from the outermost loop down to loop i, like ``loop 4 x 16``; ``leaf[i]`` is True
    for a loop without loops in it."""

    root: tuple[int, ...]
    shape_of_loop: tuple[int, ...]
    shapes: tuple[str, ...]
    leaf: tuple[bool, ...]


def nests_of(program: Program) -> Nests:
    """The nests of ``program``."""
    root: list[int] = []
    text: list[str] = []
    leaf = [True] * len(program.loops)
    number: dict[str, int] = {}
    shape: list[int] = []
    for i, loop in enumerate(program.loops):
        if loop.parent >= 0:
            leaf[loop.parent] = False
        root.append(root[loop.parent] if loop.parent >= 0 else i)
        text.append(f"{text[loop.parent]} x {loop.trip}" if loop.parent >= 0 else f"{loop.trip}")
        shape.append(number.setdefault(text[i], len(number)))
    return Nests(tuple(root), tuple(shape), tuple(f"loop {t}" for t in number), tuple(leaf))
