"""``overlap`` and ``async-slots`` against the published rules, executed instruction by
instruction."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.plain_scoreboard import executed, place_of
from schedule.random_programs import programs
from schedule.scheduling import cycles_of, scheduled
from support import program_of

from isa_analysis.assembly import Program
from isa_analysis.dataflow import follow
from isa_analysis.dataflow.events import REGISTERS

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "100"))
MLEN = VLEN = 8
BLEN = 2
TILE = MLEN * MLEN
charges = st.tuples(st.integers(0, 60), st.integers(0, 200), st.integers(0, 90))
FREE = re.compile(r"(V_RED_\w+|S_(ADD|SUB|MUL|MAX|EXP|RECI|SQRT)_FP) f0\b")


def registers_of(text: str) -> list[int]:
    operands = text.split(" ", 1)[1].split(", ")
    return [int(word[2:]) if word.startswith("gp") else -1 for word in operands]


def read_ranges(text: str) -> list[tuple[str, int, int, int]]:
    """(memory, register, immediate, length) of the published read ranges."""
    name = text.split()[0]
    r = registers_of(text)
    if name in ("M_MM", "M_TMM"):
        matrix, vector = (r[1], r[2]) if name == "M_MM" else (r[2], r[1])
        return [("m", matrix, 0, TILE), ("v", vector, 0, MLEN * BLEN)]
    if name == "M_BMM":
        return [("m", r[1], 0, TILE), ("v", r[2], 0, TILE)]
    if name == "M_MV":
        return [("m", r[1], 0, TILE), ("v", r[2], 0, VLEN)]
    if name.endswith("_WO"):
        return [("v", r[0], int(text.rsplit(", ", 1)[1]), VLEN)]
    if name.endswith("_VV"):
        return [("v", r[1], 0, VLEN), ("v", r[2], 0, VLEN)]
    return [("v", r[1], 0, VLEN)]


def overlap(program: Program, cycles: dict[str, int]) -> tuple[int, int]:
    """Serial time, and serial time minus what is hidden."""
    definitions = follow(program)
    assert len(definitions.position) == REGISTERS
    pending: list[list[object]] = []  # memory, place (None: anywhere), length, left
    serial = hidden = 0

    def place(register: int, immediate: int, pc: int, at: dict[int, int]) -> int | None:
        value = definitions.values.add(definitions.one(register, pc), immediate)
        return place_of(definitions.values, value, at)

    for pc, at in executed(program):
        text = program.instruction_text(pc)
        name = text.split()[0]
        cost = 0 if FREE.match(text) else cycles[name]
        serial += cost
        if not cost:
            continue
        if name.startswith("H_PREFETCH"):
            matrix = name.endswith("M")
            pending.append(["m" if matrix else "v", place(registers_of(text)[0], 0, pc, at),
                            TILE if matrix else 2 * VLEN, cost])  # fmt: skip
        elif name in ("H_STORE_V", "C_BREAK"):
            pending.clear()
        elif name[0] in "MV":
            for memory, register, immediate, length in read_ranges(text):
                where = place(register, immediate, pc, at)
                pending = [
                    p for p in pending
                    if p[0] != memory or not meets(where, length, p[1], p[2])  # type: ignore[arg-type]
                ]  # fmt: skip
            budget = cost
            for p in pending:
                taken = min(budget, p[3])  # type: ignore[type-var]
                p[3] -= taken  # type: ignore[operator]
                budget -= taken  # type: ignore[operator]
            hidden += cost - budget
            pending = [p for p in pending if p[3]]
    return serial, serial - hidden


def meets(a: int | None, length: int, b: int | None, length2: int) -> bool:
    if a is None or b is None:
        return True
    return a < b + length2 and b < a + length


def async_slots(program: Program, cycles: dict[str, int]) -> int:
    """The finish of the last instruction and of the last prefetch."""
    now = matrix = vector = 0
    for pc, _ in executed(program):
        text = program.instruction_text(pc)
        name = text.split()[0]
        cost = 0 if FREE.match(text) else cycles[name]
        if not cost:
            continue
        if name == "H_PREFETCH_M":
            now = max(now, matrix)
            matrix = now + cost
            now += 1
        elif name == "H_PREFETCH_V":
            now = max(now, vector)
            vector = now + cost
            now += 1
        else:
            if name[0] == "M":
                now = max(now, matrix, vector)
            elif name[0] == "V" or name in ("S_MAP_V_FP", "H_STORE_V"):
                now = max(now, vector)
            now += cost
    return max(now, matrix, vector)


@given(programs(), charges)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_any_nest_under_the_published_rules(text: str, charge: tuple[int, int, int]) -> None:
    program = program_of(text)
    cycles = cycles_of(program, charge)
    serial, adjusted = overlap(program, cycles)
    for timing, expected in (
        ("serial", serial),
        ("overlap", adjusted),
        ("async-slots", async_slots(program, cycles)),
    ):
        s = scheduled(program, timing, charge)  # type: ignore[arg-type]
        assert s.makespan == expected, timing
        assert s.exact
        assert s.makespan <= s.serial == serial
        assert sum(s.stalls.values()) + s.issue_cycles == s.makespan
        assert sum(s.attributed.tolist()) == s.makespan
        assert all(0 <= e.busy <= s.makespan for e in s.engines)
        assert s.least <= s.makespan


KNOWN = (
    "S_ADDI_INT gp4, gp0, 4096\n" * 8
    + "H_PREFETCH_V gp4, gp5, a1, 0, 0\n"
    + ("M_MV 0, gp6, gp7\n" * 100)
)


@pytest.mark.parametrize(
    ("timing", "cycles"),
    [("serial", 840), ("overlap", 808), ("async-slots", 840), ("in-order", 809)],
)
def test_the_published_program_on_a_tiny_machine(timing: str, cycles: int) -> None:
    """8 scalar operations, a prefetch of 32 cycles into a range that nobody reads, 100 M_MV of 8:
    the first four hide it. M_ waits for the vector slot whatever it reads. In order the prefetch
    still takes the ninth issue cycle."""
    assert scheduled(KNOWN, timing, (32, 1, 1)).makespan == cycles  # type: ignore[arg-type]


def test_a_reader_drops_what_it_reads() -> None:
    program = "H_PREFETCH_V gp4, gp5, a1, 0, 0\nV_ADD_VV gp1, gp4, gp4, 0\n" + (
        "M_MV 0, gp6, gp7\n" * 10
    )
    moved = "S_ADDI_INT gp7, gp0, 800\n" + program
    assert scheduled(moved, "overlap", (32, 1, 1)).makespan == 1 + 32 + 1 + 80
    assert scheduled(moved.replace("V_ADD_VV gp1, gp4, gp4", "V_ADD_VV gp1, gp7, gp7"),
                     "overlap", (32, 1, 1)).makespan == 1 + 32 + 1 + 80 - 32  # fmt: skip


def test_a_store_clears_the_pending_list() -> None:
    text = "S_ADDI_INT gp7, gp0, 800\nH_PREFETCH_V gp4, gp5, a1, 0, 0\n{}M_MV 0, gp6, gp7\n"
    plain = scheduled(text.format(""), "overlap", (5, 1, 9)).makespan
    assert plain == 1 + 5 + 8 - 5
    stored = scheduled(text.format("H_STORE_V gp7, gp5, a1, 0, 0\n"), "overlap", (5, 1, 9))
    assert stored.makespan == 1 + 5 + 9 + 8
    assert stored.stalls["dma-wait"] == 14


def test_what_is_hidden_is_taken_back_from_the_wait() -> None:
    s = scheduled(KNOWN, "overlap", (32, 1, 1))
    assert (s.stalls["dma-wait"], s.issue_cycles) == (0, 808)
