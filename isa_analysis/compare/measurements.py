"""Measurements of a variant beside its estimates: for the program, and for kernels named alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isa_analysis.compare.variant import Figures, Variant
from isa_analysis.isa import kind_of
from isa_analysis.measured.flags import Flag

if TYPE_CHECKING:
    from isa_analysis.measured.estimates import Estimate
    from isa_analysis.measured.model import Measurement


@dataclass(frozen=True, slots=True)
class Result:
    """A measurement judged against an estimate: cycles per run, None without a result."""

    measurement: Measurement
    cycles: int | float | None
    error_percent: float | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was measured of one variant, by the path of the kernel (empty: the program)."""

    results: Mapping[tuple[str, ...], Result]

    def of(self, figures: Figures) -> Result | None:
        """The result for a kernel, or for the program; None when it was not measured."""
        return self.results.get(figures.path)


def judged(variant: Variant) -> Judged:
    """The measurements given for ``variant``, each against the figures that it is of.

    A part of a run, such as a stage, belongs to the kernel whose label or last name it has; parts
    that fit no kernel, or several, are left out here.
    """
    if not variant.measurements:
        return Judged({})
    from isa_analysis.measured.averages import error_percent
    from isa_analysis.measured.judge import judge
    from isa_analysis.measured.select import select

    named: dict[str, list[Figures]] = {}
    for kernel in variant.kernels:
        for name in {kernel.label.casefold(), kernel.path[-1].casefold() if kernel.path else ""}:
            named.setdefault(name, []).append(kernel)
    pairs: list[tuple[Figures, Measurement]] = []
    others: list[Measurement] = []
    for m in variant.measurements:
        fitting = named.get(m.part.casefold(), []) if m.part else []
        if len(fitting) == 1 and sum(n.part == m.part for n in variant.measurements) == 1:
            pairs.append((fitting[0], m))
        else:
            others.append(m)
    if others:
        pairs.append((variant.whole, select(others)))
    results = {}
    for figures, m in pairs:
        flags = judge(m, _estimate(variant, figures))
        error = error_percent(figures.cycles, m.cycles)
        results[figures.path] = Result(m, m.cycles, error, tuple(flags))
    return Judged(results)


def _estimate(variant: Variant, figures: Figures) -> Estimate:
    from isa_analysis.measured.estimates import Estimate

    engine, bound = busiest(variant, figures)
    cost = figures.cost
    return Estimate(
        name=figures.label if figures.path else variant.label,
        path=variant.path,
        cycles=cost.total_cycles,
        lower_bound_cycles=bound if bound else None,
        engine=engine,
        read_bytes=cost.hbm_read_bytes if variant.has_bytes else None,
        written_bytes=cost.hbm_write_bytes if variant.has_bytes else None,
        sha256=variant.sha256,
        machine=tuple(variant.model.parameters.items()),
    )


def busiest(variant: Variant, figures: Figures) -> tuple[str, int]:
    """The engine with the most compute cycles in a kernel, or in the program, and these cycles; 0
    where they are not known."""
    if not figures.path:
        return variant.bound
    sums: dict[str, int] = {}
    for mnemonic, cost in figures.opcodes.items():
        engine = kind_of(mnemonic)[0]
        sums[engine] = sums.get(engine, 0) + cost.compute_cycles
    name = max(sums, key=lambda e: (sums[e], e), default="-")
    return name, sums.get(name, 0)
