"""The formats of a report say the same, say it twice alike, and keep hostile names as text."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from html_tables import read
from hypothesis import given
from hypothesis import strategies as st
from report_support import HOSTILE, hostile_report, sample_report, stage_of
from support import ROOT

from isa_analysis import __version__
from isa_analysis.isa import table_hash
from isa_analysis.report import build
from isa_analysis.table import shown
from isa_analysis.views import report_csv, report_html, report_json, report_markdown

GOLDEN = Path(__file__).parent / "golden"
VIEWS = {
    "md": report_markdown.render,
    "html": report_html.render,
    "json": report_json.render,
    "csv": report_csv.render,
}


def tables_of(document: Any) -> dict[str, Any]:
    return {
        block["id"]: block
        for section in document["sections"]
        for block in section["blocks"]
        if block["type"] in ("table", "source")
    }


@pytest.mark.parametrize("make", [sample_report, hostile_report])
def test_tables_of_the_html_are_those_of_the_json(make: Any) -> None:
    report = make()
    document = json.loads(report_json.render(report))
    html = read(report_html.render(report))
    tables = tables_of(document)
    assert list(html.tables) == list(tables)
    assert len(tables) > 15
    for id_, table in tables.items():
        kinds = [column["kind"] for column in table["columns"]]
        found = html.tables[id_]
        assert found.head == [column["title"] for column in table["columns"]]
        expected = [
            [shown(value, kind) for value, kind in zip(row, kinds, strict=True)]
            for row in table["rows"]
        ]
        assert found.rows == expected, id_
        if table["total"] is None:
            assert found.foot is None
        else:
            assert found.foot == [
                "" if value is None else shown(value, kind)
                for value, kind in zip(table["total"], kinds, strict=True)
            ]


def test_sentences_and_notes_are_in_every_text_format() -> None:
    report = sample_report()
    html = "".join(read(report_html.render(report)).text).replace("\N{NO-BREAK SPACE}", " ")
    markdown = report_markdown.render(report)
    for section in report.sections:
        for text in (*section.sentences, *section.notes):
            assert text in html
            assert report_markdown.escape(text) in markdown


def test_markdown_tables_are_those_of_the_report() -> None:
    report = sample_report()
    lines = [*report_markdown.render(report).splitlines(), ""]
    heads = [i for i, line in enumerate(lines) if line.startswith("| ---")]
    expected = [t for t in report.tables() if not t.is_source and t.table.rows]
    assert len(heads) == len(expected)
    for at, t in zip(heads, expected, strict=True):
        end = next(i for i in range(at, len(lines)) if not lines[i].startswith("|"))
        assert end - at - 1 == len(t.table.rows) + (t.total is not None)
        widths = {len(line) for line in lines[at - 1 : end]}
        assert len(widths) == 1, "not aligned"
        for line in lines[at - 1 : end]:
            assert len(re.findall(r"(?<!\\)\|", line)) == len(t.table.columns) + 1


def test_csv_has_every_cell() -> None:
    report = sample_report()
    rows = list(csv.reader(io.StringIO(report_csv.render(report))))
    assert rows[0] == ["section", "table", "row", "column", "value"]
    cells = sum(
        sum(v is not None for row in (*t.table.rows, *([t.total] if t.total else [])) for v in row)
        for t in report.tables()
    )
    assert len(rows) == 1 + cells
    total = [r[4] for r in rows if r[1:4] == ["cycles-1-kernels-0", "total", "total_cycles"]]
    [stage] = [t for t in report.tables() if t.id == "summary-totals"]
    assert total == [str(stage.table.rows[2][8])]


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_names_stay_text(view: str) -> None:
    text = VIEWS[view](hostile_report())
    assert "\x1b" not in text
    if view == "html":
        html = read(text)
        assert html.tags["script"] == 1 and html.tags["style"] == 1
        assert not html.tags.keys() & {"b", "i", "em", "img", "iframe", "link", "object"}
        assert not [a for a in html.attributes if a[1].startswith("on")]
        assert HOSTILE[:40] in "".join(html.text)
    elif view == "md":
        fences = re.findall(r"^(`{3,})", text, re.MULTILINE)
        assert len(fences) % 2 == 0
        outside = re.sub(r"^(`{3,})text\n.*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
        assert "<script" not in outside and "<!--" not in outside
        assert not re.search(r"(?<!\\)`", outside)
        assert not re.search(r"(?<!\\)\[l\]", outside)
        assert not re.search(r"://", outside)
        assert text.startswith("# a\\\\nb")  # the newline is shown, not followed
    elif view == "json":
        assert HOSTILE[:20] in json.loads(text)["title"]
    else:
        assert all(len(row) == 5 for row in csv.reader(io.StringIO(text)))


@given(st.text(max_size=60))
def test_any_text_stays_in_its_markdown_cell(text: str) -> None:
    escaped = report_markdown.escape(text)
    assert len(escaped.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(\\\\)*[|`*]", escaped)
    assert "<" not in escaped and ">" not in escaped


@pytest.mark.parametrize("view", VIEWS)
def test_equal_inputs_give_equal_bytes(view: str) -> None:
    assert VIEWS[view](hostile_report()) == VIEWS[view](hostile_report())


@pytest.mark.parametrize("view", VIEWS)
def test_golden(view: str) -> None:
    text = (
        "; === LAYER 0/2 START ===\n; @kernel product\nC_LOOP_START gp1, 8\n"
        "S_ADDI_INT gp3, gp0, 64\nH_PREFETCH_M gp0, gp2, a0, 0, 0\nM_MM 0, gp3, gp4\n"
        "S_ADDI_INT gp2, gp2, 4096\nC_LOOP_END gp1\nM_MM_WO gp5, gp0, 0\n; @end\n"
        "; === LAYER 0/2 COMPLETE ===\n; === LAYER 1/2 START ===\n; @kernel norm\n"
        "V_MUL_VV gp3, gp4, gp4\nV_RED_SUM f1, gp3\n; @end\n; === LAYER 1/2 COMPLETE ===\n"
    )
    stage = stage_of(text, ("v80", "nexys_video"), name="tiny")
    report = VIEWS[view](build([stage], command="isa-analysis report tiny.asm", date="2026-07-01"))
    report = report.replace(f"isa-analysis {__version__}", "isa-analysis VERSION")
    report = report.replace(f'"tool_version": "{__version__}"', '"tool_version": "VERSION"')
    report = report.replace(table_hash()[:12], "TABLE")
    for run in stage.runs:
        report = report.replace(run.board.sha256, f"{run.label}-sha256")
        report = report.replace(report_markdown.escape(run.board.sha256), f"{run.label}-sha256")
    file = GOLDEN / f"report.{view}"
    if os.environ.get("ISA_ANALYSIS_GOLDEN") == "write":
        file.write_text(report, encoding="utf-8")
    assert report == file.read_text(encoding="utf-8")


def test_the_page_fetches_nothing() -> None:
    text = report_html.render(sample_report())
    html = read(text)
    loading = [a for a in html.attributes if a[1] in ("src", "srcset", "data", "poster", "action")]
    assert not loading
    assert all(v.startswith("#") for _, name, v in html.attributes if name == "href")
    assert "url(" not in text and "@import" not in text and "fetch(" not in text
    assert "default-src 'none'" in text


def test_markdown_is_cut_between_blocks() -> None:
    report = sample_report()
    whole = report_markdown.render(report)
    assert report_markdown.render(report, len(whole.encode())) == whole
    for most in (200, 2000, 20000):
        cut = report_markdown.render(report, most)
        assert len(cut.encode()) <= most
        kept, note = cut.rstrip("\n").rsplit("\n\n", 1)
        assert whole.startswith(kept) and "cut here" in note
        assert cut.count("<details>") == cut.count("</details>")


def test_a_thirty_layer_decoder_stays_small() -> None:
    kernels = "".join(
        f"; @kernel kernel number {k}\nC_LOOP_START gp1, {k + 2}\nM_MM 0, gp0, gp0\n"
        "C_LOOP_END gp1\n; @end\n"
        for k in range(28)
    )
    text = "".join(
        f"; === LAYER {i}/30 START ===\n{kernels}; === LAYER {i}/30 COMPLETE ===\n"
        for i in range(30)
    )
    page = report_html.render(build([stage_of(text, ("v80", "nexys_video"))]))
    assert len(page.encode()) < 300_000
    assert page.count("layer 29") >= 28


def test_documented_types_are_those_of_the_json() -> None:
    document = json.loads(report_json.render(sample_report()))
    types = {b["type"] for s in document["sections"] for b in s["blocks"]}
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    assert types == {"table", "source", "bars", "roofline", "icicle"}
    assert all(f"`{t}`" in page for t in types)
