"""Levels: bits, versions, coercions."""

from __future__ import annotations

import pytest

from isa_analysis.timeline.levels import (
    LIFECYCLE,
    PHASES,
    SPANS,
    Level,
    bits_of,
    level_of,
    level_of_bits,
    level_of_version,
    parse_level,
    version_of,
)


def test_bits() -> None:
    assert (SPANS, LIFECYCLE, PHASES) == (1, 2, 4)
    assert [bits_of(level) for level in range(4)] == [0, 1, 3, 7]


@pytest.mark.parametrize(
    ("bits", "level"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 3), (7, 3)]
)
def test_bits_imply_those_below(bits: int, level: int) -> None:
    assert level_of_bits(bits) == level


@pytest.mark.parametrize("bits", [8, -1, 9])
def test_unknown_bits(bits: int) -> None:
    with pytest.raises(ValueError, match="bits"):
        level_of_bits(bits)


def test_bool_before_int() -> None:
    assert level_of(True) == 3
    assert level_of(False) == 0
    assert [level_of(n) for n in range(4)] == [0, 1, 2, 3]


@pytest.mark.parametrize("value", [-1, 4, 1 << 70])
def test_no_clamping(value: int) -> None:
    with pytest.raises(ValueError, match=r"0 \(no timeline\).*1 \(spans.*2 \(.*3 \("):
        level_of(value)


@pytest.mark.parametrize("value", ["2", 2.0, None])
def test_other_types(value: object) -> None:
    with pytest.raises(TypeError, match="int or a bool"):
        level_of(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["0", "1", "2", "3"])
def test_spelt(text: str) -> None:
    assert parse_level(text) == int(text)


@pytest.mark.parametrize(
    "text", ["", "4", "-1", "03", "3.0", "1e0", "true", "True", " 2", "two", "12", "01", "\u0662"]
)
def test_spelt_wrong(text: str) -> None:
    with pytest.raises(ValueError, match="no timeline level"):
        parse_level(text)


def test_version_is_one_less() -> None:
    assert [version_of(level) for level in (1, 2, 3)] == [0, 1, 2]
    assert [level_of_version(version) for version in (0, 1, 2)] == [1, 2, 3]
    with pytest.raises(ValueError, match="level 0"):
        version_of(0)


@pytest.mark.parametrize("version", [3, -1, True, False])
def test_unknown_version(version: int) -> None:
    with pytest.raises(ValueError, match="version"):
        level_of_version(version)


def test_has() -> None:
    assert Level(3, 2, "why").has(LIFECYCLE)
    assert not Level(3, 2, "why").has(PHASES)
