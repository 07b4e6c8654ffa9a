from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.diagnostics import (
    Diagnostic,
    InputError,
    Problems,
    error,
    printable,
    render,
    render_all,
)


def test_a_located_diagnostic() -> None:
    d = Diagnostic("a.asm", 12, 3, "E004", "error", "gp16 is out of range", "a hint", "  gp16")
    assert render(d) == (
        "a.asm:12:3: error[E004]: gp16 is out of range\n      gp16\n      ^\n  hint: a hint"
    )


@pytest.mark.parametrize(
    ("line", "column", "head"),
    [(0, 0, "a.asm: "), (3, 0, "a.asm:3: "), (3, 4, "a.asm:3:4: ")],
)
def test_how_precise_a_place_is(line: int, column: int, head: str) -> None:
    assert render(Diagnostic("a.asm", line, column, "E1", "note", "m")) == f"{head}note[E1]: m"


def test_no_place() -> None:
    assert render(Diagnostic("", 0, 0, "E1", "error", "m")) == "error[E1]: m"


def test_tabs_and_control_characters_keep_the_caret_in_place() -> None:
    d = Diagnostic("a", 1, 4, "E1", "error", "m", source="\t\x1b\0x")
    text, caret = render(d).splitlines()[1:]
    assert text == "     \\x1b\\x00x"
    assert text[caret.index("^")] == "x"


@pytest.mark.parametrize("column", [1, 50, 79, 80, 81, 500, 1000, 1001])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    source = "".join(chr(ord("a") + i % 26) for i in range(1000))
    text, caret = render(
        Diagnostic("a", 1, column, "E1", "error", "m", source=source)
    ).splitlines()[1:]
    assert len(text) < 120
    if column <= 1000:
        assert text[caret.index("^")] == source[column - 1]


@given(st.text(max_size=300), st.integers(1, 320))
def test_anything_renders_and_nothing_moves_the_cursor(source: str, column: int) -> None:
    out = render(Diagnostic(source, 1, column, "E1", "error", source, source, source))
    assert all(line.isprintable() for line in out.split("\n"))


def test_printable() -> None:
    assert printable("a→é") == "a→é"
    assert printable("\n\t\x1b\u202e\udcff") == "\\n\\t\\x1b\\u202e\\udcff"


def test_an_input_error_has_all_of_them() -> None:
    problem = InputError([Diagnostic("b", 1, 1, "E1", "error", "m")], 3)
    assert str(problem) == "b:1:1: error[E1]: m\n... and 3 more not shown"
    assert render_all([], 0) == ""
    assert error("E9", "m", path="p", line=2, column=3, hint="h").diagnostics == (
        Diagnostic("p", 2, 3, "E9", "error", "m", "h"),
    )


def test_diagnostics_sort_by_place() -> None:
    places = [("a", 2, 1), ("a", 1, 9), ("b", 1, 1), ("a", 1, 2)]
    found = sorted(Diagnostic(p, n, c, "E1", "error", "m") for p, n, c in places)
    assert [(d.path, d.line, d.column) for d in found] == sorted(places)


def test_json_values() -> None:
    d = Diagnostic("a", 1, 2, "W1", "warning", "m", "h", "source")
    assert d.to_json() == {
        "code": "W1", "severity": "warning", "path": "a", "line": 1, "column": 2, "message": "m",
        "hint": "h",
    }  # fmt: skip


def test_problems_of_several_inputs_are_raised_together() -> None:
    problems = Problems()
    done = []
    for name, omitted in (("a", 0), ("b", 2), ("c", 3)):
        with problems.caught():
            if omitted:
                raise InputError([Diagnostic(name, 1, 1, "E999", "error", "no")], omitted)
            done.append(name)
    assert done == ["a"]
    with pytest.raises(InputError) as caught:
        problems.raise_all()
    assert [d.path for d in caught.value.diagnostics] == ["b", "c"]
    assert caught.value.omitted == 5
    Problems().raise_all()  # nothing was found


def test_other_errors_are_not_kept() -> None:
    problems = Problems()
    with pytest.raises(KeyError), problems.caught():
        raise KeyError("x")
    assert problems.found == []
