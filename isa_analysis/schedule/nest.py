"""The loops of a program as a tree over its code."""

from __future__ import annotations

from dataclasses import dataclass, field

from isa_analysis.assembly.loops import Loop


@dataclass(slots=True)
class Nest:
    """Which loop stands in which, by position. ``chain`` holds the loops that are being walked,
    outermost first."""

    loops: tuple[Loop, ...]
    instructions: int
    parent: list[int]
    inner: dict[int, list[int]]
    chain: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, loops: tuple[Loop, ...], instructions: int) -> Nest:
        """The nest of ``loops`` in order of their starts. C_BREAK may end a loop before loops that
        were opened inside it begin: those count as siblings."""
        parent: list[int] = []
        inner: dict[int, list[int]] = {}
        stack: list[int] = []
        for index, loop in enumerate(loops):
            while stack and loops[stack[-1]].end < loop.start:
                stack.pop()
            above = stack[-1] if stack else -1
            parent.append(above)
            inner.setdefault(above, []).append(index)
            stack.append(index)
        return cls(loops, instructions, parent, inner)

    def children(self, loop: int) -> list[int]:
        """The loops directly inside ``loop`` (-1: the program), in order."""
        return self.inner.get(loop, [])

    def body(self, loop: int) -> tuple[int, int]:
        """First instruction of the body, and one past its last, C_LOOP_END included."""
        found = self.loops[loop]
        return found.start + 1, min(found.end + 1, self.instructions)

    def trip(self, loop: int) -> int:
        """Trip count."""
        return self.loops[loop].trip
