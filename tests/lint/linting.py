"""From text to findings, for the tests of the linter."""

from __future__ import annotations

from isa_analysis import load_board, parse_text
from isa_analysis.assembly import ParseOptions
from isa_analysis.lint import Finding, LintReport, lint, read


def report_of(text: str, *sets: str, **how: object) -> LintReport:
    """The report of ``text`` on the emulator's board with overrides; ``how`` selects rules."""
    program = read(lambda options: parse_text(text, options, "t.asm"), ParseOptions())
    return lint(program, load_board("emulator", sets), **how)  # type: ignore[arg-type]


def findings_of(text: str, *sets: str, **how: object) -> list[Finding]:
    """The findings of :func:`report_of`."""
    return list(report_of(text, *sets, **how).findings)


def located(text: str, *sets: str, **how: object) -> list[tuple[str, int]]:
    """Rule and line of each finding."""
    return [(f.rule, f.line) for f in findings_of(text, *sets, **how)]


def constant(register: int, value: int) -> str:
    """Two lines that set a gp register."""
    low = value & 0xFFF
    return f"S_LUI_INT gp{register}, {value >> 12}\nS_ADDI_INT gp{register}, gp{register}, {low}\n"
