"""From the tree of a walk to the figures of a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.records import from_columns
from isa_analysis.schedule.model import (
    ENGINES,
    STALLS,
    Basis,
    Block,
    EngineUse,
    LoopRun,
    LoopTiming,
    Part,
    Steady,
    Steps,
)
from isa_analysis.schedule.nest import Nest

_MOST, _NARROW = 1 << 62, 1 << 31


@dataclass(frozen=True, slots=True)
class Weighed:
    """How often each distinct block and execution of a loop occurs."""

    blocks: list[tuple[Block, int]]
    runs: list[tuple[LoopRun, int]]


def weigh(root: Sequence[Part]) -> Weighed:
    """Occurrences of the nodes of a tree whose nodes may be shared."""
    order: list[Any] = []
    seen: set[int] = set()
    stack: list[tuple[Any, bool]] = [(part, False) for part in reversed(root)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
            continue
        if id(node) in seen:
            continue
        seen.add(id(node))
        stack.append((node, True))
        if not isinstance(node, Block):
            for child in _children(node):
                if id(child) not in seen:
                    stack.append((child, False))
    weight: dict[int, int] = {}
    for part in root:
        weight[id(part)] = weight.get(id(part), 0) + 1
    blocks, runs = [], []
    for node in reversed(order):
        times = weight[id(node)]
        if isinstance(node, Block):
            blocks.append((node, times))
            continue
        if isinstance(node, LoopRun):
            runs.append((node, times))
        inner = times * node.times if isinstance(node, Steady) else times
        for child in _children(node):
            weight[id(child)] = weight.get(id(child), 0) + inner
    return Weighed(blocks, runs)


def _children(node: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = node.turns if isinstance(node, Steady) else node.parts
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over all executed steps."""

    makespan: int
    serial: int
    issue_cycles: int
    stalls: dict[str, int]
    engines: tuple[EngineUse, ...]
    dynamic: int
    err_cycles: int
    loops: tuple[LoopTiming, ...]
    attributed: NDArray[Any]
    worked: NDArray[Any]
    executed: tuple[int, ...]


def figures(
    root: tuple[Part, ...],
    steps: Steps,
    drain: int,
    engine_of: NDArray[np.int8],
    nest: Nest,
    copies: Mapping[int, Sequence[tuple[LoopRun, int]]],
) -> Figures:
    """The figures of a tree. ``engine_of[pc]`` is the engine of each static instruction (-1: none);
    ``copies``: parts of the tree that are like another one (by its id), with the distance of their
    instructions."""
    runs, sources = _sources(root, copies, nest)
    most = max((w for source in sources for _, w in source.blocks), default=1)
    exact: type = np.int64 if most * (len(engine_of) + 1) < _MOST else object
    count: NDArray[Any] = np.zeros(len(steps), exact)
    for _, step, weight in _batches(sources):
        np.add.at(count, step, weight)
    times: list[int] = count.tolist()

    def total(column: NDArray[np.int64], chosen: NDArray[np.bool_] | None = None) -> int:
        where = np.flatnonzero(column if chosen is None else (column != 0) & chosen).tolist()
        return sum(times[k] * int(column[k]) for k in where)

    makespan = total(steps.advance) + drain
    if makespan >= _MOST:
        exact = object
    # No share is more than the makespan: most programs have millions of shares of a few digits.
    narrow: type = np.int32 if makespan < _NARROW and exact is np.int64 else exact
    moved: NDArray[Any] = steps.frontier.astype(exact)
    worked: NDArray[Any] = steps.busy.astype(exact)
    attributed: NDArray[Any] = np.zeros(len(engine_of), narrow)
    busy_of: NDArray[Any] = np.zeros(len(engine_of), narrow)
    for pc, step, weight in _batches(sources):
        np.add.at(attributed, pc, (weight * moved[step]).astype(narrow))
        np.add.at(busy_of, pc, (weight * worked[step]).astype(narrow))
    stalls = {name: total(steps.stall, steps.kind == kind) for kind, name in enumerate(STALLS)}
    stalls["write-back"] += total(steps.port)
    stalls["drain"] += drain
    engines = []
    waited = np.maximum(steps.stall, 0) + steps.port
    for number, name in enumerate(ENGINES):
        mine = steps.engine == number
        busy = total(steps.busy, mine)
        executed = sum(times[k] for k in np.flatnonzero(mine).tolist())
        engines.append(
            EngineUse(
                name, busy, makespan - busy, executed, total(waited, mine),
                total(steps.finish - steps.start, mine),
            )
        )  # fmt: skip
    return Figures(
        makespan,
        total(steps.end - steps.start),
        makespan - sum(stalls.values()),
        stalls,
        tuple(engines),
        sum(times[k] for k in np.flatnonzero(steps.engine >= 0).tolist()),
        sum(run.err_cycles * often for run, often in runs),
        _loops(runs, nest, engine_of, busy_of, attributed),
        attributed,
        busy_of,
        tuple(times),
    )


#: Instructions that are put in columns at one time.
_BATCH = 1 << 17

Columns = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]


@dataclass(frozen=True, slots=True)
class _Source:
    """Blocks with their weights, and by how many instructions each copy of them is displaced."""

    blocks: list[tuple[Block, int]]
    offsets: NDArray[np.int64]


def _sources(
    root: tuple[Part, ...], copies: Mapping[int, Sequence[tuple[LoopRun, int]]], nest: Nest
) -> tuple[list[tuple[LoopRun, int]], list[_Source]]:
    """All executions of loops with their weights, and all blocks; copies are not visited."""
    copied = {id(run) for group in copies.values() for run, _ in group}
    weighed = weigh([part for part in root if id(part) not in copied])
    runs = weighed.runs
    here = np.zeros(1, np.int64)
    sources = [_Source(_short(weighed.blocks), here)]
    originals = {id(part): part for part in root if id(part) in copies}
    for original, group in copies.items():
        part = originals[original]
        assert isinstance(part, LoopRun)
        offsets = np.array([offset for _, offset in group], np.int64)
        sources.append(_Source(weigh([part]).blocks, offsets))
        if nest.children(part.loop):
            for run, _ in group:
                runs += weigh([run]).runs
        else:
            runs += [(run, 1) for run, _ in group]
    return runs, sources


def _short(blocks: list[tuple[Block, int]]) -> list[tuple[Block, int]]:
    """``blocks``, long ones in pieces (without their cycles)."""
    return [
        (Block(block.pc + k, block.steps[k : k + _BATCH], 0), times)
        for block, times in blocks
        for k in range(0, len(block.steps), _BATCH)
    ]


def _batches(sources: Sequence[_Source]) -> Iterator[Columns]:
    """Instruction, step and weight of everything, in columns of bounded length."""
    for source in sources:
        first = size = 0
        for last, (block, _) in enumerate(source.blocks, 1):
            size += len(block.steps)
            if size >= _BATCH or last == len(source.blocks):
                pc, step, weight = _columns(source.blocks[first:last])
                first, size = last, 0
                if len(source.offsets) == 1:
                    yield pc + source.offsets[0], step, weight
                    continue
                each = max(1, _BATCH // max(len(pc), 1))
                for k in range(0, len(source.offsets), each):
                    offsets = source.offsets[k : k + each]
                    yield (
                        (pc[None, :] + offsets[:, None]).reshape(-1),
                        np.tile(step, len(offsets)),
                        np.tile(weight, len(offsets)),
                    )


def _columns(blocks: Sequence[tuple[Block, int]]) -> Columns:
    """Instruction, step and weight of everything in the blocks."""
    sizes = np.array([len(block.steps) for block, _ in blocks], np.int64)
    starts = np.array([block.pc for block, _ in blocks], np.int64)
    times = [weight for _, weight in blocks]
    weights = np.array(times, np.int64 if max(times) < _MOST else object)
    offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return (
        np.repeat(starts, sizes) + offset,
        np.concatenate([block.steps for block, _ in blocks]),
        np.repeat(weights, sizes),
    )


def _loops(
    runs: list[tuple[LoopRun, int]],
    nest: Nest,
    engine_of: NDArray[np.int8],
    busy: NDArray[Any],
    attributed: NDArray[Any],
) -> tuple[LoopTiming, ...]:
    count = len(nest.loops)
    if not count:
        return ()
    begin = np.array([loop.start for loop in nest.loops], np.int64)
    end = np.array([nest.body(i)[1] for i in range(count)], np.int64)
    by_engine = []
    for number in range(len(ENGINES)):
        by_engine.append(_between(np.where(engine_of == number, busy, 0), begin, end))
    executions = [0] * count
    errors = [0] * count
    longest: list[LoopRun | None] = [None] * count
    basis: list[Basis] = ["steady"] * count
    for run, times in runs:
        executions[run.loop] += times
        errors[run.loop] += times * run.err_cycles
        if run.basis != "steady":
            basis[run.loop] = run.basis
        best = longest[run.loop]
        if best is None or run.cycles > best.cycles:
            longest[run.loop] = run
    shapes = [_shape(run) for run in longest]
    busy_of = list(zip(*by_engine, strict=True))
    return from_columns(
        LoopTiming,
        count,
        range(count),
        nest.parent,
        begin.tolist(),
        (end - 1).tolist(),
        [loop.trip for loop in nest.loops],
        executions,
        _between(attributed, begin, end),
        [s[0] for s in shapes],
        [s[1] for s in shapes],
        [s[2] for s in shapes],
        basis,
        errors,
        [ENGINES[max(range(len(row)), key=row.__getitem__)] for row in busy_of],
        busy_of,
    )


def _between(values: NDArray[Any], begin: NDArray[Any], end: NDArray[Any]) -> list[int]:
    """Sums of ``values[begin:end]``."""
    cuts = np.unique(np.concatenate([begin, end]))
    cuts = cuts[cuts < len(values)]
    wide: type = object if values.dtype == object else np.int64
    pieces = np.add.reduceat(values, cuts, dtype=wide)
    running = np.concatenate([np.zeros(1, wide), np.cumsum(pieces)])
    places = np.searchsorted(cuts, begin), np.searchsorted(cuts, end)
    out: list[int] = (running[places[1]] - running[places[0]]).tolist()
    return out


def _shape(run: LoopRun | None) -> tuple[int, int, int]:
    """Initiation interval, prologue and period of an execution."""
    if run is None:
        return 0, 0, 0
    best: Steady | None = None
    prologue = number = 0
    for part in run.parts:
        if isinstance(part, Steady):
            if best is None or part.cycles > best.cycles:
                best, prologue = part, number
            number += part.iterations
        else:
            number += 1
    if best is None:
        return (run.cycles // number if number else 0), number, 0
    return best.cycles // best.iterations, prologue, len(best.turns)
