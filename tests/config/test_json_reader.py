"""JSON documents: what is refused, and where a value is."""

from __future__ import annotations

import pytest

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


def test_text_that_yaml_cannot_place_still_has_a_diagnostic() -> None:
    document = read_json(b'{\t"a":\t"\\ud800"}', "x.json")
    assert document.diagnostic(("a",), "E210", "no").path == "x.json"


@pytest.mark.parametrize(
    ("content", "part", "line"),
    [
        (b"", "Expecting value", 1),
        (b'{"a": }', "Expecting value", 1),
        (b'{"a": 1,\n}', "", 2),
        (b'{"a": 1, "a": 2}', "'a' is written twice", 0),
        (b'[{"b": {"a": 1, "a": 1}}]', "'a' is written twice", 0),
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
