"""Comparisons with known answers: every flag, every number."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from compare_support import codes, kernel, pair, run_of, variant
from hypothesis import given, settings
from oracle.interpreter import run as oracle
from support import nests, text_of

from isa_analysis.compare.run import compare
from isa_analysis.compare.variant import Variant

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "60"))
#: 1 + 4 x (9 + 1 + 1) = 45 cycles, 13 instructions; unrolled: 4 x (9 + 1) = 40 cycles.
ROLLED = kernel(
    "C_LOOP_START gp5, 4\nV_ADD_VV gp1, gp1, gp1\nS_ADDI_INT gp1, gp1, 64\nC_LOOP_END gp5", "add"
)
UNROLLED = kernel("V_ADD_VV gp1, gp1, gp1\nS_ADDI_INT gp1, gp1, 64\n" * 4, "add")


def test_rolled_and_unrolled() -> None:
    c = pair(ROLLED, UNROLLED, ("vector",))
    assert [cell.figures.cycles for cell in c.whole.cells] == [45, 40]
    assert c.whole.cells[1].ratio == 40 / 45
    (row,) = c.rows
    assert row.label == "add"
    assert [cell.status for cell in row.cells] == [None, "changed"]
    assert (c.means[1].ratio.used, c.means[1].ratio.of) == (1, 1)
    assert c.means[1].ratio.value == pytest.approx(40 / 45)
    (changes,) = c.changes
    assert [(o.name, o.delta) for o in changes.opcodes if o.delta] == [
        ("C_LOOP_END", -4),
        ("C_LOOP_START", -1),
    ]
    assert {g.name: g.delta for g in changes.categories} == {
        "matrix": 0, "vector": 0, "scalar": 0, "memory": 0, "control": -5,
    }  # fmt: skip
    assert [changes.share(g) for g in changes.categories if g.delta] == [100.0]
    assert c.preserved is not None and not c.preserved.violations
    (t,) = c.trade_offs
    # 4 further words save 5 cycles a run: 1.25 cycles a word; paid after 1 run at 1 cycle each.
    assert t is not None
    assert (t.whole.small_static, t.whole.large_static, t.whole.saved) == (4, 8, 5)
    assert t.whole.saved_per_word == 5 / 4
    assert (t.whole.runs(1), t.whole.runs(2), t.whole.runs(10)) == (1, 2, 8)


def test_the_same_program_on_both_sides() -> None:
    c = pair(ROLLED, f"; another comment\n{ROLLED}")
    for row in (c.whole, *c.rows):
        assert codes(row.cells[1]) == ["IDENTICAL"]
        assert row.cells[1].ratio is None
    assert (c.means[1].ratio.value, c.means[1].ratio.used, c.means[1].ratio.of) == (None, 0, 1)
    assert c.changes[0].delta == 0


def test_measuring_one_program_twice_is_no_ratio() -> None:
    one = replace(variant("a", ROLLED), measurements=(run_of(60),))
    other = replace(variant("b", ROLLED), measurements=(run_of(50),))
    c = compare([one, other])
    assert codes(c.whole.cells[1]) == ["IDENTICAL"]
    assert (c.whole.cells[1].measured, c.whole.cells[1].measured_ratio) == (50, None)


def test_a_reordered_pair() -> None:
    one = kernel("S_LUI_INT gp1, 1\nS_LUI_INT gp2, 2\nV_ADD_VV gp1, gp1, gp1")
    other = kernel("S_LUI_INT gp2, 2\nS_LUI_INT gp1, 1\nV_ADD_VV gp1, gp1, gp1")
    c = pair(one, other)
    for row in (c.whole, *c.rows):
        assert codes(row.cells[1]) == ["REORDERED"]
        assert row.cells[1].ratio == 1.0
    assert c.means[1].ratio.used == 0


def test_528_cycles_are_too_low() -> None:
    text = kernel("C_LOOP_START gp5, 100\nM_MM 0, gp1, gp1\nC_LOOP_END gp5")  # 1 + 100 x (72 + 1)
    one = replace(variant("a", text), measurements=(run_of(7_000),))
    other = replace(variant("b", text.replace("100", "200")), measurements=(run_of(528),))
    c = compare([one, other])
    a, b = c.whole.cells
    assert (a.measured, codes(a)) == (7000, ["TOO-LOW"])  # 100 x 72 at least
    assert b.measured == 528
    assert "TOO-LOW" in codes(b)
    assert b.error_percent is None and b.measured_ratio is None
    good = compare([replace(one, measurements=(run_of(7_500),)), other])
    assert codes(good.whole.cells[0]) == []
    assert good.whole.cells[0].error_percent == pytest.approx(100 * (7301 - 7500) / 7500)


def test_too_high_and_missing_measurements() -> None:
    one = replace(variant("a", ROLLED), measurements=(run_of(451),))
    c = compare([one, variant("b", UNROLLED)])
    assert codes(c.whole.cells[0]) == ["TOO-HIGH"]
    assert codes(c.whole.cells[1]) == ["MISSING"]
    assert c.whole.cells[1].ratio == 40 / 45  # the estimate stands


def test_measured_ratios_and_kernels() -> None:
    two = ROLLED + kernel("V_MUL_VV gp1, gp1, gp1", "mul")
    one = replace(
        variant("a", two), measurements=(run_of(60), run_of(50, "add"), run_of(9, "nothing"))
    )
    other = replace(variant("b", two.replace("4\n", "3\n")), measurements=(run_of(45),))
    c = compare([one, other])
    assert c.whole.cells[1].measured_ratio == 45 / 60
    by_name = {row.label: row.cells[0] for row in c.rows}
    assert by_name["add"].measured == 50
    assert by_name["add"].error_percent == pytest.approx(-10.0)
    assert by_name["mul"].measured is None
    assert (c.means[0].error.used, c.means[0].error.of) == (1, 2)


def test_other_work_is_another_input() -> None:
    c = pair(ROLLED, ROLLED.replace("gp5, 4", "gp5, 8"))
    assert codes(c.whole.cells[1]) == ["INPUT-CHANGED"]
    assert "V_ADD_VV was executed 4 times in a and is executed 8 times in b" in (
        c.whole.cells[1].flags[0].reason
    )
    assert c.means[1].ratio.used == 0
    free = pair(ROLLED, ROLLED.replace("gp5, 4", "gp5, 8"), ())
    assert codes(free.whole.cells[1]) == []
    assert free.means[1].ratio.value == pytest.approx(89 / 45)


def test_one_name_for_two_inputs_on_two_boards() -> None:
    a = variant("a", ROLLED, "v80", path="decoder.asm")
    b = variant("b", UNROLLED, "nexys_video", path="decoder.asm")
    c = compare([a, b])
    assert codes(c.whole.cells[1]) == ["CONFIG-DIFFERS", "INPUT-CHANGED"]
    assert f"sha256 {a.sha256[:12]}" in c.whole.cells[1].flags[1].reason
    assert c.means[1].ratio.used == 0


def test_one_program_on_two_boards_is_comparable() -> None:
    c = compare([variant("a", ROLLED, "v80"), variant("b", ROLLED, "nexys_video")])
    assert [cell.figures.cycles for cell in c.whole.cells] == [13, 45]
    assert codes(c.whole.cells[1]) == []
    assert c.means[1].ratio.value == pytest.approx(45 / 13)
    assert c.trade_offs == (None,)
    assert any(note.startswith("clock: 400 MHz in a, 100 MHz in b") for note in c.notes)


def test_overrides_are_a_configuration() -> None:
    one = variant("a", ROLLED)
    other = variant("b", ROLLED, sets=("latency.vector_add_cycles=4",))
    c = compare([one, other])
    assert c.whole.cells[1].ratio == 25 / 45
    assert codes(c.whole.cells[1]) == []


def test_missing_kernels_and_n_variants() -> None:
    more = ROLLED + kernel("V_MUL_VV gp1, gp1, gp1", "mul")
    c = compare([variant("a", ROLLED), variant("b", more), variant("c", UNROLLED)])
    rows = {row.label: row for row in c.rows}
    assert codes(rows["mul"].cells[0]) == ["MISSING"]
    assert [cell.status for cell in rows["mul"].cells] == [None, "added", None]
    assert [codes(cell) for cell in rows["mul"].cells] == [["MISSING"], [], ["MISSING"]]
    assert rows["add"].cells[2].ratio == 40 / 45
    assert [ch.delta for ch in c.changes] == [7, -5]
    assert [k.status for k in c.changes[0].kernels] == ["added", "same"]


def test_kernels_match_by_content_when_renamed() -> None:
    one = kernel("V_ADD_VV gp1, gp1, gp1", "x") + kernel("V_MUL_VV gp1, gp1, gp1", "y")
    other = kernel("V_ADD_VV gp1, gp1, gp1", "p") + kernel("V_MUL_VV gp1, gp1, gp1", "q")
    c = pair(one, other)
    assert {(k.was, k.name) for k in c.changes[0].kernels} == {("x", "p"), ("y", "q")}
    assert all(k.status == "renamed" for k in c.changes[0].kernels)


def test_kernels_match_by_likeness_when_renamed_and_unrolled() -> None:
    other = UNROLLED.replace("@kernel add", "@kernel sum")
    c = pair(ROLLED, other)
    (change,) = c.changes[0].kernels
    assert (change.was, change.name, change.status, change.delta) == ("add", "sum", "renamed", -5)


def test_does_not_fit_and_unknown_opcodes() -> None:
    far = "S_LUI_INT gp1, 1\nM_MV 0, gp1, gp0\n"
    one = variant("a", kernel(far), sets=("memory.matrix_sram_tiles=64",))
    c = compare([one, variant("b", kernel("V_WHAT gp1\n" + far), unknown_opcode="warn")])
    assert "DOES-NOT-FIT" in codes(c.whole.cells[0])
    assert "UNKNOWN-OPCODE" in codes(c.whole.cells[1])
    assert c.means[1].ratio.used == 0


def test_skipped_lines_leave_the_averages() -> None:
    c = compare([variant("a", ROLLED), variant("b", UNROLLED + "what is this\n", lenient=True)])
    assert codes(c.whole.cells[1]) == ["UNKNOWN-OPCODE"]
    assert "1 malformed lines were skipped" in c.whole.cells[1].flags[0].reason


def test_a_comparison_needs_two_labels_and_equal_parts() -> None:
    one = variant("a", ROLLED)
    with pytest.raises(ValueError, match="two or more"):
        compare([one])
    with pytest.raises(ValueError, match="unlike labels"):
        compare([one, one])
    with pytest.raises(ValueError, match="grouped alike"):
        compare([one, variant("b", ROLLED, parts=("kernel",))])


def test_empty_programs() -> None:
    c = pair("", "")
    assert codes(c.whole.cells[1]) == ["IDENTICAL"]
    d = pair("", ROLLED)
    assert d.whole.cells[1].ratio is None
    assert d.changes[0].delta == 45 == sum(k.delta for k in d.changes[0].kernels)


@settings(max_examples=EXAMPLES)
@given(nests(size=8), nests(size=8))
def test_deltas_sum_to_the_change_that_the_oracle_sees(one, other) -> None:
    texts = [kernel(text_of(one), "x") + kernel(text_of(other), "y"), kernel(text_of(other), "z")]
    c = compare([variant(label, t, "emulator") for label, t in zip("ab", texts, strict=True)])
    (changes,) = c.changes
    wanted = oracle(texts[1]).cycles - oracle(texts[0]).cycles
    assert changes.delta == wanted
    for rows in (changes.kernels, changes.opcodes, changes.categories):
        assert sum(r.delta for r in rows) == wanted
        assert sum(r.before.dynamic for r in rows) == c.variants[0].whole.cost.dynamic
        assert sum(r.after.static for r in rows) == c.variants[1].whole.cost.static
    if changes.delta:
        assert sum(changes.share(k) for k in changes.kernels) == pytest.approx(100)
    shown = [k for row in c.rows for k in (cell.figures for cell in row.cells) if k]
    assert sorted(k.path for k in shown) == sorted(k.path for v in c.variants for k in v.kernels)
    back = compare([c.variants[1], c.variants[0]])
    assert back.changes[0].delta == -wanted


def test_unlike_steps_and_wrapped_counters_are_no_ratio() -> None:
    def training(label: str, text: str, steps: int, cycles: int) -> Variant:
        settings = (("N_TRAIN_STEPS", steps), ("N_ACCUM_STEPS", 1))
        run = replace(run_of(cycles // steps), calls=steps, total_cycles=cycles, settings=settings)
        return replace(variant(label, text), measurements=(run,))

    c = compare([training("a", ROLLED, 4, 240), training("b", UNROLLED, 1, 50)])
    a, b = c.whole.cells
    assert (codes(a), codes(b)) == ([], ["STEPS-DIFFER"])
    assert (a.measured, b.measured, b.measured_ratio) == (60, 50, None)
    assert "ran 1 steps here and 4 elsewhere" in b.measured_flags[0].reason
    wrapped = compare([training("a", ROLLED, 1, 60), training("b", UNROLLED, 1, 60 + (1 << 32))])
    assert "WRAPPED" in codes(wrapped.whole.cells[1])
    assert wrapped.whole.cells[1].measured_ratio is None
    same = compare([training("a", ROLLED, 4, 240), training("b", UNROLLED, 4, 200)])
    assert same.whole.cells[1].measured_ratio == 50 / 60
