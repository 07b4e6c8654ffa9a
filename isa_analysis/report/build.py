"""Stages to report: every section, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isa_analysis._version import __version__
from isa_analysis.report.advice import advise
from isa_analysis.report.boards import boards_section
from isa_analysis.report.cycles import cycles_section
from isa_analysis.report.fits import fits_section
from isa_analysis.report.loops import loops_section
from isa_analysis.report.measurement import Measurement
from isa_analysis.report.memory import memory_section
from isa_analysis.report.model import Report
from isa_analysis.report.opportunities import opportunities_section
from isa_analysis.report.sites import sites_of
from isa_analysis.report.stages import Stage
from isa_analysis.report.summary import summary_section
from isa_analysis.report.validation import validation_section
from isa_analysis.table import one_line
from isa_analysis.traffic.summary import whole


def build(
    stages: Sequence[Stage],
    *,
    title: str = "",
    measured: Mapping[str, Measurement] | None = None,
    command: str = "isa-analysis report",
    date: str = "",
) -> Report:
    """The report of ``stages``, which all ran on the same boards.

    ``measured`` maps names of stages to measured runs; ``date`` is printed as it is. Equal
    arguments give an equal report. Raises :class:`ValueError` without stages.
    """
    if not stages:
        raise ValueError("a report needs at least one stage")
    sites = [sites_of(stage) for stage in stages]
    advice = [o for s, its in zip(stages, sites, strict=True) for o in advise(s, its)]
    traffics = {id(run.traffic): run.traffic for stage in stages for run in stage.runs}
    moved = {key: whole(traffic) for key, traffic in traffics.items() if len(traffic.transfers)}
    command = one_line(command, 2000)
    sections = (
        summary_section(stages, advice),
        cycles_section(stages, sites),
        memory_section(stages, moved),
        loops_section(stages, sites),
        opportunities_section(stages, advice),
        fits_section(stages, moved),
        boards_section(stages),
        validation_section(stages, measured or {}, command),
    )
    return Report(
        one_line(title, 200) or _title(stages),
        __version__,
        command,
        one_line(date, 60),
        tuple(section for section in sections if section is not None),
    )


def _title(stages: Sequence[Stage]) -> str:
    names = " + ".join(stage.name for stage in stages)
    boards = ", ".join(run.label for run in stages[0].runs)
    return f"{one_line(names, 120)} on {one_line(boards, 80)}"
