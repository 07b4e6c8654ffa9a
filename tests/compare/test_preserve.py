"""Operation counts that must be preserved."""

from __future__ import annotations

import pytest
from compare_support import kernel, pair

from isa_analysis.compare.preserve import parse_names

ONE = kernel("V_ADD_VV gp1, gp1, gp1\nV_MUL_VV gp1, gp1, gp1", "x") + kernel(
    "C_LOOP_START gp5, 3\nM_MM 0, gp1, gp1\nC_LOOP_END gp5", "y"
)
OTHER = kernel("V_ADD_VV gp1, gp1, gp1", "x") + kernel("M_MM 0, gp1, gp1", "y")


@pytest.mark.parametrize(
    ("names", "violated"),
    [
        (("matrix",), [("M_MM", 3, 1, (("y", 3, 1),))]),
        (("V_ADD_VV",), []),
        (("V_*",), [("V_MUL_VV", 1, 0, (("x", 1, 0),))]),
        (("control",), [("C_LOOP_END", 3, 0, (("y", 3, 0),)),
                        ("C_LOOP_START", 1, 0, (("y", 1, 0),))]),
        (("memory",), []),
    ],
)  # fmt: skip
def test_violations_name_opcode_counts_and_kernels(names, violated) -> None:
    preserved = pair(ONE, OTHER, names).preserved
    assert preserved is not None
    assert [(v.mnemonic, v.before, v.after, v.kernels) for v in preserved.violations] == violated


def test_work_that_moved_between_kernels_is_preserved() -> None:
    moved = kernel("V_ADD_VV gp1, gp1, gp1", "x") + kernel(
        "V_MUL_VV gp1, gp1, gp1\nC_LOOP_START gp5, 3\nM_MM 0, gp1, gp1\nC_LOOP_END gp5", "y"
    )
    preserved = pair(ONE, moved, ("matrix", "vector")).preserved
    assert preserved is not None and not preserved.violations


def test_names() -> None:
    assert parse_names("matrix, V_EXP_V,matrix") == ("matrix", "V_EXP_V")
    assert parse_names("V_SHIFT_V") == ("V_SHFT_V",)
    assert parse_names("none") == ()
    for wrong in ("", ",", "vectors", "V_ADDVV", "Q_*", "none,matrix"):
        with pytest.raises(ValueError, match=r"names nothing|neither an opcode nor a category"):
            parse_names(wrong)
    with pytest.raises(ValueError, match="near: V_ADD_VV"):
        parse_names("V_ADD_V")
