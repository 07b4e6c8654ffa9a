"""A representative sample of executed transfers, with their addresses, in the order of execution.

Which DRAM rows a transfer finds open depends on the transfers before it, so a sample has to keep
runs of consecutive executions together, and transfers of one loop body interleaved. Of every loop
:data:`RUNS` runs of :data:`LENGTH` consecutive iterations are taken, from the first to the last;
straight-line code is taken whole. The size depends on the code, not on trip counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import Loop
from isa_analysis.dataflow import UNKNOWN, Affine, Switch, Values
from isa_analysis.traffic.analyse import Traffic

RUNS = 4
LENGTH = 8

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One entry per sampled execution, in the order of execution.

    ``transfer`` is the number of the static transfer; addresses are bytes; ``known`` is False
    where an address depends on data (its unknown part is 0).
    """

    transfer: Ints
    element: Ints
    scale: Ints
    stride: Ints
    known: NDArray[np.bool_]


def sample(traffic: Traffic, loops: Sequence[Loop]) -> Sample:
    """The sample of all transfers of a program."""
    t, values = traffic.transfers, traffic.definitions.values
    ratios = np.array([g.ratio for g in traffic.machine.kinds], np.int64)
    depth = max((loop.depth for loop in loops), default=0)
    parts: list[tuple[Ints, ...]] = []
    for loop in np.unique(traffic.loop).tolist():
        mine = np.flatnonzero(traffic.loop == loop)
        chain = _chain(loops, loop)
        turns = _iterations([loops[i].trip for i in chain])
        at = dict(zip(chain, turns, strict=True))
        count = len(turns[0]) if turns else 1
        numbers = [
            _evaluate(values, part[mine], at, count)
            for part in (t.offset, t.high, t.low, t.scale, t.stride)
        ]
        offset, high, low, scale, stride = (number for number, _ in numbers)
        base = (high << 32) + low
        ratio = ratios[t.kind[mine]][:, None]
        element = base + offset
        scales = base + scale + offset // ratio
        known = ~np.logical_or.reduce([unknown for _, unknown in numbers])
        key = _keys(loops, chain, turns, t.pc[mine], depth, count)
        shape = (len(mine), count)
        parts.append(
            (
                np.broadcast_to(mine[:, None], shape).reshape(-1),
                element.reshape(-1),
                scales.reshape(-1),
                stride.reshape(-1),
                known.reshape(-1),
                *(np.broadcast_to(k, shape).reshape(-1) for k in key),
            )
        )
    if not parts:
        none = np.zeros(0, np.int64)
        return Sample(none, none, none, none, none.astype(np.bool_))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort(columns[:4:-1])
    transfer, element, scale, stride = (column[order] for column in columns[:4])
    return Sample(transfer, element, scale, stride, columns[4][order].astype(np.bool_))


def _chain(loops: Sequence[Loop], loop: int) -> list[int]:
    """The loops around, outermost first, ending with ``loop`` (-1: none)."""
    chain = []
    while loop >= 0:
        chain.append(loop)
        loop = loops[loop].parent
    return chain[::-1]


def _iterations(trips: list[int]) -> list[Ints]:
    """The sampled iterations of a nest: per loop the iteration numbers, entry by entry."""
    total = 1
    for trip in trips:
        total *= trip
    if total <= RUNS * LENGTH:
        numbers = list(range(total))
    else:
        starts = [(total - LENGTH) * run // (RUNS - 1) for run in range(RUNS)]
        numbers = sorted({start + k for start in starts for k in range(LENGTH)})
    out = []
    for trip in reversed(trips):
        out.append(np.array([n % trip for n in numbers], np.int64))
        numbers = [n // trip for n in numbers]
    return out[::-1]


def _evaluate(
    values: Values, column: Ints, at: dict[int, Ints], count: int
) -> tuple[Ints, NDArray[np.bool_]]:
    """[values, iterations]: the numbers in ``column`` in the sampled iterations; 0 and a mark for
    unknown ones."""
    out = np.empty((len(column), count), np.int64)
    unknown = np.zeros((len(column), count), np.bool_)
    out[:] = np.maximum(column, 0)[:, None]
    cache: dict[int, tuple[Ints, NDArray[np.bool_]]] = {}
    for i in np.flatnonzero(column < 0).tolist():
        value = int(column[i])
        if value not in cache:
            cache[value] = _numbers(values, value, at, count)
        out[i], unknown[i] = cache[value]
    return out, unknown


def _numbers(
    values: Values, value: int, at: dict[int, Ints], count: int
) -> tuple[Ints, NDArray[np.bool_]]:
    if value >= 0:
        return np.full(count, value, np.int64), np.zeros(count, np.bool_)
    form = values.form(value) if value != UNKNOWN else None
    if isinstance(form, Switch):
        first, first_unknown = _numbers(values, form.first, at, count)
        rest, rest_unknown = _numbers(values, form.rest, at, count)
        is_first = at[form.loop] == 0
        return np.where(is_first, first, rest), np.where(is_first, first_unknown, rest_unknown)
    if isinstance(form, Affine):
        out = np.full(count, form.base, np.uint64)
        for loop, step in form.terms:
            # Modulo 2^64 is enough: the result is taken modulo 2^32.
            out += np.uint64(step) * at[loop].astype(np.uint64)
        return (out & np.uint64(0xFFFF_FFFF)).astype(np.int64), np.zeros(count, np.bool_)
    return np.zeros(count, np.int64), np.ones(count, np.bool_)


def _keys(
    loops: Sequence[Loop], chain: list[int], turns: list[Ints], pc: Ints, depth: int, count: int
) -> list[Ints]:
    """Sort keys of execution order: position and iteration of each loop around, then the pc."""
    keys: list[Ints] = []
    for loop, turn in zip(chain, turns, strict=True):
        keys += [np.full((1, count), loops[loop].start, np.int64), turn[None, :]]
    keys.append(pc[:, None])
    nothing = np.zeros((1, 1), np.int64)
    return keys + [nothing] * (2 * depth + 1 - len(keys))
