"""The present costs of a budget's programs: from the cache, or measured, in parallel if it pays."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from isa_analysis.budget.cache import CACHE_NAME, Cache, cache_key
from isa_analysis.budget.config import Budget, Entry
from isa_analysis.budget.discover import Job, shown_path
from isa_analysis.budget.lock import EntryFacts, ProgramKey, ToolFacts, present_tool
from isa_analysis.budget.metrics import needs_traffic
from isa_analysis.diagnostics import Diagnostic, InputError, error

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.budget.snapshot import Snapshot
    from isa_analysis.kernels import KernelRules
    from isa_analysis.profiling import ModelOptions

#: A snapshot, or diagnostics and how many were left out: the exception itself cannot be pickled.
Outcome: TypeAlias = "Snapshot | tuple[tuple[Diagnostic, ...], int]"

#: Bytes of assembly below which a second process costs more than it saves.
PAYS = 8 << 20

_DEFAULT_RULES = "kernels/default_rules.yaml"


@dataclass(frozen=True, slots=True)
class Costs:
    """Present costs by program, and the facts of their entries."""

    facts: Mapping[str, EntryFacts]
    programs: Mapping[ProgramKey, Snapshot]


@dataclass(frozen=True, slots=True)
class Task:
    """One file to measure; everything in it can go to another process."""

    path: str
    isa: str
    board: LoadedBoard
    options: ModelOptions
    rules: KernelRules


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The loaded conditions of an entry; ``traffic`` says that addresses are to be followed."""

    entry: Entry
    board: LoadedBoard
    rules_path: str | None
    facts: EntryFacts
    traffic: bool


def gather(budget: Budget, jobs: Sequence[Job], use_cache: bool = True) -> Costs:
    """The costs of ``jobs``. Raises :class:`InputError` with the problems of all of them."""
    conditions = _conditions(budget, {job.entry.name: job.entry for job in jobs}.values())
    facts = {name: c.facts for name, c in conditions.items()}
    cache = Cache(budget.folder / CACHE_NAME) if use_cache else None
    tool = present_tool()
    problems: list[Diagnostic] = []
    omitted = 0
    found: dict[ProgramKey, Snapshot] = {}
    missing: list[tuple[ProgramKey, str, str]] = []
    for job in jobs:
        path = shown_path(budget.folder, job.path)
        key: ProgramKey = (job.entry.name, job.path)
        try:
            name = _key(path, conditions[job.entry.name], tool)
        except InputError as problem:
            problems += problem.diagnostics
            continue
        stored = cache.get(name) if cache else None
        if stored is not None:
            found[key] = stored
        else:
            missing.append((key, path, name))
    tasks = _tasks([(path, conditions[key[0]]) for key, path, _ in missing])
    for (key, path, name), outcome in zip(missing, run(tasks), strict=True):
        if isinstance(outcome, tuple):
            problems += outcome[0]
            omitted += outcome[1]
            continue
        found[key] = outcome
        with suppress(InputError):
            # A file that changed while it was read must not be stored under its old content.
            if cache and name == _key(path, conditions[key[0]], tool):
                cache.put(name, outcome)
    if cache and missing:
        cache.prune()
    if problems:
        raise InputError(dict.fromkeys(problems), omitted)
    return Costs(facts, dict(sorted(found.items())))


def _key(path: str, conditions: _Conditions, tool: ToolFacts) -> str:
    """The name in the cache of the costs of the file ``path``, by its content."""
    c = conditions
    return cache_key(_digest(path), c.facts, c.traffic, tool, tool.tool_version)


def _conditions(budget: Budget, entries: Iterable[Entry]) -> dict[str, _Conditions]:
    """The conditions of ``entries`` by name.

    Raises :class:`InputError`; what is wrong with a board's name or an override is reported where
    the budget says it.
    """
    out: dict[str, _Conditions] = {}
    boards: dict[tuple[str, tuple[str, ...]], LoadedBoard] = {}
    problems: list[Diagnostic] = []
    for entry in entries:
        try:
            out[entry.name] = _load(budget, entry, boards)
        except InputError as problem:
            problems += (_placed(d, entry) for d in problem.diagnostics)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return out


def _load(
    budget: Budget, entry: Entry, boards: dict[tuple[str, tuple[str, ...]], LoadedBoard]
) -> _Conditions:
    from isa_analysis.boards import load_board
    from isa_analysis.config import read_bytes
    from isa_analysis.resources import package_file

    spec = entry.board
    if spec.endswith((".yaml", ".yml")) or "/" in spec:
        spec = shown_path(budget.folder, spec)
    if (spec, entry.overrides) not in boards:
        boards[spec, entry.overrides] = load_board(spec, entry.overrides)
    board = boards[spec, entry.overrides]
    machine = board.board.machine
    digest = hashlib.sha256(read_bytes(str(package_file(_DEFAULT_RULES))))
    rules_path = None
    if entry.kernel_rules is not None:
        rules_path = shown_path(budget.folder, entry.kernel_rules)
        digest.update(b"\0" + read_bytes(rules_path))
    facts = EntryFacts(
        entry.board,
        board.sha256,
        entry.overrides,
        entry.timing,
        entry.memory,
        entry.isa,
        digest.hexdigest(),
        board.clock_hz,
        {"blen": machine.blen, "mlen": machine.mlen, "vlen": machine.vlen},
    )
    traffic = needs_traffic(limit.metric for limit in entry.limits)
    return _Conditions(entry, board, rules_path, facts, traffic)


def _placed(problem: Diagnostic, entry: Entry) -> Diagnostic:
    """``problem`` where the budget causes it, when it has no place in a file of its own."""
    if problem.path.startswith("--set"):
        place = entry.places.get("set")
        message = f"{problem.path.removeprefix('--set ')}: {problem.message}"
    elif problem.path == "--board":
        place, message = entry.places.get("board"), problem.message
    elif problem.code == "E107" and not problem.line:
        rules = entry.kernel_rules is not None and problem.path.endswith(entry.kernel_rules)
        place = entry.places.get("kernel_rules" if rules else "board")
        message = f"{problem.path}: {problem.message}"
    else:
        return problem
    if place is None:
        return problem
    return replace(
        problem,
        path=place.path,
        line=place.line,
        column=place.column,
        source=place.source,
        message=message,
    )


def _digest(path: str) -> str:
    """SHA-256 of the bytes of the file as it is stored."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise error("E202", f"cannot be read: {problem.strerror}", path=path) from None


def _tasks(files: Sequence[tuple[str, _Conditions]]) -> list[Task]:
    """What to measure; nothing is imported or read for it when there is nothing."""
    if not files:
        return []
    from isa_analysis.config import read_bytes
    from isa_analysis.kernels import load_rules
    from isa_analysis.profiling import ModelOptions

    rules: dict[str | None, KernelRules] = {}
    out = []
    for path, c in files:
        name = c.rules_path
        if name not in rules:
            rules[name] = load_rules() if name is None else load_rules(read_bytes(name), path=name)
        options = ModelOptions(c.entry.timing, c.entry.memory, c.traffic)
        out.append(Task(path, c.entry.isa, c.board, options, rules[name]))
    return out


def attempt(task: Task) -> Outcome:
    """The snapshot of the file, or what is wrong with it."""
    from isa_analysis.assembly import ParseOptions, parse
    from isa_analysis.budget.measure import measure

    try:
        program = parse(task.path, ParseOptions(task.isa))  # type: ignore[arg-type]
        return measure(program, task.board, task.options, task.rules)
    except InputError as problem:
        return problem.diagnostics, problem.omitted


def run(tasks: Sequence[Task]) -> list[Outcome]:
    """The outcomes of ``tasks`` in their order, measured in as many processes as pay."""
    workers = min(len(tasks), _processors())
    if workers > 1 and sum(_size(task.path) for task in tasks) >= PAYS:
        results = _in_parallel(tasks, workers)
        if results is not None:
            return results
    return [attempt(task) for task in tasks]


def _in_parallel(tasks: Sequence[Task], workers: int) -> list[Outcome] | None:
    """The outcomes; None when the processes cannot be had."""
    import multiprocessing
    import warnings
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    try:
        with warnings.catch_warnings(), ProcessPoolExecutor(workers, context) as pool:
            # NumPy's idle threads make fork() warn; the children call nothing that uses them.
            warnings.simplefilter("ignore", DeprecationWarning)
            return list(pool.map(attempt, tasks))
    except (OSError, BrokenProcessPool):
        return None


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(path: str) -> int:
    with suppress(OSError):
        return Path(path).stat().st_size
    return 0
