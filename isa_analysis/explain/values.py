"""Values of the dataflow in words: first, last, bounds, strides per loop."""

from __future__ import annotations

from collections.abc import Sequence

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow import Affine, Values, ranges
from isa_analysis.explain.model import Held, Stride


def held(program: Program, values: Values, value: int, around: Sequence[int]) -> Held:
    """What ``value`` is in all executions of an instruction in the loops ``around`` (outermost
    first)."""
    trips = [loop.trip for loop in program.loops]
    first = ranges.evaluate(values, value, {})
    last = ranges.evaluate(values, value, {lp: trips[lp] - 1 for lp in around})
    limits = ranges.bounds(values, value, trips)
    low, high = limits if limits is not None else (None, None)
    pieces = list(values.alternatives(value))
    strides: tuple[Stride, ...] = ()
    if len(pieces) == 1 and isinstance(pieces[0][1], Affine):
        strides = tuple(
            Stride(_line(program, loop), c if c < 1 << 31 else c - (1 << 32))
            for loop, c in sorted(pieces[0][1].terms)
            if loop >= 0
        )
    switches = sorted({loop for conditions, _ in pieces for loop, _ in conditions})
    return Held(first, last, low, high, strides, tuple(_line(program, loop) for loop in switches))


def wide(high: Held, low: Held) -> Held:
    """A 64-bit value from its halves."""

    def join(a: int | None, b: int | None) -> int | None:
        return None if a is None or b is None else a << 32 | b

    constant_high = high.constant
    return Held(
        join(high.first, low.first),
        join(high.last, low.last),
        join(high.low, low.low) if constant_high else None,
        join(high.high, low.high) if constant_high else None,
        low.strides if constant_high else (),
        tuple(sorted({*high.switches, *low.switches})),
    )


def _line(program: Program, loop: int) -> int:
    return int(program.line[program.loops[loop].start])
