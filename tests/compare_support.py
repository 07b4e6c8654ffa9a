"""Variants of texts, compared."""

from __future__ import annotations

from dataclasses import replace

from support import program_of

from isa_analysis.boards import load_board
from isa_analysis.compare.model import Cell, Comparison
from isa_analysis.compare.run import compare
from isa_analysis.compare.variant import Variant, variant_of
from isa_analysis.measured.model import Measurement
from isa_analysis.profiling import ModelOptions, profile

#: Scalar and control 1 cycle, V_ADD_VV 9, V_MUL_VV 7, H_PREFETCH_V 25 cycles of memory.
BOARD = "nexys_video"


def variant(
    label: str,
    text: str,
    board: str = BOARD,
    sets: tuple[str, ...] = (),
    path: str = "t.asm",
    parts: tuple[str, ...] = ("layer", "kernel"),
    **options: object,
) -> Variant:
    """The variant that ``text`` spells."""
    loaded = load_board(board, sets)
    program = replace(program_of(text, **options), name=path)
    made = profile(program, loaded, ModelOptions(traffic=True))
    return variant_of(label, made, loaded, parts)


def pair(old: str, new: str, preserve: tuple[str, ...] | None = None) -> Comparison:
    """Two texts on one board, called a and b."""
    return compare([variant("a", old), variant("b", new)], preserve)


def codes(cell: Cell) -> list[str]:
    """The flags of a cell, those of the measurement last."""
    return [f.code for f in (*cell.flags, *cell.measured_flags)]


def kernel(text: str, name: str = "k") -> str:
    """``text`` as a kernel."""
    return f"; @kernel {name}\n{text.strip()}\n; @end\n"


def run_of(cycles: int | None, part: str = "", **more: object) -> Measurement:
    """A measured run."""
    return Measurement("run", part, "run.log", 1, "emulator-log", cycles, **more)  # type: ignore[arg-type]
