"""Families of programs by opcode mix."""

import pytest

from isa_analysis.calibrate.families import ALIKE, alikeness, families

SOFTMAX = {"V_EXP_V": 10, "V_RED_SUM": 10, "V_MUL_VF": 10}
GEMM = {"M_MM": 100, "S_ADDI_INT": 50}


def test_the_same_mix_is_one_family_whatever_the_size() -> None:
    longer = {name: 7 * count for name, count in SOFTMAX.items()}
    names = families(["a", "b", "c"], [SOFTMAX, GEMM, longer], [None] * 3)
    assert names == ["a", "b", "a"]


def test_a_name_in_the_data_goes_before() -> None:
    assert families(["a", "b"], [SOFTMAX, SOFTMAX], ["x", None]) == ["x", "b"]


def test_chains_are_one_family() -> None:
    mixes = [{"p": 100 - n, "q": n} for n in range(0, 60, 4)]
    first = {k: v**0.5 / 10 for k, v in mixes[0].items()}
    last = {k: v**0.5 / 10 for k, v in mixes[-1].items()}
    assert alikeness(first, last) < ALIKE
    programs = [str(i) for i in range(len(mixes))]
    # 100:0 and 96:4 are at sqrt(0.96) = 0.98, each further step is closer.
    assert set(families(programs, mixes, [None] * len(mixes))) == {"0"}


def test_nothing_in_common() -> None:
    assert alikeness({"a": 1.0}, {"b": 1.0}) == 0
    assert alikeness({"a": 1.0}, {"a": 1.0}) == pytest.approx(1)
    assert families(["e", "f"], [{}, {}], [None, None]) == ["e", "e"]
