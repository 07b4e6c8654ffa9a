"""Text to a timeline on a tiny machine, foreign files, and traces that a strict reader accepts."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from schedule.scheduling import CHARGES, scheduled, tiny_board
from support import program_of
from timeline.perfetto_checker import check

from isa_analysis.assembly import Program
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.timeline import Timeline, read_timeline
from isa_analysis.timeline.build import TimelineOptions, build_timeline

TASK_0 = {
    "task_id": 7, "func_id": 0, "core_id": 0, "core_type": "aic", "ring_id": 0,
    "start_time_us": 1.5, "end_time_us": 11.5, "duration_us": 10.0,
}  # fmt: skip
TASK_1 = {
    "task_id": 9, "func_id": 3, "core_id": 24, "core_type": "aiv", "ring_id": 0,
    "start_time_us": 14.0, "end_time_us": 20.25, "duration_us": 6.25,
}  # fmt: skip
V0: dict[str, Any] = {"version": 0, "tasks": [TASK_0, TASK_1]}
V1: dict[str, Any] = {
    "version": 1,
    "tasks": [
        {**TASK_0, "dispatch_time_us": 0.5, "finish_time_us": 12.0, "fanout": [9],
         "fanout_count": 1},
        {**TASK_1, "dispatch_time_us": 13.0, "finish_time_us": 21.0, "fanout": [],
         "fanout_count": 0},
    ],
}  # fmt: skip
V2: dict[str, Any] = {
    "version": 2,
    "tasks": V1["tasks"],
    "aicpu_scheduler_phases": [
        [{"start_time_us": 0.1, "end_time_us": 0.4, "phase": "dispatch", "loop_iter": 3,
          "tasks_processed": 1}],
        [],
    ],
    "aicpu_orchestrator": {
        "start_time_us": 0.0, "end_time_us": 4.0, "submit_count": 2,
        "phase_us": {"sync": 0.2, "alloc": 0.4},
    },
    "aicpu_orchestrator_phases": [
        [],
        [{"phase": "orch_fanin", "start_time_us": 1.2, "end_time_us": 1.6, "submit_idx": 0,
          "task_id": 7}],
    ],
    "core_to_thread": [0, 1],
}  # fmt: skip
FOREIGN = (V0, V1, V2)


def changed(document: Mapping[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A deep copy of ``document`` with ``value`` at ``path``; ``...`` takes the key away."""
    out = copy.deepcopy(dict(document))
    at: Any = out
    for part in path[:-1]:
        at = at[part]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return out


def read(document: Any) -> Timeline:
    """The timeline in ``document``, given as plain values or as text."""
    text = document if isinstance(document, str) else json.dumps(document, indent=1)
    return read_timeline(text.encode(), "t.json")[0]


def timeline_of(
    text: str | Program,
    level: int | bool = 3,
    timing: str = "in-order",
    charges: tuple[int, int, int] = CHARGES,
    **options: Any,
) -> Timeline:
    """The timeline of a program on the tiny machine."""
    program = program_of(text) if isinstance(text, str) else text
    schedule = scheduled(program, timing, charges)  # type: ignore[arg-type]
    found = profile(program, tiny_board(), ModelOptions(memory="none", traffic=True))
    made = build_timeline(
        schedule, program, found, TimelineOptions(level, **options), board=tiny_board()
    )
    assert made is not None
    return made


def check_trace(text: str) -> dict[str, int]:
    """How many events of each phase a trace has, once the strict reader accepts it."""
    return check(text).counts
