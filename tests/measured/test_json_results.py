"""Run statistics and stage profiles, version 1 and 2."""

from __future__ import annotations

import json
from typing import Any

import pytest
from measured_support import codes, only, read_log

from isa_analysis.diagnostics import Diagnostic, InputError


def stage(cycles: int, **more: Any) -> dict[str, Any]:
    """A stage of version 2."""
    return {
        "instructions": cycles // 2, "wall_cycles": cycles, "seconds": cycles * 1e-9,
        "instruction_fraction": 0.5, "time_fraction": 0.5, "cycle_fraction": 0.5,
        "logical_bytes_read": None, "logical_bytes_written": None,
        "physical_hbm_bytes_read": 64 * cycles, "physical_hbm_bytes_written": 0,
        "hbm_bytes_read": 64 * cycles, "hbm_bytes_written": 0,
        "resource_proxy_cycles": {
            "matrix": cycles - 30, "vector": 5, "scalar": 5, "dma": 15, "ramulator_proxy": 15,
            "other": 5,
        },
        **more,
    }  # fmt: skip


def profile(**more: Any) -> dict[str, Any]:
    return {
        "schema_version": 2, "total_simulation_cycles": 310,
        "stages": {"projection": stage(200), "other": stage(100)}, **more,
    }  # fmt: skip


def rows(data: Any) -> list[tuple[object, ...]]:
    return [
        (m.part, m.cycles, m.read_bytes, codes(m)) for m in read_log(json.dumps(data)).runs
    ]  # fmt: skip


def problems(text: str) -> list[Diagnostic]:
    with pytest.raises(InputError) as caught:
        read_log(text)
    return list(caught.value.diagnostics)


def test_statistics() -> None:
    data = {"sim_latency_ns": 70.0, "hbm_bytes_read": 128, "hbm_bytes_written": 64,
            "return_code": 0, "mlen": 64}  # fmt: skip
    m = only(json.dumps(data))
    assert (m.cycles, m.read_bytes, m.written_bytes, m.settings) == (70, 128, 64, (("mlen", 64),))
    assert not m.flags


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"sim_latency_ns": 70, "return_code": 1}, (70, ["CRASHED"])),
        ({"sim_latency_ns": None, "return_code": 134}, (None, ["CRASHED"])),
        ({"return_code": -9}, (None, ["CRASHED"])),
        ({"return_code": 124}, (None, ["TIMEOUT"])),
        ({"sim_latency_ns": "70.000"}, (70, [])),
        ({"sim_latency_ns": 70, "hbm_bytes_read": None}, (70, [])),
    ],
)
def test_failed_runs(data: dict[str, Any], expected: tuple[object, ...]) -> None:
    m = only(json.dumps(data))
    assert (m.cycles, codes(m)) == expected


def test_version_2() -> None:
    assert rows(profile()) == [
        ("", 310, 19_200, []), ("projection", 200, 12_800, []), ("other", 100, 6_400, []),
    ]  # fmt: skip
    whole, first, _ = read_log(json.dumps(profile())).runs
    assert whole.notes == ("10 cycles are in no stage",)
    facts = dict(first.facts)
    assert (facts["dma_cycles"], facts["ramulator_proxy_cycles"]) == (15, 15)


def test_version_1_has_seconds_only() -> None:
    entry = {"instructions": 5, "seconds": 2.5e-8, "instruction_fraction": 1.0,
             "time_fraction": 1.0, "hbm_bytes_read": 64, "hbm_bytes_written": 0}  # fmt: skip
    data = {"schema_version": 1, "stages": {"gather": entry, "other": {**entry, "seconds": 0.0}}}
    assert rows(data) == [("", 25, 128, []), ("gather", 25, 64, []), ("other", 0, 64, [])]
    del data["schema_version"]
    assert rows(data)[0] == ("", 25, 128, [])


@pytest.mark.parametrize(
    ("change", "flagged"),
    [
        ({"total_simulation_cycles": None}, []),
        ({"total_simulation_cycles": None, "total_profiled_cycles": 300}, []),
        ({"total_simulation_cycles": 299}, [""]),
        ({"stages": {"a": stage(100, wall_cycles=101)}}, ["a"]),
        ({"stages": {"a": stage(100, resource_proxy_cycles={"dma": 3, "ramulator_proxy": 4})}},
         ["a"]),
        ({"stages": {"a": stage(100, wall_cycles=None)}}, []),
        ({"stages": {"a": stage(100, wall_cycles=None, seconds=None)}}, ["", "a"]),
        ({"stages": {"a": stage(100, physical_hbm_bytes_read=None)}}, []),
    ],
)  # fmt: skip
def test_sums_that_hold_or_not(change: dict[str, Any], flagged: list[str]) -> None:
    data = profile()
    data.pop("total_simulation_cycles")
    data.update(change)
    assert [row[0] for row in rows(data) if row[3]] == flagged


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "E230"),
        ("{}", "E230"),
        ('{"a": 1}', "E230"),
        ('{"sim_latency_ns": 5, "sim_latency_ns": 6}', "E230"),
        ('{"sim_latency_ns": 5} {', "E230"),
        ('{"sim_latency_ns": 0}', "E231"),
        ('{"sim_latency_ns": []}', "E231"),
        ('{"sim_latency_ns": 5, "return_code": "0"}', "E231"),
        ('{"sim_latency_ns": 5, "hbm_bytes_written": true}', "E231"),
        ('{"sim_latency_ns": 1' + "0" * 5000 + "}", "E230"),
        ('{"stages": []}', "E230"),
        ('{"stages": {}}', "E230"),
        ('{"stages": {"a": 5}}', "E231"),
        ('{"stages": {"a": {}}, "schema_version": 3}', "E230"),
        ('{"stages": {"a": {}}, "schema_version": true}', "E230"),
        ('{"stages": {"a": {"seconds": NaN}}}', "E231"),
        ('{"stages": {"a": {"seconds": -1}}}', "E231"),
        ('{"stages": {"a": {"seconds": 1e300}}}', "E231"),
        ('{"stages": {"a": {"wall_cycles": 1.5}}}', "E231"),
        ('{"stages": {"a": {"wall_cycles": "5"}}}', "E231"),
        ('{"stages": {"a": {"instructions": -5}}}', "E231"),
        ('{"stages": {"a": {}}, "total_simulation_cycles": {}}', "E231"),
    ],
)
def test_malformed(text: str, code: str) -> None:
    assert {d.code for d in problems(text)} == {code}


def test_all_impossible_values_are_named_and_located() -> None:
    text = '{"stages": {\n "a": {"wall_cycles": -1},\n "b": {"wall_cycles": -2}}}\n'
    found = problems(text)
    assert [(d.line, d.column) for d in found] == [(2, 23), (3, 23)]
    assert "stages.a.wall_cycles is the number -1" in found[0].message


def test_a_number_is_missing_where_there_is_none() -> None:
    assert rows({"stages": {"a": {}}}) == [
        ("", None, None, ["MISSING"]), ("a", None, None, ["MISSING"]),
    ]  # fmt: skip
