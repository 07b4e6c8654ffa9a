"""What a lint run finds, as values."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class LoopIteration:
    """An iteration of a loop: ``line`` of its C_LOOP_START, ``iteration`` from 1 of ``of``."""

    line: int
    iteration: int
    of: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule has to say.

    ``pc`` is the index of the instruction (from 0), -1 when the finding is about the whole file;
    ``count`` is how many static instructions the finding stands for, this one being the first.
    For a fault (and nothing else) ``fault`` is the machine's word for it, ``executed_before`` how
    many instructions run before the first execution that fails, ``iteration`` where that is,
    outermost loop first, ``values`` the registers behind it, and ``first_fault`` marks the one that
    stops the program. ``cycles`` is what the finding costs over the whole run, 0 where that makes
    no sense.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    pc: int = -1
    kernel: str = ""
    source: str = ""
    count: int = 1
    cycles: int = 0
    fault: str = ""
    executed_before: int | None = None
    iteration: tuple[LoopIteration, ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    first_fault: bool = False


@dataclass(frozen=True, slots=True)
class LintReport:
    """The findings of one file in file order.

    ``omitted`` counts, per rule, findings beyond the cap; ``disabled`` the comments that
    disable rules, and ``unchecked`` executions of accesses whose address is not known. Not
    ``readable``: the text is no program, and the findings are what is wrong with it.
    """

    path: str
    dialect: str
    findings: tuple[Finding, ...]
    omitted: tuple[tuple[str, int], ...] = ()
    disabled: int = 0
    unchecked: int = 0
    readable: bool = True

    def count(self, severity: Severity) -> int:
        """Findings of a severity that are shown."""
        return sum(f.severity == severity for f in self.findings)

    @property
    def has_errors(self) -> bool:
        """Whether anything is at error level."""
        return self.count("error") > 0
