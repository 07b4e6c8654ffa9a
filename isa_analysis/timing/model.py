"""``SimulatorCycleModel``: what each row of a program costs on a board, in cycles.

Serial timing is the emulator's: every instruction finishes before the next starts, so a program
costs the sum over executed instructions. The cost formulas are the ``cost`` column of the
instruction table, evaluated with the board's ``latency:`` section and MLEN / VLEN. Memory
operations are priced apart, by the memory model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, UNKNOWN, Rows
from isa_analysis.isa import forms_of, instruction, is_known
from isa_analysis.isa.model import parse_formula
from isa_analysis.timing import legacy

TimingName = Literal["serial", "legacy", "overlap", "async-slots", "in-order", "rtl-v1"]
MemoryName = Literal["charge", "service", "none"]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A selectable model: what it honours, what it leaves out, where it comes from."""

    name: str
    summary: str
    leaves_out: tuple[str, ...]
    source: str


TIMING_MODELS: Mapping[str, ModelInfo] = MappingProxyType(
    {
        "serial": ModelInfo(
            "serial",
            "each instruction finishes before the next starts; exact for compute cycles",
            ("overlap between engines", "fetch, decode and SRAM port conflicts"),
            "PLENA emulator, cycle rules of its main branch (July 2026)",
        ),
        "legacy": ModelInfo(
            "legacy",
            "the seed's static profiler, reproduced to the digit for comparison with old reports",
            (
                "f0 destinations are charged",
                "S_MAP_V_FP is VLEN, M_MV pays MLEN plus overhead",
                "V_SHFT_V, V_MAX_VF, V_MIN_VF, V_TOPK and unknown opcodes are 1",
            ),
            "the seed's public profiler script",
        ),
        "overlap": ModelInfo(
            "overlap",
            "serial, minus what M_ and V_ instructions hide of earlier prefetches that they do not "
            "read",
            (
                "overlap between engines on chip, and of stores",
                "what scalar and control instructions hide",
                "prefetches beyond the latest 256 pending ones",
            ),
            "overlap accounting of the upstream simulator (off by default there)",
        ),
        "async-slots": ModelInfo(
            "async-slots",
            "a prefetch costs a cycle and runs behind, one at a time for matrices and for vectors",
            (
                "what an instruction reads (M_ waits for prefetches of both kinds, V_, S_MAP_V_FP "
                "and H_STORE_V for the vector one)",
                "overlap between engines on chip, and of stores",
            ),
            "asynchronous prefetch slots of the upstream simulator",
        ),
        "in-order": ModelInfo(
            "in-order",
            "a scoreboard: one instruction issues per cycle in order, engines work in parallel, "
            "hazards on registers, accumulators and SRAM ranges wait",
            (
                "fetch, decode and SRAM port conflicts",
                "gaps inside an SRAM range (an unknown address counts as the whole memory)",
                "the order of stores and prefetches at the same HBM address",
                "contention between the HBM read and write engines",
            ),
            "serial durations on the board's scoreboard section (a design choice, not measured)",
        ),
        "rtl-v1": ModelInfo(
            "rtl-v1",
            "the in-order scoreboard with RTL latencies, scalar and vector engines pipelined",
            (
                "latencies that were not measured on the RTL (serial durations stand in)",
                "the spread of a latency (the longer end of its range is taken)",
                "gaps inside an SRAM range (an unknown address counts as the whole memory)",
                "the order of stores and prefetches at the same HBM address",
            ),
            "RTL-calibrated latencies of the upstream timing study",
        ),
    }
)

#: Models that let instructions overlap: they need the schedule of the whole program.
SCHEDULED = ("overlap", "async-slots", "in-order", "rtl-v1")

#: What memory models leave to the timing model.
TRANSFER_OVERLAP = "overlap of transfers with compute"

MEMORY_MODELS: Mapping[str, ModelInfo] = MappingProxyType(
    {
        "charge": ModelInfo(
            "charge",
            "a fixed number of cycles per executed H_ instruction, from the board's memory section",
            ("addresses, strides, bursts and row misses", TRANSFER_OVERLAP),
            "the seed's Artix-7 rule (DDR3 at about 1.0 GB/s)",
        ),
        "service": ModelInfo(
            "service",
            "the time that each transfer's 64-byte requests take; with an address map in "
            "the board file, from the addresses: queues, banks and open rows",
            ("refresh, the order among ready requests", TRANSFER_OVERLAP),
            "DRAM timings fitted to measured service times (calibration/)",
        ),
        "none": ModelInfo(
            "none", "H_ instructions cost nothing", ("all memory time",), "compute-only bound"
        ),
    }
)

#: Memory mnemonic -> the key of the board's memory section that charges it.
CHARGE_KEYS = {
    "H_PREFETCH_V": "prefetch_v_cycles",
    "H_PREFETCH_M": "prefetch_m_cycles",
    "H_STORE_V": "store_v_cycles",
}


def cycles(ns_total: float, clock_hz: int) -> int:
    """Cycles of an instruction's total time: rounded once per static instruction."""
    return round(ns_total * clock_hz / 1e9)


@dataclass(frozen=True, slots=True)
class PriceClass:
    """Rows that a profile need not tell apart: one opcode at one price.

    ``counted``: executes as an instruction (False for skipped lines); ``guessed``: an unknown
    mnemonic at 1 cycle; ``unpriced``: the operand selects a variant that does not exist.
    """

    spelling: str
    cycles: int
    is_memory: bool = False
    counted: bool = True
    guessed: bool = False
    unpriced: bool = False


@dataclass(frozen=True, slots=True)
class RowPrices:
    """``of_row[r]`` is the price class of row r, an index into ``classes``."""

    of_row: NDArray[np.int32]
    classes: tuple[PriceClass, ...]


@dataclass(frozen=True, slots=True)
class SimulatorCycleModel:
    """Prices rows: ``latency`` holds the board's latency keys (cycles), ``charges`` the cycles per
    H_ instruction by mnemonic (empty: not charged)."""

    latency: Mapping[str, int]
    mlen: int
    vlen: int
    charges: Mapping[str, int]
    timing: TimingName = "serial"
    memory: MemoryName = "charge"

    def values(self) -> dict[str, int]:
        """The variables of cost formulas: latency keys, MLEN, VLEN."""
        return {**self.latency, "MLEN": self.mlen, "VLEN": self.vlen}

    def charge(self, mnemonic: str) -> int:
        """Memory cycles of one executed H_ instruction."""
        return 0 if self.memory == "none" else self.charges.get(mnemonic, 0)

    def cycles(self, mnemonic: str, variant: int = 0) -> int:
        """Cycles of one execution of ``mnemonic``; ``variant`` is V_TOPK's policy.

        Raises :class:`KeyError` for an unknown mnemonic and :class:`IndexError` for a variant that
        has no price.
        """
        row = instruction(mnemonic)
        if row.category == "memory":
            return self.charge(row.mnemonic)
        if self.timing == "legacy":
            return legacy.cycles(mnemonic, self.values())
        formula = row.cost_variants[variant] if row.cost_by else row.cost
        return parse_formula(formula).cycles(self.values())

    def price(self, rows: Rows) -> RowPrices:
        """Price classes of all rows."""
        return self._legacy(rows) if self.timing == "legacy" else self._serial(rows)

    def _serial(self, rows: Rows) -> RowPrices:
        n_ops = len(rows.spellings)
        skipped = PriceClass("", 0, counted=False)
        classes = [self._plain(spelling) for spelling in rows.spellings]
        classes += [replace(c, cycles=0) for c in classes]  # the same with destination f0
        classes.append(skipped)
        of_row = rows.op.astype(np.int32)
        f0_free = np.array([is_known(s) and instruction(s).f0_free for s in rows.spellings])
        if f0_free.any():
            f0 = (rows.kinds[:, 0] == KINDS.index("f")) & (rows.values[:, 0] == 0)
            of_row[f0 & f0_free[rows.op]] += n_ops
        of_row[(rows.status != INSTRUCTION) & (rows.status != UNKNOWN)] = 2 * n_ops
        for op, spelling in enumerate(rows.spellings):
            if is_known(spelling) and instruction(spelling).cost_by:
                self._variants(rows, op, of_row, classes)
        return RowPrices(of_row, tuple(classes))

    def _plain(self, spelling: str) -> PriceClass:
        """The class of an opcode whose price does not depend on its operands."""
        if not is_known(spelling):
            return PriceClass(spelling, 1, guessed=True)
        row = instruction(spelling)
        cycles = 0 if row.cost_by else self.cycles(spelling)
        return PriceClass(spelling, cycles, row.category == "memory")

    def _variants(
        self, rows: Rows, op: int, of_row: NDArray[np.int32], classes: list[PriceClass]
    ) -> None:
        """Classes of an opcode that an operand prices, such as V_TOPK by its policy."""
        spelling = rows.spellings[op]
        row = instruction(spelling)
        operands = forms_of(spelling)[0].operands
        slot = next(i for i, o in enumerate(operands) if o.name == row.cost_by)
        mine = np.flatnonzero((rows.op == op) & (rows.status == INSTRUCTION))
        variant = np.minimum(rows.values[mine, slot], len(row.cost_variants))
        of_row[mine] = len(classes) + variant
        classes += [
            PriceClass(spelling, self.cycles(spelling, v)) for v in range(len(row.cost_variants))
        ]
        classes.append(PriceClass(spelling, 0, unpriced=True))

    def _legacy(self, rows: Rows) -> RowPrices:
        """The seed counts every line whose first word looks like a mnemonic, well-formed or not."""
        values = self.values()
        classes = [
            PriceClass(
                s,
                legacy.charge(s, self.charge) if s.startswith("H_") else legacy.cycles(s, values),
                is_memory=s.startswith("H_"),
                counted=legacy.counts(s),
                guessed=not is_known(s),
            )
            for s in rows.spellings
        ]
        classes.append(PriceClass("", 0, counted=False))
        return RowPrices(np.where(rows.op >= 0, rows.op, len(classes) - 1), tuple(classes))
