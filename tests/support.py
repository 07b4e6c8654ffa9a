"""What many tests need: bytes to a program, text to a profile, a random program with its counts."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from isa_analysis.assembly import ParseOptions, Program
from isa_analysis.assembly.parse import parse_source
from isa_analysis.assembly.source import Source
from isa_analysis.boards import load_board
from isa_analysis.diagnostics import Diagnostic, InputError
from isa_analysis.profiling import ModelOptions, Profile, profile

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "sample_asm").glob("*.asm"))
MALFORMED = sorted((ROOT / "sample_asm" / "malformed").glob("*.asm"))


#: Latencies of a settings file, in the order in which :func:`settings_toml` numbers them.
LATENCIES = (
    "SYSTOLIC_PROCESSING_OVERHEAD",
    "VECTOR_ADD_CYCLES",
    "VECTOR_MUL_CYCLES",
    "VECTOR_EXP_CYCLES",
    "VECTOR_RECI_CYCLES",
    "VECTOR_MAX_CYCLES",
    "VECTOR_SUM_CYCLES",
    "VECTOR_SHIFT_CYCLES",
    "VECTOR_PREFIX_SCAN_CYCLES",
    "SCALAR_FP_BASIC_CYCLES",
    "SCALAR_FP_EXP_CYCLES",
    "SCALAR_FP_SQRT_CYCLES",
    "SCALAR_FP_RECI_CYCLES",
    "SCALAR_INT_BASIC_CYCLES",
)


def settings_toml() -> str:
    """A settings file in which latency i is i with the library, 100 + i without, 200 + i in the
    FPGA profile ``fpga``, and MLEN is 128."""
    return "[TRANSACTIONAL.CONFIG.MLEN]\nvalue = 128\n" + "".join(
        f"[TRANSACTIONAL.LATENCY.{key}]\ndc_lib_en = {i}\ndc_lib_dis = {100 + i}\n"
        f"fpga = {200 + i}\n"
        for i, key in enumerate(LATENCIES)
    )


def program_of(text: str | bytes, **options: object) -> Program:
    """The program that ``text`` spells; ``options`` are those of ParseOptions."""
    data = text if isinstance(text, bytes) else text.encode()
    return parse_source(Source("t.asm", None, io.BytesIO(data)), ParseOptions(**options))  # type: ignore[arg-type]


def problems_of(text: str | bytes, **options: object) -> tuple[Diagnostic, ...]:
    """The errors of ``text``, or the warnings when it has none."""
    try:
        return program_of(text, **options).diagnostics
    except InputError as problem:
        return problem.diagnostics


def located(text: str | bytes, **options: object) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem."""
    return [(d.code, d.line, d.column) for d in problems_of(text, **options)]


def profile_of(
    text: str | bytes,
    board: str = "emulator",
    sets: tuple[str, ...] = (),
    timing: str = "serial",
    memory: str | None = None,
    **options: object,
) -> Profile:
    """The profile of ``text``; memory is what the board says, on emulator boards ``none``."""
    if memory is None:
        memory = "none" if board.startswith("emulator") else "board"
    model = ModelOptions(timing, memory)  # type: ignore[arg-type]
    return profile(program_of(text, **options), load_board(board, sets), model)


@dataclass(frozen=True)
class Loop:
    """A counted loop of a random program."""

    trip: int
    body: tuple[object, ...]


#: Instructions that are legal anywhere with all registers at their reset values.
HARMLESS = (
    "S_ADDI_INT gp9, gp0, 3",
    "S_ADD_INT gp10, gp9, gp9",
    "S_LUI_INT gp11, 7",
    "S_MUL_INT gp10, gp9, gp9",
    "S_LD_INT gp10, gp0, 3",
    "S_ST_INT gp10, gp0, 3",
    "S_ADD_FP f1, f2, f3",
    "S_ADD_FP f0, f2, f3",
    "S_EXP_FP f2, f1",
    "S_RECI_FP f0, f1",
    "S_SQRT_FP f3, f1, 0",
    "S_LD_FP f0, gp0, 5",
    "S_ST_FP f1, gp0, 5",
    "S_MAP_V_FP gp0, gp0, 0",
    "V_ADD_VV gp0, gp0, gp0",
    "V_SUB_VF gp0, gp0, f1, 0, 1",
    "V_MUL_VF gp0, gp0, f1, 0",
    "V_EXP_V gp0, gp0, 0",
    "V_RECI_V gp0, gp0, 0",
    "V_RED_SUM f1, gp0",
    "V_RED_SUM f0, gp0",
    "V_RED_MAX f2, gp0, 0",
    "V_MAX_VF gp0, gp0, f1",
    "V_TOPK gp0, gp0, gp0, 0",
    "V_SHFT_V gp0, gp0, gp0",
    "C_SET_STRIDE_REG gp0",
    "C_SET_ADDR_REG a1, gp0, gp0",
    "M_MM 0, gp0, gp0",
    "M_MV gp0, gp0, gp0",
    "M_MM_WO gp0, gp0, 0",
)


def nests(
    trips: st.SearchStrategy[int] | None = None,
    leaves: st.SearchStrategy[str] | None = None,
    size: int = 12,
) -> st.SearchStrategy[tuple[object, ...]]:
    """Random programs: sequences of instructions, comments and loops, up to 6 loops deep."""
    counts = trips if trips is not None else st.integers(1, 4)
    items = st.recursive(
        leaves if leaves is not None else st.sampled_from(HARMLESS),
        lambda inner: st.builds(Loop, counts, st.lists(inner, max_size=4).map(tuple)),
        max_leaves=size,
    )
    return st.lists(items, min_size=1, max_size=6).map(tuple).filter(lambda t: depth_of(t) <= 6)


def depth_of(tree: tuple[object, ...]) -> int:
    """How deep loops nest."""
    return max((1 + depth_of(i.body) for i in tree if isinstance(i, Loop)), default=0)


def lines_of(tree: tuple[object, ...], depth: int = 0) -> list[str]:
    """The assembly text of a random program; loop d counts in gp(d+1)."""
    out: list[str] = []
    for item in tree:
        if isinstance(item, Loop):
            out.append(f"C_LOOP_START gp{depth + 1}, {item.trip}")
            out += lines_of(item.body, depth + 1)
            out.append(f"C_LOOP_END gp{depth + 1}")
        else:
            out.append(str(item))
    return out


def text_of(tree: tuple[object, ...]) -> str:
    """The lines of a random program as one text."""
    return "".join(f"{line}\n" for line in lines_of(tree))


def executions(tree: tuple[object, ...], times: int = 1) -> Counter[str]:
    """How often each instruction text runs, comments aside: START once, END per iteration."""
    out: Counter[str] = Counter()
    for item in tree:
        if isinstance(item, Loop):
            out["C_LOOP_START"] += times
            out["C_LOOP_END"] += times * item.trip
            out.update(executions(item.body, times * item.trip))
        elif not str(item).startswith((";", "//")):
            out[str(item)] += times
    return out


def keys_of(value: object) -> set[str]:
    """Every key at any depth."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set()
