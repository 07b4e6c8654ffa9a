"""Reading and writing manifests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.diagnostics import InputError
from isa_analysis.manifest import KINDS, Manifest, Region, load
from isa_analysis.manifest.reader import parse
from isa_analysis.manifest.writer import to_json

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "manifests"


def read(text: str | bytes) -> Manifest:
    return parse(text if isinstance(text, bytes) else text.encode(), "m.json")


def problems(text: str | bytes) -> list[tuple[str, int, int, str]]:
    with pytest.raises(InputError) as caught:
        read(text)
    return [(d.code, d.line, d.column, d.message) for d in caught.value.diagnostics]


def test_the_published_example() -> None:
    manifest = read(
        '{"activation_ceiling": 0, "ddr_capacity_bytes": 536870912, "regions": [{"layer_id": 0,'
        ' "offset": 152064, "size": 41472, "kind": "weight", "name": "W_q_0"}]}'
    )
    assert manifest.regions == (Region(0, 152064, 41472, "weight", "W_q_0"),)
    assert manifest.capacity_bytes == 512 << 20
    assert manifest.activation_ceiling == 0
    assert manifest.regions[0].end == 193536


def test_old_manifests_have_no_kinds_and_no_capacity() -> None:
    manifest = read('{"regions": [{"layer_id": 3, "offset": 0, "size": 64}]}')
    assert manifest.regions[0].kind == "weight"
    assert manifest.capacity_bytes is None
    assert manifest.regions[0].label == "weight of layer 3 at 0"


def test_unknown_keys_are_ignored_and_order_does_not_matter() -> None:
    manifest = read(
        '{"made_by": "x", "regions": [{"layer_id": 0, "offset": 64, "size": 1, "note": []},'
        ' {"layer_id": 0, "offset": 0, "size": 1}]}'
    )
    assert [r.offset for r in manifest.regions] == [0, 64]


def test_missing_layers_count_as_0_with_a_warning() -> None:
    manifest = read('{"regions": [{"offset": 0, "size": 1}]}')
    assert manifest.regions[0].layer_id == 0
    assert [d.code for d in manifest.diagnostics] == ["W700"]


def test_every_problem_is_reported_where_it_is() -> None:
    found = problems(
        '{"regions": [\n'
        ' {"layer_id": 0, "offset": -1, "size": 1},\n'
        ' {"layer_id": 0, "offset": 1, "size": 2.5, "kind": "bias"},\n'
        " 7,\n"
        ' {"layer_id": "a", "size": true}\n'
        '],\n "ddr_capacity_bytes": 0, "activation_ceiling": -5}'
    )
    assert all(code == "E210" for code, *_ in found)
    assert sorted(line for _, line, _, _ in found) == [2, 3, 3, 4, 5, 5, 5, 7, 7]
    messages = " ".join(message for *_, message in found)
    for part in (
        "regions[0].offset", "regions[1].size", "regions[1].kind", "regions[2]:",
        "regions[3].layer_id", "regions[3] lacks the key 'offset'", "ddr_capacity_bytes",
    ):  # fmt: skip
        assert part in messages


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "3", "null", '"regions"', "{}", '{"regions": null}', '{"regions": {}}',
        '{"regions": [null]}', '{"regions": [[]]}', '{"regions": [{}]}',
        '{"regions": [{"offset": 0}]}', '{"regions": [{"offset": 0, "size": null}]}',
        '{"regions": [{"offset": 0, "size": 1e3}]}', '{"regions": [{"offset": 0, "size": NaN}]}',
        '{"regions": [{"offset": 9999999999999999999999, "size": 1}]}',
        '{"regions": [{"offset": 0, "size": 1, "kind": null}]}',
        '{"regions": [{"offset": 0, "size": 1, "kind": ["weight"]}]}',
        '{"regions": [{"offset": 0, "size": 1, "name": 5}]}',
        '{"regions": [], "ddr_capacity_bytes": "512M"}',
        '{"regions": [], "ddr_capacity_bytes": false}',
        '{"regions": [], "regions": []}',
        '{"regions": [{"offset": 0, "offset": 1, "size": 1}]}',
        '{"regions": [] ,}', '\ufeff[', "[" * 100_000, '{"regions": [' + "9" * 5000 + "]}",
    ],
)  # fmt: skip
def test_what_is_no_manifest(text: str) -> None:
    assert {code for code, *_ in problems(text)} == {"E210"}


def test_bytes_that_are_no_text() -> None:
    assert problems(b'{"regions": "\xff"}')[0][0] == "E210"


def test_many_problems_are_counted() -> None:
    with pytest.raises(InputError) as caught:
        read(json.dumps({"regions": [1] * 500}))
    assert len(caught.value.diagnostics) == 100
    assert caught.value.omitted == 400


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load(str(tmp_path / "none.json"))
    assert caught.value.diagnostics[0].code == "E107"


regions = st.builds(
    Region,
    st.integers(0, 1000),
    st.integers(0, 1 << 50),
    st.integers(0, 1 << 50),
    st.sampled_from(KINDS),
    st.text(max_size=8),
)


@given(st.lists(regions, max_size=20), st.none() | st.integers(1, 1 << 50), st.integers(0, 99))
def test_what_is_written_reads_back(found: list[Region], capacity: int | None, top: int) -> None:
    found.sort(key=lambda r: (r.offset, r.end, r.name))
    text = to_json(Manifest(tuple(found), capacity, top))
    back = read(text)
    assert (back.regions, back.capacity_bytes, back.activation_ceiling) == (
        tuple(sorted(found, key=lambda r: (r.offset, r.end, r.name))), capacity, top,
    )  # fmt: skip


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/samples/manifests")
def test_the_samples_are_written_as_they_were_read() -> None:
    files = sorted(SAMPLES.glob("*/weight_manifest*.json"))
    assert len(files) >= 13
    for path in files:
        assert json.loads(to_json(load(str(path)))) == json.loads(path.read_text())
        assert to_json(load(str(path))).split() == path.read_text().split()
