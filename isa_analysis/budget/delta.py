"""What changed between two snapshots of a program: kernels, opcodes, and the loops behind them.

Kernels are matched by name; those left over are renames when their content is the same, or nearly.
Loops are matched by trip counts and content, since they have no names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from isa_analysis.budget.loops import LoopDelta, loop_deltas
from isa_analysis.budget.snapshot import KernelSnapshot, Snapshot
from isa_analysis.profiling.model import Cost

Status = Literal["same", "changed", "added", "removed", "renamed"]

#: Kernels whose content agrees at least this much (percent) are one kernel renamed and changed.
_ALIKE = 60
#: More pairs than this are not compared for being alike, only for being equal.
_MOST_PAIRS = 40_000


@dataclass(frozen=True, slots=True)
class OpcodeDelta:
    """One opcode before and after."""

    mnemonic: str
    old: Cost
    new: Cost

    @property
    def cycles(self) -> int:
        """Growth in cycles."""
        return self.new.total_cycles - self.old.total_cycles

    @property
    def dynamic(self) -> int:
        """Growth in executed instructions."""
        return self.new.dynamic - self.old.dynamic

    @property
    def static(self) -> int:
        """Growth in lines of code."""
        return self.new.static - self.old.static


@dataclass(frozen=True, slots=True)
class KernelDelta:
    """One kernel before and after; ``opcodes`` and ``loops`` hold what changed."""

    status: Status
    old: KernelSnapshot | None
    new: KernelSnapshot | None
    opcodes: tuple[OpcodeDelta, ...]
    loops: tuple[LoopDelta, ...]

    @property
    def label(self) -> str:
        """The present name, or the last one."""
        kernel = self.new or self.old
        return kernel.label if kernel else ""

    @property
    def old_cost(self) -> Cost:
        """Before; nothing for an added kernel."""
        return self.old.cost if self.old else Cost()

    @property
    def new_cost(self) -> Cost:
        """After; nothing for a removed kernel."""
        return self.new.cost if self.new else Cost()

    @property
    def cycles(self) -> int:
        """Growth in cycles."""
        return self.new_cost.total_cycles - self.old_cost.total_cycles

    @property
    def dynamic(self) -> int:
        """Growth in executed instructions."""
        return self.new_cost.dynamic - self.old_cost.dynamic


@dataclass(frozen=True, slots=True)
class Delta:
    """Two snapshots compared; ``kernels`` are those that differ, most growth first."""

    old: Cost
    new: Cost
    kernels: tuple[KernelDelta, ...]
    opcodes: tuple[OpcodeDelta, ...]
    partners: Mapping[tuple[str, ...], KernelSnapshot]
    old_memory: Mapping[str, int] = field(default_factory=dict)
    new_memory: Mapping[str, int] = field(default_factory=dict)

    @property
    def cycles(self) -> int:
        """Growth in cycles."""
        return self.new.total_cycles - self.old.total_cycles

    @property
    def dynamic(self) -> int:
        """Growth in executed instructions."""
        return self.new.dynamic - self.old.dynamic

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.kernels or self.opcodes or self.old_memory != self.new_memory)


def compare(old: Snapshot, new: Snapshot) -> Delta:
    """``old`` and ``new`` compared; ``partners`` of the result maps the path of each present kernel
    to the kernel it was."""
    before = {k.path: k for k in old.kernels}
    after = {k.path: k for k in new.kernels}
    removed = [k for k in old.kernels if k.path not in after]
    added = [k for k in new.kernels if k.path not in before]
    renames = _renames(removed, added)
    partners = {path: before[path] for path in after if path in before} | renames
    taken = {kernel.path for kernel in renames.values()}
    kernels = []
    for kernel in new.kernels:
        partner = partners.get(kernel.path)
        delta = _kernel_delta(partner, kernel)
        if delta.status != "same":
            kernels.append(delta)
    kernels += [_kernel_delta(k, None) for k in removed if k.path not in taken]
    kernels.sort(key=lambda d: (-d.cycles, -d.dynamic, d.label))
    return Delta(
        old.cost,
        new.cost,
        tuple(kernels),
        opcode_deltas(old.opcodes, new.opcodes),
        partners,
        old.memory,
        new.memory,
    )


def opcode_deltas(old: Mapping[str, Cost], new: Mapping[str, Cost]) -> tuple[OpcodeDelta, ...]:
    """The opcodes that differ, most growth first."""
    rows = [OpcodeDelta(m, old.get(m, Cost()), new.get(m, Cost())) for m in {**old, **new}]
    changed = [r for r in rows if r.old != r.new]
    return tuple(sorted(changed, key=lambda r: (-r.cycles, -r.dynamic, r.mnemonic)))


def _kernel_delta(old: KernelSnapshot | None, new: KernelSnapshot | None) -> KernelDelta:
    opcodes = opcode_deltas(old.opcodes if old else {}, new.opcodes if new else {})
    if old is None or new is None:
        status: Status = "removed" if new is None else "added"
        return KernelDelta(status, old, new, opcodes, ())
    if old.path != new.path:
        status = "renamed"
    elif (old.cost, old.opcodes, old.pieces, old.calls) == (
        new.cost, new.opcodes, new.pieces, new.calls
    ):  # fmt: skip
        status = "same"
    else:
        status = "changed"
    return KernelDelta(status, old, new, opcodes, loop_deltas(old, new))


def _renames(
    removed: Sequence[KernelSnapshot], added: Sequence[KernelSnapshot]
) -> dict[tuple[str, ...], KernelSnapshot]:
    """Path of an added kernel -> the removed kernel that it was."""
    out: dict[tuple[str, ...], KernelSnapshot] = {}
    left = list(removed)
    waiting: dict[object, list[KernelSnapshot]] = {}
    for kernel in removed:
        waiting.setdefault(_content(kernel), []).append(kernel)
    rest = []
    for kernel in added:
        equal = waiting.get(_content(kernel))
        if kernel.cost.dynamic and equal:
            out[kernel.path] = equal.pop(0)
            left.remove(out[kernel.path])
        else:
            rest.append(kernel)
    if len(left) * len(rest) <= _MOST_PAIRS:
        scores = sorted(
            (-score, a.path, r.path, a, r)
            for a in rest
            for r in left
            if (score := _likeness(r.opcodes, a.opcodes)) >= _ALIKE
        ) if left else []  # fmt: skip
        used: set[tuple[str, ...]] = set()
        for _, new_path, old_path, _, kernel in scores:
            if new_path not in out and old_path not in used:
                out[new_path] = kernel
                used.add(old_path)
    return out


def _content(kernel: KernelSnapshot) -> object:
    if kernel.opcodes:
        return (tuple(kernel.opcodes.items()), kernel.pieces)
    return (kernel.cost, kernel.calls)


def _likeness(old: Mapping[str, Cost], new: Mapping[str, Cost]) -> int:
    """The part of the lines of code that two kernels share by opcode, in percent."""
    both = sum(min(old[m].static, new[m].static) for m in old.keys() & new.keys())
    most = max(sum(c.static for c in old.values()), sum(c.static for c in new.values()))
    return 100 * both // most if most else 0
