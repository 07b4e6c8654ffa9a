"""Emulator logs: prefixes, colours, several runs, runs that did not complete."""

from __future__ import annotations

import pytest
from measured_support import DONE, MOVED, codes, only, read_log

from isa_analysis.diagnostics import InputError

SIZES = "machine mlen=64 vlen=64 hlen=16 blen=4\n"


def figures(text: str) -> list[tuple[object, ...]]:
    return [
        (m.cycles, m.read_bytes, m.written_bytes, [f.code for f in m.flags])
        for m in read_log(text).runs
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DONE.format("4711.000"), [(4711, None, None, [])]),
        (DONE.format("4711"), [(4711, None, None, [])]),
        (DONE.format("5.000") + MOVED.format(128, 64), [(5, 128, 64, [])]),
        (MOVED.format(128, 64) + DONE.format("5.000"), [(5, 128, 64, [])]),
        (SIZES + DONE.format("5.000") + MOVED.format(128, 64), [(5, 128, 64, [])]),
        (DONE.format(5) + MOVED.format(1, 2) + DONE.format(9) + MOVED.format(3, 4),
         [(5, 1, 2, ["STALE"]), (9, 3, 4, [])]),
        (MOVED.format(1, 2) + DONE.format(5) + MOVED.format(3, 4) + DONE.format(9),
         [(5, 1, 2, ["STALE"]), (9, 3, 4, [])]),
        (DONE.format(5) + MOVED.format(1, 2) + DONE.format(9),
         [(5, 1, 2, ["STALE"]), (9, None, None, [])]),
        (SIZES + DONE.format(5) + SIZES, [(5, None, None, ["STALE"]), (None, None, None,
                                                                       ["CRASHED"])]),
        (SIZES, [(None, None, None, ["CRASHED"])]),
        (SIZES + "thread 'main' panicked at src/run.rs:9:5:\n", [(None, None, None, ["CRASHED"])]),
        (SIZES + "error: run timed out after 60 s\n", [(None, None, None, ["TIMEOUT"])]),
        (DONE.format(5) + "thread 'main' panicked at src/run.rs:9:5:\n",
         [(5, None, None, ["CRASHED"])]),
        (MOVED.format(8, 8), [(None, 8, 8, ["CRASHED"])]),
    ],
)  # fmt: skip
def test_runs(text: str, expected: list[tuple[object, ...]]) -> None:
    assert figures(text) == expected


def test_colours_prefixes_and_carriage_returns() -> None:
    text = (
        "\x1b[2m2026-01-02T03:04:05Z\x1b[0m \x1b[32m INFO\x1b[0m emulator: start "
        "\x1b[3mmlen\x1b[0m\x1b[2m=\x1b[0m128 \x1b[3mvlen\x1b[0m\x1b[2m=\x1b[0m64 blen=4\r\n"
        "\x1b[2m2026-01-02T03:04:06Z\x1b[0m \x1b[1mSimulation\x1b[0m completed. "
        "Latency \x1b[1m77.000\x1b[0mns \r\n"
        "INFO HBM Statistics - Bytes read: 640 | Bytes written: 0 | Utilization: 1e7 bytes/sec\r\n"
    )
    m = only(text)
    assert (m.cycles, m.read_bytes, m.written_bytes, m.line) == (77, 640, 0, 2)
    assert m.settings == (("mlen", 128), ("vlen", 64), ("blen", 4))
    assert not m.flags


def test_a_line_that_a_progress_bar_overwrote() -> None:
    assert only("10 %\r50 %\r" + DONE.format("12.000")).cycles == 12


def test_log_records_as_json() -> None:
    text = '{"level":"INFO","fields":{"message":"Simulation completed. Latency 31.000ns"}}\n'
    assert only(text).cycles == 31
    assert [m.cycles for m in read_log(text + text).runs] == [31, 31]


def test_a_line_that_counts_the_cycles() -> None:
    m = only("Simulation completed. Latency 4711.000ns cycles 4711\n")
    assert (m.cycles, m.notes) == (4711, ())
    m = only("Simulation completed. Latency 1000.000ns cycles 500\n")
    assert (m.cycles, m.notes) == (
        500, ("500 cycles in 1,000 ns: the clock period is not 1 ns",)
    )  # fmt: skip
    assert only("Simulation completed. Latency 4.711e3ns\n").cycles == 4711


def test_the_format_is_named() -> None:
    found = read_log(DONE.format(5))
    assert (found.format, found.why) == ("emulator-log", "Simulation completed. Latency")


def test_a_mention_of_sizes_is_no_run() -> None:
    with pytest.raises(InputError) as caught:
        read_log("the machine has mlen=64\n")
    assert caught.value.diagnostics[0].code == "E230"
    assert "Simulation completed" in caught.value.diagnostics[0].hint


@pytest.mark.parametrize(
    "latency", ["0.000", "0", "9" * 40, "1e99", "1e1e1", "..", "1.2.3", "-5", "1e-9999"]
)
def test_impossible_latencies(latency: str) -> None:
    with pytest.raises(InputError) as caught:
        read_log("a line\n" + DONE.format(latency))
    [d] = caught.value.diagnostics
    assert (d.code, d.line) == ("E231", 2)


def test_the_reason_names_the_crash() -> None:
    m = only(SIZES + "thread 'main' panicked at core.rs:1:1:\n")
    assert codes(m) == ["CRASHED"]
    assert m.flags[0].reason == "thread 'main' panicked at core.rs:1:1: (line 2)"
