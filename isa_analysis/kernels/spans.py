"""Kernels and the stretches of a program they cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Parts of a name that figures can be grouped by, coarse to fine.
PARTS = ("layer", "block", "kernel", "tensor", "head", "slot")


@dataclass(frozen=True, slots=True, order=True)
class KernelName:
    """One distinct kernel, from coarse to fine; empty strings where nothing is known.

    ``layer`` is ``layer 3``, ``vision layer 0``, ``lm_head`` or empty outside every layer.
    ``block`` is the part of the model (``attention``, ``ffn``, ``norm``), ``kernel`` the operation
    (``q projection``, ``softmax``); for explicit markers the nest joined by ``/``. ``tensor``,
    ``head`` and ``slot`` (routed pair, expert or tile) tell repetitions apart.
    """

    layer: str
    block: str
    kernel: str
    tensor: str = ""
    head: str = ""
    slot: str = ""


def path_of(name: KernelName, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The named ``parts`` of a kernel's name."""
    return tuple(getattr(name, part) for part in parts)


@dataclass(frozen=True, slots=True)
class KernelSpan:
    """Instructions from ``start_pc`` up to the next span.

    ``kernel`` indexes the names, ``line`` is the marker's line (0 if none), and ``is_call`` is
    false where a kernel only resumes after an inner one.
    """

    start_pc: int
    kernel: int
    line: int
    is_call: bool


@dataclass(frozen=True, slots=True, eq=False)
class KernelSpans:
    """The spans of a program as columns of equal length, ascending in ``start_pc``.

    They tile the program: the first starts at 0, each ends where the next starts, none is empty.
    """

    names: tuple[KernelName, ...]
    start_pc: npt.NDArray[np.int64]
    kernel: npt.NDArray[np.int32]
    line: npt.NDArray[np.int64]
    is_call: npt.NDArray[np.bool_]
    n_instructions: int

    def __len__(self) -> int:
        return len(self.start_pc)

    def __iter__(self) -> Iterator[KernelSpan]:
        columns = (self.start_pc, self.kernel, self.line, self.is_call)
        for row in zip(*(column.tolist() for column in columns), strict=True):
            yield KernelSpan(*row)

    def lengths(self) -> npt.NDArray[np.int64]:
        """Instructions in each span."""
        return np.diff(self.start_pc, append=self.n_instructions)

    def kernel_of_instruction(self) -> npt.NDArray[np.int32]:
        """Index into ``names`` for each instruction, shape (n_instructions,)."""
        return np.repeat(self.kernel, self.lengths())

    def calls(self) -> npt.NDArray[np.int64]:
        """How often each kernel begins in the program text, shape (len(names),)."""
        return np.bincount(self.kernel[self.is_call], minlength=len(self.names))
