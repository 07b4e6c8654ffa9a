"""Sums by any part of a kernel's name equal the totals, for every program and every grouping."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import HARMLESS, SAMPLES, nests, profile_of, text_of

from isa_analysis.isa import CATEGORIES
from isa_analysis.kernels import PARTS, path_of
from isa_analysis.profiling import Cost, Profile, total
from isa_analysis.profiling.group import (
    category_costs,
    cost_by,
    kernel_costs,
)

GROUPINGS = [g for n in range(len(PARTS) + 1) for g in combinations(PARTS, n)]


def assert_sums(p: Profile) -> None:
    for parts in GROUPINGS:
        groups = kernel_costs(p, parts)
        assert total(g.cost for g in groups) == p.totals
        assert len({g.path for g in groups}) == len(groups)
        assert all(len(g.path) == len(parts) for g in groups)
        assert sum(g.calls for g in groups) == sum(p.calls)
        for g in groups:
            assert g.prefetch_cycles + g.store_cycles == g.cost.memory_cycles
    assert total(c.cost for c in p.cells) == p.totals
    assert total(c.cost for c in p.opcodes) == p.totals
    assert total(category_costs(p).values()) == p.totals
    assert tuple(category_costs(p)) == CATEGORIES


@pytest.mark.parametrize("board", ["v80", "nexys_video"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_sample_programs(path, board: str) -> None:  # type: ignore[no-untyped-def]
    p = profile_of(path.read_bytes(), board)
    assert_sums(p)
    assert len(kernel_costs(p, PARTS)) > 1


MARKS = (
    "; === LAYER 0/2 START ===",
    "; === LAYER 0/2 COMPLETE ===",
    "; === LAYER 1/2 START ===",
    "; === LAYER 1/2 COMPLETE ===",
    "; @kernel one",
    "; @kernel two",
    "; @end",
    "; FFN Generation",
    "; SILU Generation",
    "; Normalize (rms) X, scratchpad at 0",
    "; RMS Norm generation",
    "; Load_Batch X -> X",
    "; Store X from VRAM to HBM",
    "; === Online Softmax Block S ===",
    "; === VRAM Matrix Add: X[0] += Y[0] ===",
    "; dynamic expert bias add",
    "; PLENA ISA  --  kernel: k",
    "; something else",
)
MEMORY = ("H_PREFETCH_M gp0, gp0, a0, 0, 0", "H_PREFETCH_V gp0, gp0, a0, 0, 0",
          "H_STORE_V gp0, gp0, a0, 0, 0")  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(nests(leaves=st.sampled_from((*HARMLESS[:12], *MEMORY, *MARKS, *MARKS)), size=30))
def test_random_programs(tree: tuple[object, ...]) -> None:
    assert_sums(profile_of(text_of(tree), "nexys_video"))


def test_grouping_by_hand() -> None:
    p = profile_of(
        "; @kernel a\nS_LUI_INT gp1, 1\nM_MM 0, gp1, gp1\nH_STORE_V gp1, gp1, a0, 0, 0\n; @end\n"
        "H_PREFETCH_M gp1, gp1, a0, 0, 0\n; @kernel a\nS_LUI_INT gp1, 1\n; @end\n",
        "nexys_a7",
    )
    groups = {g.path: g for g in kernel_costs(p, ("kernel",))}
    assert groups[("a",)].cost == Cost(4, 4, 1 + 64 + 1, 25)
    assert groups[("a",)].calls == 2
    assert (groups[("a",)].prefetch_cycles, groups[("a",)].store_cycles) == (0, 25)
    assert groups[("unmarked",)].cost == Cost(1, 1, 0, 400)
    assert groups[("unmarked",)].prefetch_cycles == 400


def test_opcodes_are_sorted_by_cycles() -> None:
    p = profile_of("S_LUI_INT gp1, 1\nM_MM 0, gp1, gp1\nV_RED_SUM f1, gp1\nS_LUI_INT gp1, 1\n")
    assert [(r.mnemonic, r.cost.total_cycles) for r in p.opcodes] == [
        ("M_MM", 64), ("V_RED_SUM", 8), ("S_LUI_INT", 2),
    ]  # fmt: skip


def test_a_path_is_in_the_order_asked_for() -> None:
    p = profile_of("; @kernel a\nS_LUI_INT gp1, 1\n; @end\n")
    (name,) = [k for k in p.kernels if k.kernel == "a"]
    assert path_of(name, ("kernel", "layer")) == ("a", name.layer)


def test_cost_by_any_key() -> None:
    p = profile_of("S_LUI_INT gp1, 1\nM_MM 0, gp1, gp1\n")
    assert cost_by(p.cells, lambda c: c.engine) == {
        "scalar": Cost(1, 1, 1, 0),
        "matrix": Cost(1, 1, 64, 0),
    }
