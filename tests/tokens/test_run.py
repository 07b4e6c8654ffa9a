"""Times per token: known answers, what is derived, what is refused."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

import pytest
from support import ROOT

from isa_analysis.assembly import Program, parse, parse_text
from isa_analysis.boards import load_board
from isa_analysis.diagnostics import InputError
from isa_analysis.manifest import Manifest, Region, load
from isa_analysis.profiling import profile
from isa_analysis.tokens import TokenOptions, Tokens, token_times
from isa_analysis.tokens.parts import split

PREFILL = parse(str(ROOT / "sample_asm" / "decoder.asm"))
DECODE = parse(str(ROOT / "sample_asm" / "decode_step.asm"))
SAMPLES = ROOT.parent / "shared" / "samples" / "manifests"
VIDEO = load_board("nexys_video")
STATED = {"weight_bytes": 288_000_000, "kv_bytes_per_token": 0}


def decode_only(board: str = "nexys_video", sets: tuple[str, ...] = (), **options: object):  # type: ignore[no-untyped-def]
    made = token_times(None, DECODE, [load_board(board, sets)], TokenOptions(**options))  # type: ignore[arg-type]
    return made.boards[0].of("decode")[0]


def test_a_resident_model_at_1_gb_per_s() -> None:
    step = decode_only(**STATED)
    assert step.bound == "memory"
    assert step.memory.seconds.low == F(288, 1000)
    assert 1 / step.seconds.high > 3 and 1 / step.seconds.low < 4


def test_the_same_over_38_mb_per_s() -> None:
    step = decode_only(**STATED, capacity=8 << 20, host_bandwidth=F(38_000_000))
    assert step.memory.regime == "weight-stream"
    assert round(float(step.seconds.low), 1) == 7.6


def test_the_same_at_1_6_gb_per_s() -> None:
    sets = ("memory.effective_bandwidth_bytes_per_s=1.6e9",)
    step = decode_only(sets=sets, **STATED)
    assert step.memory.seconds.low == F(180, 1000)
    assert 1 / step.seconds.high > 5 and 1 / step.seconds.low < 6


def test_the_program_as_it_is_takes_its_cycles() -> None:
    made = token_times(PREFILL, DECODE, [VIDEO])
    for phase, program in (("prefill", PREFILL), ("decode", DECODE)):
        totals = profile(program, VIDEO).totals
        (step,) = made.boards[0].of(phase)  # type: ignore[arg-type]
        # cycles = latency in ns x clock in MHz / 1000
        assert step.compute.low * 10**9 * 100 / 1000 == totals.compute_cycles
        assert step.compute.exact and step.charged.low * 10**8 == totals.memory_cycles
        assert step.seconds.low == max(step.compute.low, step.memory.seconds.low)
        assert step.energy_j is not None
        assert step.energy_j.high == F(15, 2) * step.seconds.high
    assert [s.context for s in made.sources] == [64, 192]
    assert [s.context for s in made.boards[0].steps] == [64, 192]
    assert not any("extrapolated" in sentence for sentence in made.assumptions)


def test_contexts_inside_the_last_block_are_exact() -> None:
    made = token_times(None, DECODE, [VIDEO], TokenOptions(contexts=(129, 192, 193)))
    first, second, third = made.boards[0].steps
    assert first.compute == second.compute and second.compute.exact
    assert not third.compute.exact
    assert any("at a context of 193 is extrapolated" in s for s in made.assumptions)


def test_bytes_from_the_program() -> None:
    made = token_times(None, DECODE, [VIDEO])
    # W_q, W_k, W_v 128 x 64, W_o 64 x 128, three of 128 x 256, in MXFP8: 1.125 bytes each.
    elements = 3 * 128 * 64 + 64 * 128 + 3 * 128 * 256
    assert made.model.weight == elements * 9 // 8
    assert made.model.kv_per_token == 2 * 64 * 9 // 8


@pytest.mark.parametrize("layers", [1, 2, 30])
def test_layers_are_counted(layers: int) -> None:
    one = token_times(None, DECODE, [VIDEO])
    many = token_times(None, DECODE, [VIDEO], TokenOptions(layers=layers))
    assert many.model.kv_per_token == layers * one.model.kv_per_token
    assert many.model.weight == layers * one.model.weight
    outside = split(profile(DECODE, VIDEO)).outside
    spent = outside.readers.compute + outside.core.compute + outside.rest.compute
    each, first = many.boards[0].steps[0].compute, one.boards[0].steps[0].compute
    assert each.exact
    assert each.low == layers * first.low - (layers - 1) * F(spent, VIDEO.clock_hz)


def manifest(kv: int = 2 * 64 * 72, names: bool = True, layers: int = 1) -> Manifest:
    regions = [Region(0, 0, 1000, "weight", "W_embed" if names else "")]
    at = 1000
    for layer in range(layers):
        regions.append(Region(layer, at, 5000, "weight", f"W_q_{layer}" if names else ""))
        at += 5000
        for kind in "KV":
            name = f"{kind}_stored_{layer}_h0" if names else ""
            regions.append(Region(layer, at, kv // 2, "kv", name))
            at += kv // 2
    regions.append(Region(0, at, 700, "activation", "X" if names else ""))
    return Manifest(tuple(regions), capacity_bytes=1 << 20, path="m.json")


@pytest.mark.parametrize(
    ("source", "layers", "weight"),
    [
        (manifest(), None, 6000),
        (manifest(), 1, 6000),
        (manifest(), 30, 1000 + 30 * 5000),  # W_embed has no number: shared
        (manifest(names=False), 30, 30 * 6000),
        (manifest(names=False, layers=3), 30, 1000 + 30 * 5000),  # what layer 0 has more
        (manifest(names=False, layers=3), 2, 1000 + 2 * 5000),
    ],
)
def test_weights_of_a_manifest(source: Manifest, layers: int | None, weight: int) -> None:
    made = token_times(None, DECODE, [VIDEO], TokenOptions(layers=layers), source)
    assert made.model.weight == weight
    own = len({r.layer_id for r in source.regions if r.kind == "kv"})
    assert made.model.kv_per_token == 144 * (layers or own)
    assert made.boards[0].link.capacity == 1 << 20
    assert made.boards[0].link.capacity_from == "manifest"


def test_a_stated_manifest_context() -> None:
    made = token_times(
        None, DECODE, [VIDEO], TokenOptions(manifest_context=32), manifest(kv=2 * 3200)
    )
    assert made.model.kv_per_token == 200


def broken(code: str, *args: object, **options: object) -> str:
    prefill, decode, source = args
    with pytest.raises(InputError) as caught:
        token_times(prefill, decode, [VIDEO], TokenOptions(**options), source)  # type: ignore[arg-type]
    (found,) = caught.value.diagnostics
    assert found.code == code and found.hint
    return found.message


PLAIN = parse_text("V_ADD_VV gp0, gp0, gp0\n", name="plain.asm")
HIDDEN = parse_text(
    "; @kernel load\nS_LD_INT gp2, gp0, 3\nH_PREFETCH_M gp0, gp2, a1, 0, 0\n; @end\n"
)


@pytest.mark.parametrize(
    ("code", "decode", "source", "options"),
    [
        ("E750", None, None, {}),
        ("E751", PLAIN, None, {"kv_bytes_per_token": 1, "weight_bytes": 1}),
        ("E754", PLAIN, None, {"decode_context": 64}),
        ("E752", PLAIN, None, {"layers": 2, "decode_context": 64, "kv_bytes_per_token": 1}),
        ("E753", HIDDEN, None, {"decode_context": 64, "kv_bytes_per_token": 1}),
        ("E753", DECODE, Manifest((Region(0, 0, 9, "kv"),)), {}),
        ("E754", DECODE, manifest(kv=2 * 3200), {}),
        ("E754", PLAIN, manifest(), {"decode_context": 64}),
    ],
)
def test_what_is_not_known_is_asked_for(
    code: str, decode: Program | None, source: Manifest | None, options: dict[str, object]
) -> None:
    broken(code, None, decode, source, **options)


def test_a_board_without_a_link(tmp_path: Path) -> None:
    text = (ROOT / "board_configs" / "nexys_a7.yaml").read_text(encoding="utf-8")
    start, end = text.index("host_link:"), text.index("precision:")
    file = tmp_path / "linkless.yaml"
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    board = load_board(str(file))
    made = token_times(None, DECODE, [board])  # resident: needs none
    assert made.boards[0].link.host is None
    with pytest.raises(InputError, match="E755"):
        token_times(None, DECODE, [board], TokenOptions(capacity=1000))
    stated = TokenOptions(capacity=1000, host_bandwidth=F(10**9))
    assert token_times(None, DECODE, [board], stated).boards[0].link.host_from == "flag"


def real(name: str) -> Tokens:
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip("the shared samples are not here")
    return token_times(None, DECODE, [VIDEO], TokenOptions(manifest_context=64),
                       load(str(folder / "weight_manifest.json")))  # fmt: skip


def test_thirty_layers_are_thirty_times_one() -> None:
    one, thirty = real("smollm2_dec1_m64"), real("smollm2_dec30_m64")
    assert thirty.model.weight == 30 * one.model.weight
    assert thirty.model.kv_per_token == 30 * one.model.kv_per_token == 30 * 432
