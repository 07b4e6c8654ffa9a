"""Everything that one ``isa-analysis memory`` says about a program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from isa_analysis.residency.choices import BandwidthSource, CapacitySource
from isa_analysis.residency.evaluate import evaluate
from isa_analysis.residency.model import MemoryModel, MemoryRun
from isa_analysis.residency.thresholds import Change, changes
from isa_analysis.residency.trace import AccessTrace


@dataclass(frozen=True, slots=True)
class Case:
    """One run, with what would change its regime."""

    run: MemoryRun
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class MemoryResult:
    """The cases of one access trace: every capacity x bandwidth x model, in this order.

    ``context`` is the number of tokens that the KV regions hold, None when it was not said.
    """

    trace: AccessTrace
    capacity_source: CapacitySource
    bandwidth_source: BandwidthSource
    context: int | None
    cases: tuple[Case, ...]


def evaluate_all(
    trace: AccessTrace,
    models: Sequence[MemoryModel],
    capacities: tuple[Sequence[int], CapacitySource],
    bandwidths: tuple[Sequence[Fraction], BandwidthSource],
    *,
    context: int | None = None,
    preloaded: bool = False,
) -> MemoryResult:
    """Every combination, from one trace; equal ones once."""
    footprint = trace.manifest.footprint()
    cases = []
    for capacity in dict.fromkeys(capacities[0]):
        for bandwidth in dict.fromkeys(bandwidths[0]):
            for model in dict.fromkeys(models):
                run = evaluate(
                    trace, model, capacity=capacity, host_bandwidth=bandwidth, preloaded=preloaded
                )
                cases.append(Case(run, changes(footprint, run, context)))
    return MemoryResult(trace, capacities[1], bandwidths[1], context, tuple(cases))
