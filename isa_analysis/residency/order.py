"""The order of accesses, with loops cut where transfers in them move from region to region.

In each chunk of iterations a moving transfer either stays in one place (found by bisection, since
a part of a box in one place is in one place), or does not depend on the iteration, or the chunk is
a single iteration. What is still in several places when all iterations are fixed is listed request
by request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import TypeAlias

import numpy as np

from isa_analysis.assembly.loops import Loop
from isa_analysis.residency.block_map import NOBODY, BlockMap
from isa_analysis.residency.nodes import Node, Repeat, append
from isa_analysis.residency.pieces import Moving, Place
from isa_analysis.residency.placement import Placement
from isa_analysis.residency.tree import Item, Tree
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import STORE_V

#: Looks at addresses (about 50 microseconds each) after which a loop nest is too irregular to be
#: followed, and its moving transfers count as unknown.
MOST_LOOKS = 300_000

#: First iteration and number of iterations by loop.
_Iterations: TypeAlias = dict[int, tuple[int, int]]


class TooIrregularError(Exception):
    """A nest that would take too long; ``transfers`` are those that move in it."""

    def __init__(self, transfers: frozenset[int]) -> None:
        self.transfers = transfers


@dataclass(slots=True)
class Order:
    """Makes the nodes of a program; requests of moving transfers are counted on the way."""

    traffic: Traffic
    loops: tuple[Loop, ...]
    blocks: BlockMap
    tree: Tree
    placement: Placement
    fixed_nodes: dict[int, Repeat] = field(default_factory=dict)
    looks: int = 0
    outermost: int = -1

    def all(self) -> tuple[Node, ...]:
        """The nodes of the whole program."""
        return tuple(self.nodes(self.tree[-1], {}, 1, {}))

    def nodes(
        self,
        items: list[Item],
        box: _Iterations,
        times: int,
        placed: dict[int, Place],
    ) -> list[Node]:
        """The nodes of ``items``. ``box`` has the iteration of each loop around, ``times`` how
        often that stands for, ``placed`` the places of transfers that are moving elsewhere."""
        out: list[Node] = []
        for item in items:
            if isinstance(item, int):
                out += self._loop(item, box, times, placed)
            else:
                self._run(*item, box, times, placed, out)
        return out

    def _run(
        self,
        first: int,
        last: int,
        box: _Iterations,
        times: int,
        placed: dict[int, Place],
        out: list[Node],
    ) -> None:
        at = first
        if self.placement.moving:
            for i in range(first, last):
                one = self.placement.moving.get(i)
                if one is None:
                    continue
                self._stream(at, i, out)
                at = i + 1
                place = placed.get(i)
                if place is None:
                    self._single(one, box, times, out)
                elif place != "unknown":
                    self._alternate(i, *place, out)
        self._stream(at, last, out)

    def _stream(self, first: int, last: int, out: list[Node]) -> None:
        """Transfers [first, last) that are in one place each."""
        if first == last:
            return
        t = self.traffic.transfers
        owners = np.append(np.array(self.blocks.owner, np.int64), NOBODY)
        element, scale = (
            owners[self.placement.element[first:last]],
            owners[self.placement.scale[first:last]],
        )
        kinds = self.traffic.machine.kinds
        rows = np.array([g.rows for g in kinds])[t.kind[first:last]]
        alternating = (element != scale) & (element >= 0) & (scale >= 0) & (rows > 1)
        at = 0
        blind = (t.kind[first:last] == STORE_V) & self.traffic.machine.tvm
        # A format without scales has no second access.
        has_scales = np.array([g.scale_bytes > 0 for g in kinds])[t.kind[first:last]]
        codes = np.stack([2 * element + blind, np.where(has_scales, 2 * scale, -1)], axis=1)
        for k in [*np.flatnonzero(alternating).tolist(), last - first]:
            stream = codes[at:k].reshape(-1)
            append(stream, out)
            if k < last - first:
                out.append(Repeat(int(rows[k]), (codes[k],)))
            at = k + 1

    def _alternate(self, i: int, element: int, scale: int, out: list[Node]) -> None:
        """A moving transfer that is in one place for now."""
        owner = self.blocks.owner
        kind = int(self.traffic.transfers.kind[i])
        blind = kind == STORE_V and self.traffic.machine.tvm
        g = self.traffic.machine.kinds[kind]
        second = 2 * owner[scale] if g.scale_bytes else -1
        codes = np.array([2 * owner[element] + blind, second], np.int64)
        rows = g.rows
        if owner[element] != owner[scale] and (codes >= 0).all() and rows > 1:
            out.append(Repeat(rows, (codes,)))
        else:
            append(codes, out)

    def _single(self, one: Moving, box: _Iterations, times: int, out: list[Node]) -> None:
        """One execution of a transfer, request by request."""
        self._look()
        found = one.single({loop: (box[loop][0], 1) for loop in one.chain})
        if found is None:
            self.placement.add_unknown(one.number, times)
            return
        block, is_scale = found
        stretch = self.blocks.stretches(block)
        blind = ~is_scale if one.kind == STORE_V and self.traffic.machine.tvm else is_scale & False
        owner = np.array(self.blocks.owner, np.int64)[stretch]
        append(2 * owner + blind, out)
        for scales in (False, True):
            for s, n in zip(
                *(a.tolist() for a in np.unique(stretch[is_scale == scales], return_counts=True)),
                strict=True,
            ):
                self.placement.count(
                    one.kind, s, 0 if scales else n * times, s, n * times if scales else 0
                )

    def _loop(
        self,
        loop: int,
        box: _Iterations,
        times: int,
        placed: dict[int, Place],
    ) -> list[Node]:
        trip = self.loops[loop].trip
        inside = self.placement.moving_in.get(loop)
        if not box:
            self.outermost = loop
        if not inside:
            known = self.fixed_nodes.get(loop)
            if known is None:
                body = self.nodes(self.tree[loop], box, times, placed)
                known = self.fixed_nodes[loop] = Repeat(trip, tuple(body))
            return [known]
        open_ = [i for i in inside if i not in placed]
        out: list[Node] = []
        begin = 0
        while begin < trip:
            count, found = self._chunk(loop, begin, trip - begin, open_, box)
            here = {**box, loop: (begin, count)}
            for i, place in found.items():
                rest = self._rest(i, here)
                if place == "unknown":
                    executions = times * prod(n for _, n in rest.values())
                    self.placement.add_unknown(i, executions)
                else:
                    self.placement.count_box(self.placement.moving[i], place, rest, times)
            body = self.nodes(self.tree[loop], here, times * count, {**placed, **found})
            out.append(Repeat(count, tuple(body)))
            begin += count
        return out

    def _chunk(
        self, loop: int, begin: int, most: int, open_: list[int], box: _Iterations
    ) -> tuple[int, dict[int, Place]]:
        """How many iterations from ``begin`` on look alike, and the places of transfers in them."""
        found: dict[int, Place] = {}
        for i in open_:
            one = self.placement.moving[i]

            def place(count: int, one: Moving = one, i: int = i) -> Place | None:
                self._look()
                return one.place(self._rest(i, {**box, loop: (begin, count)}), self.blocks)

            whole = place(most)
            if whole is not None:
                found[i] = whole
                continue
            first = place(1)
            if first is None:
                if one.depends_on(loop, self._rest(i, {**box, loop: (begin, most)})):
                    most = 1
                continue
            found[i] = first
            good, bad = 1, most
            guess = one.stays(loop, self._rest(i, {**box, loop: (begin, 1)}), self.blocks)
            for middle in (guess, guess + 1):  # mostly the last good one, and the first bad one
                if good < middle < bad:
                    good, bad = (middle, bad) if place(middle) == first else (good, middle)
            while bad - good > 1:
                middle = (good + bad) // 2
                good, bad = (middle, bad) if place(middle) == first else (good, middle)
            most = good
        return most, found

    def _rest(self, i: int, box: _Iterations) -> _Iterations:
        """The box of transfer ``i``: loops in ``box`` as they are there (those that are fixed: one
        iteration), the others whole."""
        chain = self.placement.moving[i].chain
        last = max((k for k, loop in enumerate(chain) if loop in box), default=-1)
        return {
            loop: (0, self.loops[loop].trip)
            if loop not in box
            else (box[loop] if k == last else (box[loop][0], 1))
            for k, loop in enumerate(chain)
        }

    def _look(self) -> None:
        self.looks += 1
        if self.looks > MOST_LOOKS:
            raise TooIrregularError(frozenset(self.placement.moving_in[self.outermost]))
