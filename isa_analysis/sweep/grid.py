"""The grid: axes, their values as text, and the product of them all."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from isa_analysis.diagnostics import error
from isa_analysis.sweep.model import Point

#: More points than this are refused: most likely a mistake, and nobody reads the table.
MOST_POINTS = 200_000

#: Axes with a flag of their own and the board field that each one sets.
BOARD_AXES = {
    "mlen": "machine.mlen",
    "vlen": "machine.vlen",
    "blen": "machine.blen",
    "clock_mhz": "clock_mhz",
}

#: A value of the axis ``vlen`` that means: whatever MLEN is.
SAME_AS_MLEN = "mlen"


@dataclass(frozen=True, slots=True)
class Axis:
    """A named axis and the texts of its values, each once, in the order given."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """What to sweep over.

    ``machine`` are the axes of :data:`BOARD_AXES` and of board fields (``section.key``);
    ``capacities`` are in bytes and ``host_bandwidths`` in bytes/s; None, and an empty memory
    model, stand for "not given".
    """

    files: tuple[str, ...]
    boards: tuple[str, ...]
    machine: tuple[Axis, ...] = ()
    timings: tuple[str, ...] = ("serial",)
    memories: tuple[str, ...] = ("board",)
    capacities: tuple[int | None, ...] = (None,)
    host_bandwidths: tuple[Fraction | None, ...] = (None,)
    memory_models: tuple[str, ...] = ("",)
    fixed: tuple[str, ...] = field(default=())

    @property
    def size(self) -> int:
        """How many points there are."""
        count = len(self.files) * len(self.boards)
        for axis in self.machine:
            count *= len(axis.values)
        for values in (
            self.timings, self.memories, self.capacities, self.host_bandwidths, self.memory_models,
        ):  # fmt: skip
            count *= len(values)
        return count

    def axes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every axis that was given, with the texts of its values."""
        out = [("file", self.files), ("board", self.boards)]
        out += [(axis.name, axis.values) for axis in self.machine]
        out += [("timing", self.timings), ("memory", self.memories)]
        if self.capacities != (None,):
            out.append(("capacity", tuple(map(_text, self.capacities))))
        if self.host_bandwidths != (None,):
            out.append(("host_bandwidth", tuple(map(_text, self.host_bandwidths))))
        if self.memory_models != ("",):
            out.append(("memory_model", self.memory_models))
        return tuple(out)


def grid_points(grid: Grid) -> tuple[Point, ...]:
    """The points of ``grid``, the last axis fastest. Raises :class:`InputError` (E740) when there
    are more than :data:`MOST_POINTS`, or when an axis or a board field is given twice."""
    if grid.size > MOST_POINTS:
        raise error(
            "E740", f"the grid has {grid.size:,} points, more than {MOST_POINTS:,}",
            hint="sweep over fewer values, or in several runs",
        )  # fmt: skip
    _refuse_twice(grid)
    names = [axis.name for axis in grid.machine]
    product: Iterator[Any] = itertools.product(
        grid.files, grid.boards, *(axis.values for axis in grid.machine),
        grid.timings, grid.memories, grid.capacities, grid.host_bandwidths, grid.memory_models,
    )  # fmt: skip
    points = []
    for number, (file, board, *rest) in enumerate(product):
        chosen = dict(zip(names, rest, strict=False))
        timing, memory, capacity, host, model = rest[len(names) :]
        points.append(
            Point(
                number, file, board, tuple(chosen.items()),
                (*grid.fixed, *(_override(name, value, chosen) for name, value in chosen.items())),
                timing, memory, model, capacity, host,
            )
        )  # fmt: skip
    return tuple(points)


def split_values(text: str) -> tuple[str, ...]:
    """The values in ``a,b,c``; commas inside brackets, braces and quotes do not separate.

    Raises :class:`ValueError` when a value is empty.
    """
    values, depth, quote, start = [], 0, "", 0
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "[{":
            depth += 1
        elif char in "]}":
            depth -= 1
        elif char == "," and depth <= 0:
            values.append(text[start:at].strip())
            start = at + 1
    values.append(text[start:].strip())
    if not all(values):
        raise ValueError(f"{text!r} has an empty value")
    return tuple(dict.fromkeys(values))


def _override(name: str, value: str, chosen: dict[str, str]) -> str:
    if name == "vlen" and value == SAME_AS_MLEN:
        return f"machine.vlen={chosen['mlen']}"
    return f"{BOARD_AXES.get(name, name)}={value}"


def _refuse_twice(grid: Grid) -> None:
    keys = [text.partition("=")[0].strip() for text in grid.fixed]
    keys += [BOARD_AXES.get(axis.name, axis.name) for axis in grid.machine]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise error("E740", f"{', '.join(twice)} is set in two places", hint="give it once")
    vlen = next((axis for axis in grid.machine if axis.name == "vlen"), None)
    if vlen and SAME_AS_MLEN in vlen.values and all(a.name != "mlen" for a in grid.machine):
        raise error("E740", "--vlen mlen needs --mlen", hint="give the values of MLEN")


def _text(value: Fraction | int | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) or value.denominator == 1 else f"{float(value):g}"
