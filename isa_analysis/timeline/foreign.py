"""Timelines of an accelerator runtime's swimlane profiler, its versions 0, 1 and 2.

0 has tasks; 1 adds dispatch and finish times and the fan-out of each task; 2 adds the phases of
scheduler and orchestrator. Times are microseconds from the earliest stamp. They become the tables
of :mod:`isa_analysis.timeline.model`: a core is an engine, a function a kernel, a task a span.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from isa_analysis.config.documents import Document, Loc, shorten
from isa_analysis.diagnostics import Diagnostic
from isa_analysis.timeline.checks import Checks
from isa_analysis.timeline.foreign_totals import engine_totals, function_totals, test_time
from isa_analysis.timeline.levels import Level, level_of_version
from isa_analysis.timeline.model import (
    Accounting,
    Edge,
    Extent,
    Meta,
    Phase,
    Span,
    Timeline,
    Totals,
)

FOREIGN_VERSIONS = (0, 1, 2)

#: Latest time accepted, microseconds: three hundred years.
_LATEST = 1e16
#: A task's duration may differ this much from end - start (microseconds): it is rounded apart.
_SLACK = 0.011

_TASK = ("task_id", "func_id", "core_id", "core_type", "ring_id", "start_time_us", "end_time_us",
         "duration_us")  # fmt: skip
_LIFECYCLE = ("dispatch_time_us", "finish_time_us", "fanout", "fanout_count")
_PHASES = ("aicpu_scheduler_phases", "aicpu_orchestrator", "aicpu_orchestrator_phases",
           "core_to_thread")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Task:
    ref: int
    function: int
    core: tuple[str, int]
    start: float
    end: float
    dispatch: float | None
    finish: float | None
    fanout: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Phase:
    lane: str
    name: str
    start: float
    end: float
    index: int | None = None
    count: int | None = None
    ref: int | None = None


@dataclass(slots=True)
class _Notes:
    """Warnings: the first place of each kind, and how often."""

    document: Document
    seen: dict[tuple[str, str], tuple[Loc, int]] = field(default_factory=dict)

    def add(self, loc: Loc, code: str, message: str) -> None:
        first, count = self.seen.get((code, message), (loc, 0))
        self.seen[code, message] = first, count + 1

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        out = []
        for (code, message), (loc, count) in self.seen.items():
            place = self.document.place(loc)
            more = f" ({count:,} times; the first is here)" if count > 1 else ""
            out.append(
                Diagnostic(
                    place.path, place.line, place.column, code, "warning", message + more, "",
                    place.source,
                )
            )  # fmt: skip
        return tuple(sorted(out))


def read_foreign(document: Document, sha256: str) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """The timeline in ``document`` and warnings. ``sha256`` is the file's.

    Raises :class:`~isa_analysis.diagnostics.InputError` with every problem found.
    """
    data: dict[str, Any] = document.data  # type: ignore[assignment]
    checks, notes = Checks(document), _Notes(document)
    version = data.get("version")
    if "version" not in data:
        checks.missing((), "version")
    elif type(version) is not int or version not in FOREIGN_VERSIONS:
        checks.problem(
            ("version",), "E510",
            f"no foreign timeline has version {shorten(repr(version))}: known are 0, 1, 2",
        )  # fmt: skip
    checks.raise_if_any()
    assert isinstance(version, int)
    known = ("version", "tasks", *(_PHASES if version == 2 else ()))
    for key in data:
        if key not in known:
            notes.add((key,), "W512", f"key {key!r} is not part of version {version}: not read")
    rows = checks.items(checks.get(data, "tasks", ()), ("tasks",))
    if not rows and isinstance(data.get("tasks"), list):
        checks.problem(("tasks",), "E517", "tasks is empty: there is nothing to show")
    tasks = [_task(checks, notes, row, ("tasks", i), version) for i, row in enumerate(rows)]
    phases, sums, threads, reason = _phases(checks, notes, data) if version == 2 else _NO_PHASES
    checks.raise_if_any()
    level = level_of_version(version)
    timeline = _Assembly(tasks, phases, sums, threads).timeline(
        Level(level, level - 1 if reason else level, reason), version, document.path, sha256, notes
    )
    return timeline, notes.diagnostics()


def _task(checks: Checks, notes: _Notes, value: object, at: Loc, version: int) -> _Task:
    said = checks.mapping(value, at)
    known = _TASK + (_LIFECYCLE if version else ())
    for key in said:
        if key not in known:
            notes.add((*at, key), "W512", f"key {key!r} of tasks is not part of version {version}: "
                      "not read")  # fmt: skip
    start, end = _interval(checks, said, at)
    duration = checks.number(said, "duration_us", at)
    if abs(end - start - duration) > _SLACK:
        notes.add((*at, "duration_us"), "W511", "duration_us is not end_time_us - start_time_us: "
                  "the difference is used")  # fmt: skip
    dispatch = finish = None
    fanout: tuple[int, ...] = ()
    if version:
        dispatch, finish = _interval(checks, said, at, "dispatch_time_us", "finish_time_us")
        fanout = checks.integers(checks.get(said, "fanout", at), (*at, "fanout"))
        count = checks.integer(said, "fanout_count", at)
        if count != len(fanout):
            notes.add((*at, "fanout_count"), "W514", "fanout_count is not the length of fanout")
        if dispatch > start or finish < end:
            notes.add(at, "W513", "a task starts before its dispatch or ends after its finish")
    checks.integer(said, "ring_id", at)
    return _Task(
        checks.integer(said, "task_id", at),
        checks.integer(said, "func_id", at, None),
        (checks.text(said, "core_type", at), checks.integer(said, "core_id", at)),
        start,
        end,
        dispatch,
        finish,
        fanout,
    )


def _interval(
    checks: Checks,
    said: dict[str, Any],
    at: Loc,
    first: str = "start_time_us",
    last: str = "end_time_us",
) -> tuple[float, float]:
    start, end = checks.number(said, first, at), checks.number(said, last, at)
    for key, value in ((first, start), (last, end)):
        if value > _LATEST:
            checks.wrong((*at, key), f"at most {_LATEST:g}", value)
    if end < start:
        checks.problem((*at, last), "E515", f"{last} {end:g} is before {first} {start:g}")
    return start, end


_Phases = tuple[tuple[_Phase, ...] | None, Mapping[str, float] | None, tuple[int, ...] | None, str]
_NO_PHASES: _Phases = (None, None, None, "")


def _phases(checks: Checks, notes: _Notes, data: dict[str, Any]) -> _Phases:
    """Phases, time by kind of orchestration, core_to_thread, and why there are none."""
    absent = [key for key in _PHASES if key not in data]
    for key in absent:
        notes.add((), "W515", f"version 2 without {key}")
    out: list[_Phase] = []
    lists: tuple[tuple[str, str, Callable[..., _Phase]], ...] = (
        ("aicpu_scheduler_phases", "scheduler", _scheduler_phase),
        ("aicpu_orchestrator_phases", "orchestrator thread", _orchestrator_phase),
    )
    for key, lane, read in lists:
        for thread, rows in enumerate(checks.items(data[key], (key,)) if key in data else ()):
            for i, row in enumerate(checks.items(rows, (key, thread))):
                at: Loc = (key, thread, i)
                out.append(read(checks, checks.mapping(row, at), at, f"{lane} {thread}"))
    sums = None
    if "aicpu_orchestrator" in data:
        at = ("aicpu_orchestrator",)
        said = checks.mapping(data["aicpu_orchestrator"], at)
        start, end = _interval(checks, said, at)
        count = checks.integer(said, "submit_count", at)
        out.append(_Phase("orchestrator", "orchestrator", start, end, None, count))
        spent = checks.mapping(checks.get(said, "phase_us", at), (*at, "phase_us"))
        sums = {name: checks.number(spent, name, (*at, "phase_us")) for name in spent}
    threads = None
    if "core_to_thread" in data:
        threads = checks.integers(data["core_to_thread"], ("core_to_thread",), -1)
    if len(absent) == len(_PHASES) or absent == list(_PHASES[:3]):
        return None, None, threads, "the file has no phases of scheduler or orchestrator"
    return tuple(out), sums, threads, ""


def _scheduler_phase(checks: Checks, said: dict[str, Any], at: Loc, lane: str) -> _Phase:
    start, end = _interval(checks, said, at)
    return _Phase(
        lane,
        checks.text(said, "phase", at),
        start,
        end,
        checks.integer(said, "loop_iter", at),
        checks.integer(said, "tasks_processed", at),
    )


def _orchestrator_phase(checks: Checks, said: dict[str, Any], at: Loc, lane: str) -> _Phase:
    start, end = _interval(checks, said, at)
    return _Phase(
        lane,
        checks.text(said, "phase", at),
        start,
        end,
        checks.integer(said, "submit_idx", at),
        None,
        checks.integer(said, "task_id", at, -1) if "task_id" in said else None,
    )


@dataclass(frozen=True, slots=True)
class _Assembly:
    """Tasks and phases, type-checked, on the way to a timeline."""

    tasks: list[_Task]
    phases: tuple[_Phase, ...] | None
    sums: Mapping[str, float] | None
    threads: tuple[int, ...] | None

    def timeline(
        self, level: Level, version: int, path: str, sha256: str, notes: _Notes
    ) -> Timeline:
        times = [t for task in self.tasks for t in (task.start, task.end)]
        times += [t for task in self.tasks for t in (task.dispatch, task.finish) if t is not None]
        times += [t for p in self.phases or () for t in (p.start, p.end)]
        ticks = _ticks([*times, *(self.sums or {}).values()])
        cores = sorted({task.core for task in self.tasks}, key=lambda core: (core[1], core[0]))
        functions = sorted({task.function for task in self.tasks})
        number = {core: i for i, core in enumerate(cores)}
        kernel = {function: i for i, function in enumerate(functions)}
        spans = tuple(
            Span(
                id=i,
                engine=number[task.core],
                loop=-1,
                start=ticks.of(task.start),
                end=ticks.of(task.end),
                insns=1,
                repeat=1,
                busy=ticks.of(task.end) - ticks.of(task.start),
                kernel=kernel[task.function],
                dispatch=None if task.dispatch is None else ticks.of(task.dispatch),
                finish=None if task.finish is None else ticks.of(task.finish),
                ref=task.ref,
            )
            for i, task in enumerate(self.tasks)
        )
        names = tuple(f"func {function}" for function in functions)
        last = max(map(ticks.of, times))
        edges, wanted = self._edges(notes) if version else (None, None)
        shown = None if edges is None else len(edges)
        return Timeline(
            level=level,
            estimated=False,
            meta=Meta(
                clock_hz=ticks.per_second,
                engines=tuple(f"{kind} core {core}" for kind, core in cores),
                model="measured",
                input_sha256=sha256,
                input=path,
                foreign_version=version,
                core_to_thread=self.threads,
            ),
            extent=Extent(last, (0, last), "full", None),
            accounting=Accounting(
                len(spans), len(spans), 0, 0, wanted, shown, None if shown is None else 0,
                None if wanted is None or shown is None else wanted - shown,
            ),
            loops=(),
            spans=spans,
            kernels=names,
            totals=Totals(
                engines=engine_totals(spans, len(cores), last),
                functions=function_totals(spans, names),
                phases=None
                if self.sums is None
                else {name: ticks.of(value) for name, value in self.sums.items()},
                test_time=test_time(spans),
            ),
            edges=edges,
            phases=None
            if self.phases is None
            else tuple(
                Phase(
                    p.lane, p.name, ticks.of(p.start), ticks.of(p.end),
                    ticks.of(p.end) - ticks.of(p.start), p.index, p.count, p.ref,
                )
                for p in self.phases
            ),
        )  # fmt: skip

    def _edges(self, notes: _Notes) -> tuple[tuple[Edge, ...], int]:
        """Edges of the fan-outs, each pair once, and how many were asked for."""
        where: dict[int, list[int]] = {}
        for i, task in enumerate(self.tasks):
            where.setdefault(task.ref, []).append(i)
        edges: dict[Edge, None] = {}
        wanted = 0
        for i, task in enumerate(self.tasks):
            for j, ref in enumerate(task.fanout):
                targets = where.get(ref, [])
                wanted += max(len(targets), 1)
                if not targets:
                    notes.add(
                        ("tasks", i, "fanout", j), "W510", "a fan-out leads to a task that is not "
                        "in the file: no dependency is shown",
                    )  # fmt: skip
                for target in targets:
                    if target == i:
                        notes.add(
                            ("tasks", i, "fanout", j),
                            "W510",
                            "a fan-out leads to its own task: no dependency is shown",
                        )
                        continue
                    edges[Edge(i, target, "fanout")] = None
        return tuple(edges), wanted


@dataclass(frozen=True, slots=True)
class _Ticks:
    """Microseconds to whole ticks of a clock."""

    per_second: int

    def of(self, us: float) -> int:
        return round(us * (self.per_second // 1_000_000))


def _ticks(times: list[float]) -> _Ticks:
    """Nanoseconds where all times are whole ones, else picoseconds."""
    whole = all(round(t * 1e6) % 1000 == 0 for t in times)
    return _Ticks(1_000_000_000 if whole else 1_000_000_000_000)
