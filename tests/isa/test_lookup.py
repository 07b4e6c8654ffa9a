from __future__ import annotations

import pytest

from isa_analysis.isa import canonical, forms_of, instruction, is_known, lookup, nearest, spellings
from isa_analysis.isa.table import ALIASES, TABLE


def test_old_spellings() -> None:
    assert canonical("V_SHIFT_V") == "V_SHFT_V"
    assert canonical("M_MO") == "M_MM_WO"
    assert canonical("V_SHFT_V") == "V_SHFT_V"
    assert canonical("NO_SUCH") == "NO_SUCH"


def test_known() -> None:
    assert is_known("M_MM")
    assert is_known("M_MO")
    assert not is_known("m_mm")
    assert not is_known("")


def test_unknown_instruction_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        instruction("M_MMM")
    with pytest.raises(KeyError):
        forms_of("M_MMM")


def test_an_alias_may_have_forms_of_its_own() -> None:
    assert [str(f) for f in forms_of("M_MO")] == [
        "vd:gp, imm:narrow",
        "vd:gp, rstride:gp, imm:narrow",
    ]
    assert len(forms_of("M_MM_WO")) == 1


def test_spellings_are_all_names_once() -> None:
    assert sorted(spellings()) == sorted([*(r.mnemonic for r in TABLE), *ALIASES])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("V_AD_VV", "V_ADD_VV"), ("v_exp_v", "V_EXP_V"), ("H_PREFETCH", "H_PREFETCH_V")],
)
def test_nearest(typed: str, meant: str) -> None:
    assert meant in nearest(typed)


def test_nothing_is_near_nonsense() -> None:
    assert nearest("XYZZY") == []
    assert len(nearest("S_ADD_INT", 2)) == 2


def test_the_hash_names_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lookup.table_hash.__wrapped__()
    assert len(before) == 64
    assert lookup.table_hash() == before
    monkeypatch.setattr(lookup, "TABLE", TABLE[:-1])
    assert lookup.table_hash.__wrapped__() != before
