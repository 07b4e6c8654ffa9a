"""The one measurement that was meant, and conditions to fail on."""

from __future__ import annotations

import pytest
from measured_support import ACCESS, DONE, banner, codes, errors, read_log, training

from isa_analysis.diagnostics import InputError
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.fail_on import FailOn, parse, reasons
from isa_analysis.measured.flags import RULES, flag
from isa_analysis.measured.join import join_by_name
from isa_analysis.measured.select import select


def test_the_whole_run_before_its_parts() -> None:
    rows = read_log('{"stages": {"a": {"wall_cycles": 5}, "b": {"wall_cycles": 6}}}').runs
    assert select(rows).cycles == 11
    assert select(rows, part="b").cycles == 6


def test_the_run_that_replaces_an_old_one() -> None:
    assert select(read_log(DONE.format(5) + DONE.format(9)).runs).cycles == 9


def test_names_and_parts_choose() -> None:
    rows = read_log(training("/t/A/net") + banner("/t/B/net") + "Runtime: 7 cycles\n").runs
    assert select(rows, "B/net").cycles == 7
    assert select(rows, "A/net", "optimizer").cycles == 40
    assert select(rows, "A/net").part == "train"  # the optimizer is another program
    assert select(rows).cycles == 7  # the only whole run
    for name, part in (("C/net", None), ("B/net", "x"), ("net", None)):
        with pytest.raises(InputError) as caught:
            select(rows, name, part)
        assert caught.value.diagnostics[0].code == "E621"
        assert "/t/A/net (train)" in caught.value.diagnostics[0].hint


def test_two_training_runs_are_two() -> None:
    with pytest.raises(InputError):
        select(read_log(training("/t/A/net") + training("/t/B/net")).runs)


def test_two_results_are_told_apart_by_their_flags() -> None:
    twice = (banner("/t/A/net") + "Runtime: 7 cycles\n") * 2
    assert codes(select(read_log(twice).runs)) == ["DUPLICATE"]
    retried = banner("/t/A/net") + ACCESS + banner("/t/A/net") + "Runtime: 7 cycles\n"
    assert select(read_log(retried).runs).cycles == 7


def test_nothing_to_select() -> None:
    with pytest.raises(InputError):
        select([])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], FailOn(frozenset(), None)),
        (["", " , "], FailOn(frozenset(), None)),
        (["CRASHED"], FailOn(frozenset({"CRASHED"}), None)),
        (["crashed, too-low"], FailOn(frozenset({"CRASHED", "TOO-LOW"}), None)),
        (["any"], FailOn(frozenset(RULES), None)),
        (["error>5"], FailOn(frozenset(), 5.0)),
        (["error > 2.5 %", "ERROR>7"], FailOn(frozenset(), 2.5)),
        (["error>0"], FailOn(frozenset(), 0.0)),
    ],
)
def test_conditions(texts: list[str], expected: FailOn) -> None:
    assert parse(texts) == expected


@pytest.mark.parametrize(
    "text", ["CRASH", "error", "error>", "error>-5", "error<5", "error>nan", "1"]
)
def test_conditions_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="is no flag"):
        parse([text])


def test_reasons() -> None:
    log = read_log(banner("/t/A/net") + "Runtime: 100 cycles\n" + errors(0, 1)
                   + banner("/t/B/net") + ACCESS)  # fmt: skip
    rows = join_by_name([log], [Estimate("A/net", "a", 94)]).rows
    assert reasons(parse(["error>6"]), rows) == []
    [why] = reasons(parse(["error>5.9"]), rows)
    assert why == "error of /t/A/net is -6.00 %, more than 5.9 %"
    assert len(reasons(parse(["CRASHED"]), rows)) == 1
    assert reasons(parse(["TIMEOUT"]), rows) == []
    [full] = reasons(parse(["any"]), [], [flag("WRAPPED", what="a", value=1, other="b")])
    assert full.startswith("WRAPPED: a: 1 and b")
    assert "no row could be compared" in reasons(parse(["error>5"]), rows[1:])[0]
