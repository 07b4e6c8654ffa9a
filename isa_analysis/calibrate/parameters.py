"""The parameters of a board that can be fitted, by their dotted name in the board file."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.boards import LoadedBoard
from isa_analysis.calibrate.terms import LATENCIES
from isa_analysis.isa.model import parse_formula
from isa_analysis.isa.table import TABLE
from isa_analysis.timing.model import CHARGE_KEYS
from isa_analysis.timing.service import TIMES

LATENCY = "latency."
CHARGE = "memory."
SERVICE = "memory.service."

#: What a transfer must be for a time of the service model to count.
_SERVICE_NEEDS = {
    "prefetch_base_ns": ("H_PREFETCH_M", "H_PREFETCH_V"),
    "prefetch_slot_ns": ("H_PREFETCH_M", "H_PREFETCH_V"),
    "row_open_ns": ("H_PREFETCH_M", "H_PREFETCH_V", "H_STORE_V"),
    "bank_chain_ns": ("H_PREFETCH_M", "H_PREFETCH_V"),
    "store_block_ns": ("H_STORE_V",),
    "store_turnaround_ns": ("H_STORE_V",),
}
#: The times that count on a board without an address map.
_WITHOUT_MAP = ("prefetch_base_ns", "prefetch_slot_ns", "store_block_ns")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the board file: ``value`` is the board's; ``whole``: cycles, an integer, else
    ns; ``opcodes`` are the instructions whose cost depends on it; ``unused`` says why there are
    none."""

    name: str
    value: int | float
    whole: bool
    opcodes: tuple[str, ...]
    unused: str = ""

    @property
    def unit(self) -> str:
        """``cycles`` or ``ns``."""
        return "cycles" if self.whole else "ns"


def parameters_of(board: LoadedBoard) -> tuple[Parameter, ...]:
    """The latencies of ``board``, then what its memory timing is made of: charges, service times,
    or nothing."""
    b = board.board
    out = [
        Parameter(
            LATENCY + key,
            getattr(b.latency, key),
            True,
            _priced_by(key),
            "" if _priced_by(key) else "no instruction is priced by it",
        )
        for key in LATENCIES
    ]
    if b.memory.timing_model == "charge":
        out += [
            Parameter(CHARGE + key, getattr(b.memory, key) or 0, True, (mnemonic,))
            for mnemonic, key in CHARGE_KEYS.items()
        ]
    if b.memory.timing_model == "service":
        assert b.memory.service is not None
        mapped = b.memory.service.address_map is not None
        for key in TIMES:
            value = getattr(b.memory.service, key)
            if mapped or key in _WITHOUT_MAP:
                out.append(Parameter(SERVICE + key, value, False, _SERVICE_NEEDS[key]))
            else:
                reason = "without an address map no transfer depends on it"
                out.append(Parameter(SERVICE + key, value, False, (), reason))
    return tuple(out)


def _priced_by(key: str) -> tuple[str, ...]:
    """The instructions whose cost formula has the latency ``key``."""
    return tuple(
        row.mnemonic
        for row in TABLE
        if any(
            name == key
            for formula in (row.cost, *row.cost_variants)
            if formula
            for name, _ in parse_formula(formula).terms
        )
    )
