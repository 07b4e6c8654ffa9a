"""Measured runs and the terms of their programs to equations; what is of no use, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from isa_analysis.calibrate.integers import Row
from isa_analysis.calibrate.model import LeftOut, MeasuredRun, Number
from isa_analysis.calibrate.parameters import CHARGE, LATENCY
from isa_analysis.calibrate.terms import LATENCIES, Linear, Terms
from isa_analysis.timing.model import CHARGE_KEYS
from isa_analysis.timing.service import TIMES

Floats = NDArray[np.float64]
#: A total that differs from compute + transfers by more than this share of the transfers, and by
#: more than some cycles of rounding, was measured on another memory.
_INCONSISTENT, _ROUNDING = 0.01, 16


@dataclass(frozen=True, slots=True)
class Case:
    """A measured run with its program's terms. ``latencies`` and ``memory``: whether what was
    measured of either says something about the board."""

    run: MeasuredRun
    terms: Terms
    family: str
    latencies: bool = True
    memory: bool = True

    @property
    def mix(self) -> dict[str, int]:
        """Executions by mnemonic."""
        out = {name: term.count for name, term in self.terms.opcodes.items()}
        transfers = self.terms.transfers
        for mnemonic, times in zip(transfers.mnemonic, transfers.times, strict=True):
            out[mnemonic] = out.get(mnemonic, 0) + times
        return out


@dataclass(frozen=True, slots=True)
class ServiceRows:
    """Equations of the service times: ``design @ times + latency @ latencies = ns``.

    One row per H_ instruction (mean of its executions) or, with ``pc`` -1, per whole run.
    ``latency`` [rows, LATENCIES] is 0 except for runs whose compute cycles were not measured: there
    it is ns per cycle of each latency. ``weight`` is the row's part in its run's memory time.
    """

    run: NDArray[np.int64]
    pc: NDArray[np.int64]
    design: Floats
    latency: Floats
    ns: Floats
    weight: Floats

    def of(self, rows: NDArray[np.bool_]) -> ServiceRows:
        """The chosen rows."""
        return ServiceRows(
            self.run[rows],
            self.pc[rows],
            self.design[rows],
            self.latency[rows],
            self.ns[rows],
            self.weight[rows],
        )


def check(run: MeasuredRun, terms: Terms) -> list[LeftOut]:
    """What of ``run`` contradicts its program or itself. ``what`` is ``run`` (nothing of it can be
    used) or ``memory``."""
    counted = {name: term.count for name, term in terms.opcodes.items()}
    out = []

    def refuse(what: str, reason: str, measured: Number, modelled: Number, unit: str) -> None:
        code = "W641" if what == "run" else "W642"
        out.append(LeftOut(code, run.label, what, reason, measured, modelled, unit))

    if run.static is not None and run.static != terms.static:
        refuse("run", "another program was measured: it has a different number of instructions",
               run.static, terms.static, "instructions")  # fmt: skip
    if run.executed is not None and run.executed != terms.executed:
        refuse("run", "another program was measured, or it left a loop early: it executed another "
               "number of instructions", run.executed, terms.executed, "executions")  # fmt: skip
    for opcode in run.opcodes:
        ours = counted.get(opcode.mnemonic, 0)
        if opcode.count is not None and not opcode.mnemonic.startswith("H_"):
            if opcode.count != ours:
                refuse("run", f"another program was measured: {opcode.mnemonic} was executed a "
                       "different number of times", opcode.count, ours, "executions")  # fmt: skip
        elif opcode.cycles and not ours and not opcode.mnemonic.startswith("H_"):
            refuse("run", f"another program was measured: this one never executes "
                   f"{opcode.mnemonic}", opcode.cycles, 0, "cycles")  # fmt: skip
    if terms.may_break and run.executed is None and not any(o.count for o in run.opcodes):
        reason = (
            "C_BREAK may leave a loop early: give executed, or counts of opcodes, to show that the "
            "loops ran in full"
        )
        out.append(LeftOut("W641", run.label, "run", reason))
    compute, total = run.compute_cycles, run.total_cycles
    if compute is not None and total is not None and compute > total:
        refuse("run", "its compute cycles are more than its total", compute, total, "cycles")
    if out:
        return out
    if not run.memory:
        out.append(LeftOut("W642", run.label, "memory", "the file says that its memory is another"))
    transfers = terms.transfers
    if transfers.known.all():
        for name, measured, ours in (
            ("read", run.hbm_read_bytes, transfers.read_bytes),
            ("written", run.hbm_write_bytes, transfers.written_bytes),
        ):
            if measured is not None and measured != ours:
                refuse("memory", f"the bytes {name} differ: other rows per transfer, or another "
                       "number format", measured, ours, "bytes")  # fmt: skip
    out += _check_transfers(run, terms)
    return out


def _check_transfers(run: MeasuredRun, terms: Terms) -> list[LeftOut]:
    if run.transfers is None:
        return []
    t = terms.transfers
    ours = {pc: (name, times) for pc, name, times in zip(t.pc, t.mnemonic, t.times, strict=True)}
    for transfer in run.transfers:
        found = ours.get(transfer.index)
        if found != (transfer.mnemonic, transfer.count):
            is_ = f"{found[0]}, executed {found[1]} times" if found else "no H_ instruction"
            reason = (
                f"instruction {transfer.index} was measured as {transfer.mnemonic}, executed "
                f"{transfer.count} times; it is {is_}"
            )
            return [LeftOut("W642", run.label, "memory", reason)]
    if len({transfer.index for transfer in run.transfers}) < len(run.transfers):
        return [LeftOut("W642", run.label, "memory", "an H_ instruction is listed twice")]
    return []


def check_sum(run: MeasuredRun, clock_hz: int, terms: Terms) -> list[LeftOut]:
    """Whether a total is what was measured of its parts."""
    if run.transfers is None or run.total_cycles is None or run.compute_cycles is None:
        return []
    if len(run.transfers) < len(terms.transfers.pc):
        return []
    parts = sum(t.ns for t in run.transfers) * clock_hz / 1e9
    memory = run.total_cycles - run.compute_cycles
    if abs(memory - parts) <= max(_INCONSISTENT * memory, _ROUNDING + len(run.transfers)):
        return []
    reason = (
        "its total is not its compute cycles plus its transfers: they were not measured on one "
        f"memory, or not at {clock_hz / 1e6:g} MHz"
    )
    whole = run.compute_cycles + parts
    return [LeftOut("W642", run.label, "memory", reason, run.total_cycles, round(whole), "cycles")]


def whole_rows(case: Case, index: int, clock_hz: int, timing: str) -> list[Row]:
    """Equations of whole-cycle parameters from run ``index``."""
    run, terms = case.run, case.terms
    rows = []
    compute = terms.compute
    if case.latencies:
        for opcode in run.opcodes:
            term = terms.opcodes.get(opcode.mnemonic)
            if opcode.cycles is not None and term is not None:
                rows.append(_row(index, opcode.mnemonic, term, opcode.cycles))
        if run.compute_cycles is not None:
            rows.append(_row(index, "compute cycles", compute, run.compute_cycles))
    transfers = terms.transfers
    if run.total_cycles is not None and case.latencies and not sum(transfers.times):
        rows.append(_row(index, "total cycles", compute, run.total_cycles))
    if timing == "charge" and case.memory:
        rows += _charge_rows(case, index, clock_hz)
    return rows


def _row(index: int, what: str, term: Linear, measured: Number, **charges: int) -> Row:
    slopes = {LATENCY + key: factor for key, factor in term.slopes.items() if factor}
    slopes |= {CHARGE + key: count for key, count in charges.items() if count}
    return Row(index, what, slopes, _exactly(measured) - term.constant)


def _exactly(measured: Number) -> int | Fraction:
    return measured if isinstance(measured, int) else Fraction(measured)


def _charge_rows(case: Case, index: int, clock_hz: int) -> list[Row]:
    run, terms = case.run, case.terms
    transfers = terms.transfers
    counts = dict.fromkeys(CHARGE_KEYS, 0)
    for mnemonic, times in zip(transfers.mnemonic, transfers.times, strict=True):
        counts[mnemonic] += times
    by_key = {CHARGE_KEYS[mnemonic]: count for mnemonic, count in counts.items()}
    rows = []
    if run.transfers is not None:
        for mnemonic, key in CHARGE_KEYS.items():
            mine = [t for t in run.transfers if t.mnemonic == mnemonic]
            if count := sum(t.count for t in mine):
                cycles = Fraction(sum(Fraction(t.ns) for t in mine)) * clock_hz / 10**9
                target = cycles.numerator if cycles.denominator == 1 else cycles
                rows.append(Row(index, mnemonic, {CHARGE + key: count}, target))
    if run.total_cycles is None or not sum(by_key.values()):
        return rows
    if run.compute_cycles is not None:
        memory = _exactly(run.total_cycles) - _exactly(run.compute_cycles)
        slopes = {CHARGE + key: count for key, count in by_key.items() if count}
        rows.append(Row(index, "total less compute cycles", slopes, memory))
    elif case.latencies:
        rows.append(_row(index, "total cycles", terms.compute, run.total_cycles, **by_key))
    return rows


def service_rows(case: Case, index: int, clock_hz: int) -> tuple[ServiceRows, list[LeftOut]]:
    """Equations of the service times from run ``index``: its H_ instructions where they were
    measured, else its total."""
    run, t = case.run, case.terms.transfers
    if not case.memory or not sum(t.times):
        return no_service_rows(), []
    if run.transfers is None:
        return _whole_run(case, index, clock_hz)
    place = {pc: i for i, pc in enumerate(t.pc)}
    measured = [m for m in run.transfers if m.count and m.ns > 0]
    rows = np.array([place[m.index] for m in measured], np.int64)
    total = float(sum(m.ns for m in measured))
    known = t.known[rows]
    left_out = []
    if not known.all():
        executions = sum(m.count for m, k in zip(measured, known, strict=True) if not k)
        reason = f"{executions} executions of transfers at addresses that depend on data"
        left_out.append(LeftOut("W642", run.label, "transfers", reason))
    use = np.flatnonzero(known)
    return ServiceRows(
        np.full(len(use), index),
        np.array([measured[i].index for i in use], np.int64),
        t.design[rows[use]],
        np.zeros((len(use), len(LATENCIES))),
        np.array([measured[i].ns / measured[i].count for i in use]),
        np.array([measured[i].ns / total for i in use]),
    ), left_out


def _whole_run(case: Case, index: int, clock_hz: int) -> tuple[ServiceRows, list[LeftOut]]:
    run, t = case.run, case.terms.transfers
    if run.total_cycles is None or (run.compute_cycles is None and not case.latencies):
        return no_service_rows(), []
    ns = 1e9 / clock_hz
    compute = case.terms.compute
    slopes = np.zeros(len(LATENCIES))
    if run.compute_cycles is not None:
        left = run.total_cycles - run.compute_cycles
    else:
        left = run.total_cycles - compute.constant
        slopes = np.array([float(compute.slopes.get(key, 0)) for key in LATENCIES]) * ns
    reason = ""
    if not t.known.all():
        reason = "some of its transfers are at addresses that depend on data"
    elif left <= 0:
        reason = "its total leaves no time for its transfers"
    if reason:
        return no_service_rows(), [LeftOut("W642", run.label, "memory", reason)]
    times = np.array([float(n) for n in t.times])
    return ServiceRows(
        np.array([index]),
        np.array([-1]),
        (times @ t.design)[None, :],
        slopes[None, :],
        np.array([left * ns]),
        np.ones(1),
    ), []


def no_service_rows() -> ServiceRows:
    """No equations."""
    none = np.zeros(0, np.int64)
    return ServiceRows(
        none,
        none,
        np.zeros((0, len(TIMES))),
        np.zeros((0, len(LATENCIES))),
        np.zeros(0),
        np.zeros(0),
    )


def stacked(parts: Sequence[ServiceRows]) -> ServiceRows:
    """All rows of ``parts``."""
    parts = [no_service_rows(), *parts]
    return ServiceRows(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("run", "pc", "design", "latency", "ns", "weight")
        )
    )
