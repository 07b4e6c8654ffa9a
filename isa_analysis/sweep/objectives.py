"""What a sweep can be good at: the objectives of the Pareto set. All are to be minimised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from isa_analysis.diagnostics import error
from isa_analysis.sweep.model import Row
from isa_analysis.table import Kind

_Value = float | int | None


@dataclass(frozen=True, slots=True)
class Objective:
    """A figure of a row with its unit, and what it means."""

    name: str
    unit: str
    kind: Kind
    summary: str
    value: Callable[[Row], _Value]


def _machine(name: str) -> Callable[[Row], _Value]:
    def value(row: Row) -> _Value:
        found: _Value = getattr(row.machine, name, None)
        return found

    return value


def _system(name: str) -> Callable[[Row], _Value]:
    def value(row: Row) -> _Value:
        found: _Value = getattr(row.outcome.system, name, None)
        return found

    return value


def _array(row: Row) -> _Value:
    return None if row.machine is None else row.machine.mlen * row.machine.blen


def _capacity(row: Row) -> _Value:
    if row.outcome.system is not None:
        return row.outcome.system.capacity
    if row.point.capacity is not None:
        return row.point.capacity
    return None if row.machine is None else row.machine.capacity


def _host(row: Row) -> _Value:
    value: Fraction | float | None = row.point.host_bandwidth
    if value is None and row.machine is not None:
        value = row.machine.host_bandwidth
    return None if value is None else int(value) if value == int(value) else float(value)


OBJECTIVES: Mapping[str, Objective] = MappingProxyType(
    {
        o.name: o
        for o in (
            Objective("time", "s", "ms", "time of the program", lambda row: row.seconds),
            Objective(
                "cycles", "cycles", "cycles", "compute and memory cycles",
                lambda row: row.outcome.total_cycles,
            ),
            Objective("power", "W", "ms", "the board's power figure", _machine("power_w")),
            Objective(
                "energy", "J", "ms", "power times time, an upper bound", lambda row: row.energy_j
            ),
            Objective(
                "array", "cells", "count", "MLEN x BLEN, a proxy for the area", _array
            ),
            Objective("capacity", "bytes", "bytes", "capacity of the off-chip memory", _capacity),
            Objective("host_bandwidth", "bytes/s", "count", "bandwidth of the host link", _host),
            Objective("clock", "Hz", "count", "clock of the accelerator", _machine("clock_hz")),
            Objective("mlen", "elements", "count", "matrix unit length", _machine("mlen")),
            Objective("vlen", "elements", "count", "vector unit length", _machine("vlen")),
            Objective("blen", "elements", "count", "block length", _machine("blen")),
            Objective(
                "swapped_bytes", "bytes", "bytes", "bytes swapped over the host link",
                _system("swapped_bytes"),
            ),
            Objective(
                "streamed_bytes", "bytes", "bytes", "weight bytes streamed over the host link",
                _system("streamed_bytes"),
            ),
        )
    }
)  # fmt: skip

#: What a faster design is bought with, and the axes of which one must vary for it to count (none:
#: it counts when it differs between points, as power does from board to board).
_PRICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "power": (),
        "array": (),
        "capacity": ("capacity", "memory.capacity_bytes"),
        "host_bandwidth": ("host_bandwidth", "host_link.bandwidth_bytes_per_s"),
    }
)


def named(names: Sequence[str]) -> tuple[str, ...]:
    """``names`` without repetitions. Raises :class:`InputError` (E740) for an unknown one."""
    unknown = [name for name in names if name not in OBJECTIVES]
    if unknown:
        raise error(
            "E740", f"no objective is named {', '.join(map(repr, unknown))}",
            hint=f"objectives: {', '.join(OBJECTIVES)}",
        )  # fmt: skip
    return tuple(dict.fromkeys(names))


def chosen(rows: Sequence[Row], varied: Sequence[str]) -> tuple[str, ...]:
    """Time, and every price of it that differs between the points that run."""
    usable = [row for row in rows if row.outcome.status == "ok"]
    out = ["time"]
    for name, axes in _PRICES.items():
        values = [OBJECTIVES[name].value(row) for row in usable]
        asked = not axes or any(axis in varied for axis in axes)
        if asked and None not in values and len(set(values)) > 1:
            out.append(name)
    return tuple(out)


def values_of(row: Row, names: Sequence[str]) -> tuple[_Value, ...]:
    """The values of ``row``, None where it has none."""
    return tuple(OBJECTIVES[name].value(row) for name in names)
