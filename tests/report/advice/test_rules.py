"""One test per rule: a program with the pattern and its bound by hand, and one without."""

from __future__ import annotations

import pkgutil

import pytest
from hypothesis import given, settings
from report_support import advice_of, found, stage_of
from support import ROOT, nests, text_of

from isa_analysis.report.advice import RULES, rules

MV = "M_MV 0, gp0, gp0\n"


def looped(trip: int, *body: str) -> str:
    return "\n".join([f"C_LOOP_START gp1, {trip}", *body, "C_LOOP_END gp1", ""])


def saved(rule: str, text: str, board: str = "emulator", sets: tuple[str, ...] = ()) -> list[int]:
    return [finding.saved for finding in found(rule, text, board, sets)]


def test_transfer_overlap() -> None:
    # nexys_video: V prefetch 25 cycles, M_MV 64 cycles of MLEN.
    prefetch = "H_PREFETCH_V gp0, gp0, a0, 0, 0\n"
    assert saved("transfer-overlap", prefetch + MV, "nexys_video") == [25]
    assert saved("transfer-overlap", 3 * prefetch + MV, "nexys_video") == [64]
    assert not saved("transfer-overlap", prefetch, "nexys_video")
    assert not saved("transfer-overlap", MV, "nexys_video")


def test_repeated_loads() -> None:
    prefetch = "H_PREFETCH_V gp0, gp0, a0, 0, 0"
    # Four loads of the same bytes: three of four times 25 cycles.
    scales = "S_LUI_INT gp3, 1\nC_SET_SCALE_REG gp3\n"
    assert saved("repeated-loads", scales + looped(4, prefetch), "nexys_video") == [75]
    # A new address each time: 4 rows of 64 bytes are 256.
    step = looped(4, "H_PREFETCH_V gp0, gp2, a0, 0, 0", "S_ADDI_INT gp2, gp2, 256")
    assert not saved("repeated-loads", scales + step, "nexys_video")


def test_repeated_loads_from_unknown_addresses_are_left_out() -> None:
    text = "S_LD_INT gp2, gp0, 3\n" + looped(4, "H_PREFETCH_V gp0, gp2, a0, 0, 0")
    assert not saved("repeated-loads", text, "nexys_video")


def test_wider_block() -> None:
    # v80 proves BLEN 16 at MLEN 64: 10 M_MM of 64 cycles, 15/16 saved.
    text = looped(10, "M_MM 0, gp0, gp0")
    assert saved("wider-block", text, "v80") == [600]
    assert not saved("wider-block", text, "v80", ("machine.blen=16",))
    assert not saved("wider-block", text, "emulator")  # no sizes are known for it


def test_reductions() -> None:
    # emulator: V_RED_SUM 8, V_MUL_VV 1. 128 sums: 9 * 128 - 128 - 2 write-outs, counted per site.
    fed = looped(128, "V_MUL_VV gp3, gp4, gp5, 0", "V_RED_SUM f1, gp3")
    assert saved("reductions", fed) == [9 * 128 - 128 - 2]
    plain = looped(128, "V_MUL_VV gp6, gp4, gp5, 0", "V_RED_SUM f1, gp3")
    assert saved("reductions", plain) == [8 * 128 - 128 - 2]
    assert not saved("reductions", looped(128, "V_RED_SUM f0, gp3"))  # free already
    assert not saved("reductions", looped(128, "V_RED_MAX f1, gp3"))  # no matrix form


def test_scalar_maps() -> None:
    # 2 * 64 cycles each, against one vector operation of one cycle.
    assert saved("scalar-maps", looped(10, "S_MAP_V_FP gp0, gp0, 0")) == [10 * 127]
    assert not saved("scalar-maps", MV)


def test_scalar_arithmetic() -> None:
    # 128 additions of one cycle against two of the vector unit.
    assert saved("scalar-arithmetic", looped(128, "S_ADD_FP f1, f2, f3")) == [126]
    assert not saved("scalar-arithmetic", looped(63, "S_ADD_FP f1, f2, f3"))
    assert not saved("scalar-arithmetic", looped(128, "S_SQRT_FP f1, f2"))


def test_vector_latency() -> None:
    # nexys_video: V_MUL 7 cycles.
    assert saved("vector-latency", looped(10, "V_MUL_VV gp3, gp4, gp5, 0"), "nexys_video") == [60]
    assert not saved("vector-latency", looped(10, "V_MUL_VV gp3, gp4, gp5, 0"))  # one cycle
    assert not saved("vector-latency", looped(10, "V_RED_SUM f1, gp3"))


def test_hoist_arithmetic() -> None:
    invariant = looped(10, "S_ADDI_INT gp3, gp0, 64", "S_ADD_INT gp4, gp3, gp5", "M_MV 0, gp4, gp0")
    assert saved("hoist-arithmetic", invariant) == [18]
    for body in (
        ["S_ADDI_INT gp3, gp3, 64"],  # advances
        ["M_MV 0, gp3, gp0", "S_ADDI_INT gp3, gp0, 64"],  # read before it is set
        ["S_ADDI_INT gp3, gp0, 64", "S_ADDI_INT gp3, gp0, 32"],  # two writers
        ["S_ADD_INT gp3, gp4, gp0", "S_ADDI_INT gp4, gp4, 1"],  # its source changes
        ["S_ADDI_INT gp0, gp0, 64"],
    ):
        assert not saved("hoist-arithmetic", looped(10, *body)), body
    assert not saved("hoist-arithmetic", looped(1, "S_ADDI_INT gp3, gp0, 64"))


def test_hoist_arithmetic_of_nested_loops() -> None:
    text = looped(5, "C_LOOP_START gp2, 4", "S_ADDI_INT gp3, gp0, 64", "C_LOOP_END gp2")
    assert saved("hoist-arithmetic", text) == [15]  # out of the inner loop: 20 - 5
    [finding] = found("hoist-arithmetic", text)
    assert (finding.first_line, finding.places) == (3, 1)


def test_hoist_settings() -> None:
    body = ["C_SET_STRIDE_REG gp3", "H_PREFETCH_V gp0, gp0, a0, 1, 0"]
    assert saved("hoist-settings", looped(10, *body)) == [9]
    assert not saved("hoist-settings", looped(10, *reversed(body)))
    assert not saved("hoist-settings", looped(10, *body, "S_ADDI_INT gp3, gp3, 1"))


def test_hoist_loads() -> None:
    assert saved("hoist-loads", looped(10, "S_LD_FP f1, gp0, 3")) == [9]
    assert not saved("hoist-loads", looped(10, "S_LD_FP f1, gp0, 3", "S_ST_FP f2, gp0, 9"))
    assert not saved("hoist-loads", looped(10, "S_LD_FP f1, gp3, 3", "S_ADDI_INT gp3, gp3, 1"))


def test_rebuilt_constants() -> None:
    text = "S_ADDI_INT gp3, gp0, 64\nM_MV 0, gp3, gp0\n"
    assert saved("rebuilt-constants", 3 * text) == [2]
    assert not saved("rebuilt-constants", text + text.replace("64", "65"))
    assert not saved("rebuilt-constants", "S_ADDI_INT gp3, gp0, 0\n")  # zero since reset
    load = "S_LD_INT gp3, gp0, 1\n"  # unknown both times: may differ
    assert not saved("rebuilt-constants", load + "S_ADD_INT gp4, gp3, gp0\n" * 2)


def test_merged_adds() -> None:
    text = "S_ADDI_INT gp3, gp2, 8\nS_ADDI_INT gp3, gp3, 8\n"
    assert saved("merged-adds", text) == [1]
    assert saved("merged-adds", looped(10, *text.split("\n")[:2])) == [10]
    assert not saved("merged-adds", "S_ADDI_INT gp3, gp3, 200000\nS_ADDI_INT gp3, gp3, 200000\n")
    assert not saved("merged-adds", "S_ADDI_INT gp3, gp2, 8\nS_ADDI_INT gp4, gp3, 8\n")
    split = "S_ADDI_INT gp3, gp3, 8\n" + looped(2, "S_ADDI_INT gp3, gp3, 8")
    assert not saved("merged-adds", split)


@pytest.mark.parametrize(
    ("line", "cycles"),
    [
        ("S_ADDI_INT gp3, gp3, 0", 1),
        ("S_ADD_INT gp3, gp3, gp0", 1),
        ("S_ADD_INT gp3, gp0, gp3", 1),
        ("S_SUB_INT gp3, gp3, gp0", 1),
        ("S_ADD_FP f1, f1, f0", 1),
        ("V_ADD_VF gp3, gp3, f0, 0", 1),
        ("V_SUB_VF gp3, gp3, f0, 0, 0", 1),
        ("V_SUB_VF gp3, gp3, f0, 0, 1", 0),  # f0 - vector
        ("S_SUB_INT gp3, gp0, gp3", 0),
        ("S_ADDI_INT gp3, gp4, 0", 0),
        ("S_ADD_FP f0, f1, f2", 0),  # costs nothing already
    ],
)
def test_no_ops(line: str, cycles: int) -> None:
    assert sum(saved("no-ops", line + "\n")) == cycles


def test_unrolling() -> None:
    # 16 iterations by 8: 14 of the 16 C_LOOP_END go.
    assert saved("unrolling", looped(16, "M_MV 0, gp0, gp0")) == [14]
    assert saved("unrolling", looped(3, "M_MV 0, gp0, gp0")) == [2]
    assert not saved("unrolling", looped(1, "M_MV 0, gp0, gp0"))
    outer = looped(3, "C_LOOP_START gp2, 16", "M_MV 0, gp0, gp0", "C_LOOP_END gp2")
    assert saved("unrolling", outer) == [3 * 14]  # the innermost loop only


def test_single_trips() -> None:
    inner = looped(3, "C_LOOP_START gp2, 1", "M_MV 0, gp0, gp0", "C_LOOP_END gp2")
    assert saved("single-trips", inner) == [6]
    [finding] = found("single-trips", inner)
    assert finding.lines == "2-4"
    assert not saved("single-trips", looped(2, "M_MV 0, gp0, gp0"))


def test_spills() -> None:
    text = "S_ST_INT gp3, gp0, 7\nS_LD_INT gp4, gp0, 7\nS_LD_INT gp5, gp0, 8\n"
    assert saved("spills", text) == [2]
    assert not saved("spills", "S_LD_INT gp4, gp0, 7\n")


def test_zero_fills() -> None:
    assert saved("zero-fills", looped(10, "V_MUL_VF gp3, gp3, f0, 0"), "nexys_video") == [70]
    assert not saved("zero-fills", looped(10, "V_MUL_VF gp3, gp3, f1, 0"), "nexys_video")


def test_write_outs() -> None:
    assert saved("write-outs", looped(10, "M_MM 0, gp0, gp0", "M_MM_WO gp3, gp0, 0")) == [9]
    moving = looped(10, "M_MM 0, gp0, gp0", "M_MM_WO gp3, gp0, 0", "S_ADDI_INT gp3, gp3, 4")
    assert not saved("write-outs", moving)
    assert not saved("write-outs", "M_MM 0, gp0, gp0\nM_MM_WO gp3, gp0, 0\n")


# -- all of them ----------------------------------------------------------------------------------


def test_every_rule_is_registered_tested_and_documented() -> None:
    modules = {m.name for m in pkgutil.iter_modules(rules.__path__) if not m.name.startswith("_")}
    ids = [rule.id for rule in RULES]
    assert {id_.replace("-", "_") for id_ in ids} == modules
    assert len(ids) == len(set(ids)) >= 10
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    assert not [id_ for id_ in ids if f"| `{id_}` |" not in page]
    tests = globals()
    assert not [m for m in modules if f"test_{m}" not in tests]
    for rule in RULES:
        module = getattr(rules, rule.id.replace("-", "_"))
        assert module.__doc__ and rule.action and rule.approach


def test_nothing_is_found_where_nothing_is() -> None:
    assert advice_of(stage_of(3 * MV)) == []
    assert advice_of(stage_of("")) == []


@settings(max_examples=60, deadline=None)
@given(nests())
def test_bounds_are_between_one_cycle_and_the_run(tree: tuple[object, ...]) -> None:
    stage = stage_of(text_of(tree), ("emulator", "nexys_video"))
    for o in advice_of(stage):
        [total] = {run.cycles for run in stage.runs if run.board is o.board}
        assert 1 <= o.finding.saved <= total, o.rule.id
        assert 1 <= o.finding.first_line <= o.finding.last_line <= stage.program.lines
        assert o.finding.places >= 1


def test_bounds_are_exact_beyond_64_bits() -> None:
    deep = [f"C_LOOP_START gp{d}, 4000000" for d in range(1, 5)]
    ends = [f"C_LOOP_END gp{d}" for d in range(4, 0, -1)]
    text = "\n".join([*deep, "S_ADDI_INT gp9, gp0, 5", *ends, ""])
    assert saved("hoist-arithmetic", text) == [4000000**4 - 4000000**3]
