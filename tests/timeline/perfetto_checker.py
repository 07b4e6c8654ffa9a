"""A strict reader of traces for Perfetto and chrome://tracing, written from the rules of the format
and of the timeline, and not from the writer: it imports nothing of the project.

Perfetto's own trace processor would be the better judge, but its Python package is a client of a
binary that it downloads when first used, so it cannot be had without a network.
"""

from __future__ import annotations

import itertools
import json
import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

#: Processes by id, in pipeline order.
PROCESSES = {1: "control", 2: "issue view", 3: "engine view", 4: "loops", 5: "critical path",
             6: "counters"}  # fmt: skip
ISSUE, ENGINES, LOOPS, COUNTERS = 2, 3, 4, 6
KEYS = {
    "M": {"ph", "name", "pid", "tid", "args"},
    "X": {"ph", "pid", "tid", "name", "cat", "ts", "dur", "args"},
    "s": {"ph", "name", "cat", "id", "pid", "tid", "ts"},
    "f": {"ph", "bp", "name", "cat", "id", "pid", "tid", "ts"},
    "C": {"ph", "pid", "tid", "name", "ts", "args"},
}


@dataclass
class Trace:
    """What the reader understood. Slices are (begin, end, name, args), in ns, by process and
    thread; counters are (ns, value) by name."""

    counts: dict[str, int] = field(default_factory=dict)
    slices: dict[tuple[int, int], list[tuple[int, int, str, dict[str, Any]]]] = field(
        default_factory=dict
    )
    threads: dict[tuple[int, int], str] = field(default_factory=dict)
    counters: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    arrows: list[tuple[tuple[int, int], tuple[int, int], str]] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)


def check(text: str, makespan_ns: int | None = None) -> Trace:
    """Read a trace; fails on anything that a viewer would drop, misplace or misunderstand."""
    trace = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    assert set(trace) - {"metadata", "otherData"} == {"traceEvents", "displayTimeUnit"}
    assert trace["displayTimeUnit"] == "ns"
    out = Trace(about=_about(trace))
    meta: dict[tuple[str, int, int], dict[str, Any]] = {}
    flows: dict[Any, dict[str, dict[str, Any]]] = {}
    for event in trace["traceEvents"]:
        phase = event["ph"]
        assert set(event) == KEYS[phase], event
        for key in ("pid", "tid"):
            assert type(event[key]) is int
            assert event[key] >= 0
        assert isinstance(event["name"], str)
        assert event["name"].strip()
        out.counts[phase] = out.counts.get(phase, 0) + 1
        place = event["pid"], event["tid"]
        if phase == "M":
            key = (event["name"], *place)
            assert key not in meta, "named twice"
            meta[key] = event["args"]
        elif phase == "X":
            begin = ns(event["ts"])
            out.slices.setdefault(place, []).append(
                (begin, begin + ns(event["dur"]), event["name"], event["args"])
            )
            assert isinstance(event["args"], dict)
        elif phase == "C":
            (value,) = event["args"].values()
            assert type(value) in (int, float)
            assert math.isfinite(value)
            assert value >= 0
            out.counters.setdefault(event["name"], []).append((ns(event["ts"]), value))
            assert event["pid"] == COUNTERS
        else:
            assert phase == "s" or event["bp"] == "e"
            assert type(event["id"]) is int
            ends = flows.setdefault(event["id"], {})
            assert phase not in ends, "an arrow with two beginnings or ends"
            ends[phase] = event
    _check_names(out, meta)
    _check_slices(out)
    _check_flows(out, flows)
    _check_counters(out, makespan_ns)
    return out


def ns(us: Any) -> int:
    """A time in whole nanoseconds; viewers cut, others round: both must agree."""
    assert type(us) in (int, float)
    assert math.isfinite(us)
    assert us >= 0
    cut, rounded = int(us * 1000.0), round(us * 1000)
    assert cut == rounded or us > 2**43, f"{us} us is not a whole number of ns"
    return cut


def _refuse(word: str) -> float:
    raise AssertionError(f"{word} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({key for key, _ in pairs}) == len(pairs), "a key twice"
    return dict(pairs)


def _about(trace: dict[str, Any]) -> dict[str, Any]:
    assert ("metadata" in trace) != ("otherData" in trace)
    about: dict[str, Any] = trace.get("metadata") or trace["otherData"]
    assert about["status"] in ("ESTIMATED", "MEASURED")
    assert isinstance(about["model"], str)
    assert about["model"]
    assert isinstance(about["window"], str)
    low, high = about["window_cycles"]
    for value in (low, high, about["makespan_cycles"], about["clock_hz"], about["level"]):
        assert type(value) is int
    assert 0 <= low <= high <= about["makespan_cycles"]
    return about


def _check_names(out: Trace, meta: dict[tuple[str, int, int], dict[str, Any]]) -> None:
    used = {pid for pid, _ in out.slices} | ({COUNTERS} if out.counters else set())
    named = {pid: args["name"] for (name, pid, _), args in meta.items() if name == "process_name"}
    assert set(named) == used, "processes without name, or names without process"
    for pid, name in named.items():
        assert PROCESSES[pid] == name
        order = meta["process_sort_index", pid, 0]["sort_index"]
        assert type(order) is int
        assert order == pid
        assert out.about["status"] in meta["process_labels", pid, 0]["labels"]
    order_of: dict[int, list[int]] = {}
    names_of: dict[int, list[str]] = {}
    for (name, pid, tid), args in meta.items():
        if name == "thread_name":
            out.threads[pid, tid] = args["name"]
            assert args["name"].strip()
            names_of.setdefault(pid, []).append(args["name"])
            order_of.setdefault(pid, []).append(meta["thread_sort_index", pid, tid]["sort_index"])
        else:
            assert name in ("process_name", "process_sort_index", "process_labels",
                            "thread_sort_index")  # fmt: skip
    assert set(out.threads) == set(out.slices), "threads without name, or names without thread"
    for pid, indexes in order_of.items():
        assert all(type(index) is int for index in indexes)
        assert indexes == sorted(set(indexes))
        assert len(set(names_of[pid])) == len(names_of[pid]), "two lanes of one name"


def _check_slices(out: Trace) -> None:
    for rows in out.slices.values():
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        for (_, end, *_), (begin, *_) in itertools.pairwise(rows):
            assert end <= begin, "two slices overlap on one thread"
    for (pid, tid), rows in out.slices.items():
        for _, _, _, args in rows if pid == ENGINES else ():
            if "trip" in args:  # one slice for many iterations says so
                assert type(args["trip"]) is int
                assert {"trip", "ii", "busy%", "bound_by"} <= set(args), (pid, tid)
            assert args.get("busy%") is None or 0 <= args["busy%"] <= 100
    for (pid, tid), rows in out.slices.items():
        if pid == LOOPS and not out.threads[pid, tid].startswith("depth 1"):
            _check_nested(out, tid, rows)


def _check_nested(out: Trace, tid: int, rows: list[Any]) -> None:
    depth = int(out.threads[LOOPS, tid].split()[1])
    outer = sorted(
        bar[:2]
        for (pid, other), bars in out.slices.items()
        if pid == LOOPS and int(out.threads[pid, other].split()[1]) == depth - 1
        for bar in bars
    )
    begins = [begin for begin, _ in outer]
    for begin, end, *_ in rows:
        around = outer[bisect_right(begins, begin) - 1]
        assert around[0] <= begin, "an inner loop outside its outer one"
        assert end <= around[1], "an inner loop longer than its outer one"


def _check_flows(out: Trace, flows: dict[Any, dict[str, dict[str, Any]]]) -> None:
    for ends in flows.values():
        assert set(ends) == {"s", "f"}, "half an arrow"
        leave, reach = ends["s"], ends["f"]
        assert leave["name"] == reach["name"]
        assert leave["cat"] == reach["cat"]
        assert ns(leave["ts"]) < ns(reach["ts"]), "an arrow backward in time"
        for event in (leave, reach):
            rows = out.slices[event["pid"], event["tid"]]
            at = bisect_right(rows, ns(event["ts"]), key=lambda row: row[0]) - 1
            assert at >= 0, "an arrow before the first slice"
            assert rows[at][0] <= ns(event["ts"]) < rows[at][1], "an arrow from or to no slice"
        out.arrows.append(
            ((leave["pid"], leave["tid"]), (reach["pid"], reach["tid"]), leave["name"])
        )


def _check_counters(out: Trace, makespan_ns: int | None) -> None:
    about = out.about
    if makespan_ns is None:
        makespan_ns = about["makespan_cycles"] * 10**9 // about["clock_hz"]
        scale = about.get("time_scale", "").split("for ")[-1].split()
        makespan_ns //= int(scale[0]) if scale else 1
    last = max((end for rows in out.slices.values() for _, end, *_ in rows), default=0)
    assert last <= makespan_ns, "a slice after the makespan"
    for samples in out.counters.values():
        stamps = [at for at, _ in samples]
        assert stamps == sorted(stamps)
        assert stamps[-1] == makespan_ns, "no final sample at the makespan"
        assert len(samples) >= 2 or not makespan_ns
