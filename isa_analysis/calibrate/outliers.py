"""Measurements that the fit set aside because they deviate far more than the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from isa_analysis.calibrate.fit import Evidence, Solution
from isa_analysis.calibrate.least_squares import OUTLIER
from isa_analysis.calibrate.model import LeftOut
from isa_analysis.calibrate.observations import Case
from isa_analysis.calibrate.parameters import LATENCY, SERVICE
from isa_analysis.calibrate.terms import LATENCIES
from isa_analysis.timing.service import TIMES


def outliers(cases: Sequence[Case], evidence: Evidence, solution: Solution) -> tuple[LeftOut, ...]:
    """One entry per cycle count that was set aside, one per run for its H_ instructions."""
    far = f"it deviates more than {OUTLIER:.0f} times as far as the median measurement"
    out = []
    for i in solution.whole_outliers:
        row = evidence.whole[i]
        modelled = sum(f * solution.values[name] for name, f in row.slopes.items())
        reason = far if row.slopes else "the instruction table gives it a fixed cost"
        offset = _constant(cases[row.run], row.what)
        measured = float(row.target) + offset
        out.append(
            LeftOut(
                "W643", cases[row.run].run.label, row.what, reason,
                int(measured) if measured.is_integer() else measured, modelled + offset, "cycles",
            )
        )  # fmt: skip
    rows = evidence.service
    bad = solution.service_outlier
    for run in np.unique(rows.run[bad]).tolist():
        mine = (rows.run == run) & bad
        of = int((rows.run == run).sum())
        worst = int(np.flatnonzero(mine)[np.argmax(solution.service_deviation[mine])])
        pc = int(rows.pc[worst])
        what = "memory time" if pc < 0 else f"{int(mine.sum())} of {of} H_ instructions"
        reason = far if pc < 0 else f"{far}; the farthest is instruction {pc}"
        out.append(
            LeftOut(
                "W643", cases[run].run.label, what, reason,
                float(rows.ns[worst]), _modelled(evidence, solution, worst), "ns",
            )
        )  # fmt: skip
    return tuple(out)


def set_aside(evidence: Evidence, solution: Solution) -> dict[str, set[int]]:
    """The numbers of the cases whose ``compute`` or ``total`` cycles are outliers."""
    compute, total = set(), set()
    for i in solution.whole_outliers:
        row = evidence.whole[i]
        if row.what == "compute cycles":
            compute.add(row.run)
        if row.what.startswith("total"):
            total.add(row.run)
    rows = evidence.service
    total |= set(rows.run[solution.service_outlier & (rows.pc < 0)].tolist())
    return {"compute": compute, "total": total | compute}


def _constant(case: Case, what: str) -> int:
    """The cycles of a measured count that no parameter has a part in."""
    if what in case.terms.opcodes:
        return case.terms.opcodes[what].constant
    return case.terms.compute.constant if what in ("compute cycles", "total cycles") else 0


def _modelled(evidence: Evidence, solution: Solution, row: int) -> float:
    rows, values = evidence.service, solution.values
    times = np.array([values[SERVICE + key] for key in TIMES])
    latencies = np.array([values[LATENCY + key] for key in LATENCIES])
    return float(rows.design[row] @ times + rows.latency[row] @ latencies)
