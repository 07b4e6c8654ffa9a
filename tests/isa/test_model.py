from __future__ import annotations

import pytest

from isa_analysis.isa.model import DIALECTS, Operand, parse_form, parse_formula


def test_a_form_is_read_from_its_notation() -> None:
    form = parse_form("vd:gp =rd:f +acc:f [mask:u4] [zero:zero]")
    assert [(o.name, o.kind, o.written, o.read) for o in form.operands] == [
        ("vd", "gp", False, True),
        ("rd", "f", True, False),
        ("acc", "f", True, True),
        ("mask", "u4", False, True),
        ("zero", "zero", False, True),
    ]
    assert form.optional == 2
    assert str(form) == "vd:gp, rd:f, acc:f[, mask:u4[, zero:zero]]"


def test_a_form_may_be_all_optional() -> None:
    form = parse_form("[zero:zero] [zero:zero]")
    assert form.accepts(())
    assert form.accepts(("int",))
    assert not form.accepts(("int", "int", "int"))
    assert str(form) == "[zero:zero[, zero:zero]]"


@pytest.mark.parametrize(
    ("tokens", "fits"),
    [
        (("gp", "gp", "f"), True),
        (("gp", "gp", "f", "int"), True),
        (("gp", "gp"), False),
        (("gp", "gp", "f", "gp"), False),
        (("gp", "gp", "f", "int", "int"), False),
        (("gp", "gp", "gp"), False),
        (("int", "gp", "f"), False),
    ],
)
def test_accepting_operands(tokens: tuple[str, ...], fits: bool) -> None:
    assert parse_form("vd:gp vs1:gp fs:f [mask:u4]").accepts(tokens) is fits


def test_unknown_kind() -> None:
    with pytest.raises(ValueError, match="unknown operand kind 'q'"):
        parse_form("rd:q")


@pytest.mark.parametrize(
    ("kind", "token", "dialect", "limit"),
    [
        ("gp", "gp", "plena", 16),
        ("gp", "gp", "plena-tvm", 32),
        ("f", "f", "plena-tvm", 8),
        ("wide", "int", "plena", 1 << 22),
        ("narrow", "int", "plena", 1 << 18),
        ("wide", "int", "plena-tvm", 1 << 21),
        ("narrow", "int", "plena-tvm", 1 << 16),
        ("u4", "int", "plena", 16),
        ("zero", "int", "plena", 1),
        ("gp|zero", "int", "plena", 1),
        ("gp|zero", "gp", "plena", 16),
    ],
)
def test_limits(kind: str, token: str, dialect: str, limit: int) -> None:
    assert Operand("x", kind, False, True).limit(token, DIALECTS[dialect]) == limit  # type: ignore[index]


def test_a_formula_is_read_from_its_notation() -> None:
    values = {"a": 3, "b": 5, "MLEN": 64}
    assert parse_formula("1").cycles(values) == 1
    assert parse_formula("a").cycles(values) == 3
    assert parse_formula("a + MLEN").cycles(values) == 67
    assert parse_formula("2 * MLEN + b + 1 + 1").cycles(values) == 135
    with pytest.raises(KeyError):
        parse_formula("missing").cycles(values)
