"""Numbers as sentences say them."""

from __future__ import annotations

from isa_analysis.report import words


def test_percent() -> None:
    assert [words.percent(p, 1000) for p in (0, 0.1, 1, 34.4, 344, 996, 1000)] == [
        "0 %", "under 0.1 %", "0.1 %", "3.4 %", "34 %", "99.6 %", "100 %",
    ]  # fmt: skip
    assert words.percent(1, 0) == "0 %"


def test_units() -> None:
    assert [words.time(s) for s in (2e-9, 2.5e-6, 0.0631, 1.5)] == [
        "2 ns", "2.5 us", "63.1 ms", "1.5 s",
    ]  # fmt: skip
    assert [words.size(n) for n in (12, 2048, 9 << 20, 32 << 30, 5000 << 30)] == [
        "12 B", "2 KiB", "9 MiB", "32 GiB", "5,000 GiB",
    ]  # fmt: skip
    assert [words.rate(n) for n in (4.75e6, 1e9, 819.2e9, 5e3)] == [
        "4.75 MB/s", "1 GB/s", "819.2 GB/s", "5 kB/s",
    ]  # fmt: skip


def test_words() -> None:
    assert words.count(1, "loop") == "1 loop"
    assert words.count(2300, "entry", "entries") == "2,300 entries"
    assert [words.listed(["a", "b", "c"][:n]) for n in range(4)] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert words.times(1.804) == "1.8 times"
