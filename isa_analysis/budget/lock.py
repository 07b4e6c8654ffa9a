"""The lock: the accepted costs, one kernel a line, in ``isa-budget.lock.json``.

Everything in it is an integer or a name, sorted, and nothing in it depends on where a program
stands in its file or on sums over kernels, so that two branches which changed different kernels
merge without a conflict.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from isa_analysis.budget import codec
from isa_analysis.budget.codec import Malformed
from isa_analysis.budget.snapshot import Snapshot, snapshot_of
from isa_analysis.diagnostics import error

if TYPE_CHECKING:
    from isa_analysis.diagnostics import InputError

FORMAT = "isa-budget-lock"
#: Grows when the form of the lock changes.
SCHEMA_VERSION = 1
#: Grows when the same program on the same board begins to cost something else.
MODEL_VERSION = 1
LOCK_NAME = "isa-budget.lock.json"

#: Largest lock that is read, bytes.
MAX_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the programs of one budget entry were costed for."""

    board: str
    board_sha256: str
    overrides: tuple[str, ...]
    timing: str
    memory: str
    isa: str
    kernel_rules_sha256: str
    clock_hz: int
    parameters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """What the tool was. ``tool_version`` alone does not make locks differ."""

    isa_table: str
    model_version: int
    tool_version: str = field(compare=False)


#: A program of a lock: the entry's name, and the path relative to the config's folder.
ProgramKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lock:
    """A whole lock."""

    tool: ToolFacts
    entries: Mapping[str, EntryFacts]
    programs: Mapping[ProgramKey, Snapshot]


def present_tool() -> ToolFacts:
    """The facts of the tool that runs now."""
    from isa_analysis._version import __version__
    from isa_analysis.isa import table_hash

    return ToolFacts(table_hash(), MODEL_VERSION, __version__)


def dump(lock: Lock) -> str:
    """The text of the lock file."""
    head = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "tool_version": lock.tool.tool_version,
        "isa_table": lock.tool.isa_table,
        "model_version": lock.tool.model_version,
    }
    lines = ["{", *(f" {json.dumps(k)}: {json.dumps(v)}," for k, v in head.items())]
    entries = [
        f"  {codec.compact(name)}: {codec.compact(_facts_to_plain(facts))}"
        for name, facts in sorted(lock.entries.items())
    ]
    lines += [' "entries": {', ",\n".join(entries), " },", ' "programs": [']
    programs = []
    for (entry, path), snapshot in sorted(lock.programs.items()):
        kernels = ",\n".join(
            f"   {codec.compact(codec.kernel_to_plain(k, lines=False))}" for k in snapshot.kernels
        )
        programs.append(
            f'  {{"entry": {codec.compact(entry)}, "path": {codec.compact(path)}, '
            f'"memory": {codec.compact(dict(sorted(snapshot.memory.items())))}, "kernels": [\n'
            f"{kernels}\n  ]}}"
        )
    lines += [",\n".join(programs), " ]", "}"]
    return "\n".join(line for line in lines if line) + "\n"


def read_lock(path: str) -> Lock | None:
    """The lock at ``path``; None when there is no such file.

    Raises :class:`InputError`: E410 when it is no lock or damaged, E411 when a newer tool wrote it.
    """
    from isa_analysis.config import read_bytes

    if not Path(path).exists():
        return None
    return parse_lock(read_bytes(path, MAX_BYTES), path)


def parse_lock(data: bytes, path: str) -> Lock:
    """The lock in ``data``; ``path`` is for diagnostics. Raises as :func:`read_lock`."""
    for marker in (b"\n<<<<<<< ", b"\n>>>>>>> "):
        if marker in data:
            line = data.index(marker)
            raise _damaged(path, "an unresolved merge conflict", data[: line + 1].count(b"\n") + 1)
    try:
        value = codec.load(data)
        top = codec.mapping(value)
        if top.get("format") != FORMAT:
            raise Malformed(f"no lock: its format is not {FORMAT!r}")
        version = top.get("schema_version")
        if version != SCHEMA_VERSION:
            raise error(
                "E411",
                f"the lock has schema version {version!r:.20}; this tool reads {SCHEMA_VERSION}",
                path=path,
                hint="use the isa-analysis version that wrote it, or write a new lock: "
                "isa-analysis update",
            )
        return _lock_from_plain(top)
    except Malformed as problem:
        raise _damaged(path, str(problem)) from None


def _lock_from_plain(top: Mapping[str, object]) -> Lock:
    keys = {"format", "schema_version", "tool_version", "isa_table", "model_version"}
    codec.mapping(top, keys | {"entries", "programs"})
    tool = ToolFacts(
        codec.text(top["isa_table"]),
        codec.count(top["model_version"]),
        codec.text(top["tool_version"]),
    )
    entries = {
        codec.text(name): _facts_from_plain(facts)
        for name, facts in codec.mapping(top["entries"]).items()
    }
    programs: dict[ProgramKey, Snapshot] = {}
    for value in codec.sequence(top["programs"]):
        program = codec.mapping(value, {"entry", "path", "memory", "kernels"})
        key = (codec.text(program["entry"]), codec.text(program["path"]))
        if key[0] not in entries:
            raise Malformed(f"{key[1]!r} belongs to the entry {key[0]!r}, which is not there")
        if key in programs:
            raise Malformed(f"{key[1]!r} of {key[0]!r} occurs twice")
        kernels = [codec.kernel_from_plain(k) for k in codec.sequence(program["kernels"])]
        if len({k.path for k in kernels}) != len(kernels):
            raise Malformed(f"a kernel of {key[1]!r} occurs twice")
        memory = codec.integers_by_name(program["memory"])
        programs[key] = snapshot_of(entries[key[0]].clock_hz, kernels, memory)
    return Lock(tool, entries, programs)


def _facts_to_plain(facts: EntryFacts) -> dict[str, object]:
    return {
        "board": facts.board,
        "board_sha256": facts.board_sha256,
        "overrides": list(facts.overrides),
        "timing": facts.timing,
        "memory": facts.memory,
        "isa": facts.isa,
        "kernel_rules_sha256": facts.kernel_rules_sha256,
        "clock_hz": facts.clock_hz,
        "parameters": dict(sorted(facts.parameters.items())),
    }


def _facts_from_plain(value: object) -> EntryFacts:
    v = codec.mapping(
        value,
        {
            "board", "board_sha256", "overrides", "timing", "memory", "isa",
            "kernel_rules_sha256", "clock_hz", "parameters",
        },
    )  # fmt: skip
    clock = codec.count(v["clock_hz"])
    if clock == 0:
        raise Malformed("a clock of 0 Hz")
    return EntryFacts(
        codec.text(v["board"]),
        codec.text(v["board_sha256"]),
        tuple(codec.text(o) for o in codec.sequence(v["overrides"])),
        codec.text(v["timing"]),
        codec.text(v["memory"]),
        codec.text(v["isa"]),
        codec.text(v["kernel_rules_sha256"]),
        clock,
        codec.integers_by_name(v["parameters"]),
    )


def _damaged(path: str, what: str, line: int = 0) -> InputError:
    return error(
        "E410",
        f"the lock cannot be used: {what}",
        path=path,
        line=line,
        hint="restore it from version control, or accept the present costs: isa-analysis update",
    )


def differences(locked: EntryFacts, present: EntryFacts) -> list[str]:
    """Why costs under the two conditions cannot be compared; empty when they can."""
    out = []
    if locked.board != present.board:
        out.append(f"board: {locked.board} in the lock, now {present.board}")
    elif locked.board_sha256 != present.board_sha256:
        out.append(
            f"board {present.board} changed: sha256 {locked.board_sha256[:12]} in the lock, "
            f"now {present.board_sha256[:12]}"
        )
    if locked.overrides != present.overrides:
        before, after = (", ".join(f.overrides) or "none" for f in (locked, present))
        out.append(f"machine parameters (set): {before} in the lock, now {after}")
    for what in ("timing", "memory", "isa"):
        before, after = getattr(locked, what), getattr(present, what)
        if before != after:
            out.append(f"{what}: {before} in the lock, now {after}")
    if locked.kernel_rules_sha256 != present.kernel_rules_sha256:
        out.append("kernel-naming rules changed")
    if not out and (locked.clock_hz, locked.parameters) != (present.clock_hz, present.parameters):
        out.append("clock or machine parameters changed")
    return out


def tool_differences(locked: ToolFacts, present: ToolFacts) -> list[str]:
    """Why costs of the two tools cannot be compared; empty when they can."""
    versions = f"isa-analysis {locked.tool_version} in the lock, now {present.tool_version}"
    out = []
    if locked.isa_table != present.isa_table:
        out.append(
            f"tool: the instruction table changed, {locked.isa_table[:12]} in the lock, "
            f"now {present.isa_table[:12]} ({versions})"
        )
    if locked.model_version != present.model_version:
        out.append(
            f"tool: the cost model changed, version {locked.model_version} in the lock, "
            f"now {present.model_version} ({versions})"
        )
    return out
