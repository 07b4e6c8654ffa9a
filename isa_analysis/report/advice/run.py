"""All rules on all boards of a stage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isa_analysis.report.advice.invariants import find_invariants
from isa_analysis.report.advice.model import Context, Opportunity, Rule
from isa_analysis.report.advice.registry import RULES
from isa_analysis.report.kernels import keys_of
from isa_analysis.report.sites import Sites, prices
from isa_analysis.report.stages import Stage
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.requests import STORE_V
from isa_analysis.traffic.touched import touched


def advise(stage: Stage, sites: Sites, rules: Sequence[Rule] = RULES) -> list[Opportunity]:
    """What ``rules`` find in ``stage``, most cycles first for each board; a bound is at least one
    cycle and at most the run's total."""
    keys = keys_of(stage.first.profile)
    distinct = tuple(dict.fromkeys(keys))
    of_kernel = np.array([distinct.index(key) for key in keys], np.int64)
    invariants = find_invariants(stage.program)
    repeats: dict[int, dict[int, tuple[int, int]]] = {}
    out: list[Opportunity] = []
    for run in stage.runs:
        known = repeats.get(id(run.traffic))
        if known is None:
            known = _repeats(run.traffic, of_kernel) if run.profile.totals.memory_cycles else {}
            if known:
                repeats[id(run.traffic)] = known
        context = Context(
            stage, run, sites, prices(stage, run), of_kernel, distinct, invariants, known
        )
        mine = [
            Opportunity(stage.name, run.board, rule, finding)
            for rule in rules
            for finding in rule.find(context)
            if finding.saved > 0
        ]
        out += sorted(mine, key=lambda o: -o.finding.saved)
    return out


def _repeats(traffic: Traffic, of_kernel: NDArray[np.int64]) -> dict[int, tuple[int, int]]:
    """Useful and unique bytes of the prefetches of each folded kernel whose addresses are known."""
    kinds, requests = traffic.transfers.kind, traffic.requests
    members: dict[int, list[int]] = {}
    for i, key in enumerate(of_kernel[traffic.kernel].tolist()):
        if kinds[i] != STORE_V:
            members.setdefault(key, []).append(i)
    out = {}
    for key, which in members.items():
        found = touched(traffic, which)
        if found.unknown or not found.exact or not found.unique_bytes:
            continue
        useful = sum(
            requests.times[i] * traffic.machine.kinds[int(kinds[i])].useful_bytes for i in which
        )
        out[key] = (useful, found.unique_bytes)
    return out
