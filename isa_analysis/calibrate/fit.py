"""All parameters of a board from the equations of the measured runs.

First the whole-cycle parameters, from the equations that hold nothing else; then the service times,
together with what latencies those left open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from isa_analysis.calibrate.elimination import reduce_floats
from isa_analysis.calibrate.integers import Row, WholeFit, fit_whole
from isa_analysis.calibrate.least_squares import GROSS, Fit, Floats, robust_fit
from isa_analysis.calibrate.observations import ServiceRows, stacked
from isa_analysis.calibrate.parameters import LATENCY, SERVICE, Parameter
from isa_analysis.calibrate.terms import LATENCIES
from isa_analysis.timing.service import TIMES

#: Standard errors by which an estimate may be off.
CONFIDENCE = 2.0
#: Deviation from which a single transfer can be an outlier: those of real ones have a long tail
#: (which of several ready requests goes first), which averages out over a run.
GROSS_TRANSFER = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """The equations of all runs; ``family[i]`` is the family of run i."""

    whole: tuple[Row, ...]
    service: ServiceRows
    family: tuple[str, ...]

    def without(self, family: str) -> Evidence:
        """The equations of all runs of other families."""
        keep = np.array([f != family for f in self.family], np.bool_)
        return Evidence(
            tuple(row for row in self.whole if keep[row.run]),
            self.service.of(keep[self.service.run]),
            self.family,
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the measurements say about a parameter: the value with its standard error (0: exact)."""

    value: float
    error: float

    def allows(self, value: float) -> bool:
        """Whether ``value`` is within the error."""
        return abs(self.value - value) <= CONFIDENCE * self.error


@dataclass(frozen=True, slots=True)
class Combination:
    """Parameters of which only ``sum(factors[name] * value[name]) = total`` is determined."""

    factors: Mapping[str, float]
    total: float

    def of(self, values: Mapping[str, float]) -> float:
        """What the combination is with these values."""
        return sum(factor * values[name] for name, factor in self.factors.items())


@dataclass(frozen=True, slots=True)
class Solution:
    """The values of all parameters (the board's where nothing better is known) and why.

    ``estimates`` holds the determined ones; ``seen`` those that equations have at all.
    ``whole_outliers`` are indices of rows of the evidence that were set aside,
    ``service_deviation`` and ``service_outlier`` belong to the rows of ``service``.
    """

    values: Mapping[str, int | float]
    estimates: Mapping[str, Estimate]
    combinations: tuple[Combination, ...]
    seen: frozenset[str]
    whole_outliers: tuple[int, ...]
    service_deviation: Floats
    service_outlier: np.ndarray[tuple[int], np.dtype[np.bool_]]


def solve(evidence: Evidence, parameters: Sequence[Parameter]) -> Solution:
    """The parameters that fit ``evidence`` best.

    A parameter that the measurements determine so poorly that the board's value is as likely keeps
    that value, and the others are fitted again with it: they made up for what it is not.
    """
    whole, estimates = _fit_whole(evidence, parameters)
    combinations = [Combination(_floats(f), total) for f, total in whole.combinations]
    seen = set(whole.seen)
    rows = evidence.service
    deviation, outlier = np.zeros(len(rows.ns)), np.zeros(len(rows.ns), np.bool_)
    if len(rows.ns) and any(p.name.startswith(SERVICE) for p in parameters):
        service, found = _fit_times(evidence, parameters, estimates, combinations)
        estimates |= found
        if rows.latency.any():  # then the equations of both kinds are solved together
            combinations = [c for c in combinations if not set(c.factors) & service.seen]
        combinations += service.combinations
        seen |= service.seen
        deviation, outlier = service.fit.deviation, service.fit.outlier
    return Solution(
        _chosen(parameters, estimates),
        estimates,
        tuple(combinations),
        frozenset(seen),
        whole.outliers,
        deviation,
        outlier,
    )


def _fit_whole(
    evidence: Evidence, parameters: Sequence[Parameter]
) -> tuple[WholeFit, dict[str, Estimate]]:
    """The whole-cycle parameters that the equations of ``evidence.whole`` determine."""
    start = {p.name: int(p.value) for p in parameters if p.whole}
    fit = fit_whole(evidence.whole, start)
    estimates = {name: Estimate(value, fit.errors[name]) for name, value in fit.values.items()}
    kept = {p.name: int(p.value) for p in parameters if _is_kept(p, estimates.get(p.name))}
    if kept:
        fit = fit_whole([row.with_values(kept) for row in evidence.whole], start)
        estimates |= {n: Estimate(value, fit.errors[n]) for n, value in fit.values.items()}
    return fit, estimates


def _fit_times(
    evidence: Evidence,
    parameters: Sequence[Parameter],
    estimates: Mapping[str, Estimate],
    combinations: Sequence[Combination],
) -> tuple[_ServiceFit, dict[str, Estimate]]:
    """The service times and open latencies that ``evidence.service`` determines, in up to three
    passes: with what is settled before, with the latencies that then are, with what is kept.

    What cycle counts determined of several latencies together holds in all of them.
    """
    count, start = len(evidence.service.ns), {p.name: p.value for p in parameters}
    weight = evidence.service.weight / _repeats(evidence)
    rows = evidence.service
    if rows.latency.any():
        rows = _with_combinations(rows, combinations)
        held = np.full(len(rows.ns) - count, 100 * weight.sum())
        weight = np.concatenate([weight, held])
    fixed = {n: e.value for n, e in estimates.items() if CONFIDENCE * e.error <= 0.5}
    fit = _fit_service(rows, weight, fixed, start)
    found = dict(fit.estimates)
    settled = {
        p.name: float(round(found[p.name].value))
        for p in parameters
        if p.whole and p.name in found and not is_uncertain(p, found[p.name])
    }
    if settled:
        fixed |= settled
        fit = _fit_service(rows, weight, fixed, start)
        found |= fit.estimates
    kept = {p.name: float(p.value) for p in parameters if _is_kept(p, found.get(p.name))}
    if kept:
        fit = _fit_service(rows, weight, fixed | kept, start)
        found |= fit.estimates
    own = Fit(fit.fit.values, fit.fit.errors, fit.fit.deviation[:count], fit.fit.outlier[:count])
    return replace(fit, fit=own), found


def _with_combinations(rows: ServiceRows, combinations: Sequence[Combination]) -> ServiceRows:
    """``rows`` and one more per combination of latencies (a cycle counts as 1 ns)."""
    names = [LATENCY + key for key in LATENCIES]
    mine = [c for c in combinations if c.total > 0 and set(c.factors) <= set(names)]
    more = ServiceRows(
        np.full(len(mine), -1),
        np.full(len(mine), -1),
        np.zeros((len(mine), len(TIMES))),
        np.array([[c.factors.get(n, 0.0) for n in names] for c in mine]).reshape(-1, len(names)),
        np.array([c.total for c in mine]),
        np.ones(len(mine)),
    )
    return stacked([rows, more])


def _is_kept(parameter: Parameter, estimate: Estimate | None) -> bool:
    """Whether the board's value of a poorly determined parameter is as likely as any."""
    return (
        estimate is not None
        and is_uncertain(parameter, estimate)
        and estimate.allows(parameter.value)
    )


def _floats(factors: Mapping[str, object]) -> dict[str, float]:
    return {name: float(factor) for name, factor in factors.items()}  # type: ignore[arg-type]


def _repeats(evidence: Evidence) -> Floats:
    """The root of the number of runs of each row's family: those repeat one another."""
    runs = np.unique(evidence.service.run)
    members: dict[str, int] = {}
    for run in runs.tolist():
        members[evidence.family[run]] = members.get(evidence.family[run], 0) + 1
    return np.array([members[evidence.family[r]] ** 0.5 for r in evidence.service.run.tolist()])


@dataclass(frozen=True, slots=True)
class _ServiceFit:
    fit: Fit
    estimates: Mapping[str, Estimate]
    combinations: tuple[Combination, ...]
    seen: frozenset[str]


def _fit_service(
    rows: ServiceRows,
    weight: Floats,
    fixed: Mapping[str, float],
    start: Mapping[str, int | float],
) -> _ServiceFit:
    """The service times and the latencies not ``fixed`` that fit ``rows`` best."""
    all_names = [*(SERVICE + key for key in TIMES), *(LATENCY + key for key in LATENCIES)]
    table = np.column_stack([rows.design, rows.latency])
    known = np.array([fixed.get(name, 0.0) for name in all_names])
    free = np.array([name not in fixed for name in all_names])
    free[len(TIMES) :] &= rows.latency.any(axis=0)
    names = [name for name, is_free in zip(all_names, free.tolist(), strict=True) if is_free]
    a = table[:, free]
    y = rows.ns - table @ known
    # Relative to what was measured, also where the fixed part is most of it.
    size = np.maximum(rows.ns - rows.latency @ known[len(TIMES) :], 0.01 * rows.ns)
    begin = np.array([float(start[name]) for name in names])
    fit = robust_fit(a, y, size, weight, begin, np.where(rows.pc < 0, GROSS, GROSS_TRANSFER))
    keep = ~fit.outlier
    reduced = reduce_floats(
        (np.column_stack([a[keep], y[keep]]) / size[keep, None]).tolist(), len(names)
    )
    determined = reduced.determined()
    estimates = {
        names[j]: Estimate(float(fit.values[j]), float(fit.errors[j])) for j in sorted(determined)
    }
    combinations = tuple(
        Combination(
            {names[j]: factor for j, factor in factors.items()},
            sum(factor * float(fit.values[j]) for j, factor in factors.items()),
        )
        for factors, _ in reduced.combinations()
    )
    return _ServiceFit(fit, estimates, combinations, frozenset(names[j] for j in reduced.seen()))


def _chosen(
    parameters: Sequence[Parameter], estimates: Mapping[str, Estimate]
) -> dict[str, int | float]:
    """The estimate where it is sure enough, else the board's value where that is as likely."""
    out: dict[str, int | float] = {}
    for p in parameters:
        estimate = estimates.get(p.name)
        if estimate is None or _is_kept(p, estimate):
            out[p.name] = p.value
        elif p.whole:
            out[p.name] = max(round(estimate.value), 0)
        else:
            out[p.name] = float(f"{max(estimate.value, 0.0):.6g}")
    return out


def is_uncertain(parameter: Parameter, estimate: Estimate) -> bool:
    """Whether other values are about as likely: another whole number, or half as much again."""
    if parameter.whole:
        return CONFIDENCE * estimate.error > 0.5
    return CONFIDENCE * estimate.error > 0.5 * estimate.value
