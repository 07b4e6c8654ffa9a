"""Plain interpreter of PLENA assembly: every loop is executed, iteration by iteration.

It is the oracle of the static analyzer and shares no code with it. Floating-point values are not
computed; ``oracle.machine`` says what is. Load it with ``from oracle.interpreter import run``
(pytest puts ``tests`` on the import path).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from oracle import costs, memory
from oracle.array_ops import ARRAY_DECODERS
from oracle.machine import Machine, Step, Value
from oracle.memory import MachineFault, Settings, Transfer
from oracle.parser import AssemblyError, Instruction, dialect_of, parse
from oracle.scalar_ops import SCALAR_DECODERS, nothing

PLENA_FP_SRAM_ENTRIES = 1024
LOOP_TOO_LONG = "Loop exceeded max instructions limit"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the machine stopped: the instruction at ``pc`` was not executed, ``executed`` were."""

    kind: str
    pc: int
    executed: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Registers just before one execution of a watched instruction; ``None`` depends on data."""

    gp: tuple[Value, ...]
    a: tuple[Value, ...]
    scale: Value
    stride: Value


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did, up to the end, the fault, or ``max_steps``.

    ``counts`` and ``opcode_cycles`` are per executed mnemonic, ``executed_at`` per program
    counter; ``cycles`` are compute cycles (memory operations 0). ``completed`` is True when the
    program ran to its end. Transfers whose address, scale or stride depends on data are counted in
    ``unknown_transfers``; their bytes assume 64-byte aligned addresses and contiguous rows.
    """

    dialect: str
    executed: int
    cycles: int
    counts: dict[str, int]
    opcode_cycles: dict[str, int]
    executed_at: tuple[int, ...]
    hbm_read_bytes: int
    hbm_write_bytes: int
    unknown_transfers: int
    fault: Fault | None
    completed: bool
    transfers: tuple[Transfer, ...]
    watched: dict[int, tuple[Snapshot, ...]]


def run(
    text: str,
    *,
    dc_en: bool = True,
    latency: Mapping[str, int] | None = None,
    dialect: str | None = None,
    max_steps: int | None = None,
    trace: bool = False,
    watch: Collection[int] = (),
    int_sram: Mapping[int, int] | None = None,
    **sizes: Any,
) -> Result:
    """Execute ``text`` from reset.

    ``sizes`` are fields of ``Settings`` (mlen, vlen, blen, prefetch_m_rows, ...). ``latency``
    replaces the table that ``dc_en`` picks. ``int_sram`` preloads entries. ``watch`` names program
    counters whose registers are recorded before each execution; ``trace`` records every executed
    H_ instruction. Raises AssemblyError for text the reader or decoder does not understand.
    """
    program = parse(text)
    chosen = dialect or dialect_of(program)
    if chosen == "plena":
        sizes.setdefault("fp_sram_entries", PLENA_FP_SRAM_ENTRIES)
    settings = Settings(**sizes)
    table = latency or (costs.LATENCY_DC_ON if dc_en else costs.LATENCY_DC_OFF)
    machine = Machine(settings, chosen == "plena-tvm", trace, dict(int_sram or {}))
    steps = [_decode(machine, instruction, pc) for pc, instruction in enumerate(program)]
    watched: dict[int, list[Snapshot]] = {pc: [] for pc in watch}
    for pc, snapshots in watched.items():
        steps[pc] = _watching(machine, steps[pc], snapshots)
    executed_at = [0] * len(program)
    fault = _fault_at_load(program)
    completed = fault is None
    if fault is None:
        fault, completed = _execute(machine, steps, executed_at, max_steps)
    cycles_at = [
        count * costs.cycles_of(instruction, settings, table)
        for count, instruction in zip(executed_at, program, strict=True)
    ]
    return Result(
        dialect=chosen,
        executed=sum(executed_at),
        cycles=sum(cycles_at),
        counts=_per_mnemonic(program, executed_at, executed_at),
        opcode_cycles=_per_mnemonic(program, executed_at, cycles_at),
        executed_at=tuple(executed_at),
        hbm_read_bytes=machine.reads * memory.BURST_BYTES,
        hbm_write_bytes=machine.writes * memory.BURST_BYTES,
        unknown_transfers=machine.unknown_transfers,
        fault=fault,
        completed=completed,
        transfers=tuple(machine.transfers),
        watched={pc: tuple(snapshots) for pc, snapshots in watched.items()},
    )


def _decode(machine: Machine, instruction: Instruction, pc: int) -> Step:
    name = instruction.mnemonic
    decoder = SCALAR_DECODERS.get(name) or ARRAY_DECODERS.get(name)
    if decoder is None:
        raise AssemblyError(f"line {instruction.line}: unknown mnemonic {name}")
    return nothing if costs.is_skipped(instruction) else decoder(machine, instruction, pc)


def _fault_at_load(program: list[Instruction]) -> Fault | None:
    """M_BMM and M_BTMM with rd != 0 are refused while decoding, before anything runs."""
    for pc, instruction in enumerate(program):
        if instruction.mnemonic in ("M_BMM", "M_BTMM") and instruction.register(0) != 0:
            return Fault(f"{instruction.mnemonic} rd not 0", pc, 0)
    return None


def _execute(
    machine: Machine, steps: list[Step], executed_at: list[int], max_steps: int | None
) -> tuple[Fault | None, bool]:
    """Run until the end (then the second result is True), a fault, or ``max_steps``.

    Counts executions in ``executed_at``.

    An instruction that would be number max_loop_instructions + 1 of an open loop's iteration
    (counted from the loop's last START or taken END, inner loops and the END included) faults
    before anything else of it is checked.
    """
    pc = executed = 0
    last = len(steps)
    stop = float("inf") if max_steps is None else max_steps
    try:
        while pc < last and executed < stop:
            if executed >= machine.deadline:
                raise MachineFault(LOOP_TOO_LONG)
            target = steps[pc](executed)
            executed += 1
            executed_at[pc] += 1
            pc = pc + 1 if target is None else target
    except MachineFault as fault:
        return Fault(str(fault), pc, executed), False
    return None, pc >= last


def _watching(machine: Machine, step: Step, snapshots: list[Snapshot]) -> Step:
    def watching(executed: int) -> int | None:
        gp, a = tuple(machine.gp), tuple(machine.a)
        snapshots.append(Snapshot(gp, a, machine.scale, machine.stride))
        return step(executed)

    return watching


def _per_mnemonic(
    program: list[Instruction], executed_at: list[int], amounts: list[int]
) -> dict[str, int]:
    totals: dict[str, int] = {}
    for instruction, executed, amount in zip(program, executed_at, amounts, strict=True):
        if executed:
            totals[instruction.mnemonic] = totals.get(instruction.mnemonic, 0) + amount
    return totals
