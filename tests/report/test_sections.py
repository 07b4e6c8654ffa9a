"""Sections of the report: sums, sentences, and what they say when the numbers change."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from report_support import report_of, sample_report, stage_of
from support import nests, text_of

from isa_analysis.report import BarChart, IcicleChart, Report, ReportTable, RooflineChart, build
from isa_analysis.report.fits import fits_section
from isa_analysis.report.kernels import fold, keys_of, small
from isa_analysis.report.measurement import Measurement
from isa_analysis.report.roofline import positions
from isa_analysis.report.sites import prices, sites_of, whole

LAYERS = "".join(
    f"; === LAYER {i}/3 START ===\n; @kernel product\nC_LOOP_START gp1, {10 + i}\n"
    f"M_MM 0, gp0, gp0\nC_LOOP_END gp1\n; @end\n; === LAYER {i}/3 COMPLETE ===\n"
    for i in range(3)
)


def table(report: Report, id_: str) -> ReportTable:
    return next(t for t in report.tables() if t.id == id_)


def section(report: Report, id_: str) -> str:
    return " ".join(next(s for s in report.sections if s.id == id_).sentences)


def check_sums(report: Report) -> int:
    """Every column of every table with a total adds up; returns how many were checked."""
    checked = 0
    for t in report.tables():
        if t.total is None:
            continue
        for i, column in enumerate(t.table.columns):
            if column.kind in ("text", "ratio") or t.total[i] is None:
                continue
            values = [row[i] or 0 for row in t.table.rows]
            if all(isinstance(v, int) for v in values) and isinstance(t.total[i], int):
                assert sum(values) == t.total[i], (t.id, column.key)
            else:
                assert math.isclose(math.fsum(values), t.total[i], rel_tol=1e-9), (t.id, column.key)
            checked += 1
    return checked


def test_every_table_of_the_samples_adds_up() -> None:
    assert check_sums(sample_report()) > 60


@settings(max_examples=25, deadline=None)
@given(nests())
def test_every_table_of_any_program_adds_up(tree: tuple[object, ...]) -> None:
    assert check_sums(report_of(text_of(tree), ("emulator", "nexys_video"))) > 10


@settings(max_examples=25, deadline=None)
@given(nests())
def test_prices_of_sites_sum_to_the_profile(tree: tuple[object, ...]) -> None:
    stage = stage_of(text_of(tree), ("nexys_video",))
    its = sites_of(stage)
    assert whole(its.times * prices(stage, stage.first)) == stage.first.cycles
    assert whole(its.times) == stage.first.profile.totals.dynamic


def test_ids_are_unique() -> None:
    ids = [b.id for s in sample_report().sections for b in s.blocks]
    ids += [s.id for s in sample_report().sections]
    ids += [a for t in sample_report().tables() for a in t.anchors]
    assert len(ids) == len(set(ids))
    targets = {link for t in sample_report().tables() for link in t.links if link}
    assert targets and targets <= set(ids)


def test_charts_hold_the_cycles() -> None:
    report = sample_report()
    for s in report.sections:
        for b in s.blocks:
            if isinstance(b, IcicleChart):
                for i, node in enumerate(b.nodes):
                    inside = sum(n.value for n in b.nodes if n.parent == i)
                    assert inside <= node.value
                assert sum(n.value for n in b.nodes if n.parent == 0) == b.nodes[0].value
            elif isinstance(b, RooflineChart):
                for p in b.points:
                    assert p.utilisation <= min(1, p.intensity * b.bytes_per_cycle) + 1e-9
            elif isinstance(b, BarChart) and b.stacked:
                total = sum(sum(values) for _, values in b.rows)
                number = int(b.id.split("-")[1])
                totals = table(report, "summary-totals").table.rows[2 * number]
                assert total == totals[8]


def test_layers_are_folded_with_their_spread() -> None:
    # 64 cycles per M_MM and one of control; 1 for the start.
    report = report_of(LAYERS)
    [row] = table(report, "cycles-0-kernels-0").table.rows
    assert row[:5] == ("product", "layer", 3, 3, 3 + 33 * 2)
    assert row[-3:] == (651, 716, 781)
    assert "differ most in product: 651 to 781 cycles" in section(report, "cycles")
    assert len(table(report, "cycles-0-layers").table.rows) == 3
    equal = report_of(LAYERS.replace("gp1, 11", "gp1, 10").replace("gp1, 12", "gp1, 10"))
    assert "3 layers cost the same" in section(equal, "cycles")


def test_layers_without_a_kernel_differ() -> None:
    report = report_of(LAYERS.replace("@kernel product", "@kernel other", 1))
    assert "differ most in product: 0 to 781 cycles" in section(report, "cycles")


def test_folding_keeps_the_sums() -> None:
    profile = stage_of(LAYERS + "; @kernel product\nM_MM 0, gp0, gp0\n; @end\n").first.profile
    folded = fold(profile)
    assert sum(k.cost.total_cycles for k in folded) == profile.totals.total_cycles
    assert [k.label for k in folded] == ["product", "product (outside layers)"]
    assert keys_of(small(profile)) == list(dict.fromkeys(keys_of(profile)))


def test_the_summary_names_what_is_slow() -> None:
    text = "; @kernel slow\nC_LOOP_START gp1, 9\nM_MV 0, gp0, gp0\nC_LOOP_END gp1\n; @end\n"
    text += "; @kernel fast\nV_EXP_V gp0, gp0\n; @end\n"
    words = section(report_of(text), "summary")
    # 9 * 65 + 1 of 587 cycles.
    assert "stage takes 587 cycles" in words
    assert "in slow, where M_MV is 98 % (9 executions at 64 cycles)" in words
    assert "in fast" in section(report_of(text.replace("gp1, 9", "gp1, 1")
                                          .replace("V_EXP_V gp0, gp0", "V_TOPK gp0, gp0, gp0, 1")),
                                "summary")  # fmt: skip


def test_an_empty_program_has_a_report() -> None:
    report = report_of("; nothing\n", ("v80", "nexys_video"))
    assert "has no instructions" in section(report, "summary")
    assert check_sums(report) >= 0
    with pytest.raises(ValueError, match="at least one stage"):
        build([])


def test_incomplete_totals_are_marked() -> None:
    report = report_of("M_MV 0, gp0, gp0\nNO_SUCH gp1\n", unknown_opcode="warn")
    assert section(report, "summary").startswith("INCOMPLETE: the totals of stage")


def test_memory_bound_kernels_are_named() -> None:
    text = "; @kernel load\nC_LOOP_START gp1, 100\nH_PREFETCH_M gp0, gp0, a0, 0, 0\n" \
        "C_LOOP_END gp1\n; @end\n; @kernel work\nM_MV 0, gp0, gp0\n; @end\n"  # fmt: skip
    stage = stage_of(text, ("nexys_video",))
    by_name = {p.key[1]: p for p in positions(stage.first)}
    # 100 transfers of 128 requests of 64 bytes at 10 bytes per cycle; 101 cycles of control.
    assert by_name["load"].transfer_cycles == 100 * 128 * 64 / 10
    assert (by_name["load"].bound, by_name["work"].bound) == ("memory", "compute")
    assert by_name["load"].factor == pytest.approx(81920 / 101)
    words = section(build([stage]), "memory")
    assert "1 kernel" in words and "is memory-bound, first load" in words


def test_boards_are_compared() -> None:
    words = section(sample_report(), "boards")
    assert "decoder takes" in words and "on nexys_video that it takes on v80" in words
    assert not [s for s in report_of("M_MV 0, gp0, gp0\n").sections if s.id == "boards"]


def test_what_does_not_fit_is_said() -> None:
    def fits(*sets: str) -> str:
        return " ".join(
            fits_section(
                [stage_of("M_MV 0, gp0, gp0\n", ("nexys_video",), sets=sets)], {}
            ).sentences
        )

    assert "Machine and programs fit" in fits()
    big = fits("machine.mlen=256", "machine.vlen=256", "machine.blen=64")
    assert "Does not fit: machine on nexys_video (exceeds the part's resources" in big
    assert "address range" in fits()


def test_hbm_beyond_the_capacity_does_not_fit() -> None:
    text = "S_LUI_INT gp1, 131072\nC_SET_ADDR_REG a0, gp0, gp1\nH_PREFETCH_V gp0, gp0, a0, 0, 0\n"
    report = report_of(text, ("nexys_video",))  # 131072 << 12 is 512 MiB
    assert "Does not fit: HBM addresses of stage on nexys_video" in section(report, "fits")


def test_loops_advise_unrolling_by_their_overhead() -> None:
    tight = "C_LOOP_START gp1, 100\nS_ADDI_INT gp2, gp2, 1\nC_LOOP_END gp1\n"
    assert "unrolling the innermost loop by 4 saves about 75 cycles" in section(
        report_of(tight), "loops"
    )
    wide = tight.replace("S_ADDI_INT gp2, gp2, 1", "S_MAP_V_FP gp0, gp0, 0")
    assert "unrolling" not in section(report_of(wide), "loops")


def test_excerpts_price_each_line() -> None:
    text = "; head\nC_LOOP_START gp1, 5\n; inside\nM_MV 0, gp0, gp0\nC_LOOP_END gp1\n"
    [excerpt] = [t for t in report_of(text).tables() if t.is_source]
    assert excerpt.table.rows == (
        ("2", 1, 1, "C_LOOP_START gp1, 5"),
        ("3", None, None, "; inside"),
        ("4", 5, 320, "M_MV 0, gp0, gp0"),
        ("5", 5, 5, "C_LOOP_END gp1"),
    )


def test_measurements_are_compared() -> None:
    stage = stage_of("C_LOOP_START gp1, 10\nM_MV 0, gp0, gp0\nC_LOOP_END gp1\n")
    report = build([stage], measured={"stage": Measurement("m.json", 600, 64, 0)})
    [row] = table(report, "validation-measured").table.rows
    assert row[:6] == ("stage", "emulator", 651, 651, 600, None)  # below 640 of the matrix unit
    assert str(row[-1]).startswith("TOO-LOW")
    report = build([stage], measured={"stage": Measurement("m.json", 1302)})
    assert table(report, "validation-measured").table.rows[0][5] == -50.0
    assert "measured at 1,302 cycles" in section(report, "validation")
    failed = build(
        [stage], measured={"stage": Measurement("m.json", None, failure="return code 1")}
    )
    assert "failed (return code 1)" in section(failed, "validation")


def test_stages_without_a_measurement_are_missing() -> None:
    stages = [stage_of("M_MV 0, gp0, gp0\n", name=name) for name in ("one", "two")]
    report = build(stages, measured={"one": Measurement("m.json", 64)})
    rows = table(report, "validation-measured").table.rows
    assert [row[-1] for row in rows] == ["", "MISSING"]
