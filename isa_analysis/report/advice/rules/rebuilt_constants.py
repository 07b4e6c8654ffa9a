"""Integer instructions that give a register the constant that it already holds.

Register values come from the dataflow; only values that are the same constant before and after
the instruction, in all its executions, count.
"""

from __future__ import annotations

import numpy as np

from isa_analysis.dataflow.events import ADDRESS
from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel
from isa_analysis.report.advice.rules.no_ops import identities


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    sites = context.sites
    definitions = context.run.traffic.definitions
    integer = [m for m in sites.mnemonics if m.startswith("S_") and m.endswith("_INT")]
    candidates = np.zeros(len(sites), np.bool_)
    candidates[sites.of(*(m for m in integer if m not in ("S_ST_INT", "S_LD_INT")))] = True
    candidates[identities(sites)] = False
    found = []
    for register in range(ADDRESS):
        position, value = definitions.position[register], definitions.value[register]
        # The first entry is the state at reset, which a careful program does not rely on.
        same = np.flatnonzero((value[2:] >= 0) & (value[2:] == value[1:-1])) + 2
        found.append((position[same] - 1) // 2)
    pc = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    pc = pc[candidates[pc]]
    return per_kernel(
        context, pc, context.cycles(pc), executions("instructions that change nothing")
    )


RULE = Rule(
    "rebuilt-constants",
    "stop rebuilding constants that a register already holds",
    "Drop the instruction: the register has this value already.",
    "",
    find,
)
