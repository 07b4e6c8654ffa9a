"""How far modelled cycles are from measured ones: before, after, and on held-out families."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from isa_analysis.boards import LoadedBoard
from isa_analysis.calibrate.model import Number
from isa_analysis.calibrate.observations import Case
from isa_analysis.calibrate.parameters import CHARGE, LATENCY, SERVICE
from isa_analysis.calibrate.terms import LATENCIES, Terms
from isa_analysis.timing.model import CHARGE_KEYS, cycles
from isa_analysis.timing.service import TIMES
from isa_analysis.traffic.charges import needs_addresses

#: Totals up to this many cycles are judged apart: a few cycles are percents of them.
SMALL_TOTAL = 10_000

Values = Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class Compared:
    """One measured number of a run and what the model makes of it (cycles); ``held_out`` by a fit
    that saw no run of the family (None: there is only one family). ``set_aside``: an outlier, which
    stays visible and leaves the averages."""

    run: str
    family: str
    measured: Number
    before: int
    after: int
    held_out: int | None
    set_aside: bool = False

    def error(self, modelled: int | None) -> float | None:
        """The relative error of ``modelled``: 0.01 is 1 % too much; None without one."""
        if modelled is None:
            return None
        if not self.measured:
            return 0.0 if not modelled else float("inf")
        return float((modelled - self.measured) / self.measured)


@dataclass(frozen=True, slots=True)
class Quality:
    """Absolute relative errors of several runs: the mean, the share within 2 %, the worst and whose
    it is. ``worst_cycles`` is the largest difference in cycles."""

    runs: int
    mean: float
    within_2_percent: float
    worst: float
    worst_run: str
    worst_cycles: float


def compute_cycles(terms: Terms, values: Values) -> int:
    """Modelled compute cycles."""
    return terms.compute.cycles({key: int(values[LATENCY + key]) for key in LATENCIES})


def memory_cycles(terms: Terms, values: Values, board: LoadedBoard) -> int:
    """Modelled memory cycles, rounded as a profile rounds them."""
    t, b = terms.transfers, board.board
    timing = b.memory.timing_model
    if timing == "charge":
        return sum(
            times * int(values[CHARGE + CHARGE_KEYS[mnemonic]])
            for mnemonic, times in zip(t.mnemonic, t.times, strict=True)
        )
    if timing == "none" or not len(t.times):
        return 0
    ns = (t.design @ np.array([values[SERVICE + key] for key in TIMES])).tolist()
    assert b.memory.service is not None
    if needs_addresses(b.memory.service):
        parts = [cycles(one * times, b.clock_hz) for one, times in zip(ns, t.times, strict=True)]
    else:
        parts = [times * cycles(one, b.clock_hz) for one, times in zip(ns, t.times, strict=True)]
    return sum(parts)


def compare(
    cases: Sequence[Case],
    boards: Sequence[LoadedBoard],
    before: Values,
    after: Values,
    held_out: Mapping[str, Values],
    set_aside: Mapping[str, Collection[int]],
) -> tuple[tuple[Compared, ...], tuple[Compared, ...]]:
    """Compute cycles and total cycles of the runs that measured them and are about this board;
    ``set_aside`` holds the numbers of the cases whose compute or total is an outlier."""
    compute, total = [], []
    for number, (case, board) in enumerate(zip(cases, boards, strict=True)):
        run, terms = case.run, case.terms
        values = [before, after, held_out.get(case.family)]
        if not case.latencies:
            continue
        modelled = [None if v is None else compute_cycles(terms, v) for v in values]
        if run.compute_cycles is not None:
            outlier = number in set_aside["compute"]
            compute.append(_compared(case, run.compute_cycles, modelled, outlier))
        no_memory = not sum(terms.transfers.times)
        timed = board.board.memory.timing_model != "none"
        if run.total_cycles is not None and (no_memory or (case.memory and timed)):
            modelled = [
                None if m is None or v is None else m + memory_cycles(terms, v, board)
                for m, v in zip(modelled, values, strict=True)
            ]
            total.append(_compared(case, run.total_cycles, modelled, number in set_aside["total"]))
    return tuple(compute), tuple(total)


def _compared(
    case: Case, measured: Number, modelled: Sequence[int | None], set_aside: bool
) -> Compared:
    before, after, held_out = modelled
    assert before is not None
    assert after is not None
    return Compared(case.run.label, case.family, measured, before, after, held_out, set_aside)


def quality(compared: Sequence[Compared], which: str) -> Quality | None:
    """The errors of ``which`` (before, after or held_out), outliers aside; None without any."""
    found = [
        (abs(error), abs(value - c.measured), c.run)
        for c in compared
        if not c.set_aside
        and (value := getattr(c, which)) is not None
        and (error := c.error(value)) is not None
    ]
    if not found:
        return None
    worst = max(found, key=lambda f: f[0])
    return Quality(
        len(found),
        fmean(f[0] for f in found),
        sum(f[0] <= 0.02 for f in found) / len(found),
        worst[0],
        worst[2],
        float(max(f[1] for f in found)),
    )
