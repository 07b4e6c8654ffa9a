"""Programs that are large in one respect: distinct lines, or dynamic instructions."""

from __future__ import annotations

from .emitter import Emitter
from .machine import LayoutError, Machine

#: Registers with vector and matrix addresses, and the first of the loop counters.
_VECTOR, _OTHER, _TILE, _COUNTER = 1, 2, 3, 4


def _setup(asm: Emitter, m: Machine) -> int:
    """Load the registers that the bodies use; returns the number of instructions written."""
    asm.op("S_ADDI_INT", f"gp{_VECTOR}", "gp0", m.mlen)
    asm.op("S_ADDI_INT", f"gp{_OTHER}", "gp0", 2 * m.mlen)
    asm.op("S_ADDI_INT", f"gp{_TILE}", "gp0", 0)
    asm.op("C_SET_ADDR_REG", "a0", "gp0", "gp0")
    asm.op("C_SET_SCALE_REG", f"gp{_OTHER}")
    asm.op("S_LD_FP", "f1", "gp0", 1)
    asm.op("H_PREFETCH_M", f"gp{_TILE}", "gp0", "a0", 0, 0)
    return 7


def distinct_lines(asm: Emitter, m: Machine, count: int) -> None:
    """``count`` instructions, no two of the lines equal.

    Immediates differ where the opcode has room for one, inline comments number the rest.
    Raises :class:`LayoutError` for a count that cannot be kept distinct.
    """
    m.check()
    if not 7 <= count < 8 * 12 << 18:
        raise LayoutError(f"the number of distinct lines must be 7..{(8 * 12 << 18) - 1}")
    asm.note(f"{count} distinct instruction lines")
    blocks = (1 << 18) // m.blen
    for i in range(count - _setup(asm, m)):
        kind, n = i % 8, i // 8
        free, value = f"gp{4 + n % 12}", n // 12
        if kind == 0:
            asm.op("S_ADDI_INT", free, "gp0", value)
        elif kind == 1:
            asm.op("S_LUI_INT", free, value)
        elif kind == 2:
            asm.raw(f"M_MM_WO gp{_VECTOR}, gp0, {n % blocks * m.blen} ; block {n}")
        elif kind == 3:
            asm.raw(f"V_ADD_VV gp{_VECTOR}, gp{_VECTOR}, gp{_OTHER}, 0 ; row {n}")
        elif kind == 4:
            asm.op("S_ADDI_INT", free, f"gp{_TILE}", value)
        elif kind == 5:
            asm.raw(f"M_MM 0, gp{_TILE}, gp{_VECTOR} ; tile {n}")
        elif kind == 6:
            asm.raw(f"V_MUL_VF gp{_VECTOR}, gp{_VECTOR}, f1, 0 ; scale {n}")
        else:
            asm.raw(f"S_MUL_FP f2, f1, f1 ; scalar {n}")


def nested(asm: Emitter, m: Machine, depth: int, trip: int) -> None:
    """``depth`` loops of ``trip`` iterations around a few instructions: trip**depth of each."""
    m.check()
    if not 1 <= depth <= 11:
        raise LayoutError("the nest depth must be 1..11: each level needs a counter register")
    if not 1 <= trip < 1 << 22:
        raise LayoutError("the trip count must be 1..4194303")
    asm.note(f"{depth} nested loops of {trip} iterations")
    _setup(asm, m)
    for level in range(depth):
        asm.op("C_LOOP_START", f"gp{_COUNTER + level}", trip)
    asm.op("M_MM", 0, f"gp{_TILE}", f"gp{_VECTOR}")
    asm.op("V_MUL_VF", f"gp{_VECTOR}", f"gp{_VECTOR}", "f1", 0)
    asm.op("S_ADDI_INT", "gp15", "gp0", 7)
    for level in reversed(range(depth)):
        asm.op("C_LOOP_END", f"gp{_COUNTER + level}")
    asm.op("M_MM_WO", f"gp{_VECTOR}", "gp0", 0)
