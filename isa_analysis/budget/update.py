"""Accepting the present costs: the next lock, and what it accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from isa_analysis.budget.costs import Costs
from isa_analysis.budget.delta import Delta, compare
from isa_analysis.budget.lock import (
    EntryFacts,
    Lock,
    ProgramKey,
    ToolFacts,
    differences,
    present_tool,
    tool_differences,
)
from isa_analysis.budget.snapshot import Snapshot

Status = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class ProgramChange:
    """A program before and after; ``delta`` compares it with nothing when there was nothing."""

    entry: str
    path: str
    status: Status
    clock_hz: int
    delta: Delta


@dataclass(frozen=True, slots=True)
class Update:
    """The next lock, the program changes it accepts, and changed conditions by entry."""

    lock: Lock
    changes: tuple[ProgramChange, ...]
    conditions: Mapping[str, tuple[str, ...]]


def next_lock(old: Lock | None, costs: Costs, partial: bool, tool: ToolFacts | None = None) -> Lock:
    """The lock that accepts ``costs``; with ``partial``, other programs keep theirs."""
    programs: dict[ProgramKey, Snapshot] = dict(old.programs) if old and partial else {}
    programs |= costs.programs
    facts: dict[str, EntryFacts] = dict(old.entries) if old and partial else {}
    facts |= costs.facts
    used = {entry for entry, _ in programs}
    return Lock(
        tool or present_tool(),
        {name: f for name, f in sorted(facts.items()) if name in used},
        dict(sorted(programs.items())),
    )


def mixed(old: Lock | None, costs: Costs, tool: ToolFacts | None = None) -> list[str]:
    """Why only a part of the lock cannot be renewed: the other programs would keep costs of other
    conditions. Empty when it can."""
    if old is None:
        return []
    if reasons := tool_differences(old.tool, tool or present_tool()):
        return reasons
    out = []
    for name, facts in costs.facts.items():
        others = [k for k in old.programs if k[0] == name and k not in costs.programs]
        if name in old.entries and others:
            out += [f"{name}: {why}" for why in differences(old.entries[name], facts)]
    return out


def accepted(old: Lock | None, new: Lock) -> Update:
    """What replacing ``old`` by ``new`` accepts."""
    before: Mapping[ProgramKey, Snapshot] = old.programs if old else {}
    changes = tuple(
        program_change(key, before.get(key), new.programs.get(key))
        for key in sorted(before.keys() | new.programs.keys())
    )
    conditions: dict[str, tuple[str, ...]] = {}
    if old:
        if reasons := tool_differences(old.tool, new.tool):
            conditions["all programs"] = tuple(reasons)
        for name, facts in new.entries.items():
            if name in old.entries and (why := differences(old.entries[name], facts)):
                conditions[name] = tuple(why)
    return Update(new, changes, conditions)


def program_change(key: ProgramKey, old: Snapshot | None, new: Snapshot | None) -> ProgramChange:
    """One program before and after; one of the two may be missing."""
    clock = (new or old or _EMPTY).clock_hz
    delta = compare(old or _EMPTY, new or _EMPTY)
    status: Status = "changed"
    if old is None or new is None:
        status = "added" if old is None else "removed"
    elif delta.is_empty:
        status = "same"
    return ProgramChange(key[0], key[1], status, clock, delta)


_EMPTY = Snapshot(1, (), {})
