"""Turns kernel descriptions into assembly lines, with loops either kept or unrolled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum

from .machine import IMMEDIATE_MAX, LayoutError


class Unroll(IntEnum):
    """Which loops are written out: none, those over tiles and column blocks, or all."""

    NONE = 0
    TILES = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Pointer:
    """An address register of a loop: ``start`` (plus ``source`` register), then ``+= step``."""

    register: int
    start: int
    step: int
    source: int = 0


class Emitter:
    """Writes instructions and comments through ``write``, one call per line."""

    def __init__(self, write: Callable[[str], object], unroll: Unroll = Unroll.NONE) -> None:
        self._write = write
        self._unroll = unroll
        self._end = "\n"

    def op(self, mnemonic: str, *operands: object) -> None:
        """One instruction; integers are immediates, strings are operands as written."""
        text = f"{mnemonic} {', '.join(map(str, operands))}" if operands else mnemonic
        self._write(text + self._end)

    def note(self, text: str) -> None:
        """One comment line."""
        self._write(f"; {text}\n")

    def raw(self, text: str) -> None:
        """One line exactly as given."""
        self._write(text + "\n")

    @contextmanager
    def trailing_blank(self) -> Iterator[None]:
        """Instructions inside end in a blank, as about a third of compiler output does."""
        self._end = " \n"
        try:
            yield
        finally:
            self._end = "\n"

    def li(self, register: int, value: int) -> None:
        """Load a 32-bit constant: one S_ADDI_INT, or S_LUI_INT with an optional S_ADDI_INT."""
        if not 0 <= value < 1 << 32:
            raise LayoutError(f"constant {value} does not fit 32 bits")
        gp = f"gp{register}"
        if value <= IMMEDIATE_MAX:
            self.op("S_ADDI_INT", gp, "gp0", value)
            return
        self.op("S_LUI_INT", gp, value >> 12)
        if value & 0xFFF:
            self.op("S_ADDI_INT", gp, gp, value & 0xFFF)

    def add(self, register: int, source: int, value: int) -> None:
        """``register = source + value`` for a value of at most 18 bits."""
        if not 0 <= value <= IMMEDIATE_MAX:
            raise LayoutError(f"address step {value} does not fit 18 bits")
        self.op("S_ADDI_INT", f"gp{register}", f"gp{source}", value)

    def sweep(
        self,
        counter: int,
        trips: int,
        pointers: tuple[Pointer, ...],
        body: Callable[[], None],
        level: Unroll,
    ) -> None:
        """Run ``body`` ``trips`` times, the pointers advancing between the runs.

        A hardware loop, unless the chosen unrolling covers ``level``: then every iteration is
        written out with its own addresses.
        """
        if self._unroll >= level:
            self._unrolled(trips, pointers, body)
            return
        for pointer in pointers:
            self._start(pointer, 0)
        self.op("C_LOOP_START", f"gp{counter}", trips)
        body()
        for pointer in pointers:
            if pointer.step:
                self.add(pointer.register, pointer.register, pointer.step)
        self.op("C_LOOP_END", f"gp{counter}")

    def _unrolled(
        self, trips: int, pointers: tuple[Pointer, ...], body: Callable[[], None]
    ) -> None:
        for index in range(trips):
            for pointer in pointers:
                if index == 0 or pointer.step:
                    self._start(pointer, index)
            body()

    def _start(self, pointer: Pointer, index: int) -> None:
        value = pointer.start + index * pointer.step
        if pointer.source == 0:
            self.li(pointer.register, value)
        elif value <= IMMEDIATE_MAX:
            self.add(pointer.register, pointer.source, value)
        else:  # too far from the source register, but the last iteration left us one step short
            self.add(pointer.register, pointer.register, pointer.step)
