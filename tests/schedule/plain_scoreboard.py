"""A scoreboard without cleverness: every loop iteration is executed, every address is a number,
every instruction is compared with everything before it that is not finished."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from isa_analysis.assembly import Program
from isa_analysis.dataflow import Affine, Switch, Values, follow
from isa_analysis.dataflow.accesses import HBM, find_accesses
from isa_analysis.dataflow.machine import Sizes

WORD = 1 << 32
ENGINE = {"C": "control", "S": "scalar", "V": "vector", "M": "matrix"}
#: Operands by mnemonic: r reads, w writes, b both, - no register that matters.
OPERANDS = {
    "S_ADDI_INT": "wr", "S_LUI_INT": "w", "S_ADD_INT": "wrr", "S_LD_INT": "wr", "S_MUL_INT": "wrr",
    "S_ADD_FP": "wrr", "S_MUL_FP": "wrr", "S_EXP_FP": "wr", "S_RECI_FP": "wr",
    "S_LD_FP": "wr", "S_ST_FP": "rr", "S_MAP_V_FP": "rr",
    "V_ADD_VV": "rrr", "V_MUL_VV": "rrr", "V_ADD_VF": "rrr", "V_EXP_V": "rr", "V_RECI_V": "rr",
    "V_RED_SUM": "br", "V_RED_MAX": "br",
    "M_MM": "-rr", "M_TMM": "-rr", "M_MV": "-rr", "M_BMM": "-rr", "M_MM_WO": "rr", "M_MV_WO": "r",
    "H_PREFETCH_M": "rrr", "H_PREFETCH_V": "rrr", "H_STORE_V": "rrr",
    "C_LOOP_START": "w", "C_LOOP_END": "b", "C_SET_ADDR_REG": "wrr", "C_SET_STRIDE_REG": "r",
}  # fmt: skip


@dataclass
class Machine:
    vector_units: int = 1
    matrix_units: int = 1
    pipelined: tuple[str, ...] = ()
    write_back_ports: int = 1
    transfer_queue: int = 8
    hold_registers: bool = False


@dataclass
class Issued:
    pc: int
    engine: str
    start: int
    finish: int
    reads: set[str]
    writes: set[str]
    ranges: list[tuple[int, bool, int | None, int]]
    slot_free: int


@dataclass
class Outcome:
    makespan: int = 0
    issue: int = 0
    stalls: Counter[str] = field(default_factory=Counter)
    busy: dict[str, int] = field(default_factory=dict)
    attributed: Counter[int] = field(default_factory=Counter)
    log: list[tuple[int, str, int, int, int]] = field(default_factory=list)


def executed(program: Program) -> Iterator[tuple[int, dict[int, int]]]:
    """Instructions in the order of execution, with the iteration of each open loop."""
    start = {loop.start: i for i, loop in enumerate(program.loops)}
    end = {loop.end: i for i, loop in enumerate(program.loops)}
    at: dict[int, int] = {}
    pc = 0
    while pc < len(program):
        if pc in start:
            yield pc, dict(at)
            at[start[pc]] = 0
            pc += 1
            continue
        yield pc, dict(at)
        if pc in end:
            loop = end[pc]
            at[loop] += 1
            if at[loop] < program.loops[loop].trip:
                pc = program.loops[loop].start + 1
                continue
            del at[loop]
        pc += 1


def registers(text: str) -> tuple[set[str], set[str]]:
    """Registers and accumulators that an instruction reads and writes."""
    name, _, rest = text.partition(" ")
    reads, writes = set(), set()
    for use, operand in zip(OPERANDS[name], rest.split(", "), strict=False):
        if re.fullmatch(r"(gp|f|a)\d+", operand) and operand != "f0":
            if use in "rb":
                reads.add(operand)
            if use in "wb":
                writes.add(operand)
    if name.startswith("M_"):
        reads.add("acc")
        writes.add("acc")
    if name.startswith("H_"):
        reads |= {"scale", "stride"}
    if name.startswith("V_"):
        reads.add("vmask")
    if name == "C_SET_STRIDE_REG":
        writes.add("stride")
    return reads, writes


def engine_of(name: str) -> str:
    if name.startswith("H_"):
        return "hbm_write" if name == "H_STORE_V" else "hbm_read"
    return ENGINE[name[0]]


def run(program: Program, sizes: Sizes, cycles: Mapping[str, int], machine: Machine) -> Outcome:
    """Execute ``program``; ``cycles`` by mnemonic (f0 destinations are free)."""
    definitions = follow(program)
    accesses = find_accesses(program, definitions, sizes)
    by_pc: dict[int, list[int]] = {}
    for k, pc in enumerate(accesses.pc.tolist()):
        if accesses.sites[accesses.site[k]].memory != HBM:
            by_pc.setdefault(pc, []).append(k)
    values = definitions.values
    units = {"vector": machine.vector_units, "matrix": machine.matrix_units}
    flying: list[Issued] = []
    out = Outcome(busy=dict.fromkeys(["control", "scalar", "vector", "matrix", "hbm_read",
                                      "hbm_write"], 0))  # fmt: skip
    last = dict.fromkeys(out.busy, 0)
    ports: Counter[int] = Counter()
    now = frontier = 0
    for pc, at in executed(program):
        text = program.instruction_text(pc)
        name = text.split()[0]
        free = re.match(r"(V_RED_\w+|S_(ADD|SUB|MUL|MAX|EXP|RECI|SQRT)_FP) f0\b", text)
        took = 0 if free else cycles[name]
        if not took:
            continue
        engine = engine_of(name)
        reads, writes = registers(text)
        ranges = []
        for k in by_pc.get(pc, []):
            site = accesses.sites[accesses.site[k]]
            step = values.evaluate(int(accesses.step[k]), at)
            place = place_of(values, int(accesses.address[k]), at)
            length = None
            if int(accesses.step[k]) >= 0 or site.shape.rows == 1:
                length = (site.shape.rows - 1) * (step or 0) + site.shape.length
            ranges.append((site.memory, site.write, place if length else None, length or 0))

        waits: list[tuple[int, int, str]] = [(now, 9, "")]
        flying = [f for f in flying if f.finish > now or f.slot_free > now]
        for f in flying:
            if reads & f.writes:
                waits.append((f.finish, 0, "RAW"))
            if machine.hold_registers:
                held = {r for r in f.reads if re.fullmatch(r"(gp|f)\d+", r)}
                if writes & held:
                    waits.append((f.finish, -1, "WAR"))
            if writes & f.writes:
                waits.append((f.finish, -2, "WAW"))
            if any(touch(a, b) for a in ranges for b in f.ranges):
                transfer = f.engine.startswith("hbm")
                waits.append((f.finish, -4, "dma-wait") if transfer else (f.finish, -3, "memory"))
        mine = [f for f in flying if f.engine == engine]
        if engine.startswith("hbm"):
            waiting = sorted((f.finish for f in mine), reverse=True)
            if len(waiting) >= machine.transfer_queue:
                waits.append((waiting[machine.transfer_queue - 1], -5, "engine-busy"))
        else:
            taken = sorted((f.slot_free for f in mine if f.slot_free > now), reverse=True)
            if len(taken) >= units.get(engine, 1):
                waits.append((taken[units.get(engine, 1) - 1], -5, "engine-busy"))
            if engine in machine.pipelined and ranges:
                deep = sorted((f.finish for f in mine if f.ranges), reverse=True)
                if len(deep) >= 64:
                    waits.append((deep[63], -5, "engine-busy"))
        issue = max(w[0] for w in waits)
        if issue > now:
            kind = max((w for w in waits if w[0] == issue), key=lambda w: w[1])[2]
            out.stalls[kind] += issue - now
        delivers = not engine.startswith("hbm") and any(
            re.fullmatch(r"(gp|f)\d+", r) for r in writes
        )

        def done(t: int, engine: str = engine, took: int = took) -> int:
            begin = max(t, last[engine]) if engine.startswith("hbm") else t
            return max(begin + took, last[engine])

        if delivers:
            before = issue
            while ports[done(issue)] >= machine.write_back_ports:
                issue += 1
            out.stalls["write-back"] += issue - before
            ports[done(issue)] += 1
        finish = done(issue)
        start = max(issue, last[engine]) if engine.startswith("hbm") else issue
        out.busy[engine] += max(0, finish - max(start, last[engine]))
        last[engine] = finish
        flying.append(
            Issued(pc, engine, start, finish, reads, writes, ranges,
                   start + 1 if engine in machine.pipelined else finish)
        )  # fmt: skip
        out.log.append((pc, engine, issue, start, finish))
        out.attributed[pc] += max(0, finish - frontier)
        frontier = max(frontier, finish)
        out.issue += 1
        now = issue + 1
    out.makespan = max(frontier, now)
    out.stalls["drain"] += out.makespan - now
    return out


def place_of(values: Values, value: int, at: Mapping[int, int]) -> int | None:
    """The address that ``value`` is: the signed number that 32 bits mean, going on without end."""
    while value < 0 and isinstance(form := values.form(value), Switch):
        value = form.rest if at[form.loop] else form.first
    if value >= 0:
        return to_signed(value)
    form = values.form(value)
    if form is None:
        return None
    assert isinstance(form, Affine)
    return to_signed(form.base) + sum(to_signed(c) * at[v] for v, c in form.terms)


def to_signed(word: int) -> int:
    return (word + WORD // 2) % WORD - WORD // 2


def touch(a: tuple[int, bool, int | None, int], b: tuple[int, bool, int | None, int]) -> bool:
    """Whether two ranges (memory, written, place or None for anywhere, length) meet, and one of
    them is written."""
    if a[0] != b[0] or not (a[1] or b[1]):
        return False
    if a[2] is None or b[2] is None:
        return True
    return a[2] < b[2] + b[3] and b[2] < a[2] + a[3]
