"""Which ranges of on-chip memory each instruction touches, as values of the dataflow.

A range reaches from the first to the last unit that an access touches: gaps between its rows count
as touched. A range of unknown place or extent is the whole memory.

Addresses are taken as the signed numbers that the 32 bits mean, and move on without end: a counter
that leads far out of a memory does not come round to its beginning. (Such a program faults long
before; one that stays inside its memories is not concerned.)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import UNKNOWN, Affine, Switch, Values
from isa_analysis.dataflow.accesses import HBM, Accesses
from isa_analysis.dataflow.values import WORD

Ints = NDArray[np.int64]

#: Length of a range that is the whole memory.
WHOLE = -1
#: From here on a range counts as the whole memory.
LARGE = 1 << 30

#: The counters that an address moves with, and how far per iteration; None: it stays.
Terms: TypeAlias = "tuple[tuple[int, int], ...] | None"
#: One range in one execution: memory, is it written, address, length, and the address's terms.
Range = tuple[int, bool, int, int, Terms]
#: What one executed instruction touched: its pc and ranges.
Entry = tuple[int, tuple[Range, ...]]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges by instruction: those of pc are entries ``first[pc]`` to ``first[pc + 1]`` of the
    columns. ``value`` is the address (a value of the dataflow), ``length`` in units or WHOLE."""

    values: Values
    first: NDArray[np.int32]
    memory: NDArray[np.int8]
    write: NDArray[np.bool_]
    value: Ints
    length: NDArray[np.int32]


class Part(NamedTuple):
    """Ranges of some instructions, row by row: columns as in :class:`Ranges`, and ``pc``."""

    pc: NDArray[np.int32]
    memory: NDArray[np.int8]
    write: NDArray[np.bool_]
    value: Ints
    length: NDArray[np.int32]


def on_chip(accesses: Accesses) -> Part:
    """The ranges of all accesses to memories on chip."""
    shapes = [s.shape for s in accesses.sites]
    of_site = [min((s.rows - 1) * s.step + s.length, LARGE) for s in shapes]
    length = np.array(of_site or [0], np.int32)[accesses.site]
    moving = np.array([s.stride and s.rows > 1 for s in shapes] or [False])
    for k in np.flatnonzero(moving[accesses.site]).tolist():  # rows a register's distance apart
        shape, distance = shapes[accesses.site[k]], int(accesses.step[k])
        span = (shape.rows - 1) * distance + shape.length
        length[k] = span if distance >= 0 and span < LARGE else LARGE
    chosen = np.array([s.memory != HBM for s in accesses.sites] or [False])[accesses.site]
    write = np.array([s.write for s in accesses.sites] or [False])
    return from_accesses(accesses, chosen, write, length)


def from_accesses(
    accesses: Accesses,
    chosen: NDArray[np.bool_],
    write: NDArray[np.bool_],
    length: NDArray[np.int32],
) -> Part:
    """The ranges of the ``chosen`` accesses; ``write`` by site, ``length`` (at least LARGE: the
    whole memory) by access."""
    site, value, length = accesses.site[chosen], accesses.address[chosen], length[chosen]
    length[(length >= LARGE) | (value == UNKNOWN)] = WHOLE
    memory = np.array([s.memory for s in accesses.sites] or [0], np.int8)[site]
    pc = accesses.pc[chosen].astype(np.int32)
    return Part(pc, memory, write[site], value, length)


def joined(n: int, values: Values, parts: list[Part]) -> Ranges:
    """The ranges of a program of ``n`` instructions from ``parts`` in order, which are used up."""
    first = np.zeros(n + 1, np.int32)
    for part in parts:
        if len(part.pc):
            low, high = int(part.pc[0]), int(part.pc[-1]) + 1
            first[low + 1 : high + 1] = np.bincount(part.pc - low, minlength=high - low)
    np.cumsum(first, dtype=np.int32, out=first)
    columns = list(zip(*(part[1:] for part in parts), strict=True))
    parts.clear()
    memory, write, value, length = (np.concatenate(columns.pop(0)) for _ in range(4))
    return Ranges(values, first, memory, write, value, length)


def without(n: int, values: Values) -> Ranges:
    """No ranges at all: for models that ask for no addresses."""
    none = np.zeros(0, np.int64)
    return Ranges(
        values, np.zeros(n + 1, np.int32), none.astype(np.int8), none.astype(np.bool_), none,
        none.astype(np.int32),
    )  # fmt: skip


@dataclass(slots=True)
class Places:
    """The ranges of single instructions in given iterations, with everything cached that does not
    change from one iteration to the next."""

    ranges: Ranges
    _static: dict[int, list[tuple[int, bool, int, int]]] = field(default_factory=dict)
    _fixed: dict[int, tuple[Range, ...]] = field(default_factory=dict)
    _forms: dict[int, Affine | None] = field(default_factory=dict)

    def load(self, begin: int, end: int) -> None:
        """Make the instructions ``begin`` to ``end`` ready for :meth:`at`."""
        r, static = self.ranges, self._static
        if begin in static and end - 1 in static:
            return
        cuts = r.first[begin : end + 1].tolist()
        a, b = cuts[0], cuts[-1]
        rows = list(
            zip(
                r.memory[a:b].tolist(), r.write[a:b].tolist(),
                r.value[a:b].tolist(), r.length[a:b].tolist(), strict=True,
            )
        )  # fmt: skip
        for k in range(end - begin):
            static[begin + k] = rows[cuts[k] - a : cuts[k + 1] - a]

    def forget(self) -> None:
        """Let go of everything loaded."""
        self._static.clear()
        self._fixed.clear()

    def static(self, pc: int) -> list[tuple[int, bool, int, int]]:
        """Memory, is it written, address as a value, and length of the ranges of ``pc``."""
        return self._static[pc]

    def at(self, pc: int, iteration: dict[int, int]) -> tuple[Range, ...]:
        """The ranges of ``pc`` (loaded before) when each open loop is in its ``iteration``."""
        fixed = self._fixed.get(pc)
        if fixed is not None:
            return fixed
        rows = self._static[pc]
        out: list[Range] = []
        constant = True
        for memory, write, value, length in rows:
            if length < 0:
                out.append((memory, write, 0, WHOLE, None))
            elif value >= 0:
                out.append((memory, write, signed(value), length, None))
            else:
                constant = False
                piece = self._piece(value, iteration)
                if piece is None:
                    out.append((memory, write, 0, WHOLE, None))
                else:
                    place = piece.base
                    for loop, step in piece.terms:
                        place += step * iteration[loop]
                    out.append((memory, write, place, length, piece.terms or None))
        found = tuple(out)
        if constant:
            self._fixed[pc] = found
        return found

    def _piece(self, value: int, iteration: dict[int, int]) -> Affine | None:
        """The affine piece of ``value`` that holds in ``iteration``, in signed numbers; None:
        unknown, or in terms of a loop that is not open (one that was never closed)."""
        values = self.ranges.values
        while value < 0:
            form = values.form(value)
            if not isinstance(form, Switch):
                break
            if form.loop not in iteration:
                return None
            value = form.rest if iteration[form.loop] else form.first
        if value not in self._forms:
            self._forms[value] = signed_form(values, value)
        piece = self._forms[value]
        if piece is None or any(loop not in iteration for loop, _ in piece.terms):
            return None
        return piece


def signed(word: int) -> int:
    """The number that 32 bits mean."""
    return word if word <= WORD >> 1 else word - WORD - 1


def signed_form(values: Values, value: int) -> Affine | None:
    """A value that is no switch, in signed numbers; None: unknown."""
    if value >= 0:
        return Affine(signed(value), ())
    form = values.form(value)
    if not isinstance(form, Affine):
        return None
    return Affine(signed(form.base), tuple((v, signed(step)) for v, step in form.terms))
