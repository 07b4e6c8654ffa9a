"""The TOML reader: data, positions and syntax errors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.config import read_toml
from isa_analysis.diagnostics import InputError

TEXT = """\
# head
[A.CONFIG.MLEN]
value = 64   # the length

[A."LATENCY".X]
dc_lib_en = 1
  dc_lib_dis=2
text = '''
fake = 3
'''
list = [ 1,
  2, # "]
]
deep.er = 5
inline = {k = 1}

[[rows]]
n = 1
[[rows]]
n = 2
[rows.sub]
m = 3
"""


def test_data() -> None:
    document = read_toml(TEXT, "s.toml")
    assert document.data == {
        "A": {
            "CONFIG": {"MLEN": {"value": 64}},
            "LATENCY": {
                "X": {
                    "dc_lib_en": 1,
                    "dc_lib_dis": 2,
                    "text": "fake = 3\n",
                    "list": (1, 2),
                    "deep": {"er": 5},
                    "inline": {"k": 1},
                }
            },
        },
        "rows": ({"n": 1}, {"n": 2, "sub": {"m": 3}}),
    }


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        (("A", "CONFIG", "MLEN", "value"), (3, 9), (3, 1)),
        (("A", "CONFIG", "MLEN"), (2, 1), (2, 2)),
        (("A", "LATENCY", "X", "dc_lib_en"), (6, 13), (6, 1)),
        (("A", "LATENCY", "X", "dc_lib_dis"), (7, 14), (7, 3)),
        (("A", "LATENCY", "X", "list"), (11, 8), (11, 1)),
        (("A", "LATENCY", "X", "deep", "er"), (14, 11), (14, 1)),
        (("A", "LATENCY", "X", "inline", "k"), (15, 10), (15, 10)),
        (("rows", 0, "n"), (18, 5), (18, 1)),
        (("rows", 1, "n"), (20, 5), (20, 1)),
        (("rows", 1, "sub", "m"), (22, 5), (22, 1)),
        (("nowhere",), (1, 1), (1, 1)),
    ],
)
def test_positions(
    loc: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]
) -> None:
    document = read_toml(TEXT, "s.toml")
    assert document.locate(loc) == value
    assert document.locate(loc, key=True) == key


def test_text_inside_a_multiline_string_is_no_key() -> None:
    assert ("A", "LATENCY", "X", "fake") not in read_toml(TEXT, "s.toml").keys


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a =", 1),
        ("ok = 1\na = 1\na = 2\n", 3),
        ("[a\n", 1),
        ("a = '''x", 1),
        ("a = 01", 1),
        ("a = yes", 1),
        ("x = 1\n= 2\n", 2),
        ("[a]\n[a]\n", 2),
        ("a = 1979-99-99", 1),
        ("a = [1, 2", 1),
        ("a = {b = 1\n}", 1),
        ("a = " + "9" * 5000, 0),
        ("a = " + "[" * 5000, 0),
        (".".join("a" * 100) + " = 1", 1),
        ("[" + ".".join("a" * 100) + "]", 1),
        ("a = \x01", 1),
        (b"a = '\xff'", 1),
        ("#" * 1_000_001, 0),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_errors(text: str | bytes, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read_toml(text, "s.toml")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.line) == ("E100", line)


def test_empty_toml_is_an_empty_table() -> None:
    assert read_toml("", "s.toml").data == {}


@given(st.text(alphabet="ab.=[]{}\"'#\n\\ 019-_,:tru", max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_data_or_input_error(text: str) -> None:
    try:
        document = read_toml(text, "s.toml")
    except InputError as problem:
        assert [d.code for d in problem.diagnostics] == ["E100"]
    else:
        assert isinstance(document.data, dict)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_mutations_of_a_good_file(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, min(len(TEXT), start + 10)))
    text = TEXT[:start] + data.draw(st.text(max_size=5)) + TEXT[end:]
    try:
        read_toml(text, "s.toml")
    except InputError as problem:
        assert [d.code for d in problem.diagnostics] == ["E100"]
