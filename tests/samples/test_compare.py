"""Real rolled and unrolled programs: the whole difference is explained, at every level."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from samples.test_measured import FOLDER, text_of

from isa_analysis.assembly import ParseOptions
from isa_analysis.assembly.parse import parse_source
from isa_analysis.assembly.source import Source
from isa_analysis.boards import load_board
from isa_analysis.compare.model import Comparison
from isa_analysis.compare.run import compare
from isa_analysis.compare.variant import variant_of
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.untiled.bounds import untiled

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/samples is not here")

PAIRS = [
    ("smollm2_dec1_m64", "smollm2_dec1_m64_unroll"),
    ("clm60m_dec1_m64", "clm60m_dec1_m64_unroll"),
    ("at_rms_norm", "at_rms_norm_unroll"),
    ("at_layer_norm", "at_layer_norm_unroll"),
    ("at_linear", "at_linear_unroll"),
]


def compared(one: str, other: str) -> Comparison:
    board = load_board("emulator")
    variants = []
    for name in (one, other):
        source = Source(name, None, io.BytesIO(text_of(name)))
        made = profile(parse_source(source, ParseOptions()), board, ModelOptions(traffic=True))
        variants.append(variant_of(name, made, board, ("layer", "kernel")))
    return compare(variants, ("matrix", "vector"))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_deltas_sum_to_the_whole_change(one: str, other: str) -> None:
    c = compared(one, other)
    (changes,) = c.changes
    totals = [v.profile.totals for v in c.variants]
    assert changes.delta == totals[1].total_cycles - totals[0].total_cycles
    for rows in (changes.kernels, changes.opcodes, changes.categories):
        for pick in ("static", "dynamic", "total_cycles"):
            assert sum(getattr(r.before, pick) for r in rows) == getattr(totals[0], pick)
            assert sum(getattr(r.after, pick) for r in rows) == getattr(totals[1], pick)
        assert sum(r.delta for r in rows) == changes.delta
    assert c.preserved is not None and not c.preserved.violations
    for kernel in changes.kernels:
        assert sum(o.delta for o in kernel.opcodes) == kernel.delta


def test_what_unrolling_the_decoder_layer_saves() -> None:
    c = compared("smollm2_dec1_m64", "smollm2_dec1_m64_unroll")
    (changes,) = c.changes
    assert (changes.before.total_cycles, changes.after.total_cycles) == (1_235_996, 1_201_058)
    assert {o.name: o.delta for o in changes.opcodes if o.delta} == {
        "C_LOOP_END": -21_768,
        "S_ADDI_INT": -10_758,
        "C_LOOP_START": -2_412,
    }
    assert {g.name: g.delta for g in changes.categories if g.delta} == {
        "control": -24_180,
        "scalar": -10_758,
    }
    assert {k.status for k in changes.kernels} == {"changed", "same"}
    (size,) = c.trade_offs
    assert size is not None
    assert (size.whole.words, size.whole.saved, size.whole.runs(1)) == (73_311, 34_938, 3)
    worth = [k.saved_per_word for k in size.kernels if k.saved_per_word is not None]
    assert all(a >= b for a, b in pairwise(worth))
    assert (c.means[1].ratio.used, c.means[1].ratio.of) == (21, 31)


def test_bounds_of_a_real_layer() -> None:
    name, board = "smollm2_dec1_m64", load_board("emulator")
    model = ModelOptions(traffic=True)
    source = Source(name, None, io.BytesIO(text_of(name)))
    made = profile(parse_source(source, ParseOptions()), board, model)
    u = untiled(made, board, 7, ("layer", "kernel"), model)
    w = u.whole
    assert w.program.total == made.totals.total_cycles
    for b in (w, *u.kernels):
        assert max(b.u1.total, b.u2.total) <= b.program.total <= b.u3.total
    assert w.bus_bytes == made.totals.hbm_read_bytes + made.totals.hbm_write_bytes
    assert w.unique_bytes == 4_037_760  # what the footprint of HBM says
