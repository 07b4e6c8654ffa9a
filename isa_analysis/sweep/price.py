"""What one process does: price a program once, and read every point off that price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from isa_analysis.assembly.program import Program
from isa_analysis.dataflow import Definitions, follow
from isa_analysis.diagnostics import InputError
from isa_analysis.profiling import ModelOptions, Profile, profile
from isa_analysis.sweep.model import Outcome, System

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.kernels import KernelRules
    from isa_analysis.manifest import Manifest
    from isa_analysis.residency import AccessTrace

NANO = 10**9


@dataclass(frozen=True, slots=True)
class Workload:
    """A program as every process holds it: parsed, with its manifest (None: no memory system)."""

    program: Program
    manifest: Manifest | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A point of a task: its number, and what may differ between points of one price."""

    number: int
    board: LoadedBoard
    memory_model: str
    capacity: int | None
    host_bandwidth: Fraction | None


@dataclass(frozen=True, slots=True)
class Task:
    """Points that share one price: program number ``workload`` on ``board`` under the models.

    ``machine`` names everything of the board that decides which accesses there are and whether
    the program runs; equal names share that work. ``checked``: look for faults.
    """

    workload: int
    board: LoadedBoard
    timing: str
    memory: str
    machine: str
    variants: tuple[Variant, ...]
    checked: bool


@dataclass(slots=True)
class Bench:
    """The workloads, and what was already worked out about them in this process."""

    workloads: Sequence[Workload]
    rules: KernelRules | None = None
    _faults: dict[tuple[int, str], tuple[str, str] | None] = field(default_factory=dict)
    _definitions: dict[int, Definitions] = field(default_factory=dict)
    _traces: dict[tuple[int, str], AccessTrace] = field(default_factory=dict)

    def run(self, task: Task) -> list[tuple[int, Outcome]]:
        """The outcome of every point of ``task``, by number."""
        workload = self.workloads[task.workload]
        try:
            priced = self._profile(task, workload)
            fault = self._fault(task, workload) if task.checked else None
        except InputError as problem:
            failed = _failed(problem)
            return [(variant.number, failed) for variant in task.variants]
        base = _outcome(priced, fault)
        out = []
        for variant in task.variants:
            outcome = base
            if variant.memory_model and workload.manifest is not None:
                try:
                    outcome = self._with_system(task, variant, workload.manifest, base)
                except InputError as problem:
                    outcome = _failed(problem)
            out.append((variant.number, outcome))
        return out

    def _profile(self, task: Task, workload: Workload) -> Profile:
        wants_trace = workload.manifest is not None and any(v.memory_model for v in task.variants)
        traffic = wants_trace and (task.workload, task.machine) not in self._traces
        options = ModelOptions(task.timing, task.memory, traffic)  # type: ignore[arg-type]
        priced = profile(workload.program, task.board, options, self.rules)
        if traffic:
            from isa_analysis.residency import trace

            assert workload.manifest is not None
            self._traces[task.workload, task.machine] = trace(priced, workload.manifest)
        return priced

    def _fault(self, task: Task, workload: Workload) -> tuple[str, str] | None:
        """Rule and description of the first fault; None when the program runs to its end."""
        key = (task.workload, task.machine)
        if key not in self._faults:
            if task.workload not in self._definitions:
                self._definitions[task.workload] = follow(workload.program)
            definitions = self._definitions[task.workload]
            self._faults[key] = first_fault(workload.program, task.board, self.rules, definitions)
        return self._faults[key]

    def _with_system(
        self, task: Task, variant: Variant, manifest: Manifest, base: Outcome
    ) -> Outcome:
        """``base`` with the costs of the memory system."""
        from isa_analysis.residency import choose_bandwidth, choose_capacity, evaluate

        capacity, _ = choose_capacity(manifest, variant.board, variant.capacity)
        host = variant.host_bandwidth
        if host is None:
            host, _ = choose_bandwidth(variant.board)
        run = evaluate(
            self._traces[task.workload, task.machine],
            model=variant.memory_model,  # type: ignore[arg-type]
            capacity=capacity,
            host_bandwidth=host,
        )
        # The link's time does not depend on the clock: one trace serves points at any clock.
        seconds = Fraction(base.total_cycles or 0, variant.board.clock_hz) + run.link_ns / NANO
        system = System(
            run.model, float(seconds), run.swaps, run.swapped_bytes, run.streamed_bytes, capacity
        )
        warnings = tuple((d.code, d.message) for d in run.diagnostics)
        complete = base.complete and run.unknown is None
        return replace(base, system=system, warnings=warnings, complete=complete)


def first_fault(
    program: Program,
    board: LoadedBoard,
    rules: KernelRules | None = None,
    definitions: Definitions | None = None,
) -> tuple[str, str] | None:
    """Rule and description of the first fault of ``program`` on ``board``'s machine, or None."""
    from isa_analysis.lint.context import build_context
    from isa_analysis.lint.predict import predict

    faults = predict(build_context(program, board, rules, definitions)).faults
    if not faults:
        return None
    first = faults[0]
    return first.rule, f"line {int(program.line[first.pc])}: {first.message}"


def _outcome(priced: Profile, fault: tuple[str, str] | None) -> Outcome:
    code, reason = fault or ("", "")
    return Outcome(
        "faults" if fault else "ok",
        code,
        f"the machine stops: {reason}" if fault else "",
        priced.totals.dynamic,
        priced.totals.compute_cycles,
        priced.totals.memory_cycles,
        priced.complete,
        priced.model.caveats,
    )


def _failed(problem: InputError) -> Outcome:
    first = problem.diagnostics[0]
    more = len(problem.diagnostics) + problem.omitted - 1
    reason = first.message + (f" (and {more} more)" if more else "")
    return Outcome("failed", first.code, reason, complete=False)
