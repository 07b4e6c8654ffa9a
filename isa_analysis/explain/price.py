"""What an instruction costs, and why."""

from __future__ import annotations

import numpy as np

from isa_analysis.assembly.shapes import KINDS
from isa_analysis.explain.model import PriceTag
from isa_analysis.isa import Instruction, forms_of
from isa_analysis.isa.model import parse_formula
from isa_analysis.lint.context import Context
from isa_analysis.pricing import ModelOptions, by_address, cycle_model, service_of
from isa_analysis.timing.model import CHARGE_KEYS, MEMORY_MODELS, TIMING_MODELS
from isa_analysis.traffic.analyse import Traffic
from isa_analysis.traffic.service import service_cycles


def compute_price(context: Context, pc: int, row: Instruction) -> PriceTag:
    """The price of an instruction that is no transfer."""
    times, each = context.times(pc), context.cycles(pc)
    model = cycle_model(context.board, ModelOptions(memory="none"), context.program.dialect)
    source = TIMING_MODELS[model.timing].source
    rule, terms = _formula(context, pc, row)
    values = model.values()
    used = tuple((name, values[name]) for name in terms)
    whole = context.compute_cycles()
    share = 100 * each * times / whole if whole else None
    board = context.board.settings or context.board.path
    return PriceTag(each, each * times, rule, used, f"{source}; values from {board}", share)


def _formula(context: Context, pc: int, row: Instruction) -> tuple[str, list[str]]:
    rows = context.program.rows
    r = int(context.program.row[pc])
    is_f0 = int(rows.kinds[r, 0]) == KINDS.index("f") and int(rows.values[r, 0]) == 0
    if row.f0_free and is_f0:
        return "destination f0: skipped, 0 cycles", []
    formula = row.cost
    if row.cost_by:
        slot = [o.name for o in forms_of(row.mnemonic)[0].operands].index(row.cost_by)
        variant = int(rows.values[r, slot])
        if variant >= len(row.cost_variants):
            return f"no price: {row.cost_by} {variant} does not exist", []
        formula = row.cost_variants[variant]
    return formula, [name for name, _ in parse_formula(formula).terms]


def transfer_price(context: Context, pc: int, row: Instruction, traffic: Traffic) -> PriceTag:
    """The price of a transfer under the board's memory model."""
    board, times = context.board, context.times(pc)
    model = cycle_model(board, ModelOptions(), context.program.dialect)
    info = MEMORY_MODELS[model.memory]
    place = f"memory section of {board.path}"
    if by_address(board, model.memory):
        service = service_of(board)
        totals = service_cycles(traffic, context.program, service, board.clock_hz)
        total = totals[int(np.searchsorted(traffic.transfers.pc, pc))]
        each = total if times == 1 else None
        rule = "service time of its 64-byte requests by address (rows opened, queues, stride)"
        return PriceTag(each, total, rule, (), f"{info.source}; {place}", None)
    each = model.charge(row.mnemonic)
    key = CHARGE_KEYS[row.mnemonic]
    if model.memory == "none":
        return PriceTag(0, 0, "memory is not charged on this board", (), info.source, None)
    if row.mnemonic not in model.charges:
        return PriceTag(0, 0, f"the board has no {key}", (), place, None)
    return PriceTag(each, each * times, key, ((key, each),), f"{info.source}; {place}", None)
