"""``isa-analysis tokens`` from the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, keys_of

#: What the fixture ``run`` runs.
COMMAND = "tokens"

PAIR = ["--prefill", "sample_asm/decoder.asm", "--decode", "sample_asm/decode_step.asm"]
Run = Callable[..., tuple[int, str, str]]


def test_all_formats_tell_the_same(run: Run, tmp_path: Path) -> None:
    words = [*PAIR, "--board", "v80", "--board", "nexys_video", "--context", "128,1024,4096", "-q",
             "--layers", "30"]  # fmt: skip
    code, text, err = run(*words)
    assert (code, err) == (0, "")
    assert "Time to first token" in text and "Time per output token" in text
    _, out, _ = run(*words, "--format", "json")
    document = json.loads(out)
    steps = [(b["board"], s) for b in document["boards"] for s in b["steps"]]
    _, out, _ = run(*words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(steps) == 2 * 2 * 3
    for row, (board, step) in zip(rows, steps, strict=True):
        assert (row["board"], row["phase"], int(row["context"])) == (
            board, step["phase"], step["context"],
        )  # fmt: skip
        assert [float(row["time_s_low"]), float(row["time_s_high"])] == step["seconds"]
        low, high = step["seconds"]
        assert low <= high
        assert low >= max(step["compute_seconds"][0], step["memory_seconds"][0])
        if step["phase"] == "decode":
            assert step["tokens_per_second"] == pytest.approx([1 / high, 1 / low])
    for sentence in document["answers"]:
        assert sentence in text
    target = tmp_path / "t.md"
    assert run(*words, "--format", "markdown", "-o", target) == (0, "", "")
    page = target.read_text(encoding="utf-8")
    assert page.count("| nexys\\_video") + page.count("| nexys_video") == 3 + 3 + 1
    assert "# Time per token" in page


def test_sentences_follow_the_numbers(run: Run) -> None:
    _, slow, _ = run("--decode", "sample_asm/decode_step.asm", "--board", "nexys_video", "-q",
                     "--weight-bytes", "288000000", "--kv-bytes-per-token", "0")  # fmt: skip
    assert "bound by memory" in slow and "memory bounds a token at every context" in slow
    assert "3.467 to 3.472 tokens/s" in slow
    assert "fits the 512 MiB of nexys_video at every context" in slow
    _, fast, _ = run("--decode", "sample_asm/decode_step.asm", "--board", "nexys_video", "-q")
    assert "bound by compute" in fast
    _, small, _ = run("--decode", "sample_asm/decode_step.asm", "--board", "nexys_video", "-q",
                      "--capacity", "100K")  # fmt: skip
    assert "The weights alone (144 KiB) do not fit the 100 KiB" in small
    _, between, _ = run("--decode", "sample_asm/decode_step.asm", "--board", "nexys_video", "-q",
                        "--capacity", "150K")  # fmt: skip
    fits = re.search(r"up to a context of (\d+); beyond", between)
    assert fits and int(fits[1]) == (150 * 1024 - 147456) // 144


def test_the_crossover_is_where_memory_passes_compute(run: Run) -> None:
    words = ["--decode", "sample_asm/decode_step.asm", "--board", "nexys_video", "-q"]
    _, out, _ = run(*words, "--format", "json")
    board = json.loads(out)["boards"][0]
    for changes, end in (("bound_by_least_compute", 0), ("bound_by_most_compute", 1)):
        turn = next(c["from_context"] for c in board[changes] if c["bound"] == "memory")
        for context, passed in ((turn - 1, False), (turn, True)):
            _, out, _ = run(*words, "--context", context, "--format", "json")
            step = json.loads(out)["boards"][0]["steps"][0]
            assert (step["memory_seconds"][0] >= step["compute_seconds"][end]) is passed


def test_only_one_phase(run: Run) -> None:
    code, out, _ = run(*PAIR[:2], "-q")
    assert code == 0 and "Time per output token" not in out and "the first token takes" in out
    code, out, _ = run(*PAIR[2:], "-q")
    assert code == 0 and "Time to first token" not in out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "E750"),
        (["--decode", "none.asm"], "E201"),
        (["--prefill", "none.asm", "--decode", "no.asm"], "no.asm"),
        (["--decode", "-", "--prefill", "-"], "once"),
        (["--decode", "sample_asm/vision_patch.asm"], "E75"),
        ([*PAIR, "--context", "0"], "--context"),
        ([*PAIR, "--context", "128,"], "--context"),
        ([*PAIR, "--context", "many"], "--context"),
        ([*PAIR, "--context", "99999999999999999999"], "--context"),
        ([*PAIR, "--layers", "0"], "--layers"),
        ([*PAIR, "--board", "nope"], "E107"),
        ([*PAIR, "--capacity", "0"], "E700"),
        ([*PAIR, "--host-bandwidth", "0"], "E701"),
        ([*PAIR, "--weight-bytes", "-3"], "E700"),
        ([*PAIR, "--kv-bytes-per-token", "-3"], "--kv-bytes-per-token"),
        ([*PAIR, "--manifest", "none.json"], "none.json"),
        ([*PAIR, "--manifest", "README.md"], "README.md"),
        ([*PAIR, "--memory", "service", "--board", "nexys_video"], "E109"),
        ([*PAIR, "-o", "no/such/folder/x"], "E203"),
    ],
)
def test_bad_usage(run: Run, words: list[str], expected: str) -> None:
    code, out, err = run(*words, "-q")
    assert code == 2
    assert out == ""
    assert expected in err


def test_hostile_names_stay_text(run: Run, tmp_path: Path) -> None:
    board = tmp_path / "b.yaml"
    text = (ROOT / "board_configs" / "nexys_video.yaml").read_text(encoding="utf-8")
    board.write_text(text.replace("name: nexys_video", 'name: "<b>|`x`\\n"'), encoding="utf-8")
    _, page, _ = run(*PAIR, "--board", board, "--format", "markdown", "-q")
    assert "<b>" not in page
    _, page, _ = run(*PAIR, "--board", board, "-q")
    assert "<b>|`x`\\n" in page


def test_every_json_key_is_documented(run: Run) -> None:
    document = json.loads(run(*PAIR, "--format", "json", "-q")[1])
    text = (ROOT / "docs" / "tokens.md").read_text(encoding="utf-8")
    assert keys_of(document) - {"format_version", "tool_version"} <= set(
        re.findall(r"`(\w+)`", text)
    )
