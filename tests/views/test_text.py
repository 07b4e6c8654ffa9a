"""The text report: what is in it, and that nothing is lost when tables are cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from support import SAMPLES, Loop, nests, profile_of, text_of

from isa_analysis.profiling import Profile
from isa_analysis.views import profile_tables as tables
from isa_analysis.views.profile_tables import auto_parts
from isa_analysis.views.text import clock, duration, render, stage_table


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_sections(path) -> None:  # type: ignore[no-untyped-def]
    p = profile_of(path.read_bytes(), "nexys_video")
    report = render([p])
    for words in ("Input    t.asm (", "Board    nexys_video (board_configs/nexys_video.yaml) at",
                  "Machine  MLEN 64", "Model    timing serial, memory charge", "leaves out",
                  "Static  ", "Dynamic ", "Compute ", "Memory  ", "Total   ", "Kernels (cycles)",
                  "Categories", "Opcodes", "Memory (model: charge)", "Hottest loops"):  # fmt: skip
        assert words in report
    assert f"{p.totals.total_cycles:,} cycles" in report
    assert not re.search(r"[ \t]\n", report)
    assert report.endswith("\n")


def sums(p: Profile, top: int | None) -> None:
    for parts in (("layer", "kernel"), ("kernel",), ("layer", "block", "kernel", "head")):
        rows = tables.kernel_table(p, parts, top)
        keys = [c.key for c in rows.columns]
        for key, value in (("dynamic", p.totals.dynamic), ("compute_cycles",
                           p.totals.compute_cycles), ("memory_cycles", p.totals.memory_cycles),
                           ("total_cycles", p.totals.total_cycles)):  # fmt: skip
            at = keys.index(key)
            assert sum(row[at] for row in rows.rows) == value  # type: ignore[misc]
        assert all(len(row) == len(keys) for row in rows.rows)
    opcodes = tables.opcode_table(p, top)
    assert sum(row[3] for row in opcodes.rows) == p.totals.dynamic  # type: ignore[misc]
    assert sum(row[5] for row in opcodes.rows) == p.totals.total_cycles  # type: ignore[misc]


@pytest.mark.parametrize("top", [1, 2, 3, 20, None])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_cut_tables_still_sum(path, top: int | None) -> None:  # type: ignore[no-untyped-def]
    sums(profile_of(path.read_bytes(), "nexys_video"), top)


@settings(max_examples=40, deadline=None)
@given(nests())
def test_random_programs(tree: tuple[object, ...]) -> None:
    p = profile_of(text_of(tree), "nexys_video")
    sums(p, 2)
    assert render([p])


def test_top_counts_rows_and_names_the_rest() -> None:
    text = "".join(f"; @kernel k{i}\n" + "S_LUI_INT gp1, 1\n" * i + "; @end\n" for i in range(1, 9))
    table = tables.kernel_table(profile_of(text), ("kernel",), 3)
    assert [row[0] for row in table.rows] == ["k8", "k7", "k6", "(5 more)"]
    assert table.rows[-1][2] == 1 + 2 + 3 + 4 + 5
    assert "--top" in table.note
    assert len(tables.kernel_table(profile_of(text), ("kernel",), 7).rows) == 8, "no row for one"


def test_layers_are_folded_when_there_are_many() -> None:
    def decoder(layers: int) -> Profile:
        return profile_of(
            "".join(
                f"; === LAYER {i}/{layers} START ===\n; FFN Generation\nS_LUI_INT gp1, 1\n"
                f"; === LAYER {i}/{layers} COMPLETE ===\n"
                for i in range(layers)
            )
        )

    assert auto_parts(decoder(2)) == ("layer", "kernel")
    assert auto_parts(decoder(3)) == ("kernel",)
    table = tables.kernel_table(decoder(3), ("kernel",), 20)
    assert "3 layers folded together" in table.note


def test_an_average_is_marked() -> None:
    p = profile_of("S_ADD_FP f0, f1, f1\nS_ADD_FP f1, f1, f1\nM_MM 0, gp1, gp1\n")
    each = {row[0]: row[4] for row in tables.opcode_table(p, None).rows}
    assert each == {"M_MM": 64, "S_ADD_FP": "~0.50"}


def test_an_incomplete_total_is_marked() -> None:
    report = render([profile_of("===\nS_LUI_INT gp1, 1\n", lenient=True)])
    assert re.search(r"^Total .*INCOMPLETE", report, re.MULTILINE)


def test_several_stages_get_a_total() -> None:
    profiles = [profile_of(path.read_bytes()) for path in SAMPLES[:2]]
    table = stage_table(profiles)
    assert table.rows[-1][0] == "total"
    for column in range(1, 7):
        parts = [row[column] for row in table.rows[:-1]]
        assert table.rows[-1][column] == pytest.approx(sum(parts))  # type: ignore[arg-type]
    report = render(profiles)
    assert report.index("Stages (cycles)") < report.index("Kernels (cycles)")
    assert report.count("Kernels (cycles)") == 2


def test_numbers_of_any_size_can_be_printed() -> None:
    tree: tuple[object, ...] = ("S_LUI_INT gp0, 1",)
    for _ in range(15):
        tree = (Loop((1 << 22) - 1, tree),)
    assert "100.0 %" in render([profile_of(text_of(tree))])
    assert "none" in render([profile_of("")])


def test_control_characters_of_names_do_not_reach_the_terminal() -> None:
    p = profile_of("; @kernel a\x1b[31m\x07b\nS_LUI_INT gp1, 1\n; @end\n")
    assert not set(render([p])) & {"\x1b", "\x07", "\r"}


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, "0 ns"),
        (2.5e-9, "2.5 ns"),
        (3.2e-5, "32 us"),
        (0.0123456, "12.35 ms"),
        (1.0, "1 s"),
        (98765.4, "9.877e+04 s"),
    ],
)
def test_durations(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


def test_clock() -> None:
    assert clock(profile_of("", "v80")) == "400 MHz"
    assert clock(profile_of("", "v80", ("clock_mhz=33.25",))) == "33.25 MHz"
