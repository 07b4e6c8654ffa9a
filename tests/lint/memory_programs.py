"""Random programs that touch every memory, at good and at bad addresses, on a tiny machine."""

from __future__ import annotations

from hypothesis import strategies as st

#: Sizes of the tiny machine, as the oracle names them.
TINY = {
    "mlen": 8,
    "vlen": 8,
    "blen": 2,
    "prefetch_m_rows": 8,
    "prefetch_v_rows": 2,
    "writeback_rows": 2,
    "max_loop_instructions": 70,
    "matrix_sram_rows": 32,
    "vector_sram_rows": 64,
    "int_sram_entries": 64,
    "broadcast_amount": 2,
}
#: The same, as overrides of a board.
OVERRIDES = (
    "machine.mlen=8",
    "machine.vlen=8",
    "machine.blen=2",
    "machine.hlen=4",
    "machine.broadcast_amount=2",
    "machine.max_loop_instructions=70",
    "memory.prefetch_m_rows=8",
    "memory.prefetch_v_rows=2",
    "memory.writeback_rows=2",
    "memory.matrix_sram_tiles=32",
    "memory.vector_sram_depth=64",
    "memory.fp_sram_depth=1024",
    "memory.int_sram_depth=64",
)

_REGISTERS = [f"gp{i}" for i in range(1, 7)]
#: Mostly steps that keep addresses on rows and tiles.
_STEPS = st.sampled_from([0, 8, 8, 16, 16, 64, 64, 128, 2, 1, 4, 24, 200, 65528])
_register = st.sampled_from(_REGISTERS)


@st.composite
def _integer(draw: st.DrawFn, counters: tuple[str, ...]) -> str:
    kind = draw(st.integers(0, 9))
    source = draw(st.sampled_from([*_REGISTERS, *counters]))
    target = draw(_register)
    if kind <= 4:
        return f"S_ADDI_INT {target}, {target}, {draw(_STEPS)}"
    if kind <= 6:
        return f"S_ADDI_INT {target}, gp0, {draw(_STEPS)}"
    if kind == 7:
        return f"S_ADD_INT {target}, {target}, {source}"
    if kind == 8:
        return f"S_MUL_INT {target}, {source}, gp7"  # gp7 holds a row or a tile
    return f"S_SUB_INT {target}, {target}, {source}"


_MEMORY = (
    "M_MM 0, {a}, {b}",
    "M_MM 0, {a}, {b}",
    "M_TMM 0, {b}, {a}",
    "M_BTMM 0, {a}, {b}",
    "M_MV 0, {a}, {b}",
    "M_BTMV {c}, {a}, {b}",
    "M_MM_WO {a}, gp0, {i}",
    "M_MM_WO {a}, {b}, {i}",
    "M_BMM_WO {a}, {i}",
    "M_MV_WO {a}, {i}",
    "V_ADD_VV {a}, {b}, {c}, 0",
    "V_MUL_VF {a}, {b}, f1, 0",
    "V_RED_SUM f1, {a}",
    "V_RED_MAX f0, {a}",
    "S_LD_FP f1, {a}, {i}",
    "S_ST_FP f1, {a}, {i}",
    "S_MAP_V_FP {a}, {b}, {i}",
    "S_ST_INT {a}, gp0, {i}",
    "S_LD_INT {a}, gp0, {i}",
    "S_LD_INT {a}, {b}, 0",
    "H_PREFETCH_M {a}, {b}, a0, 0, 0",
    "H_PREFETCH_V {a}, {b}, a0, 1, 0",
    "H_STORE_V {a}, {b}, a0, 0, 0",
)
_PLENA = ("V_TOPK {a}, {b}, {c}, {p}", "V_SHFT_V {a}, {b}, {c}", "V_MAX_VF {a}, {b}, f1")
_TVM = ("M_TMM_A 0, {b}, {a}", "S_MAP_FP_V {a}, {b}, {i}", "S_SLLI_INT {a}, {b}, 3")
_IMMEDIATE = st.sampled_from([0, 0, 0, 8, 16, 2, 1, 63, 64, 500])


@st.composite
def _memory(draw: st.DrawFn, tvm: bool) -> str:
    template = draw(st.sampled_from([*_MEMORY, *(_TVM if tvm else _PLENA)]))
    a, b, c = (draw(_register) for _ in range(3))
    p = draw(st.sampled_from([0, 0, 1, 1, 2]))
    return template.format(a=a, b=b, c=c, i=draw(_IMMEDIATE), p=p)


@st.composite
def _block(draw: st.DrawFn, depth: int, counters: tuple[str, ...], tvm: bool) -> list[str]:
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.integers(0, 9))
        if depth < 3 and kind <= 1:
            counter = f"gp{10 + depth}"
            inner = draw(_block(depth + 1, (*counters, counter), tvm))
            trip = draw(st.sampled_from([1, 2, 3, 4, 5, 9, 12]))
            lines += [f"C_LOOP_START {counter}, {trip}", *inner, f"C_LOOP_END {counter}"]
        elif kind <= 5:
            lines.append(draw(_integer(counters)))
        else:
            lines.append(draw(_memory(tvm)))
    return lines


@st.composite
def programs(draw: st.DrawFn) -> tuple[list[str], bool]:
    """Lines of a properly nested program, and whether it is plena-tvm."""
    tvm = draw(st.booleans())
    start = [f"S_ADDI_INT gp7, gp0, {draw(st.sampled_from([8, 64]))}"]
    first = ["S_SRLI_INT gp8, gp0, 1"] if tvm else []
    return [*first, *start, *draw(_block(0, (), tvm))], tvm


_STRAY = st.sampled_from(
    ["C_LOOP_END gp10", "C_LOOP_END gp11", "C_BREAK", "C_LOOP_START gp10, 0",
     "C_LOOP_START gp12, 3", "S_ADDI_INT gp10, gp10, 0", "S_ADDI_INT gp11, gp0, 1",
     "M_BMM gp3, gp1, gp1"]
)  # fmt: skip


@st.composite
def broken_programs(draw: st.DrawFn) -> tuple[list[str], bool]:
    """As :func:`programs`, with lines put in or left out so that loops may not nest."""
    lines, tvm = draw(programs())
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(1, len(lines)))
        if draw(st.booleans()):
            lines.insert(at, draw(_STRAY))
        else:
            del lines[at : at + 1]
    return lines, tvm
