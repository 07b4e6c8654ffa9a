"""What the commands ``timeline`` and ``profile`` share: a program's timeline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

#: Models that are scoreboards, so that their own machine gives the floor.
_SCOREBOARDS = ("in-order", "rtl-v1")

if TYPE_CHECKING:
    from isa_analysis.assembly import Program
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.diagnostics import Diagnostic
    from isa_analysis.kernels import KernelRules
    from isa_analysis.profiling import ModelOptions, Profile
    from isa_analysis.schedule.bottleneck import Bottlenecks
    from isa_analysis.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Request:
    """What the flags ask for; ``level`` is 1 to 3."""

    level: int
    window: tuple[int, int] | None
    max_events: int
    detail: int | None
    timing: str
    memory: str


def timeline_of(
    program: Program, board: LoadedBoard, rules: KernelRules, request: Request
) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """The timeline that ``request`` describes, and the warnings of the program.

    Raises :class:`~isa_analysis.diagnostics.InputError`, and a usage error for a window outside
    the makespan.
    """
    from isa_analysis.profiling import profile

    found = profile(program, board, _options(request), rules)
    return timeline_from(found, board, request), found.diagnostics


def timeline_from(profile: Profile, board: LoadedBoard, request: Request) -> Timeline:
    """Like :func:`timeline_of`, for a program that has been profiled with the same options."""
    from isa_analysis.schedule.api import plan
    from isa_analysis.schedule.bottleneck import floor_of
    from isa_analysis.schedule.run import run_plan
    from isa_analysis.timeline.build import TimelineOptions, build_timeline

    options, program = _options(request), profile.program
    assert program is not None
    when, floor = profile.schedule, None
    if when is None or request.level >= 2:
        planned = plan(program, board, options, profile.regions, profile.traffic)
        when = when or run_plan(planned)
        if request.level >= 2:
            if request.timing not in _SCOREBOARDS:
                planned = plan(
                    program,
                    board,
                    replace(options, timing="in-order"),
                    profile.regions,
                    profile.traffic,
                )
            floor = min(floor_of(planned), when.makespan)
    how = TimelineOptions(request.level, request.window, request.max_events, request.detail)
    try:
        made = build_timeline(when, program, profile, how, floor, board)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--window") from None
    assert made is not None
    return made


def write_timelines(
    profiles: Sequence[Profile],
    board: LoadedBoard,
    rules: KernelRules,
    request: Request,
    output: str | None,
) -> None:
    """A timeline file for each of ``profiles``: ``output``, or beside the present folder's files
    under the program's name. Says on standard error what was written."""
    from isa_analysis.timeline import write_timeline

    for profile in profiles:
        wanted = request.level >= 3 and profile.traffic is None
        assert profile.program is not None
        if wanted:  # counters of HBM bytes need the addresses, the report was made without them
            made, _ = timeline_of(profile.program, board, rules, request)
        else:
            made = timeline_from(profile, board, request)
        name = output or default_name(profile.input.path)
        report_steps(made)
        write_timeline(made, name)
        print(f"timeline: {name} (level {made.level.effective})", file=sys.stderr)


def check_outputs(files: Sequence[str], output: str | None, report: str | None) -> None:
    """Raise a usage error when the timelines of ``files`` cannot all be written: to ``output``, or
    beside one another; ``report`` is where the report goes."""
    hint = "--timeline-output"
    if output is not None and len(files) > 1:
        raise typer.BadParameter(
            "one file cannot hold the timelines of several programs", param_hint=hint
        )
    if output == "-" and report in (None, "-"):
        raise typer.BadParameter("standard output has the report; give that -o", param_hint=hint)
    names = [default_name(file) for file in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if output is None and twice is not None:
        raise typer.BadParameter(
            f"two programs would both write {twice}: profile them one by one", param_hint=hint
        )


def default_name(path: str) -> str:
    """The timeline file of program ``path`` in the present folder."""
    name = "stdin" if path in ("-", "<stdin>") else Path(path).name
    for ending in (".gz", ".xz", ".asm"):
        name = name.removesuffix(ending)
    return f"{name}.timeline.json"


def limits_of(profile: Profile, board: LoadedBoard, options: ModelOptions) -> Bottlenecks:
    """What limits ``profile``, made with ``options``. Raises
    :class:`~isa_analysis.diagnostics.InputError` (E500) for the timing model ``legacy``."""
    from isa_analysis.schedule.api import plan
    from isa_analysis.schedule.bottleneck import bottlenecks
    from isa_analysis.schedule.run import run_plan

    program, regions = profile.program, profile.regions
    assert program is not None
    assert regions is not None
    planned = plan(program, board, options, regions, profile.traffic)
    floor_plan = None
    if options.timing not in _SCOREBOARDS:
        floor_plan = plan(
            program, board, replace(options, timing="in-order"), regions, profile.traffic
        )
    when = profile.schedule or run_plan(planned)
    return bottlenecks(planned, when, profile.kernels, regions, floor_plan)


def _options(request: Request) -> ModelOptions:
    from isa_analysis.profiling import ModelOptions

    return ModelOptions(request.timing, request.memory, request.level >= 3)  # type: ignore[arg-type]


def report_steps(timeline: Timeline) -> None:
    """Say on standard error what was done to stay within the budget, in one line."""
    a = timeline.accounting
    if timeline.level.reason:
        print(
            f"timeline: level {timeline.level.effective} instead of {timeline.level.requested}: "
            f"{timeline.level.reason}",
            file=sys.stderr,
        )
    if not a.steps:
        return
    steps = "; ".join(f"{s.step} ({s.detail})" for s in a.steps)
    print(
        f"timeline: {a.events or 0:,} events of at most {a.max_events or 0:,}: {steps}. Spans: "
        f"{a.shown:,} shown, {a.summarised:,} summarised, {a.dropped:,} dropped of "
        f"{a.spans_total:,}",
        file=sys.stderr,
    )
