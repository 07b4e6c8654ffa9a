"""Prefetches: repeated ones, rows that do not fit, amounts that are rounded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import ranges
from isa_analysis.dataflow.accesses import HBM, MSRAM, VSRAM
from isa_analysis.dataflow.events import SCALE
from isa_analysis.lint.context import Context
from isa_analysis.lint.findings import finding, plural, sum_by_kernel
from isa_analysis.lint.model import Finding


def rounded(context: Context) -> Iterator[Finding]:
    """L112."""
    rows, mlen = context.board.board.memory.prefetch_m_rows, context.sizes.mlen
    pcs = context.pcs_of(context.rows_of("H_PREFETCH_M")) if rows % mlen else np.zeros(0, np.int64)
    if len(pcs):
        message = (
            f"the board prefetches {rows} rows, which is no multiple of MLEN = {mlen}: "
            f"H_PREFETCH_M brings {context.sizes.prefetch_m_rows}"
        )
        yield finding(context, "L112", int(pcs[0]), message, "", len(pcs))


def dropped(context: Context) -> Iterator[Finding]:
    """L111."""
    accesses, sizes = context.accesses, context.sizes
    values, trips = context.definitions.values, context.order.trips
    room = sizes.vector_rows * sizes.vlen
    last = (sizes.prefetch_v_rows - 1) * sizes.vlen
    bad = []
    for number, site in enumerate(accesses.sites):
        if site.mnemonic != "H_PREFETCH_V" or site.memory != VSRAM:
            continue
        mine = np.flatnonzero(accesses.site == number)
        for i, value in zip(mine.tolist(), accesses.address[mine].tolist(), strict=True):
            most = ranges.bounds(values, value, trips)
            if most is not None and most[1] < room <= most[1] + last:
                bad.append(int(accesses.pc[i]))
    if bad:
        message = (
            f"the last of its {sizes.prefetch_v_rows} rows lie behind the end of vector SRAM "
            f"({sizes.vector_rows} rows) and are dropped"
        )
        yield finding(context, "L111", min(bad), message, "", len(bad))


def repeated(context: Context) -> Iterator[Finding]:
    """L107."""
    found = _Prefetches(context)
    pcs = found.again_in_line()
    for group in sum_by_kernel(context, "L107", pcs):
        what = "the prefetch" if group.count == 1 else f"{group.count:,} prefetches"
        message = (
            f"{what} bring what the prefetch before already brought to the same tile: "
            f"{plural(group.executions, 'transfer')}"
        ).replace("prefetch bring", "prefetch brings")
        yield finding(context, "L107", group.first, message, "", group.count)
    for pc, loop in found.again_in_loop():
        trip = context.program.loops[loop].trip
        runs = context.times(pc)
        message = (
            f"brings the same tile in each of {trip:,} iterations of the loop of line "
            f"{context.line(context.program.loops[loop].start)}: "
            f"{plural(runs - runs // trip, 'transfer')} too many"
        )
        yield finding(context, "L107", pc, message, "prefetch it once before the loop")


class _Prefetches:
    """H_PREFETCH_M in columns: destination, and all that decides which bytes come."""

    def __init__(self, context: Context) -> None:
        self.context = context
        accesses = context.accesses
        names = np.array([s.mnemonic == "H_PREFETCH_M" for s in accesses.sites] or [False])
        memory = accesses.column("memory")
        mine = names[accesses.site]
        to, source = (
            np.flatnonzero(mine & (memory == MSRAM)),
            np.flatnonzero(mine & (memory == HBM)),
        )
        self.pc = accesses.pc[to]
        self.to = accesses.address[to]
        precision = context.program.rows.values[accesses.row[to], 4].astype(np.int64)
        self.bytes = np.stack(
            [
                accesses.address[source],
                accesses.high[source],
                accesses.step[source],
                context.definitions.at(np.full(len(self.pc), SCALE), self.pc),
                precision,
            ]
        )
        self.stores = context.pcs_of(context.rows_of("H_STORE_V"))
        self.loop = context.regions.loop[context.region(self.pc)] if len(self.pc) else self.pc

    def again_in_line(self) -> NDArray[np.int64]:
        """Prefetches whose predecessor on the same tile, in the same straight line of code, brought
        the same."""
        order = np.lexsort((self.pc, self.to))
        before, after = order[:-1], order[1:]
        stored = np.searchsorted(self.stores, self.pc)
        region = np.searchsorted(line_cuts(self.context), self.pc, side="right")
        same = (
            (self.to[before] == self.to[after])
            & (self.to[before] != -1)
            & (region[before] == region[after])
            & (stored[before] == stored[after])
            & (self.bytes[:, before] == self.bytes[:, after]).all(axis=0)
            & (self.bytes[:, before] != -1).all(axis=0)
        )
        # Another prefetch at an unknown or running address may have overwritten the tile.
        vague = self.pc[self.to < 0]
        shaky = np.searchsorted(vague, self.pc)
        certain = (shaky[before] == shaky[after]) | (self.to[after] < 0)
        return np.sort(self.pc[after[same & certain]])

    def again_in_loop(self) -> Iterator[tuple[int, int]]:
        """(instruction, loop) of prefetches that bring the same in every iteration."""
        values = self.context.definitions.values
        loops = self.context.program.loops
        for loop in np.unique(self.loop[self.loop >= 0]).tolist():
            lp = loops[loop]
            if lp.trip < 2 or np.searchsorted(self.stores, lp.end) > np.searchsorted(
                self.stores, lp.start
            ):
                continue
            inside = np.flatnonzero((self.pc > lp.start) & (self.pc < lp.end))
            places = self.to[inside].tolist()
            # All prefetches of the loop go to constant tiles, each to one of its own.
            if min(places) < 0 or len(set(places)) < len(places):
                continue
            for i in inside[self.loop[inside] == loop].tolist():
                source = self.bytes[:, i].tolist()
                if any(v < 0 and self._varies(values, v, loop) for v in source[:4]):
                    continue
                yield int(self.pc[i]), loop

    @staticmethod
    def _varies(values: object, value: int, loop: int) -> bool:
        known = all(f is not None for _, f in values.alternatives(value))  # type: ignore[attr-defined]
        return not known or loop in values.variables(value)  # type: ignore[attr-defined]


def line_cuts(context: Context) -> NDArray[np.int64]:
    """Where straight lines of code begin: ``searchsorted(cuts, pc, "right")`` is equal for two
    instructions when no loop begins or ends in between."""
    loops = context.program.loops
    return np.sort(np.array([p + 1 for lp in loops for p in (lp.start, lp.end)], np.int64))
