"""Which loops of a kernel changed, and by what: pieces before and after, paired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from isa_analysis.budget.snapshot import KernelSnapshot, Piece
from isa_analysis.profiling.model import Cost

#: More pairs than this are matched in order instead of by likeness.
_MOST_PAIRS = 40_000


@dataclass(frozen=True, slots=True)
class LoopOpcode:
    """How one opcode changed in one loop: growth in lines, executions and cycles over all passes.

    ``cycles`` is None where they cannot be told apart from those of another loop.
    """

    mnemonic: str
    static: int
    dynamic: int
    cycles: int | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LoopDelta:
    """``count`` equal loops of a kernel that changed (the code outside loops, without trips).

    ``lines`` and ``trips`` are those after the change, unless the loop is gone.
    """

    old_trips: tuple[int, ...] | None
    new_trips: tuple[int, ...] | None
    count: int
    lines: tuple[tuple[int, int], ...]
    opcodes: tuple[LoopOpcode, ...]

    @property
    def trips(self) -> tuple[int, ...]:
        """The trip counts, outermost first."""
        if self.new_trips is not None:
            return self.new_trips
        return self.old_trips or ()


_Pair = tuple[Piece | None, Piece | None, int]


def loop_deltas(old: KernelSnapshot, new: KernelSnapshot) -> tuple[LoopDelta, ...]:
    """The pieces of a kernel that differ, most growth first.

    Summed over the result, the growth of each opcode is that of the kernel.
    """
    pairs = _paired(_surplus(old.pieces, new.pieces), _surplus(new.pieces, old.pieces))
    changes = [(pair, _changes(*pair)) for pair in pairs]
    places = Counter(o.mnemonic for _, opcodes in changes for o in opcodes if o.dynamic)
    out = []
    for (before, after, count), opcodes in changes:
        settled = [_settled(o, old, new, places[o.mnemonic]) for o in opcodes]
        settled.sort(key=lambda o: (-(o.cycles or 0), -o.dynamic, o.mnemonic))
        out.append(
            LoopDelta(
                before.trips if before else None,
                after.trips if after else None,
                count,
                after.lines if after else (),
                tuple(settled),
            )
        )
    return tuple(sorted(out, key=lambda d: (-_cycles(d), d.trips, d.lines)))


def _cycles(delta: LoopDelta) -> int:
    return sum(o.cycles or 0 for o in delta.opcodes)


def _surplus(pieces: Iterable[Piece], others: Iterable[Piece]) -> list[Piece]:
    """``pieces`` without those that are among ``others`` too, each with the count left over."""
    there = {(p.trips, p.opcodes): p.count for p in others}
    left = [(p, p.count - there.get((p.trips, p.opcodes), 0)) for p in pieces]
    return [replace(p, count=n) for p, n in left if n > 0]


def _paired(old: list[Piece], new: list[Piece]) -> list[_Pair]:
    """Old and new pieces that are probably one loop: equal trips first, then equal content in
    loops of equal depth, then likeness; what is left was added or removed."""
    left_old, left_new = [p.count for p in old], [p.count for p in new]
    ranked: list[tuple[int, int, int]] = []
    if len(old) * len(new) <= _MOST_PAIRS:
        scored = (
            (_rank(before, after), i, j)
            for i, before in enumerate(old)
            for j, after in enumerate(new)
        )
        ranked = sorted(((-rank, i, j) for rank, i, j in scored if rank), key=lambda r: r)
    else:
        ranked = [(0, i, i) for i in range(min(len(old), len(new)))]
    out: list[_Pair] = []
    for _, i, j in ranked:
        count = min(left_old[i], left_new[j])
        if count:
            out.append((old[i], new[j], count))
            left_old[i] -= count
            left_new[j] -= count
    out += [(piece, None, n) for piece, n in zip(old, left_old, strict=True) if n]
    out += [(None, piece, n) for piece, n in zip(new, left_new, strict=True) if n]
    return out


def _rank(old: Piece, new: Piece) -> int:
    """How probably two pieces are one loop; 0: they are not."""
    before = {o.mnemonic: o.static for o in old.opcodes}
    after = {o.mnemonic: o.static for o in new.opcodes}
    shared = sum(min(n, after.get(m, 0)) for m, n in before.items())
    alike = 100 * shared // max(sum(before.values()), sum(after.values()), 1)
    if old.trips == new.trips:
        return 1000 + alike
    if len(old.trips) == len(new.trips) and alike >= 50:
        return 500 + alike
    return 0


def _changes(old: Piece | None, new: Piece | None, count: int) -> list[LoopOpcode]:
    before = {o.mnemonic: o for o in old.opcodes} if old else {}
    after = {o.mnemonic: o for o in new.opcodes} if new else {}
    out = []
    for mnemonic in sorted(before.keys() | after.keys()):
        static = dynamic = cycles = 0
        for sign, piece, opcodes in ((-1, old, before), (1, new, after)):
            if piece and mnemonic in opcodes:
                times = sign * count * piece.passes
                static += sign * count * opcodes[mnemonic].static
                dynamic += times * opcodes[mnemonic].static
                cycles += times * opcodes[mnemonic].cycles
        if static or dynamic or cycles:
            lines = after[mnemonic].lines if mnemonic in after else ()
            out.append(LoopOpcode(mnemonic, static, dynamic, cycles, lines))
    return out


def _settled(
    change: LoopOpcode, old: KernelSnapshot, new: KernelSnapshot, places: int
) -> LoopOpcode:
    """``change`` with exact cycles or None.

    Where the pieces do not account for all cycles of an opcode (a memory model that prices by
    address), the kernel's own growth stands in if only one loop changed in that opcode.
    """
    m = change.mnemonic
    if all(_accounted(k, m) == k.opcodes.get(m, Cost()).total_cycles for k in (old, new)):
        return change
    growth = new.opcodes.get(m, Cost()).total_cycles - old.opcodes.get(m, Cost()).total_cycles
    return replace(change, cycles=growth if places == 1 else None)


def _accounted(kernel: KernelSnapshot, mnemonic: str) -> int:
    return sum(
        piece.passes * piece.count * opcode.cycles
        for piece in kernel.pieces
        for opcode in piece.opcodes
        if opcode.mnemonic == mnemonic
    )
