"""A grid to a table: every file read once, every price worked out once, in parallel."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from isa_analysis.assembly.program import Program
from isa_analysis.boards import LoadedBoard, load_board
from isa_analysis.diagnostics import InputError, Problems
from isa_analysis.sweep import engines, objectives
from isa_analysis.sweep.grid import Grid, grid_points
from isa_analysis.sweep.model import InputFile, Machine, Outcome, Point, Row, Sweep
from isa_analysis.sweep.pareto import pareto_set
from isa_analysis.sweep.price import Task, Variant, Workload
from isa_analysis.sweep.state import Recorder, content_key, load_state, save_state

if TYPE_CHECKING:
    from isa_analysis.kernels import KernelRules
    from isa_analysis.manifest import Manifest

#: Told (points done, points in all) as the sweep goes on.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """How a grid is worked off.

    ``jobs`` None: one process per core; ``scheduler``: the address of a Dask scheduler;
    ``state``: file to resume from and to write to. ``check`` looks for faults of every program on
    every machine. ``objectives`` empty: time, and what differs in price. ``facts`` is anything
    else that the figures follow from (how files were read, which naming rules).
    """

    jobs: int | None = None
    scheduler: str | None = None
    state: str | None = None
    check: bool = True
    objectives: tuple[str, ...] = ()
    facts: tuple[object, ...] = ()


def run_sweep(
    grid: Grid,
    read: Callable[[str], Program],
    options: SweepOptions | None = None,
    manifests: Mapping[str, Manifest] | None = None,
    rules: KernelRules | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """The table of ``grid``. ``read`` reads a file of it, and is called once per file;
    ``manifests`` maps files to their manifests.

    Raises :class:`InputError` when a file cannot be read, no point's board can be built, the state
    is not usable (E741), or the engine fails (E742 to E744). A point that has no figures on its
    own stays in the table with the reason. The result does not depend on the engine.
    """
    options = options or SweepOptions()
    manifests = manifests or {}
    wanted = objectives.named(options.objectives)
    points = grid_points(grid)
    known = load_state(options.state) if options.state else {}
    boards = _boards(points)
    programs = _read_all(grid.files, read)
    keys = {
        p.number: _key(p, board, programs[p.file], manifests.get(p.file), options)
        for p in points
        if isinstance(board := boards[p.board, p.overrides], LoadedBoard)
    }
    recorder = Recorder(options.state, known)
    left = [p for p in points if p.number in keys and keys[p.number] not in known]
    resumed = len(keys) - len(left)
    try:
        done = len(points) - len(left)
        if progress:
            progress(done, len(points))
        if left:
            if options.state:
                save_state(options.state, known)  # says now, not at the end, if it cannot be
            tasks = _tasks(left, boards, programs, grid.files, manifests, options.check)
            workloads = [
                Workload(engines.portable(programs[f]), manifests.get(f)) for f in grid.files
            ]
            for batch in _finished(tasks, workloads, rules, options):
                for number, outcome in batch:
                    recorder.add(keys[number], outcome)
                done += len(batch)
                if progress:
                    progress(done, len(points))
    finally:
        recorder.write()
    rows = [_row(p, boards[p.board, p.overrides], keys, recorder.outcomes) for p in points]
    axes = grid.axes()
    varied = [name for name, values in axes if len(values) > 1]
    names = wanted or objectives.chosen(rows, varied)
    inputs = tuple(InputFile(f, programs[f].sha256) for f in dict.fromkeys(grid.files))
    paths = ", ".join(dict.fromkeys(m.path for m in manifests.values()))
    return Sweep(
        inputs, paths, axes, names, _marked(rows, names), _notes(rows, points, manifests, names),
        resumed,
    )  # fmt: skip


_Boards = dict[tuple[str, tuple[str, ...]], "LoadedBoard | InputError"]


def _boards(points: Sequence[Point]) -> _Boards:
    """Board and overrides -> the board, or why it cannot be built.

    Raises :class:`InputError` when none can, or a board does not exist: that is a mistake in the
    question, not an answer to it.
    """
    for spec in dict.fromkeys(p.board for p in points):
        load_board(spec)
    out: _Boards = {}
    for point in points:
        key = (point.board, point.overrides)
        if key not in out:
            try:
                out[key] = load_board(*key)
            except InputError as problem:
                out[key] = problem
    problems = [board for board in out.values() if isinstance(board, InputError)]
    if len(problems) == len(out):
        raise InputError(dict.fromkeys(d for problem in problems for d in problem.diagnostics))
    return out


def _read_all(files: Sequence[str], read: Callable[[str], Program]) -> dict[str, Program]:
    """Every file once. Raises :class:`InputError` with the problems of all."""
    programs: dict[str, Program] = {}
    problems = Problems()
    for file in dict.fromkeys(files):
        with problems.caught():
            programs[file] = read(file)
    problems.raise_all()
    return programs


def _key(
    point: Point,
    board: LoadedBoard,
    program: Program,
    manifest: Manifest | None,
    options: SweepOptions,
) -> str:
    """The name of everything that the figures of ``point`` follow from."""
    return content_key(
        program.sha256, program.dialect, board.board.model_dump_json(), point.timing, point.memory,
        point.memory_model, point.capacity, point.host_bandwidth,
        manifest.sha256 if manifest else "", options.check, options.facts,
    )  # fmt: skip


def _tasks(
    points: Sequence[Point],
    boards: _Boards,
    programs: Mapping[str, Program],
    files: Sequence[str],
    manifests: Mapping[str, Manifest],
    check: bool,
) -> list[Task]:
    """Points grouped by price, in the order of their first points."""
    groups: dict[tuple[object, ...], list[Point]] = {}
    signature: dict[tuple[str, tuple[str, ...]], tuple[str, str, bool]] = {}
    for point in points:
        spec = (point.board, point.overrides)
        board = boards[spec]
        assert isinstance(board, LoadedBoard)
        if spec not in signature:
            signature[spec] = _signatures(board)
        priced, _, by_clock = signature[spec]
        timed = board.clock_hz if _needs_clock(point.memory, by_clock) else 0
        key = (point.file, priced, timed, point.timing, point.memory)
        groups.setdefault(key, []).append(point)
    tasks = []
    for members in groups.values():
        first = members[0]
        variants = []
        for point in members:
            board = boards[point.board, point.overrides]
            assert isinstance(board, LoadedBoard)
            variants.append(
                Variant(
                    point.number, board, point.memory_model, point.capacity, point.host_bandwidth
                )
            )
        spec = (first.board, first.overrides)
        tasks.append(
            Task(
                files.index(first.file), variants[0].board, first.timing, first.memory,
                signature[spec][1], tuple(variants), check,
            )
        )  # fmt: skip
    return tasks


def _needs_clock(memory: str, board_service: bool) -> bool:
    """Whether cycles depend on the clock: service times are in ns."""
    return memory == "service" or (memory == "board" and board_service)


def _signatures(board: LoadedBoard) -> tuple[str, str, bool]:
    """What decides the price of a program in cycles; what decides its accesses and faults; and
    whether the board's own memory model has its times in ns."""
    b = board.board
    memory = b.memory.model_dump(mode="json")
    for key in ("type", "note", "capacity_bytes", "bandwidth_bytes_per_s",
                "effective_bandwidth_bytes_per_s"):  # fmt: skip
        memory.pop(key)
    machine = {
        "machine": b.machine.model_dump(mode="json"),
        "precision": b.precision.model_dump(mode="json"),
        "memory": {k: v for k, v in memory.items() if k.endswith(("_rows", "_depth", "_tiles"))},
    }
    # The name stands in messages and caveats, so boards of two names keep two prices.
    whole = {
        "name": b.name, "latency": b.latency.model_dump(mode="json"), "memory": memory,
        "scoreboard": b.scoreboard.model_dump(mode="json"), **machine,
    }  # fmt: skip
    return _digest(whole), _digest(machine), b.memory.timing_model == "service"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _finished(
    tasks: Sequence[Task],
    workloads: Sequence[Workload],
    rules: KernelRules | None,
    options: SweepOptions,
) -> engines.Finished:
    if options.scheduler:
        return engines.run_dask(tasks, workloads, rules, options.scheduler)
    jobs = options.jobs or engines.processors()
    if jobs == 1 or len(tasks) == 1:
        return engines.run_here(tasks, workloads, rules)
    return engines.run_processes(tasks, workloads, rules, jobs)


def _row(
    point: Point,
    board: LoadedBoard | InputError,
    keys: Mapping[int, str],
    outcomes: Mapping[str, Outcome],
) -> Row:
    if isinstance(board, InputError):
        first = board.diagnostics[0]
        return Row(point, None, Outcome("failed", first.code, first.message, complete=False))
    return Row(point, _machine(board), outcomes[keys[point.number]])


def _machine(board: LoadedBoard) -> Machine:
    b = board.board
    return Machine(
        b.name, board.clock_hz, b.machine.mlen, b.machine.vlen, b.machine.blen,
        b.memory.capacity_bytes, b.host_link.bandwidth_bytes_per_s if b.host_link else None,
        b.power.tdp_w if b.power else None,
    )  # fmt: skip


def _marked(rows: Sequence[Row], names: tuple[str, ...]) -> tuple[Row, ...]:
    """Rows with their objectives, and the Pareto set of every comparable group marked.

    Points of different programs are no alternatives, and two models of one machine are no two
    machines: only points that share both are compared.
    """
    valued = [replace(row, objectives=objectives.values_of(row, names)) for row in rows]
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in valued:
        p = row.point
        groups.setdefault((p.file, p.timing, p.memory, p.memory_model), []).append(row)
    members: set[int] = set()
    for group in groups.values():
        running = [row for row in group if row.outcome.status == "ok"]
        inside = pareto_set([row.objectives for row in running])
        members |= {row.point.number for row, yes in zip(running, inside, strict=True) if yes}
    return tuple(replace(row, pareto=row.point.number in members) for row in valued)


def _notes(
    rows: Sequence[Row],
    points: Sequence[Point],
    manifests: Mapping[str, Manifest],
    names: tuple[str, ...],
) -> tuple[str, ...]:
    """What the figures leave out, each caveat with the boards it holds for; ``names`` are the
    objectives."""
    where: dict[str, list[str]] = {}
    for row in rows:
        for caveat in row.outcome.caveats:
            boards = where.setdefault(caveat, [])
            if row.machine and row.machine.name not in boards:
                boards.append(row.machine.name)
    everywhere = {row.machine.name for row in rows if row.machine and row.outcome.caveats}
    notes = [
        caveat if set(boards) == everywhere else f"{caveat} ({', '.join(boards)})"
        for caveat, boards in where.items()
    ]
    warned: dict[str, list[str]] = {}
    for row in rows:
        for code, message in row.outcome.warnings:
            warned.setdefault(code, []).append(message)
    for code, messages in sorted(warned.items()):
        notes.append(f"{code} at {len(messages)} points, the first: {messages[0]}")
    powerless = {row.machine.name for row in rows if row.machine and row.machine.power_w is None}
    if powerless and len({row.point.board for row in rows}) > 1 and "power" not in names:
        notes.append(f"power is no objective: no power figure of {', '.join(sorted(powerless))}")
    unused = [p for p in points if p.capacity is not None or p.host_bandwidth is not None]
    if unused and not manifests:
        notes.append(
            "capacity and host bandwidth change no time here: without --manifest no memory system "
            "is evaluated"
        )
    return tuple(notes)
