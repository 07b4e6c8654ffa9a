"""What the formats share: figures, places and lengths."""

from __future__ import annotations

from fractions import Fraction

import pytest
from budget_project import GROWN, PROGRAM, snapshot_of_text

from isa_analysis.budget.delta import compare
from isa_analysis.budget.lines import first_hunks
from isa_analysis.budget.loops import LoopDelta
from isa_analysis.budget.metrics import METRICS
from isa_analysis.budget.schema import budget_schema
from isa_analysis.views import budget_sentences as sentences
from isa_analysis.views import budget_tables as tables
from isa_analysis.views.budget_markdown import capped, escape, render_table


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (0, 0, "0 %"),
        (0, 5, "new"),
        (5, 5, "0 %"),
        (100, 102, "+2.00 %"),
        (100, 90, "-10.00 %"),
        (10**9, 10**9 + 1, "> +0.00 %"),
        (10**9, 10**9 - 1, "< -0.00 %"),
        (20_000, 20_001, "+0.01 %"),
    ],
)
def test_percent_never_rounds_a_change_away(old: int, new: int, text: str) -> None:
    assert sentences.percent(old, new) == text


@pytest.mark.parametrize(
    ("value", "metric", "text"),
    [
        (Fraction(1_200_000), "total_cycles", "1,200,000 cycles"),
        (Fraction(903, 2), "total_cycles", "451.5 cycles"),
        (Fraction(451, 100_000_000), "time", "0.00451 ms"),
        (Fraction(4096), "hbm_bytes", "4,096 bytes"),
    ],
)
def test_amounts(value: Fraction, metric: str, text: str) -> None:
    assert sentences.amount(value, METRICS[metric]) == text


@pytest.mark.parametrize(
    ("loop", "text"),
    [
        (LoopDelta((), (), 1, ((3, 9),), ()), "outside loops (lines 3-9)"),
        (LoopDelta((4, 2), (4, 2), 1, ((3, 9),), ()), "loop 4 x 2 (lines 3-9)"),
        (LoopDelta((4,), (5,), 1, ((3, 9),), ()), "loop 5, was 4 (lines 3-9)"),
        (LoopDelta(None, (5,), 2, ((3, 9), (11, 11)), ()), "new loop 5, 2 of them (lines 3-9, 11)"),
        (LoopDelta((4,), None, 1, (), ()), "loop 4 is gone"),
    ],
)  # fmt: skip
def test_places(loop: LoopDelta, text: str) -> None:
    assert sentences.place(loop) == text


def test_tables_are_cut_with_a_note() -> None:
    old = "".join(f"; @kernel k{i}\nS_ADDI_INT gp1, gp0, 1\n; @end\n" for i in range(9))
    new = old.replace("gp0, 1\n", "gp0, 1\nV_ADD_VV gp1, gp1, gp1\n")
    delta = compare(snapshot_of_text(old), snapshot_of_text(new))
    (table,) = tables.delta_tables([("a.asm", delta)], top=4)
    assert (len(table.rows), table.note) == (4, "and 5 more")


def test_markdown_is_cut_at_a_line_and_says_so() -> None:
    text = capped("ä" * 40 + "\n" + "x" * 400, 160)
    assert len(text.encode()) <= 160
    assert text.startswith("ä" * 40 + "\n\n(cut")
    assert capped("short", 100) == "short"


def test_markdown_cells_cannot_break_the_table() -> None:
    assert escape("a|b\n<c>`d`") == "a\\|b \\<c\\>\\`d\\`"
    delta = compare(snapshot_of_text(PROGRAM), snapshot_of_text(GROWN))
    text = render_table(tables.opcode_table(delta))
    assert "| V\\_ADD\\_VV | 64 | 128 | +64 | 128 | 256 | +128 | 2.000 |" in text


def test_hunks_ignore_blanks_and_comments() -> None:
    old = ["S_ADDI_INT gp1, gp0, 1", "V_ADD_VV gp1, gp1, gp1 ; sum"]
    new = ["S_ADDI_INT gp1,gp0,1  ", "V_ADD_VV gp1, gp1, gp1"]
    assert first_hunks(old, new) == []
    (hunk,) = first_hunks(old, [*new, "C_BREAK"])
    assert (hunk.old_line, hunk.new_line, hunk.old, hunk.new) == (3, 3, (), ("C_BREAK",))


def test_the_schema_for_editors_names_every_key() -> None:
    schema = budget_schema()
    assert {"version", "programs", "limits", "board"} <= schema["properties"].keys()
    assert "max_increase" in schema["$defs"]["LimitEntry"]["properties"]
