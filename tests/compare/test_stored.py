"""Stored profiles as variants, sound ones and damaged ones."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from compare_support import codes, variant
from support import ROOT

from isa_analysis import load_board, parse
from isa_analysis.compare.run import compare
from isa_analysis.compare.stored import parts_of, read_profile, stored_variant
from isa_analysis.diagnostics import InputError
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.views import json as profile_json

SAMPLE = str(ROOT / "sample_asm" / "decoder.asm")


@pytest.fixture(scope="module")
def document() -> dict:
    made = profile(parse(SAMPLE), load_board("v80"), ModelOptions(traffic=True))
    return json.loads(profile_json.render([made]))


def saved(folder: Path, value: object) -> str:
    file = folder / "p.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(file)


def test_a_profile_is_the_program_it_was_made_from(document: dict, tmp_path: Path) -> None:
    path = saved(tmp_path, document)
    top = read_profile(path)
    assert parts_of(top) == ("layer", "kernel")
    stored = stored_variant("a", top, path, ("layer", "kernel"))
    text = Path(SAMPLE).read_text(encoding="utf-8")
    fresh = variant("b", text, "v80")
    assert stored.whole.cost == fresh.whole.cost
    assert {k.path: k.cost for k in stored.kernels} == {k.path: k.cost for k in fresh.kernels}
    assert stored.bound == fresh.bound
    c = compare([stored, fresh])
    assert codes(c.whole.cells[1]) == ["IDENTICAL"]  # by the hash of the text
    assert c.whole.cells[0].figures.peak_bytes is None
    assert c.whole.cells[0].figures.fits is None
    assert all(k.status == "same" for k in c.changes[0].kernels)


def test_coarser_groups_are_sums(document: dict, tmp_path: Path) -> None:
    path = saved(tmp_path, document)
    stored = stored_variant("a", read_profile(path), path, ("layer",))
    assert [k.label for k in stored.kernels] == ["-", "layer 0"]
    assert sum(k.cycles for k in stored.kernels) == stored.whole.cycles == 622_188


def change(document: dict, *keys: object, value: object) -> dict:
    out = copy.deepcopy(document)
    at = out
    for key in keys[:-1]:
        at = at[key]
    if value is None:
        del at[keys[-1]]
    else:
        at[keys[-1]] = value
    return out


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("format",), "isa-analysis-diff"),
        (("format_version",), 2),
        (("format_version",), "1"),
        (("totals",), None),
        (("totals", "total_cycles"), 1),
        (("totals", "compute_cycles"), -1),
        (("totals", "static_instructions"), 1.5),
        (("kernels",), {}),
        (("kernels", 0, "path"), ["x"]),
        (("kernels", 0, "compute_cycles"), None),
        (("kernels", 0, "dynamic"), True),
        (("kernels", 0, "dynamic"), 10**400),
        (("opcodes", 0, "cycles"), 1),
        (("opcodes", 0, "mnemonic"), 7),
        (("board",), []),
        (("board", "clock_hz"), 0),
        (("model", "parameters"), []),
        (("model", "caveats"), [1]),
        (("inputs",), []),
        (("inputs", 0, "sha256"), None),
        (("group",), "layer"),
    ],
)
def test_damaged_profiles_are_refused(document, tmp_path: Path, keys, value) -> None:
    broken = change(document, *keys, value=value)
    if keys == ("totals", "total_cycles"):
        broken["totals"]["compute_cycles"] = 1
    path = saved(tmp_path, broken)
    with pytest.raises(InputError) as caught:
        stored_variant("a", read_profile(path), path, ("layer", "kernel"))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.path) == ("E600", path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"format": NaN}', '{"a": 1, "a": 2}', "[" * 100_000]
)
def test_what_is_no_profile_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_profile(saved(tmp_path, text))
    assert caught.value.diagnostics[0].code == "E600"
