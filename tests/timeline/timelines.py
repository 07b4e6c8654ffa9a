"""Text to a timeline on a tiny machine, foreign files, and a strict reader of traces."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Mapping
from typing import Any

from schedule.scheduling import CHARGES, scheduled, tiny_board
from support import program_of

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


def check_trace(text: str, makespan_us: float | None = None) -> dict[str, int]:
    """Read a trace as a strict viewer would; fails on anything that it would drop or misplace.

    Written from the rules of the format, not from the writer. Returns how many events of each
    phase there are.
    """
    trace = json.loads(text, parse_constant=lambda word: 1 / 0)
    assert trace["displayTimeUnit"] == "ns"
    counts: dict[str, int] = {}
    slices: dict[tuple[int, int], list[tuple[int, int]]] = {}
    named: dict[str, set[Any]] = {"process_name": set(), "thread_name": set()}
    flows: dict[Any, dict[str, dict[str, Any]]] = {}
    counters: dict[tuple[int, str], list[int]] = {}

    def ns(us: Any) -> int:
        assert isinstance(us, int | float)
        assert not isinstance(us, bool)
        assert us >= 0
        return int(us * 1000.0)  # viewers cut to whole nanoseconds

    for event in trace["traceEvents"]:
        phase = event["ph"]
        counts[phase] = counts.get(phase, 0) + 1
        assert type(event["pid"]) is int
        if phase == "M":
            place = (event["pid"], event["tid"])
            if event["name"] == "process_name":
                assert event["pid"] not in named["process_name"]
                named["process_name"].add(event["pid"])
            elif event["name"] == "thread_name":
                assert place not in named["thread_name"]
                named["thread_name"].add(place)
                assert event["args"]["name"]
        elif phase == "X":
            assert event["name"]
            begin, length = ns(event["ts"]), ns(event["dur"])
            slices.setdefault((event["pid"], event["tid"]), []).append((begin, begin + length))
        elif phase in "sf":
            assert phase == "s" or event["bp"] == "e"
            ends = flows.setdefault(event["id"], {})
            assert phase not in ends
            ends[phase] = event
        elif phase == "C":
            counters.setdefault((event["pid"], event["name"]), []).append(ns(event["ts"]))
            assert len(event["args"]) == 1
        else:
            raise AssertionError(f"unexpected phase {phase}")
    assert {pid for pid, _ in slices} | {pid for pid, _ in counters} <= named["process_name"]
    assert set(slices) == named["thread_name"]
    for rows in slices.values():
        rows.sort()
        for (_, end), (begin, _) in itertools.pairwise(rows):
            assert end <= begin, "two slices overlap on one thread"
    for ends in flows.values():
        assert set(ends) == {"s", "f"}, "half an arrow"
        leave, reach = ns(ends["s"]["ts"]), ns(ends["f"]["ts"])
        assert leave < reach, "an arrow backward in time"
        for event, at in ((ends["s"], leave), (ends["f"], reach)):
            rows = slices[event["pid"], event["tid"]]
            assert any(begin <= at < end for begin, end in rows), "an arrow from or to no slice"
    for stamps in counters.values():
        assert stamps == sorted(stamps)
        if makespan_us is not None:
            assert abs(stamps[-1] - makespan_us * 1000) < 1.5, "no final sample at the makespan"
    about = trace.get("metadata") or trace["otherData"]
    assert about["status"] in ("ESTIMATED", "MEASURED")
    assert about["model"]
    assert about["window"]
    order = [e["args"]["sort_index"] for e in trace["traceEvents"] if e["ph"] == "M"
             and e["name"] == "process_sort_index"]  # fmt: skip
    assert order == sorted(order)
    return counts
