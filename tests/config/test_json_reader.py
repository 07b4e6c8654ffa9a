"""JSON documents: what is refused, and where a value is."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.config.json_reader import read_json
from isa_analysis.diagnostics import InputError


def test_values_and_their_places() -> None:
    document = read_json(b'{"a": [1,\n  {"b": "x"}], "c": null}', "x.json")
    assert document.data == {"a": [1, {"b": "x"}], "c": None}
    assert document.locate(("a", 1, "b")) == (2, 9)
    assert document.locate(("a", 1, "b"), key=True) == (2, 4)
    assert document.locate(("a", 0)) == (1, 8)
    problem = document.diagnostic(("a", 1, "b"), "E210", "no")
    assert (problem.line, problem.column, problem.source) == (2, 9, '  {"b": "x"}], "c": null}')


def test_a_byte_order_mark_is_taken_off() -> None:
    assert read_json(b"\xef\xbb\xbf[1]", "x.json").data == [1]


def test_text_that_is_no_yaml_is_located_too() -> None:
    document = read_json(b'{\t"a":\t"\\ud800",\n"b": [NaN, [], {}, -1e5]}', "x.json")
    assert document.locate(("a",)) == (1, 8)
    assert [document.locate(("b", i)) for i in range(4)] == [(2, 7), (2, 12), (2, 16), (2, 20)]


def test_what_is_not_there_is_located_at_what_is_around_it() -> None:
    document = read_json(b'{"a": [1]}', "x.json")
    assert document.locate(("a", 7)) == document.locate(("a",)) == (1, 7)
    assert document.locate(("b", "c")) == (1, 1)
    assert document.locate(("a", 0, "x"), key=True) == (1, 8)


def test_an_error_in_a_large_file_is_located_quickly() -> None:
    rows = ",\n".join("[1, 2.5, null]" for _ in range(200_000))
    document = read_json(f'{{"rows": [\n{rows}]}}'.encode(), "x.json")
    begin = process_time()
    for i in range(199_000, 199_100):
        assert document.locate(("rows", i, 2)) == (i + 2, 10)
    assert process_time() - begin < 5  # minutes, where all places are worked out


places = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(places, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_every_value_is_where_it_is_said_to_be(
    data: object, indent: int | str | None, plain: bool
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=plain)
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return
    document = read_json(content, "x.json")
    lines = text.splitlines(keepends=True)

    def rest(place: tuple[int, int]) -> str:
        return "".join(lines[place[0] - 1 :])[place[1] - 1 :]

    def check(value: object, loc: tuple[str | int, ...]) -> None:
        if text:
            found = json.JSONDecoder().raw_decode(rest(document.locate(loc)))[0]
            assert found == value or (found != found and value != value)
        if isinstance(value, dict):
            for key, inner in value.items():
                at = document.locate((*loc, key), key=True)
                assert json.JSONDecoder().raw_decode(rest(at))[0] == key
                check(inner, (*loc, key))
        elif isinstance(value, list):
            for i, inner in enumerate(value):
                check(inner, (*loc, i))

    check(document.data, ())


@pytest.mark.parametrize(
    ("content", "part", "line"),
    [
        (b"", "Expecting value", 1),
        (b'{"a": }', "Expecting value", 1),
        (b'{"a": 1,\n}', "", 2),
        (b'{"a": 1, "a": 2}', "'a' is written twice", 1),
        (b'[{"b": {"a": 1, "a": 1}}]', "'a' is written twice", 1),
        (b'[{"a": [], "b": {"a": "a,"}},\n {"c": ["c"], "c": 1}]', "'c' is written twice", 2),
        (b'{"a\\"": 1, "x": {"y": 0},\r\n "\\u0061\\"": 2}', "is written twice", 2),
        (b"\xff", "utf-8", 0),
        (b"[" * 100_000, "", 0),
        (b"9" * 10_000, "", 0),
        (b"[1] x", "Extra data", 1),
    ],
)
def test_what_is_refused(content: bytes, part: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read_json(content, "x.json", "E999")
    (problem,) = caught.value.diagnostics
    assert problem.code == "E999"
    assert part in problem.message
    assert problem.line == line
