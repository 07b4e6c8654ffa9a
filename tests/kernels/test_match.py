"""Spans: tiling, nesting, loops, explicit markers, robustness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.kernels import UNMARKED, assign_kernels, load_rules


def kernels(found):
    return [(span.start_pc, found.names[span.kernel].kernel, span.is_call) for span in found]


def test_a_program_without_comments_is_unmarked(assign):
    found, warnings = assign("3 V_ADD_VV")
    assert kernels(found) == [(0, UNMARKED, True)]
    assert found.kernel_of_instruction().tolist() == [0, 0, 0]
    assert not warnings


def test_an_empty_program_has_no_spans():
    found, warnings = assign_kernels([], [], [], [], 0, [], load_rules())
    assert (len(found), found.names, warnings) == (0, (), [])
    found, _ = assign_kernels([0], [1], [0], ["; SILU Generation"], 0, [], load_rules())
    assert len(found) == 0


def test_a_marker_at_the_end_covers_nothing(assign):
    found, _ = assign("V_ADD_VV\n; SILU Generation")
    assert kernels(found) == [(0, UNMARKED, True)]


def test_a_kernel_begun_in_a_loop_ends_with_the_loop(assign):
    found, _ = assign(
        """
        ; SILU Generation
        1 S_ADDI_INT
        C_LOOP_START
        1 S_ADDI_INT
        ; GELU Activation Generation
        1 V_EXP_V
        C_LOOP_START
        ; Layer Norm generation
        1 V_MUL_VV
        C_LOOP_END
        1 V_EXP_V
        C_LOOP_END
        1 V_ADD_VV
        """
    )
    assert kernels(found) == [
        (0, "silu", True),
        (3, "gelu", True),
        (5, "layer norm", True),
        (6, "gelu", False),
        (8, "silu", False),
    ]
    assert found.calls().tolist() == [1, 1, 1]
    assert found.line.tolist()[3:] == [0, 0]


def test_a_kernel_begun_before_a_loop_outlives_it(assign):
    found, _ = assign("; SILU Generation\nC_LOOP_START\n2 V_EXP_V\nC_LOOP_END\nV_EXP_V")
    assert kernels(found) == [(0, "silu", True)]


def test_unmarked_code_resumes_after_a_loop(assign):
    found, _ = assign("C_LOOP_START\n; SILU Generation\nV_EXP_V\nC_LOOP_END\nV_EXP_V")
    assert [name for _, name, _ in kernels(found)] == [UNMARKED, "silu", UNMARKED]


def test_code_before_a_loop_does_not_lead_into_it(assign):
    found, _ = assign(
        """
        ; SILU Generation
        1 V_EXP_V
        ; === Reset MRAM ===
        1 S_ADDI_INT
        C_LOOP_START
        ; GELU Activation Generation
        1 V_EXP_V
        C_LOOP_END
        """
    )
    assert kernels(found) == [(0, "silu", True), (3, "gelu", True), (4, "silu", False)]


def test_explicit_kernels_win_nest_and_resume(assign):
    found, warnings = assign(
        """
        ; SILU Generation
        1 V_EXP_V
        ; @kernel my attention
        1 V_ADD_VV
        ; GELU Activation Generation
        1 V_EXP_V
        // @kernel part (a|b)*
        2 V_EXP_V
        //@end
        1 V_ADD_VV
        ; @end of it
        1 V_EXP_V
        """
    )
    assert not warnings
    assert kernels(found) == [
        (0, "silu", True),
        (1, "my attention", True),
        (3, "my attention/part (a|b)*", True),
        (5, "my attention", False),
        (6, "silu", False),
    ]
    inner = found.names[found.kernel[2]]
    assert inner.block == "my attention"


def test_explicit_kernels_of_one_name_are_separate_calls(assign):
    once = "; @kernel k\n2 V_ADD_VV\n; @end\n"
    found, _ = assign(once * 3)
    assert kernels(found) == [(0, "k", True), (2, "k", True), (4, "k", True)]
    assert found.calls().tolist() == [3]


def test_layers_hold_inside_explicit_kernels(assign):
    found, _ = assign(
        "; @kernel k\nV_ADD_VV\n; === LAYER 1/2 START ===\nV_ADD_VV\n; @end\nV_ADD_VV"
    )
    names = [found.names[span.kernel] for span in found]
    assert [(n.layer, n.kernel) for n in names] == [
        ("", "k"),
        ("layer 1", "k"),
        ("layer 1", UNMARKED),
    ]


def test_explicit_layers(assign):
    found, _ = assign("; @layer encoder 3\n; SILU Generation\nV_EXP_V\n; @endlayer\nV_EXP_V")
    assert [name.layer for name in found.names] == ["encoder 3", ""]


def test_an_explicit_kernel_reaches_across_a_loop_end(assign):
    found, _ = assign(
        "; SILU Generation\nC_LOOP_START\n; @kernel k\nV_ADD_VV\nC_LOOP_END\n"
        "V_ADD_VV\n; @end\nV_EXP_V"
    )
    assert kernels(found) == [(0, "silu", True), (1, "k", True), (4, "silu", False)]


def test_unbalanced_markers_are_reported_where_they_are(assign):
    found, warnings = assign("; @end\nV_ADD_VV\n; @kernel a\n; @kernel b\nV_ADD_VV\n; @end")
    assert [(w.path, w.line, w.code, w.severity) for w in warnings] == [
        ("x", 1, "W301", "warning"),
        ("x", 3, "W302", "warning"),
    ]
    assert "a" in warnings[1].message
    assert kernels(found) == [(0, UNMARKED, True), (1, "a/b", True)]


@pytest.mark.parametrize(
    "comment",
    [
        "; @kernel",
        "; @kernelx y",
        "; @ kernel y",
        "; Final words",
        "; Scale of things",
        "; silu generation",
        ";",
        "//",
        "; VRAM",
        "; LAYER one START",
        "; === LAYER 3 ===",
        "; V_ADD_VV gp1, gp2, gp3",
        "; FFN",
        "; \0\0\0",
        "; ❄ SILU Generation",
    ],
)
def test_other_comments_start_nothing(assign, comment):
    found, warnings = assign(f"V_ADD_VV\n{comment}\nV_ADD_VV")
    assert kernels(found) == [(0, UNMARKED, True)]
    assert not warnings


@pytest.mark.parametrize("tail", ["a" * 100_000, "a[ @ " * 20_000, "_" * 100_000, "1" * 100_000])
@pytest.mark.parametrize(
    "head", ["VRAM Sub Projection To:", "VRAM Matrix Add:", "@kernel", "Load SubMatrix", "dma_v2h "]
)
def test_very_long_comments_are_harmless(assign, head, tail):
    for comment in (f"; {head} {tail}", f"; {head}{tail}"):
        found, _ = assign(f"V_ADD_VV\n{comment}\nV_ADD_VV")
        assert found.lengths().sum() == 2
        assert max(len(name.kernel) for name in found.names) < 500


_MARKERS = [
    "; @kernel alpha",
    "; @kernel beta",
    "; @end",
    "; === LAYER 0/2 START ===",
    "; === LAYER 0/2 COMPLETE ===",
    "; === SECTION: tail",
    "; SILU Generation",
    "; Load_Batch X -> X",
    "; === Reset MRAM ===",
    "; Reset Registers [[1]]",
    "; VRAM Sub Projection To: X[0][:] @ W_q_3[:][0] -> Q_3[0][0]",
    "; VRAM Sub Projection: X[0][:] @ W_q_3[:][0]",
    "; === VRAM Matrix Add: residual_scratch[0:4] += X[0:4] ===",
    "; Allocate VRAM Matrix residual_scratch: logical=(4, 4) physical=(4, 4) at VRAM[8]",
    "; === VRAM Fill Zero: VRAM[8] rows [0] = 0 ===",
    "; im2col (no-shift) complete",
    "; idx 1_bx += 1 (gp2)",
    "; for 1_bx in [0, 2) -- hw counter gp1, idx gp2",
    "; anything else",
]
_STEPS = st.lists(
    st.one_of(
        st.sampled_from(_MARKERS),
        st.sampled_from(["V_ADD_VV", "C_LOOP_START", "C_LOOP_END"]),
        st.text(max_size=12).map(lambda text: ";" + " ".join(text.split())),
    ),
    max_size=60,
)


@given(_STEPS)
def test_spans_tile_the_program_and_lose_nothing(steps):
    texts: dict[str, int] = {}
    pcs, ids, loops, begun = [], [], [], []
    pc = 0
    for step in steps:
        if step.startswith(";"):
            pcs.append(pc)
            ids.append(texts.setdefault(step, len(texts)))
            continue
        if step == "C_LOOP_START":
            begun.append(pc)
        elif step == "C_LOOP_END" and begun:
            loops.append((begun.pop(), pc))
        pc += 1
    lines = list(range(1, len(pcs) + 1))
    found, warnings = assign_kernels(pcs, lines, ids, list(texts), pc, loops, load_rules())
    assert found.lengths().sum() == pc
    assert (found.lengths() > 0).all()
    if pc:
        assert found.start_pc[0] == 0
        assert (np.diff(found.start_pc) > 0).all()
    assert len(set(found.names)) == len(found.names)
    assert set(found.kernel.tolist()) == set(range(len(found.names)))
    assert len(found.kernel_of_instruction()) == pc
    opened, ended = sum("@kernel" in s for s in steps), sum(s.startswith("; @end") for s in steps)
    assert len(warnings) <= opened + ended
    assert all(warning.line in lines for warning in warnings)


@given(st.lists(st.sampled_from(["; @kernel a", "; @kernel b", "; @end", "V_ADD_VV"]), max_size=40))
def test_explicit_nesting_agrees_with_a_stack(steps):
    texts = ["; @kernel a", "; @kernel b", "; @end"]
    pcs, ids, expected, stack, problems, pc = [], [], [], [], 0, 0
    for step in steps:
        if step == "V_ADD_VV":
            expected.append("/".join(stack) or UNMARKED)
            pc += 1
            continue
        pcs.append(pc)
        ids.append(texts.index(step))
        if step != "; @end":
            stack.append(step[-1])
        elif stack:
            stack.pop()
        else:
            problems += 1
    found, warnings = assign_kernels(
        pcs, list(range(1, len(pcs) + 1)), ids, texts, pc, [], load_rules()
    )
    assert [found.names[k].kernel for k in found.kernel_of_instruction()] == expected
    assert len(warnings) == problems + len(stack)
