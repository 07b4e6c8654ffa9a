"""The HTML report in a real browser. Skipped where there is no Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Page, browser, chromium
from report_support import hostile_report, sample_report

from isa_analysis.report import BarChart, IcicleChart, RooflineChart
from isa_analysis.views import report_html

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("html") / "report.html"
    to.write_text(report_html.render(sample_report()), encoding="utf-8")
    return to


CELLS = """[...document.querySelectorAll('#{id} tbody tr')].filter(r => !r.hidden)
    .map(r => r.cells[{column}].textContent)"""


def column(page: Page, table: str, index: int) -> list[str]:
    cells = page.run(CELLS.format(id=table, column=index))
    assert isinstance(cells, list)
    return cells


def click_head(page: Page, table: str, index: int) -> None:
    page.run(f"document.querySelectorAll('#{table} thead button')[{index}].click()")


def test_nothing_is_fetched_and_nothing_fails(page: Page, file: Path) -> None:
    page.open(file)
    assert page.run("document.querySelectorAll('section').length") == 8
    assert page.console == []
    assert page.requests == [file.as_uri()]


def test_hostile_names_run_no_script(page: Page, tmp_path: Path) -> None:
    to = tmp_path / "hostile <b>&'x.html"
    to.write_text(report_html.render(hostile_report()), encoding="utf-8")
    page.open(to)
    assert page.run("document.scripts.length") == 1
    assert page.console == []


def test_tables_sort(page: Page, file: Path) -> None:
    page.open(file)
    table = "cycles-1-kernels-0"
    before = column(page, table, 0)
    click_head(page, table, 4)  # executed: numbers, the largest first
    numbers = [int(text.replace(",", "")) for text in column(page, table, 4)]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) > 10
    click_head(page, table, 4)
    assert [int(text.replace(",", "")) for text in column(page, table, 4)] == sorted(numbers)
    click_head(page, table, 0)  # names: from a to z
    names = column(page, table, 0)
    assert names != before and sorted(names) == sorted(before)
    assert names[0].casefold() <= names[-1].casefold()
    assert page.run(f"document.querySelectorAll('#{table} th[aria-sort]').length") == 1
    assert page.run(f"document.querySelector('#{table} tfoot td').textContent") == "total"


def test_missing_numbers_sort_last(page: Page, file: Path) -> None:
    page.open(file)
    for _ in range(2):
        click_head(page, "cycles-1-kernels-0", 10)
        cells = column(page, "cycles-1-kernels-0", 10)
        missing = [i for i, text in enumerate(cells) if text == "-"]
        assert missing == list(range(len(cells) - len(missing), len(cells)))


def test_filters_keep_rows_with_all_words(page: Page, file: Path) -> None:
    page.open(file)
    whole = column(page, "cycles-1-kernels-0", 0)
    filter_ = "document.querySelector('input[data-filter=cycles-1-kernels-0]')"
    page.run(f"{filter_}.value = 'PROJ q'; {filter_}.dispatchEvent(new Event('input')); 0")
    kept = column(page, "cycles-1-kernels-0", 0)
    assert "q projection" in kept
    assert len(kept) < len(whole)
    page.run(f"{filter_}.value = ''; {filter_}.dispatchEvent(new Event('input')); 0")
    assert column(page, "cycles-1-kernels-0", 0) == whole


def test_charts_have_their_marks(page: Page, file: Path) -> None:
    page.open(file)
    charts = [b for s in sample_report().sections for b in s.blocks]
    seen = set()
    for chart in charts:
        if isinstance(chart, BarChart):
            expected = sum(1 for _, values in chart.rows for v in values if v)
            selector = "rect.m"
        elif isinstance(chart, RooflineChart):
            expected, selector = len(chart.points), "circle.m"
        elif isinstance(chart, IcicleChart):
            expected, selector = len(chart.nodes), "svg.n"
        else:
            continue
        seen.add(type(chart))
        marks = f"document.querySelectorAll('#{chart.id} {selector}')"
        assert page.run(f"{marks}.length") == expected > 0, chart.id
        assert page.run(f"[...{marks}].every(m => m.querySelector('title').textContent)") is True
    assert len(seen) == 3


def test_the_icicle_zooms_by_key(page: Page, file: Path) -> None:
    page.open(file)
    node = "document.querySelectorAll('#cycles-1-icicle svg.n')[1]"
    press = "dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))"
    before = page.run(f"{node}.getAttribute('width')")
    page.run(f"{node}.{press}; 0")
    assert page.run(f"{node}.getAttribute('width')") == "100%" != before
    page.run(f"{node}.{press}; 0")
    assert page.run(f"parseFloat({node}.getAttribute('width')).toFixed(1)") == (
        f"{float(str(before).rstrip('%')):.1f}"
    )


def test_links_open_what_they_lead_to(page: Page, file: Path) -> None:
    page.open(file)
    links = page.run(
        "[...document.querySelectorAll('a')].map(a => a.getAttribute('href').slice(1))"
    )
    assert isinstance(links, list) and len(links) > 8
    for target in links:
        assert page.run(f"document.getElementById({target!r}) !== null") is True
    folded = page.run("document.querySelector('details tr[id]').id")
    page.run(f"location.hash = {folded!r}; 0")
    opened = f"document.getElementById({folded!r}).closest('details').open"
    for _ in range(100):
        if page.run(opened) is True:
            break
    assert page.run(opened) is True


@pytest.mark.parametrize("width", [320, 400, 1200])
def test_the_page_does_not_overflow(page: Page, file: Path, width: int) -> None:
    page.open(file, width=width)
    page.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.run("document.documentElement.scrollWidth <= innerWidth") is True


def test_light_dark_and_the_button(page: Page, file: Path) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    page.open(file)
    light = page.run(background)
    page.open(file, dark=True)
    dark = page.run(background)
    assert light != dark
    page.run("document.getElementById('theme').click()")
    assert page.run(background) == light
    page.run("document.getElementById('theme').click()")
    assert page.run(background) == dark
    page.run("localStorage.clear()")


def test_text_stands_out_from_its_background(page: Page, file: Path) -> None:
    for dark in (False, True):
        page.open(file, dark=dark)
        for name in ("--fg", "--dim", "--link"):
            ratio = page.run(
                """(() => {
                const style = getComputedStyle(document.documentElement);
                const probe = document.createElement('i');
                document.body.append(probe);
                const light = (name) => {
                  probe.style.color = style.getPropertyValue(name);
                  const rgb = getComputedStyle(probe).color.match(/[0-9.]+/g).slice(0, 3);
                  const [r, g, b] = rgb.map((v) => v / 255)
                    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
                };
                const [x, y] = [light('NAME'), light('--bg')];
                probe.remove();
                return Math.max(x, y) / Math.min(x, y); })()""".replace("NAME", name)
            )
            assert isinstance(ratio, float) and ratio >= 4.5, (name, dark)
