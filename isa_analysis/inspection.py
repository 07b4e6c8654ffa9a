"""Profile, traffic, footprint and lint of a program in one go: its registers are followed once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow.accesses import find_accesses
from isa_analysis.dataflow.machine import sizes_of
from isa_analysis.footprint import Footprint, footprint
from isa_analysis.forking import promise
from isa_analysis.kernels import KernelRules
from isa_analysis.lint import LintReport, lint
from isa_analysis.profiling import ModelOptions, Profile, profile

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard

#: The findings of programs of this many instructions are worked out in a second process.
_LARGE = 1 << 18


@dataclass(frozen=True, slots=True)
class Inspection:
    """What there is to know about a program on a board; the profile holds the traffic."""

    profile: Profile
    footprint: Footprint
    lint: LintReport


def inspect(
    program: Program,
    board: LoadedBoard,
    rules: KernelRules | None = None,
    parts: tuple[str, ...] = ("layer", "kernel"),
) -> Inspection:
    """``program`` on ``board``; the footprint is by ``parts`` of kernel names.

    Raises :class:`InputError` like :func:`isa_analysis.profile`.
    """
    result = profile(program, board, ModelOptions(traffic=True), rules)
    assert result.traffic is not None
    definitions = result.traffic.definitions
    accesses = find_accesses(program, definitions, sizes_of(board, program.dialect))
    findings = promise(
        lambda: lint(program, board, rules, definitions=definitions, accesses=accesses),
        large=len(program) >= _LARGE,
    )
    occupied = footprint(result, board, parts, accesses)
    return Inspection(result, occupied, findings.get())
