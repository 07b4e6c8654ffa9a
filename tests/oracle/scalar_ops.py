"""Decoders of S_ and C_ instructions: integer registers, scalar SRAMs, settings, loops."""

from __future__ import annotations

import operator
from collections.abc import Callable

from oracle import memory
from oracle.machine import Decoder, Loop, Machine, Step, add, forget_int_sram
from oracle.memory import WORD, MachineFault
from oracle.parser import Instruction


def nothing(executed: int) -> None:
    """Only costs cycles."""


def _cost_only(machine: Machine, instruction: Instruction, pc: int) -> Step:
    return nothing


# Integer registers


def _binary(function: Callable[[int, int], int]) -> Decoder:
    def decoder(machine: Machine, instruction: Instruction, pc: int) -> Step:
        gp = machine.gp
        target, left, right = (instruction.register(i) for i in range(3))

        def step(executed: int) -> None:
            x, y = gp[left], gp[right]
            gp[target] = None if x is None or y is None else function(x, y) & WORD

        return step

    return decoder


def _with_immediate(function: Callable[[int, int], int]) -> Decoder:
    def decoder(machine: Machine, instruction: Instruction, pc: int) -> Step:
        gp = machine.gp
        target, source = instruction.register(0), instruction.register(1)
        immediate = instruction.immediate(2)

        def step(executed: int) -> None:
            x = gp[source]
            gp[target] = None if x is None else function(x, immediate) & WORD

        return step

    return decoder


def _shift_left(x: int, amount: int) -> int:
    return x << amount % 32


def _shift_right(x: int, amount: int) -> int:
    return x >> amount % 32


def _divide(x: int, y: int) -> int:
    return x // y if y else 0


def _remainder(x: int, y: int) -> int:
    return x % y if y else x


def _load_upper(machine: Machine, instruction: Instruction, pc: int) -> Step:
    gp, target = machine.gp, instruction.register(0)
    value = instruction.immediate(1) << 12 & WORD

    def step(executed: int) -> None:
        gp[target] = value

    return step


def _load_int(machine: Machine, instruction: Instruction, pc: int) -> Step:
    gp, entries = machine.gp, machine.settings.int_sram_entries
    target, base, offset = _register_base_offset(instruction)

    def step(executed: int) -> None:
        index = add(gp[base], offset)
        if index is None:
            gp[target] = None
        else:
            memory.check_index("int sram", index, entries)
            gp[target] = machine.int_sram.get(index, machine.int_default)

    return step


def _store_int(machine: Machine, instruction: Instruction, pc: int) -> Step:
    gp, entries = machine.gp, machine.settings.int_sram_entries
    source, base, offset = _register_base_offset(instruction)

    def step(executed: int) -> None:
        index = add(gp[base], offset)
        if index is None:
            forget_int_sram(machine)
        else:
            memory.check_index("int sram", index, entries)
            machine.int_sram[index] = gp[source]

    return step


def _register_base_offset(instruction: Instruction) -> tuple[int, int, int]:
    return instruction.register(0), instruction.register(1), instruction.immediate(2)


# FP SRAM


def _access_fp(machine: Machine, instruction: Instruction, pc: int) -> Step:
    gp, entries = machine.gp, machine.settings.fp_sram_entries
    instruction.register(0, "f")
    base, offset = instruction.register(1), instruction.immediate(2)

    def step(executed: int) -> None:
        index = add(gp[base], offset)
        if index is not None:
            memory.check_index("fp sram", index, entries)

    return step


def _map_fp(fp_operand: int) -> Decoder:
    """S_MAP_V_FP has its FP SRAM address second, S_MAP_FP_V first; the other is a vector row."""

    def decoder(machine: Machine, instruction: Instruction, pc: int) -> Step:
        gp, settings = machine.gp, machine.settings
        base = instruction.register(fp_operand)
        row = instruction.register(1 - fp_operand)
        offset = instruction.immediate(2)

        def step(executed: int) -> None:
            index = add(gp[base], offset)
            if index is not None:
                memory.check_index("fp sram", index + settings.vlen - 1, settings.fp_sram_entries)
            memory.check_row(settings, gp[row])

        return step

    return decoder


# Control


def _set_address(machine: Machine, instruction: Instruction, pc: int) -> Step:
    target = instruction.register(0, "a")
    high_register, low_register = instruction.register(1), instruction.register(2)

    def step(executed: int) -> None:
        high, low = machine.gp[high_register], machine.gp[low_register]
        machine.a[target] = None if high is None or low is None else high << 32 | low

    return step


def _set_scale(machine: Machine, instruction: Instruction, pc: int) -> Step:
    source = instruction.register(0)

    def step(executed: int) -> None:
        machine.scale = machine.gp[source]

    return step


def _set_stride(machine: Machine, instruction: Instruction, pc: int) -> Step:
    source = instruction.register(0)

    def step(executed: int) -> None:
        machine.stride = machine.gp[source]

    return step


def _loop_start(machine: Machine, instruction: Instruction, pc: int) -> Step:
    register, trips = instruction.register(0), instruction.immediate(1)

    def step(executed: int) -> None:
        if trips == 0:
            raise MachineFault("C_LOOP_START 0")
        machine.gp[register] = trips
        machine.loops.append(Loop(register, pc + 1, executed + 1))
        machine.update_deadline()

    return step


def _loop_end(machine: Machine, instruction: Instruction, pc: int) -> Step:
    register = instruction.register(0)

    def step(executed: int) -> int | None:
        loop = next((x for x in reversed(machine.loops) if x.register == register), None)
        if loop is None:
            raise MachineFault("C_LOOP_END without an open loop")
        counter = machine.gp[register]
        if counter is None:
            raise MachineFault("loop counter depends on data")
        if counter > 1:
            machine.gp[register] = counter - 1
            loop.base = executed + 1
            target: int | None = loop.body_pc
        else:
            machine.gp[register] = 0
            machine.loops.remove(loop)
            target = None
        machine.update_deadline()
        return target

    return step


def _break(machine: Machine, instruction: Instruction, pc: int) -> Step:
    def step(executed: int) -> None:
        if not machine.loops:
            raise MachineFault("C_BREAK without an open loop")
        machine.gp[machine.loops.pop().register] = 0
        machine.update_deadline()

    return step


SCALAR_DECODERS: dict[str, Decoder] = {
    "S_ADD_INT": _binary(operator.add),
    "S_SUB_INT": _binary(operator.sub),
    "S_MUL_INT": _binary(operator.mul),
    "S_SLL_INT": _binary(_shift_left),
    "S_SRL_INT": _binary(_shift_right),
    "S_DIV_INT": _binary(_divide),
    "S_REM_INT": _binary(_remainder),
    "S_ADDI_INT": _with_immediate(operator.add),
    "S_SLLI_INT": _with_immediate(_shift_left),
    "S_SRLI_INT": _with_immediate(_shift_right),
    "S_LUI_INT": _load_upper,
    "S_LD_INT": _load_int,
    "S_ST_INT": _store_int,
    "S_ADD_FP": _cost_only,
    "S_SUB_FP": _cost_only,
    "S_MAX_FP": _cost_only,
    "S_MUL_FP": _cost_only,
    "S_EXP_FP": _cost_only,
    "S_RECI_FP": _cost_only,
    "S_SQRT_FP": _cost_only,
    "S_LD_FP": _access_fp,
    "S_ST_FP": _access_fp,
    "S_MAP_V_FP": _map_fp(1),
    "S_MAP_FP_V": _map_fp(0),
    "C_SET_ADDR_REG": _set_address,
    "C_SET_SCALE_REG": _set_scale,
    "C_SET_STRIDE_REG": _set_stride,
    "C_SET_V_MASK_REG": _cost_only,
    "C_LOOP_START": _loop_start,
    "C_LOOP_END": _loop_end,
    "C_BREAK": _break,
}
