"""Results that were once believed: each must be flagged, with its number kept in sight."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from measured_support import (
    ACCESS,
    banner,
    bench,
    codes,
    errors,
    read_log,
    steps,
    training,
)

from isa_analysis.measured.collect import Collection, collect
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.join import Joined, join_by_name
from isa_analysis.measured.repeats import across_files, unlike
from isa_analysis.measured.result import result
from isa_analysis.views import measured as view

NAME = "/srv/Tests/Models/Training/Toy/toy_train"


def joined(text: str, *estimates: Estimate) -> Joined:
    return join_by_name([read_log(text, "out.txt")], estimates)


def test_an_impossible_value_is_too_low() -> None:
    toy = Estimate("Toy/toy_train", "toy.asm", 10_270_000, 9_000_000, "matrix")
    found = joined(banner(NAME) + "Runtime: 528 cycles\nErrors: 0 out of 8\n", toy)
    [row] = found.rows
    assert row.measurement.cycles == 528
    assert codes(row.measurement) == ["TOO-LOW"]
    assert "528 cycles are below the 9,000,000 of the matrix engine" in row.flags[0].reason
    assert (row.error_percent, found.mean.n_of_m) == (None, "0 of 1")


def test_a_banner_without_a_result_has_crashed() -> None:
    [row] = read_log(banner(NAME) + steps() + ACCESS).runs
    assert (row.cycles, codes(row)) == (None, ["CRASHED"])
    assert "Invalid access" in row.flags[0].reason


def test_cycles_after_errors_are_a_failed_check() -> None:
    rows = read_log(banner(NAME) + steps(1, 1) + errors(2, 4) + bench(500, 7)).runs
    assert [(m.cycles, codes(m)) for m in rows] == [(500, ["FAILED-CHECK"]), (7, ["FAILED-CHECK"])]


def test_one_banner_twice_lists_both_and_uses_none() -> None:
    text = training(NAME, 6_000, 80) + training(NAME, 7_200, 90)
    found = joined(text, Estimate(f"{NAME}:train", "t.asm", 1_000))
    train = [r for r in found.rows if r.measurement.part == "train"]
    assert [r.measurement.cycles for r in train] == [1_000, 1_200]
    assert all(codes(r.measurement) == ["DUPLICATE"] for r in train)
    assert found.mean.n_of_m == "0 of 2"


def test_carriage_returns_and_colours_change_nothing() -> None:
    plain = training(NAME)
    coloured = "".join(
        f"\x1b[1;31m{line}\x1b[0m   \r\n" for line in plain.splitlines()
    )  # fmt: skip
    assert read_log(coloured).runs == read_log(plain).runs


def test_four_steps_against_one() -> None:
    logs = [read_log(training(NAME, 24_000, 160, 4, 1), "tiled.txt").runs,
            read_log(training(NAME, 5_000, 30, 1, 1), "untiled.txt").runs]  # fmt: skip
    rows = across_files([m for log in logs for m in log])
    assert [m.cycles for m in rows] == [6_000, 40, 5_000, 30]
    assert all("STEPS-DIFFER" in codes(m) for m in rows)
    assert (
        rows[0].flags[0].reason
        == f"{NAME} (train), N_TRAIN_STEPS: ran 4 steps here and 1 elsewhere"
    )


def test_equal_steps_and_unlike_inputs() -> None:
    other = training(NAME).replace("DATA_INPUTS=1", "DATA_INPUTS=2")
    rows = across_files([*read_log(training(NAME), "a").runs, *read_log(other, "b").runs])
    assert all(codes(m) == ["CONFIG-DIFFERS"] for m in rows)


def test_equal_settings_are_no_difference() -> None:
    rows = across_files(
        [*read_log(training(NAME), "a").runs, *read_log(training(NAME, 900), "b").runs]
    )
    assert not any(m.flags for m in rows)


@pytest.mark.parametrize("of", [0])
def test_no_errors_where_nothing_was_compared(of: int) -> None:
    rows = read_log(banner(NAME) + steps() + errors(0, of) + bench()).runs
    assert all(codes(m) == ["FAILED-CHECK"] for m in rows)


def test_a_counter_modulo_2_to_the_32() -> None:
    true = 5_000_000_000
    toy = Estimate(f"{NAME}:train", "t.asm", 5_100_000_000, 3_000_000_000, "matrix")
    found = joined(training(NAME, true % (1 << 32), 80, 1, 1), toy)
    row = found.rows[0]
    assert row.measurement.total_cycles == 705_032_704
    assert codes(row.measurement) == ["WRAPPED"]
    assert "5,000,000,000" in row.flags[0].reason


def test_an_old_run_in_an_appended_log() -> None:
    rows = read_log(training(NAME) + banner(NAME) + steps() + ACCESS).runs
    assert [codes(m) for m in rows] == [["STALE"], ["STALE"], ["CRASHED"]]


def test_rows_are_not_matched_by_their_base_name() -> None:
    text = banner("/t/One/net_train") + "Runtime: 500 cycles\n"
    found = joined(text, Estimate("Two/net_train", "t.asm", 500))
    assert found.rows[0].estimate is None
    assert codes(found.rows[1].measurement) == ["MISSING"]


def test_arenas_keep_their_bytes_and_their_units(tmp_path: Path) -> None:
    (tmp_path / "Net.c").write_text(
        "  Net_MEMORYARENA_L1 = (int8_t *)pi_l2_malloc(sizeof(int8_t) * 739328);\n"
        "  Net_MEMORYARENA_L2 = (int8_t *)pi_l2_malloc(sizeof(int8_t) *\n"
        "      Net_MEMORYARENA_L2_len);\n"
        "static const uint32_t Net_MEMORYARENA_L2_len = 294916;\n"
        "static PI_L1 uint8_t Net_TILING_CODEGEN_L1_a_numTiles[2] = {0, 1};\n"
        "static PI_L1 uint8_t Net_TILING_CODEGEN_L1_b_numTiles[2] = {0, 10};\n"
        "static PI_L1 uint8_t Net_TILING_CODEGEN_L1_c_numTiles[4] = {0, 3, 6, 8};\n"
    )
    collection = collect([str(tmp_path)])
    found = result(collection, join_by_name(collection.files, []), {"L2": 64_000})
    assert [(a.level, a.bytes) for a in found.arenas] == [("L2", 739_328), ("L2", 294_916)]
    assert [t.calls for t in found.tilings] == [(1,), (10,), (3, 3, 2)]
    assert found.levels[0].bytes == 739_328 + 294_916
    assert [f.code for a in found.arenas for f in a.flags] == ["DOES-NOT-FIT"] * 2
    rows = list(csv.DictReader(io.StringIO(view.render_csv_table(found, "arenas"))))
    assert (rows[0]["bytes"], rows[0]["size"]) == ("739328", "722 KiB")


def test_exact_values_are_an_output() -> None:
    collection = Collection((read_log(training(NAME, 191_234_567, 7_100_000, 2, 2)),))
    found = result(collection, join_by_name(collection.files, []), {})
    [train, opt] = csv.DictReader(io.StringIO(view.render_csv_table(found, "runs")))
    assert (train["total_cycles"], train["calls"]) == ("191234567", "4")
    assert train["cycles_per_call"] == "47808641.75"
    assert opt["cycles_per_call"] == "3550000"


def test_two_variants_with_unlike_steps_or_a_wrapped_counter() -> None:
    tiled = read_log(training(NAME, 24_000, 160, 4, 1)).runs[0]
    untiled = read_log(training(NAME, 5_000, 30, 1, 1)).runs[0]
    assert [f.code for f in unlike(tiled, untiled)] == ["STEPS-DIFFER"]
    assert unlike(tiled, tiled) == ()
    wide = banner(NAME) + steps(4, 1) + errors() + "BENCH train_cycles_hi=1 train_cycles_lo=24000\n"
    assert [f.code for f in unlike(read_log(wide).runs[0], tiled)] == ["WRAPPED"]
