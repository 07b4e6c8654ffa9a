"""Building manifests: sizes, kinds, layers, what is dropped, and the sample directories."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isa_analysis.diagnostics import InputError
from isa_analysis.manifest import Footprint, Manifest, Region, load
from isa_analysis.manifest.build import Build, build
from isa_analysis.manifest.difference import differences
from isa_analysis.manifest.layout import check, gaps, overlaps
from isa_analysis.manifest.rules import load_rules
from isa_analysis.manifest.writer import to_json

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "manifests"
RULES = load_rules()

Make = Callable[..., Build]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def _make(addrs: Any, sizes: Any = None, layouts: Any = None, **how: Any) -> Build:
        for name, data in (
            ("hbm_addrs", addrs), ("hbm_sizes", sizes), ("tensor_layouts", layouts),
        ):  # fmt: skip
            if data is not None:
                text = data if isinstance(data, str) else json.dumps(data)
                (tmp_path / f"{name}.json").write_text(text)
        return build(str(tmp_path), how.pop("rules", RULES), how.pop("capacity", None))

    return _make


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "layer"),
    [
        ("K_stored_0_h1", "kv", 0),
        ("V_stored_12_h0", "kv", 12),
        ("V_K_stored_3_h11", "kv", 3),
        ("V_V_stored_3_h1", "kv", 3),
        ("XK_stored_0", "activation", 0),
        ("K_0_h1", "activation", 0),
        ("V_0_h1", "activation", 0),
        ("W_q_7", "weight", 7),
        ("W_k_7_h2", "weight", 7),
        ("w_q_7", "activation", 7),
        ("V_W_fc1_5", "weight", 5),
        ("V_B_fc2_5", "weight", 5),
        ("V_LN1_weight_4", "weight", 4),
        ("V_LN2_bias_4", "weight", 4),
        ("V_LN3_bias_4", "activation", 3),
        ("V_POST_LN_weight", "weight", None),
        ("V_PATCH_W", "weight", None),
        ("V_PATCH_W2", "activation", 2),
        ("V_PATCH_BIAS_POS", "weight", None),
        ("V_CONNECTOR_W", "weight", None),
        ("V_CONNECTOR_B", "weight", None),
        ("V_PIXELS", "activation", None),
        ("X", "activation", None),
        ("W_ln1_scale_9", "weight", 9),
        ("W_fc12_9", "weight", 2),
        ("W_lm_head_h3", "weight", None),
        ("W_" + "9" * 30, "weight", None),
    ],
)
def test_kind_and_layer_of_a_name(name: str, kind: str, layer: int | None) -> None:
    assert RULES.kind(name) == kind
    assert RULES.layer(name) == layer


def test_own_rules_come_first(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "version: 1\n"
        "kinds:\n"
        "  - {kind: kv, begins: [W_cache_]}\n"
        "  - {kind: weight, names: [TABLE], pattern: '_table$'}\n"
        "layer: {ignore: ['(?<=norm)[12]']}\n"
        "bytes_per_element: 2.0\n"
    )
    rules = load_rules(str(path))
    assert rules.kind("W_cache_1") == "kv"
    assert rules.kind("TABLE") == rules.kind("bias_table") == "weight"
    assert rules.kind("W_q_0") == "weight"
    assert rules.layer("W_norm1_6_h2") == 6
    assert rules.bytes_per_element == 2
    made = make({"X": 0}, None, {"X": {"storage_shape": [4, 8]}}, rules=rules)
    assert made.manifest.regions[0].size == 64
    path.write_text("version: 1\nextends: none\n")
    assert load_rules(str(path)).kind("W_q_0") == "activation"
    assert load_rules(str(path)).bytes_per_element == Fraction(9, 8)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E100"),
        ("version: 2", "E104"),
        ("kinds: []", "E102"),
        ("version: 1\nkinds: [{kind: bias, names: [X]}]", "E104"),
        ("version: 1\nkinds: [{kind: kv}]", "E104"),
        ("version: 1\nkinds: [{kind: kv, pattern: '('}]", "E110"),
        ("version: 1\nlayer: {ignore: ['[']}", "E110"),
        ("version: 1\nlayers: {}", "E101"),
        ("version: 1\nbytes_per_element: 0", "E104"),
        ("version: 1\nbytes_per_element: '2'", "E103"),
        ("version: [", "E100"),
    ],
)
def test_bad_rules(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        load_rules(str(path))
    assert {d.code for d in caught.value.diagnostics} == {code}


# -- sizes -----------------------------------------------------------------------------------------


def test_precedence_of_sizes(make: Make) -> None:
    made = make(
        {"W_a_0": 0, "W_b_0": 100, "W_c_0": 300, "W_d_0": 333},
        {"W_a_0": 10},
        {"W_a_0": {"storage_shape": [64]}, "W_b_0": {"storage_shape": [3, 5]}},
    )
    assert [(t.region.name, t.region.size, t.sizing) for t in made.tensors] == [
        ("W_a_0", 10, "sizes"),
        ("W_b_0", 16, "layout"),  # 15 x 1.125 = 16.875, rounded down
        ("W_c_0", 33, "distance"),
    ]
    assert [d.name for d in made.dropped] == ["W_d_0"]
    assert "nothing follows" in made.dropped[0].reason
    assert [w.code for w in made.warnings()] == ["W701", "W702"]


@pytest.mark.parametrize("offset", [-1, 1.5, "64", None, True, [], 1 << 70])
def test_an_offset_that_is_none_is_reported(make: Make, offset: object) -> None:
    made = make({"X": offset, "Y": 0}, {"X": 5, "Y": 5})
    assert [r.name for r in made.manifest.regions] == ["Y"]
    assert [d.name for d in made.dropped] == ["X"]
    assert "its offset is" in made.dropped[0].reason


@pytest.mark.parametrize("size", [0, -5, 2.5, "64", None, True, {}])
def test_a_size_that_is_none_gives_way(make: Make, size: object) -> None:
    made = make({"X": 0, "Y": 50}, {"X": size, "Y": 5}, {"X": {"storage_shape": [8]}})
    assert made.tensors[0].sizing == "layout"
    assert made.tensors[0].region.size == 9
    assert "no byte count above 0" in made.notes[0]


@pytest.mark.parametrize(
    "layout", [None, [], {}, {"storage_shape": []}, {"storage_shape": [0, 8]},
               {"storage_shape": [-1]}, {"storage_shape": ["8"]}, {"storage_shape": 8},
               {"storage_shape": [1 << 40, 1 << 40]}, {"logical_shape": [8]}],
)  # fmt: skip
def test_a_layout_that_is_none_gives_way(make: Make, layout: object) -> None:
    made = make({"X": 0, "Y": 50}, None, {"X": layout})
    assert made.tensors[0].sizing == "distance"
    assert made.tensors[0].region.size == 50
    assert "storage_shape" in made.notes[0]
    assert [d.name for d in made.dropped] == ["Y"]


def test_names_without_an_offset_are_reported(make: Make) -> None:
    made = make({"X": 0}, {"X": 1, "Y": 2}, {"Y": {"storage_shape": [1]}, "Z": {}})
    assert [d.name for d in made.dropped] == ["Y", "Z"]


def test_two_tensors_at_one_offset(make: Make) -> None:
    made = make({"B": 0, "A": 0, "C": 64})
    assert [(r.name, r.size) for r in made.manifest.regions] == [("A", 64), ("B", 64)]
    assert [(o.first.name, o.second.name, o.size) for o in overlaps(made.manifest)] == [
        ("A", "B", 64)
    ]


def test_ceiling_is_where_weights_begin(make: Make) -> None:
    made = make({"X": 0, "W_q_0": 64, "Y": 128}, {"X": 64, "W_q_0": 64, "Y": 9})
    assert made.manifest.activation_ceiling == 64
    assert make({"X": 5}, {"X": 64}).manifest.activation_ceiling == 69


@pytest.mark.parametrize("text", ["", "[]", "3", '{"a": 1, "a": 2}', "{"])
def test_address_maps_that_are_none(make: Make, text: str) -> None:
    with pytest.raises(InputError) as caught:
        make(text)
    assert {d.code for d in caught.value.diagnostics} == {"E210"}


def test_directories_without_an_address_map(tmp_path: Path) -> None:
    for directory, part in ((tmp_path, "has no hbm_addrs.json"), (tmp_path / "x", "not a dir")):
        with pytest.raises(InputError, match=part) as caught:
            build(str(directory), RULES, None)
        assert caught.value.diagnostics[0].code == "E703"


@given(st.dictionaries(st.text(max_size=6), st.integers(-2, 500), max_size=12), st.data())
def test_every_entry_is_in_the_manifest_or_reported(addrs: dict[str, int], data: Any) -> None:
    import tempfile

    names = st.sampled_from(sorted(addrs)) if addrs else st.text(max_size=6)
    sizes = data.draw(st.dictionaries(names, st.integers(-1, 90), max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "hbm_addrs.json").write_text(json.dumps(addrs))
        (Path(folder) / "hbm_sizes.json").write_text(json.dumps(sizes))
        made = build(folder, RULES, None)
    found = {r.name for r in made.manifest.regions}
    dropped = {d.name for d in made.dropped}
    assert found | dropped == set(addrs) | set(sizes)
    assert not found & dropped
    assert all(r.size > 0 for r in made.manifest.regions)


# -- the whole model -------------------------------------------------------------------------------


def test_projection_by_hand(make: Make) -> None:
    made = make(
        {"X": 0, "W_q_0": 10, "W_q_1": 110, "K_stored_0_h0": 210, "W_embed": 220},
        {"X": 10, "W_q_0": 100, "W_q_1": 51, "K_stored_0_h0": 10, "W_embed": 7},
    )
    # Two layers have 151 bytes of weights and 10 of KV; W_embed and X are shared.
    assert made.projected(2) == made.manifest.footprint() == Footprint(158, 10, 10)
    assert made.projected(3) == Footprint(7 + 227, 15, 10)  # 226.5 rounded up
    assert make({"W_embed": 0}, {"W_embed": 7}).projected(30) == Footprint(7, 0, 0)


# -- layout ----------------------------------------------------------------------------------------


def test_gaps_and_overlaps() -> None:
    manifest = Manifest(
        (
            Region(0, 64, 100, name="a"),
            Region(0, 100, 10, name="b"),
            Region(0, 164, 6, name="c"),
            Region(0, 200, 0, name="d"),
            Region(0, 210, 5, name="e"),
        ),
        4,
    )
    assert [(g.offset, g.size) for g in gaps(manifest)] == [(170, 30), (200, 10)]
    assert [(o.first.name, o.second.name, o.offset, o.size) for o in overlaps(manifest)] == [
        ("a", "b", 100, 10)
    ]
    codes = [d.code for d in check(manifest)]
    assert codes.count("W708") == 1
    assert codes.count("W709") == 1
    assert codes.count("W703") == 4


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=10))
def test_gaps_and_overlaps_byte_by_byte(pairs: list[tuple[int, int]]) -> None:
    regions = tuple(Region(0, o, n, name=str(i)) for i, (o, n) in enumerate(sorted(pairs)))
    manifest = Manifest(regions)
    covered = {b for r in regions for b in range(r.offset, r.end)}
    if covered:
        ends = range(min(r.offset for r in regions), max(covered) + 1)
        missing = {b for b in ends if b not in covered}
        tail = {b for g in gaps(manifest) for b in range(g.offset, g.offset + g.size)}
        assert missing == {b for b in tail if b <= max(covered)}
    shared = {
        (a.name, b.name)
        for i, a in enumerate(regions)
        for b in regions[i + 1 :]
        if set(range(a.offset, a.end)) & set(range(b.offset, b.end))
    }
    assert shared == {(o.first.name, o.second.name) for o in overlaps(manifest)}


# -- the samples -----------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/samples/manifests")
@pytest.mark.parametrize(
    "name", [p.name for p in sorted(SAMPLES.glob("*"))] if SAMPLES.is_dir() else ["none"]
)
def test_sample_directories(name: str) -> None:
    folder = SAMPLES / name
    for path in folder.glob("weight_manifest*.json"):
        theirs = load(str(path))
        made = build(str(folder), RULES, theirs.capacity_bytes)
        ours = json.loads(to_json(made.manifest))
        for region in ours["regions"]:
            assert region.pop("name")
        assert ours == json.loads(path.read_text())
        assert differences(made, theirs) == ()
    if name.startswith("bmr_"):
        assert [d.name for d in made.dropped] == ["V_stored_0_h1"]
        assert sum(t.sizing == "distance" for t in made.tensors) == 3


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/samples/manifests")
def test_one_layer_projects_to_the_thirty_layer_model() -> None:
    one = build(str(SAMPLES / "smollm2_dec1_m64"), RULES, None)
    whole = build(str(SAMPLES / "smollm2_dec30_m64"), RULES, None)
    assert one.projected(30) == whole.manifest.footprint() == whole.projected(30)


def test_differences_are_named(make: Make) -> None:
    made = make({"X": 0, "W_q_0": 64, "Y": 128}, {"X": 64, "W_q_0": 64}, capacity=5)
    theirs = Manifest((Region(0, 0, 60, "kv"), Region(1, 64, 64), Region(0, 500, 1)), 6, 64)
    found = {(d.where, d.field): (d.ours, d.theirs) for d in differences(made, theirs)}
    assert found == {
        ("manifest", "ddr_capacity_bytes"): ("5", "6"),
        ("X", "size"): ("64", "60"),
        ("X", "kind"): ("activation", "kv"),
        ("W_q_0", "layer_id"): ("0", "1"),
        ("weight of layer 0 at 500", "region"): ("-", "weight, 1 bytes at 0x1f4"),
    }
