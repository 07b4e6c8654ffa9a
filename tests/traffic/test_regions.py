"""Named regions: address maps, sizes, manifests, and what is wrong with bad ones."""

from __future__ import annotations

import json

import pytest

from isa_analysis.diagnostics import InputError
from isa_analysis.traffic.regions import load_addresses, load_manifest


@pytest.fixture
def write(tmp_path):
    def _write(name, content):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    return _write


def test_a_region_without_size_ends_at_the_next(write) -> None:
    regions = load_addresses(write("a.json", {"W": 100, "X": 0, "K": 200}))
    assert [regions.name_at(a) for a in (0, 99, 100, 199, 200, 10**9)] == [
        "X", "X", "W", "W", "K", "K",
    ]  # fmt: skip


def test_sizes_leave_gaps(write) -> None:
    regions = load_addresses(
        write("a.json", {"W": 100, "X": 0}), write("s.json", {"X": 10, "W": 5})
    )
    assert regions.name_at(9) == "X"
    assert regions.name_at(10) is None
    assert regions.name_at(104) == "W"
    assert regions.name_at(105) is None


def test_the_later_start_wins_where_regions_overlap(write) -> None:
    regions = load_addresses(
        write("a.json", {"A": 0, "B": 50}), write("s.json", {"A": 100, "B": 10})
    )
    assert regions.name_at(55) == "B"
    assert regions.name_at(70) == "A"


def test_manifest(write) -> None:
    manifest = {
        "regions": [
            {"layer_id": 0, "offset": 64, "size": 64, "kind": "weight", "name": "W_q_0"},
            {"layer_id": 1, "offset": 0, "size": 64, "kind": "kv"},
        ]
    }
    regions = load_manifest(write("m.json", manifest))
    assert regions.name_at(64) == "W_q_0"
    assert regions.name_at(0) == "kv of layer 1 at 0"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[]", "expected an object"),
        ("{}", "expected an object"),
        ('{"a": -1}', "'a': expected a byte count"),
        ('{"a": true}', "'a': expected a byte count"),
        ('{"a": 1.5}', "'a': expected a byte count"),
        ("[" * 100_000, "not valid JSON"),
        (b"\xff\xfe".decode("latin-1"), "not valid JSON"),
    ],
)
def test_bad_address_maps(write, content, part) -> None:
    with pytest.raises(InputError) as caught:
        load_addresses(write("a.json", content))
    assert part in str(caught.value)


@pytest.mark.parametrize(
    "content", [{}, {"regions": {}}, {"regions": [1]}, {"regions": [{"offset": 1}]}, []]
)
def test_bad_manifests(write, content) -> None:
    with pytest.raises(InputError, match="E210"):
        load_manifest(write("m.json", content))


def test_missing_file_is_an_input_error(tmp_path) -> None:
    with pytest.raises(InputError):
        load_addresses(str(tmp_path / "none.json"))
