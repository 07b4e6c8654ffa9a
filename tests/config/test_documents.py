"""Documents: locating, replacing, reading bytes."""

from pathlib import Path

import pytest

from isa_analysis.config import Document, Place, read_bytes, read_yaml
from isa_analysis.config.documents import describe, dotted, line_column, raise_all, source_line
from isa_analysis.diagnostics import Diagnostic, InputError

ORIGIN = Place("--set x")


def doc() -> Document:
    return read_yaml("a:\n  b: 1\nrows:\n  - {n: 1}\n  - {n: 2}\n", "f.yaml")


def test_place_carries_the_source_line() -> None:
    assert doc().place(("a", "b")) == Place("f.yaml", 2, 6, "  b: 1")
    assert doc().place(("a", "b"), key=True) == Place("f.yaml", 2, 3, "  b: 1")
    assert doc().place(("a", "new"), key=True) == Place("f.yaml", 2, 3, "  b: 1")


def test_replaced_leaves_the_original_alone() -> None:
    before = doc()
    after = before.replaced(("a", "b"), 2, ORIGIN)
    assert before.data == doc().data
    assert after.data == {"a": {"b": 2}, "rows": ({"n": 1}, {"n": 2})}
    assert after.place(("a", "b")) == ORIGIN
    assert after.place(("a",)).path == "f.yaml"


def test_replaced_creates_missing_mappings() -> None:
    after = doc().replaced(("new", "inner", "key"), 1, ORIGIN)
    assert isinstance(after.data, dict)
    assert after.data["new"] == {"inner": {"key": 1}}
    for loc in (("new",), ("new", "inner"), ("new", "inner", "key"), ("new", "other")):
        assert after.place(loc, key=True) == ORIGIN


def test_replaced_inside_a_list() -> None:
    after = doc().replaced(("rows", "1", "n"), 9, ORIGIN)
    assert isinstance(after.data, dict)
    assert after.data["rows"] == ({"n": 1}, {"n": 9})
    assert after.place(("rows", 1, "n")) == ORIGIN
    assert after.place(("rows", 0, "n")).line == 4


@pytest.mark.parametrize(
    "loc",
    [("a", "b", "c"), ("rows", "2"), ("rows", "x"), ("rows", "-1"), ("rows", "9" * 30)],
)
def test_replaced_refuses_what_is_not_there(loc: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        doc().replaced(loc, 1, ORIGIN)
    assert [(d.code, d.path) for d in caught.value.diagnostics] == [("E103", "--set x")]


def test_dotted() -> None:
    assert dotted(("tile_hints", 2, "mlen")) == "tile_hints[2].mlen"
    assert dotted(()) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "no value (null)"),
        (True, "true"),
        (3, "the number 3"),
        (2.5, "the number 2.5"),
        ("x", "text 'x'"),
        ({}, "an empty mapping"),
        ({"a": 1}, "a mapping"),
        ((), "an empty list"),
        ((1,), "a list"),
    ],
)
def test_describe(value: object, text: str) -> None:
    assert describe(value) == text


def test_describe_is_short() -> None:
    assert describe(10**5000) == "a huge number"
    assert len(describe("x" * 10000)) < 80
    assert len(describe(10**200)) < 80


def test_line_column_and_source_line() -> None:
    text = "ab\ncd\r\ne"
    assert [line_column(text, n) for n in (0, 1, 3, 7)] == [(1, 1), (1, 2), (2, 1), (3, 1)]
    assert source_line(text, 2) == "cd"
    assert source_line(text, 0) == source_line(text, 4) == ""


def test_read_bytes(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"12345")
    assert read_bytes(str(file)) == b"12345"
    assert read_bytes(str(file), limit=5) == b"12345"
    for path, limit in ((str(file), 4), (str(tmp_path), 9), (str(file) + "x", 9), ("a\0b", 9)):
        with pytest.raises(InputError) as caught:
            read_bytes(path, limit=limit)
        assert [d.code for d in caught.value.diagnostics] == ["E107"]


def test_raise_all_orders_and_counts() -> None:
    raise_all([])
    found = [Diagnostic("f", n, 1, "E100", "error", "m") for n in range(150, 0, -1)]
    with pytest.raises(InputError) as caught:
        raise_all([*found, found[0]], omitted=5)
    assert [d.line for d in caught.value.diagnostics] == list(range(1, 101))
    assert caught.value.omitted == 55
