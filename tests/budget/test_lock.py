"""The lock: form, round trip, every kind of damage, every reason not to compare."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from budget_project import GROWN, PROGRAM, Project, make_project, snapshot_of_text
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.budget.lock import (
    EntryFacts,
    Lock,
    ToolFacts,
    differences,
    dump,
    parse_lock,
    present_tool,
    read_lock,
    tool_differences,
)
from isa_analysis.diagnostics import InputError

project = pytest.fixture(make_project)

FACTS = EntryFacts(
    "v80", "ab" * 32, ("machine.mlen=64",), "serial", "board", "auto", "cd" * 32, 400_000_000,
    {"blen": 4, "mlen": 64, "vlen": 64},
)  # fmt: skip


def _lock(*texts: str) -> Lock:
    programs = {("all", f"{i}.asm"): snapshot_of_text(text) for i, text in enumerate(texts)}
    programs = {key: replace(s, clock_hz=FACTS.clock_hz) for key, s in programs.items()}
    return Lock(ToolFacts("ef" * 32, 1, "0.1.0"), {"all": FACTS}, programs)


def test_round_trip() -> None:
    lock = _lock(PROGRAM, GROWN, "; empty\n")
    text = dump(lock)
    assert parse_lock(text.encode(), "l") == lock
    assert dump(parse_lock(text.encode(), "l")) == text


def test_an_empty_lock() -> None:
    lock = Lock(ToolFacts("a", 1, "0"), {}, {})
    assert parse_lock(dump(lock).encode(), "l") == lock


def test_one_kernel_a_line_sorted_and_integers_only() -> None:
    text = dump(_lock(PROGRAM))
    kernels = [line for line in text.splitlines() if line.startswith('   {"kernel"')]
    assert len(kernels) == 2
    assert kernels == sorted(kernels)

    def numbers(value: object) -> None:
        assert not isinstance(value, float)
        for inner in (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        ):
            numbers(inner)

    numbers(json.loads(text))


def test_a_change_of_one_kernel_changes_one_line() -> None:
    old, new = dump(_lock(PROGRAM)).splitlines(), dump(_lock(GROWN)).splitlines()
    assert len(old) == len(new)
    assert [a != b for a, b in zip(old, new, strict=True)].count(True) == 1


def test_read_lock(project: Project) -> None:
    assert read_lock("isa-budget.lock.json") is None
    project.write("isa-budget.lock.json", dump(_lock(PROGRAM)))
    assert read_lock("isa-budget.lock.json") == _lock(PROGRAM)


def _edited(change: Callable[[dict], object]) -> bytes:  # type: ignore[type-arg]
    value = json.loads(dump(_lock(PROGRAM)))
    change(value)
    return json.dumps(value).encode()


def _kernel(value: dict) -> dict:  # type: ignore[type-arg]
    return value["programs"][0]["kernels"][0]  # type: ignore[no-any-return]


DAMAGE: dict[str, bytes] = {
    "empty": b"",
    "not JSON": b"{",
    "not UTF-8": b"\xff\xfe",
    "a list": b"[]",
    "nested": b"[" * 100_000,
    "another format": _edited(lambda v: v.update(format="x")),
    "a key too many": _edited(lambda v: v.update(x=1)),
    "a key too few": _edited(lambda v: v.pop("entries")),
    "a key twice": dump(_lock(PROGRAM)).replace('{"kernel"', '{"calls": 1, "kernel"', 1).encode(),
    "a float": _edited(lambda v: _kernel(v).update(calls=1.0)),
    "a bool": _edited(lambda v: _kernel(v).update(calls=True)),
    "a negative": _edited(lambda v: _kernel(v).update(calls=-1)),
    "NaN": dump(_lock(PROGRAM)).replace('"calls": 1', '"calls": NaN').encode(),
    "a kernel twice": _edited(lambda v: v["programs"][0]["kernels"].append(_kernel(v))),
    "a program twice": _edited(lambda v: v["programs"].append(v["programs"][0])),
    "an unknown entry": _edited(lambda v: v["programs"][0].update(entry="x")),
    "a short opcode": _edited(lambda v: _kernel(v)["opcodes"].update(V_ADD_VV=[1, 2, 3])),
    "a short loop": _edited(lambda v: _kernel(v).update(loops=[[[1], 1]])),
    "no clock": _edited(lambda v: v["entries"]["all"].update(clock_hz=0)),
    "a text for a list": _edited(lambda v: v["entries"]["all"].update(overrides="x")),
}


@pytest.mark.parametrize("data", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_an_error(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        parse_lock(data, "isa-budget.lock.json")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.path) == ("E410", "isa-budget.lock.json")
    assert "isa-analysis update" in problem.hint


def test_merge_conflicts_are_recognised() -> None:
    lines = dump(_lock(PROGRAM)).splitlines()
    lines.insert(3, "<<<<<<< HEAD")
    with pytest.raises(InputError) as caught:
        parse_lock("\n".join(lines).encode(), "l")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.line) == ("E410", 4)
    assert "merge conflict" in problem.message


def test_a_newer_schema() -> None:
    with pytest.raises(InputError, match="E411"):
        parse_lock(_edited(lambda v: v.update(schema_version=2, news=[])), "l")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 255))
def test_no_byte_crashes_the_reader(place: int, byte: int) -> None:
    data = bytearray(dump(_lock(PROGRAM)).encode())
    data[place % len(data)] = byte
    with suppress(InputError):
        parse_lock(bytes(data), "l")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"board": "nexys_a7"}, "board: nexys_a7 in the lock, now v80"),
        ({"board_sha256": "00" * 32}, "board v80 changed: sha256 000000000000"),
        ({"overrides": ()}, "machine parameters (set): none in the lock, now machine.mlen=64"),
        ({"timing": "legacy"}, "timing: legacy in the lock, now serial"),
        ({"memory": "none"}, "memory: none in the lock, now board"),
        ({"isa": "plena"}, "isa: plena in the lock, now auto"),
        ({"kernel_rules_sha256": "00"}, "kernel-naming rules changed"),
        ({"clock_hz": 1}, "clock or machine parameters changed"),
        ({"parameters": {}}, "clock or machine parameters changed"),
    ],
)
def test_every_difference_of_conditions_is_named(change: dict[str, object], says: str) -> None:
    (reason,) = differences(replace(FACTS, **change), FACTS)  # type: ignore[arg-type]
    assert says in reason


def test_equal_conditions_do_not_differ() -> None:
    assert differences(FACTS, replace(FACTS)) == []


def test_only_the_model_makes_tools_differ() -> None:
    now = present_tool()
    assert tool_differences(replace(now, tool_version="99"), now) == []
    (table,) = tool_differences(replace(now, isa_table="00"), now)
    assert "instruction table changed" in table
    (model,) = tool_differences(replace(now, model_version=99), now)
    assert "cost model changed" in model
