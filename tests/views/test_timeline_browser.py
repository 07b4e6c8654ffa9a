"""The timeline page and picture in a real browser. Skipped where there is no Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Page, browser, chromium
from timeline.timelines import V2, changed, read, timeline_of

from isa_analysis.views import timeline_html, timeline_svg

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
TEXT = (
    f"; @kernel {HOSTILE}\nC_LOOP_START gp9, 30\nC_LOOP_START gp10, 7\n"
    "H_PREFETCH_V gp1, gp2, a0, 0, 0\nV_ADD_VV gp1, gp1, gp3, 0\nC_LOOP_END gp10\n"
    "M_MM 0, gp1, gp2\nS_ADDI_INT gp1, gp1, 8\nC_LOOP_END gp9\n; @end\n"
    "; @kernel softmax\nH_STORE_V gp1, gp2, a0, 0, 0\nV_EXP_V gp1, gp1, 0\n; @end\n"
)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("html") / "timeline.html"
    to.write_text(timeline_html.render(timeline_of(TEXT)), encoding="utf-8")
    return to


def opened(page: Page, file: Path, **look: Any) -> None:
    """Load the page and wait until it has drawn."""
    page.open(file, **look)
    end = time.monotonic() + 10
    while page.run("document.documentElement.dataset.ready") != "1":
        assert time.monotonic() < end, page.console
        time.sleep(0.02)


def view(page: Page) -> dict[str, Any]:
    found = page.run("timelineView()")
    assert isinstance(found, dict)
    return found


def span(page: Page) -> float:
    found = view(page)
    return float(found["to"] - found["from"])


def key(page: Page, name: str) -> None:
    page.run(f"dispatchEvent(new KeyboardEvent('keydown', {{key: {json.dumps(name)}}}))")


def pixels(page: Page) -> str:
    """The drawing, as it is now."""
    page.run("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1))))")
    found = page.run("document.getElementById('chart').toDataURL()")
    assert isinstance(found, str)
    return found


def test_nothing_is_fetched_and_nothing_fails(page: Page, file: Path) -> None:
    opened(page, file)
    assert page.console == []
    assert page.requests == [file.as_uri()]
    makespan = timeline_of(TEXT).extent.cycles
    assert (view(page)["from"], view(page)["to"]) == (0, makespan)
    assert "ESTIMATED, model in-order" in str(page.run("document.body.innerText"))


def test_something_is_drawn(page: Page, file: Path) -> None:
    opened(page, file)
    pixels(page)
    drawn = page.run(
        "(() => { const c = document.getElementById('chart'), g = c.getContext('2d');"
        "const d = g.getImageData(0, 0, c.width, c.height).data, seen = new Set();"
        "for (let i = 0; i < d.length; i += 4) seen.add(`${d[i]},${d[i + 1]},${d[i + 2]}`);"
        "return seen.size; })()"
    )
    assert isinstance(drawn, int)
    assert drawn > 10


def test_zoom_and_pan_by_keys_and_buttons(page: Page, file: Path) -> None:
    opened(page, file)
    whole, first = span(page), pixels(page)
    key(page, "+")
    assert span(page) == pytest.approx(whole / 2)
    assert pixels(page) != first
    before = view(page)["from"]
    key(page, "ArrowRight")
    assert view(page)["from"] > before
    assert span(page) == pytest.approx(whole / 2)
    for _ in range(20):
        key(page, "ArrowLeft")
    assert view(page)["from"] == 0  # not beyond the beginning
    for _ in range(60):
        key(page, "+")
    assert span(page) == pytest.approx(8)  # not beyond what can be told apart
    key(page, "-")
    assert span(page) == pytest.approx(16)
    key(page, "0")
    assert span(page) == whole
    page.run("document.getElementById('in').click()")
    assert span(page) == pytest.approx(whole / 2)
    page.run("document.getElementById('all').click()")
    assert span(page) == whole
    assert pixels(page) == first


def test_zoom_by_wheel_keeps_the_cycle_under_the_pointer(page: Page, file: Path) -> None:
    opened(page, file)
    page.run(
        "(() => { const c = document.getElementById('chart'), b = c.getBoundingClientRect();"
        "c.dispatchEvent(new WheelEvent('wheel', {deltaY: -100, clientX: b.right - 1, "
        "clientY: b.top + 30, cancelable: true})); })()"
    )
    found = view(page)
    makespan = timeline_of(TEXT).extent.cycles
    assert found["from"] > 0
    assert found["to"] == pytest.approx(makespan, rel=0.01)


def test_drag_pans(page: Page, file: Path) -> None:
    opened(page, file)
    key(page, "+")
    before = view(page)["from"]
    box = page.run(
        "(() => { const b = document.getElementById('chart').getBoundingClientRect();"
        "return [b.left + 600, b.top + 30]; })()"
    )
    assert isinstance(box, list)
    x, y = box
    for kind, at in (("mousePressed", x), ("mouseMoved", x - 50), ("mouseMoved", x - 200),
                     ("mouseReleased", x - 200)):  # fmt: skip
        page.send("Input.dispatchMouseEvent", type=kind, x=at, y=y, button="left", clickCount=1)
    assert view(page)["from"] > before


def test_search(page: Page, file: Path) -> None:
    opened(page, file)
    page.run(
        "(() => { const s = document.getElementById('search'); s.value = 'softmax';"
        "s.dispatchEvent(new Event('input')); })()"
    )
    found = view(page)["matches"]
    assert found > 0
    assert f"{found} bars" == page.run("document.getElementById('hits').textContent")
    key(page, "n")
    assert view(page)["chosen"] is not None
    assert "softmax" in str(page.run("document.getElementById('chosen').textContent"))


def test_a_bar_tells_what_it_is(page: Page, file: Path) -> None:
    opened(page, file)
    page.run("document.getElementById('chart').scrollIntoView()")
    box = page.run(
        "(() => { const b = document.getElementById('chart').getBoundingClientRect();"
        "return [b.left + 400, b.top + 22 + 10]; })()"
    )
    assert isinstance(box, list)
    page.send("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])
    tip = str(page.run("document.getElementById('tip').innerText"))
    assert HOSTILE in tip  # the kernel's name, as text
    assert "control: kernel" in tip
    assert page.run("document.getElementById('tip').hidden") is False
    assert page.run("document.getElementById('tip').children.length") == 0


@pytest.mark.parametrize("width", [400, 700, 1200])
def test_no_horizontal_overflow(page: Page, file: Path, width: int) -> None:
    opened(page, file, width=width, height=800)
    assert page.run("document.documentElement.scrollWidth <= innerWidth") is True
    assert page.console == []


def test_light_and_dark(page: Page, file: Path) -> None:
    colours = []
    for dark in (False, True):
        opened(page, file, dark=dark)
        colours.append((page.run("getComputedStyle(document.body).backgroundColor"), pixels(page)))
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]
    page.run("document.getElementById('theme').click()")
    assert page.run("getComputedStyle(document.body).backgroundColor") == colours[0][0]
    page.run("localStorage.clear()")


def test_hostile_names_run_no_script(page: Page, tmp_path: Path) -> None:
    foreign = read(changed(V2, ("tasks", 0, "core_type"), HOSTILE))
    for number, timeline in enumerate((foreign, timeline_of(TEXT))):
        to = tmp_path / f"hostile <b>&'{number}.html"
        to.write_text(timeline_html.render(timeline), encoding="utf-8")
        opened(page, to)
        assert page.run("document.scripts.length") == 2  # the data and the program
        assert page.run("document.images.length") == 0
        assert page.console == []


@pytest.mark.parametrize("level", [1, 2, 3])
def test_pages_of_all_levels(page: Page, tmp_path: Path, level: int) -> None:
    to = tmp_path / "page.html"
    to.write_text(timeline_html.render(timeline_of(TEXT, level)), encoding="utf-8")
    opened(page, to)
    assert page.console == []
    empty = tmp_path / "empty.html"
    empty.write_text(timeline_html.render(timeline_of("; nothing\n", level)), encoding="utf-8")
    opened(page, empty)
    assert page.console == []


def test_pictures(page: Page, tmp_path: Path) -> None:
    for number, timeline in enumerate((timeline_of(TEXT), timeline_of(TEXT, 1), read(V2))):
        to = tmp_path / f"{number}.svg"
        to.write_text(timeline_svg.render(timeline), encoding="utf-8")
        page.open(to)
        assert page.console == []
        assert page.requests == [to.as_uri()]
        assert page.run("document.documentElement.nodeName") == "svg"
        assert page.run("document.querySelectorAll('script').length") == 0
        beyond = page.run(
            "[...document.querySelectorAll('text')].filter(t => t.getBBox().x + t.getBBox().width"
            " > document.documentElement.viewBox.baseVal.width).length"
        )
        assert beyond == 0
