"""Making findings: names, lines, register values, sums per kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isa_analysis.dataflow import ranges
from isa_analysis.dataflow.events import ADDRESS
from isa_analysis.isa import forms_of, is_known
from isa_analysis.lint.context import Context
from isa_analysis.lint.model import Finding
from isa_analysis.lint.rules import RULES


def finding(
    context: Context,
    rule: str,
    pc: int,
    message: str,
    hint: str = "",
    count: int = 1,
    cycles: int = 0,
) -> Finding:
    """A finding of ``rule`` at instruction ``pc`` that is no fault."""
    return Finding(
        rule=rule,
        severity=RULES[rule].severity,
        path=context.program.name,
        line=context.line(pc),
        column=1,
        message=message,
        hint=hint,
        pc=pc,
        kernel=context.kernel_name(pc),
        count=count,
        cycles=cycles,
    )


def registers_at(
    context: Context, pc: int, iterations: Mapping[int, int]
) -> tuple[tuple[str, int], ...]:
    """Name and value of every integer register that instruction ``pc`` reads, in the iterations
    (from 0) of the loops around it. Unknown ones are left out, and gp0 while it is 0."""
    program, definitions = context.program, context.definitions
    row = int(program.row[pc])
    spelling = program.rows.spellings[program.rows.op[row]]
    if not is_known(spelling):
        return ()
    operands = forms_of(spelling)[int(program.rows.form[row])].operands
    out: dict[str, int] = {}
    for slot, operand in enumerate(operands):
        kind = int(program.rows.kinds[row, slot])
        number = int(program.rows.values[row, slot])
        if not operand.read or kind not in (1, 3):
            continue
        if kind == 1:
            value = definitions.one(number, pc)
            held = ranges.evaluate(definitions.values, value, iterations)
            if held is not None and (number or held):
                out[f"gp{number}"] = held
            continue
        halves = [definitions.one(ADDRESS + 2 * number + k, pc) for k in range(2)]
        high, low = (ranges.evaluate(definitions.values, h, iterations) for h in halves)
        if high is not None and low is not None:
            out[f"a{number}"] = high << 32 | low
    return tuple(out.items())


@dataclass(frozen=True, slots=True)
class KernelSum:
    """Instructions of one operation taken together: the first, how many, executions, cycles."""

    first: int
    count: int
    executions: int
    cycles: int


def sum_by_kernel(
    context: Context, rule: str, pcs: NDArray[np.int64], cycles: NDArray[np.int64] | None = None
) -> list[KernelSum]:
    """``pcs`` (ascending) per operation, in program order, without those for which a comment
    disables ``rule``; ``cycles`` are those of one execution."""
    allowed = context.suppressions.allowed(rule, pcs)
    pcs, cycles = pcs[allowed], None if cycles is None else cycles[allowed]
    if not len(pcs):
        return []
    regions = context.regions
    region = context.region(pcs)
    n_times = len(regions.multiplicities)
    kernel = context.family[regions.kernel[region]]
    key = kernel * n_times + regions.times[region]
    distinct, first, back, counts = np.unique(
        key, return_index=True, return_inverse=True, return_counts=True
    )
    spent = np.zeros(len(distinct), np.int64)
    np.add.at(spent, back.reshape(-1), 0 if cycles is None else cycles)
    sums: dict[int, KernelSum] = {}
    for k, at, n, c in zip(
        distinct.tolist(), first.tolist(), counts.tolist(), spent.tolist(), strict=True
    ):
        which, times = divmod(k, n_times)
        runs = regions.multiplicities[times]
        old = sums.get(which)
        new = KernelSum(int(pcs[at]), n, n * runs, c * runs)
        sums[which] = new if old is None else KernelSum(
            min(old.first, new.first), old.count + new.count,
            old.executions + new.executions, old.cycles + new.cycles,
        )  # fmt: skip
    return sorted(sums.values(), key=lambda s: s.first)


def whole_file(
    context: Context, rule: str, sums: list[KernelSum], message: Callable[[KernelSum], str]
) -> Iterator[Finding]:
    """One finding for a whole file, at the operation that costs most, which it names first."""
    if not sums:
        return
    dear = sorted(sums, key=lambda s: (-s.cycles, s.first))
    total = KernelSum(
        dear[0].first,
        sum(s.count for s in sums),
        sum(s.executions for s in sums),
        sum(s.cycles for s in sums),
    )
    places = [f"{_operation(context, s.first)} {s.cycles:,}" for s in dear[:3]]
    more = f" and {len(dear) - 3} more" if len(dear) > 3 else ""
    hint = f"cycles by kernel: {', '.join(places)}{more}" if len(sums) > 1 else ""
    yield finding(context, rule, total.first, message(total), hint, total.count, total.cycles)


def _operation(context: Context, pc: int) -> str:
    """The kernel of ``pc`` without its layer."""
    return context.kernel_name(pc).rpartition(": ")[2]


def plural(count: int, noun: str) -> str:
    """``3 instructions``, ``1 instruction``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
