"""Comments that disable rules.

``; isa-analysis: disable=L012`` at the end of a line holds for that line, on a line of its own for
the next instruction; ``; isa-analysis: disable-file=L2`` anywhere holds for the file. Several
rules are separated by commas; a prefix stands for all rules that begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.source import Source, chunks

_MARK = b"isa-analysis:"
_COMMENT = re.compile(
    r"(?:;|//).*?isa-analysis:\s*(disable(?:-file)?)\s*=\s*([\w]+(?:\s*,\s*[\w]+)*)"
)


@dataclass(frozen=True, slots=True)
class Suppressions:
    """Disabled rules, as prefixes of their identifiers: for the whole ``file``, and by instruction
    (its index, its line, the prefixes). ``comments`` counts the comments that say so."""

    file: tuple[str, ...] = ()
    instructions: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    comments: int = 0

    def covers(self, rule: str, line: int) -> bool:
        """Whether a finding of ``rule`` at ``line`` is disabled."""
        if rule.startswith(self.file):
            return True
        return any(at == line and rule.startswith(ids) for _, at, ids in self.instructions)

    def allowed(self, rule: str, pcs: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the instructions ``pcs`` the rule may report."""
        silent = [pc for pc, _, ids in self.instructions if rule.startswith(ids)]
        return ~np.isin(pcs, silent) if silent else np.ones(len(pcs), np.bool_)


def suppressions(program: Program) -> Suppressions:
    """The suppressions in the source of ``program``."""
    whole: list[str] = []
    single: list[tuple[int, int, tuple[str, ...]]] = []
    comments = 0
    for number, text in _marked_lines(program.source):
        match = _COMMENT.search(text)
        if match is None:
            continue
        comments += 1
        prefixes = tuple(word.strip() for word in match[2].split(","))
        if match[1] == "disable-file":
            whole += prefixes
            continue
        at = int(np.searchsorted(program.line, number))
        if at < len(program):  # its own line when there is an instruction on it, else the next one
            single.append((at, int(program.line[at]), prefixes))
    return Suppressions(tuple(whole), tuple(single), comments)


def _marked_lines(source: Source) -> Iterable[tuple[int, str]]:
    last = 0
    handle = source.open()
    try:
        for chunk in chunks(source, handle):
            at = chunk.find(_MARK)
            while at >= 0:
                begin = chunk.rfind(b"\n", 0, at) + 1
                end = chunk.find(b"\n", at)
                yield (
                    last + chunk.count(b"\n", 0, at) + 1,
                    chunk[begin:end].decode("utf-8", "replace"),
                )
                at = chunk.find(_MARK, end)
            last += chunk.count(b"\n")
    finally:
        if source.data is None:
            handle.close()
