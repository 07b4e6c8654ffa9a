"""What every instruction reads and writes in the memories: addresses and extents in columns.

Which operands address which memory comes from the reads and writes columns of the instruction
table; how far an access reaches comes from :func:`shape_of`. Addresses are values of the dataflow,
so one row describes all executions of an instruction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION, KINDS
from isa_analysis.dataflow.events import ADDRESS, STRIDE
from isa_analysis.dataflow.machine import TOPK, Sizes
from isa_analysis.dataflow.values import Values
from isa_analysis.dataflow.walk import Definitions
from isa_analysis.isa import canonical, forms_of, instruction, is_known

MEMORIES = ("msram", "vsram", "fpsram", "intsram", "hbm")
MSRAM, VSRAM, FPSRAM, INTSRAM, HBM = range(5)

_ENTRY = re.compile(r"(\w+)\[([\w+]+)\]")
#: Products whose first operand is an offset that is added to the matrix address.
_OFFSET_PRODUCTS = ("M_BMV", "M_BTMV")
_MATRIX_ROWS = ("M_BMM", "M_BTMM")
_COLUMN_PRODUCTS = ("M_MM", "M_TMM", "M_TMM_A")


@dataclass(frozen=True, slots=True)
class Shape:
    """``rows`` pieces of ``length`` units each, ``step`` units apart; units are elements on chip
    and bytes in HBM. ``stride`` says that a register multiplies the step (M_MM_WO), or replaces it
    (transfers that use STRIDE). ``whole``: a write that leaves nothing of what was there."""

    rows: int
    step: int
    length: int
    stride: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """One memory operand of an instruction as it is written: ``operand`` names the address operand
    in the table's form; ``order`` counts the accesses of one execution."""

    mnemonic: str
    operand: str
    memory: int
    write: bool
    order: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class Accesses:
    """One row per static instruction and memory operand, sorted by ``pc``, then execution order.

    ``site`` indexes ``sites``; ``row`` is the program row. ``address`` is a value of the dataflow:
    the element address on chip, in HBM the low 32 bits of the byte address (``high`` the upper half
    of the base register, elsewhere 0). ``step`` is the distance of rows as it applies, a value too.
    """

    pc: NDArray[np.int64]
    row: NDArray[np.int32]
    site: NDArray[np.int32]
    address: NDArray[np.int64]
    high: NDArray[np.int64]
    step: NDArray[np.int64]
    sites: tuple[Site, ...]

    def __len__(self) -> int:
        return len(self.pc)

    def column(self, attribute: str) -> NDArray[np.int8]:
        """``memory``, ``write`` or ``order`` of each access."""
        of_site = np.array([int(getattr(s, attribute)) for s in self.sites] or [0], np.int8)
        return of_site[self.site]


def find_accesses(
    program: Program,
    definitions: Definitions,
    sizes: Sizes,
    begin: int = 0,
    end: int | None = None,
) -> Accesses:
    """All accesses of ``program``, or those of its instructions from ``begin`` to before ``end``;
    skipped instructions (destination f0) make none. ``sites`` are the same for all parts."""
    table = _row_table(program, sizes)
    counts = (table.site >= 0).sum(axis=1).astype(np.int8)[program.row[begin:end]]
    pc = np.repeat(np.arange(begin, begin + len(counts), dtype=np.int32), counts)
    row = program.row[pc]
    # Entries of a row fill up from the left.
    entry = row * np.int32(table.site.shape[1]) + _within(pc)
    del counts
    site = table.site.reshape(-1)[entry]
    address = _held(definitions, table.register.reshape(-1)[entry], pc)
    _add(definitions.values, address, table.imm.reshape(-1)[entry])
    del entry
    step = np.array([s.shape.step for s in table.sites] or [0], np.int64)[site]
    where = pc.astype(np.int64)
    found = Accesses(
        where, row, site, address, np.zeros(len(pc), np.int64), step, tuple(table.sites)
    )
    for number, s in enumerate(table.sites):
        if s.shape.stride or s.memory == HBM or s.mnemonic in _OFFSET_PRODUCTS:
            _complete(found, s, np.flatnonzero(site == number), program, definitions)
    return found


def _complete(
    found: Accesses,
    site: Site,
    mine: NDArray[np.int64],
    program: Program,
    definitions: Definitions,
) -> None:
    """Fill in what further registers add to the accesses ``mine``: base addresses, strides."""
    pc, values = found.pc[mine], definitions.values
    operands = program.rows.values[found.row[mine]].astype(np.int64)
    if site.memory == HBM:
        base = ADDRESS + 2 * operands[:, 2]
        found.high[mine] = definitions.at(base, pc)
        found.address[mine] = _sum(values, found.address[mine], definitions.at(base + 1, pc))
        if site.shape.stride:
            found.step[mine] = definitions.at(np.full(len(mine), STRIDE), pc)
    elif site.memory == MSRAM:
        is_gp = program.rows.kinds[found.row[mine], 0] == KINDS.index("gp")
        offset = np.where(is_gp, definitions.at(operands[:, 0], pc), 0)
        found.address[mine] = _sum(values, found.address[mine], offset)
    elif site.shape.stride:
        stride = definitions.at(operands[:, 1], pc)
        found.step[mine] = _scaled(values, stride, site.shape.step)


def _within(pc: NDArray[np.int32]) -> NDArray[np.int32]:
    """0, 1, .. for entries of the same ``pc``, which stand together."""
    index = np.arange(len(pc), dtype=np.int32)
    first = index.copy()
    first[1:][pc[1:] == pc[:-1]] = 0
    np.maximum.accumulate(first, out=first)
    index -= first
    return index


def _held(
    definitions: Definitions, register: NDArray[np.uint8], pc: NDArray[np.int32]
) -> NDArray[np.int64]:
    """As ``definitions.at``, for many ascending ``pc``: one register after the other."""
    out = np.empty(len(pc), np.int64)
    order = np.argsort(register, kind="stable")
    cuts = np.searchsorted(register[order], np.arange(len(definitions.position) + 1))
    for r in np.flatnonzero(np.diff(cuts)).tolist():
        mine = order[cuts[r] : cuts[r + 1]]
        index = np.searchsorted(definitions.position[r], 2 * pc[mine]) - 1
        out[mine] = definitions.value[r][index]
    return out


def shape_of(mnemonic: str, operand: str, memory: int, sizes: Sizes, variant: int = 0) -> Shape:
    """The extent of one access, from what the instruction does.

    ``variant`` is V_TOPK's policy, or 1 for a stride in force (transfers, M_MM_WO) or a mask.
    M_MM and M_TMM use BLEN columns or rows of a tile; where a column is written as a multiple of
    MLEN (all but M_MM of plena-tvm) they are given as BLEN rows of the tile.
    """
    if memory == HBM:
        width = sizes.m_row_bytes if mnemonic == "H_PREFETCH_M" else sizes.v_row_bytes
        return Shape(_transfer_rows(mnemonic, sizes), width, width, variant == 1)
    if memory == MSRAM:
        return _matrix_shape(mnemonic, sizes)
    if mnemonic == "V_TOPK":
        experts, selected = TOPK[min(variant, len(TOPK) - 1)]
        if memory == VSRAM:
            return Shape(-(-experts // sizes.vlen), sizes.vlen, sizes.vlen)
        return Shape(1, 0, selected)
    if memory in (FPSRAM, INTSRAM):
        return Shape(1, 0, sizes.vlen if mnemonic.startswith("S_MAP") else 1)
    return _vector_shape(mnemonic, operand, sizes, variant)


def _vector_shape(mnemonic: str, operand: str, sizes: Sizes, variant: int) -> Shape:
    mlen, vlen = sizes.mlen, sizes.vlen
    if operand == "vector":
        rows = sizes.blen if mnemonic in _COLUMN_PRODUCTS else 1
        return Shape(mlen if mnemonic in _MATRIX_ROWS else rows, mlen, mlen)
    if mnemonic == "M_MM_WO":
        return Shape(sizes.blen, mlen, sizes.blen, variant == 1, whole=False)
    if mnemonic == "M_MV_WO":
        return Shape(1, mlen, sizes.blen, whole=False)
    if mnemonic in ("M_BMM_WO", "M_BMV_WO"):
        heads = sizes.broadcast * (mlen if mnemonic == "M_BMM_WO" else 1)
        return Shape(heads, mlen, mlen)
    if mnemonic in ("H_PREFETCH_V", "H_STORE_V"):
        return Shape(_transfer_rows(mnemonic, sizes), vlen, vlen)
    return Shape(1, vlen, vlen, whole=variant == 0)


def _transfer_rows(mnemonic: str, sizes: Sizes) -> int:
    if mnemonic == "H_PREFETCH_M":
        return sizes.prefetch_m_rows
    return sizes.prefetch_v_rows if mnemonic == "H_PREFETCH_V" else sizes.writeback_rows


def _matrix_shape(mnemonic: str, sizes: Sizes) -> Shape:
    mlen = sizes.mlen
    if mnemonic == "H_PREFETCH_M":
        return Shape(sizes.prefetch_m_rows, mlen, mlen)
    if mnemonic in ("M_MM", "M_MV"):
        if mnemonic == "M_MV" or sizes.tvm:
            return Shape(mlen, mlen, sizes.blen)
        return Shape(sizes.blen, mlen, mlen)
    if mnemonic in ("M_TMM", "M_TMM_A"):
        return Shape(sizes.blen, mlen, mlen)
    if mnemonic in ("M_BTMM", "M_BTMV"):
        return Shape(sizes.hlen, mlen, mlen)
    if mnemonic in ("M_BMM", "M_BMV"):
        return Shape(mlen, mlen, sizes.hlen)
    return Shape(mlen, mlen, mlen)


# Rows ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _RowTable:
    """Per program row and access k: site (-1: none), address register, immediate."""

    site: NDArray[np.int32]
    register: NDArray[np.uint8]
    imm: NDArray[np.int64]
    sites: list[Site]


def _row_table(program: Program, sizes: Sizes) -> _RowTable:
    rows = program.rows
    n = len(rows.op)
    site = np.full((n, 3), -1, np.int32)
    register = np.zeros((n, 3), np.uint8)
    imm = np.zeros((n, 3), np.int64)
    sites: list[Site] = []
    plain = (rows.status == INSTRUCTION) & (rows.op >= 0)
    f0 = (rows.kinds[:, 0] == KINDS.index("f")) & (rows.values[:, 0] == 0)
    groups = np.where(plain, rows.op * 8 + rows.form, -1)
    for group in np.unique(groups[groups >= 0]).tolist():
        op, form_index = divmod(group, 8)
        spelling = rows.spellings[op]
        if not is_known(spelling):
            continue
        info = instruction(spelling)
        entries = _entries(info.reads, False) + _entries(info.writes, True)
        if not entries:
            continue
        mine = np.flatnonzero(groups == group)
        if info.f0_free:
            mine = mine[~f0[mine]]
        operands = {o.name: i for i, o in enumerate(forms_of(spelling)[form_index].operands)}
        for variant, subset in _variants(rows.values, mine, canonical(spelling), operands):
            for k, (memory, address, write) in enumerate(entries):
                name = "offset" if memory == HBM else address[0]
                shape = shape_of(canonical(spelling), name, memory, sizes, variant)
                register[subset, k] = rows.values[subset, operands[name]]
                if len(address) > 1 and memory != HBM:
                    imm[subset, k] = rows.values[subset, operands[address[1]]]
                site[subset, k] = len(sites)
                sites.append(Site(canonical(spelling), name, memory, write, k, shape))
    return _RowTable(site, register, imm, sites)


def _entries(column: tuple[str, ...], write: bool) -> list[tuple[int, tuple[str, ...], bool]]:
    """Memory, operand names of the address, direction of each memory that a table row names."""
    out = []
    for entry in column:
        match = _ENTRY.fullmatch(entry)
        if match:
            out.append((MEMORIES.index(match[1]), tuple(match[2].split("+")), write))
    return out


def _variants(
    values: NDArray[np.int32], mine: NDArray[np.int64], name: str, operands: dict[str, int]
) -> list[tuple[int, NDArray[np.int64]]]:
    """The rows ``mine`` of one form by what changes their extent, as :func:`shape_of` counts it."""
    if name == "V_TOPK":
        variant = np.minimum(values[mine, operands["policy"]], len(TOPK) - 1)
    elif name.startswith("H_"):
        variant = (values[mine, operands["rstride"]] == 1).astype(np.int32)
    elif name == "M_MM_WO" and "rstride" in operands:
        variant = (values[mine, operands["rstride"]] != 0).astype(np.int32)
    elif "mask" in operands:
        variant = (values[mine, operands["mask"]] != 0).astype(np.int32)
    else:
        return [(0, mine)]
    return [(v, mine[variant == v]) for v in np.unique(variant).tolist()]


# Values ----------------------------------------------------------------------------------------


def _add(values: Values, address: NDArray[np.int64], imm: NDArray[np.int64]) -> None:
    """Make ``address`` its sum with ``imm`` modulo 2^32."""
    moved = np.flatnonzero(imm)
    base, offset = address[moved], imm[moved]
    sums = np.where(base >= 0, (base + offset) & 0xFFFF_FFFF, base)
    some = np.flatnonzero(base < 0)
    if len(some):
        pairs, back = np.unique(np.stack([base[some], offset[some]]), axis=1, return_inverse=True)
        found = [values.add(a, i) for a, i in zip(*pairs.tolist(), strict=True)]
        sums[some] = np.array(found, np.int64)[back.reshape(-1)]
    address[moved] = sums


def _sum(values: Values, x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    both = (x >= 0) & (y >= 0)
    out = np.where(both, (x + y) & 0xFFFF_FFFF, 0)
    for i in np.flatnonzero(~both).tolist():
        out[i] = values.add(int(x[i]), int(y[i]))
    return out


def _scaled(values: Values, x: NDArray[np.int64], factor: int) -> NDArray[np.int64]:
    out = np.where(x >= 0, (x * factor) & 0xFFFF_FFFF, 0)
    for i in np.flatnonzero(x < 0).tolist():
        out[i] = values.multiply(int(x[i]), factor)
    return out
