"""Matrix results written out again and again to one place.

A write-out at an address that does not change with some loop around it replaces its result in
every iteration of that loop: partial sums that the accumulator could have kept.
"""

from __future__ import annotations

import numpy as np

from isa_analysis.dataflow import Affine
from isa_analysis.report.advice.model import Context, Finding, Rule, executions, per_kernel

_WRITE_OUTS = ("M_MM_WO", "M_BMM_WO", "M_MV_WO", "M_BMV_WO")


def find(context: Context) -> list[Finding]:
    """One finding per kernel."""
    sites, loops = context.sites, context.stage.program.loops
    pc = sites.of(*_WRITE_OUTS)
    pc = pc[sites.loop[pc] >= 0]
    definitions = context.run.traffic.definitions
    address = definitions.at(sites.operand(pc, 0).astype(np.int64), pc)
    again = []
    for at, value in zip(pc.tolist(), address.tolist(), strict=True):
        times = int(sites.times[at])
        form = Affine(value, ()) if value >= 0 else definitions.values.form(value)
        if not isinstance(form, Affine) or any(loop < 0 for loop, _ in form.terms):
            again.append(0)
            continue
        distinct = 1
        for loop, _ in form.terms:
            distinct *= loops[loop].trip
        again.append(max(times - distinct, 0))
    count = np.array(again, sites.times.dtype)
    return per_kernel(
        context, pc, count * context.price[pc], executions("write-outs to a place written before")
    )


RULE = Rule(
    "write-outs",
    "accumulate whole products before writing them out",
    "Run the M_MM of all inner tiles before one write-out.",
    "results written to one place are parts of one sum",
    find,
)
