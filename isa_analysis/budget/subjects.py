"""What a limit is about: its kernels, their present and locked values, and what made them grow."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from fractions import Fraction

from isa_analysis.budget.config import Limit
from isa_analysis.budget.delta import Delta, KernelDelta
from isa_analysis.budget.discover import Job
from isa_analysis.budget.snapshot import KernelSnapshot, Snapshot
from isa_analysis.diagnostics import Diagnostic, InputError
from isa_analysis.isa import kind_of
from isa_analysis.profiling.model import Cost, total

#: How many kernels a finding names.
CAUSES = 5

#: Kernel label, present value, locked value, and the paths of the kernels that are meant.
Subject = tuple[str | None, Fraction, Fraction | None, frozenset[tuple[str, ...]] | None]


def subjects(
    limit: Limit, job: Job, present: Snapshot, locked: Snapshot | None, delta: Delta | None
) -> list[Subject]:
    """What ``limit`` applies to. A kernel that the lock does not have counts as nothing there."""
    if limit.metric.of is None:
        value = _memory(limit, job, present)
        before = locked.memory.get(limit.metric.name) if locked else None
        return [(None, value, Fraction(before) if before is not None else None, None)]
    if limit.kernel is None:
        base = _value(limit, locked, locked.kernels) if locked is not None else None
        return [(None, _value(limit, present, present.kernels), base, None)]
    chosen = [k for k in present.kernels if matches(limit.kernel, k)]
    partners = delta.partners if delta else {}
    if limit.each:
        out: list[Subject] = []
        for kernel in chosen:
            base = None
            if locked is not None:
                old = partners.get(kernel.path)
                base = _value(limit, locked, [old] if old else [])
            value = _value(limit, present, [kernel])
            out.append((kernel.label, value, base, frozenset((kernel.path,))))
        return out
    base = None
    if locked is not None:
        then = {k.path: k for k in locked.kernels if matches(limit.kernel, k)}
        then |= {p.path: p for k in chosen if (p := partners.get(k.path))}
        base = _value(limit, locked, list(then.values()))
    paths = frozenset(k.path for k in chosen)
    return [(limit.kernel, _value(limit, present, chosen), base, paths)]


def matches(pattern: str, kernel: KernelSnapshot) -> bool:
    """Whether ``pattern`` matches the kernel's label, its end, or its last part."""
    names = (kernel.label, "/".join(p for p in kernel.path[1:] if p), kernel.path[-1])
    return any(fnmatchcase(name, pattern) for name in names)


def _value(limit: Limit, snapshot: Snapshot, kernels: Sequence[KernelSnapshot]) -> Fraction:
    assert limit.metric.of is not None
    return limit.metric.of(total(_cost(limit, k) for k in kernels), snapshot.clock_hz)


def _cost(limit: Limit, kernel: KernelSnapshot | None) -> Cost:
    """The cost of the kernel that the limit is about: all of it, or one category."""
    if kernel is None:
        return Cost()
    if limit.category is None:
        return kernel.cost
    return total(c for m, c in kernel.opcodes.items() if kind_of(m)[1] == limit.category)


def _memory(limit: Limit, job: Job, present: Snapshot) -> Fraction:
    value = present.memory.get(limit.metric.name)
    if value is None:
        place = limit.place
        raise InputError(
            [
                Diagnostic(
                    place.path, place.line, place.column, "E407", "error",
                    f"limit {limit.name!r}: the profile of {job.path} has no {limit.metric.name}",
                    "limit cycles or instructions instead", place.source,
                )
            ]
        )  # fmt: skip
    return Fraction(value)


def causes_of(
    limit: Limit, delta: Delta | None, names: frozenset[tuple[str, ...]] | None
) -> tuple[KernelDelta, ...]:
    """The kernels that grew in what the limit is about, worst first."""
    if delta is None:
        return ()
    grown = []
    for kernel in delta.kernels:
        if kernel.new is None or (names is not None and kernel.new.path not in names):
            continue
        growth = _measure(limit, kernel.new) - _measure(limit, kernel.old)
        if growth > 0:
            grown.append((growth, kernel))
    grown.sort(key=lambda pair: (-pair[0], pair[1].label))
    return tuple(kernel for _, kernel in grown[:CAUSES])


def largest_of(
    limit: Limit, present: Snapshot, names: frozenset[tuple[str, ...]] | None
) -> tuple[KernelSnapshot, ...]:
    """The kernels that cost most in what the limit is about."""
    kernels = [k for k in present.kernels if names is None or k.path in names]
    kernels.sort(key=lambda k: (-_measure(limit, k), k.label))
    return tuple(kernels[:CAUSES])


def _measure(limit: Limit, kernel: KernelSnapshot | None) -> Fraction:
    """What ranks kernels under ``limit``; the clock does not matter for that."""
    cost = _cost(limit, kernel)
    return limit.metric.of(cost, 1) if limit.metric.of else Fraction(cost.total_cycles)
