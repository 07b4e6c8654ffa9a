"""The timeline page and picture as text: what they hold, and what they never hold."""

from __future__ import annotations

import base64
import gzip
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from timeline.timelines import FOREIGN, read, timeline_of

from isa_analysis.timeline import Timeline
from isa_analysis.views import timeline_html, timeline_svg
from isa_analysis.views.timeline_lanes import ENGINES, LOOPS, PROCESSES, lanes

HOSTILE = '</script><b>"&|`'
TEXT = (
    f"; @kernel {HOSTILE}\nC_LOOP_START gp9, 300\nV_ADD_VV gp1, gp1, gp3, 0\nM_MM 0, gp1, gp2\n"
    "C_LOOP_END gp9\n; @end\nH_PREFETCH_V gp1, gp2, a0, 0, 0\n"
)


def data_of(page: str) -> dict[str, Any]:
    """What the page's script unpacks."""
    (packed,) = re.findall(r'id="data">([^<]*)</script>', page)
    found: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed)))
    return found


def pages() -> list[Timeline]:
    return [*(timeline_of(TEXT, level) for level in (1, 2, 3)), *map(read, FOREIGN)]


@pytest.mark.parametrize("number", range(6))
def test_the_page_holds_all_bars(number: int) -> None:
    t = pages()[number]
    page = timeline_html.render(t)
    data = data_of(page)
    assert data["cycles"] == t.extent.cycles
    found = [lane for lane in data["lanes"] if lane["process"] == ENGINES]
    assert sorted(i for lane in found for i in lane["i"]) == [s.id for s in t.spans]
    bars = []
    for lane in found:
        at = 0
        for step, length, span in zip(lane["s"], lane["d"], lane["i"], strict=True):
            at += step
            bars.append((span, at, at + length))
    assert sorted(bars) == [(s.id, s.start, s.end) for s in t.spans]
    assert len(data["edges"]) == len(t.edges or ())
    assert [c["name"] for c in data["counters"]] == [c.name for c in t.counters or ()]
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<b>" not in page
    assert page == timeline_html.render(t)  # equal bytes each time
    assert len(page) < 60_000


@pytest.mark.parametrize("number", range(6))
def test_the_picture_is_well_formed(number: int) -> None:
    t = pages()[number]
    picture = timeline_svg.render(t)
    root = ET.fromstring(picture)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = [e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}text")]
    for lane in lanes(t):
        if PROCESSES[lane.process] != "issue view":
            assert any(lane.name.startswith(text.rstrip("… ")) for text in texts if text), lane.name
    assert any(("ESTIMATED" if t.estimated else "MEASURED") in text for text in texts)
    width = float(root.attrib["width"])
    for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
        if "x" in rect.attrib and not rect.attrib["width"].endswith("%"):
            assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width
    assert "script" not in {e.tag.rpartition("}")[2] for e in root.iter()}
    assert picture == timeline_svg.render(t)


def test_loops_are_nested_bars() -> None:
    t = timeline_of("C_LOOP_START gp9, 3\nC_LOOP_START gp10, 4\nM_MM 0, gp1, gp2\n"
                    "C_LOOP_END gp10\nC_LOOP_END gp9\n", 1)  # fmt: skip
    found = {lane.name: lane.bars for lane in lanes(t) if lane.process == LOOPS}
    assert list(found) == ["depth 1", "depth 2"]
    ((outer,), inner) = found.values()
    assert outer.name == "lines 1-5 x 3"
    assert {bar.name for bar in inner} == {"lines 2-4 x 4"}
    assert len(inner) == 3
    assert all(outer.start <= bar.start <= bar.end <= outer.end for bar in inner)


def test_engines_have_one_colour_everywhere() -> None:
    found: dict[str, set[int]] = {}
    t = timeline_of(TEXT)
    for lane in lanes(t):
        if lane.process in (2, 3):
            found.setdefault(lane.name.partition(" #")[0], set()).add(lane.colour)
    assert {len(colours) for colours in found.values()} == {1}
    for counter in data_of(timeline_html.render(t))["counters"]:
        name = counter["name"].removesuffix(" busy")
        if name in found:
            assert {counter["colour"]} == found[name]
