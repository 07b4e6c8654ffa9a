"""Inference logs: ``Runtime: 4711 cycles``, on many-core machines one line per core.

Runtime:  48000 cycles,  39000 instr
Errors: 0 out of 64
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from isa_analysis.measured import checks
from isa_analysis.measured.model import Measurement
from isa_analysis.measured.sections import Section
from isa_analysis.measured.text import Line

FORMAT = "inference-log"
WANTED = "a line with Runtime: ... cycles"
SIGN = "Runtime: ... cycles"
TOKENS = rb"Runtime:"

_RUNTIME = re.compile(
    r"Runtime:\s*(?P<cycles>\d{1,19})\s*cycles(?:\s*,\s*(?P<instructions>\d{1,19})\s*instr)?"
)


@dataclass(slots=True)
class _Run:
    """One run: lines with cycles, one per core, and what was said about errors."""

    line: int = 0
    cores: list[tuple[int, int | None]] = field(default_factory=list)
    checks: list[Line] = field(default_factory=list)
    checked_after: bool = False


def runs(section: Section) -> list[Measurement]:
    """One measurement per run of the section; several cores count as long as the slowest."""
    found: list[_Run] = [_Run()]
    for line in section.lines:
        run = found[-1]
        if value := _RUNTIME.search(line.text):
            instructions = value["instructions"]
            another_core = instructions is not None and not run.checked_after
            if run.cores and not another_core:
                found.append(run := _Run())
            run.line = run.line or line.number
            run.cores.append((int(value["cycles"]), int(instructions) if instructions else None))
        elif checks.ERRORS.search(line.text):
            run.checks.append(line)
            run.checked_after = bool(run.cores)
    return [_measurement(section, run) for run in found if run.cores]


def _measurement(section: Section, run: _Run) -> Measurement:
    cycles = [c for c, _ in run.cores]
    instructions = [i for _, i in run.cores if i is not None]
    facts: list[tuple[str, int | float | str | tuple[int, ...]]] = []
    if instructions:
        facts.append(("instructions", sum(instructions)))
    if len(cycles) > 1:
        facts += [("cores", len(cycles)), ("core_cycles", tuple(cycles))]
    facts += checks.check_facts(run.checks)
    flags = (*checks.check_flags(run.checks), *checks.end_flags(section, result=True))
    notes = []
    if len(cycles) > 1:
        notes.append(f"the slowest of {len(cycles)} cores; the fastest took {min(cycles):,} cycles")
    if not run.checks:
        notes.append("the log does not say whether results were checked")
    platform = (("platform", section.platform),) if section.platform else ()
    return Measurement(
        section.name, "", section.path, run.line, FORMAT, max(cycles),
        settings=platform, facts=tuple(facts), flags=flags, notes=tuple(notes),
    )  # fmt: skip
