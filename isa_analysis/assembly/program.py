"""The program: an immutable op stream in columns, its comments, its loops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.loops import Loop
from isa_analysis.assembly.shapes import KINDS, Rows
from isa_analysis.assembly.source import Source
from isa_analysis.diagnostics import Diagnostic
from isa_analysis.isa.model import DialectName


@dataclass(frozen=True, slots=True)
class Program:
    """A parsed assembly file.

    ``row[pc]`` is the row of ``rows`` that static instruction ``pc`` (from 0) is, ``line[pc]`` its
    line number (from 1). ``comment_*`` list the whole-line comments in order: the number of
    instructions before each, its line, and the index of its text in ``texts``. Lenient reading
    leaves malformed instruction lines in the stream with status ``MALFORMED``; ``skipped`` counts
    all lines that were skipped.
    """

    name: str
    sha256: str
    lines: int
    dialect: DialectName
    rows: Rows
    row: NDArray[np.int32]
    line: NDArray[np.int32]
    comment_pc: NDArray[np.int32]
    comment_line: NDArray[np.int32]
    comment_text: NDArray[np.int32]
    texts: tuple[str, ...]
    loops: tuple[Loop, ...]
    diagnostics: tuple[Diagnostic, ...]
    omitted_diagnostics: int
    skipped: int
    source: Source

    def __len__(self) -> int:
        return len(self.row)

    def instruction_text(self, pc: int) -> str:
        """Static instruction ``pc`` in canonical spelling, without its comment."""
        row = int(self.row[pc])
        operands = [
            (kind if kind != "int" else "") + str(value)
            for kind, value in zip(
                (KINDS[k] for k in self.rows.kinds[row].tolist()),
                self.rows.values[row].tolist(),
                strict=True,
            )
            if kind
        ]
        return f"{self.rows.spellings[self.rows.op[row]]} {', '.join(operands)}".rstrip()
