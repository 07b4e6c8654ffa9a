"""Random integer programs for property tests: loop nests, running pointers, resets, spills."""

from __future__ import annotations

from hypothesis import strategies as st

#: Loop counters are gp10 upwards, so that bodies never write them.
DATA = [f"gp{i}" for i in range(1, 7)]
SMALL = st.one_of(st.integers(0, 9), st.sampled_from([64, 100, 4096, 262143]))
reg = st.sampled_from(DATA)


@st.composite
def statement(draw: st.DrawFn, counters: tuple[str, ...]) -> list[str]:
    source = st.sampled_from([*DATA, *counters]) if counters else reg
    kind = draw(st.integers(0, 15))
    if kind <= 4:
        r = draw(reg)
        return [f"S_ADDI_INT {r}, {r}, {draw(SMALL)}"]
    if kind <= 6:
        return [f"S_ADDI_INT {draw(reg)}, gp0, {draw(SMALL)}"]
    if kind == 7:
        return [f"S_ADDI_INT {draw(reg)}, {draw(source)}, {draw(SMALL)}"]
    if kind == 8:
        return [f"S_LUI_INT {draw(reg)}, {draw(st.sampled_from([0, 1, 5, 1048575, 4194303]))}"]
    if kind == 9:
        return [f"S_ADD_INT {draw(reg)}, {draw(source)}, {draw(source)}"]
    if kind == 10:
        return [f"S_SUB_INT {draw(reg)}, {draw(source)}, {draw(source)}"]
    if kind == 11:
        return [f"S_MUL_INT {draw(reg)}, {draw(source)}, {draw(source)}"]
    if kind == 12:
        return [f"S_ST_INT {draw(source)}, gp0, {draw(st.integers(0, 3))}"]
    if kind == 13:
        return [f"S_LD_INT {draw(reg)}, gp0, {draw(st.integers(0, 3))}"]
    if kind == 14:
        return [
            f"S_ADDI_INT gp7, gp0, {draw(st.integers(0, 2))}",
            f"S_ST_INT {draw(source)}, gp7, 1",
        ]
    return [
        draw(
            st.sampled_from(
                [
                    f"C_SET_ADDR_REG a{draw(st.integers(0, 1))}, gp0, {draw(source)}",
                    f"C_SET_SCALE_REG {draw(source)}",
                    f"C_SET_STRIDE_REG {draw(source)}",
                    f"S_ST_INT {draw(source)}, {draw(source)}, 0",
                ]
            )
        )
    ]


@st.composite
def block(draw: st.DrawFn, depth: int, counters: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        if depth < 3 and draw(st.integers(0, 3)) == 0:
            counter = f"gp{10 + depth}"
            trip = draw(st.sampled_from([1, 2, 2, 3, 4, 5]))
            inner = draw(block(depth + 1, (*counters, counter)))
            lines += [f"C_LOOP_START {counter}, {trip}", *inner, f"C_LOOP_END {counter}"]
        else:
            lines += draw(statement(counters))
    return lines


programs = block(0, ())


transfers = st.builds(
    "{} gp0, gp{}, a{}, {}, 0".format,
    st.sampled_from(["H_PREFETCH_V", "H_STORE_V", "H_PREFETCH_M"]),
    st.integers(0, 6),
    st.integers(0, 1),
    st.integers(0, 1),
)


@st.composite
def with_transfers(draw: st.DrawFn) -> list[str]:
    lines = list(draw(programs))
    for _ in range(draw(st.integers(1, 4))):
        lines.insert(draw(st.integers(0, len(lines))), draw(transfers))
    return lines
