"""Our own timeline files, every version and revision, checked to the last cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from isa_analysis.config.documents import Document, Loc, describe
from isa_analysis.diagnostics import Diagnostic
from isa_analysis.timeline.checks import Checks
from isa_analysis.timeline.levels import HIGHEST, VERSIONS, Level, level_of_version, version_of
from isa_analysis.timeline.model import (
    EDGE_KINDS,
    ID_LIMIT,
    Accounting,
    BlameTotal,
    CounterInfo,
    Degradation,
    EngineTotal,
    Extent,
    FunctionTotal,
    LoopRow,
    Meta,
    Timeline,
    Totals,
)
from isa_analysis.timeline.rows import read_rows
from isa_analysis.timeline.schema import ROWS, SCHEMA_REV, SECTION_BITS, misplaced

_R = TypeVar("_R")

_TOP = (
    "format", "version", "schema_rev", "level", "estimated", "meta", "extent", "accounting",
    "kernels", "totals", "counters", "loops", "columns", *ROWS,
)  # fmt: skip
_META = ("input", "board", "memory", "tool_version", "block")
_COUNTS = (
    "edges_total",
    "edges_shown",
    "edges_summarised",
    "edges_dropped",
    "max_events",
    "events",
)


def read_native(document: Document) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """The timeline in ``document``. Raises :class:`~isa_analysis.diagnostics.InputError`."""
    data: dict[str, Any] = document.data  # type: ignore[assignment]
    checks = Checks(document)
    level = _level(checks, data)
    rev = checks.integer(data, "schema_rev", ())
    if rev > SCHEMA_REV:
        checks.problem(
            ("schema_rev",), "E510", f"schema_rev {rev} is newer than this program: it knows up to "
            f"{SCHEMA_REV}", "read the file with the release that wrote it, or a later one",
        )  # fmt: skip
    checks.raise_if_any()  # nothing else can be judged by unknown rules
    checks.keys(data, _TOP, ())
    meta = _meta(checks, checks.mapping(checks.get(data, "meta", ()), ("meta",)))
    columns = checks.mapping(checks.get(data, "columns", ()), ("columns",))
    checks.keys(columns, ROWS, ("columns",))
    sections = {
        name: read_rows(checks, data[name], columns, name, level, rev) if name in data else None
        for name in ROWS
    }
    if "spans" not in data:
        checks.missing((), "spans")
    counters = data.get("counters")
    timeline = Timeline(
        level=level,
        estimated=_flag(checks, data, "estimated"),
        meta=meta,
        extent=_extent(checks, checks.mapping(checks.get(data, "extent", ()), ("extent",))),
        accounting=_accounting(
            checks, checks.mapping(checks.get(data, "accounting", ()), ("accounting",))
        ),
        loops=tuple(
            _loop(checks, checks.mapping(row, ("loops", i)), ("loops", i))
            for i, row in enumerate(checks.items(checks.get(data, "loops", ()), ("loops",)))
        ),
        spans=sections["spans"] or (),
        kernels=checks.texts(data["kernels"], ("kernels",)) if "kernels" in data else None,
        totals=_totals(checks, data["totals"]) if "totals" in data else None,
        edges=sections["edges"],
        path=sections["path"],
        phases=sections["phases"],
        counters=None if counters is None else _counters(checks, counters),
        samples=sections["samples"],
        schema_rev=rev,
    )
    for message in misplaced(timeline):
        section = next((s for s in SECTION_BITS if s in message.split() and s in data), None)
        checks.problem((section,) if section else ("level",), "E511", message)
    checks.raise_if_any()  # what could not be read cannot be referred to
    _references(checks, timeline)
    checks.raise_if_any()
    assert version_of(timeline.level.effective) == data["version"]
    return timeline, ()


def _level(checks: Checks, data: dict[str, Any]) -> Level:
    version = data.get("version")
    if "version" not in data:
        checks.missing((), "version")
    elif type(version) is not int or version not in VERSIONS:
        known = ", ".join(map(str, VERSIONS))
        checks.problem(
            ("version",), "E510", f"unknown timeline version {describe(version)}: known are {known}"
        )
    said = checks.mapping(checks.get(data, "level", ()), ("level",))
    checks.keys(said, ("requested", "effective", "reason"), ("level",))
    requested = checks.integer(said, "requested", ("level",))
    effective = checks.integer(said, "effective", ("level",))
    reason = checks.maybe_text(said, "reason", ("level",)) or ""
    for name, value in (("requested", requested), ("effective", effective)):
        if not 1 <= value <= HIGHEST and name in said:
            checks.wrong(("level", name), f"1 to {HIGHEST}", said[name])
    if checks.problems:
        return Level(HIGHEST, HIGHEST)
    assert isinstance(version, int)
    if effective != level_of_version(version):
        checks.problem(
            ("version",), "E511", f"version {version} contradicts level {effective}: the version "
            "is the effective level minus 1",
        )  # fmt: skip
    if effective > requested:
        checks.problem(("level", "effective"), "E511", "more than was requested")
    if effective < requested and not reason:
        checks.problem(("level",), "E511", "less than was requested needs a reason")
    return Level(requested, effective, reason)


def _flag(checks: Checks, data: dict[str, Any], key: str) -> bool:
    value = checks.get(data, key, ())
    if key in data and not isinstance(value, bool):
        checks.wrong((key,), "true or false", value)
    return bool(value)


def _meta(checks: Checks, said: dict[str, Any]) -> Meta:
    at: Loc = ("meta",)
    checks.keys(said, Meta.__slots__, at)
    return Meta(
        clock_hz=checks.integer(said, "clock_hz", at, 1),
        engines=checks.texts(checks.get(said, "engines", at), (*at, "engines")),
        model=checks.text(said, "model", at),
        input_sha256=checks.text(said, "input_sha256", at),
        caveats=checks.texts(said["caveats"], (*at, "caveats")) if "caveats" in said else None,
        foreign_version=checks.maybe_integer(said, "foreign_version", at),
        core_to_thread=checks.integers(said["core_to_thread"], (*at, "core_to_thread"), -1)
        if "core_to_thread" in said
        else None,
        **{name: checks.maybe_text(said, name, at) for name in _META},
    )


def _extent(checks: Checks, said: dict[str, Any]) -> Extent:
    at: Loc = ("extent",)
    checks.keys(said, Extent.__slots__, at)
    mode = checks.text(said, "mode", at)
    if mode not in ("full", "window") and "mode" in said:
        checks.wrong((*at, "mode"), "full or window", said["mode"])
    extent = Extent(
        cycles=checks.integer(said, "cycles", at),
        window=checks.pair(said, "window", at),
        mode=mode,
        dynamic_instructions=checks.maybe_integer(said, "dynamic_instructions", at),
        floor=checks.maybe_integer(said, "floor", at),
    )
    if extent.window[1] > extent.cycles:
        checks.problem((*at, "window"), "E515", "the window ends after the last cycle")
    return extent


def _accounting(checks: Checks, said: dict[str, Any]) -> Accounting:
    at: Loc = ("accounting",)
    checks.keys(said, Accounting.__slots__, at)
    steps = checks.items(said["steps"], (*at, "steps")) if "steps" in said else []
    read = []
    for i, item in enumerate(steps):
        here: Loc = (*at, "steps", i)
        step = checks.mapping(item, here)
        checks.keys(step, Degradation._fields, here)
        read.append(
            Degradation(
                checks.text(step, "step", here),
                checks.integer(step, "before", here),
                checks.integer(step, "after", here),
                checks.text(step, "detail", here),
            )
        )
    return Accounting(
        spans_total=checks.integer(said, "spans_total", at),
        shown=checks.integer(said, "shown", at),
        summarised=checks.integer(said, "summarised", at),
        dropped=checks.integer(said, "dropped", at),
        steps=tuple(read),
        **{name: checks.maybe_integer(said, name, at) for name in _COUNTS},
    )


def _loop(checks: Checks, said: dict[str, Any], at: Loc) -> LoopRow:
    checks.keys(said, LoopRow._fields, at)
    return LoopRow(
        id=checks.integer(said, "id", at),
        parent=checks.integer(said, "parent", at, -1),
        pc=checks.pair(said, "pc", at),
        trip=checks.integer(said, "trip", at),
        ii=checks.maybe_integer(said, "ii", at),
        prologue=checks.integer(said, "prologue", at),
        period=checks.integer(said, "period", at),
        basis=checks.text(said, "basis", at),
        err_cycles=checks.integer(said, "err_cycles", at),
        lines=checks.pair(said, "lines", at) if "lines" in said else None,
        entries=checks.maybe_integer(said, "entries", at),
        cycles=checks.maybe_integer(said, "cycles", at),
        bound_by=checks.maybe_text(said, "bound_by", at),
    )


def _totals(checks: Checks, value: object) -> Totals:
    at: Loc = ("totals",)
    said = checks.mapping(value, at)
    checks.keys(said, Totals.__slots__, at)
    engines = _rows(checks, said, "engines", _engine)
    functions = _rows(checks, said, "functions", _function)
    blame = _rows(checks, said, "blame", _blame)
    return Totals(
        engines,
        checks.maybe_integer(said, "compute", at),
        _sums(checks, said, "stalls"),
        functions,
        _sums(checks, said, "phases"),
        checks.maybe_integer(said, "test_time", at),
        blame,
    )


def _rows(
    checks: Checks, said: dict[str, Any], key: str, row: Callable[[Checks, dict[str, Any], Loc], _R]
) -> tuple[_R, ...] | None:
    """The rows of one table of the totals; None where it is absent."""
    if key not in said:
        return None
    at: Loc = ("totals", key)
    return tuple(
        row(checks, checks.mapping(value, (*at, i)), (*at, i))
        for i, value in enumerate(checks.items(said[key], at))
    )


def _sums(checks: Checks, said: dict[str, Any], key: str) -> dict[str, int] | None:
    if key not in said:
        return None
    at: Loc = ("totals", key)
    values = checks.mapping(said[key], at)
    return {name: checks.integer(values, name, at) for name in values}


def _engine(checks: Checks, said: dict[str, Any], at: Loc) -> EngineTotal:
    checks.keys(said, EngineTotal._fields, at)
    return EngineTotal(
        engine=checks.integer(said, "engine", at),
        spans=checks.integer(said, "spans", at),
        insns=checks.integer(said, "insns", at),
        busy=checks.integer(said, "busy", at),
        idle=checks.integer(said, "idle", at),
        issue_wait=checks.maybe_integer(said, "issue_wait", at),
        bound_by=checks.maybe_text(said, "bound_by", at),
    )


def _blame(checks: Checks, said: dict[str, Any], at: Loc) -> BlameTotal:
    checks.keys(said, BlameTotal._fields, at)
    return BlameTotal(
        checks.text(said, "kind", at),
        checks.integer(said, "engine", at, -1),
        checks.integer(said, "steps", at),
        checks.integer(said, "cycles", at),
    )


def _function(checks: Checks, said: dict[str, Any], at: Loc) -> FunctionTotal:
    checks.keys(said, FunctionTotal._fields, at)
    return FunctionTotal(
        checks.text(said, "name", at),
        checks.integer(said, "calls", at),
        checks.integer(said, "execution", at),
        *(checks.maybe_integer(said, name, at) for name in ("latency", "head", "tail")),
    )


def _counters(checks: Checks, value: object) -> tuple[CounterInfo, ...]:
    out = []
    for i, row in enumerate(checks.items(value, ("counters",))):
        at: Loc = ("counters", i)
        said = checks.mapping(row, at)
        checks.keys(said, CounterInfo.__slots__, at)
        out.append(CounterInfo(checks.text(said, "name", at), checks.text(said, "unit", at)))
    return tuple(out)


def _parents(checks: Checks, timeline: Timeline) -> None:
    """No loop is around itself."""
    parent = {row.id: row.parent for row in timeline.loops}
    good = {-1}
    for i, row in enumerate(timeline.loops):
        at, chain = row.id, []
        while at not in good and at in parent and at not in chain:
            chain.append(at)
            at = parent[at]
        if at in chain:
            checks.problem(("loops", i, "parent"), "E516", f"loop {row.id} is around itself")
        good.update(chain)


def _references(checks: Checks, timeline: Timeline) -> None:
    """Every index leads somewhere; ids are unique."""
    engines = len(timeline.meta.engines)
    loops = {row.id for row in timeline.loops}
    if len(loops) < len(timeline.loops):
        checks.problem(("loops",), "E516", "two loops have the same id")
    for i, row in enumerate(timeline.loops):
        if row.parent != -1 and row.parent not in loops:
            checks.problem(("loops", i, "parent"), "E516", f"there is no loop {row.parent}")
    _parents(checks, timeline)
    kernels = len(timeline.kernels or ())
    ids: set[int] = set()
    for i, span in enumerate(timeline.spans):
        if span.engine >= engines:
            checks.problem(("spans", i), "E516", f"there is no engine {span.engine}")
        if span.loop != -1 and span.loop not in loops:
            checks.problem(("spans", i), "E516", f"there is no loop {span.loop}")
        if span.kernel is not None and span.kernel >= kernels:
            checks.problem(("spans", i), "E516", f"there is no kernel {span.kernel}")
        if span.id in ids:
            checks.problem(("spans", i), "E516", f"span id {span.id} is used twice")
        elif span.id >= ID_LIMIT:
            checks.problem(("spans", i), "E515", f"span id {span.id} is 2^53 or more")
        ids.add(span.id)
    for i, edge in enumerate(timeline.edges or ()):
        for end in (edge.src, edge.dst):
            if end not in ids:
                checks.problem(("edges", i), "E516", f"there is no span {end}")
        if edge.kind not in EDGE_KINDS:
            checks.problem(
                ("edges", i), "E515", f"unknown kind of edge {edge.kind!r}", ", ".join(EDGE_KINDS)
            )
    for i, step in enumerate(timeline.path or ()):
        if step.span != -1 and step.span not in ids:
            checks.problem(("path", i), "E516", f"there is no span {step.span}")
    counters = len(timeline.counters or ())
    for i, sample in enumerate(timeline.samples or ()):
        if sample.counter >= counters:
            checks.problem(("samples", i), "E516", f"there is no counter {sample.counter}")
    totals = timeline.totals or Totals()
    for key in ("engines", "blame"):
        for total in getattr(totals, key) or ():
            if total.engine >= engines:
                at: Loc = ("totals", key)
                checks.problem(at, "E516", f"there is no engine {total.engine}")
