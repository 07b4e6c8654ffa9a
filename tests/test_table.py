from __future__ import annotations

import csv
import io

import pytest

from isa_analysis.table import Column, Table, one_line, render_csv, render_text, share, shown

COLUMNS = (Column("name", "name"), Column("n", "count", "count"), Column("p", "%", "percent"))
TABLE = Table("Things", COLUMNS, (("a", 1234567, 12.34), ("bb", 5, None)), "A note.")


def test_text() -> None:
    assert render_text(TABLE) == (
        "Things\n"
        "name        count       %\n"
        "------  ---------  ------\n"
        "a       1,234,567  12.3 %\n"
        "bb              5       -\n"
        "A note."
    )


def test_an_empty_table() -> None:
    assert render_text(Table("Things", COLUMNS, ())) == "Things\n  none"


@pytest.mark.parametrize("text", ["007", "1e5", "  x", "0x10", "-", "nan", "1,5", "|", "é→"])
def test_text_cells_are_not_taken_for_numbers(text: str) -> None:
    assert text.strip() in render_text(Table("t", COLUMNS[:1], ((text,),))).splitlines()[-1]


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, "count", "-"),
        ("~1.50", "count", "~1.50"),
        (10**30, "cycles", "1,000,000,000,000,000,000,000,000,000,000"),
        (0.04, "percent", "0.0 %"),
        (100.0, "percent", "100.0 %"),
        (0.0000123456, "ms", "1.235e-05"),
        (12.3456, "ms", "12.35"),
        (123456.7, "ms", "123,457"),
        (1.23456, "ratio", "1.235"),
        (2.0, "count", "2.000"),
    ],
)
def test_shown(value: object, kind: str, expected: str) -> None:
    assert shown(value, kind) == expected  # type: ignore[arg-type]


def test_share() -> None:
    assert share(1, 3) == pytest.approx(33.333333)
    assert share(0, 0) is None
    assert share(10**400, 4 * 10**400) == 25.0


def test_csv_is_exact_and_quoted() -> None:
    table = Table("t", COLUMNS, (('a,"b"\n', 10**30, 1 / 3), ("=x", 0, None)))
    rows = list(csv.reader(io.StringIO(render_csv([table, table]))))
    assert rows[0] == ["name", "n", "p"]
    assert rows[1] == ['a,"b"\n', str(10**30), repr(1 / 3)]
    assert rows[2] == ["=x", "0", ""]
    assert len(rows) == 5
    assert render_csv([]) == ""


def test_one_line() -> None:
    assert one_line("a\tb\nc\x1b[31m") == "a\\tb\\nc\\x1b[31m"
    assert one_line("x" * 100, 10) == "x" * 9 + "…"
