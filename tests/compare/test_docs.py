"""docs/compare.md names every key of the three documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import ROOT, keys_of

from isa_analysis.cli.app import main

#: Machine parameters, and keys that docs/json.md explains.
ELSEWHERE = {
    "format", "format_version", "tool_version", "clock_hz", "overrides", "caveats", "mlen", "vlen",
    "blen", "prefetch_m_rows", "prefetch_v_rows", "writeback_rows",
}  # fmt: skip


@pytest.mark.parametrize(
    ("format", "words"),
    [
        ("compare", ("compare", "sample_asm/decoder.asm", "sample_asm/decode_step.asm",
                     "--board", "v80", "--board", "nexys_video", "--preserve", "M_MM")),
        ("compare", ("compare", "sample_asm/decoder.asm", "sample_asm/decoder_unrolled.asm")),
        ("untiled", ("untiled", "sample_asm/decoder.asm", "--far-latency", "3")),
        ("merge", ("merge", "nothing.json")),
    ],
)  # fmt: skip
def test_every_key_is_documented(
    format: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(ROOT)
    main([*words, "--format", "json", *(["-q"] if format != "merge" else [])])
    document = json.loads(capsys.readouterr().out)
    assert document["format"] == f"isa-analysis-{format}"
    text = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    assert f"### `isa-analysis-{format}`, version {document['format_version']}" in text
    section = text[text.index("## JSON") :]
    named = set(re.findall(r"`(\w+)`", section))
    assert keys_of(document) <= named | ELSEWHERE


def test_json_md_points_here() -> None:
    text = Path(ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for name in ("isa-analysis-compare", "isa-analysis-untiled", "isa-analysis-merge"):
        assert name in text
