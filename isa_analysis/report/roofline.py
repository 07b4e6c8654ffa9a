"""Compute-bound or memory-bound, and by how much.

The work of a kernel is its compute cycles, so every engine counts as what it costs. A kernel that
moves ``B`` bytes over a bus of ``b`` bytes per cycle needs at least ``max(compute, B / b)`` cycles
with perfect overlap: it is compute-bound when its compute cycles are the larger of the two. On the
chart, with x = compute / B, the roof is ``min(1, x * b)`` (Williams, Waterman and Patterson 2009,
with cycles for floating-point operations).
"""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.isa import instruction, is_known
from isa_analysis.profiling import Cost
from isa_analysis.profiling.group import cost_by
from isa_analysis.report.kernels import Key, keys_of
from isa_analysis.report.stages import Run


@dataclass(frozen=True, slots=True)
class Position:
    """Where a kernel is under the roof.

    ``transfer_cycles`` is the time of its bus bytes at the board's sustained bandwidth, in cycles;
    ``operations`` counts multiplications and additions (two per multiply-accumulate).
    """

    key: Key
    cost: Cost
    operations: int
    transfer_cycles: float

    @property
    def bytes(self) -> int:
        """Bus bytes, both ways."""
        return self.cost.hbm_read_bytes + self.cost.hbm_write_bytes

    @property
    def bound(self) -> str:
        """``compute``, ``memory`` or ``-`` for a kernel that does neither."""
        if not (self.cost.compute_cycles or self.bytes):
            return "-"
        return "memory" if self.transfer_cycles > self.cost.compute_cycles else "compute"

    @property
    def factor(self) -> float | None:
        """How many times the bound side takes longer than the other; None: infinitely."""
        low, high = sorted((float(self.cost.compute_cycles), self.transfer_cycles))
        return high / low if low else None

    @property
    def intensity(self) -> float | None:
        """Compute cycles per HBM byte; None without bytes."""
        return self.cost.compute_cycles / self.bytes if self.bytes else None

    @property
    def utilisation(self) -> float:
        """Compute cycles per cycle of the model, or of the transfers where those take longer."""
        longest = max(float(self.cost.total_cycles), self.transfer_cycles)
        return self.cost.compute_cycles / longest if longest else 0.0


def bytes_per_cycle(run: Run) -> float:
    """Sustained bandwidth of the board in bytes per accelerator cycle."""
    return run.board.board.memory.sustained_bytes_per_s / run.board.clock_hz


def positions(run: Run) -> list[Position]:
    """Every folded kernel, most cycles first."""
    keys = keys_of(run.small)
    costs = cost_by(run.small.cells, lambda cell: (keys[cell.kernel], cell.mnemonic))
    each: dict[str, int] = {}
    work: dict[Key, int] = {}
    for (key, mnemonic), cost in costs.items():
        if mnemonic not in each:
            each[mnemonic] = operations(mnemonic, run)
        work[key] = work.get(key, 0) + cost.dynamic * each[mnemonic]
    per_cycle = bytes_per_cycle(run)
    return [
        Position(
            k.key, k.cost, work.get(k.key, 0),
            (k.cost.hbm_read_bytes + k.cost.hbm_write_bytes) / per_cycle,
        )
        for k in run.kernels
    ]  # fmt: skip


def operations(mnemonic: str, run: Run) -> int:
    """Arithmetic operations of one execution; 0 for what only moves or controls.

    M_MM and M_TMM form BLEN x BLEN results of MLEN products, M_MV and M_TMV MLEN results; the
    per-head forms are taken as ``broadcast_amount`` heads of HLEN products each.
    """
    m = run.board.board.machine
    heads = m.broadcast_amount * m.hlen
    table = {
        "M_MM": m.blen * m.blen * m.mlen,
        "M_TMM": m.blen * m.blen * m.mlen,
        "M_TMM_A": m.blen * m.blen * m.mlen,
        "M_MV": m.mlen * m.mlen,
        "M_TMV": m.mlen * m.mlen,
        "M_BMM": m.mlen * m.mlen * heads,
        "M_BTMM": m.mlen * m.mlen * heads,
        "M_BMV": m.mlen * heads,
        "M_BTMV": m.mlen * heads,
    }
    if mnemonic in table:
        return 2 * table[mnemonic]
    if not is_known(mnemonic):
        return 0
    if instruction(mnemonic).engine == "vector" and mnemonic not in ("V_SHFT_V", "V_TOPK"):
        return m.vlen
    return 1 if mnemonic.startswith("S_") and mnemonic.endswith("_FP") and mnemonic not in (
        "S_LD_FP", "S_ST_FP", "S_MAP_V_FP"
    ) else 0  # fmt: skip
