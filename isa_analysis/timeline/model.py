"""The timeline: the tables of its file, in memory.

A section that a timeline does not have is None: never empty, never zero. Cycles are integers of any
size; intervals are half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from isa_analysis.timeline.levels import Level

#: Ids stay below this, so that readers with 64-bit floats keep them exact.
ID_LIMIT = 1 << 53


class Span(NamedTuple):
    """Work of one block or loop instance on one engine.

    ``start`` and ``end``: first cycle busy and one past the last. ``engine`` indexes
    ``meta.engines``, ``kernel`` ``kernels``, ``loop`` is a loop id or -1. ``insns`` counts
    executed instructions, all repetitions together. ``repeat`` above 1: a summarised run of that
    many iterations. ``busy`` counts the cycles in which the engine works. ``dispatch`` and
    ``finish``: the first issue and the last retirement. ``ref``: what a foreign timeline calls it.
    None: not recorded.
    """

    id: int
    engine: int
    loop: int
    start: int
    end: int
    insns: int
    repeat: int
    pc_begin: int | None = None
    pc_end: int | None = None
    busy: int | None = None
    kernel: int | None = None
    dispatch: int | None = None
    finish: int | None = None
    ref: int | None = None


class Edge(NamedTuple):
    """Span ``dst`` waits for span ``src``; ``kind`` is one of :data:`EDGE_KINDS`."""

    src: int
    dst: int
    kind: str


class LoopRow(NamedTuple):
    """A loop: static instructions ``pc`` (START to one past END), source lines, iterations per
    entry, and its steady state.

    ``ii``: cycles per iteration in the steady state; with ``period`` p above 1, of p iterations
    together. ``prologue``: iterations before it. ``basis``: ``steady`` (exact), ``explicit`` (every
    iteration walked), ``fit`` or ``bound`` with an error of up to ``err_cycles``. ``cycles``:
    makespan spent inside, over all ``entries``. None: not recorded.
    """

    id: int
    parent: int
    pc: tuple[int, int]
    trip: int
    ii: int | None
    prologue: int
    period: int
    basis: str
    err_cycles: int
    lines: tuple[int, int] | None = None
    entries: int | None = None
    cycles: int | None = None
    bound_by: str | None = None


class Phase(NamedTuple):
    """A stretch of control work or of stall in ``lane``; ``cycles`` of it lie in the interval,
    fewer than its length when the phase stands for many. Of foreign timelines: ``number``,
    that of the round; ``handled``, how many tasks in it; ``ref``, the task."""

    lane: str
    phase: str
    start: int
    end: int
    cycles: int
    number: int | None = None
    handled: int | None = None
    ref: int | None = None


class Sample(NamedTuple):
    """``total`` of counter number ``counter`` in a bin; per cycle: ``total / (end - start)``."""

    counter: int
    start: int
    end: int
    total: int


class PathStep(NamedTuple):
    """One step of the blame walk: cycles ``start`` to ``end`` of the makespan pass because span
    ``span`` (-1: none) executes or waits; ``kind`` is ``execute`` or a kind of stall."""

    span: int
    start: int
    end: int
    kind: str


class EngineTotal(NamedTuple):
    """Exact sums for one engine: ``busy + idle`` is the makespan. ``issue_wait``: cycles between
    issue and start, over all its instructions. ``bound_by``: what its instructions waited for
    longest. None: not recorded."""

    engine: int
    spans: int
    insns: int
    busy: int
    idle: int
    issue_wait: int | None = None
    bound_by: str | None = None


class BlameTotal(NamedTuple):
    """How many steps and cycles of the whole blame walk are of one kind on one engine (-1: none).
    The cycles sum to the makespan."""

    kind: str
    engine: int
    steps: int
    cycles: int


class FunctionTotal(NamedTuple):
    """Sums of a foreign timeline's function, in ticks of its clock; None: not recorded."""

    name: str
    calls: int
    execution: int
    latency: int | None
    head: int | None
    tail: int | None


@dataclass(frozen=True, slots=True)
class CounterInfo:
    """A counter: its name and the unit of its value per cycle."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Meta:
    """Where a timeline comes from. ``clock_hz`` turns cycles into time. ``model``: the timing
    model; ``memory``: the memory model. ``block``: how much straight code one span covers.
    ``caveats``: what the models leave out."""

    clock_hz: int
    engines: tuple[str, ...]
    model: str
    input_sha256: str
    input: str | None = None
    board: str | None = None
    memory: str | None = None
    tool_version: str | None = None
    block: str | None = None
    caveats: tuple[str, ...] | None = None
    foreign_version: int | None = None
    core_to_thread: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """``cycles``: the makespan. ``window``: the cycles that spans, edges, phases and samples cover.
    ``mode``: ``full`` or ``window``. ``floor``: the longest dependency path, which no number of
    engines would beat."""

    cycles: int
    window: tuple[int, int]
    mode: str
    dynamic_instructions: int | None
    floor: int | None = None


class Degradation(NamedTuple):
    """One step of keeping within the budget: events before and after it, and what was done."""

    step: str
    before: int
    after: int
    detail: str


@dataclass(frozen=True, slots=True)
class Accounting:
    """Where every span and edge of the full timeline went: shown as itself, summarised in another,
    or dropped. ``steps`` in the order taken."""

    spans_total: int
    shown: int
    summarised: int
    dropped: int
    edges_total: int | None = None
    edges_shown: int | None = None
    edges_summarised: int | None = None
    edges_dropped: int | None = None
    max_events: int | None = None
    events: int | None = None
    steps: tuple[Degradation, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Exact sums over the whole program, from the closed form and never from the rows shown.

    ``stalls`` by kind plus ``compute`` tile the makespan, and so does ``blame``. Of foreign
    timelines: ``functions``; ``phases``, time per kind of orchestration; ``test_time``, first
    dispatch to last finish.
    """

    engines: tuple[EngineTotal, ...] | None = None
    compute: int | None = None
    stalls: Mapping[str, int] | None = None
    functions: tuple[FunctionTotal, ...] | None = None
    phases: Mapping[str, int] | None = None
    test_time: int | None = None
    blame: tuple[BlameTotal, ...] | None = None


#: Kinds of dependency.
EDGE_KINDS = ("RAW", "WAR", "WAW", "memory", "dma-wait", "engine-busy", "fanout")


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline of some level; see the module's beginning for what None means."""

    level: Level
    estimated: bool
    meta: Meta
    extent: Extent
    accounting: Accounting
    loops: tuple[LoopRow, ...]
    spans: tuple[Span, ...]
    kernels: tuple[str, ...] | None = None
    totals: Totals | None = None
    edges: tuple[Edge, ...] | None = None
    path: tuple[PathStep, ...] | None = None
    phases: tuple[Phase, ...] | None = None
    counters: tuple[CounterInfo, ...] | None = None
    samples: tuple[Sample, ...] | None = None
    schema_rev: int = field(default=1)

    def us(self, cycles: int) -> float:
        """``cycles`` in microseconds."""
        return cycles * 1e6 / self.meta.clock_hz
