"""The JSON contract: keys, types, sums."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from support import SAMPLES, Loop, nests, profile_of, text_of

from isa_analysis import __version__
from isa_analysis.profiling import Profile
from isa_analysis.views import json as view

KEYS = {
    "format", "format_version", "tool_version", "inputs", "board", "model", "totals", "opcodes",
    "categories", "group", "kernels", "loops", "memory", "diagnostics", "omitted_diagnostics",
}  # fmt: skip
ROWS = {
    "inputs": {"path", "sha256", "lines", "static_instructions", "dialect", "skipped_lines"},
    "opcodes": {"mnemonic", "category", "engine", "static", "dynamic", "cycles"},
    "categories": {"category", "static", "dynamic", "cycles"},
    "kernels": {"path", "calls", "static", "dynamic", "compute_cycles", "memory_cycles",
                "prefetch_cycles", "store_cycles", "total_cycles"},
    "loops": {"first_line", "last_line", "depth", "trip", "iterations", "dynamic", "cycles"},
    "memory": {"mnemonic", "count", "cycles"},
    "diagnostics": {"code", "severity", "path", "line", "column", "message", "hint"},
}  # fmt: skip
TEXT = {
    "path", "sha256", "dialect", "mnemonic", "category", "engine", "code", "severity", "message",
    "hint",
}  # fmt: skip


def read(profiles: list[Profile], **options: Any) -> dict[str, Any]:
    """The document, through its text; no NaN or Infinity may be in it."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(view.render(profiles, **options), parse_constant=refuse)


def assert_contract(document: dict[str, Any]) -> None:
    assert set(document) >= KEYS
    assert document["format"] == "isa-analysis-profile"
    assert document["format_version"] == 1
    assert document["tool_version"] == __version__
    assert set(document["board"]) == {"name", "path", "sha256", "clock_hz"}
    assert type(document["board"]["clock_hz"]) is int
    assert set(document["model"]) == {"timing", "memory", "parameters", "caveats"}
    assert all(type(v) is int for v in document["model"]["parameters"].values())
    many = len(document["inputs"]) > 1
    for section, keys in ROWS.items():
        for row in document[section]:
            assert set(row) >= keys | ({"input"} if many and section == "loops" else set())
            for key, value in row.items():
                if key.startswith("hbm_"):
                    assert value is None or type(value) is int
                elif section == "kernels" and key == "path":
                    assert [type(word) for word in value] == [str] * len(document["group"])
                else:
                    assert type(value) is (str if key in TEXT else int), (section, key)


def assert_sums(document: dict[str, Any]) -> None:
    totals = document["totals"]
    assert type(totals["seconds"]) is float
    assert type(totals["complete"]) is bool
    for key in ("static_instructions", "dynamic_instructions", "compute_cycles", "memory_cycles",
                "total_cycles"):  # fmt: skip
        assert type(totals[key]) is int
    assert totals["total_cycles"] == totals["compute_cycles"] + totals["memory_cycles"]

    def column(section: str, key: str) -> int:
        return sum(row[key] for row in document[section])

    for section in ("opcodes", "categories"):
        assert column(section, "static") == totals["static_instructions"]
        assert column(section, "dynamic") == totals["dynamic_instructions"]
        assert column(section, "cycles") == totals["total_cycles"]
    assert column("kernels", "static") == totals["static_instructions"]
    assert column("kernels", "dynamic") == totals["dynamic_instructions"]
    assert column("kernels", "compute_cycles") == totals["compute_cycles"]
    assert column("kernels", "memory_cycles") == totals["memory_cycles"]
    assert column("kernels", "total_cycles") == totals["total_cycles"]
    assert (
        column("kernels", "prefetch_cycles") + column("kernels", "store_cycles")
        == totals["memory_cycles"]
    )
    assert column("memory", "cycles") == totals["memory_cycles"]
    assert column("inputs", "static_instructions") == totals["static_instructions"]
    outermost = [loop for loop in document["loops"] if loop["depth"] == 1]
    assert sum(loop["dynamic"] for loop in outermost) <= totals["dynamic_instructions"]
    by_name = {row["mnemonic"]: row for row in document["opcodes"]}
    for row in document["memory"]:
        assert row["count"] == by_name[row["mnemonic"]]["dynamic"]
    ends = by_name.get("C_LOOP_END", {"dynamic": 0})["dynamic"]
    if "C_BREAK" not in by_name:
        assert sum(loop["iterations"] for loop in document["loops"]) == ends


@pytest.mark.parametrize("group", [None, ("layer",), ("kernel", "tensor"), ()])
@pytest.mark.parametrize("board", ["v80", "nexys_video"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_sample_programs(path, board: str, group: tuple[str, ...] | None) -> None:  # type: ignore[no-untyped-def]
    p = profile_of(path.read_bytes(), board)
    document = read([p], group=group)
    assert_contract(document)
    assert_sums(document)
    assert document["totals"]["total_cycles"] == p.totals.total_cycles


@settings(max_examples=50, deadline=None)
@given(nests())
def test_random_programs(tree: tuple[object, ...]) -> None:
    document = read([profile_of(text_of(tree), "nexys_video")])
    assert_contract(document)
    assert_sums(document)


def test_several_stages() -> None:
    profiles = [profile_of(path.read_bytes(), "nexys_video") for path in SAMPLES[:3]]
    document = read(profiles)
    assert_contract(document)
    assert_sums(document)
    assert document["group"] == ["stage", "layer", "kernel"]
    assert [s["totals"]["total_cycles"] for s in document["stages"]] == [
        p.totals.total_cycles for p in profiles
    ]
    assert {loop["input"] for loop in document["loops"]} == {0, 1, 2}


def test_integers_beyond_64_bits_stay_integers() -> None:
    tree: tuple[object, ...] = ("S_LUI_INT gp9, 1",)
    for _ in range(15):
        tree = (Loop(4_000_000, tree),)
    document = read([profile_of(text_of(tree))])
    assert_contract(document)
    assert_sums(document)
    assert document["totals"]["dynamic_instructions"] > 4_000_000**15


def test_a_program_without_instructions() -> None:
    document = read([profile_of("; nothing\n")])
    assert_contract(document)
    assert_sums(document)
    assert document["diagnostics"][0]["code"] == "W015"


def test_incomplete_totals_say_so() -> None:
    document = read([profile_of("===\nS_LUI_INT gp1, 1\n", lenient=True)])
    assert document["totals"]["complete"] is False
    assert document["inputs"][0]["skipped_lines"] == 1
    assert document["diagnostics"][0]["line"] == 1
    both = read([profile_of("S_LUI_INT gp1, 1\n"), profile_of("===\n", lenient=True)])
    assert both["totals"]["complete"] is False
    assert [s["totals"]["complete"] for s in both["stages"]] == [True, False]


def test_the_text_is_ascii_so_that_any_terminal_and_any_path_will_do() -> None:
    p = profile_of("; @kernel a→\udcff\nS_LUI_INT gp1, 1\n; @end\n".encode(errors="replace"))
    assert view.render([p]).isascii()
