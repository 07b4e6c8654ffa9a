"""The figures that a limit can be set on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from isa_analysis.budget.quantity import Dimension

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.profiling.model import Cost, Profile


@dataclass(frozen=True, slots=True)
class MetricInfo:
    """A metric: its unit, and how it follows from a sum of instructions and the clock in Hz.

    ``of`` is None for a figure that belongs to the whole program and is not a sum.
    """

    name: str
    dimension: Dimension
    unit: str
    of: Callable[[Cost, int], Fraction] | None


def _integer(get: Callable[[Cost], int]) -> Callable[[Cost, int], Fraction]:
    return lambda cost, clock_hz: Fraction(get(cost))


METRICS: Mapping[str, MetricInfo] = MappingProxyType(
    {
        m.name: m
        for m in (
            MetricInfo("total_cycles", "cycles", "cycles", _integer(lambda c: c.total_cycles)),
            MetricInfo("compute_cycles", "cycles", "cycles", _integer(lambda c: c.compute_cycles)),
            MetricInfo("memory_cycles", "cycles", "cycles", _integer(lambda c: c.memory_cycles)),
            MetricInfo(
                "dynamic_instructions",
                "instructions",
                "instructions",
                _integer(lambda c: c.dynamic),
            ),
            MetricInfo(
                "static_instructions", "instructions", "instructions", _integer(lambda c: c.static)
            ),
            MetricInfo("time", "seconds", "ms", lambda c, hz: Fraction(c.total_cycles, hz)),
            MetricInfo("hbm_bytes", "bytes", "bytes", None),
            MetricInfo("sram_peak", "bytes", "bytes", None),
        )
    }
)

#: The metric of a limit that names none, by the unit of its amount.
DEFAULT_METRIC: Mapping[Dimension, str] = MappingProxyType(
    {
        "number": "total_cycles",
        "percent": "total_cycles",
        "cycles": "total_cycles",
        "instructions": "dynamic_instructions",
        "seconds": "time",
    }
)


def memory_metrics(profile: Profile, board: LoadedBoard) -> Mapping[str, int] | None:
    """``hbm_bytes`` (bus bytes read and written) and ``sram_peak`` (the highest byte touched in
    each on-chip memory, added up) of a profile; None when the profile did not follow addresses,
    without ``sram_peak`` where one of them depends on data."""
    if profile.traffic is None:
        return None
    from isa_analysis.footprint import footprint

    moved = profile.totals.hbm_read_bytes + profile.totals.hbm_write_bytes
    on_chip = [o for o in footprint(profile, board).whole if o.memory != "hbm"]
    if any(o.unknown for o in on_chip):
        return {"hbm_bytes": moved}
    return {"hbm_bytes": moved, "sram_peak": sum(o.high or 0 for o in on_chip)}


def needs_traffic(metrics: Iterable[MetricInfo]) -> bool:
    """Whether one of ``metrics`` is known only to a profile that follows addresses."""
    return any(metric.of is None for metric in metrics)
