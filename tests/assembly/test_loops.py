"""The loop tree, and what is wrong with malformed loops."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from support import Loop, depth_of, lines_of, located, nests, problems_of, program_of, text_of

from isa_analysis.assembly.loops import MAX_DEPTH


def test_a_tree() -> None:
    program = program_of(
        """; two nests
C_LOOP_START gp1, 3
  C_LOOP_START gp2, 5
    S_ADD_INT gp9, gp9, gp9
  C_LOOP_END gp2
  C_LOOP_START gp2, 7
  C_LOOP_END gp2, 0
C_LOOP_END gp1
C_LOOP_START gp1, 11
C_LOOP_END gp1
"""
    )
    assert [(x.start, x.end, x.trip, x.counter, x.parent, x.depth) for x in program.loops] == [
        (0, 6, 3, 1, -1, 1),
        (1, 3, 5, 2, 0, 2),
        (4, 5, 7, 2, 0, 2),
        (7, 8, 11, 1, -1, 1),
    ]
    assert not any(x.has_break for x in program.loops)
    assert program.diagnostics == ()


@settings(max_examples=100, deadline=None)
@given(nests())
def test_random_nests(tree: tuple[object, ...]) -> None:
    lines = lines_of(tree)
    loops = program_of("\n".join(lines)).loops
    starts = [i for i, line in enumerate(lines) if line.startswith("C_LOOP_START")]
    assert [x.start for x in loops] == starts
    assert max((x.depth for x in loops), default=0) == depth_of(tree)
    for loop in loops:
        assert lines[loop.start] == f"C_LOOP_START gp{loop.counter}, {loop.trip}"
        assert lines[loop.end] == f"C_LOOP_END gp{loop.counter}"
        if loop.parent >= 0:
            outer = loops[loop.parent]
            assert outer.start < loop.start < loop.end < outer.end
            assert outer.depth == loop.depth - 1


#: Text, and the code, line and column of each error in it.
MALFORMED_LOOPS = {
    "stray end": ("S_LUI_INT gp1, 1\n  C_LOOP_END gp1\n", [("E010", 2, 3)]),
    "end twice": (
        "C_LOOP_START gp1, 2\nC_LOOP_END gp1\nC_LOOP_END gp1\n",
        [("E010", 3, 1)],
    ),
    "end of another counter": (
        "C_LOOP_START gp1, 2\n\tC_LOOP_END gp2\nC_LOOP_END gp1\n",
        [("E010", 2, 2)],
    ),
    "crossed": (
        "C_LOOP_START gp1, 2\nC_LOOP_START gp2, 2\n C_LOOP_END gp1\nC_LOOP_END gp2\n",
        [("E011", 3, 2), ("E010", 4, 1)],
    ),
    "never closed": ("; x\n   C_LOOP_START gp3, 2\nS_LUI_INT gp1, 1\n", [("E012", 2, 4)]),
    "two never closed": (
        "C_LOOP_START gp3, 2\nC_LOOP_START gp4, 2\n",
        [("E012", 1, 1), ("E012", 2, 1)],
    ),
    "inner never closed": (
        "C_LOOP_START gp3, 2\nC_LOOP_START gp4, 2\nC_LOOP_END gp3\n",
        [("E011", 3, 1)],
    ),
    "trip 0": ("C_LOOP_START gp3, 0\nC_LOOP_END gp3\n", [("E013", 1, 1)]),
    "trip 0 in hexadecimal": ("C_LOOP_START gp3, 0x0\nC_LOOP_END gp3\n", [("E013", 1, 1)]),
    "break outside": ("S_LUI_INT gp1, 1\n C_BREAK 0, 0, 0\n", [("E014", 2, 2)]),
    "break after": ("C_LOOP_START gp3, 2\nC_LOOP_END gp3\nC_BREAK\n", [("E014", 3, 1)]),
}


@pytest.mark.parametrize("name", MALFORMED_LOOPS)
def test_malformed_loops(name: str) -> None:
    text, expected = MALFORMED_LOOPS[name]
    assert located(text) == expected
    assert located(text.replace("\n", "\r\n")) == expected


@pytest.mark.parametrize("name", MALFORMED_LOOPS)
def test_malformed_loops_are_warnings_when_lenient(name: str) -> None:
    text, expected = MALFORMED_LOOPS[name]
    found = [d for d in problems_of(text, lenient=True) if d.code.startswith("E")]
    assert found
    assert {d.severity for d in found} == {"warning"}
    assert {d.code for d in found} <= {c for c, _, _ in expected} | {"E012"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C_LOOP_START gp1, 1\nC_LOOP_END gp1\n", [("W010", 1, 1)]),
        (
            "C_LOOP_START gp1, 2\n C_LOOP_START gp2, 1\n C_LOOP_END gp2\nC_LOOP_END gp1\n",
            [("W010", 2, 2)],
        ),
        (
            "C_LOOP_START gp1, 2\n  S_ADDI_INT gp1, gp1, 1\nC_LOOP_END gp1\n",
            [("W011", 2, 3)],
        ),
        ("C_LOOP_START gp1, 2\nS_LD_INT gp1, gp0, 1\nC_LOOP_END gp1\n", [("W011", 2, 1)]),
        ("C_LOOP_START gp1, 2\nS_ST_INT gp1, gp0, 1\nC_LOOP_END gp1\n", []),
        ("C_LOOP_START gp1, 2\nV_ADD_VV gp1, gp1, gp1\nC_LOOP_END gp1\n", []),
        ("S_ADDI_INT gp1, gp1, 1\nC_LOOP_START gp1, 2\nC_LOOP_END gp1\n", []),
        (
            "C_LOOP_START gp1, 2\nC_LOOP_START gp1, 3\nC_LOOP_END gp1\nC_LOOP_END gp1\n",
            [("W011", 2, 1)],
        ),
        ("C_LOOP_START gp1, 9\nC_BREAK\nC_LOOP_END gp1\n", [("W012", 1, 1)]),
        ("C_LOOP_START gp1, 9\nC_BREAK\nS_LUI_INT gp1, 2\n", [("W012", 1, 1)]),
    ],
)
def test_warnings(text: str, expected: list[tuple[str, int, int]]) -> None:
    program = program_of(text)
    assert [(d.code, d.line, d.column) for d in program.diagnostics] == expected
    assert all(d.severity == "warning" for d in program.diagnostics)


def test_trip_counts_of_one_share_a_warning() -> None:
    text = "C_LOOP_START gp1, 1\nC_LOOP_END gp1\n" * 5
    (warning,) = program_of(text).diagnostics
    assert "4 more loops like it" in warning.message


def test_a_break_instead_of_an_end() -> None:
    text = "C_LOOP_START gp1, 9\nC_BREAK\nS_LUI_INT gp2, 1\n"
    (loop,) = program_of(text).loops
    assert (loop.start, loop.end, loop.trip, loop.has_break) == (0, 1, 1, False)


def test_a_break_and_an_end() -> None:
    text = "C_LOOP_START gp1, 9\nC_BREAK\nC_LOOP_END gp1\n"
    (loop,) = program_of(text).loops
    assert (loop.start, loop.end, loop.trip, loop.has_break) == (0, 2, 9, True)


def test_a_break_ends_the_inner_loop_and_the_end_is_the_outer_ones() -> None:
    text = "C_LOOP_START gp1, 9\nC_LOOP_START gp2, 7\nC_BREAK\nC_LOOP_END gp1\n"
    outer, inner = program_of(text).loops
    assert (outer.start, outer.end, outer.trip) == (0, 3, 9)
    assert (inner.start, inner.end, inner.trip, inner.parent) == (1, 2, 1, 0)


def test_there_are_no_more_open_loops_than_counters() -> None:
    def nest(depth: int) -> str:
        tree: tuple[object, ...] = ("S_LUI_INT gp0, 1",)
        for _ in range(depth):
            tree = (Loop(2, tree),)
        return text_of(tree)

    assert program_of(nest(31), isa="plena-tvm").loops[-1].depth == 31
    one_register = "".join(f"C_LOOP_START gp{i % 16}, 2\n" for i in range(MAX_DEPTH + 1))
    assert ("E015", MAX_DEPTH + 1, 1) in located(one_register)
    lenient = program_of(one_register, lenient=True)
    assert [x.trip for x in lenient.loops] == [2] * MAX_DEPTH + [1]


@settings(max_examples=60, deadline=None)
@given(nests())
def test_a_lost_line_is_located_or_harmless(tree: tuple[object, ...]) -> None:
    lines = lines_of(tree)
    for skip in range(min(len(lines), 12)):
        left = [*lines[:skip], *lines[skip + 1 :]]
        codes = {d.code for d in problems_of("\n".join(left)) if d.severity == "error"}
        if lines[skip].startswith(("C_LOOP_START", "C_LOOP_END")):
            assert codes & {"E010", "E011", "E012"}
        else:
            assert not codes
