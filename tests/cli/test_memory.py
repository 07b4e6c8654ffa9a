"""``isa-analysis memory`` and ``isa-analysis manifest`` through the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from support import ROOT, keys_of

BUILD = "sample_asm/compiled/decoder"
MANIFEST = f"{BUILD}/weight_manifest.json"
PROGRAM = "sample_asm/decoder.asm"
RULES = "sample_asm/compiled/rules.yaml"
MEMORY = ("memory", PROGRAM, "--manifest", MANIFEST, "--board", "custom_a7")


def cases(cli, *more: str) -> list[dict]:  # type: ignore[no-untyped-def,type-arg]
    done = cli(*MEMORY, "--format", "json", *more)
    assert done.code == 0
    document = json.loads(done.out)
    assert (document["format"], document["format_version"]) == ("isa-analysis-memory", 1)
    return document["programs"][0]["cases"]


# -- memory ----------------------------------------------------------------------------------------


def test_capacity_comes_from_flag_manifest_board(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = cli(*MEMORY)
    assert "Capacity 160 KiB (from the manifest)" in done.out
    assert "kv-swap (auto)" in done.out
    assert "Capacity 1 MiB (from --capacity)" in cli(*MEMORY, "--capacity", "1M").out
    plain = tmp_path / "m.json"
    data = json.loads((ROOT / MANIFEST).read_text())
    del data["ddr_capacity_bytes"]
    plain.write_text(json.dumps(data))
    done = cli("memory", PROGRAM, "--manifest", plain, "--board", "custom_a7")
    assert "Capacity 512 MiB (from the board)" in done.out
    assert "Link     1.5 GB/s (from the board)" in done.out
    assert "(from --host-bandwidth)" in cli(*MEMORY, "--host-bandwidth", "38e6").out


def test_capacities_models_and_links_multiply(cli) -> None:  # type: ignore[no-untyped-def]
    found = cases(
        cli, "--capacity", "256K,160K", "--capacity", "64K", "--memory-model", "auto",
        "--memory-model", "host-stream", "--host-bandwidth", "38e6,1.5GB/s",
    )  # fmt: skip
    assert len(found) == 3 * 2 * 2
    assert [c["model"] for c in found if c["requested_model"] == "auto"] == [
        "resident", "resident", "kv-swap", "kv-swap", "weight-stream", "weight-stream",
    ]  # fmt: skip
    assert {c["host_bytes_per_s"] for c in found} == {38_000_000, 1_500_000_000}
    alone = cases(cli, "--capacity", "64K", "--memory-model", "host-stream")
    assert alone[0] == found[-1]


def test_sums_agree(cli) -> None:  # type: ignore[no-untyped-def]
    for case in cases(cli, "--memory-model", "all", "--capacity", "128K,48K"):
        for part in ("layers", "regions"):
            for key in ("swapped_bytes", "streamed_bytes"):
                assert sum(row[key] for row in case[part]) == case[key]
        exact = case["link_ns_exact"]
        link_bytes = case["swapped_bytes"] + case["streamed_bytes"]
        assert exact["numerator"] * case["host_bytes_per_s"] == (
            link_bytes * 10**9 * exact["denominator"]
        )
        assert abs(case["total_ns"] - case["base_ns"] - case["link_ns"]) <= 1
        reads = case["weight_read_bytes"] + case["activation_read_bytes"]
        assert reads == 64 * sum(row["read_requests"] for row in case["regions"])


def test_preloaded_memory_has_no_first_loads(cli) -> None:  # type: ignore[no-untyped-def]
    (cold,) = cases(cli, "--memory-model", "layer-swap", "--capacity", "1M")
    (warm,) = cases(cli, "--memory-model", "layer-swap", "--capacity", "1M", "--preloaded")
    assert (cold["swaps"], warm["swaps"]) == (1, 0)


def test_formats_show_the_same_numbers(cli) -> None:  # type: ignore[no-untyped-def]
    how = ("--memory-model", "all", "--capacity", "64K")
    found = cases(cli, *how)
    rows = list(csv.DictReader(io.StringIO(cli(*MEMORY, *how, "--format", "csv").out)))
    assert len(rows) == len(found) == 5
    for row, case in zip(rows, found, strict=True):
        for key in ("model", "total_cycles", "link_ns", "swaps", "streamed_bytes"):
            assert row[key] == str(case[key])
    text, markdown = cli(*MEMORY, *how).out, cli(*MEMORY, *how, "--format", "markdown").out
    for case in found:
        for view in (text, markdown):
            assert f"{case['total_cycles']:,}" in view
            assert f"{case['swapped_bytes']:,}" in view
    assert markdown.startswith("### Memory")


def test_output_file_and_several_programs(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "out.json"
    done = cli(
        "memory", PROGRAM, "sample_asm/decode_step.asm", "--manifest", MANIFEST, "-q",
        "--format", "json", "-o", file,
    )  # fmt: skip
    assert done.out == ""
    assert len(json.loads(file.read_text())["programs"]) == 2


def test_warnings_go_to_stderr_and_quiet_stops_them(cli) -> None:  # type: ignore[no-untyped-def]
    done = cli(*MEMORY, "--memory-model", "layer-swap", "--capacity", "1K")
    assert "W704" in done.err
    assert "W703" in done.err
    assert cli(*MEMORY, "--memory-model", "layer-swap", "--capacity", "1K", "-q").err == ""


def test_another_program_than_the_manifests_is_noticed(cli) -> None:  # type: ignore[no-untyped-def]
    done = cli("memory", "sample_asm/vision_patch.asm", "--manifest", MANIFEST)
    assert done.code == 0
    assert "W706" in cli("memory", "sample_asm/decode_step.asm", "--manifest", MANIFEST).err


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (("--host-bandwidth", "0"), "E701"),
        (("--host-bandwidth", "0.0"), "E701"),
        (("--host-bandwidth", "-5"), "negative"),
        (("--host-bandwidth", "fast"), "E701"),
        (("--host-bandwidth", "38e6,"), "E701"),
        (("--capacity", "0"), "E700"),
        (("--capacity", "-1"), "negative"),
        (("--capacity", "-512M"), "negative"),
        (("--capacity", "512X"), "E700"),
        (("--capacity", "512M,"), "E700"),
        (("--capacity", ""), "E700"),
        (("--context", "0"), "--context"),
        (("--memory-model", "magic"), "magic"),
        (("--set", "host_link=null"), "E702"),
    ],
)
def test_bad_options(cli, more: tuple[str, ...], part: str) -> None:  # type: ignore[no-untyped-def]
    done = cli(*MEMORY, *more)
    assert done.code == 2
    assert part in done.err


def test_a_missing_manifest(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = cli("memory", PROGRAM)
    assert done.code == 2
    assert "--manifest" in done.err
    done = cli("memory", PROGRAM, "--manifest", tmp_path / "none.json")
    assert done.code == 2
    assert "E107" in done.err
    broken = tmp_path / "m.json"
    broken.write_text('{"regions": [{"offset": 0,\n "size": -4}]}')
    done = cli("memory", PROGRAM, "--manifest", broken)
    assert done.code == 2
    assert "m.json:2:10: error[E210]" in done.err


def test_hostile_names_stay_text(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    name = "W_|<script>alert(1)</script>`\n\x1b[2J*_0"
    data = json.loads((ROOT / MANIFEST).read_text())
    data["regions"][-1]["name"] = data["regions"][5]["name"] = name
    hostile = tmp_path / "m.json"
    hostile.write_text(json.dumps(data))
    how = ("memory", PROGRAM, "--manifest", hostile, "--capacity", "64K", "--top", "99")
    text = cli(*how).out
    assert "\x1b" not in text
    assert "W_|<script>" in text
    markdown = cli(*how, "--format", "markdown").out
    assert "\x1b" not in markdown
    assert "<script>" not in markdown
    (row,) = [line for line in markdown.splitlines() if "script" in line][:1]
    assert row.replace("\\|", "").count("|") == 12
    regions = json.loads(cli(*how, "--format", "json").out)["programs"][0]["cases"][0]["regions"]
    assert name in {region["name"] for region in regions}
    for view in ("text", "markdown", "json"):
        assert cli("manifest", "show", hostile, "--format", view).code == 0


# -- manifest --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["decoder", "decode_step"])
def test_the_committed_manifests_are_what_build_makes(cli, name: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, file = f"sample_asm/compiled/{name}", tmp_path / "m.json"
    cli("manifest", "build", folder, "--rules", RULES, "--capacity", "160K", "-o", file)
    assert file.read_text() == (ROOT / folder / "weight_manifest.json").read_text()


def test_without_a_file_the_manifest_is_the_output(cli) -> None:  # type: ignore[no-untyped-def]
    done = cli("manifest", "build", BUILD)
    manifest = json.loads(done.out)
    assert manifest["ddr_capacity_bytes"] == 512 << 20
    assert "Footprint by kind" in done.err
    assert cli("manifest", "build", BUILD, "-q").err == ""
    assert cli("manifest", "build", BUILD, "-o", "-", "-q").out == done.out


@pytest.mark.parametrize(
    ("more", "size", "source"),
    [
        ((), 512 << 20, "default"),
        (("--board", "v80"), 32 << 30, "board v80"),
        (("--board", "v80", "--capacity", "1G"), 1 << 30, "--capacity"),
    ],
)
def test_capacity_of_a_built_manifest(cli, more: tuple[str, ...], size: int, source: str) -> None:  # type: ignore[no-untyped-def]
    done = cli("manifest", "build", BUILD, *more)
    assert json.loads(done.out)["ddr_capacity_bytes"] == size
    assert f"(from {source}" in done.err or f"(from the {source}" in done.err


def test_report_formats(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    how = ("manifest", "build", BUILD, "--total-layers", "30", "--compare", MANIFEST)
    file = tmp_path / "m.json"
    document = json.loads(cli(*how, "--format", "json", "-o", file).out)
    assert document["format"] == "isa-analysis-manifest"
    assert document["footprint"]["total_bytes"] == 167_616
    assert document["projected"]["activation_bytes"] == document["footprint"]["activation_bytes"]
    # Without the rule for norms, norm1 and norm2 look like layers 1 and 2.
    assert {d["field"] for d in document["differences"]} == {"ddr_capacity_bytes", "layer_id"}
    assert document["boards"][0]["board"] == "custom_a7"
    text = cli(*how, "-o", file).out
    markdown = cli(*how, "-o", file, "--format", "markdown").out
    for view in (text, markdown):
        assert "167,616" in view
        assert "hbm_sizes.json" in view.replace("\\", "")
        assert "Differences from" in view


def test_dropped_entries_are_in_the_report(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "hbm_addrs.json").write_text('{"W_a_0": 0, "W_b_0": 64, "X": -3}')
    done = cli("manifest", "build", tmp_path, "-o", tmp_path / "m.json")
    assert done.err.count("W701") == 2
    assert "W702" in done.err
    assert re.search(r"W_b_0 +no size, no layout, and nothing follows it", done.out)
    assert re.search(r"X +its offset is the number -3", done.out)


def test_show_and_validate(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shown = cli("manifest", "show", MANIFEST, "--top", "3").out
    assert "Regions  " in shown
    assert "16 more: --top N shows them." in shown
    assert "(from the file): kv-swap" in shown
    good = cli("manifest", "validate", MANIFEST)
    assert (good.code, good.out) == (0, f"{MANIFEST}: ok (19 regions, 163.7 KiB (167,616 bytes))\n")


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("build", "sample_asm"), "E703"),
        (("build", "no/such/dir"), "E703"),
        (("build", BUILD, "--capacity", "0"), "E700"),
        (("build", BUILD, "--capacity", "-1"), "E700"),
        (("build", BUILD, "--board", "v8"), "E107"),
        (("build", BUILD, "--total-layers", "0"), "--total-layers"),
        (("build", BUILD, "--rules", "no.yaml"), "E107"),
        (("build", BUILD, "--compare", "no.json"), "E107"),
        (("build", BUILD, "-o", "no/such/dir/m.json"), "E203"),
        (("build",), "BUILD_DIR"),
        (("show", "no.json"), "E107"),
        (("show", RULES), "E210"),
        (("validate", "no.json"), "E107"),
        (("validate", f"{BUILD}/hbm_addrs.json"), "E210"),
    ],
)
def test_bad_manifest_commands(cli, argv: tuple[str, ...], code: str) -> None:  # type: ignore[no-untyped-def]
    done = cli("manifest", *argv)
    assert done.code == 2
    assert code in done.err


# -- documented keys -------------------------------------------------------------------------------


def test_every_json_key_is_documented(cli, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page = (ROOT / "docs" / "memory.md").read_text(encoding="utf-8")
    _, memory, manifest = re.split(r"### `isa-analysis-\w+`, version 1", page)

    def first_cells(part: str) -> set[str]:
        cells = re.findall(r"^\| (`.+?) \|", part, flags=re.MULTILINE)
        return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}

    done = cli(
        "memory", "sample_asm/routed_experts.asm", "--manifest", MANIFEST, "--format", "json",
        "--capacity", "64K",
    )  # fmt: skip
    assert keys_of(json.loads(done.out)) == first_cells(memory)
    (tmp_path / "hbm_addrs.json").write_text('{"W_a_0": 0, "X": 64, "Y": -3}')
    (tmp_path / "hbm_sizes.json").write_text('{"W_a_0": 32, "X": 32}')
    done = cli(
        "manifest", "build", tmp_path, "--format", "json", "-o", tmp_path / "m.json",
        "--compare", MANIFEST, "--total-layers", "3",
    )  # fmt: skip
    files = {"hbm_addrs", "hbm_sizes", "tensor_layouts", "json"}
    found = {k for k in keys_of(json.loads(done.out)) if not k.endswith(".json")}
    assert found == first_cells(manifest) - files
