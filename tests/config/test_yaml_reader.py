"""The YAML reader: what it accepts, what it refuses, and where it points."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from isa_analysis.config import read_scalar, read_yaml
from isa_analysis.config.documents import MAX_BYTES, MAX_DEPTH
from isa_analysis.diagnostics import InputError


def problems(text: str | bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "f.yaml")
    return [(d.code, d.line, d.column) for d in caught.value.diagnostics]


def data(text: str | bytes) -> object:
    return read_yaml(text, "f.yaml").data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-7", -7),
        ("+7", 7),
        ("0", 0),
        ("0x1F", 31),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e6", 1e6),
        ("1E-3", 1e-3),
        ("1.5e+3", 1500.0),
        ("-1e6", -1e6),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("'yes'", "yes"),
        ('"010"', "010"),
        ("'1'", "1"),
        ("''", ""),
        ("y", "y"),
        ("n", "n"),
        ("none", "none"),
        ("yesterday", "yesterday"),
        ("nan", "nan"),
        ("512M", "512M"),
        ("1.2.3", "1.2.3"),
        ("1e", "1e"),
        ("0x", "0x"),
        ("-", "-"),
        (".", "."),
        ("1-2", "1-2"),
        ("12_a", "12_a"),
        ("=", "="),
        ("9" * 400, int("9" * 400)),
        ("v" * 500, "v" * 500),
        ("4" * 500 + "x", "4" * 500 + "x"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("'1:30'", "1:30"),
        ("a:b", "a:b"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_scalars(text: str, value: object) -> None:
    # A lone dash is a list entry at the start of a line; as a mapping value it is an error.
    if text == "-":
        assert problems("k: -\n")[0][0] == "E100"
        return
    found = data(f"k: {text}\n")
    assert found == {"k": value}
    assert type(found["k"]) is type(value)  # type: ignore[index]


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "no", "on", "off", "Yes", "NO", "On", "OFF"),
        *("010", "-012", "00", "0_7", "0o17", "0b101", "-0x10", "1_000", "1_000.5", "0x_ff"),
        *("1:30", "190:20:30", "-1:59", "1:30.5"),
        *(".inf", "-.inf", "+.INF", ".nan", ".NaN"),
        *("2024-01-01", "2024-1-1", "2024-01-01T10:00:00Z"),
    ],
)
def test_scalars_that_yaml_versions_read_differently(text: str) -> None:
    assert problems(f"a: 1\nkey: {text}\n") == [("E106", 2, 6)]


@pytest.mark.parametrize("text", ["1e999", "-1e999", "9" * 401, "1." + "0" * 400], ids=len)
def test_numbers_beyond_every_type(text: str) -> None:
    assert problems(f"k: {text}\n") == [("E104", 1, 4)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [("E105", 2, 1)]),
        ("a: 1\n'a': 2\nb: 1\na: 3\n", [("E105", 2, 1), ("E105", 4, 1)]),
        ("o:\n  a: 1\n  a: 2\n", [("E105", 3, 3)]),
        ("{a: 1, a: 2}", [("E105", 1, 8)]),
        ("- {a: 1}\n- {a: 1, a: 1}\n", [("E105", 2, 10)]),
        ("a: &x 1\nb: *x\n", [("E106", 1, 4), ("E106", 2, 4)]),
        ("a: *nowhere\n", [("E106", 1, 4)]),
        ("*x : 1\n", [("E106", 1, 1)]),
        ("base: {a: 1}\nb:\n  <<: {c: 1}\n", [("E106", 3, 3)]),
        ("a: !!int 3\n", [("E106", 1, 4)]),
        ("a: !!python/object/apply:os.system ['true']\n", [("E106", 1, 4)]),
        ("!mine {a: 1}\n", [("E106", 1, 1)]),
        ("1: a\n", [("E106", 1, 1)]),
        ("true: a\n", [("E106", 1, 1)]),
        ("null: a\n", [("E106", 1, 1)]),
        ("on: a\n", [("E106", 1, 1)]),
        ("1.5: a\n", [("E106", 1, 1)]),
        ("? [a]\n: 1\n", [("E106", 1, 3)]),
        ("? {a: 1}\n: 1\n", [("E106", 1, 3)]),
        ("?\n: 1\n", [("E106", 1, 2)]),
        ("a:\n", [("E106", 1, 1)]),
        ("a:\nb: 1\n", [("E106", 1, 1)]),
        ("{a, b: 1}", [("E106", 1, 2)]),
        ("a:\n  - 1\n  -\n", [("E106", 3, 4)]),
        ("a: 1\n---\nb: 2\n", [("E106", 2, 1)]),
        ("", [("E100", 0, 0)]),
        ("\n\n", [("E100", 0, 0)]),
        ("# only a comment\n", [("E100", 0, 0)]),
        ("---\n", [("E100", 2, 1)]),
        ("a: [1, 2\n", [("E100", 2, 1)]),
        ("a: }\n", [("E100", 1, 4)]),
        ("a: 'x\n", [("E100", 2, 1)]),
        ("a: 1\n\tb: 2\n", [("E100", 2, 1)]),
        ("a: b: c\n", [("E100", 1, 5)]),
        ("a: 1\n b: 2\n", [("E100", 2, 3)]),
        ("a: @x\n", [("E100", 1, 4)]),
        ("a: `x\n", [("E100", 1, 4)]),
        ("%YAML 9.9\n---\na: 1\n", [("E100", 1, 1)]),
        ('a: "\\UFFFFFFFF"\n', [("E100", 1, 7)]),
        ("a: \x00\n", [("E100", 1, 4)]),
        ("ok: 1\nb: \x1b[31m\n", [("E100", 2, 4)]),
        ("a: \ud800\n", [("E100", 1, 4)]),
        (b"a: 1\nb: \xff\n", [("E100", 2, 4)]),
        ("a: x".encode("utf-16"), [("E100", 1, 1)]),
        ("a: é\n".encode("latin-1"), [("E100", 1, 4)]),
        ("[" * (MAX_DEPTH + 1), [("E100", 1, MAX_DEPTH + 1)]),
        ("- " * (MAX_DEPTH + 1) + "x", [("E100", 1, 2 * MAX_DEPTH + 1)]),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_refused(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert problems(text) == expected


def test_deepest_nesting_allowed() -> None:
    value = data("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    for _ in range(MAX_DEPTH - 1):
        assert isinstance(value, tuple)
        (value,) = value
    assert value == ()


def test_size_limit() -> None:
    assert problems("#" * (MAX_BYTES + 1)) == [("E100", 0, 0)]


def test_all_problems_are_reported_together() -> None:
    text = "a: yes\nb: 010\nc: &x 1\nd: 1\nd: 2\n7: x\ne:\n"
    codes = ["E106", "E106", "E106", "E105", "E106", "E106"]
    assert [code for code, _, _ in problems(text)] == codes


def test_many_problems_are_counted() -> None:
    with pytest.raises(InputError) as caught:
        read_yaml("a: 1\n" * 1001, "f")
    assert len(caught.value.diagnostics) == 100
    assert caught.value.omitted == 900


def test_value_below_a_refused_key_does_not_replace_the_first() -> None:
    assert problems("a: {x: 1}\na: {x: 2, y: [3, yes]}\nb: 1\n") == [
        ("E105", 2, 1),
        ("E106", 2, 18),
    ]


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser written in Python gives the same data, positions and refusals."""
    import yaml

    good = "a: 1\nb:\n  - x\n  - {c: 1e6, d: 'yes'}\n"
    bad = "a: yes\nb: &x 1\na: 2\n7: x\ne:\nf: !!int 3\n"
    document, refused = read_yaml(good, "f"), problems(bad)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read_yaml(good, "f") == document
    assert problems(bad) == refused
    for text in ('a: "\\UFFFFFFFF"\n', "a: [1", "%YAML 9.9\n---\na: 1\n", "a: b: c"):
        assert [code for code, _, _ in problems(text)] == ["E100"]
    assert problems("[" * 10000) == [("E100", 1, MAX_DEPTH + 1)]


def test_hints() -> None:
    with pytest.raises(InputError) as caught:
        read_yaml("a: yes\n", "f")
    assert "true or false" in caught.value.diagnostics[0].hint
    with pytest.raises(InputError) as caught:
        read_yaml("a:\n\tb: 1\n", "f")
    assert "spaces" in caught.value.diagnostics[0].hint
    with pytest.raises(InputError) as caught:
        read_yaml("a: 1\nb: [1,\n 2\n", "f")
    assert "line 2" in caught.value.diagnostics[0].hint


def test_positions_of_keys_and_values() -> None:
    document = read_yaml("a: 1\nb:\n  - x\n  - {c: 2}\n", "f")
    assert document.data == {"a": 1, "b": ("x", {"c": 2})}
    assert document.locate(("a",)) == (1, 4)
    assert document.locate(("a",), key=True) == (1, 1)
    assert document.locate(("b", 0)) == (3, 5)
    assert document.locate(("b", 1, "c")) == (4, 9)
    assert document.locate(("b", 1, "c"), key=True) == (4, 6)
    assert document.locate(("b", 1, "nothing", "here")) == (4, 5)
    assert document.locate(("nothing",)) == (1, 1)


def test_columns_count_characters() -> None:
    assert problems("'日本語é': yes\n") == [("E106", 1, 9)]


def test_byte_order_mark_and_line_ends() -> None:
    assert data(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n") == {"a": 1, "b": 2}
    assert problems("a: 1\r\nb: yes\r\n") == [("E106", 2, 4)]


def test_read_scalar() -> None:
    assert read_scalar("200", "x") == 200
    assert read_scalar("1e6", "x") == 1e6
    assert read_scalar("'yes'", "x") == "yes"
    assert read_scalar("null", "x") is None
    for text in ("yes", "[1]", "{a: 1}", "a: b", "*x", "&x 1", "'", "", "# c", "1\n---\n2"):
        with pytest.raises(InputError) as caught:
            read_scalar(text, "--set k=v")
        for diagnostic in caught.value.diagnostics:
            assert (diagnostic.path, diagnostic.line) == ("--set k=v", 0)


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(string.printable.replace("\x0b", "").replace("\x0c", ""), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(string.ascii_letters + "_ 09", max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(plain)
@settings(max_examples=150, deadline=None)
@example({"": ""})
def test_json_text_reads_as_json(value: object) -> None:
    """JSON is YAML: what json writes must come back equal, whatever it looks like unquoted."""
    import json

    assert data(json.dumps(value)) == value


@given(st.text(alphabet="ab:-[]{},&*!|>'\"%@`#?<~ \n\t0123456789._exyno=\\", max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_data_or_input_error(text: str) -> None:
    try:
        document = read_yaml(text, "f")
    except InputError as problem:
        assert problem.diagnostics
        lines = text.splitlines()
        for diagnostic in problem.diagnostics:
            assert 0 <= diagnostic.line <= len(lines) + 1
    else:
        assert () in document.positions


@given(st.binary(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_data_or_input_error(content: bytes) -> None:
    try:
        read_yaml(content, "f")
    except InputError as problem:
        assert all(d.code.startswith("E10") for d in problem.diagnostics)
