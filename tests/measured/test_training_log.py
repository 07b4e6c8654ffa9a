"""Training logs: totals over steps, checks, crashes, appended runs."""

from __future__ import annotations

import pytest
from measured_support import (
    ACCESS,
    banner,
    bench,
    codes,
    errors,
    loss,
    only,
    read_log,
    steps,
    training,
)

NAME = "/srv/build/Tests/Models/Training/Mixer/mixer_train"


def per_call(text: str | bytes) -> dict[str, object]:
    return {m.part: m.cycles for m in read_log(text).runs}


def test_totals_are_divided_by_the_calls_of_their_own_section() -> None:
    train, opt = read_log(training(NAME, 6_000, 80)).runs
    assert (train.name, train.part, train.total_cycles, train.calls) == (NAME, "train", 6_000, 6)
    assert (train.cycles, opt.cycles, opt.calls) == (1_000, 40, 2)
    assert dict(train.facts) == {"weight_bytes": 1_024, "errors": 0, "compared": 6}
    assert dict(train.settings) == {
        "platform": "Siracusa", "N_TRAIN_STEPS": 2, "N_ACCUM_STEPS": 3, "DATA_INPUTS": 1,
    }  # fmt: skip
    assert train.counter_bits == 32
    assert not train.flags
    assert not train.notes


def test_a_total_that_the_calls_do_not_divide() -> None:
    assert per_call(banner(NAME) + steps(2, 2) + bench(10, 3)) == {"train": 2.5, "optimizer": 1.5}


@pytest.mark.parametrize(
    ("settings", "expected", "note"),
    [
        ("", {"train": None, "optimizer": None}, "no N_TRAIN_STEPS"),
        ("N_TRAIN_STEPS=2\n", {"train": None, "optimizer": 40}, "no N_ACCUM_STEPS"),
        ("N_ACCUM_STEPS=2\n", {"train": None, "optimizer": None}, "no N_TRAIN_STEPS"),
        (steps(0, 1), {"train": None, "optimizer": None}, "N_TRAIN_STEPS is 0"),
        (steps(2, 3) + steps(4, 3), {"train": None, "optimizer": None}, "given twice, unlike"),
        (steps(2, 3) + steps(2, 3), {"train": 1_000, "optimizer": 40}, ""),
    ],
)
def test_no_cycles_per_call_without_the_steps(
    settings: str, expected: dict[str, object], note: str
) -> None:
    found = read_log(banner(NAME) + settings + errors() + bench())
    assert {m.part: m.cycles for m in found.runs} == expected
    assert [m.total_cycles for m in found.runs] == [6_000, 80]
    assert note in "".join(found.runs[0].notes)
    assert not (note and found.runs[0].usable)


def test_steps_of_another_section_do_not_count() -> None:
    found = read_log(training("/t/a/one") + banner("/t/a/two") + errors() + bench())
    assert [m.cycles for m in found.runs] == [1_000, 40, None, None]


def test_a_banner_without_a_result() -> None:
    m = only(banner(NAME))
    assert (m.name, m.cycles, codes(m)) == (NAME, None, ["CRASHED"])
    assert m.flags[0].reason == "the banner (line 1) is followed by no result"


def test_a_crash_is_quoted() -> None:
    m = only(banner(NAME) + steps() + ACCESS)
    assert codes(m) == ["CRASHED"]
    assert "Invalid access (pc: 0x1c00beef" in m.flags[0].reason
    assert "(line 3)" in m.flags[0].reason
    assert m.setting("N_TRAIN_STEPS") == 2


def test_a_crash_that_still_prints_cycles() -> None:
    found = read_log(banner(NAME) + steps() + ACCESS + errors() + bench())
    assert [codes(m) for m in found.runs] == [["CRASHED"]] * 2
    assert [m.total_cycles for m in found.runs] == [6_000, 80]
    assert not any(m.usable for m in found.runs)


def test_a_result_after_errors() -> None:
    found = read_log(banner(NAME) + steps() + loss(0, "1.5", "9.5") + errors(3, 6) + bench())
    assert [codes(m) for m in found.runs] == [["FAILED-CHECK"] * 2] * 2
    assert "3 errors out of 6 (line 4)" in [f.reason for f in found.runs[0].flags]
    assert found.runs[0].cycles == 1_000


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (errors(0, 0), "no errors, because nothing was compared (line 3)"),
        (loss(0, "nan") + errors(), "loss 0 is nan against 1.500000: nothing can be compared"),
        (loss(0, "1.5", "-inf") + errors(), "loss 0 is 1.5 against -inf: nothing can be"),
        (loss(0, "1.5", "oops") + errors(), "loss 0 is 1.5 against oops"),
        (loss(0, "1.511000") + errors(), "more than 0.010000 apart"),
    ],
)
def test_no_errors_where_nothing_was_compared(lines: str, reason: str) -> None:
    found = read_log(banner(NAME) + steps() + lines + bench())
    assert all(codes(m) == ["FAILED-CHECK"] for m in found.runs)
    assert reason in found.runs[0].flags[0].reason


def test_losses_within_their_tolerance() -> None:
    lines = loss(0, "1.510000") + loss(1, "1.490001") + errors()
    assert not read_log(banner(NAME) + steps() + lines + bench()).runs[0].flags


def test_errors_after_the_cycles() -> None:
    found = read_log(banner(NAME) + steps() + bench() + errors(1, 6))
    assert [codes(m) for m in found.runs] == [["FAILED-CHECK"]] * 2


def test_no_word_about_errors_is_noted() -> None:
    row = read_log(banner(NAME) + steps() + bench()).runs[0]
    assert row.usable
    assert row.notes == ("the log does not say whether results were checked",)


def test_one_banner_twice() -> None:
    found = read_log(training(NAME, 6_000, 80) + training(NAME, 12_000, 90))
    assert [m.total_cycles for m in found.runs] == [6_000, 80, 12_000, 90]
    assert all(codes(m) == ["DUPLICATE"] for m in found.runs)
    assert found.runs[0].flags[0].reason.endswith("has 2 results: line 4, line 8")


def test_two_results_below_one_banner() -> None:
    found = read_log(training(NAME) + bench(1, 1))
    assert [codes(m) for m in found.runs] == [["DUPLICATE"]] * 4


def test_an_old_result_before_a_crash() -> None:
    found = read_log(training(NAME) + banner(NAME) + ACCESS)
    assert [codes(m) for m in found.runs] == [["STALE"], ["STALE"], ["CRASHED"]]
    assert not any(m.usable for m in found.runs)


def test_a_crash_before_the_result_that_counts() -> None:
    found = read_log(banner(NAME) + ACCESS + training(NAME))
    assert [codes(m) for m in found.runs] == [["CRASHED"], [], []]


def test_names_with_one_base_name_are_two() -> None:
    found = read_log(training("/t/A/net_train") + training("/t/B/net_train"))
    assert not any(m.flags for m in found.runs)


def test_carriage_returns_and_colours() -> None:
    text = training(NAME).replace("\n", "  \r\n").replace("BENCH", "\x1b[32mBENCH\x1b[0m")
    assert per_call(text) == {"train": 1_000, "optimizer": 40}
    assert read_log(text).runs[0].name == NAME


def test_standard_error_inside_the_log() -> None:
    text = training(NAME).replace("BENCH", "warning: clock not stableBENCH")
    assert per_call(text) == {"train": 1_000, "optimizer": 40}


def test_a_result_that_another_program_wrote_into() -> None:
    text = banner(NAME) + steps() + "BENCH train_cycles=6000 optwarning: slow_cycles=80\n"
    train, opt = read_log(text).runs
    assert (train.cycles, codes(train)) == (1_000, [])
    assert (opt.cycles, codes(opt)) == (None, ["CRASHED"])
    assert "no readable opt_cycles" in opt.flags[0].reason


def test_counters_of_64_bits_in_two_halves() -> None:
    line = "BENCH train_cycles_hi=1 train_cycles_lo=2 opt_cycles_lo=80\n"
    train, opt = read_log(banner(NAME) + steps(1, 1) + errors() + line).runs
    assert (train.total_cycles, train.counter_bits) == ((1 << 32) + 2, 64)
    assert (opt.total_cycles, opt.counter_bits) == (80, 32)


def test_a_timeout_and_a_skip() -> None:
    found = read_log(
        banner("/t/a/slow") + steps() + "TIMEOUT after 600 s\n" + banner("/t/a/off")
        + "SKIPPED: not for this board\n"
    )  # fmt: skip
    assert [codes(m) for m in found.runs] == [["TIMEOUT"], ["SKIPPED"]]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("TIMEOUT\n", "TIMEOUT"),
        ("subprocess.TimeoutExpired: command\n", "TIMEOUT"),
        ("run timed out\n", "TIMEOUT"),
        ("Timeout after 600 s\n", "TIMEOUT"),
        ("using timeout 600\n", "CRASHED"),
        ("TIMEOUT=600\n", "CRASHED"),
        ("Skipping optional pass\n", "CRASHED"),
        ("Segmentation fault (core dumped)\nTIMEOUT\n", "CRASHED"),
    ],
)
def test_how_a_run_ended(line: str, code: str) -> None:
    assert codes(only(banner(NAME) + steps() + line)) == [code]


def test_a_log_without_a_banner() -> None:
    found = read_log(steps() + errors() + bench())
    assert [(m.name, m.cycles) for m in found.runs] == [("m.txt", 1_000), ("m.txt", 40)]
    assert codes(only(steps() + ACCESS)) == ["CRASHED"]


@pytest.mark.parametrize(
    "line",
    [
        "################## Testing\n",
        "####### Testing on Platform ###\n",
        "Testing nothing in particular\n",
        "##### Testing  ##########\n",
    ],
)
def test_banners_that_are_none_or_cut(line: str) -> None:
    found = read_log(line + steps() + errors() + bench())
    assert [m.cycles for m in found.runs] == [1_000, 40]


def test_a_name_with_on_and_platform_in_it() -> None:
    m = only(banner("/t/Testing on x/net on y", "Gap 9"))
    assert (m.name, m.setting("platform")) == ("/t/Testing on x/net on y", "Gap 9")


def test_very_long_lines_are_read_in_reasonable_time() -> None:
    text = "### Testing " + "a on " * 100_000 + "\n" + training(NAME) + "BENCH " * 100_000
    assert [m.cycles for m in read_log(text).runs if m.name == NAME][:2] == [1_000, 40]
