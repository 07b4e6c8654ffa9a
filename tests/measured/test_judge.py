"""Impossible values, counters that wrapped, and other reasons not to trust a row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.measured.averages import Mean, error_percent, geometric_mean
from isa_analysis.measured.estimates import Estimate, Occupancy
from isa_analysis.measured.flags import RULES, Flag, flag, usable
from isa_analysis.measured.judge import judge, unwrapped
from isa_analysis.measured.model import Measurement

ESTIMATE = Estimate("net", "net.asm", 10_000, lower_bound_cycles=6_000, engine="matrix")
WRAP = 1 << 32


def row(total: int | None, calls: int | None = 1, bits: int | None = None) -> Measurement:
    return Measurement("net", "", "m.log", 1, "emulator-log", total, calls, bits)


def found(m: Measurement, estimate: Estimate = ESTIMATE) -> list[str]:
    return [f.code for f in judge(m, estimate)]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (528, ["TOO-LOW"]),
        (5_999, ["TOO-LOW"]),
        (6_000, []),
        (10_000, []),
        (100_000, []),
        (100_001, ["TOO-HIGH"]),
        (0, ["TOO-LOW"]),
    ],
)
def test_bounds(total: int, expected: list[str]) -> None:
    assert found(row(total)) == expected
    assert found(row(total * 7, 7)) == expected


def test_reasons_have_the_numbers() -> None:
    [low] = judge(row(528), ESTIMATE)
    assert low.reason == "528 cycles are below the 6,000 of the matrix engine, the least possible"
    [high] = judge(row(200_000), ESTIMATE, factor=2)
    assert high.reason.startswith("200,000 cycles are more than 2 times the 10,000 of")


def test_nothing_to_judge() -> None:
    assert found(row(None)) == []
    assert found(row(528, None)) == []
    assert found(row(528), replace(ESTIMATE, lower_bound_cycles=None)) == []


def test_a_counter_that_wrapped() -> None:
    big = replace(ESTIMATE, cycles=3 * WRAP, lower_bound_cycles=2 * WRAP)
    m = row(1_000_000, 1, 32)
    [wrapped] = judge(m, big)
    assert wrapped.code == "WRAPPED"
    assert unwrapped(m, big) == 3 * WRAP + 1_000_000
    assert f"{3 * WRAP + 1_000_000:,}" in wrapped.reason
    assert found(row(1_000_000), big) == ["TOO-LOW"]  # no counter of 32 bits is known


def test_equal_modulo_2_to_the_32() -> None:
    big = replace(ESTIMATE, cycles=WRAP + 7_000)
    assert found(row(7_000), big) == ["WRAPPED"]
    assert found(row(7_001), big) == []
    assert found(row(2 * 7_000, 2), big) == ["WRAPPED"]


@settings(max_examples=100)
@given(st.integers(1, 10**12), st.integers(1, 50), st.integers(1, 3))
def test_every_wrapped_total_is_found(cycles: int, calls: int, slack: int) -> None:
    """An exact measurement in a counter of 32 bits: WRAPPED exactly when it did not fit."""
    estimate = Estimate("net", "", cycles, lower_bound_cycles=cycles // slack, engine="matrix")
    flags = found(row(cycles * calls % WRAP, calls, 32), estimate)
    assert flags == (["WRAPPED"] if cycles * calls >= WRAP else [])
    assert unwrapped(row(cycles * calls % WRAP, calls, 32), estimate) == cycles * calls


def test_another_machine() -> None:
    estimate = replace(ESTIMATE, machine=(("mlen", 64), ("blen", 4)))
    m = replace(row(10_000), settings=(("mlen", 128), ("vlen", 64), ("blen", 4)))
    [differs] = judge(m, estimate)
    assert (differs.code, differs.reason) == (
        "CONFIG-DIFFERS", "mlen of net is 128 here and 64 (estimate) elsewhere",
    )  # fmt: skip


def test_unknown_opcodes_and_memories_that_do_not_fit() -> None:
    estimate = replace(
        ESTIMATE,
        unknown_opcodes=12,
        occupancy=(Occupancy("vsram", 200, 100), Occupancy("hbm", 1, 2)),
    )
    assert found(row(10_000), estimate) == ["UNKNOWN-OPCODE", "DOES-NOT-FIT"]


def test_flags_of_the_log_stay() -> None:
    m = replace(row(528), flags=(flag("STALE", what="old"),))
    assert found(m) == ["STALE", "TOO-LOW"]


# -- the table of flags ---------------------------------------------------------------------------


def test_the_codes() -> None:
    assert list(RULES) == [
        "TOO-LOW", "TOO-HIGH", "WRAPPED", "IDENTICAL", "REORDERED", "INPUT-CHANGED", "MISSING",
        "SKIPPED", "CRASHED", "FAILED-CHECK", "TIMEOUT", "STEPS-DIFFER", "CONFIG-DIFFERS", "STALE",
        "DUPLICATE", "DOES-NOT-FIT", "UNKNOWN-OPCODE",
    ]  # fmt: skip
    assert all(rule.leaves_averages and rule.summary for rule in RULES.values())


@pytest.mark.parametrize("code", list(RULES))
def test_every_flag_has_a_reason_and_leaves_the_means(code: str) -> None:
    details = {"measured": 1, "bound": 2, "factor": 3.0, "value": 4, "count": 5,
               "what": "it", "other": "that", "places": "here"}  # fmt: skip
    made = flag(code, **details)
    assert made.code == code
    assert made.reason
    assert "{" not in made.reason
    assert not usable([made])


def test_unknown_codes_and_missing_details() -> None:
    with pytest.raises(KeyError):
        flag("NONE", what="it")
    with pytest.raises(KeyError):
        flag("TOO-LOW", what="it")


def test_flags_sort() -> None:
    assert sorted([Flag("B", "x"), Flag("A", "y")])[0].code == "A"


# -- means ----------------------------------------------------------------------------------------


def test_errors() -> None:
    assert error_percent(110, 100) == pytest.approx(10.0)
    assert error_percent(90, 100) == pytest.approx(-10.0)
    assert error_percent(None, 100) is None
    assert error_percent(100, None) is None
    assert error_percent(100, 0) is None


def test_geometric_means() -> None:
    mean = geometric_mean([2.0, 0.5, None, 8.0])
    assert mean.value == pytest.approx(2.0)
    assert (mean.n_of_m, mean.percent) == ("3 of 4", pytest.approx(100.0))
    assert geometric_mean([]) == Mean(None, 0, 0)
    assert geometric_mean([None]) == Mean(None, 0, 1)
    assert Mean(None, 0, 1).percent is None


@settings(max_examples=100)
@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=9))
def test_a_geometric_mean_is_that_of_the_reciprocals_turned_over(ratios: list[float]) -> None:
    mean, turned = geometric_mean(ratios), geometric_mean(1 / r for r in ratios)
    assert mean.value is not None
    assert turned.value is not None
    assert mean.value == pytest.approx(1 / turned.value)
    assert min(ratios) * 0.999 <= mean.value <= max(ratios) * 1.001
