"""The rules of the linter: identifiers, severities, titles, documentation.

L0xx are faults: the machine stops. L1xx are likely mistakes, L2xx are instructions that could be
saved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isa_analysis.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """``title`` is a short name for lists, ``text`` the documentation."""

    id: str
    severity: Severity
    title: str
    text: str


_FAULTS = (
    Rule("L001", "error", "loop with trip count 0",
         "C_LOOP_START with the immediate 0 is refused when it is executed."),
    Rule("L002", "error", "C_LOOP_END without an open loop",
         "No loop with this counter register is open. C_BREAK closes the innermost loop, so the "
         "C_LOOP_END of a loop that was left with C_BREAK is one too many."),
    Rule("L003", "error", "C_BREAK without an open loop", "There is no loop to leave."),
    Rule("L004", "error", "loops that do not nest",
         "A loop is closed while one inside it is open, or never closed. This is no fault of the "
         "machine, but it does not do what the text looks like; nothing is predicted behind it."),
    Rule("L005", "error", "iteration longer than the loop limit",
         "Each open loop counts the instructions since its C_LOOP_START or its last taken "
         "C_LOOP_END, inner loops included. The machine stops at the first instruction beyond "
         "machine.max_loop_instructions (100,000 in the emulator's default settings)."),
    Rule("L006", "error", "matrix operand does not select whole columns",
         "M_MM and M_TMM use BLEN columns (rows) of a tile. The offset of the matrix address in "
         "its tile must be a multiple of MLEN and the quotient a multiple of BLEN; for M_MM of "
         "dialect plena-tvm it is a multiple of BLEN below MLEN."),
    Rule("L007", "error", "matrix SRAM address out of bounds",
         "The tile address / (MLEN x MLEN), and for H_PREFETCH_M every tile it fills, must be in "
         "matrix SRAM (memory.matrix_sram_tiles rows)."),
    Rule("L008", "error", "prefetch destination is no tile boundary",
         "The matrix SRAM address of H_PREFETCH_M must be a multiple of MLEN x MLEN."),
    Rule("L009", "error", "vector address is no row boundary",
         "Vector SRAM is addressed in rows: the address of every row that an instruction reads or "
         "writes must be a multiple of VLEN."),
    Rule("L010", "error", "vector SRAM address out of bounds",
         "A row lies behind the end of vector SRAM (memory.vector_sram_depth rows). For "
         "H_PREFETCH_V only the first row is checked, see L111."),
    Rule("L011", "error", "write-out is no block boundary",
         "M_MM_WO and M_MV_WO write BLEN columns: the address in its row must be a multiple of "
         "BLEN."),
    Rule("L012", "error", "batched product with a destination",
         "M_BMM and M_BTMM must have rd = 0. The program is refused when it is loaded."),
    Rule("L013", "error", "V_TOPK policy that does not exist",
         "Policy 0 picks the top 4 of 32, policy 1 the top 8 of 128."),
    Rule("L014", "error", "FP SRAM address out of bounds",
         "The entry lies behind memory.fp_sram_depth. Not checked for dialect plena-tvm, whose "
         "programs use more entries than the board files say and run."),
    Rule("L015", "error", "INT SRAM address out of bounds",
         "The entry lies behind memory.int_sram_depth."),
)  # fmt: skip

_MISTAKES = (
    Rule("L101", "warning", "register read before it is written",
         "The first read of a gp or a register comes before anything writes it: it holds 0 from "
         "reset. gp0 is exempt, it is 0 by convention."),
    Rule("L102", "warning", "FP register used before it is set",
         "An f register is read, or accumulated into by V_RED_SUM or V_RED_MAX, before anything "
         "writes it. f0 is exempt."),
    Rule("L103", "warning", "stride used before it is set",
         "A transfer asks for STRIDE, which is 1 byte from reset, before C_SET_STRIDE_REG."),
    Rule("L104", "warning", "transfer before SCALE is set",
         "The formats in HBM have block scales at address + SCALE + offset / block; a transfer "
         "runs before C_SET_SCALE_REG, so scales are taken from the elements."),
    Rule("L105", "warning", "prefetch overwritten before use",
         "What a prefetch brought is overwritten by another write to the same place, and nothing "
         "read it in between. Only straight-line code with known addresses is judged."),
    Rule("L106", "warning", "store overwritten before it is read",
         "A row or an entry is written twice in straight-line code, and nothing can have read it "
         "in between."),
    Rule("L107", "warning", "the same tile is prefetched again",
         "H_PREFETCH_M brings the same bytes to the same place as the one before, or does so in "
         "every iteration of a loop, and nothing wrote there or to HBM in between."),
    Rule("L110", "warning", "loop body writes the loop's counter",
         "The counter decides how often the loop runs. Faults behind the loop's first iteration "
         "are not predicted."),
    Rule("L111", "warning", "prefetch rows behind the end of vector SRAM",
         "Rows of H_PREFETCH_V that do not fit are dropped without a fault."),
    Rule("L112", "warning", "prefetch rows are rounded up",
         "memory.prefetch_m_rows is no multiple of MLEN: H_PREFETCH_M brings the next multiple."),
)  # fmt: skip

_SAVINGS = (
    Rule("L201", "note", "loop-invariant integer instructions",
         "Integer instructions that compute the same value in every iteration of their innermost "
         "loop, into registers that the loop does not advance. Cycles are those of all iterations "
         "but one per run of the loop. Loops that waste under 0.1 % of the program's compute "
         "cycles are left out."),
    Rule("L202", "note", "loop that runs once",
         "A loop with trip count 1 only adds its two control instructions."),
    Rule("L203", "note", "S_ADDI_INT chain that could be one",
         "Two consecutive S_ADDI_INT on one register whose immediates fit a single one."),
    Rule("L204", "note", "address that cannot be followed",
         "It depends on data, or has no closed form in the loop counters: faults of the access are "
         "not predicted."),
    Rule("L205", "note", "instruction that changes nothing",
         "S_ADDI_INT of 0 to the register itself costs a cycle. Fine as padding, where hardware "
         "needs some between two instructions."),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.id: rule for rule in (*_FAULTS, *_MISTAKES, *_SAVINGS)}

#: Findings of one rule that are listed per file; the others are counted.
CAP = 20


def selected(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The rules in force: those that begin with a prefix in ``select`` (all when it is empty) and
    with none in ``ignore``. Raises :class:`KeyError` with a prefix that fits no rule."""
    wanted = tuple(select)
    return (_matching(wanted) if wanted else frozenset(RULES)) - _matching(ignore)


def _matching(prefixes: Iterable[str]) -> frozenset[str]:
    out: set[str] = set()
    for prefix in prefixes:
        hits = {rule for rule in RULES if rule.startswith(prefix)}
        if not hits or not prefix:
            raise KeyError(prefix)
        out |= hits
    return frozenset(out)
