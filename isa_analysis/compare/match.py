"""Which kernel of one variant is which of another: by name, then by content.

Content is the normalised instructions: equal ones in equal order first, then equal ones in another
order, then the kernels whose executed instructions agree most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isa_analysis.compare.variant import Figures, Variant
from isa_analysis.profiling.model import Cost

#: Kernels whose executed instructions agree at least this much (percent) are one kernel, renamed.
ALIKE = 60
#: More pairs than this are not compared for being alike, only for being equal.
_MOST_PAIRS = 40_000


@dataclass(frozen=True, slots=True)
class Match:
    """One kernel in every variant, None where it is missing. ``by`` says for each variant how it
    was matched: ``name``, ``content``, ``order``, ``likeness``, or empty for the first to have it.
    """

    kernels: tuple[Figures | None, ...]
    by: tuple[str, ...]

    @property
    def first(self) -> Figures:
        """The kernel in the first variant that has it."""
        return next(k for k in self.kernels if k is not None)

    @property
    def label(self) -> str:
        """Its name there."""
        return self.first.label


def matched(variants: Sequence[Variant]) -> tuple[Match, ...]:
    """Every kernel of every variant exactly once: those of the first variant in its order, then
    what the others have besides."""
    rows: list[list[Figures | None]] = []
    how: list[list[str]] = []
    for i, variant in enumerate(variants):
        there = [next(k for k in row if k is not None) for row in rows]
        found = _paired(there, variant.kernels)
        taken = {row: (kernel, by) for kernel, row, by in found if row is not None}
        for number, row in enumerate(rows):
            kernel, by = taken.get(number, (None, ""))
            row.append(kernel)
            how[number].append(by)
        for kernel, place, _ in found:
            if place is None:
                rows.append([None] * i + [kernel])
                how.append([""] * (i + 1))
    return tuple(Match(tuple(r), tuple(h)) for r, h in zip(rows, how, strict=True))


def _paired(
    old: Sequence[Figures], new: Sequence[Figures]
) -> list[tuple[Figures, int | None, str]]:
    """Each of ``new`` with the index of the one of ``old`` that it is, and how that was found."""
    by_path = {kernel.path: i for i, kernel in enumerate(old)}
    out: dict[int, tuple[int, str]] = {}
    for j, kernel in enumerate(new):
        if kernel.path in by_path:
            out[j] = (by_path[kernel.path], "name")
    used = {i for i, _ in out.values()}
    for by in ("content", "order"):
        waiting: dict[str, list[int]] = {}
        for i, kernel in enumerate(old):
            if i not in used and (key := _content(kernel, by)):
                waiting.setdefault(key, []).append(i)
        for j, kernel in enumerate(new):
            if j not in out and (key := _content(kernel, by)) and waiting.get(key):
                i = waiting[key].pop(0)
                out[j] = (i, by)
                used.add(i)
    left = [i for i in range(len(old)) if i not in used and old[i].opcodes]
    rest = [j for j in range(len(new)) if j not in out and new[j].opcodes]
    if left and rest and len(left) * len(rest) <= _MOST_PAIRS:
        scores = sorted(
            (-score, j, i)
            for j in rest
            for i in left
            if (score := likeness(old[i].opcodes, new[j].opcodes)) >= ALIKE
        )
        for _, j, i in scores:
            if j not in out and i not in used:
                out[j] = (i, "likeness")
                used.add(i)
    return [(kernel, *out.get(j, (None, ""))) for j, kernel in enumerate(new)]


def _content(kernel: Figures, by: str) -> str:
    print_ = kernel.fingerprint
    if print_ is None or not print_.count:
        return ""
    return print_.ordered if by == "content" else print_.unordered


def likeness(old: Mapping[str, Cost], new: Mapping[str, Cost]) -> int:
    """The part of the executed instructions that two kernels share by opcode, in percent.

    Rolled and unrolled code of one operation executes the same arithmetic, so executions tell it
    better than lines do.
    """
    both = sum(min(old[m].dynamic, new[m].dynamic) for m in old.keys() & new.keys())
    most = max(sum(c.dynamic for c in old.values()), sum(c.dynamic for c in new.values()))
    return 100 * both // most if most else 0
