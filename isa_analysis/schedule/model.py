"""The result of scheduling: when everything happens, as a tree that does not grow with trip counts.

A schedule is told in *steps*. A step is what one instruction does in one situation, in cycles
relative to the moment it reaches the issue point: how long it waits and for what, when it starts,
when it is done, how far it moves the issue point. Programs of millions of instructions have few
distinct steps, so :class:`Steps` is a table and the tree refers to its rows.

The tree says which steps follow one another: a :class:`Block` is straight code, a
:class:`LoopRun` one execution of a loop. Its iterations are :class:`Turn` s, walked one by one, or
a :class:`Steady` run that repeats a few turns many times. Nothing in the tree has an absolute time:
a part begins where the one before it ends, and lasts its ``cycles`` (the distance the issue point
moves). Engines may still be busy with a part after its end; the makespan is the end of the last
part plus ``drain``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

#: Engines of a schedule, in pipeline order; HBM reads (prefetches) and writes are two engines.
ENGINES = ("control", "scalar", "vector", "matrix", "hbm_read", "hbm_write")
CONTROL, SCALAR, VECTOR, MATRIX, HBM_READ, HBM_WRITE = range(len(ENGINES))

#: Why the issue point stands still. RAW, WAR and WAW are hazards on registers and accumulators;
#: ``memory`` one on an SRAM range; ``dma-wait`` one on the range of a transfer, or a machine that
#: stands still for a transfer; ``write-back`` a taken write port; ``drain`` the time after the last
#: issue until everything is finished.
STALLS = ("RAW", "WAR", "WAW", "memory", "dma-wait", "engine-busy", "write-back", "drain")
RAW, WAR, WAW, MEMORY, DMA_WAIT, ENGINE_BUSY, WRITE_BACK, DRAIN = range(len(STALLS))

#: ``steady``: exact, by a state that repeats, or because every iteration was walked.
#: ``bound``: an upper bound, at most ``err_cycles`` above the model's exact answer. ``fit``: an
#: extrapolation with that residual.
Basis = Literal["steady", "bound", "fit"]


@dataclass(frozen=True, slots=True)
class Steps:
    """The distinct steps, one row each; all times in cycles.

    Offsets are relative to the *issue point*: the cycle in which the instruction is the next to
    issue (its dispatch).

    - ``engine``: index into :data:`ENGINES`.
    - ``advance``: how far the issue point moves; the sum over all executed steps is the time of
      the last issue. 0 for a free instruction.
    - ``stall`` of these cycles are spent waiting, for the reason ``kind`` (index into
      :data:`STALLS`; negative where a model takes back a wait counted before); ``port`` cycles
      more for a write-back port. ``advance - stall - port`` cycles
      issue or compute.
    - ``producer``: the engine that is waited for (-1: none); ``age``: how many instructions of
      that engine that access a memory ago (0: the latest), -1 where it is a register or the engine
      itself.
    - ``start``, ``end``, ``finish``: offsets of the execution on the engine, and of the retirement.
      ``start`` is negative where a model hides an instruction behind an earlier one.
    - ``busy``: by how much the step adds to the time the engine works (overlap counted once).
    - ``frontier``: by how much it moves the latest finish of all; the sum is the makespan.
    - ``free``: skipped by the hardware: no time, no span.
    """

    engine: Ints
    advance: Ints
    stall: Ints
    kind: Ints
    port: Ints
    producer: Ints
    age: Ints
    start: Ints
    end: Ints
    finish: Ints
    busy: Ints
    frontier: Ints
    free: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.engine)


@dataclass(frozen=True, slots=True)
class Block:
    """Straight code: instruction ``pc + i`` takes step ``steps[i]``."""

    pc: int
    steps: NDArray[np.int32]
    cycles: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One iteration of a loop: its body and its C_LOOP_END."""

    parts: tuple[Part, ...]
    cycles: int


@dataclass(frozen=True, slots=True)
class Steady:
    """``times`` repetitions of the iterations ``turns``; ``cycles`` is that of all of them."""

    turns: tuple[Turn, ...]
    times: int
    cycles: int

    @property
    def iterations(self) -> int:
        """Iterations of the loop that this run stands for."""
        return self.times * len(self.turns)


@dataclass(frozen=True, slots=True)
class LoopRun:
    """One execution of loop ``loop`` (an index into the program's loops), without its
    C_LOOP_START, which belongs to the block before it.

    ``basis`` and ``err_cycles`` say whether its ``cycles`` are the model's exact answer; what inner
    loops add is not in ``err_cycles``.
    """

    loop: int
    parts: tuple[Turn | Steady, ...]
    cycles: int
    basis: Basis = "steady"
    err_cycles: int = 0


Part = Block | LoopRun


@dataclass(frozen=True, slots=True)
class EngineUse:
    """One engine over the whole program: ``busy + idle`` = makespan; ``instructions`` executed;
    ``wait`` cycles its instructions stood at the issue point; ``latency`` the sum of their
    durations from start to retirement."""

    engine: str
    busy: int
    idle: int
    instructions: int
    wait: int
    latency: int


@dataclass(frozen=True, slots=True)
class LoopTiming:
    """One loop: instructions ``first_pc`` to ``last_pc``; ``executions`` of ``trip`` iterations
    take ``cycles`` of the makespan in all (attributed as instructions are).

    ``ii`` is the initiation interval: issue cycles of a steady iteration, a mean (rounded down)
    when ``period`` > 1; the same of all iterations when none is steady. ``period`` is 0 when no
    part was summarised, ``prologue`` the iterations before the longest steady run. Both are of the
    longest execution. ``bound_by`` is the engine that is busy most during a steady iteration.
    """

    loop: int
    parent: int
    first_pc: int
    last_pc: int
    trip: int
    executions: int
    cycles: int
    ii: int
    prologue: int
    period: int
    basis: Basis
    err_cycles: int
    bound_by: str
    busy: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a program runs on a machine, by the timing model ``model``.

    ``makespan`` is in cycles, and exact under the model unless ``err_cycles`` says otherwise (then
    it is an upper bound). ``stalls`` has all of :data:`STALLS`; with ``issue_cycles`` they sum to
    the makespan. ``attributed[pc]`` is the share of the makespan of all executions of static
    instruction pc (an object array of Python integers where 64 bits do not hold it): how far they
    moved the latest finish; it sums to the makespan. ``worked[pc]`` is its share of the time in
    which its engine, ``engine_of[pc]`` (-1: no instruction), is busy. ``executed[k]`` counts how
    often step k was taken. ``duration_error`` is the sum of what
    whole-number transfer durations leave out (cycles, serial). ``serial`` is the sum of all
    durations: what the same machine takes without overlap.
    """

    model: str
    memory: str
    makespan: int
    serial: int
    issue_cycles: int
    stalls: dict[str, int]
    engines: tuple[EngineUse, ...]
    drain: int
    dynamic: int
    err_cycles: int
    duration_error: int
    loops: tuple[LoopTiming, ...]
    parameters: dict[str, int]
    steps: Steps = field(repr=False, compare=False)
    root: tuple[Part, ...] = field(repr=False, compare=False)
    attributed: NDArray[Any] = field(repr=False, compare=False)
    worked: NDArray[Any] = field(repr=False, compare=False)
    engine_of: NDArray[np.int8] = field(repr=False, compare=False)
    executed: tuple[int, ...] = field(repr=False, compare=False)

    @property
    def exact(self) -> bool:
        """Whether every loop is in closed form without a residual."""
        return self.err_cycles == 0

    @property
    def least(self) -> int:
        """A lower bound of the makespan: computing alone where only transfers overlap, else the
        engine that is busy longest (cycles)."""
        busy = [e.busy for e in self.engines]
        if self.model in ("serial", "overlap", "async-slots"):
            return sum(busy[:HBM_READ])
        return max(busy)


def walk(parts: tuple[Part, ...], begin: int = 0) -> Iterator[tuple[int, Part]]:
    """``parts`` with the cycle in which the issue point reaches each."""
    for part in parts:
        yield begin, part
        begin += part.cycles
