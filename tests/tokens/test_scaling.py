"""Cycles at other contexts and with other layers."""

from __future__ import annotations

import os
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from isa_analysis.assembly import Program, parse, parse_text
from isa_analysis.boards import load_board
from isa_analysis.profiling import profile
from isa_analysis.tokens import Step as TokenStep
from isa_analysis.tokens import TokenOptions, token_times
from isa_analysis.tokens.parts import Cycles, Part, Parts, add, layer_number, split
from isa_analysis.tokens.scaling import (
    UNCHANGED,
    Bracket,
    blocks,
    decode_growth,
    prefill_growth,
    with_layers,
)
from sample_asm.generator.decode_step import Step, decode_step
from sample_asm.generator.decoder import Model as GeneratedModel
from sample_asm.generator.decoder import decoder
from sample_asm.generator.emitter import Emitter
from sample_asm.generator.machine import Machine as GeneratedMachine

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "200"))


def part(readers: int, core: int, rest: int, rest_memory: int = 0) -> Part:
    return Part(Cycles(readers), Cycles(core), Cycles(rest, rest_memory))


def exact(low: int, high: int | None = None) -> Bracket:
    return Bracket(F(low), F(low if high is None else high))


@pytest.mark.parametrize(
    ("context", "block", "expected"),
    [(1, 64, 1), (64, 64, 1), (65, 64, 2), (192, 64, 3), (4096, 64, 64), (0, 64, 1)],
)
def test_blocks(context: int, block: int, expected: int) -> None:
    assert blocks(context, block) == expected


def test_decode_grows_with_the_cache() -> None:
    whole = with_layers(Parts((part(30, 12, 100, 7),), part(0, 0, 10)), None)
    assert whole.cost(UNCHANGED) == (exact(152), exact(7))
    # Twice the blocks: readers 60; the rest of attention 12 to 24; 110 stays.
    assert whole.cost(decode_growth(3, 6)) == (exact(182, 194), exact(7))
    # A third of the blocks: readers 10; the rest of attention 4 to 12.
    assert whole.cost(decode_growth(3, 1)) == (exact(124, 132), exact(7))


def test_prefill_grows_with_rows_and_pairs() -> None:
    whole = with_layers(Parts((part(30, 12, 100, 7),), part(0, 0, 10)), None)
    # Twice the rows: pairs 3 (causal) to 4 times, so 90 to 120; the rest of attention 24 to 48;
    # all else 220; weight transfers once or twice.
    assert whole.cost(prefill_growth(1, 2)) == (exact(334, 388), exact(7, 14))
    # From 4 rows to 2: pairs (2 x 3) / (4 x 5) = 0.3 or 0.25.
    compute, _ = with_layers(Parts((), part(400, 0, 0)), None).cost(prefill_growth(4, 2))
    assert compute == exact(100, 120)


def test_layers_beyond_those_there_are() -> None:
    parts = Parts((part(0, 0, 100), part(0, 0, 104)), part(0, 0, 10))
    assert with_layers(parts, None).cost(UNCHANGED)[0] == exact(214)
    assert with_layers(parts, 2).cost(UNCHANGED)[0] == exact(214)
    assert with_layers(parts, 5).cost(UNCHANGED)[0] == exact(214 + 300, 214 + 312)
    assert with_layers(parts, 1).cost(UNCHANGED)[0] == exact(110, 114)
    equal = Parts((part(0, 0, 100),), part(0, 0, 10))
    assert with_layers(equal, 30).cost(UNCHANGED)[0] == exact(3010)


def test_no_layers_to_go_by() -> None:
    with pytest.raises(ValueError, match="no layers"):
        with_layers(Parts((), part(1, 1, 1)), 4)


small = st.integers(0, 50)
made = st.builds(part, small, small, small, small)


@settings(max_examples=EXAMPLES)
@given(st.lists(made, max_size=4), made, st.integers(1, 9), st.integers(1, 9), st.integers(1, 6))
def test_brackets_hold_what_is_known(
    layers: list[Part], outside: Part, compiled: int, wanted: int, count: int
) -> None:
    parts = Parts(tuple(layers), outside)
    whole = with_layers(parts, count if layers else None)
    for growth in (decode_growth(compiled, wanted), prefill_growth(compiled, wanted)):
        compute, memory = whole.cost(growth)
        assert 0 <= compute.low <= compute.high
        assert 0 <= memory.low <= memory.high
    same = whole.cost(decode_growth(compiled, compiled))
    assert same == whole.cost(prefill_growth(compiled, compiled)) == whole.cost(UNCHANGED)
    if not layers or count == len(layers):
        total = add([outside, *layers])
        assert (
            same[0].low
            == same[0].high
            == (total.readers.compute + total.core.compute + total.rest.compute)
        )


def test_parts_add_up_to_the_profile() -> None:
    for name in ("decoder", "decode_step", "vision_patch", "routed_experts"):
        made = profile(parse(str(ROOT / "sample_asm" / f"{name}.asm")), load_board("nexys_video"))
        parts = split(made)
        total = add([parts.outside, *parts.layers])
        assert total.total == made.totals.total_cycles
        spent = total.readers.compute + total.core.compute + total.rest.compute
        assert spent == made.totals.compute_cycles


def test_the_decoder_counts_its_own_layers() -> None:
    text = "".join(
        f"; === {kind} {n}/2 START ===\nV_ADD_VV gp0, gp0, gp0\n; === {kind} {n}/2 END ===\n"
        for kind in ("VISION LAYER", "LAYER")
        for n in range(2)
    )
    parts = split(profile(parse_text(text), load_board("v80")))
    assert len(parts.layers) == 2
    assert parts.family == "layer"
    assert layer_number("layer 12", "layer") == 12
    assert layer_number("vision layer 3", "layer") == -1
    assert layer_number("", "layer") == layer_number("lm_head", "layer") == -1


# -- against programs written for the other context ----------------------------------------------


def decode_program(context: int) -> Program:
    out: list[str] = []
    decode_step(Emitter(out.append), GeneratedMachine(), Step(context=context))
    return parse_text("".join(out))


def prefill_program(sequence: int) -> Program:
    out: list[str] = []
    decoder(Emitter(out.append), GeneratedMachine(), GeneratedModel(sequence=sequence))
    return parse_text("".join(out))


@pytest.mark.parametrize("compiled", [64, 192])
@pytest.mark.parametrize("wanted", [64, 128, 448])
@pytest.mark.parametrize("phase", ["prefill", "decode"])
def test_the_bracket_holds_the_program_of_that_context(
    phase: str, compiled: int, wanted: int
) -> None:
    def step(context: int, **options: object) -> TokenStep:
        make = prefill_program if phase == "prefill" else decode_program
        program = make(context)
        pair = (program, None) if phase == "prefill" else (None, program)
        board = load_board("nexys_video")
        made = token_times(*pair, [board], TokenOptions(**options))  # type: ignore[arg-type]
        return made.boards[0].steps[0]

    scaled, real = step(compiled, contexts=(wanted,)), step(wanted)
    assert scaled.compute.low <= real.compute.low == real.compute.high <= scaled.compute.high
    assert scaled.charged.low <= real.charged.low <= scaled.charged.high
    assert scaled.seconds.low <= real.seconds.low <= real.seconds.high <= scaled.seconds.high
    if phase == "decode":  # a tenth at most
        assert scaled.compute.high <= real.compute.low * F(11, 10)
