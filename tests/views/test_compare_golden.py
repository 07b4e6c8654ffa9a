"""Whole comparisons, kept in golden/, and the page in a real browser.

After a wanted change: ``ISA_ANALYSIS_GOLDEN=write pytest tests/views/test_compare_golden.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from browser import browser, chromium
from compare_support import kernel, pair, variant
from html_tables import Reader

from isa_analysis import __version__
from isa_analysis.compare.model import Comparison
from isa_analysis.compare.run import compare
from isa_analysis.report.model import ReportTable, WaterfallChart
from isa_analysis.table import shown
from isa_analysis.views import (
    compare_csv,
    compare_json,
    compare_report,
    report_html,
    report_markdown,
    report_text,
    waterfall,
)

GOLDEN = Path(__file__).parent / "golden"
ROLLED = kernel(
    "C_LOOP_START gp5, 64\nV_ADD_VV gp1, gp1, gp1\nS_ADDI_INT gp1, gp1, 64\nC_LOOP_END gp5", "add"
) + kernel("V_MUL_VV gp1, gp1, gp1\nH_PREFETCH_V gp1, gp2, a0, 0, 0", "load")
UNROLLED = kernel(
    "C_LOOP_START gp5, 16\n" + "V_ADD_VV gp1, gp1, gp1\nS_ADDI_INT gp1, gp1, 64\n" * 4
    + "C_LOOP_END gp5", "add",
) + kernel("V_MUL_VV gp1, gp1, gp1\nH_PREFETCH_V gp1, gp2, a0, 0, 0", "load")  # fmt: skip
VIEWS: dict[str, Callable[[Comparison], str]] = {
    "txt": lambda c: report_text.render(compare_report.build(c)),
    "md": lambda c: report_markdown.render(compare_report.build(c)),
    "json": compare_json.render,
    "csv": compare_csv.render,
}


@cache
def sample() -> Comparison:
    return compare(
        [variant("rolled", ROLLED, path="a.asm"), variant("unrolled", UNROLLED, path="b.asm"),
         variant("longer", ROLLED.replace("64\nV", "96\nV"), path="c.asm")],
        ("matrix",),
    )  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_views(view: str) -> None:
    text = VIEWS[view](sample()).replace(__version__, "VERSION")
    text = text.replace(sample().variants[0].board.sha256, "BOARD-SHA256")
    text = text.replace(sample().variants[0].board.sha256[:12], "BOARD")
    file = GOLDEN / f"compare.{view}"
    if os.environ.get("ISA_ANALYSIS_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_html_has_the_cells_of_the_tables() -> None:
    made = compare_report.build(sample())
    reader = Reader()
    reader.feed(report_html.render(made))
    for block in made.tables():
        assert isinstance(block, ReportTable)
        kinds = [c.kind for c in block.table.columns]
        assert reader.tables[block.id].rows == [
            [shown(v, k) for v, k in zip(row, kinds, strict=True)] for row in block.table.rows
        ]


def test_a_waterfall_ends_where_it_must() -> None:
    chart = WaterfallChart(
        "w", "t", "cycles", ("a", 1000), (("x", -100), ("y", 50), ("z", 0)), ("b", 950)
    )
    assert waterfall.axis(chart) == (857, 1000)
    lines = waterfall.text(chart).splitlines()
    assert [line.split()[-1] for line in lines[1:]] == ["1,000", "-100", "+50", "0", "950"]
    assert lines[1].count("█") == 40
    assert lines[2].count("█") == 28  # 100 of 143
    grown = WaterfallChart("w", "t", "cycles", ("a", 0), (("x", 10),), ("b", 10))
    assert waterfall.axis(grown) == (0, 10)
    flat = WaterfallChart("w", "t", "cycles", ("a", 5), (), ("b", 5))
    assert waterfall.axis(flat) == (0, 5)
    assert 'class="m s3"' in waterfall.svg(chart) and 'class="m s1"' in waterfall.svg(chart)


@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_the_page_in_a_browser(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>|`x`"
    c = pair(ROLLED, UNROLLED.replace("@kernel add", f"@kernel {hostile}"))
    file = tmp_path / "c.html"
    file.write_text(report_html.render(compare_report.build(c, title=hostile)), encoding="utf-8")
    with browser() as page:
        page.open(file)
        assert page.console == []
        assert page.requests == [file.as_uri()]
        assert page.run("document.scripts.length") == 1
        background = "getComputedStyle(document.body).backgroundColor"
        light = page.run(background)
        bars = "document.querySelectorAll('svg.waterfall rect.m')"
        assert page.run(f"{bars}.length") == 3
        assert page.run(f"[...{bars}].every(b => b.getBoundingClientRect().width > 0)") is True
        for width in (320, 400):
            page.open(file, width=width, dark=True)
            page.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert page.run("document.documentElement.scrollWidth <= innerWidth") is True
        assert page.run(background) != light
