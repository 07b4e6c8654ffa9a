"""Decoders of V_, M_ and H_ instructions: address checks and HBM requests.

The checks run in the order in which the machine touches its memories.
"""

from __future__ import annotations

from collections.abc import Callable

from oracle import memory
from oracle.costs import TOPK_POLICIES
from oracle.machine import Decoder, Machine, Step, Value, add, forget_int_sram
from oracle.memory import MachineFault, Settings, Transfer
from oracle.parser import Instruction


def _rows(*order: int) -> Decoder:
    """Vector instruction whose operands at ``order`` are rows, sources before destination."""

    def decoder(machine: Machine, instruction: Instruction, pc: int) -> Step:
        gp, settings = machine.gp, machine.settings
        registers = [instruction.register(i) for i in order]

        def step(executed: int) -> None:
            for register in registers:
                memory.check_row(settings, gp[register])

        return step

    return decoder


def _topk(machine: Machine, instruction: Instruction, pc: int) -> Step:
    gp, settings = machine.gp, machine.settings
    weights, logits, indices = (instruction.register(i) for i in range(3))
    policy = instruction.immediate(3, default=0)

    def step(executed: int) -> None:
        if policy not in TOPK_POLICIES:
            raise MachineFault("V_TOPK policy")
        experts, selected = TOPK_POLICIES[policy]
        memory.check_rows(settings, gp[logits], -(-experts // settings.vlen), settings.vlen)
        fp_base, int_base = gp[weights], gp[indices]
        if fp_base is not None:
            memory.check_index("fp sram", fp_base + selected - 1, settings.fp_sram_entries)
        if int_base is None:
            forget_int_sram(machine)
        else:
            memory.check_index("int sram", int_base + selected - 1, settings.int_sram_entries)
            machine.int_sram.update(dict.fromkeys(range(int_base, int_base + selected)))

    return step


def _multiply(matrix_operand: int, vector_rows: Callable[[Settings], int]) -> Decoder:
    """M_* product; M_MM and M_TMM check their offset, all check the tile, then the vector rows."""

    def decoder(machine: Machine, instruction: Instruction, pc: int) -> Step:
        gp, settings, name = machine.gp, machine.settings, instruction.mnemonic
        matrix = instruction.register(matrix_operand)
        vector = instruction.register(3 - matrix_operand)
        offset = instruction.register(0)
        adds_offset = name in ("M_BMV", "M_BTMV")
        rows = vector_rows(settings)

        def step(executed: int) -> None:
            address = gp[matrix]
            if adds_offset:
                extra = gp[offset]
                address = None if extra is None else add(address, extra)
            if name in ("M_MM", "M_TMM"):
                memory.check_multiply(settings, name, machine.tvm, address)
            else:
                memory.check_tile(settings, address)
            memory.check_rows(settings, gp[vector], rows, settings.mlen)

        return step

    return decoder


def _write_out_block(machine: Machine, instruction: Instruction, pc: int) -> Step:
    """M_MM_WO: BLEN columns inside BLEN rows that lie MLEN x row stride apart."""
    gp, settings = machine.gp, machine.settings
    base, stride_register = instruction.register(0), instruction.register(1)
    offset = instruction.immediate(2)

    def step(executed: int) -> None:
        address = add(gp[base], offset)
        if address is None:
            return
        column = address % settings.mlen
        if column % settings.blen:
            raise MachineFault("M_MM_WO address not a multiple of BLEN")
        stride = 1 if stride_register == 0 else gp[stride_register]
        if stride is not None:
            step_elements = settings.mlen * stride
            memory.check_rows(settings, address - column, settings.blen, step_elements)

    return step


def _write_out(machine: Machine, instruction: Instruction, pc: int) -> Step:
    """M_MV_WO (one row, any BLEN column), M_BMM_WO and M_BMV_WO (whole rows)."""
    gp, settings, name = machine.gp, machine.settings, instruction.mnemonic
    base, offset = instruction.register(0), instruction.immediate(len(instruction.operands) - 1)
    rows = {"M_MV_WO": 1, "M_BMV_WO": settings.broadcast_amount}.get(
        name, settings.broadcast_amount * settings.mlen
    )

    def step(executed: int) -> None:
        address = add(gp[base], offset)
        if address is None:
            return
        if name == "M_MV_WO":
            if address % settings.mlen % settings.blen:
                raise MachineFault("M_MV_WO address not a multiple of BLEN")
            address -= address % settings.mlen
        memory.check_rows(settings, address, 1, settings.mlen)
        memory.check_row(settings, add(address, (rows - 1) * settings.mlen))

    return step


# HBM


def _transfer(machine: Machine, instruction: Instruction, pc: int) -> Step:
    gp, settings, name = machine.gp, machine.settings, instruction.mnemonic
    sram, offset_register = instruction.register(0), instruction.register(1)
    base_register = instruction.register(2, "a")
    strided = instruction.immediate(3, default=0) == 1
    dim = settings.mlen if name == "H_PREFETCH_M" else settings.vlen
    rows = memory.transfer_rows(settings, name)

    def check(address: Value) -> None:
        if name == "H_PREFETCH_M":
            memory.check_prefetch_tile(settings, address)
        elif name == "H_PREFETCH_V":  # rows past the end are dropped without a fault
            memory.check_row(settings, address)
        else:
            memory.check_rows(settings, address, rows, settings.vlen)

    def step(executed: int) -> None:
        check(gp[sram])
        base, offset = machine.a[base_register], gp[offset_register]
        stride = machine.stride if strided else dim
        element: Value = None
        scale: Value = None
        if base is not None and offset is not None:
            element = base + offset
            if machine.scale is not None:
                scale = base + machine.scale + offset // settings.scale_ratio
        if element is None or scale is None or stride is None:
            machine.unknown_transfers += 1
        reads, writes = memory.requests(
            settings,
            name,
            machine.tvm,
            (element or 0) % memory.BURST_BYTES,
            (scale or 0) % memory.BURST_BYTES,
            dim if stride is None else stride,
        )
        machine.reads += reads
        machine.writes += writes
        if machine.trace:
            machine.transfers.append(
                Transfer(pc, name, element, scale, stride, rows, gp[sram], reads, writes)
            )

    return step


def _blen(settings: Settings) -> int:
    return settings.blen


def _mlen(settings: Settings) -> int:
    return settings.mlen


def _one(settings: Settings) -> int:
    return 1


ARRAY_DECODERS: dict[str, Decoder] = {
    "V_ADD_VV": _rows(1, 2, 0),
    "V_SUB_VV": _rows(1, 2, 0),
    "V_MUL_VV": _rows(1, 2, 0),
    "V_ADD_VF": _rows(1, 0),
    "V_SUB_VF": _rows(1, 0),
    "V_MUL_VF": _rows(1, 0),
    "V_MAX_VF": _rows(1, 0),
    "V_MIN_VF": _rows(1, 0),
    "V_EXP_V": _rows(1, 0),
    "V_RECI_V": _rows(1, 0),
    "V_SHFT_V": _rows(1, 0),
    "V_RED_SUM": _rows(1),
    "V_RED_MAX": _rows(1),
    "V_TOPK": _topk,
    "M_MM": _multiply(1, _blen),
    "M_TMM": _multiply(2, _blen),
    "M_TMM_A": _multiply(2, _blen),
    "M_BMM": _multiply(1, _mlen),
    "M_BTMM": _multiply(1, _mlen),
    "M_MV": _multiply(1, _one),
    "M_TMV": _multiply(1, _one),
    "M_BMV": _multiply(1, _one),
    "M_BTMV": _multiply(1, _one),
    "M_MM_WO": _write_out_block,
    "M_BMM_WO": _write_out,
    "M_MV_WO": _write_out,
    "M_BMV_WO": _write_out,
    "H_PREFETCH_M": _transfer,
    "H_PREFETCH_V": _transfer,
    "H_STORE_V": _transfer,
}
