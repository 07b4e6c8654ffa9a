"""Profiled tiles: parts, sums, nesting, the older form."""

from __future__ import annotations

import pytest
from measured_support import banner, codes, read_log, tile

from isa_analysis.measured.model import MeasuredFile


def totals(found: MeasuredFile) -> dict[str, object]:
    return {m.part: m.total_cycles for m in found.runs if m.part}


def test_a_tile() -> None:
    found = read_log(tile("Conv_L2", 0, 100, 800, 60, ops=64))
    [t] = found.tiles
    assert (t.node, t.level, t.buffering, t.ops, t.tile) == ("Conv", "L2", "SB", 64, 0)
    assert (t.pre, t.kernel, t.post, t.total, t.cycles) == (100, 800, 60, 960, 960)
    assert not t.flags
    [m] = found.runs
    assert (m.part, m.total_cycles, m.calls) == ("Conv", 960, 1)
    assert dict(m.facts) == {
        "tiles": 1, "level": "L2", "pre_cycles": 100, "kernel_cycles": 800, "post_cycles": 60,
    }  # fmt: skip


def test_tiles_of_a_node_are_summed() -> None:
    found = read_log(tile("Conv_L2", 0, 1, 10, 2) + tile("Conv_L2", 1, 3, 20, 4)
                     + tile("Add_L2", 0, 5, 30, 6))  # fmt: skip
    assert totals(found) == {"Conv": 40, "Add": 41}
    assert len(found.tiles) == 3


def test_an_outer_kernel_contains_the_inner_tiles() -> None:
    inner = tile("Conv_L2", 0, 10, 100, 5) + tile("Conv_L2", 1, 10, 100, 5)
    found = read_log(inner + tile("Conv_L3", 0, 50, 230, 40))
    assert totals(found) == {"Conv": 320}
    assert "are not added" in found.runs[0].notes[0]


def test_a_node_that_runs_twice() -> None:
    once = tile("Conv_L2", 0, 1, 10, 2) + tile("Conv_L2", 1, 3, 20, 4)
    [m] = read_log(once + once).runs
    assert (m.total_cycles, m.calls, m.cycles) == (80, 2, 40)


def test_double_buffering_and_cores() -> None:
    text = (
        tile("Gemm_L2", 0, 1, 10, 2).replace("[SB]", "[DB]").replace("[Tile 0]", "[Tile 0][Core 4]")
    )
    more = (
        tile("Gemm_L2", 0, 1, 20, 2).replace("[SB]", "[DB]").replace("[Tile 0]", "[Tile 0][Core 5]")
    )
    found = read_log(text + more)
    assert [(t.buffering, t.core, t.total) for t in found.tiles] == [("DB", 4, 13), ("DB", 5, 23)]
    assert totals(found) == {"Gemm": 23}
    assert found.runs[0].notes == ("the slowest of 2 cores",)


def test_the_older_form() -> None:
    head = "[Norm L2][SB][0 ops][Tile {}] "
    text = "".join(
        head.format(n) + part + f" took {cycles} cycles\n"
        for n, values in enumerate(((489, 900, 34), (82, 800, 31)))
        for part, cycles in zip(("Input DMA", "Kernel", "Output DMA"), values, strict=True)
    )
    found = read_log(text)
    assert [(t.level, t.pre, t.kernel, t.post, t.total, t.cycles) for t in found.tiles] == [
        ("L2", 489, 900, 34, None, 1423), ("L2", 82, 800, 31, None, 913),
    ]  # fmt: skip
    assert totals(found) == {"Norm": 2336}


def test_the_older_form_without_names() -> None:
    found = read_log("Input DMA took 489 cycles\nKernel took 11 cycles\nOutput DMA took 5 cycles\n")
    assert totals(found) == {"(node)": 505}


def test_an_unfinished_tile() -> None:
    found = read_log("[Conv_L2][SB][8 ops][Tile 0] Pre-Kernel :   10 cycles \n")
    assert totals(found) == {"Conv": None}
    assert codes(found.runs[0]) == ["CRASHED"]


def test_a_total_that_wrapped() -> None:
    big = (1 << 32) - 40
    found = read_log(tile("Conv_L2", 0, big, 100, 60, total=(big + 160) % (1 << 32)))
    assert [f.code for f in found.tiles[0].flags] == ["WRAPPED"]
    assert (
        "120 and its parts, 4,294,967,416, are equal modulo 2^32" in found.tiles[0].flags[0].reason
    )
    assert "WRAPPED" in codes(found.runs[0])


def test_a_total_that_is_no_sum() -> None:
    found = read_log(tile("Conv_L2", 0, 10, 100, 60, total=171))
    assert [f.code for f in found.tiles[0].flags] == ["FAILED-CHECK"]


def test_a_kernel_that_never_ran() -> None:
    found = read_log(tile("Conv_L2", 0, 10, 0, 60, ops=64))
    assert codes(found.runs[0]) == ["TOO-LOW"]
    assert not read_log(tile("Copy_L2", 0, 10, 0, 60, ops=0)).runs[0].flags


def test_tiles_of_a_section_that_crashed() -> None:
    text = banner("/t/a/net") + tile("Conv_L2", 0, 1, 10, 2) + "Segmentation fault (core dumped)\n"
    rows = read_log(text).runs
    assert [(m.part, codes(m)) for m in rows] == [("", ["CRASHED"]), ("Conv", ["CRASHED"])]


@pytest.mark.parametrize(
    "line",
    [
        "[Tile 0] Kernel : 5 cycles",
        "[a][Tile x] Kernel : 5 cycles",
        "Kernel : 5 cycles",
        "[a][SB][8 ops][Tile 0] Kernel : many cycles",
        '  printf("%s%u] Kernel     :%6u cycles \\n", prefix);',
    ],
)
def test_lines_that_are_no_tiles(line: str) -> None:
    assert totals(read_log(line + "\nRuntime: 5 cycles\n")) == {}


def test_a_run_that_is_shorter_than_one_of_its_nodes() -> None:
    nodes = tile("Conv_L2", 0, 100, 800, 60)
    rows = read_log(banner("/t/a/net") + nodes + "Runtime: 528 cycles\n").runs
    assert [(m.cycles, codes(m)) for m in rows] == [(528, ["TOO-LOW"]), (960, [])]
    assert "below the 960 of its node Conv alone" in rows[0].flags[0].reason
    assert not read_log(banner("/t/a/net") + nodes + "Runtime: 960 cycles\n").runs[0].flags
