"""Writes to on-chip memory that another write hides before anything reads them.

Only straight-line code with constant addresses is judged; a read at an address that is not
constant counts as a read of everything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow.accesses import FPSRAM, INTSRAM, MSRAM, VSRAM
from isa_analysis.lint.context import Context
from isa_analysis.lint.findings import finding, plural, sum_by_kernel
from isa_analysis.lint.model import Finding
from isa_analysis.lint.transfers import line_cuts

_NAMES = {MSRAM: "matrix SRAM", VSRAM: "vector SRAM", FPSRAM: "FP SRAM", INTSRAM: "INT SRAM"}
#: Accesses that are looked at together, unless a straight line of code has more.
_PART = 1 << 17
#: Accesses of more units than this count as touching everything.
_MOST_UNITS = 4096


def overwritten(context: Context) -> Iterator[Finding]:
    """L105 and L106."""
    found: dict[tuple[int, str], list[NDArray[np.int64]]] = {}
    cuts = line_cuts(context)
    sites = _sites(context)
    for part in _parts(context, cuts):
        for memory in _NAMES:
            hidden, prefetch = _hidden(context, part, sites, memory, cuts)
            found.setdefault((memory, "L105"), []).append(hidden[prefetch])
            found.setdefault((memory, "L106"), []).append(hidden[~prefetch])
    for (memory, rule), pcs_of_parts in found.items():
        pcs = np.concatenate(pcs_of_parts)
        each = np.array([context.cycles(pc) for pc in pcs.tolist()], np.int64)
        for group in sum_by_kernel(context, rule, pcs, each):
            message = (
                f"{_writes(rule, group.count)} to {_NAMES[memory]} "
                f"{'is' if group.count == 1 else 'are'} overwritten before anything reads "
                f"{'it' if group.count == 1 else 'them'}: "
                f"{plural(group.executions, 'execution')}"
            )
            yield finding(context, rule, group.first, message, "", group.count, group.cycles)


def _writes(rule: str, count: int) -> str:
    if rule == "L105":
        return "a prefetch" if count == 1 else f"{count:,} prefetches"
    return "a write" if count == 1 else f"{count:,} writes"


@dataclass(frozen=True, slots=True)
class _Sites:
    """What the kinds of access have in common, one entry per site."""

    memory: NDArray[np.int8]
    write: NDArray[np.bool_]
    prefetch: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    rows: NDArray[np.int64]
    length: NDArray[np.int64]


def _sites(context: Context) -> _Sites:
    sites = context.accesses.sites
    return _Sites(
        np.array([s.memory for s in sites], np.int8),
        np.array([s.write for s in sites], np.bool_),
        np.array([s.mnemonic.startswith("H_PREFETCH") for s in sites], np.bool_),
        np.array([s.shape.whole for s in sites], np.bool_),
        np.array([s.shape.rows for s in sites], np.int64),
        np.array([s.shape.length for s in sites], np.int64),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Some accesses in execution order: whole straight lines of code."""

    pc: NDArray[np.int64]
    site: NDArray[np.int32]
    address: NDArray[np.int64]
    step: NDArray[np.int64]


def _parts(context: Context, cuts: NDArray[np.int64]) -> Iterator[_Part]:
    """The accesses in parts that stay in the cache where the code has loops."""
    accesses = context.accesses
    ends: list[int] = [*np.searchsorted(accesses.pc, cuts).tolist(), len(accesses)]
    first = 0
    while first < len(accesses):
        last = ends[min(bisect_left(ends, first + _PART), len(ends) - 1)]
        part = slice(first, last)
        yield _Part(
            accesses.pc[part], accesses.site[part], accesses.address[part], accesses.step[part]
        )
        first = last


@dataclass(frozen=True, slots=True)
class _Units:
    """The smallest pieces of memory that are looked at, one row per access and unit."""

    access: NDArray[np.int64]
    unit: NDArray[np.int64]
    whole: NDArray[np.bool_]


def _hidden(
    context: Context, part: _Part, sites: _Sites, memory: int, cuts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The instructions whose write to ``memory`` is hidden, ascending, and which are prefetches."""
    size = {MSRAM: context.sizes.tile, VSRAM: context.sizes.vlen}.get(memory, 1)
    mine = np.flatnonzero((sites.memory == memory)[part.site])
    none = np.zeros(0, np.int64), np.zeros(0, np.bool_)
    writes = sites.write[part.site]
    if np.count_nonzero(writes[mine]) < 2:
        return none
    most = sites.rows * (sites.length // size + 2)  # units that one access can touch
    usable = (part.address[mine] >= 0) & (part.step[mine] >= 0)
    usable &= (most <= _MOST_UNITS)[part.site[mine]]
    barriers = part.pc[mine[~usable & ~writes[mine]]]
    mine = mine[usable]
    if not len(mine):
        return none
    units = _expand(part, sites, mine, memory, size)
    order = _by_unit(units.unit)
    unit = units.unit[order]
    write = writes[units.access[order]]
    dead = np.flatnonzero((unit[:-1] == unit[1:]) & write[:-1] & write[1:])
    dead = dead[units.whole[order[dead + 1]]]
    first, second = units.access[order[dead]], units.access[order[dead + 1]]
    before, after = part.pc[first], part.pc[second]
    line = np.searchsorted(cuts, before, side="right") == np.searchsorted(cuts, after, "right")
    calm = np.searchsorted(barriers, before) == np.searchsorted(barriers, after)
    lost = np.bincount(first[line & calm & (before < after)], minlength=len(part.pc))
    everything = np.bincount(units.access, minlength=len(part.pc))
    gone = np.flatnonzero((lost > 0) & (lost == everything))
    return part.pc[gone], sites.prefetch[part.site[gone]]


def _by_unit(unit: NDArray[np.int64]) -> NDArray[np.int64]:
    """The stable order by unit: radix sort, 16 bits at a time."""
    order = np.argsort(unit.astype(np.uint16), kind="stable")
    high = int(unit.max()) >> 16
    shift = 16
    while high:
        order = order[np.argsort((unit[order] >> shift).astype(np.uint16), kind="stable")]
        shift += 16
        high >>= 16
    return order


def _expand(part: _Part, sites: _Sites, mine: NDArray[np.int64], memory: int, size: int) -> _Units:
    """The units of the accesses ``mine``, in execution order."""
    site = part.site[mine]
    address, step = part.address[mine], part.step[mine]
    n_rows, n_length = sites.rows[site], sites.length[site]
    if memory == MSRAM:  # every read stays in its tile
        fills = sites.write[site]
        n_length = np.where(fills, n_rows * n_length, 1)
        n_rows = np.ones_like(n_rows)
        address = np.where(fills, address, address // size * size)
    joined = (n_rows > 1) & (step == n_length)  # consecutive rows are one piece
    n_length = np.where(joined, n_rows * n_length, n_length)
    n_rows = np.where(joined, 1, n_rows)
    access = np.repeat(mine, n_rows)
    start = np.repeat(address, n_rows)
    if len(access) > len(mine):
        offset = np.arange(len(access)) - np.repeat(np.cumsum(n_rows) - n_rows, n_rows)
        start = start + offset * np.repeat(step, n_rows)
        n_length = np.repeat(n_length, n_rows)
        site = np.repeat(site, n_rows)
    last = start + n_length - 1
    begin, end = _divided(start, size), _divided(last, size)
    whole = sites.whole[site] & (begin * size == start) & ((end + 1) * size == last + 1)
    units = end - begin + 1
    if int(units.max()) > 1:
        place = np.arange(int(units.sum())) - np.repeat(np.cumsum(units) - units, units)
        access, whole = np.repeat(access, units), np.repeat(whole, units)
        begin = np.repeat(begin, units) + place
    return _Units(access, begin, whole)


def _divided(number: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """``number // size``; a power of two, as sizes are, is several times faster."""
    return number // size if size & (size - 1) else number >> (size.bit_length() - 1)
