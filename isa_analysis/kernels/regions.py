"""Regions: stretches of static code whose instructions all run equally often in one kernel.

Boundaries are loop bodies and kernel spans. Every dynamic figure is a sum over regions of a static
count times the region's multiplicity, so the cost of a profile does not grow with trip counts.
Multiplicities are Python integers: trip products exceed 64 bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import Loop
from isa_analysis.kernels import KernelSpans


@dataclass(frozen=True, slots=True)
class Regions:
    """``start[r]`` is the first instruction of region r (regions tile the program in order);
    ``loop[r]`` the innermost loop around it (-1: none), ``kernel[r]`` its kernel, ``times[r]`` an
    index into ``multiplicities``, how often it runs."""

    start: NDArray[np.int64]
    size: NDArray[np.int64]
    loop: NDArray[np.int32]
    kernel: NDArray[np.int32]
    times: NDArray[np.int32]
    multiplicities: tuple[int, ...]


def loop_entries(loops: tuple[Loop, ...]) -> list[int]:
    """How often the body of each loop runs in all: the trip product down to it."""
    inside: list[int] = []
    for loop in loops:
        outer = inside[loop.parent] if loop.parent >= 0 else 1
        inside.append(outer * loop.trip)
    return inside


def build_regions(n: int, loops: tuple[Loop, ...], spans: KernelSpans) -> Regions:
    """The regions of a program of ``n`` instructions."""
    begins = np.array([loop.start + 1 for loop in loops], np.int64)
    leaves = np.minimum(np.array([loop.end + 1 for loop in loops], np.int64), n)
    span_start = np.asarray(spans.start_pc, np.int64)
    start = np.sort(np.concatenate([np.zeros(1, np.int64), begins, leaves, span_start]))
    start = start[(np.diff(start, prepend=-1) > 0) & (start < n)]
    size = np.diff(np.append(start, n))

    # Innermost loop at each point: entering at begin, back to the parent after the end.
    at = np.concatenate([np.full(1, -1, np.int64), begins, leaves])
    into = np.concatenate(
        [
            np.full(1, -1, np.int32),
            np.arange(len(loops), dtype=np.int32),
            np.array([loop.parent for loop in loops], np.int32),
        ]
    )
    # Ties occur only where unclosed loops leave at the end of the program: no region begins there.
    order = np.argsort(at, kind="stable")
    loop = into[order][np.searchsorted(at[order], start, side="right") - 1]
    kernel = np.asarray(spans.kernel, np.int32)[
        np.maximum(np.searchsorted(span_start, start, side="right") - 1, 0)
    ] if len(span_start) else np.zeros(len(start), np.int32)  # fmt: skip

    number: dict[int, int] = {1: 0}
    inside = [number.setdefault(times, len(number)) for times in loop_entries(loops)]
    times = np.array([*inside, 0], np.int32)[loop]
    return Regions(start, size, loop, kernel, times, tuple(number))
