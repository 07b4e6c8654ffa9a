"""Validation: every pydantic error as a located, readable diagnostic."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from isa_analysis.config import read_yaml, validate
from isa_analysis.config.validation import did_you_mean
from isa_analysis.diagnostics import Diagnostic, InputError


class Base(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Inner(Base):
    cycles: Annotated[int, Field(ge=0)] = 0
    status: Literal["proven", "untested"] = "untested"


class Model(Base):
    name: Annotated[str, Field(min_length=1, pattern=r"^[a-z]+$")]
    inner: Inner = Field(default_factory=Inner)
    rows: tuple[Inner, ...] = ()
    table: dict[str, Inner] = Field(default_factory=dict)
    either: int | str | None = None
    rate: float = 1.0
    flag: bool = False
    low: int = 0
    high: int = 9

    @field_validator("rate")
    @classmethod
    def _not_thirteen(cls, value: float) -> float:
        if value == 13:
            raise ValueError("thirteen is not wanted")
        return value

    @model_validator(mode="after")
    def _ordered(self) -> "Model":
        if self.low > self.high:
            raise ValueError("high is below low")
        return self


def problems(text: str) -> list[Diagnostic]:
    with pytest.raises(InputError) as caught:
        validate(read_yaml(text, "f.yaml"), Model)
    return list(caught.value.diagnostics)


def test_good() -> None:
    model = validate(
        read_yaml(
            "name: x\nrate: 1e3\nrows: [{cycles: 3}, {status: proven}]\ntable: {t: {cycles: 1}}\n",
            "f",
        ),
        Model,
    )
    assert model.rate == 1000.0
    assert [row.cycles for row in model.rows] == [3, 0]
    assert model.table["t"].cycles == 1


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words", "hint"),
    [
        ("rate: 1\n", "E102", 1, 1, "lacks the key 'name'", ""),
        ("name: x\nnmae: y\n", "E101", 2, 1, "'nmae'", "'name'"),
        ("name: x\ninner:\n  cycels: 1\n", "E101", 3, 3, "'inner.cycels'", "'cycles'"),
        ("name: x\ncycles: 1\n", "E101", 2, 1, "'cycles'", "inner.cycles"),
        ("name: x\nrows:\n  - {sttus: 1}\n", "E101", 3, 6, "rows[0].sttus", "'status'"),
        ("name: x\ntable: {t: {cylces: 1}}\n", "E101", 2, 13, "table.t.cylces", "'cycles'"),
        ("name: x\nzzzz: 1\n", "E101", 2, 1, "'zzzz'", "known keys: either"),
        ("name: 5\n", "E103", 1, 7, "name: expected text, found the number 5", ""),
        ("name: x\nrate: '1'\n", "E103", 2, 7, "expected a number, found text '1'", ""),
        ("name: x\nrate: true\n", "E103", 2, 7, "expected a number, found true", ""),
        ("name: x\nlow: true\n", "E103", 2, 6, "expected a whole number, found true", ""),
        ("name: x\nlow: 1e6\n", "E103", 2, 6, "expected a whole number", "write 1000000"),
        ("name: x\nlow: 1.5\n", "E103", 2, 6, "found the number 1.5", ""),
        ("name: x\nflag: 1\n", "E103", 2, 7, "expected true or false, found the number 1", ""),
        ("name: x\neither: [1]\n", "E103", 2, 9, "a whole number or text, found a list", ""),
        ("name: x\ninner: 3\n", "E103", 2, 8, "expected a mapping, found the number 3", ""),
        ("name: x\nrows: {a: 1}\n", "E103", 2, 7, "expected a list, found a mapping", ""),
        ("name: x\nrows: [3]\n", "E103", 2, 8, "rows[0]: expected a mapping", ""),
        ("name: x\ntable: [3]\n", "E103", 2, 8, "expected a mapping, found a list", ""),
        ("name: null\n", "E103", 1, 7, "found no value (null)", ""),
        ("name: ''\n", "E104", 1, 7, "at least 1 characters", ""),
        ("name: X\n", "E104", 1, 7, "text matching", ""),
        ("name: x\ninner: {cycles: -1}\n", "E104", 2, 17, "at least 0, found the number -1", ""),
        ("name: x\ninner: {status: provn}\n", "E104", 2, 17, "'proven' or 'untested'", "'proven'"),
        ("name: x\nrate: 13\n", "E104", 2, 7, "rate: thirteen is not wanted", ""),
        ("name: x\nlow: 10\nhigh: 5\n", "E104", 3, 7, "high is below low", ""),
        ("[1]\n", "E103", 1, 1, "the file: expected a mapping, found a list", ""),
        ("text\n", "E103", 1, 1, "the file: expected a mapping, found text 'text'", ""),
        ("name: x\nrate: " + "9" * 400 + "\n", "E104", 2, 7, "rate: expected", ""),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_problem(text: str, code: str, line: int, column: int, words: str, hint: str) -> None:
    (found,) = problems(text)
    assert (found.code, found.line, found.column) == (code, line, column)
    assert words in found.message
    assert hint in found.hint
    assert bool(hint) == bool(found.hint)
    assert found.source == text.splitlines()[line - 1]


def test_all_problems_at_once() -> None:
    found = problems("inner: {cycles: x, what: 1}\nrate: y\nrows: [{status: 1}, 2]\n")
    assert sorted(d.code for d in found) == ["E101", "E102", "E103", "E103", "E103", "E104"]


def test_many_problems_are_counted() -> None:
    text = "name: x\n" + "".join(f"k{n}: 1\n" for n in range(250))
    with pytest.raises(InputError) as caught:
        validate(read_yaml(text, "f"), Model)
    assert (len(caught.value.diagnostics), caught.value.omitted) == (100, 150)


def test_prefix() -> None:
    document = read_yaml("outer:\n  model:\n    cycles: 4\n    typo: 1\n", "f")
    with pytest.raises(InputError) as caught:
        validate(document, Inner, prefix=("outer", "model"))
    (found,) = caught.value.diagnostics
    assert (found.line, found.column) == (4, 5)
    assert "outer.model.typo" in found.message
    good = read_yaml("outer: {model: {cycles: 4}}", "f")
    assert validate(good, Inner, prefix=("outer", "model")).cycles == 4


@pytest.mark.parametrize("prefix", [("x",), ("outer", "x"), ("outer", "n", "x")])
def test_missing_prefix(prefix: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        validate(read_yaml("outer: {n: 1}", "f"), Inner, prefix=prefix)
    assert [d.code for d in caught.value.diagnostics] == ["E102"]


def test_did_you_mean() -> None:
    assert did_you_mean("MLNE", ["mlen", "vlen"]) == "did you mean 'mlen'?"
    assert did_you_mean("unrelated", ["mlen", "vlen"]) == ""
    assert did_you_mean("x" * 100000, ["mlen"]) == ""
    assert did_you_mean("x", []) == ""
