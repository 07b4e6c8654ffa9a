"""Conflicts between the instructions of straight code, all at once.

Outside loops every address is a constant, so which of the accesses before it an instruction has to
wait for can be told without running anything. Of each engine only the latest conflicting access
counts (an engine finishes in order), and only among as many as can be unfinished at one time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow.values import WORD
from isa_analysis.schedule.ranges import WHOLE, Ranges

Ints = NDArray[np.int64]

#: Distance of memories in one line of addresses.
_SHIFT = 36
_MIDDLE = 1 << (_SHIFT - 1)
_SLOTS = 3
#: Instructions that are compared at one time; bounds temporaries to some tens of megabytes.
_BATCH = 1 << 18


@dataclass(frozen=True, slots=True)
class Group:
    """One history group: ``window`` accesses back at most (64 or fewer), of which none lasts for
    more than ``reach`` cycles of issue."""

    window: int
    reach: int


@dataclass(frozen=True, slots=True)
class Conflicts:
    """``ages[k]`` has, for instruction ``pc[k]``, 1 plus the age of the latest conflicting access
    of each group (0: none). Instructions without a conflict are left out. ``odd`` lists those that
    have to be looked at one by one (addresses that are no constants)."""

    pc: NDArray[np.int32]
    ages: NDArray[np.int8]
    odd: NDArray[np.int32]


def conflicts(
    ranges: Ranges,
    chosen: NDArray[np.bool_],
    group: NDArray[np.int8],
    clock: NDArray[np.int32],
    until: NDArray[np.int32],
    groups: Sequence[Group],
) -> Conflicts:
    """Conflicts among the instructions ``chosen`` (by pc); ``group[pc]`` is the group that each
    joins, ``clock[pc]`` counts the cycles of issue before it at least, and when it gets to
    ``until[pc]`` the instruction is finished. What lies between two chosen instructions is
    ignored."""
    counts = np.diff(ranges.first)
    pc = np.flatnonzero(chosen & (counts > 0) & (group >= 0)).astype(np.int32)
    time = clock[pc]
    farthest = max(limits.reach for limits in groups)
    found = []
    for begin in range(0, len(pc), _BATCH):
        end = min(begin + _BATCH, len(pc))
        first = int(np.searchsorted(time, int(time[begin]) - farthest))
        part = _batch(ranges, pc[first:end], counts, group, clock, until, groups)
        found.append(_from(part, int(pc[begin])))
    if not found:
        none = np.zeros(0, np.int32)
        return Conflicts(none, np.zeros((0, len(groups)), np.int8), none)
    return Conflicts(
        np.concatenate([part.pc for part in found]),
        np.concatenate([part.ages for part in found]),
        np.concatenate([part.odd for part in found]),
    )


def _from(part: Conflicts, begin: int) -> Conflicts:
    """What ``part`` says of instructions from ``begin`` on."""
    own = part.pc >= begin
    return Conflicts(part.pc[own], part.ages[own], part.odd[part.odd >= begin])


def _batch(
    ranges: Ranges,
    pc: NDArray[np.int32],
    counts: NDArray[np.int32],
    group: NDArray[np.int8],
    clock: NDArray[np.int32],
    until: NDArray[np.int32],
    groups: Sequence[Group],
) -> Conflicts:
    """Conflicts among the instructions ``pc``."""
    n = len(pc)
    low, high, write, odd = _slots(ranges, pc, counts)
    own, time, end = group[pc], clock[pc], until[pc]
    ages = np.zeros((n, len(groups)), np.int8)
    for g, limits in enumerate(groups):
        member = own == g
        members = np.flatnonzero(member)
        if not len(members):
            continue
        latest = np.cumsum(member, dtype=np.int32) - member - 1  # the member before each
        open_ = np.flatnonzero(latest >= 0)
        for age in range(limits.window):
            back = latest[open_] - age
            open_, back = open_[back >= 0], back[back >= 0]
            other = members[back]
            near = end[other] > time[open_]
            open_, other = open_[near], other[near]
            if not len(open_):
                break
            hit = _hit(low, high, write, open_, other)
            ages[open_[hit], g] = age + 1
            open_ = open_[~hit]
    some = ages.any(axis=1)
    return Conflicts(pc[some], ages[some], pc[odd])


def _slots(
    ranges: Ranges, pc: NDArray[np.int32], counts: NDArray[np.int32]
) -> tuple[list[Ints], list[Ints], list[NDArray[np.bool_]], Ints]:
    """Bounds of the ranges of each instruction in slots, all memories in one line of addresses; an
    empty slot overlaps nothing."""
    low, high, write = [], [], []
    odd = np.zeros(len(pc), np.bool_)
    for k in range(_SLOTS):
        there = counts[pc] > k
        entry = np.minimum(ranges.first[pc] + k, len(ranges.value) - 1)
        base = (ranges.memory[entry].astype(np.int64) << _SHIFT) + _MIDDLE
        length = ranges.length[entry]
        whole = length == WHOLE
        value = ranges.value[entry]
        value = np.where(value <= WORD >> 1, value, value - (WORD + 1))  # signed
        begin = base + np.where(whole, -_MIDDLE, value)
        end = np.where(whole, base + _MIDDLE, begin + length)
        low.append(np.where(there, begin, 1 << 62))
        high.append(np.where(there, end, -1))
        write.append(there & ranges.write[entry])
        odd |= there & ~whole & (ranges.value[entry] < 0)
    return low, high, write, np.flatnonzero(odd)


def _hit(
    low: list[Ints], high: list[Ints], write: list[NDArray[np.bool_]], x: Ints, y: Ints
) -> NDArray[np.bool_]:
    """Whether instruction x[k] and the earlier y[k] touch a range in common that one writes."""
    hit = np.zeros(len(x), np.bool_)
    x_parts, y_parts = _parts(low, high, write, x), _parts(low, high, write, y)
    for x_low, x_high, x_write, x_writes in x_parts:
        for y_low, y_high, y_write, y_writes in y_parts:
            if x_writes or y_writes:
                hit |= (x_low < y_high) & (y_low < x_high) & (x_write | y_write)
    return hit


def _parts(
    low: list[Ints], high: list[Ints], write: list[NDArray[np.bool_]], chosen: Ints
) -> list[tuple[Ints, Ints, NDArray[np.bool_], bool]]:
    """The slots of the ``chosen`` instructions that any of them has, and whether any writes."""
    out = []
    for k in range(_SLOTS):
        ends = high[k][chosen]
        if (ends >= 0).any():
            writes = write[k][chosen]
            out.append((low[k][chosen], ends, writes, bool(writes.any())))
    return out
