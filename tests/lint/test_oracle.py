"""Predicted faults against the oracle, which executes loops one by one."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, event, given, settings
from lint.memory_programs import OVERRIDES, TINY, broken_programs, programs
from oracle.interpreter import Result, run

from isa_analysis.assembly import ParseOptions, parse_text
from isa_analysis.boards import load_board
from isa_analysis.lint import read
from isa_analysis.lint.context import Context, build_context
from isa_analysis.lint.predict import predict

EXAMPLES = int(os.environ.get("EXAMPLES", "300"))
BOARD = load_board("emulator", OVERRIDES)


def followed(lines: list[str], tvm: bool) -> Context:
    text = "\n".join(lines)
    options = ParseOptions("plena-tvm" if tvm else "plena")
    return build_context(read(lambda how: parse_text(text, how), options), BOARD)


def executed(lines: list[str], tvm: bool) -> Result:
    dialect = "plena-tvm" if tvm else "plena"
    sizes = {**TINY, "fp_sram_entries": None if tvm else 1024}
    return run("\n".join(lines), dialect=dialect, max_steps=30_000, **sizes)


def check(lines: list[str], tvm: bool) -> None:
    context = followed(lines, tvm)
    prediction = predict(context)
    result = executed(lines, tvm)
    real = result.fault
    if prediction.faults:
        first = prediction.faults[0]
        told = first.fault, first.pc, first.executed
        if real is None or (told != (real.kind, real.pc, real.executed)):
            # INT SRAM that nothing wrote is data here and 0 there: only that may fault earlier.
            assert real is None or prediction.unchecked, (told, real)
            assert first.executed >= result.executed, (told, real)
        event(first.fault)
    elif real is not None and not prediction.unchecked:
        order = context.order
        assert order.horizon < len(context.program), real
        assert real.executed >= order.first(order.horizon), real
    elif real is None:
        event("runs")


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(programs())
def test_the_first_fault_is_the_oracles(program: tuple[list[str], bool]) -> None:
    check(*program)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(broken_programs())
def test_the_first_fault_of_malformed_loops(program: tuple[list[str], bool]) -> None:
    check(*program)
