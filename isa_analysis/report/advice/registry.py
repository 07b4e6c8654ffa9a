"""All rules, in the order in which ties are listed."""

from __future__ import annotations

from isa_analysis.report.advice.model import Rule
from isa_analysis.report.advice.rules import (
    hoist_arithmetic,
    hoist_loads,
    hoist_settings,
    merged_adds,
    no_ops,
    rebuilt_constants,
    reductions,
    repeated_loads,
    scalar_arithmetic,
    scalar_maps,
    single_trips,
    spills,
    transfer_overlap,
    unrolling,
    vector_latency,
    wider_block,
    write_outs,
    zero_fills,
)

RULES: tuple[Rule, ...] = (
    wider_block.RULE,
    transfer_overlap.RULE,
    repeated_loads.RULE,
    reductions.RULE,
    scalar_maps.RULE,
    scalar_arithmetic.RULE,
    vector_latency.RULE,
    hoist_arithmetic.RULE,
    hoist_settings.RULE,
    hoist_loads.RULE,
    rebuilt_constants.RULE,
    merged_adds.RULE,
    no_ops.RULE,
    unrolling.RULE,
    single_trips.RULE,
    spills.RULE,
    zero_fills.RULE,
    write_outs.RULE,
)
