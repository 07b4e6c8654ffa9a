"""The sentences of a check, an update and a diff, the same in every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from isa_analysis.budget.check import CheckResult, Finding, Incomparable, ProgramCheck
from isa_analysis.budget.delta import KernelDelta
from isa_analysis.budget.loops import LoopDelta, LoopOpcode
from isa_analysis.budget.metrics import MetricInfo
from isa_analysis.diagnostics import printable

#: Loops named per kernel, and opcodes per loop.
_NAMED = 4

#: How a user accepts costs.
UPDATE_HINT = "to accept the present costs: isa-analysis update"


def amount(value: Fraction, metric: MetricInfo) -> str:
    """A figure with its unit; cycles, instructions and bytes are exact."""
    if metric.dimension == "seconds":
        return f"{float(value) * 1e3:,.6g} ms"
    return f"{_number(value)} {metric.unit}"


def _number(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.6g}"


def signed(value: int) -> str:
    """``+64``, ``-1,024`` or ``0``."""
    return f"{value:+,}" if value else "0"


def percent(old: int | Fraction, new: int | Fraction) -> str:
    """The growth in percent of what was there; empty when there was nothing."""
    if not old:
        return "new" if new else "0 %"
    growth = Fraction(100 * (new - old)) / old
    if growth and abs(growth) < Fraction(1, 200):
        return "> +0.00 %" if growth > 0 else "< -0.00 %"
    return f"{float(growth):+.2f} %" if growth else "0 %"


def where(entry: str, path: str, several: bool) -> str:
    """A program for readers; its entry is named when the budget has several."""
    return printable(f"{path} [{entry}]" if several else path)


def finding_title(f: Finding) -> str:
    """``no growth: total_cycles of decoder.asm, kernel ffn/up``."""
    kernel = f", kernel {f.kernel}" if f.kernel is not None else ""
    category = f" in {f.limit.category} instructions" if f.limit.category else ""
    return printable(f"{f.limit.name}: {f.limit.metric.name}{category} of {f.path}{kernel}")


def finding_sentence(f: Finding) -> str:
    """The figures: what it is, what is allowed, what it was."""
    metric = f.limit.metric
    limit = f.limit.max if f.kind == "max" else f.limit.max_increase
    written = f"{f.kind}: {limit.text}" if limit else f.kind
    text = (
        f"{amount(f.value, metric)}, allowed {amount(f.allowed, metric)} ({written}): "
        f"{amount(f.excess, metric)} too many"
    )
    if f.base is not None:
        text += f"; {amount(f.base, metric)} in the lock ({percent(f.base, f.value)})"
    return text


def cause_lines(f: Finding) -> list[str]:
    """The kernels, loops and opcodes behind a finding, indented by two blanks a level."""
    out: list[str] = []
    for cause in f.causes:
        out += kernel_lines(cause)
    if f.largest:
        out.append("nothing grew since the lock; the kernels that cost most:" if f.base is not None
                   else "the kernels that cost most:")  # fmt: skip
        for kernel in f.largest:
            cost = kernel.cost
            out.append(
                f"  {printable(kernel.label)}: {cost.total_cycles:,} cycles, "
                f"{cost.dynamic:,} instructions"
            )
    return out


def explained(findings: Iterable[Finding]) -> Iterator[tuple[Finding, list[str]]]:
    """Findings with their causes; causes that were already told are not repeated."""
    told: dict[tuple[str, ...], str] = {}
    for f in findings:
        lines = cause_lines(f)
        key = (f.entry, f.path, *lines)
        if lines and key in told:
            lines = [f"causes as of {printable(told[key])}"]
        else:
            told[key] = f.limit.name
        yield f, lines


def kernel_lines(delta: KernelDelta) -> list[str]:
    """One kernel's growth, and below it the loops and opcodes it came from."""
    what = {"added": "new kernel", "renamed": "kernel (renamed)"}.get(delta.status, "kernel")
    name = delta.label
    if delta.status == "renamed" and delta.old:
        name = f"{delta.old.label} -> {delta.label}"
    out = [
        f"{what} {printable(name)}: {signed(delta.cycles)} cycles, "
        f"{signed(delta.dynamic)} instructions"
    ]
    if delta.loops:
        for loop in delta.loops[:_NAMED]:
            out += [f"  {line}" for line in loop_lines(loop)]
        if len(delta.loops) > _NAMED:
            out.append(f"  and {len(delta.loops) - _NAMED} more places")
    else:
        for opcode in delta.opcodes[:_NAMED]:
            out.append(
                f"  {opcode.mnemonic} {signed(opcode.cycles)} cycles, "
                f"{signed(opcode.dynamic)} instructions"
            )
    return out


def loop_lines(delta: LoopDelta) -> list[str]:
    """Where code changed, and by which opcodes."""
    out = [place(delta)]
    for opcode in delta.opcodes[:_NAMED]:
        out.append(f"  {opcode_text(opcode)}")
    if len(delta.opcodes) > _NAMED:
        out.append(f"  and {len(delta.opcodes) - _NAMED} more opcodes")
    return out


def place(delta: LoopDelta) -> str:
    """``loop 16 x 4 (lines 20-26)`` or ``outside loops (lines 1-9)``."""
    spans = ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in delta.lines)
    at = f" (lines {spans})" if spans else ""
    if not delta.trips:
        return f"outside loops{at}"
    trips = " x ".join(map(str, delta.trips))
    if delta.old_trips is not None and delta.new_trips is None:
        what = f"loop {trips} is gone"
    elif delta.old_trips is None:
        what = f"new loop {trips}"
    elif delta.old_trips != delta.new_trips:
        what = f"loop {trips}, was {' x '.join(map(str, delta.old_trips))}"
    else:
        what = f"loop {trips}"
    times = f", {delta.count} of them" if delta.count > 1 else ""
    return f"{what}{times}{at}"


def opcode_text(o: LoopOpcode) -> str:
    """``V_ADD_VV +1 line, +64 instructions, +64 cycles (lines 22, 24)``."""
    lines = f"{signed(o.static)} line{'s' if abs(o.static) != 1 else ''}, " if o.static else ""
    cycles = f", {signed(o.cycles)} cycles" if o.cycles is not None else ""
    at = f" (line{'s' if len(o.lines) > 1 else ''} {', '.join(map(str, o.lines))})"
    text = f"{o.mnemonic} {lines}{signed(o.dynamic)} instructions{cycles}"
    return text + (at if o.lines else "")


def incomparable_lines(problem: Incomparable) -> list[str]:
    """Why something cannot be compared, one reason a line."""
    name = f"program {problem.path} [{problem.entry}]" if problem.path else f"[{problem.entry}]"
    return [printable(f"{name}: {reason}") for reason in problem.reasons]


def incomparable_hint(result: CheckResult) -> str:
    """What to do about a lock that cannot be compared with."""
    return f"the costs are of other conditions than the lock's; {UPDATE_HINT}" if any(
        problem.path is None for problem in result.incomparable
    ) else UPDATE_HINT  # fmt: skip


def verdict(program: ProgramCheck, result: CheckResult) -> str:
    """One word on a program."""
    if any(f.limit.severity == "error" for f in program.findings):
        return "EXCEEDED"
    if any(
        i.entry == program.entry and i.path in (None, program.path) for i in result.incomparable
    ):
        return "NOT COMPARABLE"
    if program.findings:
        return "warning"
    return "ok" if program.delta is not None else "ok (not in the lock)"


def summary(result: CheckResult) -> str:
    """The closing sentence."""
    errors = sum(f.limit.severity == "error" for f in result.findings)
    warnings = len(result.findings) - errors
    checked = f"{counted(len(result.programs), 'program')} checked"
    if not result.findings:
        text = f"{checked}, within budget"
        return f"{checked}, no limit exceeded" if result.incomparable else text
    parts = [counted(errors, "limit")] if errors else []
    parts += [f"{counted(warnings, 'limit')} of severity warn"] if warnings else []
    return f"{checked}, {' and '.join(parts)} exceeded"


def counted(number: int, noun: str) -> str:
    """``1 program``, ``3 programs``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
