"""Inference logs: one core, many cores, several runs."""

from __future__ import annotations

import pytest
from measured_support import ACCESS, banner, codes, errors, only, read_log

NAME = "/srv/build/Tests/Models/Detector"


def cores(*pairs: tuple[int, int]) -> str:
    return "".join(f"Runtime:  {c} cycles,  {i} instr\n" for c, i in pairs)


def test_one_core() -> None:
    m = only(banner(NAME) + "Runtime: 4711 cycles\n" + "Errors: 0 out of 64 \n")
    assert (m.name, m.part, m.cycles, m.calls) == (NAME, "", 4711, 1)
    assert dict(m.facts) == {"errors": 0, "compared": 64}
    assert not m.flags
    assert not m.notes


def test_many_cores_take_as_long_as_the_slowest() -> None:
    m = only(banner(NAME, "MemPool") + cores((480, 390), (500, 410), (470, 400)) + errors(0, 64))
    assert m.cycles == 500
    facts = dict(m.facts)
    assert (facts["cores"], facts["core_cycles"], facts["instructions"]) == (
        3,
        (480, 500, 470),
        1200,
    )
    assert m.notes == ("the slowest of 3 cores; the fastest took 470 cycles",)


def test_cores_of_two_runs_are_apart() -> None:
    one = cores((480, 390), (500, 410)) + errors(0, 64)
    found = read_log(banner(NAME) + one + one)
    assert [m.cycles for m in found.runs] == [500, 500]
    assert [codes(m) for m in found.runs] == [["DUPLICATE"]] * 2


def test_two_runs_without_a_banner_between() -> None:
    found = read_log("Runtime: 10 cycles\nErrors: 0 out of 2\nRuntime: 11 cycles\n")
    assert [(m.cycles, codes(m)) for m in found.runs] == [(10, ["DUPLICATE"]), (11, ["DUPLICATE"])]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (errors(2, 64), "2 errors out of 64"),
        (errors(0, 0), "nothing was compared"),
        (errors(5, 0), "5 errors out of 0"),
    ],
)
def test_failed_checks(lines: str, reason: str) -> None:
    m = only(banner(NAME) + "Runtime: 4711 cycles\n" + lines)
    assert codes(m) == ["FAILED-CHECK"]
    assert reason in m.flags[0].reason
    assert m.cycles == 4711


def test_errors_before_the_runtime() -> None:
    m = only(banner(NAME) + errors(1, 2) + "Runtime: 4711 cycles\n")
    assert codes(m) == ["FAILED-CHECK"]


def test_a_crash() -> None:
    assert codes(only(banner(NAME) + "Runtime: 4711 cycles\n" + ACCESS)) == ["CRASHED"]
    assert codes(only(banner(NAME) + ACCESS)) == ["CRASHED"]


def test_errors_without_a_runtime() -> None:
    m = only(banner(NAME) + errors(2, 9))
    assert codes(m) == ["FAILED-CHECK", "CRASHED"]
