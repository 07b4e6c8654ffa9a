"""64-byte requests of one HBM transfer, from its geometry and where it starts.

Rules (PLENA emulator, July 2026): rows are never merged. A prefetch reads every 64-byte block that
a row's elements touch and one block of scales (plena-tvm: every scale block). A store reads and
then writes every touched block of elements and of scales (plena-tvm does not read the element
blocks first). Only addresses modulo 64 matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard

#: Bytes of one HBM request.
REQUEST_BYTES = 64

PREFETCH_M, PREFETCH_V, STORE_V = range(3)
KINDS = {"H_PREFETCH_M": PREFETCH_M, "H_PREFETCH_V": PREFETCH_V, "H_STORE_V": STORE_V}
NAMES = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Geometry:
    """One kind of transfer on one machine: ``rows`` of ``elements`` each.

    ``element_bytes`` and ``scale_bytes`` are bytes per row (scale 0: a format without scales);
    ``ratio`` element bytes share one scale byte.
    """

    rows: int
    elements: int
    element_bytes: int
    scale_bytes: int
    ratio: int

    @property
    def useful_bytes(self) -> int:
        """Bytes of one transfer that carry elements or scales."""
        return self.rows * (self.element_bytes + self.scale_bytes)


@dataclass(frozen=True, slots=True)
class Machine:
    """Geometry per kind of transfer, and the dialect's request rules."""

    kinds: tuple[Geometry, Geometry, Geometry]
    tvm: bool

    @property
    def period(self) -> int:
        """Element offsets and strides equal modulo this many bytes give equal requests."""
        return REQUEST_BYTES * max(g.ratio for g in self.kinds)


def machine_of(board: LoadedBoard, dialect: str) -> Machine:
    """The transfer geometries of ``board``: prefetch and writeback rows, MX format of its HBM."""
    b = board.board
    m = b.machine
    weight, activation = b.precision.hbm_weight, b.precision.hbm_activation
    matrix_rows = -(-b.memory.prefetch_m_rows // m.mlen) * m.mlen
    return Machine(
        (
            _geometry(matrix_rows, m.mlen, weight.element_bits, weight.scale_bits, weight.block),
            _geometry(
                b.memory.prefetch_v_rows, m.vlen,
                activation.element_bits, activation.scale_bits, activation.block,
            ),
            _geometry(
                b.memory.writeback_rows, m.vlen,
                activation.element_bits, activation.scale_bits, activation.block,
            ),
        ),
        dialect == "plena-tvm",
    )  # fmt: skip


def _geometry(rows: int, elements: int, bits: int, scale_bits: int, block: int) -> Geometry:
    if not scale_bits or not block:
        return Geometry(rows, elements, bits * elements // 8, 0, 1)
    scale_bytes = scale_bits * (elements // block) // 8
    return Geometry(rows, elements, bits * elements // 8, scale_bytes, bits * block // scale_bits)


def count(
    machine: Machine,
    kind: int,
    element: NDArray[np.int64],
    scale: NDArray[np.int64],
    stride: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Requests (read, written) of transfers whose first row's elements and scales lie at bytes
    ``element`` and ``scale`` (modulo 64 is enough), rows ``stride`` bytes apart."""
    elements, scales = blocks(machine, kind, element, scale, stride)
    if kind == STORE_V:
        return (scales if machine.tvm else elements + scales), elements + scales
    return elements + scales, np.zeros(len(element), np.int64)


def blocks(
    machine: Machine,
    kind: int,
    element: NDArray[np.int64],
    scale: NDArray[np.int64],
    stride: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """64-byte blocks of elements and of scales that each transfer asks for; see :func:`count`."""
    g = machine.kinds[kind]
    row = np.arange(g.rows, dtype=np.int64)[:, None]
    elements = _blocks(element[None, :] + row * stride[None, :], g.element_bytes).sum(axis=0)
    if not g.scale_bytes:
        return elements, np.zeros(len(element), np.int64)
    if kind != STORE_V and not machine.tvm:
        return elements, np.full(len(element), g.rows, np.int64)
    at = scale[None, :] + row * stride[None, :] // g.ratio
    return elements, _blocks(at, g.scale_bytes).sum(axis=0)


def _blocks(address: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """64-byte blocks that ``length`` bytes from ``address`` touch."""
    last: NDArray[np.int64] = (address + length - 1) // REQUEST_BYTES - address // REQUEST_BYTES + 1
    return last
