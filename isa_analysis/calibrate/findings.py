"""What the measurements say about each parameter of the board, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from isa_analysis.calibrate.fit import (
    CONFIDENCE,
    Combination,
    Estimate,
    Evidence,
    Solution,
    is_uncertain,
)
from isa_analysis.calibrate.observations import Case
from isa_analysis.calibrate.parameters import LATENCY, SERVICE, Parameter
from isa_analysis.calibrate.terms import LATENCIES
from isa_analysis.timing.service import TIMES

#: measured: determined; uncertain: other values are about as likely; undetermined: nothing says.
Status = Literal["measured", "uncertain", "undetermined"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One parameter: the value that goes into the board file, and what it rests on.

    ``error`` is the standard error (0: the measurements agree exactly; None: undetermined).
    ``runs`` and ``programs`` count those that the parameter has a part in and that were not set
    aside; ``reason`` says why it is not (surely) determined.
    """

    parameter: Parameter
    value: int | float
    status: Status
    error: float | None
    runs: int
    programs: int
    reason: str = ""

    @property
    def changed(self) -> bool:
        """Whether the value differs from the board's."""
        return self.value != self.parameter.value


def findings(
    cases: Sequence[Case],
    evidence: Evidence,
    parameters: Sequence[Parameter],
    solution: Solution,
) -> tuple[Finding, ...]:
    """One finding per parameter, in their order."""
    runs = _runs(evidence, solution)
    executed = {opcode for case in cases for opcode, count in case.mix.items() if count}
    out = []
    for p in parameters:
        mine = runs.get(p.name, set())
        estimate = solution.estimates.get(p.name)
        status: Status = "measured"
        reason = ""
        if estimate is None:
            status, reason = "undetermined", _why(p, solution, executed, p.name in runs)
        elif is_uncertain(p, estimate):
            status, reason = "uncertain", _how_unsure(p, estimate, solution.values[p.name])
        out.append(
            Finding(
                p,
                solution.values[p.name],
                status,
                None if estimate is None else estimate.error,
                len(mine),
                len({cases[run].run.program for run in mine}),
                reason,
            )
        )
    return tuple(out)


def _runs(evidence: Evidence, solution: Solution) -> dict[str, set[int]]:
    """Runs with an equation of each parameter that was not set aside."""
    out: dict[str, set[int]] = {}
    bad = set(solution.whole_outliers)
    for i, row in enumerate(evidence.whole):
        if i not in bad:
            for name in row.slopes:
                out.setdefault(name, set()).add(row.run)
    good = evidence.service.of(~solution.service_outlier)
    for prefix, keys, columns in (
        (SERVICE, TIMES, good.design),
        (LATENCY, LATENCIES, good.latency),
    ):
        for i, key in enumerate(keys):
            found = set(good.run[columns[:, i] != 0].tolist())
            if found:
                out.setdefault(prefix + key, set()).update(found)
    return out


def _why(p: Parameter, solution: Solution, executed: set[str], has_equations: bool) -> str:
    if p.unused:
        return p.unused
    mine = [c for c in solution.combinations if p.name in c.factors]
    if mine:
        shortest = min(mine, key=lambda c: len(c.factors))
        others = [short(name) for name in shortest.factors if name != p.name]
        return f"only together with {' and '.join(others)}"
    ran = sorted(executed & set(p.opcodes))
    if not ran:
        return f"never executed: {', '.join(p.opcodes)}"
    if has_equations:
        return "too few independent measurements"
    if p.name.startswith(SERVICE):
        return "no transfer that was measured and could be used depends on it"
    return (
        f"{', '.join(ran)} executed, but nothing that depends on it was measured or could be used"
    )


def _how_unsure(p: Parameter, estimate: Estimate, chosen: float) -> str:
    spread = CONFIDENCE * estimate.error
    low, high = max(estimate.value - spread, 0), estimate.value + spread
    stays = chosen == p.value and estimate.allows(p.value)
    kept = "; the board's value is among them" if stays else ""
    return f"values from {low:.3g} to {high:.3g} fit about as well{kept}"


def short(name: str) -> str:
    """A parameter's name without the sections of the board file."""
    return name.rpartition(".")[2]


def combination_text(combination: Combination) -> str:
    """``vector_add_cycles + 2 x vector_mul_cycles``."""
    terms: list[str] = []
    for name, factor in combination.factors.items():
        sign = "- " if factor < 0 else "+ " if terms else ""
        size = abs(factor)
        times = "" if abs(size - 1) < 1e-9 else f"{size:.4g} x "
        terms.append(f"{sign}{times}{short(name)}")
    return " ".join(terms)
