"""Stages of a run on several boards: every profile that a report is made of.

What does not depend on the board (reading, register values, kernels, regions) is done once per
stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from isa_analysis.assembly.program import Program
from isa_analysis.boards import LoadedBoard
from isa_analysis.diagnostics import printable
from isa_analysis.kernels import KernelRules
from isa_analysis.kernels.regions import Regions
from isa_analysis.profiling import ModelOptions, Profile, profile, total
from isa_analysis.profiling.compute import Breakdown
from isa_analysis.profiling.memory import with_traffic
from isa_analysis.report.kernels import FoldedKernel, fold, small
from isa_analysis.traffic.analyse import Traffic, analyse
from isa_analysis.traffic.requests import machine_of


@dataclass(frozen=True, slots=True)
class Run:
    """One stage on one board.

    ``profile`` always has traffic; ``small`` is the same with kernels folded over layers, which
    gives the same sums sooner; ``kernels`` are these, most cycles first.
    """

    board: LoadedBoard
    profile: Profile
    traffic: Traffic
    small: Profile
    kernels: tuple[FoldedKernel, ...]

    @property
    def label(self) -> str:
        """The board's name for a reader."""
        return printable(self.board.board.name)

    @property
    def cycles(self) -> int:
        """Total cycles."""
        return self.profile.totals.total_cycles

    @property
    def seconds(self) -> float:
        """Total time."""
        return self.profile.seconds(self.cycles)


@dataclass(frozen=True, slots=True)
class Stage:
    """One program with its runs, one per board in the order given."""

    name: str
    program: Program
    regions: Regions
    runs: tuple[Run, ...]
    options: ModelOptions

    @property
    def first(self) -> Run:
        """The run on the first board, which tables without a board column show."""
        return self.runs[0]


def run_stage(
    name: str,
    program: Program,
    boards: Sequence[LoadedBoard],
    options: ModelOptions | None = None,
    rules: KernelRules | None = None,
) -> Stage:
    """``program`` on each of ``boards``. Raises :class:`InputError` as :func:`profile` does."""
    options = options or ModelOptions()
    first = profile(program, boards[0], replace(options, traffic=True), rules)
    assert first.traffic is not None and first.regions is not None
    runs = [_run(boards[0], first, first.traffic)]
    for board in boards[1:]:
        other = profile(program, board, replace(options, traffic=False), rules)
        runs.append(_with_traffic(other, board, program, first.regions, first.traffic))
    return Stage(name, program, first.regions, tuple(runs), options)


def _run(board: LoadedBoard, full: Profile, traffic: Traffic) -> Run:
    return Run(board, full, traffic, small(full), fold(full))


def _with_traffic(
    plain: Profile, board: LoadedBoard, program: Program, regions: Regions, known: Traffic
) -> Run:
    """``plain`` with its traffic; register values, and equal transfers, come from ``known``."""
    if plain.traffic is not None:
        return _run(board, plain, plain.traffic)
    machine = machine_of(board, program.dialect)
    if machine == known.machine:
        traffic = known
    else:
        traffic = analyse(program, machine, regions, known.definitions)
    parts = Breakdown(plain.kernels, plain.calls, plain.cells, plain.loops, 0, (), regions)
    cells = with_traffic(parts, program, traffic, None).cells
    full = replace(plain, cells=cells, totals=total(cell.cost for cell in cells), traffic=traffic)
    return _run(board, full, traffic)
