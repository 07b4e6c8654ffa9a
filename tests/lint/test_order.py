"""The order of execution against running the loops."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support import nests, text_of

from isa_analysis import parse_text
from isa_analysis.lint.order import execution_order


def run(program):  # type: ignore[no-untyped-def]
    """(pc, iterations) of every execution."""
    out, pc, counters = [], 0, {}
    starts = {loop.start: i for i, loop in enumerate(program.loops)}
    ends = {loop.end: i for i, loop in enumerate(program.loops)}
    while pc < len(program) and len(out) < 5000:
        out.append((pc, dict(counters)))
        if pc in starts:
            counters[starts[pc]] = 0
        elif pc in ends:
            loop = ends[pc]
            if counters[loop] + 1 < program.loops[loop].trip:
                counters[loop] += 1
                pc = program.loops[loop].start
            else:
                del counters[loop]
        pc += 1
    return out


@given(nests(trips=st.integers(1, 4), size=8))
def test_counts_and_places(tree: tuple[object, ...]) -> None:
    program = parse_text(text_of(tree))
    order = execution_order(program, len(program))
    for executed, (pc, iterations) in enumerate(run(program)):
        assert order.executed(pc, iterations) == executed
        assert sorted(order.around(pc)) == sorted(iterations)
        found = order.locate(executed)
        assert found is not None
        assert found[0] == pc
        assert {lp: n for lp, n in found[1].items() if n} == {
            lp: n for lp, n in iterations.items() if n
        }


def test_behind_the_end() -> None:
    program = parse_text("C_LOOP_START gp1, 3\nS_ADDI_INT gp2, gp2, 1\nC_LOOP_END gp1\n")
    order = execution_order(program, 3)
    assert order.locate(6) == (2, {0: 2})
    assert order.locate(8) is None
    assert order.length == (2,)


def test_a_horizon_cuts_iterations() -> None:
    program = parse_text(
        "C_LOOP_START gp1, 3\nS_ADDI_INT gp2, gp2, 1\nC_LOOP_END gp1\nS_ADDI_INT gp2, gp2, 1\n"
    )
    order = execution_order(program, 2)
    assert order.trips == (1,)
    assert order.first(2) == 2
    assert order.locate(2) == (2, {})
    assert order.locate(3) is None


def test_counts_exceed_64_bits() -> None:
    depth = 6
    text = "".join(f"C_LOOP_START gp{i}, 4000000\n" for i in range(1, depth + 1))
    text += "S_ADDI_INT gp9, gp9, 1\n"
    text += "".join(f"C_LOOP_END gp{i}\n" for i in range(depth, 0, -1))
    order = execution_order(parse_text(text), 2 * depth + 1)
    total = 1 + 1  # the innermost body and its END
    for _ in range(depth - 1):
        total = 1 + 4_000_000 * total + 1
    assert order.length[0] == total
    assert order.executed(depth, {0: 3_999_999}) == depth + 3_999_999 * total
