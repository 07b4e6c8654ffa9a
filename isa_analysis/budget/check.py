"""Present costs against limits and the lock: what is exceeded, and what caused it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from isa_analysis.budget.config import Budget, Entry, Limit, Severity
from isa_analysis.budget.costs import Costs
from isa_analysis.budget.delta import Delta, KernelDelta, compare
from isa_analysis.budget.discover import Job, shown_path
from isa_analysis.budget.lock import (
    Lock,
    ProgramKey,
    ToolFacts,
    differences,
    present_tool,
    tool_differences,
)
from isa_analysis.budget.quantity import Quantity
from isa_analysis.budget.snapshot import KernelSnapshot, Snapshot
from isa_analysis.budget.subjects import causes_of, largest_of, matches, subjects
from isa_analysis.config import Place
from isa_analysis.diagnostics import Diagnostic, InputError

#: What ``isa-analysis check`` exits with. Bad usage or input is 2, as everywhere.
WITHIN, EXCEEDED, NOT_COMPARABLE = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One exceeded limit of one program, or of one of its kernels.

    ``value`` is present, ``base`` locked (None without a lock), ``allowed`` what the limit permits,
    all in base units. ``causes`` are the kernels that grew, worst first; when nothing grew,
    ``largest`` names the kernels that cost most.
    """

    limit: Limit
    entry: str
    path: str
    kernel: str | None
    kind: Literal["max", "max_increase"]
    value: Fraction
    base: Fraction | None
    allowed: Fraction
    causes: tuple[KernelDelta, ...]
    largest: tuple[KernelSnapshot, ...]

    @property
    def excess(self) -> Fraction:
        """How much is too much, in base units."""
        return self.value - self.allowed

    @property
    def line(self) -> int:
        """The line to point at: the first loop that grew, else where the kernel is; 1 at worst."""
        for cause in self.causes:
            for loop in cause.loops:
                for first, _ in loop.lines:
                    return first
        kernels = [c.new for c in self.causes if c.new] or list(self.largest)
        lines = [first for k in kernels for piece in k.pieces for first, _ in piece.lines]
        return min(lines, default=1)


@dataclass(frozen=True, slots=True)
class ProgramCheck:
    """One program: ``delta`` is None when there is nothing to compare with."""

    entry: str
    path: str
    shown: str
    present: Snapshot
    delta: Delta | None
    findings: tuple[Finding, ...]
    limits: int


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Why the costs of an entry, or of one program of it, cannot be compared with the lock."""

    entry: str
    path: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything a check found out. ``gone`` are programs of the lock that are no more."""

    config: str
    lock: str
    programs: tuple[ProgramCheck, ...]
    incomparable: tuple[Incomparable, ...]
    gone: tuple[ProgramKey, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All exceeded limits: errors first, then by how far they are exceeded, in cycles."""
        found = [f for p in self.programs for f in p.findings]
        return tuple(sorted(found, key=_worst_first))

    @property
    def differs(self) -> bool:
        """Whether the lock is not exactly the present costs."""
        return bool(self.gone or self.incomparable) or any(
            p.delta is None or not p.delta.is_empty for p in self.programs
        )

    def exit_code(self, fail_on: Severity = "error", strict: bool = False) -> int:
        """The exit code: a limit of at least severity ``fail_on`` exceeded, or with ``strict`` any
        difference from the lock, is 1; else a lock that cannot be compared with is 3; else 0."""
        counted = [f for f in self.findings if fail_on == "warn" or f.limit.severity == "error"]
        if counted:
            return EXCEEDED
        if self.incomparable:
            return NOT_COMPARABLE
        return EXCEEDED if strict and self.differs else WITHIN


def _worst_first(f: Finding) -> tuple[bool, Fraction, str, str, str, str]:
    relative = f.excess / f.allowed if f.allowed else Fraction(10**12) + f.excess
    return (f.limit.severity != "error", -relative, f.path, f.entry, f.limit.name, f.kernel or "")


def check(
    budget: Budget,
    jobs: Sequence[Job],
    costs: Costs,
    lock: Lock | None,
    lock_path: str,
    tolerance: Quantity | None = None,
    partial: bool = False,
    tool: ToolFacts | None = None,
) -> CheckResult:
    """Evaluate every limit of ``jobs``.

    ``tolerance`` is growth that no relative limit counts. ``partial`` says that ``jobs`` are not
    all programs of the budget. Raises :class:`InputError`: E406 for a limit whose kernel pattern
    matches nothing, E407 for a figure that profiles do not have.
    """
    reasons = tool_differences(lock.tool, tool or present_tool()) if lock else []
    incomparable: list[Incomparable] = []
    comparable: set[str] = set()
    entries = {job.entry.name: job.entry for job in jobs}
    for name in sorted(entries):
        if lock is None or name not in lock.entries:
            continue
        why = (*reasons, *differences(lock.entries[name], costs.facts[name]))
        if why:
            incomparable.append(Incomparable(name, None, why))
        else:
            comparable.add(name)
    refused = {i.entry for i in incomparable}
    programs = []
    for job in jobs:
        key = (job.entry.name, job.path)
        locked = lock.programs.get(key) if lock and job.entry.name in comparable else None
        programs.append(_program(budget, job, costs.programs[key], locked, tolerance))
        if job.entry.name not in refused and (why := _lacking(job, lock, locked)):
            incomparable.append(Incomparable(job.entry.name, job.path, why))
    if not partial:
        _refuse_idle_limits(entries.values(), costs)
    present = set(costs.programs)
    gone = tuple(k for k in lock.programs if k not in present) if lock and not partial else ()
    return CheckResult(budget.path, lock_path, tuple(programs), tuple(incomparable), gone)


def _lacking(job: Job, lock: Lock | None, locked: Snapshot | None) -> tuple[str, ...]:
    """What the lock would have to hold for the relative limits of ``job``, and does not."""
    relative = [limit for limit in job.entry.limits if limit.max_increase is not None]
    if not relative:
        return ()
    if locked is None:
        return ("there is no lock" if lock is None else "the lock does not have this program",)
    names = {limit.metric.name for limit in relative if limit.metric.of is None}
    return tuple(
        f"the lock has no {name} of this program" for name in sorted(names - locked.memory.keys())
    )


def _program(
    budget: Budget, job: Job, present: Snapshot, locked: Snapshot | None, tolerance: Quantity | None
) -> ProgramCheck:
    delta = compare(locked, present) if locked is not None else None
    findings: list[Finding] = []
    for limit in job.entry.limits:
        findings += _exceeded(limit, job, present, locked, delta, tolerance)
    shown = shown_path(budget.folder, job.path)
    return ProgramCheck(
        job.entry.name, job.path, shown, present, delta, tuple(findings), len(job.entry.limits)
    )


def _exceeded(
    limit: Limit,
    job: Job,
    present: Snapshot,
    locked: Snapshot | None,
    delta: Delta | None,
    tolerance: Quantity | None,
) -> list[Finding]:
    """The violations of one limit by one program."""
    out = []
    for kernel, value, base, names in subjects(limit, job, present, locked, delta):
        bounds: list[tuple[Literal["max", "max_increase"], Fraction]] = []
        if limit.max is not None:
            bounds.append(("max", limit.max.amount))
        if base is not None and (growth := limit.allowed_increase(base)) is not None:
            bounds.append(("max_increase", base + max(growth, _tolerated(limit, base, tolerance))))
        for kind, allowed in bounds:
            if value > allowed:
                causes = causes_of(limit, delta, names)
                largest = () if causes else largest_of(limit, present, names)
                out.append(
                    Finding(
                        limit, job.entry.name, job.path, kernel, kind, value, base, allowed,
                        causes, largest,
                    )
                )  # fmt: skip
    return out


def _tolerated(limit: Limit, base: Fraction, tolerance: Quantity | None) -> Fraction:
    if tolerance is None:
        return Fraction(0)
    if tolerance.dimension == "percent":
        return base * tolerance.amount
    same = tolerance.dimension == limit.metric.dimension
    bare = tolerance.dimension == "number" and limit.metric.dimension != "seconds"
    return tolerance.amount if same or bare else Fraction(0)


def _refuse_idle_limits(entries: Iterable[Entry], costs: Costs) -> None:
    """A limit on kernels that no program has would pass for ever: E406."""
    used: dict[Place, bool] = {}
    limits: dict[Place, Limit] = {}
    for entry in entries:
        programs = [s for (name, _), s in costs.programs.items() if name == entry.name]
        for limit in entry.limits:
            if limit.kernel is not None:
                hit = any(matches(limit.kernel, k) for s in programs for k in s.kernels)
                # A limit of the whole file belongs to many entries; one use is enough.
                used[limit.place] = used.get(limit.place, False) or hit
                limits[limit.place] = limit
    idle = [limits[place] for place, hit in used.items() if not hit]
    if idle:
        known = sorted({k.path[-1] for s in costs.programs.values() for k in s.kernels})
        raise InputError(_idle(limit, known) for limit in idle)


def _idle(limit: Limit, known: list[str]) -> Diagnostic:
    from isa_analysis.config.validation import did_you_mean

    place = limit.place
    pattern = limit.kernel or ""
    hint = did_you_mean(pattern.strip("*"), known) or f"kernels: {', '.join(known[:12])}"
    return Diagnostic(
        place.path, place.line, place.column, "E406", "error",
        f"limit {limit.name!r}: no kernel matches {pattern!r}", hint, place.source,
    )  # fmt: skip
