"""The machine a program is written for, and the places things live in."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Largest immediate beside two registers (18 bits).
IMMEDIATE_MAX = (1 << 18) - 1

#: FP SRAM slots that the host fills before the program starts.
FP_ZERO, FP_SCALE, FP_MINUS_INF, FP_EPS, FP_MEAN, FP_ONE = range(6)

#: First FP SRAM slot that a program may use as it likes.
FP_FREE = 16


class LayoutError(ValueError):
    """A program does not fit the machine."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Sizes that decide which addresses are legal.

    ``mlen`` is the edge of a matrix tile and the vector length, in elements; ``blen`` the edge of
    an accumulator block; ``hlen`` the width of one head in the per-head products. ``rows_per_dma``
    rows of ``mlen`` elements move per H_PREFETCH_V or H_STORE_V.
    """

    mlen: int = 64
    blen: int = 4
    hlen: int = 16
    rows_per_dma: int = 4
    matrix_rows: int = 4096
    vector_elements: int = 4_194_304
    fp_slots: int = 1024

    def check(self) -> None:
        """Raise :class:`LayoutError` when the sizes contradict each other."""
        for name, value in (("BLEN", self.blen), ("HLEN", self.hlen), ("DMA", self.rows_per_dma)):
            if value < 1 or self.mlen % value:
                raise LayoutError(f"{name} {value} does not divide MLEN {self.mlen}")
        if FP_FREE + 3 * self.mlen > self.fp_slots:
            raise LayoutError(f"MLEN {self.mlen} needs more than {self.fp_slots} FP SRAM slots")

    @property
    def tile(self) -> int:
        """Elements of one matrix tile."""
        return self.mlen * self.mlen

    @property
    def matrix_tiles(self) -> int:
        """Tiles that fit the matrix SRAM."""
        return self.matrix_rows // self.mlen


@dataclass(frozen=True, slots=True)
class Matrix:
    """A (rows, cols) activation in vector SRAM, column-block major.

    Block c holds columns c*mlen .. (c+1)*mlen of every row; addresses count elements.
    """

    name: str
    base: int
    rows: int
    cols: int
    mlen: int

    @property
    def blocks(self) -> int:
        return self.cols // self.mlen

    @property
    def block_size(self) -> int:
        """Elements from one column block to the next."""
        return self.rows * self.mlen

    def at(self, block: int, row: int = 0) -> int:
        """Element address of the first element of ``row`` in column block ``block``."""
        return self.base + block * self.block_size + row * self.mlen


@dataclass(frozen=True, slots=True)
class Tensor:
    """A row-major (rows, cols) tensor in HBM, MXFP8: one byte per element, then the scales."""

    name: str
    base: int
    rows: int
    cols: int

    @property
    def elements(self) -> int:
        return self.rows * self.cols


@dataclass(slots=True)
class Memory:
    """Hands out vector SRAM and HBM ranges one after another."""

    machine: Machine
    vector_next: int = 0
    hbm_next: int = 0
    tensors: dict[str, Tensor] = field(default_factory=dict)

    def matrix(self, name: str, rows: int, cols: int) -> Matrix:
        """A new activation matrix; raises :class:`LayoutError` when the SRAM is full."""
        found = Matrix(name, self.vector_next, rows, cols, self.machine.mlen)
        self.vector_next += rows * cols
        if self.vector_next > self.machine.vector_elements:
            raise LayoutError(
                f"{name} ends at vector SRAM element {self.vector_next}, beyond "
                f"{self.machine.vector_elements}; use a smaller sequence or model"
            )
        return found

    def tensor(self, name: str, rows: int, cols: int) -> Tensor:
        """The HBM tensor called ``name``, placed at its first mention."""
        if name not in self.tensors:
            self.tensors[name] = Tensor(name, self.hbm_next, rows, cols)
            used = rows * cols * 9 // 8
            self.hbm_next += -(-used // 64) * 64
            if self.hbm_next >= 1 << 32:
                raise LayoutError(f"{name} ends beyond 4 GiB of HBM")
        return self.tensors[name]
