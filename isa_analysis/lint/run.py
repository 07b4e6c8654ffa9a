"""A program on a board under the rules: the lint report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from isa_analysis.assembly.parse import ParseOptions
from isa_analysis.assembly.program import Program
from isa_analysis.assembly.source import fetch_lines
from isa_analysis.dataflow import Definitions
from isa_analysis.dataflow.accesses import Accesses
from isa_analysis.diagnostics import InputError
from isa_analysis.kernels import KernelRules
from isa_analysis.lint.context import Context, build_context
from isa_analysis.lint.faults import Fault
from isa_analysis.lint.findings import registers_at
from isa_analysis.lint.habits import RULE_FUNCTIONS
from isa_analysis.lint.loops import unfollowed
from isa_analysis.lint.model import Finding, LintReport, LoopIteration
from isa_analysis.lint.predict import predict
from isa_analysis.lint.rules import CAP, RULES, selected

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard

#: Reading stops at these, but the linter can say more about them than that they are wrong.
LOOP_CODES = frozenset({"E010", "E011", "E012", "E013", "E014", "E015"})


def read(parse: Callable[[ParseOptions], Program], options: ParseOptions) -> Program:
    """The program that ``parse`` reads, also when its loops are malformed.

    Raises :class:`InputError` for anything else that makes a text no program.
    """
    try:
        return parse(options)
    except InputError as problem:
        if not {d.code for d in problem.diagnostics} <= LOOP_CODES:
            raise
    return parse(replace(options, lenient=True))


def unreadable(path: str, problem: InputError) -> LintReport:
    """The report of a text that is no program: its diagnostics as findings."""
    findings = tuple(
        Finding(d.code, d.severity, d.path or path, d.line, d.column, d.message, d.hint,
                source=d.source)
        for d in problem.diagnostics
    )  # fmt: skip
    omitted = (("input", problem.omitted),) if problem.omitted else ()
    return LintReport(path, "", findings, omitted, readable=False)


def lint(
    program: Program,
    board: LoadedBoard,
    rules: KernelRules | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    definitions: Definitions | None = None,
    accesses: Accesses | None = None,
) -> LintReport:
    """What the rules find in ``program`` on ``board``.

    ``select`` and ``ignore`` are rule identifiers or prefixes of them; ``definitions`` and
    ``accesses`` save following the program once more. Raises :class:`KeyError` with a rule that
    does not exist.
    """
    context = build_context(program, board, rules, definitions, accesses)
    return lint_context(context, select, ignore)


def lint_context(
    context: Context, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> LintReport:
    """As :func:`lint`, of a program that is followed already."""
    program = context.program
    active = selected(select, ignore)
    hidden = context.suppressions
    prediction = predict(context)
    found = [_fault(context, f, n == 0) for n, f in enumerate(prediction.faults)]
    found += unfollowed(context, prediction)
    for rule in RULE_FUNCTIONS:
        found += rule(context)
    found = [f for f in found if f.rule in active and not hidden.covers(f.rule, f.line)]
    kept, omitted = _capped(found)
    return LintReport(
        program.name,
        program.dialect,
        tuple(_located(program, kept)),
        omitted,
        hidden.comments,
        prediction.unchecked,
    )


def _fault(context: Context, fault: Fault, is_first: bool) -> Finding:
    program, order = context.program, context.order
    iteration = tuple(
        LoopIteration(context.line(order.loops[lp].start), number + 1, order.loops[lp].trip)
        for lp, number in sorted(fault.iterations.items())
    )
    return Finding(
        rule=fault.rule,
        severity=RULES[fault.rule].severity,
        path=program.name,
        line=context.line(fault.pc),
        column=1,
        message=fault.message,
        hint=fault.hint,
        pc=fault.pc,
        kernel=context.kernel_name(fault.pc),
        count=fault.count,
        fault=fault.fault,
        executed_before=fault.executed,
        iteration=iteration,
        values=registers_at(context, fault.pc, fault.iterations),
        first_fault=is_first,
    )


def _capped(findings: Sequence[Finding]) -> tuple[list[Finding], tuple[tuple[str, int], ...]]:
    """At most :data:`CAP` findings per rule, in file order, and how many more there are. Faults
    come in the order of execution, so the first one is never left out."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= CAP:
            kept.append(finding)
    more = tuple((rule, n - CAP) for rule, n in sorted(seen.items()) if n > CAP)
    return sorted(kept, key=lambda f: (f.line, f.rule, f.pc)), more


def _located(program: Program, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the text of their lines, and the column where it begins."""
    kept = list(findings)
    texts = fetch_lines(program.source, {f.line for f in kept if f.line})
    out = []
    for finding in kept:
        text = texts.get(finding.line, "")
        column = len(text) - len(text.lstrip()) + 1 if text else 0
        out.append(replace(finding, source=text, column=column))
    return out
