"""Size and bandwidth texts."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.diagnostics import InputError
from isa_analysis.manifest import parse_bandwidth, parse_size
from isa_analysis.manifest.sizes import bandwidth_text, size_text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("512M", 536870912),
        ("512MiB", 536870912),
        ("512Mi", 536870912),
        ("512MB", 536870912),
        ("256Mi", 268435456),
        ("1G", 1 << 30),
        ("1GiB", 1 << 30),
        ("2T", 2 << 40),
        ("16k", 16384),
        ("16 KiB", 16384),
        ("536870912", 536870912),
        ("64B", 64),
        (" 7 ", 7),
        ("1.5K", 1536),
        ("0.5M", 524288),
        ("1", 1),
    ],
)
def test_sizes_are_binary(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text",
    [
        "0", "0M", "0.0G", "-1", "-512M", "", " ", "M", "512X", "512MiBs", "5 12M", "1e9", "0x10",
        "1_000", "1,000", "nan", "inf", "1.5", "0.1K", "١٢", "512M;", "+5", "½", "1..5M", "9" * 40,
    ],
)  # fmt: skip
def test_other_size_texts_are_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_size(text, "--capacity")
    assert [d.code for d in caught.value.diagnostics] == ["E700"]
    assert caught.value.diagnostics[0].path == "--capacity"


def test_negative_and_zero_say_so() -> None:
    with pytest.raises(InputError, match="negative"):
        parse_size("-512M")
    with pytest.raises(InputError, match="at least 1 byte"):
        parse_size("0")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("38e6", 38_000_000),
        ("38000000", 38_000_000),
        ("38MB/s", 38_000_000),
        ("38 MB/s", 38_000_000),
        ("38mbps", 38_000_000),
        ("38M", 38_000_000),
        ("1.5GB/s", 1_500_000_000),
        ("1.6e9", 1_600_000_000),
        ("1MiB/s", 1_048_576),
        ("4.75e6", 4_750_000),
        ("0.5", Fraction(1, 2)),
    ],
)
def test_bandwidths_are_decimal_unless_they_say_binary(text: str, rate: Fraction) -> None:
    assert parse_bandwidth(text) == rate


@pytest.mark.parametrize(
    "text", ["0", "0.0", "0MB/s", "-1", "-38MB/s", "", "fast", "38MB/h", "1e-3", "1e999", "nan"]
)
def test_other_bandwidths_are_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_bandwidth(text, "--host-bandwidth")
    assert [d.code for d in caught.value.diagnostics] == ["E701"]


@given(st.integers(1, 1 << 60))
def test_plain_bytes_and_binary_units_agree(size: int) -> None:
    assert parse_size(str(size)) == size
    assert parse_size(f"{size}K") == parse_size(f"{size}KiB") == 1024 * size


@given(st.text(max_size=12))
def test_any_text_is_a_size_or_an_input_error(text: str) -> None:
    for parse in (parse_size, parse_bandwidth):
        with contextlib.suppress(InputError):
            assert parse(text) > 0


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1000, "1,000 bytes"),
        (1 << 20, "1 MiB"),
        (119_439_360, "113.9 MiB (119,439,360 bytes)"),
        (32 << 30, "32 GiB"),
    ],
)
def test_size_text(size: int, text: str) -> None:
    assert size_text(size) == text


def test_bandwidth_text() -> None:
    assert bandwidth_text(Fraction(38_000_000)) == "38 MB/s"
    assert bandwidth_text(Fraction(1_500_000_000)) == "1.5 GB/s"
    assert bandwidth_text(Fraction(7)) == "7 bytes/s"
