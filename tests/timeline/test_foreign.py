"""Foreign timelines: known answers, and every kind of mistake at its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from timeline.timelines import FOREIGN, TASK_0, V0, V1, V2, changed, check_trace, read

from isa_analysis.diagnostics import InputError
from isa_analysis.timeline import read_timeline
from isa_analysis.timeline.validate import validate
from isa_analysis.views import timeline_perfetto, timeline_tables


def test_version_0() -> None:
    t = read(V0)
    assert (t.level.effective, t.estimated, t.meta.foreign_version) == (1, False, 0)
    assert t.meta.engines == ("aic core 0", "aiv core 24")
    assert t.kernels == ("func 0", "func 3")
    assert [(s.start, s.end, s.busy, s.ref) for s in t.spans] == [
        (1500, 11500, 10000, 7),
        (14000, 20250, 6250, 9),
    ]
    assert t.spans[0].dispatch is t.spans[0].finish is t.edges is t.phases is None
    assert t.counters is t.path is t.samples is None


def test_version_1() -> None:
    t = read(V1)
    assert t.level.effective == 2
    assert [(s.dispatch, s.finish) for s in t.spans] == [(500, 12000), (13000, 21000)]
    assert [tuple(e) for e in t.edges or ()] == [(0, 1, "fanout")]
    assert t.phases is None


def test_version_2() -> None:
    t = read(V2)
    assert t.level.effective == 3
    assert [tuple(p) for p in t.phases or ()] == [
        ("scheduler 0", "dispatch", 100, 400, 300, 3, 1, None),
        ("orchestrator thread 1", "orch_fanin", 1200, 1600, 400, 0, None, 7),
        ("orchestrator", "orchestrator", 0, 4000, 4000, None, 2, None),
    ]
    assert t.meta.core_to_thread == (0, 1)
    assert t.totals is not None
    assert t.totals.phases == {"sync": 200, "alloc": 400}


def test_table_of_version_0_has_dashes() -> None:
    table = timeline_tables.function_table(read(V0))
    assert table.rows == (
        ("func 0", 1, 10.0, None, None, None, None),
        ("func 3", 1, 6.25, None, None, None, None),
        ("TOTAL", 2, 8.125, None, None, None, None),
    )
    assert table.note == "Total test time: -"


def test_table_by_hand() -> None:
    # func 0: latency 12 - 0.5, head 1.5 - 0.5, tail 12 - 11.5; func 3: 8, 1, 0.75
    table = timeline_tables.function_table(read(V1))
    assert table.rows[0] == ("func 0", 1, 10.0, 11.5, 100 * 10 / 11.5, 1.0, 0.5)
    assert table.rows[1] == ("func 3", 1, 6.25, 8.0, 100 * 6.25 / 8, 1.0, 0.75)
    assert table.rows[2] == ("TOTAL", 2, 8.125, 9.75, 100 * 16.25 / 19.5, 1.0, 0.625)
    assert table.note == "Total test time: 20.500 us"


def test_functions_are_averaged() -> None:
    tasks = [*V1["tasks"], {**V1["tasks"][0], "task_id": 11, "end_time_us": 5.5,
                            "duration_us": 4.0, "core_id": 1}]  # fmt: skip
    table = timeline_tables.function_table(read({**V1, "tasks": tasks}))
    assert table.rows[0][:4] == ("func 0", 2, 7.0, 11.5)


def test_the_three_minimal_files_of_the_wild() -> None:
    t = read('{"version":0,"tasks":[{"task_id":0,"func_id":0,"core_id":0,"core_type":"aic",'
             '"ring_id":0,"start_time_us":0.0,"end_time_us":12.5,'
             '"duration_us":12.5}]}')  # fmt: skip
    assert t.extent.cycles == 12500


@pytest.mark.parametrize("document", FOREIGN)
def test_they_agree_with_themselves_and_export(document: dict[str, Any]) -> None:
    t = read(document)
    assert validate(t, "t.json") == ()
    for chrome in (False, True):
        counts = check_trace("".join(timeline_perfetto.render(t, chrome)))
        assert counts["X"] == {0: 2, 1: 4, 2: 7}[document["version"]]
        assert counts.get("s", 0) == (document["version"] > 0)


def test_picoseconds_where_nanoseconds_do_not_do() -> None:
    t = read(changed(V0, ("tasks", 0, "start_time_us"), 1.50025))
    assert t.meta.clock_hz == 10**12
    assert t.spans[0].start == 1_500_250


def test_integers_are_numbers() -> None:
    t = read(changed(V0, ("tasks", 0, "start_time_us"), 2))
    assert t.spans[0].start == 2000


def test_tasks_that_overlap_on_a_core_are_busy_once() -> None:
    t = read({"version": 0, "tasks": [TASK_0, {**TASK_0, "task_id": 8, "start_time_us": 6.5,
                                    "end_time_us": 12.5, "duration_us": 6.0}]})  # fmt: skip
    assert t.totals is not None
    assert t.totals.engines is not None
    assert (t.totals.engines[0].busy, t.totals.engines[0].idle) == (11000, 1500)
    check_trace("".join(timeline_perfetto.render(t)))


def codes(document: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(document)
    assert all(d.path == "t.json" for d in caught.value.diagnostics)
    return [d.code for d in caught.value.diagnostics]


@pytest.mark.parametrize("version", [3, -1, 1.0, "1", None, True, False, [0]])
def test_unknown_versions(version: object) -> None:
    assert codes({**V1, "version": version}) == ["E510"]


def test_empty_tasks_are_refused() -> None:
    for document in FOREIGN:
        assert codes({**document, "tasks": []}) == ["E517"]


@pytest.mark.parametrize("value", [None, {}, "tasks", 3])
def test_tasks_must_be_a_list(value: object) -> None:
    assert codes({**V0, "tasks": value}) == ["E512"]


def test_missing_version_and_tasks() -> None:
    assert codes({"tasks": V0["tasks"]})
    assert "E513" in codes({"version": 0})


@pytest.mark.parametrize("key", list(TASK_0))
def test_every_key_is_needed_and_typed(key: str) -> None:
    assert codes(changed(V0, ("tasks", 1, key), ...))[0] == "E513"
    for value in (None, [], {}, True, *(["x"] if key != "core_type" else [5])):
        assert set(codes(changed(V0, ("tasks", 1, key), value))) <= {"E512", "E515"}


@pytest.mark.parametrize("key", ["dispatch_time_us", "finish_time_us", "fanout", "fanout_count"])
def test_version_1_needs_its_keys(key: str) -> None:
    assert "E513" in codes(changed(V1, ("tasks", 0, key), ...))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("tasks", 0), []),
        (("tasks", 0, "start_time_us"), -1.0),
        (("tasks", 0, "end_time_us"), 1e300),
        (("tasks", 0, "end_time_us"), 1.0),
        (("tasks", 0, "finish_time_us"), 0.25),
        (("tasks", 0, "fanout"), [9.0]),
        (("tasks", 0, "fanout"), [-1]),
        (("tasks", 0, "fanout"), 9),
        (("tasks", 0, "task_id"), 1.0),
        (("core_to_thread",), [0, "1"]),
        (("core_to_thread",), {}),
        (("aicpu_scheduler_phases",), {}),
        (("aicpu_scheduler_phases", 0), {}),
        (("aicpu_scheduler_phases", 0, 0, "phase"), 1),
        (("aicpu_scheduler_phases", 0, 0, "loop_iter"), 1.5),
        (("aicpu_scheduler_phases", 0, 0, "end_time_us"), 0.0),
        (("aicpu_orchestrator_phases", 1, 0, "submit_idx"), None),
        (("aicpu_orchestrator", "phase_us"), [1]),
        (("aicpu_orchestrator", "phase_us", "sync"), "1"),
        (("aicpu_orchestrator", "submit_count"), -1),
    ],
)
def test_mistakes(path: tuple[Any, ...], value: object) -> None:
    found = set(codes(changed(V2, path, value)))
    assert found
    assert found <= {"E512", "E513", "E515"}


def test_problems_are_located_and_all_found() -> None:
    text = json.dumps(V1, indent=1).replace('"func_id": 3', '"func_id": "x"')
    text = text.replace('"core_id": 0', '"core_id": null')
    with pytest.raises(InputError) as caught:
        read(text)
    lines = text.splitlines()
    found = [(d.line, d.column) for d in caught.value.diagnostics]
    wanted = [
        (i, line.index(word) + len(word) + 1)
        for i, line in enumerate(lines, 1)
        for word in ('"core_id": ', '"func_id": ')
        if line.endswith(('"func_id": "x",', '"core_id": null,')) and word in line
    ]
    assert found == wanted
    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    ["", "[", '{"version": 0, "version": 1, "tasks": []}',
     "[" * 100_000, "\x00",
     '{"version": 0, "tasks": [' + "9" * 5000 + "]}"],
)  # fmt: skip
def test_broken_json(text: str) -> None:
    assert codes(text) == ["E100"]


@pytest.mark.parametrize("text", ["[]", "3", "null", "{}", '{"format": "x"}', '{"format": 3}'])
def test_no_timeline(text: str) -> None:
    assert codes(text) == ["E510"]


def warnings(document: Any) -> list[tuple[str, str]]:
    _, found = read_timeline(json.dumps(document).encode(), "t.json")
    assert all(d.severity == "warning" for d in found)
    return [(d.code, d.message) for d in found]


def test_warnings() -> None:
    assert warnings(V2) == []
    assert warnings({**V0, "fancy": 1})[0][0] == "W512"
    assert warnings(changed(V0, ("tasks", 0, "dispatch_time_us"), 1.0))[0][0] == "W512"
    assert warnings(changed(V1, ("tasks", 0, "fanout"), [9, 77]))[0][0] == "W510"
    assert warnings(changed(V1, ("tasks", 0, "duration_us"), 1.0))[0][0] == "W511"
    assert warnings(changed(V1, ("tasks", 0, "dispatch_time_us"), 3.0))[0][0] == "W513"
    assert warnings(changed(V1, ("tasks", 0, "fanout_count"), 4))[0][0] == "W514"
    many = {**V0, "tasks": [{**TASK_0, "colour": 1, "task_id": i} for i in range(5)]}
    assert warnings(many) == [
        ("W512", "key 'colour' of tasks is not part of version 0: not read (5 times; the first "
         "is here)")
    ]  # fmt: skip


def test_a_fanout_to_nowhere_is_accounted_for() -> None:
    t = read(changed(changed(V1, ("tasks", 0, "fanout"), [9, 77]), ("tasks", 0, "fanout_count"), 2))
    a = t.accounting
    assert (a.edges_total, a.edges_shown, a.edges_dropped) == (2, 1, 1)


def test_a_task_in_its_own_fanout() -> None:
    document = changed(V1, ("tasks", 0, "fanout"), [7])
    assert [code for code, _ in warnings(document)] == ["W510"]
    t = read(document)
    assert t.edges == ()
    assert (t.accounting.edges_total, t.accounting.edges_dropped) == (1, 1)


def test_version_2_without_phases_is_level_2() -> None:
    document = {key: value for key, value in V2.items() if "aicpu" not in key}
    t = read(document)
    assert (t.level.requested, t.level.effective) == (3, 2)
    assert "no phases" in t.level.reason
    assert t.phases is None
    assert [code for code, _ in warnings(document)] == ["W515"] * 3


def test_hostile_names_stay_text() -> None:
    t = read(changed(V0, ("tasks", 0, "core_type"), '<script>|`"\n'))
    check_trace("".join(timeline_perfetto.render(t)))
    assert "\n" not in timeline_tables.engine_table(t).rows[0][0]
