"""Estimates: from a profile, from its JSON, by name, by manifest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import SAMPLES, profile_of, program_of

from isa_analysis.boards import load_board
from isa_analysis.diagnostics import InputError
from isa_analysis.measured.estimates import Estimate, estimate_of, read_profile_json
from isa_analysis.measured.manifest import Join, Manifest
from isa_analysis.measured.sources import named, of_manifest
from isa_analysis.profiling import ModelOptions, profile
from isa_analysis.views import json as profile_json

# On the emulator board M_MV takes 64 cycles (BLEN 4, MLEN 64: 64), the loop and S_ADDI_INT 1 each.
LOOP = "C_LOOP_START gp1, 10\nM_MV 0, gp0, gp0\nC_LOOP_END gp1\n"


def price(
    path: str, name: str = "", board: str | None = None, sets: tuple[str, ...] = ()
) -> Estimate:
    """An estimate that says how it was asked for."""
    kernels = (Estimate("layer 0/gemm", path, 5), Estimate("layer 1/gemm", path, 6),
               Estimate("layer 0/softmax", path, 7))  # fmt: skip
    return Estimate(name or path, path, 100, board=f"{board}{list(sets)}", kernels=kernels)


def test_of_a_profile() -> None:
    made = profile_of(LOOP)
    found = estimate_of(made, load_board("emulator"), "loop")
    assert (found.name, found.cycles, found.engine) == ("loop", made.totals.total_cycles, "matrix")
    assert found.lower_bound_cycles == 640
    assert found.cycles == 651  # START, ten M_MV of 64, ten END
    assert found.machine == (("mlen", 64), ("vlen", 64), ("blen", 4))
    assert found.read_bytes is None
    assert sum(k.cycles for k in found.kernels) == found.cycles
    assert found.unknown_opcodes == 0


def test_unknown_opcodes_are_counted() -> None:
    text = "C_LOOP_START gp1, 10\nX_NEW gp0\nC_LOOP_END gp1\n"
    made = profile_of(text, unknown_opcode="warn")
    assert estimate_of(made, load_board("emulator")).unknown_opcodes == 10
    [stored] = read_profile_json(profile_json.render([made]).encode(), "p.json")
    assert stored.unknown_opcodes == 10
    assert stored.incomplete


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_the_json_of_a_profile_says_the_same(path: Path) -> None:
    board = load_board("v80")
    made = profile(program_of(path.read_text()), board, ModelOptions(traffic=True))
    direct = estimate_of(made, board)
    [stored] = read_profile_json(profile_json.render([made]).encode(), "p.json")
    for key in ("name", "cycles", "lower_bound_cycles", "engine", "read_bytes", "written_bytes",
                "sha256", "board", "model"):  # fmt: skip
        assert getattr(stored, key) == getattr(direct, key)
    assert [(k.name, k.cycles, k.read_bytes) for k in stored.kernels] == [
        (k.name, k.cycles, k.read_bytes) for k in direct.kernels
    ]


def test_several_stages_are_several_estimates() -> None:
    board = load_board("v80")
    runs = [profile(program_of(t), board) for t in (LOOP, "M_MV 0, gp0, gp0\n")]
    found = read_profile_json(profile_json.render(runs).encode(), "p.json")
    cycles = [p.totals.total_cycles for p in runs]
    assert [e.cycles for e in found] == [sum(cycles), *cycles]
    assert found[0].name == "p.json"


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": None}, {"inputs": [5]}, {"board": []}, {"model": {}}, {"opcodes": 5},
        {"opcodes": [{}]}, {"kernels": [{"path": "x"}]}, {"totals": {"total_cycles": -1}},
        {"totals": {"total_cycles": True}}, {"totals": {"total_cycles": 1.5}}, {"totals": None},
        {"format": "other"}, {"format_version": 2}, {"format_version": None},
    ],
    ids=str,
)  # fmt: skip
def test_damaged_profiles(change: dict[str, object]) -> None:
    document = json.loads(profile_json.render([profile_of(LOOP)]))
    document.update(change)
    with pytest.raises(InputError) as caught:
        read_profile_json(json.dumps(document).encode(), "p.json")
    assert [d.code for d in caught.value.diagnostics] == ["E230"]


def test_kernels_by_path_or_by_last_part() -> None:
    whole = price("p.asm")
    assert whole.kernel("layer 1/gemm").cycles == 6  # type: ignore[union-attr]
    assert whole.kernel("softmax").cycles == 7  # type: ignore[union-attr]
    assert whole.kernel("gemm") is None
    assert whole.kernel("none") is None


def test_named_estimates(tmp_path: Path) -> None:
    odd = tmp_path / "a=b.asm"
    odd.write_text("")
    found = named(["p.asm", "A/net=q.asm", str(odd)], price)
    assert [(e.name, e.path) for e in found] == [
        ("p.asm", "p.asm"), ("A/net", "q.asm"), (str(odd), str(odd)),
    ]  # fmt: skip


def test_the_problems_of_all_files_are_raised(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(InputError) as caught:
        named([str(tmp_path / "a.json"), f"x={tmp_path / 'b.json'}"], price)
    assert len(caught.value.diagnostics) == 2


def test_estimates_of_a_manifest() -> None:
    joins = (
        Join(measured="a", program="p.asm", board="v80", set=("clock_mhz=5",)),
        Join(measured="b", program="p.asm", kernel="softmax"),
        Join(measured="c", estimate_cycles=9),
        Join(measured="d"),
    )
    found = of_manifest(Manifest(joins=joins), price)
    assert {n: e.cycles for n, e in found.items()} == {0: 100, 1: 7, 2: 9}
    assert found[0].board == "v80['clock_mhz=5']"
    lost = (Join(measured="a", program="p.asm", kernel="gemm"),
            Join(measured="b", program="p.asm", kernel="x"))  # fmt: skip
    with pytest.raises(InputError) as caught:
        of_manifest(Manifest(joins=lost), price)
    assert [d.code for d in caught.value.diagnostics] == ["E622", "E622"]
    assert "layer 0/gemm" in caught.value.diagnostics[0].hint
