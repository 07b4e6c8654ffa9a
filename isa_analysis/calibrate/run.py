"""Measurements and a board to a :class:`Calibration`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from isa_analysis.assembly import ParseOptions, parse
from isa_analysis.boards import LoadedBoard, load_board
from isa_analysis.calibrate.errors import Compared, compare
from isa_analysis.calibrate.families import families
from isa_analysis.calibrate.findings import Finding, findings
from isa_analysis.calibrate.fit import Combination, Evidence, solve
from isa_analysis.calibrate.model import LeftOut, MeasuredRun, Measurements, SourceFile
from isa_analysis.calibrate.observations import (
    Case,
    check,
    check_sum,
    service_rows,
    stacked,
    whole_rows,
)
from isa_analysis.calibrate.outliers import outliers, set_aside
from isa_analysis.calibrate.parameters import Parameter, parameters_of
from isa_analysis.calibrate.terms import Terms, terms_of
from isa_analysis.diagnostics import Diagnostic, InputError, error


@dataclass(frozen=True, slots=True)
class Family:
    """A family of programs and the values fitted without it (None: it is the only one)."""

    name: str
    programs: tuple[str, ...]
    runs: int
    values_without: dict[str, int | float] | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The result: findings per parameter, errors before and after, what was left out.

    ``runs`` counts the runs that were used for anything, ``programs`` their programs; ``given`` all
    runs of the files.
    """

    board: LoadedBoard
    files: tuple[SourceFile, ...]
    given: int
    runs: int
    programs: int
    findings: tuple[Finding, ...]
    combinations: tuple[Combination, ...]
    families: tuple[Family, ...]
    compute: tuple[Compared, ...]
    total: tuple[Compared, ...]
    left_out: tuple[LeftOut, ...]
    outliers: tuple[LeftOut, ...]

    @property
    def values(self) -> dict[str, int | float]:
        """The calibrated value of every parameter, by dotted name."""
        return {f.parameter.name: f.value for f in self.findings}


def calibrate(
    measurements: Measurements,
    board: str,
    sets: Sequence[str] = (),
    progress: Callable[[str], None] | None = None,
) -> Calibration:
    """Fit the parameters of the board named or stored at ``board`` (with overrides ``sets``).

    ``progress`` is called with the name of each program before it is read. Raises InputError: what
    is wrong with the board, E644 for a run's settings that it cannot take, E645 when nothing in the
    measurements can be used.
    """
    loaded = load_board(board, sets)
    boards = _settings(measurements.runs, board, sets)
    cases, left_out = _cases(measurements.runs, boards, loaded, progress or (lambda _: None))
    if not cases:
        reasons = sorted({entry.reason for entry in left_out})
        raise InputError(
            [
                Diagnostic(
                    measurements.files[0].path if measurements.files else "", 0, 0, "E645",
                    "error", "no measured run can be used", "; ".join(reasons)[:500],
                )
            ]
        )  # fmt: skip
    parameters = parameters_of(loaded)
    evidence, unused = _evidence(cases, loaded)
    if not evidence.whole and not len(evidence.service.ns):
        raise error(
            "E645", "the runs measure nothing that depends on a parameter of the board",
            path=measurements.files[0].path,
            hint="give total_cycles, compute_cycles, opcodes or hbm_instructions",
        )  # fmt: skip
    solution = solve(evidence, parameters)
    without = _held_out(evidence, parameters)
    before = {p.name: p.value for p in parameters}
    used_boards = [boards[case.run.overrides] for case in cases]
    aside = set_aside(evidence, solution)
    compute, total = compare(cases, used_boards, before, solution.values, without, aside)
    return Calibration(
        loaded,
        measurements.files,
        len(measurements.runs),
        len(cases),
        len({case.run.program for case in cases}),
        findings(cases, evidence, parameters, solution),
        solution.combinations,
        _families(cases, without),
        compute,
        total,
        (*left_out, *unused),
        outliers(cases, evidence, solution),
    )


def _settings(
    runs: Sequence[MeasuredRun], board: str, sets: Sequence[str]
) -> dict[tuple[str, ...], LoadedBoard]:
    """The board with the settings of each run."""
    out: dict[tuple[str, ...], LoadedBoard] = {}
    problems: list[Diagnostic] = []
    for run in runs:
        if run.overrides not in out:
            try:
                out[run.overrides] = load_board(board, [*sets, *run.overrides])
            except InputError as problem:
                problems += [
                    replace(d, code="E644", message=f"{run.label}: {d.message}")
                    for d in problem.diagnostics
                ]
    if problems:
        raise InputError(dict.fromkeys(problems))
    return out


def _cases(
    runs: Sequence[MeasuredRun],
    boards: dict[tuple[str, ...], LoadedBoard],
    board: LoadedBoard,
    progress: Callable[[str], None],
) -> tuple[list[Case], list[LeftOut]]:
    """The runs with their programs' terms; each program is read once."""
    of_program: dict[str, list[MeasuredRun]] = {}
    for run in runs:
        of_program.setdefault(run.program, []).append(run)
    cases: list[Case] = []
    left_out: list[LeftOut] = []
    for program, mine in of_program.items():
        progress(mine[0].name)
        try:
            terms = terms_of(parse(program, ParseOptions()), [boards[r.overrides] for r in mine])
        except InputError as problem:
            first = problem.diagnostics[0]
            reason = f"its program cannot be read: {first.code} in line {first.line}: "
            left_out += [LeftOut("W641", r.label, "run", reason + first.message) for r in mine]
            continue
        for run, of_run in zip(mine, terms, strict=True):
            case, why = _case(run, of_run, boards[run.overrides])
            left_out += why
            if case is not None:
                cases.append(case)
    return _with_families(cases), left_out


def _case(run: MeasuredRun, terms: Terms, board: LoadedBoard) -> tuple[Case | None, list[LeftOut]]:
    why = check(run, terms)
    if any(entry.what == "run" for entry in why):
        return None, why
    why += check_sum(run, board.clock_hz, terms)
    latencies = run.dc_lib_en is None or run.dc_lib_en == board.board.latency.dc_lib_en
    if not latencies:
        library = "with" if run.dc_lib_en else "without"
        why.append(
            LeftOut(
                "W641", run.label, "latencies",
                f"it ran {library} the arithmetic library (dc_lib_en), unlike the board",
            )
        )  # fmt: skip
    return Case(run, terms, "", latencies, not any(e.what == "memory" for e in why)), why


def _with_families(cases: list[Case]) -> list[Case]:
    first: dict[str, Case] = {}
    for case in cases:
        first.setdefault(case.run.program, case)
    named: dict[str, str | None] = dict.fromkeys(first)
    for case in cases:
        named[case.run.program] = named[case.run.program] or case.run.family
    names = families(
        [case.run.name for case in first.values()],
        [case.mix for case in first.values()],
        list(named.values()),
    )
    of_program = dict(zip(first, names, strict=True))
    return [replace(case, family=of_program[case.run.program]) for case in cases]


def _evidence(cases: Sequence[Case], board: LoadedBoard) -> tuple[Evidence, list[LeftOut]]:
    timing = board.board.memory.timing_model
    whole, service, unused = [], [], []
    # A total says nothing more where each transfer of the same program was measured.
    in_detail = {_setting(case) for case in cases if case.memory and case.run.transfers is not None}
    for index, case in enumerate(cases):
        whole += whole_rows(case, index, board.clock_hz, timing)
        if timing == "service" and (
            case.run.transfers is not None or _setting(case) not in in_detail
        ):
            rows, why = service_rows(case, index, board.clock_hz)
            service.append(rows)
            unused += why
    return Evidence(tuple(whole), stacked(service), tuple(c.family for c in cases)), unused


def _setting(case: Case) -> tuple[str, tuple[str, ...]]:
    return case.run.program, case.run.overrides


def _held_out(
    evidence: Evidence, parameters: Sequence[Parameter]
) -> dict[str, dict[str, int | float]]:
    """The values by a fit without each family; nothing when there is only one."""
    names = sorted(set(evidence.family))
    if len(names) < 2:
        return {}
    return {name: dict(solve(evidence.without(name), parameters).values) for name in names}


def _families(
    cases: Sequence[Case], without: dict[str, dict[str, int | float]]
) -> tuple[Family, ...]:
    out = []
    for name in sorted({case.family for case in cases}):
        mine = [case for case in cases if case.family == name]
        programs = tuple(dict.fromkeys(case.run.name for case in mine))
        out.append(Family(name, programs, len(mine), without.get(name)))
    return tuple(out)
