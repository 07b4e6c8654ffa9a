"""The whole change from one variant to another, taken apart: by kernel, opcode and category.

Each of the three accounts for the total change exactly: their deltas sum to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from isa_analysis.compare.match import Match
from isa_analysis.compare.variant import Figures, Variant, categories
from isa_analysis.profiling.model import Cost

Status = Literal["same", "changed", "renamed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One kernel, opcode or category before and after. ``name`` is the present one, ``was`` another
    name that it had; ``opcodes`` are those of a kernel that changed."""

    name: str
    before: Cost
    after: Cost
    status: Status = "changed"
    was: str = ""
    opcodes: tuple[Change, ...] = field(default=())

    @property
    def delta(self) -> int:
        """Growth in cycles."""
        return self.after.total_cycles - self.before.total_cycles

    @property
    def dynamic(self) -> int:
        """Growth in executed instructions."""
        return self.after.dynamic - self.before.dynamic

    @property
    def static(self) -> int:
        """Growth in instructions in the text."""
        return self.after.static - self.before.static


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from the first variant to variant number ``to``.

    ``kernels`` holds every kernel of either, ``opcodes`` every opcode, ``categories`` all five;
    those that moved the total most come first.
    """

    to: int
    before: Cost
    after: Cost
    kernels: tuple[Change, ...]
    opcodes: tuple[Change, ...]
    categories: tuple[Change, ...]

    @property
    def delta(self) -> int:
        """Growth in cycles."""
        return self.after.total_cycles - self.before.total_cycles

    def share(self, change: Change) -> float | None:
        """The part of the total change that ``change`` is, in percent; beyond 100 or negative where
        others work against it. None when the total did not change."""
        if not self.delta:
            return None
        return 100 * change.delta / self.delta if change.delta else 0.0


def changes(first: Variant, other: Variant, to: int, matches: Sequence[Match]) -> Changes:
    """The changes from ``first`` to ``other``, which is number ``to`` in ``matches``."""
    kernels = []
    for match in matches:
        old, new = match.kernels[0], match.kernels[to]
        if old is None and new is None:
            continue
        before, after = old.cost if old else Cost(), new.cost if new else Cost()
        known = first.per_kernel and other.per_kernel
        opcodes = opcode_changes(
            old.opcodes if old and known else {}, new.opcodes if new and known else {}
        )
        status = status_of(old, new)
        kernel = new or old
        assert kernel is not None
        was = old.label if old and status == "renamed" else ""
        kernels.append(Change(kernel.label, before, after, status, was, opcodes))
    sums = categories(first.whole.opcodes), categories(other.whole.opcodes)
    return Changes(
        to,
        first.whole.cost,
        other.whole.cost,
        _ordered(kernels),
        _ordered(
            _change(m, first.whole.opcodes, other.whole.opcodes)
            for m in {**first.whole.opcodes, **other.whole.opcodes}
        ),
        tuple(_change(name, *sums) for name in sums[0]),
    )


def status_of(old: Figures | None, new: Figures | None) -> Status:
    """What became of a kernel; one of the two is there. Kernels whose instructions are not both
    known are the same when they cost the same."""
    if old is None or new is None:
        return "removed" if new is None else "added"
    if old.path != new.path:
        return "renamed"
    if old.fingerprint is None or new.fingerprint is None:
        return "same" if old.cost == new.cost else "changed"
    return "same" if (old.cost, old.fingerprint) == (new.cost, new.fingerprint) else "changed"


def opcode_changes(old: Mapping[str, Cost], new: Mapping[str, Cost]) -> tuple[Change, ...]:
    """The opcodes that differ, those that moved most first."""
    return _ordered(_change(m, old, new) for m in {**old, **new} if old.get(m) != new.get(m))


def _change(name: str, old: Mapping[str, Cost], new: Mapping[str, Cost]) -> Change:
    before, after = old.get(name), new.get(name)
    status: Status = "same" if before == after else "changed"
    if before is None or after is None:
        status = "added" if before is None else "removed"
    return Change(name, before or Cost(), after or Cost(), status)


def _ordered(rows: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(
        sorted(rows, key=lambda c: (-abs(c.delta), -abs(c.dynamic), -abs(c.static), c.name))
    )
