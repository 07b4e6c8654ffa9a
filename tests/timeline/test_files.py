"""Timeline files: what is written is what is read, and every mistake is found at its place."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedule.random_programs import programs
from timeline.timelines import FOREIGN, changed, read, timeline_of

from isa_analysis.diagnostics import InputError
from isa_analysis.timeline import Timeline, load_timeline, read_timeline, write_timeline
from isa_analysis.timeline.levels import Level
from isa_analysis.timeline.model import ID_LIMIT
from isa_analysis.timeline.schema import SCHEMA_REV
from isa_analysis.timeline.validate import validate
from isa_analysis.timeline.writer import chunks

TEXT = (
    "; @kernel work\nC_LOOP_START gp9, 40\nH_PREFETCH_V gp1, gp2, a0, 0, 0\n"
    "V_ADD_VV gp1, gp1, gp3, 0\nM_MM 0, gp1, gp2\nS_ADDI_INT gp1, gp1, 8\nC_LOOP_END gp9\n; @end\n"
    "H_STORE_V gp1, gp2, a0, 0, 0\n"
)
#: The longest loops there are, four deep.
HUGE = (
    "".join(f"C_LOOP_START gp{9 + d}, 4194303\n" for d in range(4))
    + "M_MM 0, gp1, gp2\n"
    + "".join(f"C_LOOP_END gp{12 - d}\n" for d in range(4))
)


def text_of(timeline: Timeline) -> str:
    return "".join(chunks(timeline))


def document(level: int = 3) -> dict[str, Any]:
    """The file of a small timeline as plain values."""
    found: dict[str, Any] = json.loads(text_of(timeline_of(TEXT, level)))
    return found


@given(programs(most=500), st.sampled_from([1, 2, 3]))
@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
def test_what_is_written_is_read(text: str, level: int) -> None:
    made = timeline_of(text, level)
    again, warnings = read_timeline(text_of(made).encode(), "t.json")
    assert warnings == ()
    assert again == made


@pytest.mark.parametrize("value", FOREIGN)
def test_foreign_ones_too(value: dict[str, Any]) -> None:
    made = read(value)
    assert read(text_of(made)) == made


@pytest.mark.parametrize("name", ["t.json", "t.json.gz"])
def test_files(tmp_path: Path, name: str) -> None:
    made = timeline_of(TEXT)
    path = tmp_path / name
    write_timeline(made, str(path))
    assert load_timeline(str(path))[0] == made
    packed = path.read_bytes()[:2] == b"\x1f\x8b"
    assert packed == name.endswith(".gz")
    if packed:
        assert gzip.decompress(path.read_bytes()).decode() == text_of(made)
    first = path.read_bytes()
    write_timeline(made, str(path))
    assert path.read_bytes() == first  # no time stamps, in the gzip header neither


def test_gzip_is_known_by_its_bytes() -> None:
    made = timeline_of(TEXT, 2)
    assert read_timeline(gzip.compress(text_of(made).encode()), "plain.json")[0] == made


def test_cycles_beyond_2_to_the_53() -> None:
    made = timeline_of(HUGE)
    assert made.extent.cycles > 1 << 70
    data = json.loads(text_of(made))
    assert data["extent"]["cycles"] == made.extent.cycles
    assert type(data["spans"][-1][4]) is int
    assert max(row[4] for row in data["spans"]) > 1 << 70
    assert max(row[0] for row in data["spans"]) < 1 << 53
    assert read(text_of(made)) == made
    assert validate(made, "t.json") == ()


def test_the_file_of_each_level() -> None:
    always = {"format", "version", "schema_rev", "level", "estimated", "meta", "extent",
              "accounting", "kernels", "totals", "loops", "columns", "spans"}  # fmt: skip
    two = always | {"edges", "path"}
    wanted = {1: always, 2: two, 3: two | {"phases", "counters", "samples"}}
    for level, keys in wanted.items():
        data = document(level)
        assert set(data) == keys
        assert set(data["columns"]) == keys & {"spans", "edges", "path", "phases", "samples"}
        assert data["version"] == level - 1
        assert data["level"] == {"requested": level, "effective": level}
        assert data["schema_rev"] == SCHEMA_REV
        lifecycle = {"dispatch", "finish"} <= set(data["columns"]["spans"])
        assert lifecycle == (level >= 2)
        assert ("edges_total" in data["accounting"]) == (level >= 2)
        assert None not in data["accounting"].values()


def test_each_level_contains_the_ones_below() -> None:
    documents = {level: document(level) for level in (1, 2, 3)}
    for level in (1, 2):
        below, above = documents[level], documents[level + 1]
        shared = [above["columns"]["spans"].index(c) for c in below["columns"]["spans"]]
        assert below["spans"] == [[row[i] for i in shared] for row in above["spans"]]
        assert below["loops"] == above["loops"]
    assert documents[2]["edges"] == documents[3]["edges"]
    assert documents[2]["path"] == documents[3]["path"]


def test_times_are_integers() -> None:
    data = document()
    for section in ("spans", "edges", "path", "phases", "samples"):
        for row in data[section]:
            assert all(type(cell) in (int, str, type(None)) for cell in row)
    for loop in data["loops"]:
        assert all(type(v) in (int, str, list) for v in loop.values())


def test_the_writer_refuses_sections_of_other_levels() -> None:
    made = timeline_of(TEXT, 3)
    from dataclasses import replace

    for level in (1, 2):
        with pytest.raises(ValueError, match="does not belong to level"):
            text_of(replace(made, level=Level(level, level)))
    with pytest.raises(ValueError, match="needs section edges"):
        text_of(replace(made, edges=None))
    with pytest.raises(ValueError, match="no file version"):
        text_of(replace(made, level=Level(0, 0)))


def problems(value: Any) -> list[tuple[str, str]]:
    """Codes and messages; all of them at a place in the file."""
    with pytest.raises(InputError) as caught:
        read(value)
    for d in caught.value.diagnostics:
        assert d.path == "t.json"
        assert d.line >= 1
        assert d.column >= 1
    return [(d.code, d.message) for d in caught.value.diagnostics]


@pytest.mark.parametrize("version", [3, 7, -1, 1.0, "2", None, True, [2]])
def test_unknown_versions(version: object) -> None:
    ((code, message),) = problems(changed(document(), ("version",), version))
    assert code == "E510"
    assert "unknown timeline version" in message
    assert "0, 1, 2" in message


def test_newer_revisions() -> None:
    ((code, message),) = problems(changed(document(), ("schema_rev",), SCHEMA_REV + 1))
    assert code == "E510"
    assert f"schema_rev {SCHEMA_REV + 1} is newer" in message


def test_revision_0_is_read() -> None:
    # The first example of the format: no totals, no pc, no busy.
    value = {
        "format": "isa-timeline", "version": 1, "schema_rev": 0,
        "level": {"requested": 2, "effective": 2}, "estimated": True,
        "meta": {"clock_hz": 400000000, "engines": ["control", "scalar"], "model": "in-order",
                 "input_sha256": "00"},
        "extent": {"cycles": 4016, "window": [0, 4016], "mode": "full",
                   "dynamic_instructions": 65},
        "accounting": {"spans_total": 2, "shown": 2, "summarised": 0, "dropped": 0,
                       "edges_total": 1, "edges_shown": 1},
        "loops": [{"id": 0, "parent": -1, "pc": [64, 464], "trip": 20000000, "ii": 48,
                   "prologue": 2, "period": 1, "basis": "steady", "err_cycles": 0}],
        "columns": {"spans": ["id", "engine", "loop", "start", "end", "insns", "repeat",
                              "dispatch", "finish"], "edges": ["src", "dst", "kind"]},
        "spans": [[0, 0, -1, 0, 900, 1, 1, 0, 910], [1, 1, 0, 920, 4016, 64, 1, 905, 4016]],
        "edges": [[0, 1, "dma-wait"]],
    }  # fmt: skip
    t = read(value)
    assert t.spans[0].pc_begin is t.spans[0].busy is t.totals is None
    assert validate(t, "t.json") == ()
    columns = [*value["columns"]["spans"], "busy"]  # type: ignore[index]
    assert problems(changed(value, ("columns", "spans"), columns))[0][0] == "E514"


def test_columns_may_stand_in_any_order() -> None:
    data = document()
    names = data["columns"]["spans"]
    data["columns"]["spans"] = names[::-1]
    data["spans"] = [row[::-1] for row in data["spans"]]
    assert read(data) == timeline_of(TEXT)


#: A change of the small file, and the code of the first problem found.
MISTAKES: list[tuple[tuple[Any, ...], Any, str]] = [
    (("version",), ..., "E513"),
    (("version",), 1, "E511"),
    (("schema_rev",), ..., "E513"),
    (("schema_rev",), "1", "E512"),
    (("schema_rev",), -1, "E512"),
    (("schema_rev",), True, "E512"),
    (("level",), ..., "E513"),
    (("level",), 3, "E512"),
    (("level", "effective"), ..., "E513"),
    (("level", "effective"), 0, "E512"),
    (("level", "effective"), 4, "E512"),
    (("level", "effective"), True, "E512"),
    (("level", "requested"), 2, "E511"),
    (("level", "requested"), 3.0, "E512"),
    (("level", "effective"), 2, "E511"),
    (("level", "colour"), 2, "E514"),
    (("estimated",), ..., "E513"),
    (("estimated",), 1, "E512"),
    (("colour",), 1, "E514"),
    (("meta",), ..., "E513"),
    (("meta",), [], "E512"),
    (("meta", "clock_hz"), 0, "E512"),
    (("meta", "clock_hz"), 4e8, "E512"),
    (("meta", "engines"), "control", "E512"),
    (("meta", "engines", 0), 5, "E512"),
    (("meta", "engines"), ["control"], "E516"),
    (("meta", "model"), None, "E512"),
    (("meta", "model"), ..., "E513"),
    (("meta", "colour"), None, "E514"),
    (("meta", "caveats"), "none", "E512"),
    (("extent", "cycles"), -1, "E512"),
    (("extent", "cycles"), 1, "E515"),
    (("extent", "cycles"), 1.5, "E512"),
    (("extent", "window"), [5, 3], "E512"),
    (("extent", "window"), [0, 1, 2], "E512"),
    (("extent", "window"), [0, 10**30], "E515"),
    (("extent", "mode"), "half", "E512"),
    (("extent", "mode"), ..., "E513"),
    (("accounting", "shown"), ..., "E513"),
    (("accounting", "shown"), "3", "E512"),
    (("accounting", "steps"), {}, "E512"),
    (("accounting", "steps"), [{}], "E513"),
    (("accounting", "steps"), [3], "E512"),
    (("loops",), ..., "E513"),
    (("loops",), {}, "E512"),
    (("loops", 0), [], "E512"),
    (("loops", 0, "trip"), ..., "E513"),
    (("loops", 0, "trip"), 1.0, "E512"),
    (("loops", 0, "parent"), 5, "E516"),
    (("loops", 0, "parent"), 0, "E516"),
    (("loops", 0, "parent"), -2, "E512"),
    (("loops", 0, "pc"), [4], "E512"),
    (("loops", 0, "colour"), 4, "E514"),
    (("columns",), ..., "E513"),
    (("columns", "spans"), ..., "E513"),
    (("columns", "spans"), ["id"], "E514"),
    (("columns", "spans", 0), "identity", "E514"),
    (("columns", "spans", 1), "id", "E514"),
    (("columns", "edges"), ["src", "dst"], "E514"),
    (("columns", "colours"), [], "E514"),
    (("spans",), ..., "E513"),
    (("spans",), {}, "E512"),
    (("spans", 0), {}, "E512"),
    (("spans", 0), [1, 2], "E512"),
    (("spans", 0, 0), -1, "E512"),
    (("spans", 0, 0), 1, "E516"),
    (("spans", 0, 0), ID_LIMIT, "E515"),
    (("spans", 0, 1), 99, "E516"),
    (("spans", 0, 2), 99, "E516"),
    (("spans", 0, 2), -2, "E512"),
    (("spans", 0, 3), 10**6, "E515"),
    (("spans", 0, 3), 1.0, "E512"),
    (("spans", 0, 4), None, "E512"),
    (("spans", 0, 5), "1", "E512"),
    (("spans", 0, 6), True, "E512"),
    (("edges",), ..., "E511"),
    (("edges", 0, 0), 10**6, "E516"),
    (("edges", 0, 2), "RAR", "E515"),
    (("edges", 0, 2), 4, "E512"),
    (("path", 0, 0), 10**6, "E516"),
    (("path", 0, 0), -2, "E512"),
    (("path", 0, 1), 10**6, "E515"),
    (("phases",), ..., "E511"),
    (("phases", 0, 0), 4, "E512"),
    (("counters",), ..., "E511"),
    (("counters", 0), "busy", "E512"),
    (("counters",), [], "E516"),
    (("samples",), ..., "E511"),
    (("samples", 0, 0), 99, "E516"),
    (("kernels",), 4, "E512"),
    (("kernels",), [], "E516"),
    (("totals",), 4, "E512"),
    (("totals", "engines", 0, "busy"), ..., "E513"),
    (("totals", "engines", 0, "engine"), 77, "E516"),
    (("totals", "stalls", "RAW"), 1.5, "E512"),
    (("totals", "blame", 0, "cycles"), "1", "E512"),
    (("totals", "blame", 0, "engine"), 77, "E516"),
    (("totals", "colour"), 1, "E514"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "code"), MISTAKES)
def test_mistakes(path: tuple[Any, ...], value: Any, code: str) -> None:
    assert code in {found for found, _ in problems(changed(document(), path, value))}


def test_a_mistake_is_shown_where_it_stands() -> None:
    text = text_of(timeline_of(TEXT))
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith('"spans":[['))
    row = json.loads(lines[at + 1].rstrip(","))
    row[3] = "soon"
    lines[at + 1] = json.dumps(row, separators=(",", ":")) + ","
    with pytest.raises(InputError) as caught:
        read("\n".join(lines))
    (d,) = caught.value.diagnostics
    assert (d.line, d.column) == (at + 2, lines[at + 1].index('"soon"') + 1)
    assert "spans[1].start must be an integer of 0 or more" in d.message


def test_all_problems_are_found() -> None:
    value = changed(changed(document(), ("meta", "model"), 4), ("spans", 0, 3), "x")
    value = changed(value, ("loops", 0, "trip"), None)
    assert len(problems(value)) == 3


@pytest.mark.parametrize("bits", [1, 2])
def test_less_than_requested_needs_a_reason(bits: int) -> None:
    value = document(bits)
    value["level"] = {"requested": 3, "effective": bits}
    assert problems(value)[0][0] == "E511"
    value["level"]["reason"] = "too long"
    assert read(value).level == Level(3, bits, "too long")


#: What the first edge of the small file leads to.
EDGE_TARGET = document(2)["edges"][0][1]


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        (("accounting", "shown"), 1, "shown"),
        (("accounting", "dropped"), 1, "dropped"),
        (("accounting", "edges_shown"), 77, "edges shown"),
        (("accounting", "edges_dropped"), 77, "edges_total"),
        (("totals", "compute"), 1, "stalls + compute"),
        (("totals", "engines", 2, "idle"), 1, "busy"),
        (("totals", "blame", 0, "cycles"), 10**6, "blame walk"),
        (("path", 0, 2), 2, "path[1]"),
        (("edges", 0, 0), EDGE_TARGET, "waits for itself"),
        (("spans", 0, 5), 0, "stands for nothing"),
        (("spans", 0, 4), 10**6, "after the makespan"),
        (("samples", 0, 2), 10**6, "overlaps"),
    ],
)
def test_contradictions(path: tuple[Any, ...], value: int, word: str) -> None:
    assert validate(read(document()), "t.json") == ()
    found = validate(read(changed(document(), path, value)), "t.json")
    assert {d.code for d in found} == {"E520"}
    assert any(word in d.message for d in found), found
