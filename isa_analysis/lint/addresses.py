"""The first failing execution of every access that leaves its memory or its alignment.

Addresses are closed forms, so a check is decided for all iterations at once; the cost does not
depend on trip counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import Affine, ranges
from isa_analysis.dataflow.accesses import Accesses
from isa_analysis.lint.checks import Check, checks_of
from isa_analysis.lint.context import Context
from isa_analysis.lint.faults import OPERAND, Fault, around


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where a value first fails: the iteration per loop above the first, the row of the access."""

    iterations: dict[int, int]
    row: int


class AddressSearch:
    """Runs the checks of all accesses; ``unknown`` collects executions that cannot be judged."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.unknown: dict[int, int] = {}

    def run(self) -> list[Fault]:
        """One fault per rule, kind and operation (kernels of all layers and heads together): the
        first in the order of execution."""
        accesses = self.context.accesses
        live = int(np.searchsorted(accesses.pc, self.context.order.horizon))
        by_site = np.argsort(accesses.site[:live].astype(np.uint16), kind="stable")
        cuts = np.searchsorted(accesses.site[:live][by_site], np.arange(len(accesses.sites) + 1))
        out: dict[tuple[str, str, int], Fault] = {}
        for number, site in enumerate(accesses.sites):
            mine = by_site[cuts[number] : cuts[number + 1]]
            checks = checks_of(site, self.context.sizes) if len(mine) else ()
            if not checks:
                continue
            fixed = (accesses.address[mine] >= 0) & (accesses.step[mine] >= 0)
            moving = mine[~fixed]
            self._count_unknown(moving)
            distinct, back = np.unique(accesses.address[moving], return_inverse=True)
            values, trips = self.context.definitions.values, self.context.order.trips
            outline = ranges.outline(values, distinct, trips)
            for place, check in enumerate(checks):
                for fault, kernel in (
                    *self._fixed(mine[fixed], check, (site.order, place)),
                    *self._moving(moving, check, (site.order, place), outline, back.reshape(-1)),
                ):
                    key = fault.rule, fault.fault, kernel
                    known = out.get(key)
                    if known is None:
                        out[key] = fault
                    else:
                        best = min(known, fault, key=lambda f: f.key)
                        out[key] = replace(best, count=known.count + fault.count)
        return list(out.values())

    def _fixed(
        self, mine: NDArray[np.int64], check: Check, place: tuple[int, int]
    ) -> Iterator[tuple[Fault, int]]:
        """(fault, operation) of accesses at constant addresses, one per operation."""
        context, accesses = self.context, self.context.accesses
        step = accesses.step[mine] if check.step is None else np.int64(check.step)
        failing = mine[_fails(check, accesses.address[mine], step)]
        failing = failing[context.suppressions.allowed(check.rule, accesses.pc[failing])]
        if not len(failing):
            return
        kernels, first, counts = np.unique(
            context.families(accesses.pc[failing]), return_index=True, return_counts=True
        )
        for kernel, at, count in zip(
            kernels.tolist(), first.tolist(), counts.tolist(), strict=True
        ):
            hit = self._first(check, *_pair(accesses, int(failing[at]), check))
            assert hit is not None
            yield self._fault(check, int(failing[at]), hit, place, count), kernel

    def _moving(
        self,
        mine: NDArray[np.int64],
        check: Check,
        place: tuple[int, int],
        outline: ranges.Outline,
        distinct: NDArray[np.int64],
    ) -> Iterator[tuple[Fault, int]]:
        """(fault, operation) of accesses whose address changes, one per access; ``distinct`` are
        their places in the outline."""
        context, accesses = self.context, self.context.accesses
        step = accesses.step[mine] if check.step is None else np.full(len(mine), check.step)
        suspects: list[int] = []
        for distance in np.unique(step).tolist():
            near = np.flatnonzero(step == distance)
            if distance >= 0:
                near = near[~check.clears(outline, distance)[distinct[near]]]
            some = mine[near]
            allowed = context.suppressions.allowed(check.rule, accesses.pc[some])
            suspects += some[allowed].tolist()
        hits: dict[tuple[int, int], _Hit | None] = {}
        for i in suspects:
            pair = _pair(accesses, i, check)
            if pair not in hits:
                hits[pair] = self._first(check, *pair)
            hit = hits[pair]
            if hit is not None:
                yield (
                    self._fault(check, i, hit, place, 1),
                    int(context.families(accesses.pc[i : i + 1])[0]),
                )

    def _count_unknown(self, mine: NDArray[np.int64]) -> None:
        """Note the accesses whose address or row distance is not known in some iteration."""
        accesses, values = self.context.accesses, self.context.definitions.values
        for column, running in ((accesses.address[mine], True), (accesses.step[mine], False)):
            distinct = np.unique(column[column < 0]).tolist()
            vague = [
                v
                for v in distinct
                if not (running and type(values.form(v)) is Affine)
                and any(f is None or (f.terms and not running) for _, f in values.alternatives(v))
            ]
            for pc in accesses.pc[mine[np.isin(column, vague)]].tolist():
                self.unknown[pc] = self.context.times(pc)

    def _first(self, check: Check, address: int, step: int) -> _Hit | None:
        """Where ``address`` first fails; None when it never does, as far as that is known."""
        values, trips = self.context.definitions.values, self.context.order.trips
        best: _Hit | None = None
        for conditions, form in values.alternatives(step):
            if form is None or form.terms:
                continue  # rows at an unknown or running distance are not judged
            rows = (check.rows, form.base)
            for box in ranges.boxes(values, address, trips, rows, conditions):
                if box is None:
                    continue
                try:
                    vector = check.first(box)
                except ranges.Undecided:
                    continue
                if vector is None:
                    continue
                named = dict(zip(box.loops(), vector, strict=True))
                hit = _Hit(named, named.pop(ranges.ROWS, 0))
                if best is None or _earlier(hit, best):
                    best = hit
        return best

    def _fault(
        self, check: Check, access: int, hit: _Hit, place: tuple[int, int], count: int
    ) -> Fault:
        context, accesses = self.context, self.context.accesses
        pc = int(accesses.pc[access])
        loops = around(context, pc, hit.iterations)
        values = context.definitions.values
        address, step = _pair(accesses, access, check)
        number = ranges.evaluate(values, address, loops)
        distance = ranges.evaluate(values, step, loops)
        assert number is not None and distance is not None
        shown = (number + hit.row * distance) & 0xFFFF_FFFF
        row = f"row {hit.row} of the access: " if check.rows > 1 and hit.row else ""
        operand = accesses.sites[int(accesses.site[access])].operand
        return Fault(
            check.rule, check.fault, pc, context.order.executed(pc, loops), loops,
            (OPERAND, place[0], hit.row, place[1]), f"{operand}: {row}{check.why(shown)}",
            count=count,
        )  # fmt: skip


def _pair(accesses: Accesses, access: int, check: Check) -> tuple[int, int]:
    step = accesses.step[access] if check.step is None else check.step
    return int(accesses.address[access]), int(step)


def _earlier(a: _Hit, b: _Hit) -> bool:
    """Whether ``a`` comes first in execution order, then by row."""
    loops = sorted(a.iterations.keys() | b.iterations.keys())
    return ([a.iterations.get(lp, 0) for lp in loops], a.row) < (
        [b.iterations.get(lp, 0) for lp in loops], b.row
    )  # fmt: skip


def _fails(
    check: Check, address: NDArray[np.int64], step: NDArray[np.int64] | np.int64
) -> NDArray[np.bool_]:
    """Whether any row of each access fails."""
    bad = check.fails(address)
    for row in range(1, check.rows):
        bad |= check.fails((address + row * step) & 0xFFFF_FFFF)
    return bad
