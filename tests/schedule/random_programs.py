"""Random nests for the scheduling tests: moving, equal and unknown addresses, transfers into what
is being read, accumulators, free instructions."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

STEPS = (0, 2, 8, 8, 16, 24, 64, 128, 4294967288 % (1 << 18))


@dataclass
class Writer:
    """Collects the lines of one program; ``size`` is the number of dynamic instructions."""

    draw: object
    most: int
    lines: list[str] = field(default_factory=list)
    size: int = 0


def _gp(draw) -> str:  # type: ignore[no-untyped-def]
    return f"gp{draw(st.integers(1, 6))}"


def _f(draw) -> str:  # type: ignore[no-untyped-def]
    return f"f{draw(st.integers(0, 3))}"


def _instruction(draw) -> str:  # type: ignore[no-untyped-def]
    kind = draw(st.sampled_from(
        ["move", "move", "set", "vector", "vector", "reduce", "matrix", "matrix", "out", "fetch",
         "fetch", "store", "scalar", "load", "unknown", "add"]
    ))  # fmt: skip
    g = [_gp(draw) for _ in range(3)]
    if kind == "move":
        r = _gp(draw)
        return f"S_ADDI_INT {r}, {r}, {draw(st.sampled_from(STEPS))}"
    if kind == "set":
        return f"S_ADDI_INT {g[0]}, gp0, {draw(st.integers(0, 40)) * 8}"
    if kind == "unknown":
        return f"S_LD_INT {g[0]}, gp0, 3" if draw(st.integers(0, 3)) == 0 else "S_ADD_FP f0, f1, f1"
    if kind == "add":
        return f"S_ADD_INT gp7, {g[0]}, {g[1]}"
    if kind == "vector":
        op = draw(st.sampled_from(["V_ADD_VV", "V_MUL_VV", "V_ADD_VF", "V_EXP_V", "V_RECI_V"]))
        if op.endswith("VV"):
            return f"{op} {g[0]}, {g[1]}, {g[2]}, 0"
        return (
            f"{op} {g[0]}, {g[1]}, {_f(draw)}, 0" if op == "V_ADD_VF" else f"{op} {g[0]}, {g[1]}, 0"
        )
    if kind == "reduce":
        return f"{draw(st.sampled_from(['V_RED_SUM', 'V_RED_MAX']))} {_f(draw)}, {g[0]}, 0"
    if kind == "matrix":
        return f"{draw(st.sampled_from(['M_MM', 'M_TMM', 'M_MV', 'M_BMM']))} 0, {g[0]}, {g[1]}"
    if kind == "out":
        return draw(st.sampled_from([f"M_MM_WO {g[0]}, gp0, 8", f"M_MV_WO {g[0]}, 0",
                                     f"M_MM_WO {g[0]}, gp8, 0"]))  # fmt: skip
    if kind == "fetch":
        return f"{draw(st.sampled_from(['H_PREFETCH_M', 'H_PREFETCH_V']))} {g[0]}, {g[1]}, a1, 0, 0"
    if kind == "store":
        return f"H_STORE_V {g[0]}, {g[1]}, a1, 0, 0"
    if kind == "load":
        op = draw(st.sampled_from(["S_LD_FP", "S_ST_FP"]))
        return draw(
            st.sampled_from([f"{op} {_f(draw)}, {g[0]}, 1", f"S_MAP_V_FP {g[0]}, {g[1]}, 0"])
        )
    return f"{draw(st.sampled_from(['S_ADD_FP', 'S_MUL_FP']))} {_f(draw)}, {_f(draw)}, {_f(draw)}"


def _body(w: Writer, depth: int, times: int) -> None:
    draw = w.draw
    for _ in range(draw(st.integers(1, 6))):  # type: ignore[operator]
        if depth < 3 and draw(st.integers(0, 3)) == 0:  # type: ignore[operator]
            room = max(1, min(40, (w.most - w.size) // (8 * times)))
            trip = draw(st.integers(1, room))  # type: ignore[operator]
            counter = f"gp{10 + depth}"
            w.lines.append(f"C_LOOP_START {counter}, {trip}")
            w.size += times * (trip + 1)
            _body(w, depth + 1, times * trip)
            w.lines.append(f"C_LOOP_END {counter}")
        else:
            w.lines.append(_instruction(draw))
            w.size += times


@st.composite
def programs(draw, most: int = 3000) -> str:  # type: ignore[no-untyped-def]
    """The text of a program of about ``most`` dynamic instructions or fewer."""
    w = Writer(draw, most)
    _body(w, 0, 1)
    return "\n".join(w.lines) + "\n"
