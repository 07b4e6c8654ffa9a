"""Instructions that compute the same thing in every iteration of their innermost loop.

An instruction of a loop's own level is invariant when it is the only writer of what it writes in
the whole body, nothing before it in the body reads that, and what it reads is written by nothing in
the body, or only by invariant instructions before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.report.advice.effects import Effect, effect_of

#: Longer bodies are not looked at: what they repeat is little beside what they do.
MAX_BODY = 4096

_INTEGER = frozenset(
    ["S_ADD_INT", "S_ADDI_INT", "S_SUB_INT", "S_MUL_INT", "S_LUI_INT", "S_SLL_INT", "S_SLLI_INT",
     "S_SRL_INT", "S_SRLI_INT", "S_DIV_INT", "S_REM_INT"]
)  # fmt: skip
_SETTING = frozenset(["C_SET_ADDR_REG", "C_SET_SCALE_REG", "C_SET_STRIDE_REG", "C_SET_V_MASK_REG"])
_LOAD = frozenset(("S_LD_FP", "S_LD_INT"))
_HOISTABLE = _INTEGER | _SETTING | _LOAD


@dataclass(frozen=True, slots=True)
class Sites:
    """Invariant instructions, ascending, and the trip counts of their innermost loops."""

    pc: NDArray[np.int64]
    trip: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Invariants:
    """Invariant integer arithmetic, register settings, and loads from FP and INT SRAM."""

    integer: Sites
    setting: Sites
    load: Sites


def find_invariants(program: Program) -> Invariants:
    """The invariants of all loops of ``program`` that run more than once."""
    rows = program.rows
    effects: dict[int, Effect | None] = {}
    bodies: dict[bytes, tuple[tuple[int, str], ...]] = {}
    found: dict[str, list[tuple[int, int]]] = {"integer": [], "setting": [], "load": []}
    for loop in program.loops:
        if loop.trip < 2 or loop.has_break or not 0 < loop.end - loop.start <= MAX_BODY:
            continue
        body = program.row[loop.start + 1 : loop.end + 1]
        key = body.tobytes()
        places = bodies.get(key)
        if places is None:
            for row in np.unique(body).tolist():
                if row not in effects:
                    effects[row] = effect_of(rows, row)
            places = bodies[key] = tuple(invariant_in([effects[r] for r in body.tolist()]))
        for position, kind in places:
            found[kind].append((loop.start + 1 + position, loop.trip))
    return Invariants(*(_sites(found[kind]) for kind in ("integer", "setting", "load")))


def _sites(found: list[tuple[int, int]]) -> Sites:
    found.sort()
    table = np.array(found, np.int64).reshape(-1, 2)
    return Sites(table[:, 0], table[:, 1])


def invariant_in(body: Sequence[Effect | None]) -> list[tuple[int, str]]:
    """Position and kind of each invariant instruction at the top level of ``body`` (its
    C_LOOP_END included)."""
    writers: dict[str, int] = {}
    first_read: dict[str, int] = {}
    for position, effect in enumerate(body):
        if effect is None or effect.mnemonic == "C_BREAK":
            return []
        for name in effect.writes:
            writers[name] = writers.get(name, 0) + 1
        for name in effect.reads:
            first_read.setdefault(name, position)
    out: list[tuple[int, str]] = []
    settled: set[str] = set()
    depth = 0
    for position, effect in enumerate(body):
        assert effect is not None
        if effect.mnemonic == "C_LOOP_START":
            depth += 1
        elif effect.mnemonic == "C_LOOP_END":
            depth -= 1
        if depth or effect.mnemonic not in _HOISTABLE:
            continue
        if not effect.writes or effect.writes & {"gp0", "f0"} or effect.reads & effect.writes:
            continue
        alone = all(
            writers[name] == 1 and first_read.get(name, position) >= position
            for name in effect.writes
        )
        steady = all(name not in writers or name in settled for name in effect.reads)
        if alone and steady:
            settled |= effect.writes
            kind = (
                "integer" if effect.mnemonic in _INTEGER
                else "setting" if effect.mnemonic in _SETTING else "load"
            )  # fmt: skip
            out.append((position, kind))
    return out
