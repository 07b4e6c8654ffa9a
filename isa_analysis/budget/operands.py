"""What ``isa-analysis diff`` compares: files, revisions of files, JSON profiles, locks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from isa_analysis.budget import codec
from isa_analysis.budget.codec import Malformed
from isa_analysis.budget.lock import FORMAT as LOCK_FORMAT
from isa_analysis.budget.lock import EntryFacts, Lock, ProgramKey, parse_lock
from isa_analysis.budget.snapshot import KernelSnapshot, Snapshot
from isa_analysis.diagnostics import error
from isa_analysis.profiling.model import Cost

if TYPE_CHECKING:
    from isa_analysis.assembly.program import Program

_PROFILE_FORMAT = "isa-analysis-profile"
_PROFILE_VERSION = 1

#: Seconds that git may take.
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of a diff: programs by name, and the lines of an assembly file (else empty).

    ``conditions`` describes board and model, where the operand holds them itself.
    """

    name: str
    programs: Mapping[ProgramKey, Snapshot]
    lines: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


def split_revision(spec: str) -> tuple[str, str] | None:
    """(revision, path) of ``HEAD~1:decoder.asm`` or ``HEAD~1: decoder.asm``; the path is empty in
    ``HEAD~1:``. None for what is no such thing, in particular an existing file."""
    revision, colon, path = spec.partition(":")
    if not colon or not revision.strip() or Path(spec).exists():
        return None
    return revision.strip(), path.strip()


def load_pair(
    old: str, new: str | None, cost: Callable[[Program], Snapshot], isa: str = "auto"
) -> tuple[Operand, Operand]:
    """Both sides of a diff. ``cost`` prices assembly.

    ``REV:`` alone on one side means the file of the other side at that revision; ``REV:path``
    without the other side is compared with the file as it is now. Raises :class:`InputError`, E420
    for a revision that git does not have, E421 for sides that are not of one kind.
    """
    there = split_revision(old)
    if new is None:
        if there is None or not there[1]:
            raise error(
                "E421",
                "two things to compare are needed",
                path=old,
                hint="for example: isa-analysis diff HEAD~1:decoder.asm, or two files",
            )
        new = there[1]
    here = split_revision(new)
    if there is not None and not there[1]:
        old = f"{there[0]}:{here[1] if here else new}"
    if here is not None and not here[1]:
        new = f"{here[0]}:{there[1] if there else old}"
    return _load(old, cost, isa), _load(new, cost, isa)


def _load(spec: str, cost: Callable[[Program], Snapshot], isa: str) -> Operand:
    revision = split_revision(spec)
    if revision is not None:
        name = f"{revision[0]}:{revision[1]}"
        data = _at_revision(*revision)
        if revision[1].endswith(".json"):
            return _from_json(data, name)
        return _from_assembly(name, _unpacked(data, revision[1]), cost, isa)
    if spec.endswith(".json"):
        from isa_analysis.config import read_bytes

        return _from_json(read_bytes(spec, 1 << 30), spec)
    return _from_assembly(spec, None, cost, isa)


def _from_assembly(
    name: str, data: bytes | None, cost: Callable[[Program], Snapshot], isa: str
) -> Operand:
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.assembly.parse import parse_source
    from isa_analysis.assembly.source import Source, chunks, open_source

    source = open_source(name) if data is None else Source(name, None, BytesIO(data))
    program = parse_source(source, ParseOptions(isa), None)  # type: ignore[arg-type]
    handle = source.open()
    try:
        text = b"".join(chunks(source, handle))
    finally:
        if source.data is None:
            handle.close()
    lines = tuple(text.decode("utf-8", "replace").splitlines())
    return Operand(name, {("", ""): cost(program)}, lines)


def _at_revision(revision: str, path: str) -> bytes:
    """The content of ``path`` (relative to the working folder) at a git revision."""
    name = f"{revision}:{path}"
    if revision.startswith("-"):
        raise error("E420", f"{revision!r} is no git revision", path=name)
    target = Path(path)
    folder = target.parent if target.is_absolute() else Path()
    inside = target.name if target.is_absolute() else target.as_posix()
    command = ["git", "-C", str(folder), "show", f"{revision}:./{inside}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        raise error("E420", f"git cannot be asked: {problem}", path=name) from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise error(
            "E420",
            f"git does not have it: {reason[-1] if reason else 'no reason given'}",
            path=name,
            hint="REV:path, for example HEAD~1:decoder.asm",
        )
    return done.stdout


def _unpacked(data: bytes, path: str) -> bytes:
    import gzip
    import lzma
    import zlib

    try:
        if path.endswith(".gz"):
            return gzip.decompress(data)
        return lzma.decompress(data) if path.endswith(".xz") else data
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as problem:
        raise error("E202", f"cannot be read: {problem}", path=path) from None


# -- JSON ------------------------------------------------------------------------------------------


def _from_json(data: bytes, path: str) -> Operand:
    """A JSON profile, or a lock."""
    if f'"{LOCK_FORMAT}"'.encode() in data[:200]:
        return _from_lock(parse_lock(data, path), path)
    try:
        top = codec.mapping(codec.load(data))
        if top.get("format") != _PROFILE_FORMAT:
            raise Malformed(f"it is neither an {_PROFILE_FORMAT} nor an {LOCK_FORMAT}")
        if top.get("format_version") != _PROFILE_VERSION:
            raise Malformed(f"its format_version is not {_PROFILE_VERSION}")
        return _from_profile(top, path)
    except Malformed as problem:
        raise error("E421", f"this JSON cannot be compared: {problem}", path=path) from None


def _from_lock(lock: Lock, path: str) -> Operand:
    conditions = tuple(f"{name}: {_facts(facts)}" for name, facts in sorted(lock.entries.items()))
    return Operand(path, lock.programs, (), conditions)


def _facts(f: EntryFacts) -> str:
    overrides = f" ({', '.join(f.overrides)})" if f.overrides else ""
    return f"board {f.board} {f.board_sha256[:12]}{overrides}, timing {f.timing}, memory {f.memory}"


def _from_profile(top: Mapping[str, object], path: str) -> Operand:
    """A profile has costs per kernel and per opcode, but not per kernel and opcode."""
    board, model = codec.mapping(top.get("board")), codec.mapping(top.get("model"))
    clock = codec.count(board.get("clock_hz"))
    if not clock:
        raise Malformed("a clock of 0 Hz")
    kernels: dict[tuple[str, ...], KernelSnapshot] = {}
    for value in codec.sequence(top.get("kernels")):
        k = codec.mapping(value)
        name = tuple(codec.text(part) for part in codec.sequence(k.get("path")))
        keys = ("static", "dynamic", "compute_cycles", "memory_cycles")
        cost = Cost(*(codec.count(k.get(key)) for key in keys))
        if name in kernels:
            raise Malformed(f"the kernel {name!r} occurs twice")
        kernels[name] = KernelSnapshot(name, codec.count(k.get("calls")), cost)
    opcodes: dict[str, Cost] = {}
    for value in codec.sequence(top.get("opcodes")):
        o = codec.mapping(value)
        mnemonic, cycles = codec.text(o.get("mnemonic")), codec.count(o.get("cycles"))
        is_memory = o.get("category") == "memory"
        opcodes[mnemonic] = Cost(
            codec.count(o.get("static")),
            codec.count(o.get("dynamic")),
            0 if is_memory else cycles,
            cycles if is_memory else 0,
        )
    snapshot = Snapshot(clock, tuple(kernels[name] for name in sorted(kernels)), opcodes)
    conditions = (
        f"board {board.get('name')} {str(board.get('sha256'))[:12]}, "
        f"timing {model.get('timing')}, memory {model.get('memory')}",
    )
    return Operand(path, {("", ""): snapshot}, (), conditions)
