"""Editing YAML text: values change, everything else stays."""

import os

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.calibrate.yaml_edit import Edit, NotEditable, edited

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))


def said(note: str):  # type: ignore[no-untyped-def]
    return lambda old: f"{old}|{note}" if old else note


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("a: 1\n", Edit(("a",), "2"), "a: 2\n"),
        ("a: 1", Edit(("a",), "2"), "a: 2\n"),
        ("a: 1   # old\nb: 3\n", Edit(("a",), "2", said("n")), "a: 2  # old|n\nb: 3\n"),
        ("a: 1   # old\n", Edit(("a",), None, said("n")), "a: 1  # old|n\n"),
        ("a: 1  # old\n", Edit(("a",), "2", lambda _: ""), "a: 2\n"),
        ("a: 1  # old\n", Edit(("a",), "2"), "a: 2  # old\n"),
        ("s:\n  a: 1\n  b: 2\n", Edit(("s", "b"), "7"), "s:\n  a: 1\n  b: 7\n"),
        ("s:\n    a: 1\n", Edit(("s", "b"), "7"), "s:\n    b: 7\n    a: 1\n"),
        ("s:\n  a: 1\n", Edit(("t", "b"), "7", said("n")), "s:\n  a: 1\nt:\n  b: 7  # n\n"),
        ("s: {a: 1, b: 2}\n", Edit(("s", "a"), "7"), "s: {a: 7, b: 2}\n"),
        ("s: {a: 1}\n", Edit(("s", "a"), "7", said("n")), "# a: n\ns: {a: 7}\n"),
        ("s: {a: 1}\n", Edit(("s", "c"), "7", said("n")), "# c: n\ns: {c: 7, a: 1}\n"),
        ("s: {}\n", Edit(("s", "c"), "7"), "s: {c: 7}\n"),
        ("s:\n  t: {a: 1}\n", Edit(("s", "t", "a"), "2", said("n")),
         "s:\n  # a: n\n  t: {a: 2}\n"),
        ("a: one\n  two\nb: 3\n", Edit(("a",), '"x"', said("n")), 'a: "x"  # n\nb: 3\n'),
        ("a: |\n  one\nb: 3\n", Edit(("a",), '"x"', said("n")), '# a: n\na: "x"\nb: 3\n'),
        ("a: 'it''s'  # q\n", Edit(("a",), "2"), "a: 2  # q\n"),
        ("a: 1\r\nb: 2  # c\r\n", Edit(("b",), "3", said("n")), "a: 1\r\nb: 3  # c|n\r\n"),
        ("s:\n  a: 1\n", Edit(("s", "b"), None, said("n")), "s:\n  a: 1\n"),
    ],
)  # fmt: skip
def test_edits(text: str, edit: Edit, expected: str) -> None:
    assert edited(text, [edit]) == expected


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("- 1\n", Edit(("a",), "2")),
        ("{a: 1}\n", Edit(("a",), "2")),
        ("a: [\n", Edit(("a",), "2")),
        ("a: [1]\n", Edit(("a",), "2")),
        ("a: 1\n", Edit(("a", "b"), "2")),
        ("a: {b: {c: 1}}\n", Edit(("a", "b"), "2")),
    ],
)
def test_what_cannot_be_edited(text: str, edit: Edit) -> None:
    with pytest.raises(NotEditable):
        edited(text, [edit])


@settings(max_examples=EXAMPLES)
@given(
    st.dictionaries(
        st.sampled_from("abc"),
        st.one_of(
            st.integers(0, 99),
            st.dictionaries(st.sampled_from("xyz"), st.integers(0, 99), min_size=1),
        ),
        min_size=1,
    ),
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(100, 199)
    ),
    st.sampled_from([None, False, True]),
)
def test_the_data_is_as_asked(
    data: dict[str, object], changes: dict[tuple[str, str], int], flow: bool | None
) -> None:
    data = {k: v if isinstance(v, dict) else {"x": v} for k, v in data.items()}
    text = yaml.safe_dump(data) if flow is None else "".join(
        f"{k}: {yaml.safe_dump(v, default_flow_style=True).strip()}  # note\n"
        if flow
        else f"{k}:  # note\n" + "".join(f"  {x}: {y}  # of {x}\n" for x, y in v.items())
        for k, v in data.items()
    )  # fmt: skip
    # Keys of one section that is not there yet would each bring the section along.
    seen = set()
    kept = {}
    for loc, value in changes.items():
        if loc[0] in data or loc[0] not in seen:
            kept[loc] = value
            seen.add(loc[0])
    out = edited(text, [Edit(loc, str(value), said("n")) for loc, value in kept.items()])
    expected = {k: dict(v) for k, v in data.items()}
    for (section, key), value in kept.items():
        expected.setdefault(section, {})[key] = value
    assert yaml.safe_load(out) == expected
