"""What the machine checks about an access, in the order in which it does.

Sources: the fault list of the PLENA instruction set and the public emulator's address checks
(July 2026). An address that cannot be followed is not judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import ranges
from isa_analysis.dataflow.accesses import FPSRAM, HBM, INTSRAM, MSRAM, Site
from isa_analysis.dataflow.machine import Sizes

_WORD = 1 << 32


@dataclass(frozen=True, slots=True)
class Check:
    """One condition on the address of an access.

    ``fails`` decides addresses, ``first`` finds the first failing iteration of a box. Addresses
    that are multiples of ``divisor`` below ``limit`` pass (``divisor`` 0: no such rule). The check
    holds for ``rows`` rows, ``step`` elements apart (None: the access's own step). ``why`` says
    what is wrong with an address.
    """

    rule: str
    fault: str
    fails: Callable[[NDArray[np.int64]], NDArray[np.bool_]]
    first: Callable[[ranges.Box], ranges.Vector | None]
    why: Callable[[int], str]
    rows: int = 1
    step: int | None = 0
    divisor: int = 0
    limit: int = _WORD

    def clears(self, outline: ranges.Outline, step: int) -> NDArray[np.bool_]:
        """Which values of ``outline`` surely pass, with rows ``step`` elements apart."""
        if not self.divisor or (self.rows > 1 and step % self.divisor):
            return np.zeros(len(outline.value), np.bool_)
        last = outline.high + (self.rows - 1) * step
        clear: NDArray[np.bool_] = (
            (outline.divisor % self.divisor == 0)
            & (outline.low >= 0)
            & (last < self.limit)
            & ~outline.unknown
        )
        return clear


def checks_of(site: Site, sizes: Sizes) -> tuple[Check, ...]:
    """The checks of one memory operand, first one first."""
    if site.memory == HBM:
        return ()
    if site.memory == MSRAM:
        return _matrix(site, sizes)
    if site.memory in (FPSRAM, INTSRAM):
        return _scalar(site, sizes)
    return _vector(site, sizes)


def _at_least(
    rule: str, fault: str, limit: int, why: Callable[[int], str], rows: int = 1,
    step: int | None = 0, modulus: int = _WORD,
) -> Check:  # fmt: skip
    return Check(
        rule, fault,
        lambda a: a % modulus >= limit,
        lambda box: ranges.first_at_least(box, limit, modulus),
        why, rows, step, int(modulus == _WORD), limit,
    )  # fmt: skip


def _not_multiple(
    rule: str, fault: str, divisor: int, why: Callable[[int], str], rows: int = 1,
    step: int | None = 0,
) -> Check:  # fmt: skip
    return Check(
        rule, fault,
        lambda a: a % divisor != 0,
        lambda box: ranges.first_not_multiple(box, divisor),
        why, rows, step, divisor,
    )  # fmt: skip


def _scan(
    rule: str, fault: str, fails: Callable[[NDArray[np.int64]], NDArray[np.bool_]],
    why: Callable[[int], str], rows: int = 1, step: int | None = 0,
) -> Check:  # fmt: skip
    return Check(rule, fault, fails, lambda box: ranges.first_by_scan(box, fails), why, rows, step)


# Matrix SRAM -----------------------------------------------------------------------------------


def _matrix(site: Site, sizes: Sizes) -> tuple[Check, ...]:
    bound = sizes.tiles
    if site.mnemonic == "H_PREFETCH_M":
        tiles = sizes.prefetch_m_rows // sizes.mlen
        aligned = _not_multiple(
            "L008", "H_PREFETCH_M destination not a multiple of MLEN x MLEN", sizes.tile,
            lambda a: f"destination {a} is {a % sizes.tile} elements into a tile of {sizes.tile}",
        )  # fmt: skip
        return aligned, _tile(bound - tiles + 1, sizes)
    if site.mnemonic in ("M_MM", "M_TMM"):
        return *_columns(site.mnemonic, sizes), _tile(bound, sizes)
    return (_tile(bound, sizes),)


def _tile(tiles: int, sizes: Sizes) -> Check:
    return _at_least(
        "L007", "mram address out of bounds", tiles * sizes.tile,
        lambda a: f"address {a} is in tile {a // sizes.tile}; matrix SRAM has {sizes.tiles} tiles "
        f"of {sizes.mlen} x {sizes.mlen}",
    )  # fmt: skip


def _columns(mnemonic: str, sizes: Sizes) -> tuple[Check, ...]:
    rule, fault = "L006", f"{mnemonic} offset"
    mlen, blen, tile = sizes.mlen, sizes.blen, sizes.tile

    if sizes.tvm and mnemonic == "M_MM":

        def element(a: int) -> str:
            return (
                f"address {a} is {a % tile} elements into its tile: not a multiple of BLEN = {blen}"
                f" below MLEN = {mlen}"
            )

        below = _at_least(rule, fault, mlen, element, modulus=tile)
        if tile % blen == 0:
            return below, _not_multiple(rule, fault, blen, element)
        return below, _scan(rule, fault, lambda a: a % tile % blen != 0, element)

    def row(a: int) -> str:
        offset = a % tile
        if offset % mlen:
            return (
                f"address {a} is {offset} elements into its tile: not a multiple of MLEN = {mlen}"
            )
        return f"address {a} selects column {offset // mlen}: not a multiple of BLEN = {blen}"

    if mlen % blen == 0:
        return (_not_multiple(rule, fault, mlen * blen, row),)
    return (_scan(rule, fault, lambda a: (a % mlen != 0) | (a % tile // mlen % blen != 0), row),)


# Scalar memories -------------------------------------------------------------------------------


def _scalar(site: Site, sizes: Sizes) -> tuple[Check, ...]:
    fp = site.memory == FPSRAM
    entries = sizes.fp_entries if fp else sizes.int_entries
    if entries is None:
        return ()
    last = site.shape.length - 1

    def why(a: int) -> str:
        return f"entry {a + last} of {entries}"

    kind = "fp sram" if fp else "int sram"
    rule = "L014" if fp else "L015"
    return (_at_least(rule, f"{kind} address out of bounds", entries - last, why),)


# Vector SRAM -----------------------------------------------------------------------------------


def _vector(site: Site, sizes: Sizes) -> tuple[Check, ...]:
    name, shape = site.mnemonic, site.shape
    if name in ("M_MM_WO", "M_MV_WO"):
        return _write_out(site, sizes)
    rows, step = shape.rows, shape.step
    if name == "H_PREFETCH_V":  # rows behind the end are dropped without a fault
        rows = 1
    if name in ("M_BMM_WO", "M_BMV_WO"):  # the machine checks the first row and the last
        rows, step = min(rows, 2), step * (rows - 1)
    aligned = _not_multiple(*_ALIGNED, sizes.vlen, _unaligned(sizes), rows, step)
    return aligned, _bound(sizes, rows, step)


_ALIGNED = ("L009", "vram address not a multiple of VLEN")


def _unaligned(sizes: Sizes) -> Callable[[int], str]:
    return lambda a: f"address {a} is {a % sizes.vlen} elements into a row of VLEN = {sizes.vlen}"


def _bound(sizes: Sizes, rows: int, step: int | None, granule: int = 1) -> Check:
    """``granule``: the access begins at the multiple of it at or below the address."""
    limit = -(-sizes.vector_rows * sizes.vlen // granule) * granule
    return _at_least(
        "L010", "vram address out of bounds", limit,
        lambda a: f"address {a} is in row {a // sizes.vlen}; vector SRAM has {sizes.vector_rows}",
        rows, step,
    )  # fmt: skip


def _write_out(site: Site, sizes: Sizes) -> tuple[Check, ...]:
    mlen, vlen, blen = sizes.mlen, sizes.vlen, sizes.blen
    rows, step = site.shape.rows, (None if site.shape.stride else site.shape.step)
    fault = f"{site.mnemonic} address not a multiple of BLEN"

    def why(a: int) -> str:
        return f"address {a} is at column {a % mlen} of its row: not a multiple of BLEN = {blen}"

    if mlen % blen == 0:
        checks = [_not_multiple("L011", fault, blen, why)]
    else:
        checks = [_scan("L011", fault, lambda a: a % mlen % blen != 0, why)]
    # The rows begin at the multiple of MLEN at or below the address.
    if vlen % mlen == 0 and vlen > mlen:
        checks.append(_at_least(*_ALIGNED, mlen, _unaligned(sizes), rows, step, modulus=vlen))
    elif mlen % vlen:
        checks.append(
            _scan(*_ALIGNED, lambda a: (a - a % mlen) % vlen != 0, _unaligned(sizes), rows, step)
        )
    return *checks, _bound(sizes, rows, step, mlen)
