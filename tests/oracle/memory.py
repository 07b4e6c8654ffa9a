"""Machine settings, HBM requests and on-chip address checks of the oracle.

Addresses of matrix and vector SRAM count elements; HBM addresses count bytes. A value that depends
on data is ``None`` everywhere ("unknown").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

WORD = 0xFFFF_FFFF
BURST_BYTES = 64


class MachineFault(Exception):
    """The machine refuses the instruction; the argument is the kind of fault."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes of the machine: lengths in elements, SRAM depths in rows (or entries), MX in bits.

    ``fp_sram_entries`` None: no bound (real plena-tvm programs go to entry 57,376; ``run`` sets
    1024 for plena). ``block`` 0 is a plain format without scales.
    """

    mlen: int = 64
    vlen: int = 64
    blen: int = 4
    prefetch_m_rows: int = 64
    prefetch_v_rows: int = 4
    writeback_rows: int = 4
    max_loop_instructions: int = 100_000
    matrix_sram_rows: int = 4096
    vector_sram_rows: int = 4_194_304
    fp_sram_entries: int | None = None
    int_sram_entries: int = 1024
    broadcast_amount: int = 4
    element_bits: int = 8
    scale_bits: int = 8
    block: int = 8

    @property
    def scale_ratio(self) -> int:
        """Element bytes that share one scale byte (1 without scales)."""
        if not self.block:
            return 1
        return self.element_bits * self.block // self.scale_bits

    @property
    def matrix_tiles(self) -> int:
        return self.matrix_sram_rows // self.mlen

    def matrix_prefetch_rows(self) -> int:
        """Rows one H_PREFETCH_M brings: at least MLEN, and whole tiles."""
        return -(-self.prefetch_m_rows // self.mlen) * self.mlen


@dataclass(frozen=True, slots=True)
class Transfer:
    """One executed H_ instruction; ``None`` fields depend on data.

    ``reads`` and ``writes`` count 64-byte requests; ``stride`` is in bytes, as applied.
    """

    pc: int
    mnemonic: str
    element_address: int | None
    scale_address: int | None
    stride: int | None
    rows: int
    sram_address: int | None
    reads: int
    writes: int


def blocks(address: int, length: int) -> int:
    """64-byte blocks touched by ``length`` bytes from ``address``."""
    if length == 0:
        return 0
    return (address + length - 1) // BURST_BYTES - address // BURST_BYTES + 1


@lru_cache(maxsize=4096)
def requests(
    settings: Settings, mnemonic: str, tvm: bool, element: int, scale: int, stride: int
) -> tuple[int, int]:
    """(reads, writes) of one transfer whose first row lies at ``element`` and ``scale``.

    Only the two addresses modulo 64 matter. A prefetch reads every element block of a row and one
    scale block (all of them in plena-tvm). A store reads, then writes every element and scale
    block (plena-tvm does not read the element blocks). Rows are never merged.
    """
    dim = settings.mlen if mnemonic == "H_PREFETCH_M" else settings.vlen
    element_bytes = settings.element_bits * dim // 8
    scale_bytes = settings.scale_bits * (dim // settings.block) // 8 if settings.block else 0
    reads = writes = 0
    for row in range(transfer_rows(settings, mnemonic)):
        elements = blocks(element + row * stride, element_bytes)
        scales = blocks(scale + row * stride // settings.scale_ratio, scale_bytes)
        if mnemonic == "H_STORE_V":
            reads += scales if tvm else elements + scales
            writes += elements + scales
        else:
            reads += elements + (scales if tvm else min(scales, 1))
    return reads, writes


def transfer_rows(settings: Settings, mnemonic: str) -> int:
    """Rows moved by one execution of an H_ instruction."""
    if mnemonic == "H_PREFETCH_M":
        return settings.matrix_prefetch_rows()
    if mnemonic == "H_PREFETCH_V":
        return settings.prefetch_v_rows
    return settings.writeback_rows


def check_row(settings: Settings, address: int | None) -> None:
    """A vector SRAM row: a multiple of VLEN first, then inside the SRAM."""
    if address is None:
        return
    if address % settings.vlen:
        raise MachineFault("vram address not a multiple of VLEN")
    if address // settings.vlen >= settings.vector_sram_rows:
        raise MachineFault("vram address out of bounds")


def check_rows(settings: Settings, address: int | None, rows: int, step: int) -> None:
    """``rows`` rows, ``step`` elements apart; addresses wrap at 32 bits like the machine's."""
    if address is None:
        return
    for row in range(rows):
        check_row(settings, (address + row * step) & WORD)


def check_tile(settings: Settings, address: int | None, tiles: int = 1) -> None:
    """The matrix SRAM tile that holds ``address``, and the ``tiles - 1`` after it."""
    if address is None:
        return
    if address // settings.mlen**2 + tiles > settings.matrix_tiles:
        raise MachineFault("mram address out of bounds")


def check_multiply(settings: Settings, mnemonic: str, tvm: bool, matrix: int | None) -> None:
    """Matrix operand of M_MM and M_TMM: which BLEN columns of the tile to use, then the tile.

    The offset inside the tile must select a multiple of BLEN. In ``plena`` it counts rows: column
    c is written as c x MLEN, so the offset must be a multiple of MLEN and the quotient of BLEN.
    M_MM of ``plena-tvm`` counts elements of the first row: a multiple of BLEN below MLEN.
    """
    if matrix is None:
        return
    offset = matrix % settings.mlen**2
    if tvm and mnemonic == "M_MM":
        column, fits = offset, offset < settings.mlen
    else:
        column, fits = offset // settings.mlen, offset % settings.mlen == 0
    if not fits or column % settings.blen:
        raise MachineFault(f"{mnemonic} offset")
    check_tile(settings, matrix)


def check_prefetch_tile(settings: Settings, address: int | None) -> None:
    """Destination of H_PREFETCH_M: a tile boundary first, then all its tiles inside the SRAM."""
    if address is None:
        return
    if address % settings.mlen**2:
        raise MachineFault("H_PREFETCH_M destination not a multiple of MLEN x MLEN")
    check_tile(settings, address, settings.matrix_prefetch_rows() // settings.mlen)


def check_index(kind: str, index: int, entries: int | None) -> None:
    """FP SRAM and INT SRAM entries, counted from 0; ``entries`` None is no bound."""
    if entries is not None and index >= entries:
        raise MachineFault(f"{kind} address out of bounds")
