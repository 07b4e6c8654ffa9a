"""Exact sums: against the interpreter of tests/oracle, and against counting by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.interpreter import run
from support import SAMPLES, Loop, executions, nests, profile_of, text_of

from isa_analysis.profiling import Profile, total


def by_opcode(p: Profile) -> dict[str, tuple[int, int]]:
    """Executions and compute cycles of each opcode."""
    out: dict[str, tuple[int, int]] = {}
    for cell in p.cells:
        count, cycles = out.get(cell.mnemonic, (0, 0))
        out[cell.mnemonic] = (count + cell.cost.dynamic, cycles + cell.cost.compute_cycles)
    return out


def assert_equals_oracle(text: str) -> None:
    for board, dc_en in (("emulator", True), ("emulator_nodc", False)):
        truth = run(text, dc_en=dc_en, max_loop_instructions=10**12)
        assert truth.completed, truth.fault
        p = profile_of(text, board, memory="none")
        assert p.totals.dynamic == truth.executed
        assert p.totals.compute_cycles == truth.cycles
        assert by_opcode(p) == {
            name: (count, truth.opcode_cycles[name]) for name, count in truth.counts.items()
        }


@settings(max_examples=80, deadline=None)
@given(nests())
def test_random_nests_equal_the_interpreter(tree: tuple[object, ...]) -> None:
    assert_equals_oracle(text_of(tree))


@pytest.mark.parametrize(
    "path",
    SAMPLES,
    ids=lambda p: p.stem,
)
def test_sample_programs_equal_the_interpreter(path) -> None:  # type: ignore[no-untyped-def]
    assert_equals_oracle(path.read_text(encoding="utf-8"))


BREAKS = [
    "C_LOOP_START gp1, 9\nS_LUI_INT gp9, 1\nC_BREAK\nS_LUI_INT gp9, 2\n",
    "C_LOOP_START gp1, 3\nC_LOOP_START gp2, 7\nC_BREAK\nS_LUI_INT gp9, 2\nC_LOOP_END gp1\n",
    "C_LOOP_START gp1, 3\nC_LOOP_START gp2, 7\nC_LOOP_START gp3, 5\nS_LUI_INT gp9, 2\nC_BREAK\n"
    "C_LOOP_END gp2\nS_LUI_INT gp9, 2\nC_LOOP_END gp1\n",
]  # fmt: skip


@pytest.mark.parametrize("text", BREAKS)
def test_a_break_that_ends_its_loop_equals_the_interpreter(text: str) -> None:
    assert_equals_oracle(text)


@settings(max_examples=60, deadline=None)
@given(nests(trips=st.integers(1, (1 << 22) - 1)))
def test_large_trip_counts_equal_a_count_by_hand(tree: tuple[object, ...]) -> None:
    p = profile_of(text_of(tree), memory="none")
    expected: Counter[str] = Counter()
    for text, times in executions(tree).items():
        expected[text.split()[0]] += times
    assert {name: count for name, (count, _) in by_opcode(p).items()} == dict(expected)
    assert p.totals.dynamic == sum(expected.values())


def test_trip_products_beyond_64_bits_are_exact() -> None:
    trip = (1 << 22) - 1
    tree: tuple[object, ...] = ("V_RED_SUM f1, gp0",)
    for _ in range(15):
        tree = (Loop(trip, tree),)
    p = profile_of(text_of(tree))
    ends = sum(trip**k for k in range(1, 16))
    starts = sum(trip**k for k in range(15))
    assert p.totals.dynamic == trip**15 + ends + starts
    assert p.totals.compute_cycles == 8 * trip**15 + ends + starts
    assert p.totals.compute_cycles > 2**300
    assert p.loops[0].cycles == p.totals.total_cycles
    assert p.loops[-1].iterations == trip**15


def test_costs_beyond_64_bits_are_exact() -> None:
    most = 10**15
    body = "V_ADD_VV gp1, gp1, gp1\n" * 20_000
    text = f"C_LOOP_START gp1, 4\n{body}C_LOOP_END gp1\n"
    p = profile_of(text, sets=(f"latency.vector_add_cycles={most}",))
    assert p.totals.compute_cycles == 4 * 20_000 * most + 5
    assert p.loops[0].cycles == 4 * 20_000 * most + 5


@settings(max_examples=80, deadline=None)
@given(nests())
def test_costs_of_loops(tree: tuple[object, ...]) -> None:
    p = profile_of(text_of(tree), "nexys_video")
    top = [loop for loop in p.loops if loop.depth == 1]
    outside = sum(not isinstance(item, Loop) for item in tree)
    assert sum(loop.dynamic for loop in top) + outside == p.totals.dynamic
    loops = [item for item in tree if isinstance(item, Loop)]
    for cost, loop in zip(top, loops, strict=True):
        alone = profile_of(text_of((loop,)), "nexys_video")
        assert cost.cycles == alone.totals.total_cycles
        assert cost.dynamic == alone.totals.dynamic
        assert cost.trip == cost.iterations == loop.trip
        body = profile_of(text_of(loop.body), "nexys_video").totals.dynamic
        assert cost.iteration_instructions == body + 1


def test_a_loop_costs_one_plus_n_times_body_and_end() -> None:
    p = profile_of("C_LOOP_START gp1, 10\nM_MM 0, gp1, gp2\nC_LOOP_END gp1\n")
    assert p.totals.compute_cycles == 1 + 10 * (64 + 1)
    (loop,) = p.loops
    assert (loop.first_line, loop.last_line, loop.depth, loop.trip) == (1, 3, 1, 10)
    assert (loop.cycles, loop.dynamic) == (651, 21)


def test_cells_are_the_totals() -> None:
    p = profile_of("; @kernel a\nS_LUI_INT gp1, 1\nM_MM 0, gp1, gp1\n; @end\nM_MM 0, gp1, gp1\n")
    assert total(c.cost for c in p.cells) == p.totals
    assert {(p.kernels[c.kernel].kernel, c.mnemonic, c.cost.dynamic) for c in p.cells} == {
        ("a", "S_LUI_INT", 1), ("a", "M_MM", 1), ("unmarked", "M_MM", 1),
    }  # fmt: skip


def test_calls_multiply_with_loops() -> None:
    p = profile_of(
        "C_LOOP_START gp1, 6\n; @kernel a\nS_LUI_INT gp2, 1\n; @end\nC_LOOP_END gp1\n"
        "; @kernel a\nS_LUI_INT gp2, 1\n; @end\n"
    )
    calls = dict(zip([k.kernel for k in p.kernels], p.calls, strict=True))
    assert calls["a"] == 7


def test_aliases_are_counted_under_their_mnemonic() -> None:
    p = profile_of("V_SHIFT_V gp1, gp1, gp1\nV_SHFT_V gp1, gp1, gp1\nM_MO gp1, 1\n")
    assert {k: v[0] for k, v in by_opcode(p).items()} == {"V_SHFT_V": 2, "M_MM_WO": 1}


def test_engines_and_categories_of_unknown_words_go_by_their_prefix() -> None:
    p = profile_of("V_NEW 1\nM_NEW\nH_NEW\nC_NEW\nS_NEW\nODD\n", unknown_opcode="warn")
    assert {c.mnemonic: c.category for c in p.cells} == {
        "V_NEW": "vector", "M_NEW": "matrix", "H_NEW": "memory", "C_NEW": "control",
        "S_NEW": "scalar", "ODD": "scalar",
    }  # fmt: skip
    assert p.totals.compute_cycles == 6
    assert not p.complete
