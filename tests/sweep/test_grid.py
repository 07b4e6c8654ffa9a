"""Axes, their product, and values in a text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from isa_analysis.diagnostics import InputError
from isa_analysis.sweep import Axis, Grid, grid_points
from isa_analysis.sweep.grid import MOST_POINTS, split_values


def test_the_product_in_order() -> None:
    grid = Grid(
        ("a.asm", "b.asm"),
        ("v80", "nexys_a7"),
        (Axis("mlen", ("64", "128")), Axis("latency.vector_exp_cycles", ("1", "6", "15"))),
        timings=("serial", "legacy"),
        capacities=(1 << 20, 1 << 30),
        host_bandwidths=(Fraction(38_000_000), None),
        memory_models=("auto",),
        fixed=("clock_mhz=50",),
    )
    points = grid_points(grid)
    assert len(points) == grid.size == 2 * 2 * 2 * 3 * 2 * 1 * 2 * 2
    assert [p.number for p in points] == list(range(len(points)))
    assert len({(p.file, p.board, p.settings, p.timing, p.capacity, p.host_bandwidth)
                for p in points}) == len(points)  # fmt: skip
    first, last = points[0], points[-1]
    assert first.overrides == ("clock_mhz=50", "machine.mlen=64", "latency.vector_exp_cycles=1")
    assert (first.file, first.board, first.timing, first.capacity) == (
        "a.asm", "v80", "serial", 1 << 20,
    )  # fmt: skip
    assert last.overrides == ("clock_mhz=50", "machine.mlen=128", "latency.vector_exp_cycles=15")
    assert points[1].host_bandwidth is None  # the last axis is the fastest
    names = [name for name, _ in grid.axes()]
    assert names == [
        "file", "board", "mlen", "latency.vector_exp_cycles", "timing", "memory", "capacity",
        "host_bandwidth", "memory_model",
    ]  # fmt: skip


THOUSAND = tuple(map(str, range(1000)))


def test_vlen_follows_mlen() -> None:
    grid = Grid(("a",), ("v80",), (Axis("mlen", ("64", "128")), Axis("vlen", ("mlen", "32"))))
    assert [p.overrides for p in grid_points(grid)] == [
        ("machine.mlen=64", "machine.vlen=64"),
        ("machine.mlen=64", "machine.vlen=32"),
        ("machine.mlen=128", "machine.vlen=128"),
        ("machine.mlen=128", "machine.vlen=32"),
    ]


@pytest.mark.parametrize(
    "grid",
    [
        Grid(("a",), ("v80",), (Axis("mlen", ("64",)), Axis("machine.mlen", ("128",)))),
        Grid(("a",), ("v80",), (Axis("mlen", ("64",)),), fixed=("machine.mlen=128",)),
        Grid(("a",), ("v80",), fixed=("clock_mhz=1", "clock_mhz=2")),
        Grid(("a",), ("v80",), (Axis("vlen", ("mlen",)),)),
        Grid(
            ("a",), ("v80",),
            (Axis("mlen", THOUSAND), Axis("vlen", THOUSAND)),
        ),
    ],
)  # fmt: skip
def test_grids_that_are_refused(grid: Grid) -> None:
    with pytest.raises(InputError) as caught:
        grid_points(grid)
    assert [d.code for d in caught.value.diagnostics] == ["E740"]
    assert MOST_POINTS < 1000 * 1000


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("64", ("64",)),
        ("64, 128", ("64", "128")),
        ("a,b,a", ("a", "b")),
        ("[1, 2],[3]", ("[1, 2]", "[3]")),
        ("{a: 1, b: 2},null", ("{a: 1, b: 2}", "null")),
        ("'x,y',z", ("'x,y'", "z")),
    ],
)
def test_values_in_a_text(text: str, values: tuple[str, ...]) -> None:
    assert split_values(text) == values


@pytest.mark.parametrize("text", ["", ",", "64,", ",64", "64,,128", " , "])
def test_empty_values_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="empty value"):
        split_values(text)
